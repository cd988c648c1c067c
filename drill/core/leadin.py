"""The lead-in of a question: where it is. Whether it asks for the next best step: `leadin_rules`.

A stem without an authored lead-in ends in one, mostly. Real banks make it hard: tables stand one cell a line,
or flattened on one line so that the lead-in follows a number; a note or table stands after it; the question
mark is missing or followed by a stray quotation mark; patients ask questions too.
"""

from __future__ import annotations

import re
from functools import lru_cache

from drill.core.leadin_rules import Decision, decide_lead_in
from drill.core.leadin_signs import absent_figure, task_of_lead_in

__all__ = ["Decision", "decide", "has_lead_in", "refers_to_absent_figure", "split", "task_of"]

_CLOSERS = "\"'”’)] \t\n"
_OPEN_END = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|has|have|had|will|would|should|may|if|because|that|than|as|and|of|by"
    r"|to|for|with|in|on"
    r"|from|about|regarding|following|next|first|now|immediately|includes?|involves?|requires?|reveals?"
    r"|shows?|causes?"
    r"|demonstrates?|indicates?|suggests?|confirms?|inhibits?|increases?|decreases?|due|called|termed)|:"
    r"|_{3,})\s*[:…_]*$"
)
"""How a sentence ends that the option completes."""
_STATES = re.compile(r"\b(?:which|what|how|where|when|why|whom?|whose)\b", re.IGNORECASE)
_INSTRUCTION = re.compile(r"^(?:please )?(?:choose|select|pick|mark|indicate)\b", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"""
    [.?!] (?<![.\s][A-Z]\.) (?<!\bDr\.) (?<!\bMr\.) (?<!\bMrs\.) (?<!\bMs\.) (?<!\bSt\.) (?<!\bvs\.)
        (?<!\be\.g\.) (?<!\bi\.e\.) (?<!\bNo\.) ["'”’)\]]* \s+ (?=["'“‘(\[]?[A-Z0-9])   # a sentence ends
    | \. (?<=[a-z)\dL]{2}\.) (?=[A-Z][a-z])                                  # … and no space was typed
    | [.?!] ["'”’)]* \s* \n \s*                                              # … at the end of a line
    | \n [ \t]* \n \s*                                                       # a blank line
    """,
    re.VERBOSE,
)
_STARTERS = (
    r"(?:Which|What|How|Where|Why|Who|Whom|When)\b"
    r"(?!\s+(?:he|she|they|it|the patient)\s+(?:is|was|are|were|has|had)\b)"
)
_STARTER = re.compile(
    rf"(?<=\s)(?:{_STARTERS}|(?:In addition to|Of the following|Based on|Further evaluation)\b)"
)
_UNIT = (
    r"(?:[<>≤≥]?\d[\d.,/–-]*%?|%|[µμunpmkc]?(?:g|mol|Eq|U|IU|L)/\S+|\S*/(?:dL|L|mL|min|hpf|mm3|mm³|h|hr|day)"
    r"|mm\s?Hg|mEq/L|seconds|years|(?i:positive|negative|normal|absent|present|none|trace|reactive"
    r"|nonreactive|elevated))"
)
_AFTER_CELL = re.compile(rf"(?<=\s){_UNIT}[,;]?\s+(?=[A-Z][a-z]+\b(?!\s+{_UNIT}))")
# fmt: off
_JOINS = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "best", "by", "following", "for", "from", "has", "have",
    "he", "her", "his", "if", "in", "is", "it", "likely", "most", "next", "no", "of", "on", "or", "she",
    "than", "that", "the", "their", "these", "this", "to", "was", "were", "which", "while", "with",
))
# fmt: on
"""Words after which a sentence goes on in the next line."""
_NUMBER = re.compile(r"\s*(?:(?:question|q)[ .]?)?\d{1,4}[ \t]?[.):][\s]+", re.IGNORECASE)
"""The number of the question in some paper, at the front of its text: no sentence of its own."""
_WINDOW = 1500
"""Characters before the end in which a sentence's start is looked for; no lead-in is longer."""
_SHORT_ROW = 60


def split(stem: str, lead_in: str | None) -> tuple[str, str | None]:
    """(vignette, lead-in). Without an authored lead-in, the last question of the stem is it.

    What follows the question (a table, a note) stays with the vignette. The lead-in is None when the stem
    asks nothing.
    """
    if lead_in is not None:
        return stem, lead_in
    found = _find(stem)
    if found is None:
        return stem, None
    start, end = found
    if _NUMBER.fullmatch(stem[:start]):
        start = 0
    before = stem[:start].rstrip()
    after = stem[end:].strip(_CLOSERS).strip()
    vignette = f"{before}\n{after}" if before and after else before or after
    return vignette, stem[start:end].strip()


