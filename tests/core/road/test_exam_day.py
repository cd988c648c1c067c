"""The pool of break time over a day of 16 blocks."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drill.core.road.exam_day import (
    BLOCK_MS,
    BLOCKS,
    ITEMS,
    LEAST_MS,
    POOL_MS,
    Sitting,
    block_sizes,
    day_state,
)

MINUTE = 60_000


def sat(*blocks: tuple[int, int], limits: tuple[int, ...] = ()) -> list[Sitting]:
    """Blocks of (minutes of break before, minutes used), each with its limit."""
    now, found = 0, []
    for place, (gap, used) in enumerate(blocks):
        began = now + gap * MINUTE
        limit = limits[place] * MINUTE if limits else BLOCK_MS
        found.append(Sitting(began, began + used * MINUTE, limit, used * MINUTE))
        now = began + used * MINUTE
    return found


@given(st.integers(0, 2**32))
def test_a_day_asks_316_questions_in_16_blocks_of_18_to_20(seed: int) -> None:
    sizes = block_sizes(Random(seed))
    assert (len(sizes), sum(sizes)) == (BLOCKS, ITEMS)
    assert set(sizes) <= {18, 19, 20}


def test_the_pool_begins_with_55_minutes_and_the_tutorial() -> None:
    state = day_state([], 0)
    assert (state.pool_ms, state.next_limit_ms, state.ended) == (60 * MINUTE, BLOCK_MS, 0)


def test_what_a_block_leaves_of_its_time_is_added_and_breaks_are_taken() -> None:
    blocks = sat((0, 25), (10, 30))
    end = blocks[-1].ended_ms or 0
    assert day_state(blocks, end).pool_ms == 55 * MINUTE
    assert day_state(blocks, end + 7 * MINUTE).pool_ms == 48 * MINUTE


def test_no_break_runs_while_a_block_is_open() -> None:
    blocks = [*sat((0, 30)), Sitting(35 * MINUTE, None, BLOCK_MS, 2 * MINUTE)]
    assert day_state(blocks, 50 * MINUTE) == day_state(blocks, 36 * MINUTE)
    assert day_state(blocks, 50 * MINUTE).is_open


def test_an_overspent_break_shortens_the_next_block_and_is_then_paid() -> None:
    blocks = sat((0, 30))
    state = day_state(blocks, (30 + 65) * MINUTE)
    assert (state.pool_ms, state.next_limit_ms) == (-5 * MINUTE, 25 * MINUTE)
    paid = sat((0, 30), (65, 25), limits=(30, 25))
    assert day_state(paid, paid[-1].ended_ms or 0).pool_ms == 0


def test_what_one_block_cannot_pay_the_block_after_pays() -> None:
    state = day_state(sat((0, 30)), (30 + 60 + 40) * MINUTE)
    assert state.next_limit_ms == LEAST_MS
    paid = sat((0, 30), (100, 1), limits=(30, 1))
    assert day_state(paid, paid[-1].ended_ms or 0).next_limit_ms == BLOCK_MS - 11 * MINUTE


def test_after_the_sixteenth_block_the_day_is_over_and_no_break_runs() -> None:
    blocks = sat(*[(0, 30)] * 16)
    assert day_state(blocks, 10**9).is_over
    assert day_state(blocks, 10**9).pool_ms == POOL_MS + 5 * MINUTE


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 30)), max_size=15), st.integers(0, 100))
def test_no_minute_is_lost_and_none_is_given(blocks: list[tuple[int, int]], gap: int) -> None:
    """Pool + time for blocks + time gone is always 60 minutes and 30 a block begun."""
    now, found = 0, []
    for pause, used in blocks:
        now += pause * MINUTE if found else 0
        limit = day_state(found, now).next_limit_ms
        active = min(used * MINUTE, limit)
        found.append(Sitting(now, now + active, limit, active))
        now += active
    now += gap * MINUTE if found else 0
    state = day_state(found, now)
    assert state.pool_ms + now == (60 + 30 * len(found)) * MINUTE
