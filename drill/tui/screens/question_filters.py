"""The list of questions: its filters, the searches their values lead to, and its rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from drill.render.questions import QuestionRow
from drill.render.views.figures import without_ids
from drill.storage.questions import Question, Search, Texts

T = TypeVar("T")
_NEXT_STEP: dict[bool | None, str] = {None: "All", True: "Only", False: "Without"}
_SHOW = {False: "In use", True: "Retired"}


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing to narrow by."""

    name: str
    value: str
    """The present value in words."""
    searches: tuple[Search, ...]
    """One a value, in a ring, the present one first."""


def filters_of(search: Search, banks: Sequence[str], subjects: Sequence[str]) -> tuple[Filter, ...]:
    """Bank, subject, next step, and whether in use. Another bank has other subjects."""
    return (
        Filter(
            "Bank",
            search.bank or "All",
            tuple(replace(search, bank=v, subject=None) for v in _ring([None, *banks], search.bank)),
        ),
        Filter(
            "Subject",
            search.subject or "All",
            tuple(replace(search, subject=v) for v in _ring([None, *subjects], search.subject)),
        ),
        Filter(
            "Next step",
            _NEXT_STEP[search.next_best_step],
            tuple(replace(search, next_best_step=v) for v in _ring(list(_NEXT_STEP), search.next_best_step)),
        ),
        Filter(
            "Show",
            _SHOW[search.retired],
            tuple(replace(search, retired=v) for v in _ring(list(_SHOW), search.retired)),
        ),
    )


def question_row(question: Question, texts: Texts, words: str) -> QuestionRow:
    """A question as a row of the list; while searching, with the text that holds the words.

    One that was never met gives away neither its topic nor its text.
    """
    if not question.met:
        return unmet_row(question)
    asked = without_ids(f"{texts.stem} {texts.lead_in or ''}")
    searched = words.strip().casefold()
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
        asked if searched and searched in asked.casefold() else "",
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