def _find(stem: str) -> tuple[int, int] | None:
    """Start and end of the lead-in in the stem."""
    text = stem.replace("？", "?").rstrip(_CLOSERS)
    if not text:
        return None
    asked = text.rfind("?")
    if asked == len(text) - 1:
        return _start(text, asked), asked + 1
    last = _start(text, len(text))
    sentence = text[last:]
    # A closing sentence that asks without a mark wins over a question earlier in the story.
    if asked < last and not _INSTRUCTION.search(sentence) and _asks_without_mark(sentence):
        return last, len(text)
    if asked >= 0:
        return _start(text, asked), asked + 1
    if _asks_without_mark(sentence) or _INSTRUCTION.search(sentence):
        return last, len(text)
    return None


def _asks_without_mark(sentence: str) -> bool:
    if len(sentence) > 400 or "\n" in sentence.strip():
        return False
    if re.search(
        r"\bwhich of the following\b|\bwhat of the following\b|^(?:which|what|how)\b", sentence, re.IGNORECASE
    ):
        return True
    return _OPEN_END.search(sentence) is not None


def _start(text: str, end: int) -> int:
    """Where the sentence that ends at `end` starts."""
    start = 0
    number = _NUMBER.match(text)
    first = number.end() if number is not None else 0
    for reach in (_WINDOW // 5, _WINDOW):
        window = max(0, end - reach)
        ends = [found.end() for found in _BOUNDARY.finditer(text, window, end) if first < found.end() < end]
        if ends:
            start = ends[-1]
            break
    start = max(start, _after_row(text, max(start, window), end))
    starters = [found.start() for found in _STARTER.finditer(text, max(start, window), end)]
    if starters and not _continues(text[start : starters[-1]]):
        return starters[-1]
    asks = _STATES.search(text, max(start, window), end)
    if asks is not None:
        cells = [found.end() for found in _AFTER_CELL.finditer(text, max(start, window), asks.start())]
        if cells:
            return cells[-1]
    return start


def _continues(before: str) -> bool:
    """Whether a capital question word is within a sentence, as in `In addition to X, Which`."""
    return before.rstrip().endswith(",") or before.rstrip().lower().rsplit(" ", 1)[-1] in _JOINS


def _after_row(text: str, start: int, end: int) -> int:
    """The last line break in the stretch that ends a table row, not a line of wrapped prose."""
    at = start
    line_break = text.find("\n", start, end)
    row_start = start
    while line_break >= 0:
        row = text[row_start:line_break].strip()
        following = text[line_break + 1 : end].lstrip()
        last_word = re.sub(r"\W+$", "", row.lower().rsplit(" ", 1)[-1]) if row else ""
        wrapped = (
            not following[:1].isupper()
            or last_word in _JOINS
            or row.endswith((",", "-", "–"))
            or (len(row) > _SHORT_ROW and re.match(_STARTERS, following) is None)
        )
        if not wrapped:
            at = line_break + 1 + (len(text[line_break + 1 : end]) - len(following))
        row_start = line_break + 1
        line_break = text.find("\n", line_break + 1, end)
    return at


def has_lead_in(stem: str) -> bool:
    """Whether `split` finds a lead-in in the stem."""
    return "?" in stem or "？" in stem or _find(stem) is not None


def decide(stem: str, lead_in: str | None, option_texts: tuple[str, ...]) -> Decision:
    """Whether the question asks for the one action next, first, initially or now for this patient."""
    return decide_lead_in(_question(stem, lead_in), option_texts)


def task_of(stem: str, lead_in: str | None, option_texts: tuple[str, ...]) -> str | None:
    """The physician task of the exam outline where the lead-in makes it plain, else None."""
    return task_of_lead_in(_question(stem, lead_in))


def _question(stem: str, lead_in: str | None) -> str | None:
    """The last question; what an authored lead-in says before it is not asked."""
    return _asked_in(stem, False) if lead_in is None else _asked_in(lead_in, True)


@lru_cache(maxsize=256)  # the questions of a bank share few lead-ins
def _asked_in(text: str, all_of_it: bool) -> str | None:
    """The last question of a text, without its number; where there is none None, or `all_of_it`."""
    asked = split(text, None)[1] or (text if all_of_it else None)
    number = _NUMBER.match(asked) if asked is not None else None
    return asked[number.end() :] if asked is not None and number is not None else asked


@lru_cache(maxsize=16_384)  # an import asks twice, for a warning and for what is stored, and then forgets
def refers_to_absent_figure(stem: str, lead_in: str | None) -> bool:
    """Whether the text points to a picture; it is absent unless the item has figures."""
    return absent_figure(stem) or (lead_in is not None and _lead_in_refers(lead_in))


_lead_in_refers = lru_cache(maxsize=256)(absent_figure)  # few lead-ins, and each stem once
