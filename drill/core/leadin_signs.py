"""Plain signs in a question's words: the physician task, and pictures that a text bank cannot hold."""

from __future__ import annotations

import re
from functools import lru_cache

_TASKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (task, re.compile(pattern, re.IGNORECASE))
    for task, pattern in (
        (
            "Practice-based Learning",
            r"\b(?:study design|type of study|p[- ]value|confidence interval|number needed to treat|odds "
            r"ratio|relative risk"
            r"|sensitivity|specificity|predictive value|type of bias|statistical (?:test|power"
            r"|significance)|likelihood ratio"
            r"|correlation coefficient|null hypothesis)\b",
        ),
        (
            "Health Maintenance/Prevention",
            r"\b(?:vaccin\w+|immuni[sz]ations?|screening|health maintenance|preventive|prophylaxis)\b"
            r"|\bprevent(?:ed|ion)\b",
        ),
        (
            "Laboratory/Diagnostic Studies",
            r"\bstep in (?:the )?(?:diagnosis|diagnosing|evaluation|evaluating|work-?up|assessment"
            r"|confirming)\b"
            r"|\b(?:diagnostic|laboratory|confirmatory|imaging) (?:tests?|stud(?:y|ies)|investigations?"
            r"|modality)\b"
            r"|\b(?:test|study|investigation)s? (?:is|are|would|should)\b|\bto confirm (?:the|this|his"
            r"|her) diagnosis\b",
        ),
        (
            "Prognosis/Outcome",
            r"\b(?:prognosis|greatest risk|increased risk|highest risk|at risk (?:for|of)|likely "
            r"complication|life expectancy"
            r"|most likely to develop|predispos\w+ (?:to|for))\b",
        ),
        (
            "Diagnosis",
            r"\blikely (?:\w+ )?(?:diagnosis|cause|etiology|causal|causative|explanation|pathogen"
            r"|organism)\b|\bdiagnosis\?",
        ),
        (
            "Pharmacotherapy",
            r"\bpharmacotherapy\b|\b(?:medications?|drugs?|antibiotics?|antimicrobials?) (?:is|are|would"
            r"|should)\b"
            r"|\b(?:administration|use) of which of the following (?:drugs|medications|agents)\b"
            r"|\bpharmacologic (?:treatment|therapy)\b",
        ),
        ("Clinical Interventions", r"\b(?:surgical|operative) (?:procedure|intervention|management)\b"),
    )
)

_PICTURE = (
    r"(?:images?|figures?|photo(?:graph|micrograph)?s?|pictures?|exhibits?|illustrations?|diagrams?"
    r"|graphs?|curves?|pedigrees?"
    r"|radiographs?|x[- ]?rays?|ct(?: scans?)?|mris?|ultrasounds?|ultrasonograms?|ecgs?|ekgs?"
    r"|electrocardiograms?|smears?"
    r"|biops(?:y|ies)|angiograms?|slides?|tracings?|rhythm strips?|scans?|films?|echocardiograms?"
    r"|histolog\w+|rash|lesions?"
    r"|micrographs?|karyotypes?|fundus|funduscop\w+|specimens?|blots?|gels?|spectrum|capnograph\w*"
    r"|spirometry loops?)"
)
_SHOWN = r"(?:shown|pictured|depicted|displayed|illustrated|provided|presented|reproduced|attached)"
_PLAIN_PICTURE = r"(?:images?|figures?|photo\w*|pictures?|exhibits?|illustrations?|diagrams?|graphs?)"
_NO_TABLE = r"(?!\W*\n)(?![^.?!\n]{0,40}:)"
"""No line break and no colon follows: there a table takes the picture's place."""
_FIGURE = re.compile(
    rf"\b{_PICTURE}\b[^.?!\n]{{0,80}}?\b(?:is|are|was|were|as)\s+(?:\w+\s+)?{_SHOWN}\b(?!\s+to\b){_NO_TABLE}"
    rf"|\b(?:is|are)\s+(?:shown|pictured|depicted|displayed)(?:\s+(?:below"
    rf"|here))?\s*\.{_NO_TABLE}"
    rf"|\b(?:{_SHOWN}|given)\s+(?:below|above|here)\b{_NO_TABLE}"
    rf"|\b(?:{_SHOWN}|given|seen|indicated|marked|findings?)\s+(?:in|on"
    rf"|by)\s+the\s+(?:\w+\s+){{0,3}}?(?:{_PLAIN_PICTURE}|arrows?)\b"
    rf"|\b(?:accompanying|attached|following|provided|adjacent)\s+(?:\w+\s+)?(?:{_PLAIN_PICTURE}"
    rf"|radiographs?|ecg|pedigree)\b"
    rf"|\b{_PLAIN_PICTURE}\s+(?:below|above|[a-d1-9]\b)|\b(?:see|refer to)\s+(?:the\s+)?{_PLAIN_PICTURE}\b"
    rf"|[\[(]{_PLAIN_PICTURE}\b|\bthe\s+(?:\w+\s+)?{_PLAIN_PICTURE}\s+(?:shows?|depicts?|demonstrates?"
    rf"|illustrates?)\b",
)  # fmt: skip
_REACH = 140
"""No pattern is longer than this on either side of its hint."""
# fmt: off
_HINTS = (
    "shown", "photo", "image", "exhibit", "figure", "picture", "displayed", "diagram", "illustrat",
    "depicted", "given below", "accompanying",
)
# fmt: on
"""Without any of these no pattern fits; plain searches are many times faster than the patterns."""


@lru_cache(maxsize=256)
def task_of_lead_in(lead_in: str | None) -> str | None:
    """The physician task, by its name in the exam's outline; None where the lead-in leaves it open."""
    if lead_in is None:
        return None
    for task, pattern in _TASKS:
        if pattern.search(lead_in):
            return task
    return None


def absent_figure(text: str) -> bool:
    """Whether the text points to a picture."""
    lower = (text if text.isascii() else text.encode("ascii", "ignore").decode("ascii")).lower()
    for hint in _HINTS:
        if hint not in lower:
            continue
        at = lower.find(hint)
        while at >= 0:
            if _FIGURE.search(lower[max(0, at - _REACH) : at + _REACH]):
                return True
            at = lower.find(hint, at + _REACH // 2)
    return False
