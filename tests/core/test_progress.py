"""What is done of a running block: by what was answered and left, never by the question looked at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core.block import decide, evolve
from drill.core.clock import WallTime
from drill.core.pace import length_fair_line
from drill.core.progress import Progress, progress
from drill.core.state import BlockConfig, BlockState, Mode, new_block

WALL = WallTime(0)


def after(*commands: c.Command, items: int = 20) -> BlockState:
    """A block after these commands, a second apart."""
    state = new_block(BlockConfig(Mode.TIMED, items * 90_000, (4,) * items))
    for second, command in enumerate((c.Start(), *commands)):
        for event in decide(state, command, 1000 * second, WALL):
            state = evolve(state, event)
    return state


def answered(*positions: int) -> tuple[c.Command, ...]:
    """Each of these opened and answered."""
    return tuple(command for p in positions for command in (c.GoTo(p), c.Choose("A")) if command != c.GoTo(1))


def test_an_answer_counts_at_once_and_an_open_question_does_not() -> None:
    assert progress(after()).done == 0
    assert progress(after(c.Choose("B"))).done == 1
    assert progress(after(c.Choose("B"), c.GoTo(2))).done == 1


def test_jumping_ahead_is_no_work_done() -> None:
    assert progress(after(*answered(1, 2, 3), c.GoTo(15))) == Progress(3, 3 / 20)
    assert progress(after(*answered(1, 2, 3, 15), c.GoTo(16))) == Progress(4, 4 / 20)


def test_a_blank_counts_once_it_and_all_before_it_were_left() -> None:
    assert progress(after(c.GoTo(2), c.GoTo(3))).done == 2
    assert progress(after(c.GoTo(15), c.GoTo(16))).done == 1, (
        "1 was left; 15 lies behind questions never seen"
    )


def test_going_back_is_looking_back_and_takes_nothing_from_what_is_done() -> None:
    there = progress(after(*answered(1, 2, 3), c.GoTo(4), c.GoTo(2)))
    assert there.looking_back
    assert there.done == 4, "4 was left blank with all before it left"
    assert not progress(after(*answered(1, 2, 3), c.GoTo(2), c.GoTo(4))).looking_back


def test_a_question_passed_over_and_opened_late_is_work_and_no_look_back() -> None:
    assert not progress(after(c.GoTo(15), c.Choose("A"), c.GoTo(2))).looking_back
    assert progress(after(c.GoTo(15), c.Choose("A"), c.GoTo(2), c.GoTo(15))).looking_back


def test_the_list_is_neither_leaving_nor_looking_back() -> None:
    assert progress(after(*answered(1, 2), c.GoTo(3), c.OpenList())) == Progress(2, 2 / 20)


def test_the_length_fair_share_is_where_the_length_fair_line_stands() -> None:
    words = (100, 50, 200, 50)
    in_order = after(*answered(1, 2, 3), c.GoTo(4), items=4)
    assert progress(in_order, words).share == pytest.approx(length_fair_line(words, 1.0)[2])
    state = after(*answered(1, 3), c.GoTo(4), items=4)
    assert progress(state, words).share == pytest.approx(
        (6.3096 + 8.3255) / (6.3096 + 2 * 4.7818 + 8.3255), abs=1e-4
    )
    assert progress(state).share == pytest.approx(2 / 4)


def test_due_is_the_part_of_the_limit() -> None:
    assert Progress(6, 0.3).due_ms(1_800_000) == 540_000


@given(st.lists(st.one_of(st.integers(1, 6).map(c.GoTo), st.just(c.Choose("A"))), max_size=40))
def test_what_is_done_lies_between_what_is_answered_and_what_was_seen(steps: list[c.Command]) -> None:
    state = new_block(BlockConfig(Mode.TIMED, 540_000, (4,) * 6))
    for event in decide(state, c.Start(), 0, WALL):
        state = evolve(state, event)
    for second, command in enumerate(steps, 1):
        if command == c.GoTo(state.position):
            continue
        for event in decide(state, command, 1000 * second, WALL):
            state = evolve(state, event)
        now = progress(state)
        assert now.done <= sum(item.seen for item in state.items)
        assert now.done >= sum(item.chosen is not None for item in state.items)
        assert now.share == pytest.approx(now.done / 6)
