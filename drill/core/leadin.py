"""The lead-in of a question: where it is, and whether it asks for the next best step."""

from __future__ import annotations

import re
from typing import NamedTuple

_END = re.compile(r"[.?!:][\"'”’)]*\s+|\n+")
_NEXT = re.compile(
    r"\bnext\b.{0,40}\b(?:steps?|management|treatment|intervention|action|test)\b|\bbest next\b|\bnext best\b"
    r"|\b(?:initial|first|immediate)\b.{0,30}\b(?:steps?|management|treatment|therapy|pharmacotherapy|test|action)\b"
    r"|\bat this time\b|\bcourse of action\b|\bmost appropriate management\b|\b(?:done|performed|given|obtained) (?:next|first)\b",
    re.IGNORECASE | re.DOTALL,
)
_FIGURE = re.compile(
    r"\b(?:is|are) shown\b|\b(?:figure|image|photograph|picture|exhibit)s?\b|\bshown (?:below|here|in)\b",
    re.IGNORECASE,
)


class Decision(NamedTuple):
    """Whether an item asks for the next best step, and the rule that says so ("author" is the caller's own)."""

    next_best_step: bool
    rule: str


def split(stem: str, lead_in: str | None) -> tuple[str, str | None]:
    """(vignette, lead-in). Without an authored lead-in, the last question of the stem is it."""
    if lead_in is not None:
        return stem, lead_in
    end = stem.rfind("?")
    if end < 0:
        return stem, None
    start = 0
    for found in _END.finditer(stem, 0, end):
        start = found.end()
    after = stem[end + 1 :].strip(" \t\n\"'”")
    vignette = stem[:start].rstrip()
    return (f"{vignette}\n{after}".strip() if after else vignette), stem[start : end + 1]


def decide(stem: str, lead_in: str | None, option_texts: tuple[str, ...]) -> Decision:
    """Whether the question asks for the one action next, first, initially or now for this patient."""
    asked = split(stem, lead_in)[1]
    if asked is not None and _NEXT.search(asked):
        return Decision(True, "next")
    return Decision(False, "none")


def task_of(stem: str, lead_in: str | None, option_texts: tuple[str, ...]) -> str | None:
    """The physician task where the lead-in makes it plain, else None."""
    return None


def refers_to_absent_figure(stem: str, lead_in: str | None) -> bool:
    """Whether the text points to a picture that is not there."""
    return _FIGURE.search(stem) is not None
