"""What the clock on the wall does to a block, as a table: it decides days and time away, never a response time.

Each row is a block of three questions: 20 s before the first answer, then what happens, then 10 s to the second, 5 s to the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from drill.core import commands as c
from drill.core.clock import WallTime, wall_from_iso
from drill.core.state import Mode, Phase
from drill.runner import BlockRunner
from drill.storage.block_log import StoreLog
from drill.storage.blocks import read_block
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.history import read_history
from drill.storage.merge import merge_history
from drill.storage.retests import read_cards
from drill.storage.store import Store, open_memory
from drill.usecases.retests import clamped_reviews, pending, rebuild_retests, write_update
from tests.factories import NOW, FakeClock, import_bank
from tests.sittings import sit

HOUR = 3_600_000
DAY = 24 * HOUR
What = Callable[[FakeClock, BlockRunner], None]


def set_wall(ms: int) -> What:
    """Somebody sets the clock."""
    return lambda clock, runner: clock.step_wall(ms)


def set_offset(minutes: int) -> What:
    """Summer time begins or ends, or the learner lands elsewhere."""

    def happen(clock: FakeClock, runner: BlockRunner) -> None:
        clock.wall_time = WallTime(clock.wall_time.utc_ms, minutes)

    return happen


def asleep(ms: int) -> What:
    """The lid is closed and opened."""
    return lambda clock, runner: clock.sleep(ms)


def stopped(ms: int) -> What:
    """SIGSTOP, and SIGCONT later."""

    def happen(clock: FakeClock, runner: BlockRunner) -> None:
        clock.advance(ms)
        runner.note_stop()

    return happen


def nothing(clock: FakeClock, runner: BlockRunner) -> None:
    """Just time."""


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    start: str
    offset: int
    happens: What
    day: str
    away_ms: int = 0
    paired: bool = True
    """Whether the platform tells sleep from time awake."""


TABLE = [
    Row("a plain block", "2026-11-20T15:00Z", -300, nothing, "2026-11-20"),
    Row("summer time begins in it", "2027-03-14T06:59:50Z", -300, set_offset(-240), "2027-03-13"),
    Row("summer time ends in it", "2026-11-01T05:59:50Z", -240, set_offset(-300), "2026-10-31"),
    Row("the learner lands elsewhere in it", "2026-11-20T15:00Z", -300, set_offset(540), "2026-11-20"),
    Row("an offset of 45 minutes", "2026-11-20T22:30Z", 345, nothing, "2026-11-21"),
    Row("the wall is set back an hour in it", "2026-11-20T15:00Z", -300, set_wall(-HOUR), "2026-11-20"),
    Row("the wall is set back a year in it", "2026-11-20T15:00Z", -300, set_wall(-365 * DAY), "2026-11-20"),
    Row("the wall is set on a day in it", "2026-11-20T15:00Z", -300, set_wall(DAY), "2026-11-20"),
    Row("the last second of a study day", "2026-11-21T08:59:59.999Z", -300, nothing, "2026-11-20"),
    Row("the first of the next", "2026-11-21T09:00Z", -300, nothing, "2026-11-21"),
    Row("begun before 04:00, ended after", "2026-11-21T08:59:50Z", -300, nothing, "2026-11-20"),
    Row("past the 32-bit second of 2038", "2038-01-19T03:14:00Z", 0, nothing, "2038-01-18"),
    Row("a leap day", "2028-02-29T12:00Z", 0, nothing, "2028-02-29"),
    Row("asleep an hour", "2026-11-20T15:00Z", -300, asleep(HOUR), "2026-11-20", HOUR),
    Row("asleep over midnight and the cut", "2026-11-21T04:00Z", -300, asleep(9 * HOUR), "2026-11-20", 9 * HOUR),
    Row("asleep where sleep is not told", "2026-11-20T15:00Z", -300, asleep(HOUR), "2026-11-20", HOUR, paired=False),
    Row("stopped a minute", "2026-11-20T15:00Z", -300, stopped(60_000), "2026-11-20", 60_000),
]  # fmt: skip


def go_on(clock: FakeClock, runner: BlockRunner, ms: int) -> None:
    """Time passes, with its ticks: without them a platform that does not tell sleep takes it for one."""
    for _ in range(ms // 500):
        clock.advance(500)
        runner.tick()


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_the_wall_decides_days_and_time_away_and_never_a_response_time(store: Store, row: Row) -> None:
    import_bank(store)
    begins = wall_from_iso(row.start, row.offset)
    clock = FakeClock(wall_time=begins, paired=row.paired)
    runner = sit(store, "b1", (), clock=clock, end=False)
    go_on(clock, runner, 20_000)
    runner.dispatch(c.Choose("A"))
    row.happens(clock, runner)
    runner.tick()
    runner.dispatch(c.Next())
    go_on(clock, runner, 10_000)
    runner.dispatch(c.Choose("B"))
    go_on(clock, runner, 5_000)
    runner.dispatch(c.End())
    [block] = read_history(store.connection)
    times = [attempt.response_time_ms for attempt in block.attempts]
    assert times[:2] == [20_000, 15_000]
    assert block.block_active_ms == 35_000
    assert block.study_day == row.day
    assert (block.started_at, block.utc_offset_minutes) == (begins.iso, row.offset)
    assert block.away_ms == row.away_ms
    assert examine(store, repair=False).ok
    with open_memory() as other:
        assert merge_history(other, export_history(store, NOW), NOW).ok
        assert read_history(other.connection) == [block]


@pytest.mark.parametrize(
    ("shift_ms", "away_ms"),
    [(HOUR, HOUR), (-2 * DAY, 0), (400 * DAY, 400 * DAY)],
    ids=["an hour later", "a clock set back", "a year later"],
)
def test_a_block_put_away_comes_back_with_its_time_whatever_the_wall_did(
    store: Store, shift_ms: int, away_ms: int
) -> None:
    import_bank(store)
    clock = FakeClock(wall_time=wall_from_iso("2026-11-20T15:00Z", -300))
    runner = sit(store, "b1", (), clock=clock, end=False, mode=Mode.TIMED)
    clock.advance(20_000)
    runner.dispatch(c.Suspend())
    clock.step_wall(shift_ms)
    clock.mono += 77
    runner = BlockRunner.resume(read_block(store.connection, "b1"), clock, StoreLog(store))
    assert runner.state.phase is Phase.RUNNING
    clock.advance(1_000)
    runner.dispatch(c.End())
    [block] = read_history(store.connection)
    assert (block.block_active_ms, block.away_ms) == (21_000, away_ms)


def test_blocks_of_several_zones_and_a_clock_set_back_keep_the_order_of_their_starts(store: Store) -> None:
    import_bank(store)
    starts = [("2026-11-20T15:00Z", -300), ("2026-11-20T14:00Z", 540), ("2026-11-20T16:00Z", 0)]
    for number, (start, offset) in enumerate(starts):
        sit(store, f"b{number}", at=wall_from_iso(start, offset))
    assert [block.block for block in read_history(store.connection)] == ["b1", "b0", "b2"]
    assert examine(store, repair=False).ok


def test_a_block_dated_before_the_last_one_is_reviewed_at_its_own_date(store: Store) -> None:
    import_bank(store)
    wrong = ((5_000, c.Choose("D")),)
    sit(store, "b1", wrong, at=wall_from_iso("2026-11-20T15:00Z"), items=1)
    rebuild_retests(store)
    sit(store, "b2", wrong, at=wall_from_iso("2026-11-18T15:00Z"), items=1)
    update = pending(store)
    assert update is not None
    write_update(store, update)
    cards = read_cards(store.connection, [("notes", "q01"), ("notes", "q02"), ("notes", "q03")])
    due = [datetime.fromisoformat(card.due_at) for card in cards.values()]
    assert min(due) > datetime.fromisoformat("2026-11-18T15:00Z")
    before = cards
    rebuild_retests(store)
    assert read_cards(store.connection, list(before)) == before, "the same from nothing"
    assert clamped_reviews(store) == 0, "b2 comes first in the record"
