"""Retests: missed, flagged and doubted questions come back when they are due, by FSRS.

A question gets a card with the first attempt that was missed, flagged, or said to be unsure or a guess;
every later attempt, in whatever block, is a review of it. Again: wrong or blank. Hard: right, but past the
time its length predicts. Good: right in time. A replay is none: its keys were not seen in between, and it is
about the clock. The cards follow from the history alone, without chance, and are in no metric. How well a
question may still be remembered is never shown: options and remembered wording break the recall model.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from drill.core.block_filters import is_replay
from drill.core.clock import DAY_STARTS_H, wall_from_iso
from drill.core.forms import Candidate, FormItem, draw_units, joined
from drill.core.frozen import dataclass
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.vocabulary import Confidence, Status
from drill.storage import same_questions
from drill.storage.blocks import count_ended
from drill.storage.candidates import Filter, one_of_each, read_candidates
from drill.storage.history import read_history, read_recent
from drill.storage.retests import Card, Mark, count_due, read_cards, read_mark, write_cards
from drill.storage.settings import read_settings, write_setting
from drill.storage.store import Store, open_reader

if TYPE_CHECKING:
    from fsrs import Scheduler

_EXTRA_BLOCKS = 20


@dataclass(frozen=True, slots=True)
class Update:
    """Cards to be written after blocks have ended."""

    cards: tuple[Card, ...]
    mark: Mark | None
    anew: bool
    """All other cards go: the history has changed before the last block, as after a merge."""
    clamped: int = 0
    """Reviews dated before the one they follow: taken as made at its instant."""


MOST_DUE = 200
"""Nobody sits more at once; counting on would only delay Home."""


def due_count(store: Store, now: str) -> int:
    """How many questions are due by this instant (ISO 8601 UTC) and may be drawn, up to MOST_DUE."""
    return count_due(store.connection, now, MOST_DUE)


def pending(store: Store) -> Update | None:
    """What the blocks ended since the last update change; None: nothing. Reads only."""
    connection = store.connection
    mark, total = read_mark(connection), count_ended(connection)
    if mark is not None and count_ended(connection, (mark.started_at, mark.block)) == mark.blocks:
        if total <= mark.blocks:
            return None
        with contextlib.suppress(_BadCard):
            return _follow(store, mark, total)
    return None if mark is None and not total else _from_nothing(store)


def pending_at(path: Path) -> Update | None:
    """The same on a connection of its own, for a thread."""
    reader = open_reader(path)
    if reader is None:
        return None
    with reader:
        return pending(reader)


def write_update(store: Store, update: Update) -> None:
    """Write it."""
    with store.transaction():
        write_cards(store, update.cards, update.mark, anew=update.anew)
        before = 0 if update.anew else clamped_reviews(store)
        if update.anew or update.clamped:
            write_setting(store, CLAMPED, str(before + update.clamped))


CLAMPED = "retests_clamped"


def clamped_reviews(store: Store) -> int:
    """How many reviews the cards follow that were dated before the one they follow."""
    said = read_settings(store.connection).get(CLAMPED, "")
    return int(said) if said.isdecimal() and len(said) < 10 else 0


def rebuild_retests(store: Store) -> int:
    """Make every card anew from the history; how many there are."""
    update = _from_nothing(store)
    write_update(store, update)
    return len(update.cards)


def _from_nothing(store: Store) -> Update:
    from drill.analytics.retest_times import predicted_paces

    blocks = read_history(store.connection)
    cards, clamped = _grow({}, blocks, predicted_paces(blocks))
    return Update(tuple(cards.values()), _mark(blocks), anew=True, clamped=clamped)


def _follow(store: Store, mark: Mark, total: int) -> Update:
    """Only the new blocks, upon the cards there are."""
    from drill.analytics.retest_times import NEEDED_BLOCKS, predicted_paces

    new = total - mark.blocks
    reach = new + _EXTRA_BLOCKS
    blocks = read_recent(store.connection, reach)
    # As many blocks before the new ones as the predicted pace of the first of them looks back on.
    while len(blocks) < total and _eligible(blocks[: len(blocks) - new]) < NEEDED_BLOCKS:
        reach *= 2
        blocks = read_recent(store.connection, reach)
    paces = predicted_paces(blocks)
    latest = blocks[len(blocks) - new :]
    touched = {(attempt.bank, attempt.item) for block in latest for attempt in block.attempts}
    cards, clamped = _grow(read_cards(store.connection, sorted(touched)), latest, paces)
    return Update(tuple(cards.values()), _mark(blocks), anew=False, clamped=clamped)


def _eligible(blocks: Sequence[BlockRecord]) -> int:
    from drill.analytics.eligibility import block_exclusion

    return sum(block_exclusion(block) is None for block in blocks)


def _mark(blocks: Sequence[BlockRecord]) -> Mark | None:
    last = blocks[-1] if blocks else None
    return None if last is None else Mark(last.started_at, last.block, last.block_index)


def _grow(
    cards: dict[tuple[str, str], Card], blocks: Iterable[BlockRecord], paces: dict[str, float | None]
) -> tuple[dict[tuple[str, str], Card], int]:
    """The cards after these blocks, oldest first, and how many reviews had to be clamped."""
    from fsrs import Scheduler

    # Steps of minutes make no sense between blocks, and chance would make every rebuild differ.
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    grown, clamped = dict(cards), 0
    for block in blocks:
        if is_replay(block.filters):
            continue
        for attempt in block.attempts:
            key = (attempt.bank, attempt.item)
            doubted = attempt.confidence in (Confidence.UNSURE, Confidence.GUESS)
            wanted = key in grown or not attempt.correct or attempt.flagged or doubted
            if attempt.status is not Status.UNREACHED and wanted:
                grown[key], was_clamped = _review(
                    scheduler, grown.get(key), block, attempt, paces.get(block.block)
                )
                clamped += was_clamped
    return grown, clamped


class _BadCard(Exception):
    """Another program changed a card into what the scheduler cannot read."""


def _review(
    scheduler: Scheduler, card: Card | None, block: BlockRecord, attempt: AttemptRecord, pace_s: float | None
) -> tuple[Card, bool]:
    from fsrs import Card as State
    from fsrs import Rating

    from drill.analytics.retest_times import in_time

    if not attempt.correct:
        rating = Rating.Again
    else:
        rating = Rating.Good if in_time(attempt, pace_s) else Rating.Hard
    when = datetime.fromisoformat(block.started_at).astimezone(UTC)
    try:
        state = State(card_id=0, due=when) if card is None else State.from_json(card.card)
        # A clock set back, or a history of another tool: the scheduler knows no review before the last one.
        clamped = state.last_review is not None and when < state.last_review
        state, _ = scheduler.review_card(state, rating, state.last_review if clamped else when)
        due_at = _due_at(state.due, block.utc_offset_minutes)
    except (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        if card is None:
            raise
        raise _BadCard from error
    return Card(attempt.bank, attempt.item, due_at, state.to_json()), clamped


def _due_at(due: datetime, offset_minutes: int) -> str:
    """The beginning of the study day on which a card falls due, where the learner was."""
    local = due.astimezone(timezone(timedelta(minutes=offset_minutes)))
    day = (local - timedelta(hours=DAY_STARTS_H)).replace(
        hour=DAY_STARTS_H, minute=0, second=0, microsecond=0
    )
    return wall_from_iso(day.isoformat()).iso


def candidates(store: Store, wanted: Filter, now: str) -> tuple[list[Candidate], list[Candidate]]:
    """What a retest may draw: what is due, and the other missed, flagged or doubted ones; sets whole."""
    connection = store.connection
    due = read_candidates(connection, replace(wanted, pool="all", due_at=now))
    missed = read_candidates(connection, replace(wanted, pool="retest", due_at=None))
    due = _with_sets(store, wanted, due)
    taken = {(one.bank, one.item) for one in due}
    others = [one for one in _with_sets(store, wanted, missed) if (one.bank, one.item) not in taken]
    twins = same_questions.twins(connection)
    if twins:
        due = one_of_each(due, twins)
        asked = {twins.get((one.bank, one.item)) for one in due} - {None}
        others = [one for one in one_of_each(others, twins) if twins.get((one.bank, one.item)) not in asked]
    return due, others


def _with_sets(store: Store, wanted: Filter, found: list[Candidate]) -> list[Candidate]:
    """A sequential set is asked whole, though one of it was missed."""
    sets = {(one.bank, one.set) for one in found if one.set is not None}
    if not sets:
        return found
    every = read_candidates(store.connection, replace(wanted, pool="all", due_at=None))
    taken = {(one.bank, one.item) for one in found}
    return found + [one for one in every if (one.bank, one.set) in sets and (one.bank, one.item) not in taken]


def draw_due_first(
    due: Sequence[Candidate], others: Sequence[Candidate], count: int, random: Random
) -> tuple[FormItem, ...]:
    """`count` questions, what is due first, options shuffled where that is safe."""
    first = draw_units(due, count, random, shuffle_options=True)
    more = draw_units(others, count - sum(map(len, first)), random, shuffle_options=True)
    return joined(first + more)
