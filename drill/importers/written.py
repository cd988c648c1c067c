"""A question of a text, as its lines tell it."""

from __future__ import annotations

from dataclasses import dataclass, field

from drill.importers.judge import Fault
from drill.importers.option_labels import LATIN


@dataclass(slots=True)
class Question:
    """A question as its lines tell it."""

    offset: int
    number: int | None = None
    stem: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    rights: list[bool | None] = field(default_factory=list)
    script: str = LATIN
    """Of the letters before its options."""
    answer: str | None = None
    answer_at: int = 0
    answer_first: bool = False
    """Whether the answer stands above the options."""
    explanation: list[str] = field(default_factory=list)
    topic: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    """What lines such as `Difficulty: easy` say."""
    lines: int = 0
    fault: tuple[int, Fault] | None = None
    """Where the lines do not fit together, and how."""


def without_option(text: str, option: str) -> str:
    """A text without the option that it begins with."""
    option = option.strip()
    if option and text.casefold().startswith(option.casefold()):
        return text[len(option) :].lstrip(" .:;,-–—*_")
    return text
