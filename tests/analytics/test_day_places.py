"""Later blocks of a day against the first block of the same days."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.intervals import newcombe
from drill.analytics.pacing_report import pacing_report
from tests.analytics.histories import attempt, block


def sat(index: int, day: int, right: int, **changes: object):
    attempts = [attempt(p, correct=p <= right) for p in range(1, 21)]
    return block(index, attempts, day=day, **changes)


def known_answer(days: int = 6):
    """13 of 20 right in the first block of each day, 11 of 20 in the second."""
    return [sat(2 * day + place, day, 13 if place == 1 else 11) for day in range(days) for place in (1, 2)]


def test_the_known_answer() -> None:
    metric = pacing_report(known_answer()).block_of_day
    assert metric.estimate == newcombe(66, 120, 78, 120)
    assert [round(100 * end) for end in metric.estimate] == [-10, -22, 2]
    assert [(row.place, row.blocks, row.right, row.n) for row in metric.rows] == [
        (1, 6, 78, 120),
        (2, 6, 66, 120),
    ]
    assert metric.rows[0].pace_s is not None
    assert metric.n == 6


def test_below_5_days_with_several_blocks_no_number_is_shown() -> None:
    metric = pacing_report(known_answer(4)).block_of_day
    assert (metric.shown, metric.n, metric.minimum) == (False, 4, 5)


def test_a_day_with_one_block_and_one_whose_first_block_does_not_count_take_no_part() -> None:
    alone = [sat(100 + day, 100 + day, 1) for day in range(8)]
    unread = [
        sat(200 + 2 * day + place, 200 + day, 1, mode="tutor" if place == 0 else "exam")
        for day in range(8)
        for place in (0, 1)
    ]
    whole = pacing_report([*known_answer(), *alone, *unread]).block_of_day
    assert (whole.estimate, whole.rows) == (
        pacing_report(known_answer()).block_of_day.estimate,
        pacing_report(known_answer()).block_of_day.rows,
    )


def test_the_place_of_a_block_counts_those_between_that_are_in_no_metric() -> None:
    days = [
        sat(3 * day + place, day, 12, mode="tutor" if place == 2 else "exam")
        for day in range(5)
        for place in (1, 2, 3)
    ]
    assert [row.place for row in pacing_report(days).block_of_day.rows] == [1, 3]


@given(st.lists(st.integers(1, 7), min_size=1, max_size=12))
def test_every_block_of_a_day_with_several_has_one_row_and_the_fourth_holds_all_later(
    sizes: list[int],
) -> None:
    history = [sat(10 * day + place, day, 12) for day, size in enumerate(sizes) for place in range(size)]
    metric = pacing_report(history).block_of_day
    several = [size for size in sizes if size > 1]
    assert metric.n == len(several)
    assert sum(row.blocks for row in metric.rows) == sum(several)
    assert all(row.place <= 4 for row in metric.rows)
    later = sum(size - 3 for size in several if size > 3)
    assert sum(row.blocks for row in metric.rows if row.place == 4) == later
