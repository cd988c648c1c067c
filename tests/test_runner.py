"""The runner: commit before evolve, crash and resume, sleep, stops, and a wall clock nobody trusts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import fold
from drill.core.clock import WallTime
from drill.core.state import Mode, Phase, Visit
from drill.errors import IllegalCommand, StorageError
from drill.runner import SLEEP_MS, STALL_MS, BlockRunner
from tests import strategies
from tests.factories import NOON, FakeClock, MemoryLog, make_keys, make_plan

TICK_MS = 500
"""The app ticks so often."""


def begin(
    clock: FakeClock,
    log: MemoryLog | None = None,
    *,
    mode: Mode = Mode.EXAM,
    length: int = 3,
    limit_ms: int = 270_000,
) -> tuple[BlockRunner, MemoryLog]:
    log = log or MemoryLog()
    runner = BlockRunner.start(make_plan(length, mode, limit_ms=limit_ms), make_keys(length), clock, log)
    return runner, log


def run(runner: BlockRunner, clock: FakeClock, ms: int) -> None:
    """Time passes, with a tick every half second."""
    for _ in range(ms // TICK_MS):
        clock.advance(TICK_MS)
        runner.tick()
    clock.advance(ms % TICK_MS)


def noon_and(ms: int) -> WallTime:
    """The wall so long after a block began."""
    return WallTime(NOON.utc_ms + ms, NOON.offset_minutes)


def of_kind(log: MemoryLog, *kinds: type[e.Event]) -> list[e.Event]:
    return [event for event in log.events if isinstance(event, kinds)]


# Commit first


def test_a_block_begins_with_a_commit(clock: FakeClock) -> None:
    runner, log = begin(clock)
    assert log.events == [e.Started(0, NOON), e.Moved(0, 1, 1)]
    assert list(log.attempts) == [1]
    assert runner.running


def test_a_block_whose_first_commit_fails_never_began(clock: FakeClock) -> None:
    log = MemoryLog()
    log.fail()
    with pytest.raises(StorageError):
        begin(clock, log)
    assert log.events == []


def test_an_answer_is_in_the_log_with_its_outcome(clock: FakeClock) -> None:
    runner, log = begin(clock)
    clock.advance(4_321)
    assert runner.dispatch(c.Choose("A")) == (e.Chose(4_321, 1, "A"),)
    assert log.events[-1] == e.Chose(4_321, 1, "A")
    assert log.attempts[1].correct
    assert log.last_at_ms == 4_321


def test_the_state_evolves_only_after_the_commit(clock: FakeClock) -> None:
    seen: list[str | None] = []

    class Watching(MemoryLog):
        def append(self, *args: object, **kwargs: object) -> None:
            seen.append(runner.state.current.chosen)
            super().append(*args, **kwargs)  # type: ignore[arg-type]

    runner, _ = begin(clock, Watching())
    runner.dispatch(c.Choose("A"))
    assert seen == [None]
    assert runner.state.current.chosen == "A"


def test_a_failed_commit_changes_nothing_and_can_be_tried_again(clock: FakeClock) -> None:
    runner, log = begin(clock)
    clock.advance(1_000)
    state, events, attempts = runner.state, list(log.events), dict(log.attempts)
    log.fail(2)
    for _ in range(2):
        with pytest.raises(StorageError):
            runner.dispatch(c.Choose("B"))
    assert (runner.state, log.events, log.attempts) == (state, events, attempts)
    clock.advance(1_000)
    runner.dispatch(c.Choose("B"))
    assert log.events == [*events, e.Chose(2_000, 1, "B")]


def test_an_illegal_command_writes_nothing(clock: FakeClock) -> None:
    runner, log = begin(clock)
    clock.advance(1_000)
    state, writes = runner.state, log.writes
    with pytest.raises(IllegalCommand):
        runner.dispatch(c.Choose("Z"))
    assert runner.state is state
    assert log.writes == writes


def test_a_command_that_changes_nothing_writes_nothing(clock: FakeClock) -> None:
    runner, log = begin(clock)
    runner.dispatch(c.Choose("A"))
    writes = log.writes
    assert runner.dispatch(c.Choose("A")) == ()
    assert log.writes == writes


def test_the_clock_is_read_before_the_commit(clock: FakeClock) -> None:
    class Slow(MemoryLog):
        def append(self, *args: object, **kwargs: object) -> None:
            clock.advance(700)
            super().append(*args, **kwargs)  # type: ignore[arg-type]

    runner, log = begin(clock, Slow())
    clock.advance(1_000)
    runner.dispatch(c.Choose("A"))
    assert log.events[-1].at_ms == 1_000
    assert runner.now_ms() == 1_700, "a slow disk takes no time off the block"


def test_only_outcomes_that_an_event_touches_are_written_until_the_end(clock: FakeClock) -> None:
    runner, log = begin(clock)
    clock.advance(1_000)
    runner.dispatch(c.Next())
    assert sorted(log.attempts) == [1, 2]
    assert log.attempts[1].last_left_ms == 1_000
    runner.dispatch(c.End())
    assert sorted(log.attempts) == [1, 2, 3]
    assert log.attempts[3].status == "unreached"
    assert log.ended_state == runner.state


def test_each_item_is_marked_by_its_own_key(clock: FakeClock) -> None:
    log = MemoryLog()
    keys = (*make_keys(1, "B"), *make_keys(1, "C"), *make_keys(1, "D"))
    runner = BlockRunner.start(make_plan(3), keys, clock, log)
    for letter in "BCA":
        runner.dispatch(c.Choose(letter))
        runner.dispatch(c.Next())
    runner.dispatch(c.End())
    assert [log.attempts[position].correct for position in (1, 2, 3)] == [True, True, False]


# The limit


def test_time_left_is_the_limit_less_active_time(clock: FakeClock) -> None:
    runner, _ = begin(clock)
    clock.advance(70_000.9)
    assert (runner.now_ms(), runner.remaining_ms()) == (70_000, 200_000)
    clock.advance(900_000)
    assert (runner.now_ms(), runner.remaining_ms()) == (270_000, 0)


def test_a_block_without_a_limit_has_no_time_left_to_tell(clock: FakeClock) -> None:
    runner, _ = begin(clock, mode=Mode.UNTIMED)
    clock.advance(10**7)
    assert (runner.now_ms(), runner.remaining_ms()) == (10**7, None)


def test_a_late_tick_ends_the_block_at_the_limit(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 269_900)
    clock.advance(3_000)
    runner.tick()
    assert isinstance(log.events[-1], e.Ended)
    assert log.events[-1].at_ms == 270_000
    assert runner.state.item(1).time_ms == 270_000
    assert (log.attempts[1].status, log.attempts[1].response_time_ms) == ("cut_blank", 270_000)
    assert not runner.running
    with pytest.raises(IllegalCommand, match="has ended"):
        runner.tick()


def test_a_key_after_the_limit_ends_the_block_and_answers_nothing(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 269_500)
    clock.advance(600)
    assert [event.kind for event in runner.dispatch(c.Choose("A"))] == ["ended"]
    assert log.attempts[1].chosen is None


# Crash and resume


@pytest.mark.parametrize("mode", Mode)
def test_after_a_crash_the_block_goes_on_from_the_last_heartbeat(clock: FakeClock, mode: Mode) -> None:
    runner, log = begin(clock, mode=mode)
    run(runner, clock, 10_000)
    runner.dispatch(c.Choose("A"))
    run(runner, clock, 2_300)  # the crash: 300 ms after a heartbeat
    clock.sleep(3_600_000)
    resumed = BlockRunner.resume(log.saved(), clock, log)
    assert resumed.now_ms() == 12_000
    assert of_kind(log, e.Interrupted, e.Resumed) == [
        e.Interrupted(12_000, noon_and(12_000), 1, "crash"), e.Resumed(12_000, noon_and(12_300 + 3_600_000)),
    ]  # fmt: skip
    assert resumed.state.item(1).chosen == "A"
    assert resumed.state.item(1).interrupted
    assert resumed.state.away_ms == 3_600_300
    clock.advance(1_000)
    resumed.dispatch(c.Next())
    assert resumed.state.item(1).visits == (Visit(0, 13_000),)


@given(
    st.lists(st.tuples(st.integers(0, 2_000), strategies.commands()), max_size=15),
    st.integers(0, 499),
    st.integers(0, 10**9),
)
def test_a_crash_costs_half_a_second_at_most_and_no_answer(
    steps: list[tuple[int, c.Command]], unseen_ms: int, dead_ms: int
) -> None:
    clock = FakeClock()
    runner, log = begin(clock, mode=Mode.TIMED)
    for passed_ms, command in steps:
        run(runner, clock, passed_ms)
        try:
            runner.dispatch(command)
        except IllegalCommand:
            continue
        if not runner.running:
            break
    if runner.running:
        runner.tick()
    before, at_ms = runner.state, runner.now_ms()
    clock.advance(unseen_ms)
    clock.sleep(dead_ms)
    if runner.state.phase is Phase.ENDED:
        return
    resumed = BlockRunner.resume(log.saved(), clock, log)
    assert resumed.now_ms() == at_ms
    assert [item.selections for item in resumed.state.items] == [item.selections for item in before.items]
    assert fold(resumed.plan.config, log.events) == resumed.state


def test_a_crash_past_the_limit_comes_back_ended_at_the_limit(clock: FakeClock) -> None:
    _, log = begin(clock)
    log.heartbeat(make_plan(), 270_000, NOON.utc_ms)
    resumed = BlockRunner.resume(log.saved(), clock, log)
    assert resumed.state.end_reason == "expired"
    assert log.events[-1] == e.Ended(270_000, NOON, "expired")


def test_time_runs_out_after_a_resumption_at_the_limit(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 200_000)
    clock.mono = 17.0  # another boot: the clocks begin anew
    resumed = BlockRunner.resume(log.saved(), clock, log)
    run(resumed, clock, 69_500)
    assert resumed.running
    clock.advance(2_000)
    resumed.tick()
    assert resumed.state.end_reason == "expired"
    assert resumed.state.at_ms == 270_000


def test_a_suspended_block_is_resumed_without_an_interruption(clock: FakeClock) -> None:
    runner, log = begin(clock, mode=Mode.TIMED)
    run(runner, clock, 5_250)
    runner.dispatch(c.Suspend())
    clock.sleep(60_000)
    resumed = BlockRunner.resume(log.saved(), clock, log)
    assert resumed.now_ms() == 5_250
    assert [event.kind for event in log.events] == ["started", "moved", "suspended", "resumed"]
    assert resumed.state.away_ms == 60_000


@pytest.mark.parametrize("command", [c.Suspend(), c.Interrupt("stopped")])
def test_a_runner_that_was_put_away_goes_on_where_it_stood(clock: FakeClock, command: c.Command) -> None:
    runner, log = begin(clock, mode=Mode.TIMED)
    clock.advance(5_000)
    runner.dispatch(command)
    clock.advance(60_000)
    assert runner.now_ms() == 5_000
    assert runner.tick() == ()
    assert log.last_at_ms == 5_000, "no heartbeat while the clock stands"
    runner.dispatch(c.Resume())
    clock.advance(1_000)
    runner.dispatch(c.Choose("A"))
    assert log.events[-1] == e.Chose(6_000, 1, "A")


def test_a_block_can_be_reopened_to_be_ended_for_good(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    reopened = BlockRunner.reopen(log.saved(), clock, log)
    assert not reopened.running
    reopened.dispatch(c.Leave())
    assert [event.kind for event in log.events[2:]] == ["interrupted", "ended"]
    assert reopened.state.end_reason == "left"
    assert reopened.state.at_ms == 5_000


def test_a_resumption_that_cannot_be_written_can_be_tried_again(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    log.fail_on(lambda events: any(isinstance(event, e.Resumed) for event in events))
    with pytest.raises(StorageError):
        BlockRunner.resume(log.saved(), clock, log)
    log.fail_on(None)
    clock.sleep(10_000)
    resumed = BlockRunner.resume(log.saved(), clock, log)
    assert [event.kind for event in log.events[2:]] == ["interrupted", "resumed"]
    assert resumed.now_ms() == 5_000


# Sleep and stops


def test_sleep_shows_in_the_pair_of_clocks(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.sleep(3_600_000)
    clock.advance(200)
    events = runner.tick()
    assert [event.kind for event in events] == ["interrupted", "resumed"]
    assert of_kind(log, e.Interrupted) == [e.Interrupted(5_000, noon_and(5_000), 1, "sleep")]
    assert runner.running
    assert runner.now_ms() == 5_000
    assert runner.state.away_ms == 3_600_200
    run(runner, clock, 1_000)
    assert runner.now_ms() == 6_000
    assert len(of_kind(log, e.Interrupted)) == 1, "told once"


@pytest.mark.parametrize(("asleep_ms", "noticed"), [(SLEEP_MS - 1, False), (SLEEP_MS, True)])
def test_less_than_a_second_of_sleep_is_no_interruption(
    clock: FakeClock, asleep_ms: int, noticed: bool
) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.sleep(asleep_ms)
    runner.tick()
    assert bool(of_kind(log, e.Interrupted)) is noticed


def test_with_the_pair_of_clocks_a_long_gap_awake_is_response_time(clock: FakeClock) -> None:
    runner, log = begin(clock)
    clock.advance(60_000)  # a busy machine: no tick for a minute
    runner.tick()
    assert not of_kind(log, e.Interrupted)
    assert runner.now_ms() == 60_000


def test_a_key_pressed_on_waking_counts_after_the_interruption(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.sleep(60_000)
    events = runner.dispatch(c.Choose("B"))
    assert [event.kind for event in events] == ["interrupted", "resumed", "chose"]
    assert {event.at_ms for event in events} == {5_000}
    assert log.attempts[1].chosen == "B"
    assert log.attempts[1].time_excluded_because == "interrupted"


@pytest.mark.parametrize("bad", [c.Choose("Z"), c.GoTo(9)])
def test_a_refused_key_on_waking_leaves_the_interruption_to_the_next_tick(
    clock: FakeClock, bad: c.Command
) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.sleep(60_000)
    state = runner.state
    with pytest.raises(IllegalCommand):
        runner.dispatch(bad)
    assert runner.state is state
    runner.tick()
    assert [event.kind for event in log.events[2:]] == ["interrupted", "resumed"]


def test_sleep_past_the_limit_does_not_end_the_block(clock: FakeClock) -> None:
    for paired in (True, False):
        clock.paired = paired
        runner, _ = begin(clock)
        run(runner, clock, 100_000)
        clock.sleep(3_600_000)
        runner.tick()
        assert runner.running
        assert runner.now_ms() == 100_000


@pytest.mark.parametrize(("gap_ms", "noticed"), [(STALL_MS - 1, False), (STALL_MS, True)])
def test_without_the_pair_ten_seconds_without_a_tick_are_an_interruption(
    clock: FakeClock, gap_ms: int, noticed: bool
) -> None:
    clock.paired = False
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.advance(gap_ms)
    runner.tick()
    assert bool(of_kind(log, e.Interrupted)) is noticed
    assert runner.now_ms() == (5_000 if noticed else 5_000 + gap_ms)


def test_a_key_is_as_good_a_sign_of_life_as_a_tick(clock: FakeClock) -> None:
    clock.paired = False
    runner, log = begin(clock)
    for letter in "ABC":
        clock.advance(STALL_MS - 1)
        runner.dispatch(c.Choose(letter))
    assert not of_kind(log, e.Interrupted)
    clock.advance(STALL_MS)
    runner.tick()
    last = 3 * (STALL_MS - 1)
    assert of_kind(log, e.Interrupted) == [e.Interrupted(last, noon_and(last), 1, "stopped")]


def test_no_heart_beats_while_a_block_is_away(clock: FakeClock) -> None:
    runner, log = begin(clock, mode=Mode.TIMED)
    run(runner, clock, 5_000)
    runner.dispatch(c.Suspend())
    run(runner, clock, 60_000)
    assert (log.last_at_ms, log.last_wall_ms) == (5_000, noon_and(5_000).utc_ms)


def test_a_stopped_process_was_away(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.advance(30_000)
    runner.note_stop()
    runner.tick()
    assert of_kind(log, e.Interrupted) == [e.Interrupted(5_000, noon_and(5_000), 1, "stopped")]
    assert runner.now_ms() == 5_000
    run(runner, clock, 30_000)
    assert len(of_kind(log, e.Interrupted)) == 1


def test_a_stop_of_a_blink_is_response_time_and_is_forgotten(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.advance(900)
    runner.note_stop()
    runner.tick()
    clock.advance(5_000)  # later the machine is busy, and nobody stopped us
    runner.tick()
    assert not of_kind(log, e.Interrupted)
    assert runner.now_ms() == 10_900


@pytest.mark.parametrize("away", ["sleep", "stop", "stall"])
def test_an_interruption_that_cannot_be_written_is_not_forgotten(clock: FakeClock, away: str) -> None:
    clock.paired = away != "stall"
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    if away == "sleep":
        clock.sleep(60_000)
    else:
        clock.advance(60_000)
    if away == "stop":
        runner.note_stop()
    state = runner.state
    log.fail()
    with pytest.raises(StorageError):
        runner.dispatch(c.Choose("A"))
    assert runner.state is state
    assert len(log.events) == 2
    clock.advance(300)
    runner.dispatch(c.Choose("A"))
    assert [event.kind for event in log.events[2:]] == ["interrupted", "resumed", "chose"]
    assert log.events[-1].at_ms == 5_000


def test_an_interruption_and_its_end_are_one_commit(clock: FakeClock) -> None:
    """Else a full disk between them would leave the block suspended under the learner's hands."""
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.sleep(60_000)
    log.fail_on(lambda events: any(isinstance(event, e.Resumed) for event in events))
    with pytest.raises(StorageError):
        runner.tick()
    assert len(log.events) == 2
    assert runner.running


