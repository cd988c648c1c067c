"""Aiken: a question, options `A. …` or `A) …`, then `ANSWER: B`. Text over several lines is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drill.core.items import LETTERS, Option
from drill.importers.drafts import Collector, Draft
from drill.importers.source import MAX_FIELD_CHARACTERS, Source

_OPTION = re.compile(r"\s*([A-Z])[.)]\s+(\S.*)?$")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*$", re.IGNORECASE)


@dataclass(slots=True)
class _Open:
    """The question being read."""

    offset: int | None = None
    stem: list[str] = field(default_factory=list)
    options: list[list[str]] = field(default_factory=list)


def read_aiken(source: Source, bank_name: str) -> Collector:
    """Read every question; mistakes are errors at their line."""
    collector = Collector(source, bank_name, strict=True)
    current = _Open()
    text, start = source.text, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end].rstrip()
        if (answer := _ANSWER.match(row)) and (current.stem or current.options):
            collector.count(current.offset or 0)
            _close(collector, current, start, answer[1])
            current = _Open()
        elif (option := _OPTION.match(row)) and current.stem and _is_next(option[1], current):
            current.options.append([option[2] or ""])
        elif not row.strip():
            if current.options:
                _unanswered(source, start, current)
                current = _Open()
            elif current.stem:
                current.stem.append("")
        elif current.options:
            if _OPTION.match(row):
                source.error(
                    start,
                    "letter-gap",
                    f"Option {LETTERS[len(current.options)]} is expected here.",
                    "Letter the options A, B, C and so on.",
                )
            current.options[-1].append(row)
            if len(current.options[-1]) > MAX_FIELD_CHARACTERS:
                source.error(
                    start, "too-long", "The option above is far too long.", "Is its ANSWER line missing?"
                )
                return collector
        else:
            if current.offset is None:
                current.offset = start
            current.stem.append(row)
            if len(current.stem) > MAX_FIELD_CHARACTERS:
                source.error(
                    current.offset,
                    "too-long",
                    "A question starts here that is far too long.",
                    "Are its options missing?",
                )
                return collector
        start = end + 1
    if current.options or any(current.stem):
        _unanswered(source, len(text), current)
    return collector


def _is_next(letter: str, current: _Open) -> bool:
    return len(current.options) < len(LETTERS) and letter == LETTERS[len(current.options)]


def _unanswered(source: Source, at: int, current: _Open) -> None:
    if not current.options:
        source.error(
            current.offset or 0,
            "option-count",
            "This question has no options.",
            "Write them on lines of their own: `A. …`, `B. …`.",
        )
        return
    source.error(
        at,
        "answer",
        f"The question in line {source.place(current.offset or 0).line} has no ANSWER line.",
        "End it with e.g. `ANSWER: A`, right below the options.",
    )


def _close(collector: Collector, current: _Open, at: int, word: str) -> None:
    source = collector.source
    letter = word.strip().rstrip(".)").upper()
    letters = LETTERS[: len(current.options)]
    if len(letter) != 1 or letter not in letters:
        if not current.options:
            source.error(
                at, "option-count", "This question has no options.", "Write `A. …`, `B. …` above ANSWER."
            )
            return
        source.error(
            at,
            "answer",
            "ANSWER is none of the options' letters.",
            f"Write one letter from A to {letters[-1]}.",
        )
        return
    options = [Option("\n".join(rows)) for rows in current.options]
    name = f"question in line {source.place(current.offset or 0).line}"
    collector.add(Draft(current.offset or 0, name, "\n".join(current.stem), options, letters.index(letter)))
