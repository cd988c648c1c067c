"""What a block says unasked: each word once, at its time, from the state and the clock alone."""

from __future__ import annotations

import pytest

from drill.core import commands as c
from drill.core.block import decide, evolve
from drill.core.clock import WallTime
from drill.core.events import IDLE_MS
from drill.core.progress import Progress
from drill.core.state import BlockConfig, BlockState, Mode, new_block
from drill.tui.block.watch import Watch

WALL = WallTime(0)


def after(*steps: tuple[int, c.Command], items: int = 12, mode: Mode = Mode.TIMED) -> BlockState:
    """A block after these commands at these instants; 90 s an item where it has a limit."""
    limit_ms = items * 90_000 if mode.has_limit else None
    state = new_block(BlockConfig(mode, limit_ms, (4,) * items))
    for at_ms, command in ((0, c.Start()), *steps):
        for event in decide(state, command, at_ms, WALL):
            state = evolve(state, event)
    return state


def test_each_warning_is_given_once_when_its_time_has_come() -> None:
    watch = Watch()
    left = (301_000, 300_000, 299_500, 60_001, 60_000, 1_000)
    assert [watch.warning(ms) for ms in left] == [None, "5:00 left", None, None, "1:00 left", None]
    assert watch.warning(None) is None


def test_after_a_leap_only_the_nearest_warning_is_given() -> None:
    watch = Watch()
    assert watch.warning(30_000) == "1:00 left"
    assert watch.warning(20_000) is None


def test_a_question_is_idle_after_three_minutes_without_a_key_since_it_was_opened() -> None:
    watch, state = Watch(), after()
    assert not watch.is_idle(state, IDLE_MS - 1)
    assert watch.is_idle(state, IDLE_MS)
    watch.touched_ms = 1_000
    assert not watch.is_idle(state, IDLE_MS)
    watch.opened(2_000)
    assert not watch.is_idle(state, IDLE_MS + 1_999)
    assert watch.is_idle(state, IDLE_MS + 2_000)
    assert not watch.is_idle(after((IDLE_MS, c.Idle())), 3 * IDLE_MS), "it is marked already"
    assert not watch.is_idle(after((5, c.OpenList())), 3 * IDLE_MS), "the list is no question"


def test_a_nudge_stands_until_there_is_an_answer() -> None:
    watch, state = Watch(), after()
    said = "2:00 on this question: choose, flag, move on."
    assert not watch.nudge(state, 500_000, 0)
    assert not watch.nudge(state, 119_999, 120)
    assert watch.remark(state, 120) is None
    assert [watch.nudge(state, 120_000, 120), watch.nudge(state, 120_500, 120)] == [True, False]
    assert watch.remark(state, 120) == said
    assert watch.remark(after((130_000, c.Choose("A"))), 120) is None
    assert watch.remark(after((130_000, c.GoTo(2))), 120) is None


@pytest.mark.parametrize(
    ("done", "now_ms", "said"),
    [
        (5, 450_000, "5 done: due 7:30, on pace."),
        (5, 390_000, "5 done: due 7:30, 1:00 ahead."),
        (10, 960_000, "10 done: due 15:00, 1:00 behind."),
        (4, 450_000, None),
        (0, 0, None),
        (12, 960_000, None),
    ],
)
def test_a_checkpoint_is_said_once_for_every_fifth_question_done(
    done: int, now_ms: int, said: str | None
) -> None:
    watch, state = Watch(), after()
    assert watch.checkpoint(Progress(done, done / 12), state, now_ms) == said
    assert watch.checkpoint(Progress(done, done / 12), state, now_ms) is None


def test_looking_back_is_no_checkpoint_and_leaves_it_to_come() -> None:
    watch, state = Watch(), after()
    assert watch.checkpoint(Progress(5, 5 / 12, looking_back=True), state, 450_000) is None
    assert watch.checkpoint(Progress(5, 5 / 12), state, 450_000) == "5 done: due 7:30, on pace."


def test_a_checkpoint_keeps_to_the_line_that_was_chosen() -> None:
    assert Watch().checkpoint(Progress(5, 0.5), after(), 480_000) == "5 done: due 9:00, 1:00 ahead."


def test_without_a_limit_there_is_no_checkpoint() -> None:
    assert Watch().checkpoint(Progress(5, 5 / 12), after(mode=Mode.UNTIMED), 450_000) is None


def test_a_fourth_letter_within_thirty_ms_is_a_paste_and_another_question_begins_anew() -> None:
    watch = Watch()
    assert [watch.is_paste(at_ms) for at_ms in (0, 1, 2, 3, 40)] == [False, False, False, True, False]
    fast = Watch()
    for _ in range(4):
        assert [fast.is_paste(at_ms) for at_ms in (0, 1, 2)] == [False] * 3
        fast.opened(0)