@pytest.mark.parametrize("paired", [True, False])
def test_heartbeats_that_fail_are_no_interruption(clock: FakeClock, paired: bool) -> None:
    clock.paired = paired
    runner, log = begin(clock)
    log.fail(40)
    for _ in range(40):
        clock.advance(TICK_MS)
        with pytest.raises(StorageError):
            runner.tick()
    clock.advance(TICK_MS)
    runner.tick()
    assert not of_kind(log, e.Interrupted)
    assert log.last_at_ms == runner.now_ms() == 20_500


def test_sleep_upon_a_heartbeat_at_the_limit_ends_the_block() -> None:
    """The heartbeat reads the clock a little later than the tick did: the limit may lie between."""

    class Slow(FakeClock):
        def wall(self) -> WallTime:
            self.mono += 5
            return super().wall()

    clock = Slow()
    runner, log = begin(clock)
    clock.mono += 269_999 - runner.now_ms()
    assert runner.tick() == ()
    assert log.last_at_ms == 270_000
    clock.sleep(60_000)
    assert [event.kind for event in runner.tick()] == ["ended"]
    assert log.events[-1].at_ms == 270_000


# The wall


@settings(max_examples=20)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=4, max_size=4))
def test_a_wall_clock_that_is_set_never_matters(steps_ms: list[int]) -> None:
    def sit(set_wall: Callable[[FakeClock, int], None]) -> tuple[list[object], ...]:
        clock = FakeClock()
        runner, log = begin(clock)
        for step_ms, command in zip(steps_ms, (c.Choose("A"), c.Next(), c.Choose("B"), c.End()), strict=True):
            set_wall(clock, step_ms)
            run(runner, clock, 7_250)
            runner.dispatch(command)
        stamps = [(event.kind, event.at_ms) for event in log.events]
        return stamps, [attempt(runner.state, position, "A") for position in (1, 2, 3)], [log.last_at_ms]

    assert sit(lambda clock, ms: clock.step_wall(ms)) == sit(lambda clock, ms: None)


