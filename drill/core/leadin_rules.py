"""Is this a next-best-step question? Few rules in order; the first that fits decides, and its name is kept.

The question is one when it asks for the one action next, first, initially or now for this patient,
diagnostic or therapeutic. It is not when it asks for the best treatment without a sequence, for a diagnosis,
for something ABOUT a step (its mechanism, its risk), for a step of a process (protein synthesis), or for what
would have helped.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from drill.core.leadin_words import (
    ABOUT,
    ADVERB,
    CARE,
    CLINICIAN,
    DO,
    FILLER,
    GOOD,
    LATER,
    NOW,
    PROCESS,
    SCIENCE,
    SEQUENCE,
    THING,
    any_of,
)


class Decision(NamedTuple):
    """Whether an item asks for the next best step, and the rule that says so.

    "author" is the rule's name where the author of the item has said it; the caller uses it.
    """

    next_best_step: bool
    rule: str


class _Rule(NamedTuple):
    name: str
    verdict: bool
    pattern: str
    """Compiled at the first question: that takes longer than the rest of starting drill."""


def _yes(name: str, *patterns: str) -> _Rule:
    return _Rule(name, True, "|".join(patterns))


def _no(name: str, *patterns: str) -> _Rule:
    return _Rule(name, False, "|".join(patterns))


_SHOULD = r"\b(?:should|must|would|will)\b"
_WHICH = r"\bwhich of the following\b"
_STEP_WORD = r"\b(?:step|management|treatment|therapy|pharmacotherapy|intervention|procedure|drug)\b"
_ACTS_ON = any_of(
    "through via by in with on from at targets? inhibits? blocks? affects? stimulates? activates? binds? "
    "causes?",
    "acts_on antagonizes? increases? decreases?",
)

_RULES = (
    _no(
        "past",  # Which would have prevented this? What should have been done first?
        r"\b(?:would|could|should|might|may)(?: \w+){0,2} have\b(?! to\b)",
        r"\bhad been\b|\bhave prevented\b|\bwas (?:most |likely ){0,2}(?:given|used|started|administered"
        r"|prescribed)\b",
    ),
    _no(
        "avoid",  # Which should be avoided? All of these are appropriate next steps EXCEPT
        r"\bavoid(?:ed|ing)?\b|\bcontraindicat\w+|\bleast (?!invasive)\w+|\bexcept\b|\binappropriate\b"
        r"|\bincorrect\b",
        r"\b(?:is|are|should|would) not\b(?! been)",
    ),
    _no(
        "process",  # the next step in protein synthesis; the researchers' next step
        r"\b(?:step|stage|phase|event|reaction)s? (?:in|of|during|for|leading to|involved in|toward|along"
        r"|within)"
        rf" (?!(?:(?:the|this|his|her|their|initial|further|patient|patient's|a) ){{0,3}}{CARE}\b)"
        rf"(?:[\w'/]+ ){{0,5}}?{PROCESS}\b",
        r"\b(?:researchers?|investigators?|scientists?|technicians?)\b(?:'s?)?(?: \w+){0,4}"
        r" (?:next|first|initial|do|perform)\b",
        r"\bin (?:this|the|an|their) (?:experiment|study|trial|assay|protocol)\b"
        r"|\bnext (?:experiment|trial)\b|\bstudy design\b",
        r"\b(?:of|to) (?:this|the|a|their) (?:experiment|study|trial)\b(?! (?:participant|subject|patient))",
        r"\bstatistical (?:test|analysis|method)s?\b",
        r"\b(?:next|first|initial) (?:[\w']+ ){0,2}(?:enzyme|intermediate|metabolite|product|substrate"
        r"|compound)\b",
    ),
    _yes(
        "next-action",  # treatment should be started with which of these?
        rf"\b{CARE} (?:\w+ ){{0,3}}?(?:should|must) (?:begin|start|be (?:begun|started|initiated)) with\b",
    ),
    _no(
        "about",  # the mechanism of the initial treatment; the next step is a drug that inhibits which enzyme
        rf"\b{ABOUT}(?:\b(?: (?!is\b|are\b|should\b|would\b|constitutes?\b|represents?\b)[\w'/]+){{0,9}}?"
        rf" (?:{SEQUENCE}\b|(?:best|(?:most )?appropriate) (?:step|management|treatment|therapy))"
        r"| of (?:the|a|an) (?:[\w']+ ){0,3}?(?:that|which) (?:should|is|was|will)\b"
        r"| (?:is|are) (?:\w+ ){0,3}?(?:typical|common|associated|caused|seen|known|due)\b"
        rf"[^?]*\b{SEQUENCE}\b)",
        rf"{_STEP_WORD}[^?]*\b{_ACTS_ON}(?: (?:the|a))? which of the following\b"
        r"(?! (?:steps?|tests?|actions?|interventions?))",
        rf"\b(?:drugs?|agents?|medications?|antibiotics?) (?:that|which|with) [^?]*{_WHICH}",
        rf"(?:\bwith|{_STEP_WORD}[^?]*|\b(?:to|involves?) \w+) which of the following {SCIENCE}",
        rf"\bby \w+ing {_WHICH}|\b(?:step|treatment|therapy|management|drug|medication)'s {ABOUT}\b",
        rf"\b(?:requires?|warrants?|prompts?|necessitates?|indicates?|mandates?) (?:\w+ "
        rf"){{0,3}}?{SEQUENCE}\b",
        r"\b(?:is|was) (?:the|an?) (?:\w+ ){0,2}(?:reason|rationale|indication|error|mistake)\b",
        r"\bbest explains?\b|\bjustif\w+|\bwhy\b",
    ),
    _yes(
        "next-step",  # the next step in management, even "most likely the next step in management"
        rf"\b{SEQUENCE}\b{FILLER}\s+steps? (?:in|of|for|toward|to) (?:[\w']+ ){{0,3}}?{CARE}\b",
    ),
    _no(
        "likely",  # most likely initial finding; expected to be seen first
        rf"\bmost likely (?:\w+ ){{0,3}}?(?:{SEQUENCE}|to|be|explanation|cause|reason)\b",
        rf"\bmost (?:sensitive|specific|accurate|common|frequent) {SEQUENCE}\b",
        rf"\b{SEQUENCE} most likely\b|\bmost likely (?:if|when|due|responsible|associated|has|have"
        rf"|represents?)\b",
        r"\b(?<!appropriate )(?<!best )(?:presenting|earliest|initial|first) (?:\w+ )?"
        r"(?:symptom|sign|finding|manifestation|abnormality|event|change|presentation|lesion|insult)s?\b",
        r"\b(?:suspected|expected|expect|suspect|anticipated|considered the|(?<!should be )seen|observed"
        r"|found) (?:\w+ ){0,3}?"
        r"(?:first|initially|next|now|at this)\b",
    ),
    _yes(
        "next-step",  # the next best step; the most appropriate step; steps that should be taken
        rf"\b{SEQUENCE}\b{FILLER}\s+steps?\b(?! (?:in|of|during|by) )",
        rf"\b(?:{GOOD}|you|your)\b[^?]*\b{SEQUENCE}\b{FILLER}\s+steps?\b",
        r"\b(?:best|appropriate|definitive|proper|reasonable|correct|additional|further|important)"
        r"(?:\s+\w+){0,2}?\s+steps?\b(?! (?:is|are) most likely)",
        r"\bsteps? (?:should|must|needs? to|would you|will you|to) (?:be )?(?:taken?|perform\w*|do)\b",
        rf"\bsteps? (?:is|are|would be) (?:the )?{GOOD}\b",
    ),
    _no(
        "statement",  # Which receptor is blocked by the drug that should be given first?
        rf"\bwhich (?:of the following )?{SCIENCE} (?:is|are|does|do)\b",
    ),
    _yes(
        "next-action",  # should be obtained next; what the physician should do first; takes priority
        r"\b(?:should|must|would|will|needs?|to be|you|ought|shall|can|is|are|(?:appropriate|best"
        r"|important) to)\b"
        rf"[^?]*?\b{DO}\b(?: [\w'/()-]+){{0,9}}? {ADVERB}",
        rf"{_SHOULD}[^?]*?\b(?:next|first|immediately|initially|now) (?:be )?{DO}\b|\b(?:is|are) (?:next"
        rf"|first) {DO}\b",
        r"\bshould (?:next|first|now)\b",
        r"\b(?:should|must)\b[^?]*\bbefore (?:any|all|every|anything)\b",
        rf"\b(?:priority|precedence)\b(?=[^?]*\b{CARE})",
        rf"\b(?:what|which)[^?]*\b(?:comes|is|goes) (?:next|first)(?=\W*$| (?:in|for|to)\b[^?]*{CARE})"
        rf"|^what's next\b",
    ),
    _no(
        "statement",  # Which organisms should the initial therapy cover?
        rf"\b(?:which|what) (?:of the following )?(?:\w+ ){{0,2}}?{SCIENCE}\b",
    ),
    _yes(
        "sequence",  # best initial treatment; next diagnostic test; immediate management
        rf"\b{SEQUENCE}\b{FILLER}\s+{THING}\b(?! (?:group|arm|failure|phase|population|statistic))",
        rf"\b(?:initial|next|{GOOD} {SEQUENCE})\b{FILLER}\s+(?:choice|option)s?\b",
        rf"\b{GOOD} {SEQUENCE}\b{FILLER}\s+(?:change|adjustment)s?\b",
    ),
    _no(
        "later",  # best long-term treatment; first-line drug; prophylaxis
        rf"\b{LATER}\b",
        rf"\bfirst line\b(?![^?]*\b{NOW})",
    ),
    _no(
        "statement",  # Which statement is appropriate at this time? Which test is most sensitive?
        r"\bmost (?:sensitive|specific|accurate|likely)\b|\bgold standard\b|\b(?:suspected|expected"
        r"|considered)\b",
        rf"\b{GOOD} (?:\w+ )?(?:statement|term|interpretation|conclusion|explanation|classification"
        r"|description|rationale|factor|advice|answer|predictor|indicator|estimate|marker|measure of)\b",
    ),
    _yes(
        "management",  # most appropriate management; course of action; how should she be managed
        rf"\b{GOOD}(?:\s+(?!treatment|therap|drug|pharmac|medical|surgical)\w+){{0,3}}?\s+"
        r"(?:management|course of action|actions?(?! of)|plan of (?:care|action)|disposition|intervention"
        r"|response|reply)\b",
        rf"\b(?:management|course of action|actions?(?! of (?:the|this|a) (?!{CLINICIAN}))|interventions?"
        r"|responses?|repl(?:y|ies))\b[^?,]*?"
        rf"\b(?:is|are|would be|should be)\b[^?]*?\b{GOOD}\b",
        rf"\b{GOOD} (?:\w+ ){{0,2}}?(?:for|in) (?:the )?(?:further )?(?:management|managing)\b",
        rf"\b{GOOD}(?: (?!treatment|therap|drug|pharmac|medical|surgical)\w+)? (?:approach|strategy"
        rf"|way)\b(?! (?:to|for|toward) (?:confirm|prevent|treat|reduc|minimi))",
        r"\bcourse of action\b|\bmanagement strateg(?:y|ies)\b",
        r"\bhow (?:should|would|do|will|can|must|is|are|to)\b[^?]*"
        r"\b(?:manag\w+|proceed\w*|handled?|approach\w*|address\w*|cared)\b",
        r"\bhow (?:should|would|do|will|can|must) (?:you|he|she|(?:the|this|his|her) \w+)"
        r"(?: best| most appropriately)? "
        r"respond\b",
        rf"\bactions? {_SHOULD}[^?]*\btaken?\b",
        r"\b(?:what|which)[^?]*\b(?:should|would|must|ought)\b[^?]*\b(?:do|be done)(?=\s*(?:[?.,:]|$)"
        r"|\s+(?:in|for|with|about|to (?:manage|help|treat)|regarding|given|if)\b)",
    ),
    _yes(
        "now",  # most appropriate pharmacotherapy at this time; tests indicated now
        rf"\b{NOW}\b[^?]*\b(?:{GOOD}|should|needed|required|warranted|necessary|beneficial|helpful)\b",
        rf"\b(?:{GOOD}|should|would you|needed|required|warranted|necessary|beneficial|helpful)\b"
        rf"[^?]*\b{NOW}\b",
    ),
    _no(
        "proof",  # the test that confirms the diagnosis; the test a statistician chooses
        r"\bconfirm\w*|\brule out\b|\bdifferentiat\w+|\bdistinguish\w*",
        r"\bscreening\b|\bstatistic\w*|\bcompare\b|\bhypothesis\b",
    ),
    _yes(
        "test",  # Which diagnostic test would be most appropriate? … before starting treatment?
        rf"\b{GOOD} (?:\w+ )?(?:test|study|investigation|imaging|examination)s?\b",
        r"\b(?:tests?|stud(?:y|ies)|investigations?|imaging)\b[^?]*"
        r"\b(?:is|are|would be|should be) (?:the )?(?:most appropriate|indicated|ordered|obtained)\b",
        rf"\b(?:(?:(?:should|must|needs? to) be|{GOOD} (?:\w+ )?to) {DO}|(?:is|are) (?:required|needed))\b"
        r"[^?]*\b(?:prior to|before) "
        rf"(?!(?:(?:the|this|a) )?(?:age|{PROCESS})\b)",
    ),
)

_WORTH = re.compile(
    "next|first|initial|immediate|urgent|emergen|step|manage|appropriate|best|should|must|action|at "
    "(?:this|present)"
    "|do |done|proceed|priority|precedence|indicated|proper|recommend|today|subsequent|now|respon|require"
    "|need"
)
"""Without any of these words no rule says yes."""

_MAX_CHARACTERS = 600
"""More is no lead-in; a hostile one must not cost time."""

_ASIDE = re.compile(
    r"^"
    + any_of(
        "after following in_addition_to besides prior_to before if assuming once while when whilst given "
        "based_on",
        "despite regarding considering in_considering upon during with in on along_with apart_from "
        "aside_from pending",
        "other_than because since having until although though in_order_to",
    )
    + r"\b[^?]*,\s*(?=[^?]*\b(?:which|what|how|who|the most|the best|the next)\b)"
)
"""A clause before the question proper: what has been done already is not what is asked."""

_BEFORE = re.compile(r"(?:before|prior to|pending|while a?waiting)\b")
"""What such a clause says is part of the question: it is put behind it."""

_BARE = re.compile(
    r"^(?:which|what) (?:one )?(?:of the following )?(?:options? |choices? )?(?:is|are|would be|should be) "
    r"(?:the )?"
    rf"{GOOD}(?: (?:option|choice|answer|thing))?"
    r"(?: (?:for|in) (?:this|the|your|his|her) (?:patient|case|situation|man|woman|child|boy|girl))?$"
)
_ACTION = re.compile(
    any_of(
        "obtain order start begin administer give perform refer send measure check initiate discharge "
        "admit observe",
        "reassure consult schedule repeat discontinue stop continue increase decrease switch add prescribe "
        "recommend",
        "intubate transfuse place insert counsel advise call immediate emergency urgent reassurance "
        "observation",
        "watchful",
    )
    + r"\b",
    re.IGNORECASE,
)
"""How an option starts that is an action."""


def decide_lead_in(lead_in: str | None, option_texts: tuple[str, ...]) -> Decision:
    """Whether this lead-in (None: none was found) asks for the next best step.

    The options decide only where the lead-in leaves everything open ("Which is most appropriate?").
    """
    if lead_in is None:
        return Decision(False, "no-lead-in")
    decision = _decided(lead_in)
    if decision is None:
        actions = sum(_ACTION.match(text) is not None for text in option_texts)
        decision = Decision(2 * actions > len(option_texts), "options")
    return decision


@lru_cache(maxsize=256)  # the questions of a bank share few lead-ins
def _decided(lead_in: str) -> Decision | None:
    """The decision where the lead-in alone makes it."""
    asked = _plain(lead_in)
    if not _WORTH.search(asked):
        return Decision(False, "no-sequence")
    return None if _BARE.match(asked.rstrip("?.: ")) else _decide(asked)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=4096)
def _decide(asked: str) -> Decision:
    aside = _ASIDE.match(asked)
    main = asked[aside.end() :] if aside is not None else asked
    if aside is not None and _BEFORE.match(asked):
        main = f"{main.rstrip('?.: ')} {aside.group().rstrip(', ')}?"
    for rule in _RULES:
        if _compiled(rule.pattern).search(main):
            return Decision(rule.verdict, rule.name)
    return Decision(False, "no-sequence")


def _plain(lead_in: str) -> str:
    """Lower case, one blank between words, hyphens and typographic marks made plain."""
    text = lead_in.lower().replace("’", "'").replace("1st", "first").replace("(s)", "s")
    text = re.sub(r"(?<=\w)[-‐‑](?=\w)", " ", text)
    return " ".join(re.sub(r"[\"“”()]", " ", text).split())[-_MAX_CHARACTERS:]
