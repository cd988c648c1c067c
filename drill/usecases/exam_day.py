"""Sitting a day of the examination: drawing its blocks, its breaks, and what it came to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from drill.analytics.intervals import Interval, mean_t, newcombe, wilson
from drill.core.clock import WallTime, wall_from_iso
from drill.core.frozen import dataclass
from drill.core.road.exam_day import (
    BLOCK_MS,
    BLOCKS,
    ITEMS,
    LONGEST_MS,
    DayState,
    Sitting,
    block_sizes,
    day_state,
)
from drill.errors import DrillError, NothingToDraw
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, count_candidates
from drill.storage.road import read_day_blocks, read_entries, write_entries
from drill.storage.road_entries import ExamDay
from drill.storage.store import Store
from drill.usecases import looking_back
from drill.usecases.block_request import BlockRequest
from drill.usecases.sitting import plan_new_block


@dataclass(frozen=True, slots=True)
class Questions:
    """What a day can draw from."""

    unused: int
    all: int

    @property
    def repeats(self) -> int:
        """Questions of the day that have been seen before."""
        return max(ITEMS - self.unused, 0)


def questions(store: Store) -> Questions:
    """How many questions there are for a day."""
    connection = store.connection
    return Questions(count_candidates(connection, Filter()), count_candidates(connection, Filter(pool="all")))


def shortage(found: Questions) -> str:
    """What is missing for a whole day of unused questions, in words; empty: nothing."""
    if not found.repeats:
        return ""
    blocks = -(-found.repeats // 20)
    last = f"its last {blocks} blocks ask" if blocks < BLOCKS else "all its blocks ask"
    return (
        f"A day asks {ITEMS} questions; {found.unused} are unused. So {found.repeats} repeat: {last} "
        "questions you have seen, and count in no trend."
    )


def days(store: Store) -> list[ExamDay]:
    """The days there are, latest first."""
    entries, _ = read_entries(store.connection)
    found = [entry for entry in entries if isinstance(entry, ExamDay)]
    return sorted(found, key=lambda day: day.began_ms, reverse=True)


def running(store: Store, wall: WallTime) -> ExamDay | None:
    """The day that is going on; None when none is."""
    for day in days(store)[:1]:
        if day.is_left or wall.utc_ms - day.began_ms > LONGEST_MS or state_of(store, day, wall).is_over:
            return None
        return day
    return None


def state_of(store: Store, day: ExamDay, wall: WallTime) -> DayState:
    """Where a day stands now."""
    return day_state(sittings(store, day), wall.utc_ms)


def sittings(store: Store, day: ExamDay) -> list[Sitting]:
    """The blocks of a day that began."""
    return [
        Sitting(
            wall_from_iso(block.started_at).utc_ms,
            None if block.ended_at is None else wall_from_iso(block.ended_at).utc_ms,
            block.limit_ms,
            block.active_ms,
        )
        for block in read_day_blocks(store.connection, day.blocks)
    ]


def begin(store: Store, wall: WallTime, seed: int, *, repeats: bool = False) -> ExamDay:
    """A new day. Raises NothingToDraw when questions would repeat and `repeats` does not allow it."""
    there = questions(store)
    if there.all < 20:
        raise NothingToDraw("There are too few questions for a block. Import some: 'drill import FILE'.")
    if there.repeats and not repeats:
        raise NothingToDraw(shortage(there))
    day = ExamDay(wall.utc_ms, seed, block_sizes(Random(seed)), ())
    write_entries(store, [day], wall.utc_ms)
    return day


def leave(store: Store, day: ExamDay, wall: WallTime) -> None:
    """End a day for good; its blocks stay."""
    write_entries(store, [replace(day, is_left=True)], wall.utc_ms)


def next_block(store: Store, day: ExamDay, wall: WallTime) -> BlockPlan:
    """Draw the day's next block, at the limit that the breaks have left it.

    Raises DrillError when the day is over or a block is open, NothingToDraw when too few questions match.
    """
    state = state_of(store, day, wall)
    if state.is_over:
        raise DrillError("Every block of the day has been sat.")
    items = day.sizes[state.ended]
    pool = "unused" if count_candidates(store.connection, Filter()) >= items else "all"
    items = min(items, count_candidates(store.connection, Filter(pool="all")))
    seed = Random(f"{day.seed}/{state.ended}").randrange(2**31)
    request = BlockRequest(items=items, minutes=state.next_limit_ms / BLOCK_MS * 30, pool=pool, seed=seed)
    plan = plan_new_block(store, request)
    write_entries(store, [replace(day, blocks=(*day.blocks, plan.block))], wall.utc_ms)
    return plan


@dataclass(frozen=True, slots=True)
class BlockFigures:
    """What one block of a day came to."""

    number: int
    right: int
    items: int
    accuracy: Interval
    """Wilson 95 %."""
    seconds: Interval | None
    """Mean seconds an answered question, t 95 %; None with under two."""
    timed: int
    """Answered questions whose time no interruption fell on."""
    limit_ms: int


@dataclass(frozen=True, slots=True)
class DayReport:
    """A day block by block, and its halves."""

    blocks: tuple[BlockFigures, ...]
    first_half: tuple[int, int]
    """Right and items of blocks 1 to 8."""
    second_half: tuple[int, int]
    change: Interval | None
    """Second half minus first, as proportions, Newcombe 95 %; None before both have been sat."""


def report(store: Store, day: ExamDay) -> DayReport:
    """What a day came to so far. Unreached and blank questions are wrong, as in the examination."""
    figures = []
    halves = [[0, 0], [0, 0]]
    for number, one in enumerate(read_day_blocks(store.connection, day.blocks), 1):
        record = looking_back.record(store, one.block)
        if record is None:
            continue
        right, items = sum(a.correct for a in record.attempts), len(record.attempts)
        times = [
            a.response_time_ms / 1000
            for a in record.attempts
            if a.response_time_ms is not None and not a.censored and a.time_excluded_because is None
        ]
        accuracy = wilson(right, items)
        assert accuracy is not None
        figures.append(BlockFigures(number, right, items, accuracy, _mean(times), len(times), one.limit_ms))
        half = halves[number > BLOCKS // 2]
        half[0] += right
        half[1] += items
    first, second = (tuple(half) for half in halves)
    change = newcombe(*second, *first) if first[1] and second[1] else None
    return DayReport(tuple(figures), (first[0], first[1]), (second[0], second[1]), change)


def _mean(times: Sequence[float]) -> Interval | None:
    return mean_t(times) if len(times) > 1 else None