def test_a_crash_across_a_wall_clock_set_back_costs_no_time(clock: FakeClock) -> None:
    runner, log = begin(clock)
    run(runner, clock, 5_000)
    clock.step_wall(-86_400_000)
    resumed = BlockRunner.resume(log.saved(), clock, log)
    assert resumed.now_ms() == 5_000
    assert resumed.state.away_ms == 0


# Everything at once


@given(
    st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 20), strategies.commands()), max_size=25),
    st.booleans(),
)
def test_whatever_happens_the_log_is_the_state(steps: list[tuple[int, int, c.Command]], paired: bool) -> None:
    """Random commands, sleep, stops, crashes and full disks: log, state and stored outcomes agree."""
    clock = FakeClock(paired=paired)
    runner, log = begin(clock, mode=Mode.TUTOR if len(steps) % 2 else Mode.TIMED, limit_ms=30_000)
    for passed_ms, chance, command in steps:
        run_quietly(runner, clock, passed_ms)
        if chance == 1:
            clock.sleep(60_000)
        elif chance == 2:
            runner.note_stop()
        elif chance == 3:
            log.fail()
        elif chance == 4 and runner.state.phase is not Phase.ENDED:
            log.fail(0)
            runner = BlockRunner.resume(log.saved(), clock, log)
        with suppress(IllegalCommand, StorageError):
            runner.dispatch(command)
        log.fail(0)
        state = runner.state
        assert fold(runner.plan.config, log.events) == state
        active = sum(item.time_ms for item in state.items) + state.list_ms + state.feedback_ms
        assert active == state.at_ms <= (state.config.limit_ms or active)
        for position, item in enumerate(state.items, 1):
            if item.seen:
                assert log.attempts[position] == attempt(state, position, "A")


def run_quietly(runner: BlockRunner, clock: FakeClock, ms: int) -> None:
    try:
        run(runner, clock, ms)
    except IllegalCommand:
        clock.advance(ms)
