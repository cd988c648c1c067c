"""What the rules say about a next attempt."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.road.attempts import Attempt, Outcome, next_attempt, objection
from tests.core.road.samples import TODAY, calendar
from tests.core.road.test_days import walked_months_after


def failed(*days: date) -> list[Attempt]:
    return [Attempt(day, Outcome.FAILED) for day in days]


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_these_rules_delay_no_second_or_third_attempt(taken: int) -> None:
    found = next_attempt(failed(*(TODAY - timedelta(days=40 - i) for i in range(taken))), calendar())
    assert (found.left, found.number, found.earliest, found.bounds) == (4 - taken, taken + 1, None, ())


def test_the_fourth_comes_12_months_after_the_first_and_6_after_the_last() -> None:
    early = next_attempt(failed(date(2026, 1, 15), date(2026, 3, 1), date(2026, 4, 10)), calendar())
    assert early.earliest == date(2027, 1, 15)
    late = next_attempt(failed(date(2026, 1, 15), date(2026, 3, 1), date(2026, 10, 14)), calendar())
    assert late.earliest == date(2027, 4, 14)
    assert [bound.rule.id for bound in late.bounds] == [
        "fourth-after-first", "fourth-after-last", "attempts-in-12-months",
    ]  # fmt: skip


def test_the_end_of_a_month_is_clamped() -> None:
    found = next_attempt(failed(date(2025, 1, 1), date(2026, 3, 1), date(2026, 8, 31)), calendar())
    assert found.earliest == date(2027, 2, 28)


def test_incomplete_attempts_count_and_after_four_none_is_left() -> None:
    taken = [Attempt(date(2024 + i, 1, 1), Outcome.INCOMPLETE) for i in range(4)]
    assert next_attempt(taken[:3], calendar()).left == 1
    assert (next_attempt(taken, calendar()).left, next_attempt(taken, calendar()).earliest) == (0, None)


def test_after_a_pass_there_is_no_next_attempt() -> None:
    taken = [*failed(date(2025, 1, 1)), Attempt(date(2025, 9, 1), Outcome.PASSED)]
    assert next_attempt(taken, calendar()).passed == date(2025, 9, 1)


@given(st.lists(st.dates(date(2022, 1, 1), date(2026, 11, 1)), min_size=3, max_size=3, unique=True))
def test_the_earliest_fourth_agrees_with_trying_every_day(days: list[date]) -> None:
    found = next_attempt(failed(*days), calendar()).earliest
    first, _, last = sorted(days)

    def allowed(day: date) -> bool:
        return walked_months_after(first, 12) <= day and walked_months_after(last, 6) <= day

    day = last
    while not allowed(day):
        day += timedelta(days=1)
    assert found is not None
    assert max(found, last) == day


def test_an_attempt_after_a_pass_is_refused_in_a_sentence() -> None:
    passed = [Attempt(date(2026, 3, 1), Outcome.PASSED)]
    later = Attempt(date(2026, 6, 1), Outcome.FAILED)
    assert "a pass cannot be taken again" in (objection(passed, later, TODAY) or "")
    assert "a pass cannot be taken again" in (objection([later], passed[0], TODAY) or "")
    assert objection(passed, Attempt(date(2026, 3, 1), Outcome.FAILED), TODAY) is None, "a correction"
    assert objection(passed, Attempt(date(2026, 1, 1), Outcome.FAILED), TODAY) is None


def test_an_attempt_that_is_still_to_come_is_no_attempt() -> None:
    said = objection([], Attempt(TODAY + timedelta(days=1), Outcome.UNKNOWN), TODAY)
    assert said is not None
    assert "Book it as your test date" in said
