"""Is this a next-best-step question? Few rules in order; the first that fits decides, and its name is reported.

The question is one when it asks for the one action next, first, initially or now for this patient, diagnostic or
therapeutic. It is not when it asks for the best treatment without a sequence, for a diagnosis, for something ABOUT
a step (its mechanism, its risk), for a step of a process (protein synthesis), or for what would have helped.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


class Decision(NamedTuple):
    """Whether an item asks for the next best step, and the rule that says so.

    "author" is the rule's name where the author of the item has said it; the caller uses it.
    """

    next_best_step: bool
    rule: str


_CARE = (
    r"(?:management|managing|manage|treatment|treating|treat|therapy|therapeutic|care|caring|evaluation|evaluating|evaluate"
    r"|work ?up|diagnosis|diagnosing|diagnose|diagnostic|assessment|assessing|investigation|investigating|approach"
    r"|resuscitation|stabilization|stabilizing|intervention|disposition|follow ?up|counseling|confirming|prevent(?:ing|ion)"
    r"|controlling|relieving|establishing|determining|reducing|addressing|correcting|obtaining|monitoring|helping|patient)"
)
_THING = (
    r"(?:steps?|actions?|moves?|measures?|interventions?|management|managing|treatments?|therap(?:y|ies)|pharmacotherap\w+"
    r"|medications?|drugs?|antibiotics?|agents?|procedures?|tests?|testing|stud(?:y|ies)|investigations?|imaging|modality"
    r"|exam(?:ination)?s?|evaluation|work ?up|assessment|diagnostics?|approach|strateg(?:y|ies)|plan|course of action"
    r"|course|recommendations?|responses?|consultation|care|resuscitation|maneuver|order|priority|line of \w+|pharmacologic|methods?)"
)
_SOFT = (
    r"(?:\s+(?!(?:of|in|for|to|the|a|an|that|which|is|are|was|were|during|and|or|after|by|from|on|at|as|with|when|should|this"
    r"|these|his|her|year|years|hours?|days?|weeks?|months?|trimester|degree|line|few|several|\d+)\b)[\w'/]+){0,4}?"
)
_SEQUENCE = (
    r"(?:next|first(?! line)|initial|immediate|urgent|emergent|subsequent"
    r"|emergency(?! (?:department|room|physician|medicine|care|medical|contracept)))"
)
_GOOD = (
    r"(?:most appropriate|appropriate|best(?! (?:describes?|explains?|characteri[sz]es?|represents?))|proper|correct|optimal|most suitable|suitable|ideal|recommended|reasonable"
    r"|preferred|of choice|most important|right|most prudent|prudent|wisest|indicated|advisable)"
)
_DO = (
    r"(?:do|done|perform(?:ed)?|obtain(?:ed)?|order(?:ed)?|give|given|administer(?:ed)?|start(?:ed)?|initiated?|begun|begin"
    r"|assess(?:ed)?|measured?|treat(?:ed)?|check(?:ed)?|taken?|recommend(?:ed)?|undertaken|pursued?|conduct(?:ed)?"
    r"|request(?:ed)?|sent|send|evaluated?|address(?:ed)?|managed?|correct(?:ed)?|instituted?|prescribed?|offer(?:ed)?"
    r"|tried|try|used?|attempt(?:ed)?|add(?:ed)?|discontinued?|stop(?:ped)?|placed?|insert(?:ed)?|proceed|undergo|receive"
    r"|carried out|provided?|implement(?:ed)?|consult(?:ed)?|contact(?:ed)?|arranged?|scheduled?|refer(?:red)?|test(?:ed)?"
    r"|investigated?|imaged?|repeat(?:ed)?|secured?|stabilized?|intubated?|ruled out|prioritized?|infused?|get|performed on)"
)
_ADVERB = (
    r"(?:next|first|initially|immediately|urgently|emergently|right away|at once|without delay|now|right now|right then)"
    r"(?=\s*(?:[?.,:;\"]|$)|\s+(?:in|for|to|by|before|as|on|with|given|regarding|when|at|if|during|while|prior|because)\b)"
)
_NOW = (
    r"(?:at (?:this|the present|the current|that) (?:time|point|stage|moment|visit|juncture)|right now|now(?! \w+ed\b)|at present"
    r"|currently|presently|today|immediately|(?:at|on|during) (?:this|today s|today's) (?:visit|encounter|appointment)"
    r"|at this point in time|in the meantime|emergently|urgently)"
)
_LATER = r"(?:long term|longterm|(?<!health )maintenance|lifelong|chronic|eventual(?:ly)?|prophyla\w+|first line|secondary prevention)"
_SCIENCE = (
    r"(?:mechanisms?|structures?|receptors?|enzymes?|cells?|organisms?|pathogens?|pathways?|molecules?|genes?|nerves?|arter(?:y|ies)"
    r"|veins?|muscles?|effects?|changes?|findings?|complications?|symptoms?|signs?|factors?|explanations?|causes?|diagnos[ei]s"
    r"|disorders?|statements?|properties|features?|principles?|terms?|types? of (?:study|bias|error|cells?)|events?|abnormalit\w+"
    r"|lymph nodes?|vessels?|proteins?|hormones?|substrates?|characteristics?|outcomes?|values? (?:is|are|best)|results? (?:is|are))"
)

_SUBORDINATE = re.compile(
    r"^(?:after|following|in addition to|besides|prior to|before|if|assuming|once|while|when|whilst|given|based on|despite"
    r"|regarding|considering|in considering|upon|during|with|in|on|along with|apart from|aside from|other than|because|since"
    r"|having|until|although|though|in order to)\b(?P<aside>[^?]*),\s*(?=[^?]*\b(?:which|what|how|who|the most|the best|the next)\b)"
)
"""A clause before the question proper: what has been done already is not what is asked."""


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_RULES: tuple[tuple[str, bool, re.Pattern[str]], ...] = (
    (
        "past",  # Which would have prevented this? What should have been done first?
        False,
        _rule(r"\b(?:would|could|should|might|may)(?: \w+){0,2} have\b(?! to\b)|\bhad been\b|\bhave prevented\b"),
    ),
    (
        "avoid",  # Which should be avoided? All are appropriate next steps EXCEPT
        False,
        _rule(
            r"\bavoid(?:ed|ing)?\b|\bcontraindicat\w+|\bleast (?!invasive)\w+|\bexcept\b|\binappropriate\b|\bincorrect\b"
            r"|\b(?:is|are|should|would) not\b(?! been)"
        ),
    ),
    (
        "process",  # the next step in protein synthesis; the researchers' next step
        False,
        _rule(
            rf"\b(?:step|steps|stage|phase|event|reaction)s? (?:in|of|during|for|leading to|involved in|toward|along|within)"
            rf" (?!(?:(?:the|this|his|her|their|initial|further|patient|patient's|a) ){{0,3}}{_CARE}\b)(?:[\w'/]+ ){{0,5}}?"
            r"(?:\w*synthesis|pathogenesis|\w*pathway|cascade|cycle|formation|\w*genesis|replication|transcription|translation"
            r"|metabolism|degradation|catabolism|glycolysis|signaling|production|process|processing|repair|absorption"
            r"|transport|differentiation|maturation|infection cycle|division|meiosis|mitosis|coagulation|hemostasis|healing"
            r"|digestion|activation|development|progression|response|contraction|secretion|oxidation|phosphorylation"
            r"|experiment|study|trial|protocol|assay|analysis|reaction|research|project|sequencing|spectrometry|elongation"
            r"|this structure|inflammation|apoptosis|migration|extravasation|diapedesis|fertilization|embryogenesis|blotting)\b"
            r"|\b(?:researchers?|investigators?|scientists?|technicians?)\b(?:'s?)?(?: \w+){0,4} (?:next|first|initial|do|perform)\b"
            r"|\bin (?:this|the|an|their) (?:experiment|study|trial|assay|protocol)\b|\bnext experiment\b"
            r"|\b(?:next|first|initial) (?:[\w']+ ){0,2}(?:enzyme|intermediate|metabolite|product|substrate|compound|reaction)\b"
        ),
    ),
    (
        "about",  # the mechanism, risk or effect of the next step; the tube passes through which structure
        False,
        _rule(
            r"\b(?:mechanisms?|(?:side |adverse )?effects?|complications?|contraindications?|indications?|rationale|reasons?"
            r"|purpose|goals?|benefits?|risks?|propert(?:y|ies)|characteristics?|features?|targets?|toxicit(?:y|ies)|reactions?"
            r"|advantages?|disadvantages?|limitations?|components?|class|site|consequences?|outcomes?|sequela\w*|description"
            r"|monitor(?:ed|ing)?|supports?|indicative|need|(?:statements?|true|correct|accurate) (?:about|regarding|concerning|of))\b"
            r"(?: (?!is\b|are\b|should\b|would\b|constitutes?\b|represents?\b)[\w'/]+){0,9}?"
            rf" (?:{_SEQUENCE}\b|best (?:step|management|treatment|therapy)|(?:most )?appropriate (?:step|management|treatment|therapy))"
            rf"|\b(?:step|management|treatment|therapy|pharmacotherapy|intervention|procedure|drug)\b[^?]*\b(?:through|via|by|in|with|on|from|at|targets?|inhibits?"
            rf"|blocks?|affects?|stimulates?|activates?|binds?|causes?|acts on|antagonizes?|increases?|decreases?)(?: (?:the|a))? which of the following\b(?! (?:steps?|tests?|actions?|interventions?))"
            rf"|\b(?:drugs?|agents?|medications?|antibiotics?) (?:that|which|with) [^?]*which of the following"
            rf"|\b(?:with|(?:step|management|treatment|therapy)\b[^?]*) which of the following {_SCIENCE}"
            rf"|\b(?:to|involves?) \w+ which of the following {_SCIENCE}"
            r"|\bby \w+ing which of the following\b|\b(?:best explains?|justif\w+|why)\b"
        ),
    ),
    (
        "next-step",  # the next step in management, even "most likely the next step in management"
        True,
        _rule(rf"\b{_SEQUENCE}\b{_SOFT}\s+steps? (?:in|of|for|toward|to) (?:[\w']+ ){{0,3}}?{_CARE}\b"),
    ),
    (
        "likely",  # most likely initial finding; most likely to be seen first
        False,
        _rule(
            rf"\bmost likely (?:\w+ ){{0,3}}?(?:{_SEQUENCE}|to|be|explanation|cause|reason)\b(?! (?:cause|diagnosis)\b[^?]*\bstep\b)"
            rf"|\b{_SEQUENCE} most likely\b"
            r"|\b(?:presenting|earliest|initial|first) (?:\w+ )?(?:symptom|sign|finding|manifestation|abnormality|event|change|presentation|lesion|insult)s?\b"
            r"|\b(?:suspected|expected|expect|suspect|anticipated|considered the|seen|observed|found) (?:\w+ ){0,3}?(?:first|initially|next|now|at this)\b"
        ),
    ),
    (
        "next-step",  # the next best step; the first step in management; steps that should be taken
        True,
        _rule(
            rf"\b{_SEQUENCE}\b{_SOFT}\s+steps?\b|\b(?:best|appropriate|definitive|proper|reasonable|correct|additional|further|important)(?:\s+\w+){{0,2}}?\s+steps?\b(?! (?:is|are) most likely)"
            rf"|\bsteps? (?:should|must|needs? to|would you|will you|to) (?:be )?(?:taken?|perform\w*|do)\b|\bnext steps? (?:is|are|would|should|in|for)\b"
            rf"|\bsteps? (?:is|are|would be) (?:the )?(?:{_GOOD})\b"
        ),
    ),
    (
        "next-action",  # should be obtained next; the physician should do first
        True,
        _rule(
            rf"\b(?:should|must|would|will|needs?|to be|do you|you|ought|shall|can|is|are|(?:appropriate|best|important|necessary) to)\b[^?]*?\b{_DO}\b(?: [\w'/()-]+){{0,9}}? {_ADVERB}"
            rf"|\b(?:should|must|would|will)\b[^?]*?\b(?:next|first|immediately|initially|now) (?:be )?{_DO}\b|\bshould (?:next|first|now)\b"
            r"|\b(?:should|must)\b[^?]*\bbefore (?:any|all|every|anything)\b"
            rf"|\b(?:takes?|has|have|given|highest|first|top) (?:\w+ )?(?:priority|precedence)\b(?=[^?]*\b{_CARE})"
            rf"|\b(?:what|which)[^?]*\b(?:comes|is|goes) (?:next|first)\b(?! line)(?=[^?]*(?:{_CARE}|\?$|$))"
        ),
    ),
    (
        "sequence",  # best initial treatment; next diagnostic test; immediate management
        True,
        _rule(rf"\b{_SEQUENCE}\b{_SOFT}\s+{_THING}\b(?! (?:group|arm|failure|phase|population|statistic))"),
    ),
    (
        "later",  # best long-term treatment; first-line drug; prophylaxis
        False,
        _rule(rf"\b{_LATER}\b|\bdefinitive (?:treatment|therapy|management)\b|\bto prevent\b|\bdecrease the (?:risk|likelihood)\b"),
    ),
    (
        "statement",  # Which statement is correct? Which finding at this time?
        False,
        _rule(
            rf"\b(?:which|what) (?:of the following )?(?:\w+ ){{0,2}}?{_SCIENCE}\b|\bmost (?:sensitive|specific|accurate)\b|\bgold standard\b"
            r"|\bmost appropriate (?:statement|term|interpretation|conclusion|explanation|classification|description|rationale|factor|advice|answer)\b"
            r"|\b(?:suspected|expected|considered)\b|\bmost likely\b"
        ),
    ),
    (
        "management",  # most appropriate management; course of action; how should she be managed
        True,
        _rule(
            rf"\b{_GOOD}(?:\s+(?!treatment|therap|drug|pharmac|medical|surgical)\w+){{0,3}}?\s+(?:management|course of action|actions?(?! of)|plan of (?:care|action|management)|disposition|intervention)\b"
            rf"|\b(?:management|course of action|actions?|interventions?|responses?)\b[^?,]*?\b(?:is|are|would be|should be)\b[^?]*?\b{_GOOD}\b"
            rf"|\b{_GOOD} (?:\w+ ){{0,2}}?(?:for|in) (?:the )?(?:further )?(?:management|managing)\b|\b{_GOOD} (?:\w+ )?response\b"
            rf"|\b{_GOOD}(?: \w+)? (?:approach|strategy|way)\b(?! (?:to|for|toward) (?:confirm|prevent|treat))"
            rf"|\bcourse of action\b|\bhow (?:should|would|do|will|can|must|is|are|to)\b[^?]*\b(?:manag\w+|proceed\w*|handled?|approach\w*|address\w*|cared)\b"
            r"|\bhow (?:should|would|do|will|can|must) (?:you|he|she|(?:the|this|his|her) \w+)(?: best)? respond\b"
            rf"|\b(?:what|which)[^?]*\b(?:should|would|must|ought)\b[^?]*\b(?:do|be done)(?=\s*(?:[?.,:]|$)|\s+(?:in|for|with|about|to (?:manage|help|treat)|regarding|given|if)\b)"
            rf"|\bproper management\b|\bmanagement strateg(?:y|ies)\b"
        ),
    ),
    (
        "now",  # most appropriate pharmacotherapy at this time; tests indicated now
        True,
        _rule(
            rf"\b{_NOW}\b[^?]*\b(?:{_GOOD}|should|needed|required|warranted|necessary|beneficial|helpful)\b"
            rf"|\b(?:{_GOOD}|should|needed|required|warranted|necessary|beneficial|helpful)\b[^?]*\b{_NOW}\b"
        ),
    ),
    (
        "test",  # Which diagnostic test would be most appropriate? … before starting treatment?
        True,
        _rule(
            rf"^(?!.*\b(?:confirm\w*|rule out|screening|sensitive|statistic\w*|compare|means|hypothesis)\b)(?:.*\b{_GOOD} (?:\w+ )?(?:test|study|investigation|imaging|examination)s?\b"
            rf"|.*\b(?:tests?|stud(?:y|ies)|investigations?|imaging)\b[^?]*\b(?:is|are|would be|should be) (?:the )?(?:most appropriate|indicated|ordered|obtained)\b)"
            rf"|\b(?:should|must|needs? to) be {_DO}\b[^?]*\b(?:prior to|before) (?:\w+ )?(?:initiating|starting|beginning|giving|administ\w+|treatment|therapy|surgery)\b"
        ),
    ),
)  # fmt: skip
_WORTH = re.compile(
    r"next|first|initial|immediate|urgent|emergent|step|manage|appropriate|best|should|action|now\b|at this|do\b|done\b|proceed"
    r"|priority|precedence|indicated|proper|recommend|today|subsequent"
)
_BARE = re.compile(
    rf"^(?:which|what) (?:one )?(?:of the following )?(?:options? |choices? )?(?:is|are|would be|should be) (?:the )?(?:{_GOOD})"
    r"(?: (?:option|choice|answer|thing))?(?: (?:for|in) (?:this|the|your|his|her) (?:patient|case|situation|man|woman|child|boy|girl))?$"
)
_ACTION_START = re.compile(
    r"^(?:obtain|order|start|begin|administer|give|perform|refer|send|measure|check|initiate|discharge|admit|observe|reassure"
    r"|consult|schedule|repeat|discontinue|stop|continue|increase|decrease|switch|add|prescribe|recommend|intubate|transfuse"
    r"|place|insert|counsel|advise|call|immediate|emergency|urgent|reassurance|observation|watchful)\b",
    re.IGNORECASE,
)


def decide_lead_in(lead_in: str | None, option_texts: tuple[str, ...]) -> Decision:
    """Whether this lead-in (None: none was found) asks for the next best step."""
    if lead_in is None:
        return Decision(False, "no-lead-in")
    asked = _plain(lead_in)
    if not _WORTH.search(asked):
        return Decision(False, "no-sequence")
    if _BARE.match(asked.rstrip("?.: ")):
        actions = sum(_ACTION_START.match(text) is not None for text in option_texts)
        return Decision(2 * actions > len(option_texts), "options")
    return _decide(asked)


@lru_cache(maxsize=4096)
def _decide(asked: str) -> Decision:
    aside = _SUBORDINATE.match(asked)
    main = asked[aside.end() :] if aside is not None else asked
    for name, verdict, pattern in _RULES:
        if pattern.search(main):
            return Decision(verdict, name)
    return Decision(False, "no-sequence")


def _plain(lead_in: str) -> str:
    """Lower case, one space between words, hyphens and typographic marks made plain."""
    text = lead_in.lower().replace("’", "'").replace("(s)", "s").replace("1st", "first")
    text = re.sub(r"(?<=\w)[-‐‑](?=\w)", " ", text)
    return " ".join(re.sub(r"[\"“”()]", " ", text).split())
