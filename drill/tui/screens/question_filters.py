"""The list of questions: its filters, the searches their values lead to, and its rows. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from drill.core.frozen import dataclass
from drill.core.vocabulary import Mark
from drill.render.questions import QuestionRow
from drill.render.views.figures import without_ids
from drill.storage.questions import Question, Search, Texts

T = TypeVar("T")
_NEXT_STEP: dict[bool | None, str] = {None: "All", True: "Only", False: "Without"}
_MARKS: dict[Mark | None, str] = {
    None: "All",
    Mark.ANY: "Any mark",
    Mark.NOTE: "Notes",
    Mark.FLAG: "Flags",
    Mark.HIGHLIGHT: "Highlights",
    Mark.MISS: "Misses",
}
_SHOW = {False: "In use", True: "Retired"}


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to narrow by."""

    name: str
    value: str
    """The present value in words."""
    searches: tuple[Search, ...]
    """One a value, in a ring, the present one first."""


Labels = Mapping[str, Sequence[str]]
"""By the name of a label the values there are."""


def filters_of(search: Search, banks: Sequence[str], labels: Labels) -> tuple[Filter, ...]:
    """Bank, subject, next step, whether in use, what the learner left, other labels. A bank has its own."""
    return (
        Filter(
            "Bank",
            search.bank or "All",
            tuple(
                replace(search, bank=v, subject=None, system=None, task=None, topic=None)
                for v in _ring([None, *banks], search.bank)
            ),
        ),
        _label(search, "subject", labels.get("subject", ())),
        _ringed("Next step", search, "next_best_step", list(_NEXT_STEP), _NEXT_STEP[search.next_best_step]),
        _ringed("Show", search, "retired", list(_SHOW), _SHOW[search.retired]),
        _ringed("Yours", search, "mark", list(_MARKS), _MARKS[search.mark]),
        *(_label(search, label, values) for label, values in labels.items() if values and label != "subject"),
    )


def _label(search: Search, label: str, values: Sequence[str]) -> Filter:
    return _ringed(label.capitalize(), search, label, [None, *values], getattr(search, label) or "All")


def _ringed(name: str, search: Search, field: str, values: Sequence[object], value: str) -> Filter:
    """A filter over the values of one field of a search."""
    at = getattr(search, field)
    return Filter(name, value, tuple(replace(search, **{field: each}) for each in _ring(values, at)))


def question_row(question: Question, texts: Texts, words: str, note: str = "") -> QuestionRow:
    """A question as a row of the list; while searching, with the text that holds the words.

    Where notes are listed, or the words stand in one, it shows the note.

    One that was never met gives away neither its topic nor its text.
    """
    if not question.met:
        return unmet_row(question)
    asked = without_ids(f"{texts.stem} {texts.lead_in or ''}")
    searched = words.strip().casefold()
    in_note = f"Note: {note}" if note and (not searched or searched in note.casefold()) else ""
    in_text = asked if searched and searched in asked.casefold() else ""
    return QuestionRow(
        question.bank,
        question.item,
        question.topic or without_ids(texts.stem),
        question.subject or "",
        question.next_best_step,
        texts.seen,
        texts.right,
        texts.last_ms,
        question.retired or "",
        in_text or in_note,
    )


def unmet_row(question: Question) -> QuestionRow:
    """A question as a row without its texts: they were not read, or nothing of them may be told."""
    return QuestionRow(
        question.bank,
        question.called,
        "",
        question.subject or "",
        question.next_best_step,
        retired=question.retired or "",
        met=question.met,
    )


def _ring(values: Sequence[T], value: T) -> list[T]:
    at = values.index(value) if value in values else 0
    return [*values[at:], *values[:at]]
