"""Plain signs in a question's words: the physician task, and pictures that a text bank cannot hold."""

from __future__ import annotations

import re

_TASKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (task, re.compile(pattern, re.IGNORECASE))
    for task, pattern in (
        (
            "Practice-based Learning",
            r"\b(?:study design|type of study|p[- ]value|confidence interval|number needed to treat|odds ratio|relative risk"
            r"|sensitivity|specificity|predictive value|type of bias|statistical (?:test|power|significance)|likelihood ratio"
            r"|correlation coefficient|null hypothesis)\b",
        ),
        (
            "Health Maintenance/Prevention",
            r"\b(?:vaccin\w+|immuni[sz]ations?|screening|health maintenance|preventive|prophylaxis)\b"
            r"|\bprevent(?:ed|ion)\b",
        ),
        (
            "Laboratory/Diagnostic Studies",
            r"\bstep in (?:the )?(?:diagnosis|diagnosing|evaluation|evaluating|work-?up|assessment|confirming)\b"
            r"|\b(?:diagnostic|laboratory|confirmatory|imaging) (?:tests?|stud(?:y|ies)|investigations?|modality)\b"
            r"|\b(?:test|study|investigation)s? (?:is|are|would|should)\b|\bto confirm (?:the|this|his|her) diagnosis\b",
        ),
        (
            "Prognosis/Outcome",
            r"\b(?:prognosis|greatest risk|increased risk|highest risk|at risk (?:for|of)|likely complication|life expectancy"
            r"|most likely to develop|predispos\w+ (?:to|for))\b",
        ),
        (
            "Diagnosis",
            r"\blikely (?:\w+ )?(?:diagnosis|cause|etiology|causal|causative|explanation|pathogen|organism)\b|\bdiagnosis\?",
        ),
        (
            "Pharmacotherapy",
            r"\bpharmacotherapy\b|\b(?:medications?|drugs?|antibiotics?|antimicrobials?) (?:is|are|would|should)\b"
            r"|\b(?:administration|use) of which of the following (?:drugs|medications|agents)\b|\bpharmacologic (?:treatment|therapy)\b",
        ),
        ("Clinical Interventions", r"\b(?:surgical|operative) (?:procedure|intervention|management)\b"),
    )
)

_PICTURE = (
    r"(?:images?|figures?|photo(?:graph|micrograph)?s?|pictures?|exhibits?|illustrations?|diagrams?|graphs?|curves?|pedigrees?"
    r"|radiographs?|x[- ]?rays?|CT(?: scans?)?|MRIs?|ultrasounds?|ultrasonograms?|ECGs?|EKGs?|electrocardiograms?|smears?"
    r"|biops(?:y|ies)|angiograms?|slides?|tracings?|rhythm strips?|scans?|films?|echocardiograms?|histolog\w+|rash|lesions?"
    r"|micrographs?|karyotypes?|fundus|funduscop\w+|specimens?|blots?|gels?|spectrum|capnograph\w*|spirometry loops?)"
)
_SHOWN = r"(?:shown|pictured|depicted|displayed|illustrated|provided|presented|reproduced|attached)"
_FIGURE = re.compile(
    rf"\b{_PICTURE}\b[^.?!\n]{{0,80}}?\b(?:is|are|was|were|as)\s+(?:\w+\s+)?{_SHOWN}\b(?!\s+to\b)"
    rf"|\b(?:shown|pictured|depicted|displayed|illustrated|seen|indicated|marked)\s+(?:below|above|here|"
    rf"(?:in|on|by)\s+the\s+(?:\w+\s+){{0,3}}?(?:images?|figures?|photo\w*|pictures?|exhibits?|illustrations?|diagrams?|graphs?|arrows?))\b"
    r"(?![^.?!\n]{0,20}:)(?!\s*\n)"
    rf"|\b(?:accompanying|attached|following|provided|adjacent|given)\s+(?:\w+\s+)?(?:images?|figures?|photo\w*|pictures?|exhibits?|illustrations?|diagrams?|graphs?|radiographs?|ECG|pedigree)\b"
    rf"|\b(?:images?|figures?|photo\w*|pictures?|exhibits?|diagrams?|graphs?)\s+(?:below|above|[A-D1-9]\b)"
    rf"|\b(?:see|refer to)\s+(?:the\s+)?(?:image|figure|photo\w*|picture|exhibit|diagram|graph)\w*\b|\[(?:image|figure)"
    rf"|\bthe\s+(?:image|figure|photograph|picture|exhibit|diagram)\s+(?:shows|depicts|demonstrates)\b",
    re.IGNORECASE,
)  # fmt: skip
_HINT = re.compile("shown|pictured|depicted|displayed|illustrated|image|figure|photo|picture|exhibit|diagram|graph|arrow|provided|below|above|attached|presented")  # fmt: skip


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
    return _HINT.search(text) is not None and _FIGURE.search(text) is not None
