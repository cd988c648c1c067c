"""A day of 16 blocks in a database: what it draws, how it survives, and what it comes to."""

from __future__ import annotations

import pytest

from drill.analytics.eligibility import block_exclusion
from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.road.exam_day import BLOCK_MS, BLOCKS, ITEMS, LONGEST_MS
from drill.errors import DrillError, NothingToDraw, OpenBlockExists
from drill.render.lines import plain
from drill.render.road.exam_day import report_section
from drill.runner import BlockRunner
from drill.storage import blocks
from drill.storage.block_log import StoreLog
from drill.storage.history import read_history
from drill.storage.road_entries import ExamDay
from drill.storage.store import Store
from drill.storage.test_day import day_holds, open_day_blocks
from drill.usecases import exam_day
from tests.factories import FakeClock, import_bank, make_bank

MINUTE = 60_000


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def sit_next(
    store: Store, day: ExamDay, clock: FakeClock, *, minutes: int = 25, right: bool = True
) -> ExamDay:
    """Sit the day's next block: every question answered, in so many minutes."""
    plan = exam_day.next_block(store, day, clock.wall())
    keys = blocks.read_keys(store.connection, plan.form)
    runner = BlockRunner.start(plan, keys, clock, StoreLog(store))
    for key in keys:
        clock.advance(minutes * MINUTE / len(keys))
        runner.dispatch(c.Choose(key.letter if right else next(x for x in "AB" if x != key.letter)))
        runner.dispatch(c.Next())
    runner.dispatch(c.End())
    return exam_day.days(store)[0]


