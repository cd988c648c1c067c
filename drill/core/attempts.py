"""From what happened to an item to its outcome: one Attempt per item of a block.

Definitions: docs/metrics.md, "Data rules". Times are raw; every exclusion is an analytics rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from drill.core.change import Change
from drill.core.state import BlockState, Selection
from drill.core.vocabulary import BlockEnd, Status

SETTLE_MS = 2000
"""A choice that stood this long was meant; a shorter one is a slip and stays in the log only."""


class Attempt(NamedTuple):
    """One item's outcome. Letters as shown, times in active ms; see AttemptRecord for each field."""

    position: int
    status: Status
    censored: bool
    time_excluded_because: str | None
    first: str | None
    chosen: str | None
    correct: bool
    changes: tuple[Change, ...]
    response_time_ms: int | None
    first_visit_ms: int | None
    first_shown_ms: int | None
    last_left_ms: int | None
    visits: int
    flagged: bool
    struck: str
    confidence: str | None = None


def settled(selections: Sequence[Selection]) -> list[Selection]:
    """Selections that stood SETTLE_MS or to the end; no repeats, and no clearings before the first."""
    meant: list[Selection] = []
    for index, selection in enumerate(selections):
        is_last = index == len(selections) - 1
        if not is_last and selections[index + 1].at_ms - selection.at_ms < SETTLE_MS:
            continue
        before = meant[-1].letter if meant else None
        if selection.letter != before:
            meant.append(selection)
    return meant


def attempt(state: BlockState, position: int, key: str) -> Attempt:
    """The outcome of the item at `position`, whose key is shown under the letter `key`.

    For a block that still runs it is the outcome if the block ended at its last event.
    """
    item = state.item(position)
    selections = settled(item.selections)
    first = selections[0].letter if selections else None
    chosen = item.chosen
    changes = tuple(
        Change(after.at_ms, before.letter, after.letter) for before, after in pairwise(selections)
    )
    status = _status(state, position, first, chosen)
    return Attempt(
        position=position,
        status=status,
        censored=status in (Status.OMITTED, Status.CUT_CHOSEN, Status.CUT_BLANK),
        time_excluded_because="interrupted" if item.interrupted else None,
        first=first,
        chosen=chosen,
        correct=chosen == key,
        changes=changes,
        response_time_ms=item.time_ms if item.seen else None,
        first_visit_ms=item.visits[0].end_ms - item.visits[0].start_ms if item.seen else None,
        first_shown_ms=item.visits[0].start_ms if item.seen else None,
        last_left_ms=item.visits[-1].end_ms if item.seen else None,
        visits=len(item.visits),
        flagged=item.flagged,
        struck="".join(sorted(item.struck)),
        confidence=item.confidence,
    )


def _status(state: BlockState, position: int, first: str | None, chosen: str | None) -> Status:
    if not state.item(position).seen:
        return Status.UNREACHED
    if state.end_reason is BlockEnd.EXPIRED and state.place == position:
        return Status.CUT_BLANK if chosen is None else Status.CUT_CHOSEN
    if chosen is None:
        return Status.OMITTED
    return Status.REVISED if first != chosen else Status.ANSWERED