def test_a_whole_day_of_unused_questions_counts_and_asks_each_once(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = exam_day.begin(store, clock.wall(), 7)
    for number in range(BLOCKS):
        day = sit_next(store, day, clock, right=number < 8)
        clock.advance(3 * MINUTE)
    history = read_history(store.connection)
    asked = [attempt.item for block in history for attempt in block.attempts]
    assert len(asked) == len(set(asked)) == ITEMS
    assert {block_exclusion(block) for block in history} == {None}
    assert exam_day.running(store, clock.wall()) is None
    report = exam_day.report(store, day)
    assert [one.items for one in report.blocks] == list(day.sizes)
    assert report.first_half[0] == report.first_half[1]
    assert report.second_half[0] == 0
    said = " ".join(plain(report_section(report, 80).rows).split())
    first, second = report.first_half[1], report.second_half[1]
    assert f"Blocks 1-8: {first} of {first} right, 100%. Blocks 9-16: 0 of {second} right, 0%." in said
    assert "Difference -100 points (95% interval -100 to -97)." in said
    assert "only several days could tell." in said
    with pytest.raises(DrillError, match="Every block of the day has been sat"):
        exam_day.next_block(store, day, clock.wall())


def test_the_seconds_of_a_block_leave_out_interrupted_questions_and_stand_with_their_n(
    store: Store, clock: FakeClock
) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = exam_day.begin(store, clock.wall(), 7)
    plan = exam_day.next_block(store, day, clock.wall())
    runner = BlockRunner.start(plan, blocks.read_keys(store.connection, plan.form), clock, StoreLog(store))
    for place, seconds in enumerate((60, 70, 80, 400)):
        clock.advance(seconds * 1000)
        if place == 3:
            runner.dispatch(c.Interrupt("sleep"))
            runner.dispatch(c.Resume())
        runner.dispatch(c.Choose("A"))
        runner.dispatch(c.Next())
    runner.dispatch(c.End())
    report = exam_day.report(store, exam_day.days(store)[0])
    (one,) = report.blocks
    assert one.seconds is not None
    assert (round(one.seconds.value), one.timed) == (70, 3)
    assert "70 (45-95, n 3)" in plain(report_section(report, 80).rows)


def test_a_question_cut_by_the_clock_is_in_no_mean_of_seconds(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = exam_day.begin(store, clock.wall(), 7)
    plan = exam_day.next_block(store, day, clock.wall())
    runner = BlockRunner.start(plan, blocks.read_keys(store.connection, plan.form), clock, StoreLog(store))
    for _ in range(10):
        clock.advance(MINUTE)
        runner.dispatch(c.Choose("A"))
        runner.dispatch(c.Next())
    runner.dispatch(c.Choose("A"))
    clock.advance(BLOCK_MS)
    runner.tick()
    (found,) = exam_day.report(store, exam_day.days(store)[0]).blocks
    assert (found.items, found.seconds) == (day.sizes[0], None), "ten times 60 s are without spread"


def test_questions_that_would_repeat_are_told_before_the_day_begins(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank("notes", 100))
    with pytest.raises(
        NothingToDraw, match=r"316 questions; 100 are unused. So 216 repeat: its last 11 blocks"
    ):
        exam_day.begin(store, clock.wall(), 7)
    assert exam_day.days(store) == []
    day = exam_day.begin(store, clock.wall(), 7, repeats=True)
    for _ in range(6):
        day = sit_next(store, day, clock)
    pools = [block.pool for block in read_history(store.connection)]
    whole = sum(sum(day.sizes[: n + 1]) <= 100 for n in range(6))
    assert pools == ["unused"] * whole + ["all"] * (6 - whole)


def test_a_crash_in_a_break_runs_on_as_break_and_shortens_the_next_block(
    store: Store, clock: FakeClock
) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = sit_next(store, exam_day.begin(store, clock.wall(), 7), clock, minutes=25)
    clock.advance(75 * MINUTE)  # drill is gone meanwhile: nothing runs, nothing is written
    again = exam_day.running(store, clock.wall())
    assert again == day
    state = exam_day.state_of(store, day, clock.wall())
    assert (state.pool_ms, state.next_limit_ms) == (-10 * MINUTE, BLOCK_MS - 10 * MINUTE)
    plan = exam_day.next_block(store, day, clock.wall())
    assert plan.limit_ms == 20 * MINUTE


def test_a_block_that_was_drawn_and_never_began_is_no_block_of_the_day(
    store: Store, clock: FakeClock
) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = exam_day.begin(store, clock.wall(), 7)
    exam_day.next_block(store, day, clock.wall())
    again = exam_day.days(store)[0]
    assert exam_day.state_of(store, again, clock.wall()).ended == 0
    assert (
        exam_day.next_block(store, again, clock.wall()).seed
        == exam_day.next_block(store, again, clock.wall()).seed
    )


def test_an_open_block_has_to_end_first(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = exam_day.begin(store, clock.wall(), 7)
    plan = exam_day.next_block(store, day, clock.wall())
    BlockRunner.start(plan, blocks.read_keys(store.connection, plan.form), clock, StoreLog(store))
    with pytest.raises(OpenBlockExists):
        exam_day.next_block(store, exam_day.days(store)[0], clock.wall())


def test_a_day_is_over_when_left_or_when_it_began_too_long_ago(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    day = sit_next(store, exam_day.begin(store, clock.wall(), 7), clock)
    since = clock.wall().utc_ms - LONGEST_MS
    assert open_day_blocks(store.connection, since) == 1
    assert day_holds(store.connection, day.blocks[0])
    late = WallTime(day.began_ms + LONGEST_MS + 1, 0)
    assert exam_day.running(store, late) is None
    assert open_day_blocks(store.connection, late.utc_ms - LONGEST_MS) is None
    exam_day.leave(store, day, clock.wall())
    assert exam_day.running(store, clock.wall()) is None
    assert open_day_blocks(store.connection, since) is None
    assert not day_holds(store.connection, day.blocks[0])


def test_without_a_block_of_questions_there_is_no_day(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank("notes", 5))
    with pytest.raises(NothingToDraw, match="too few questions"):
        exam_day.begin(store, clock.wall(), 7, repeats=True)
