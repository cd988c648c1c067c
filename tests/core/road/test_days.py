"""The arithmetic of dates against its worked examples, and against a second way of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.road.calendar import STALE_AFTER_DAYS, VerifiedBy, confirmed, overridden
from drill.core.road.days import BusyRange, between, clash, free_days, latest_days, months_after
from tests.core.road.samples import TODAY, calendar, key_date, origin

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("deadline", "usual", "safe", "days_usual", "days_safe"),
    [
        (date(2027, 2, 1), date(2027, 1, 4), date(2026, 12, 7), 37, 9),
        (date(2027, 3, 3), date(2027, 2, 3), date(2027, 1, 6), 67, 39),
        (date(2027, 3, 16), date(2027, 2, 16), date(2027, 1, 19), 80, 52),
        (date(2027, 5, 1), date(2027, 4, 3), date(2027, 3, 6), 126, 98),
    ],
)
def test_the_latest_test_days_are_those_of_the_worked_examples(
    deadline: date, usual: date, safe: date, days_usual: int, days_safe: int
) -> None:
    found = latest_days(calendar(), key_date(deadline))
    assert (found.usual, found.safe) == (usual, safe)
    assert ((found.usual - TODAY).days, (found.safe - TODAY).days) == (days_usual, days_safe)


def test_the_shipped_deadlines_are_those_of_the_worked_examples() -> None:
    assert {found.id: found.day for found in calendar().deadlines} == {
        "ranking-opens": date(2027, 2, 1),
        "rolc": date(2027, 3, 3),
        "soap-review": date(2027, 3, 16),
    }


def day_number(day: date) -> int:
    """The Julian day number (Fliegel and Van Flandern 1968): another way to count than `datetime`'s."""
    a = (14 - day.month) // 12
    year, month = day.year + 4800 - a, day.month + 12 * a - 3
    return day.day + (153 * month + 2) // 5 + 365 * year + year // 4 - year // 100 + year // 400 - 32_045


@given(DAYS)
def test_latest_days_agree_with_julian_day_numbers(deadline: date) -> None:
    found = latest_days(calendar(), key_date(deadline))
    assert day_number(deadline) - day_number(found.usual) == 28
    assert day_number(deadline) - day_number(found.safe) == 56


def walked_months_after(day: date, months: int) -> date:
    """Day by day: into the right month, then as far as the day of the month reaches."""
    year, month, steps = day.year, day.month, months
    while steps:
        month += 1
        if month == 13:
            year, month = year + 1, 1
        steps -= 1
    at = date(year, month, 1)
    while at.day < day.day and (at + timedelta(days=1)).month == month:
        at += timedelta(days=1)
    return at


@given(DAYS, st.integers(0, 30))
def test_months_after_agrees_with_walking(day: date, months: int) -> None:
    assert months_after(day, months) == walked_months_after(day, months)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_month_ends_are_clamped(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


def test_what_stands_between_the_safe_day_and_the_rank_list_is_named() -> None:
    found = between(calendar(), date(2027, 1, 6), date(2027, 3, 3))
    assert [one.id for one in found] == ["nrmp-registration", "ranking-opens"]


RANGES = st.lists(
    st.builds(
        lambda start, length: BusyRange(
            TODAY + timedelta(days=start), TODAY + timedelta(days=start + length), "ward"
        ),
        st.integers(-10, 60),
        st.integers(0, 12),
    ),
    max_size=5,
)


@given(RANGES, st.sets(st.integers(0, 6), max_size=6), st.integers(0, 60))
def test_free_days_agree_with_crossing_off_a_list(busy: list[BusyRange], rest: set[int], length: int) -> None:
    found = free_days(TODAY, TODAY + timedelta(days=length), busy, rest)
    marks = ["." for _ in range(length)]
    for taken in busy:
        for offset in range((taken.first - TODAY).days, (taken.last - TODAY).days + 1):
            if 0 <= offset < length:
                marks[offset] = "x"
    line = "".join(marks)
    assert len(found.free) == line.count(".")
    assert found.longest_run == max(map(len, line.split("x")))
    # 28 November 2026 is a Saturday.
    study = [i for i, mark in enumerate(line) if mark == "." and (5 + i) % 7 not in rest]
    assert [(day - TODAY).days for day in found.study] == study


def test_the_advice_of_a_free_month_is_compared_with_the_longest_run() -> None:
    busy = [BusyRange(date(2026, 12, 20), date(2026, 12, 27), "holidays")]
    found = free_days(TODAY, date(2027, 1, 18), busy, ())
    assert (len(found.days), len(found.free), found.longest_run) == (51, 43, 22)


def test_busy_ranges_that_share_a_day_are_found() -> None:
    one = BusyRange(date(2026, 12, 1), date(2026, 12, 5), "ward")
    other = BusyRange(date(2026, 12, 5), date(2026, 12, 6), "wedding")
    later = BusyRange(date(2026, 12, 7), date(2026, 12, 8), "travel")
    assert clash([later, other, one]) == (one, other)
    assert clash([one, later]) is None


def test_a_date_is_to_be_checked_when_it_is_old_or_not_from_its_official_page() -> None:
    def to_check(by: VerifiedBy, age: int) -> bool:
        return origin(verified_by=by, verified_on=TODAY - timedelta(days=age)).to_check(TODAY)

    assert STALE_AFTER_DAYS == 60
    assert to_check(VerifiedBy.SECONDARY, 0)
    assert not to_check(VerifiedBy.OFFICIAL, 60)
    assert to_check(VerifiedBy.OFFICIAL, 61)
    assert not to_check(VerifiedBy.YOU, 60)
    assert to_check(VerifiedBy.YOU, 61)
    assert to_check(VerifiedBy.YOU, -1), "looked up tomorrow: a clock or a date is wrong"


def test_every_shipped_date_and_rule_says_it_is_from_a_secondary_page() -> None:
    found = calendar()
    assert {one.origin.verified_by for one in (*found.dates, *found.rules)} == {VerifiedBy.SECONDARY}
    assert all(one.origin.source.startswith("https://") for one in (*found.dates, *found.rules))


def test_confirming_stamps_today_and_the_learner() -> None:
    found = confirmed(next(d for d in calendar().dates if d.id == "rolc"), TODAY)
    assert (found.origin.verified_by, found.origin.verified_on) == (VerifiedBy.YOU, TODAY)
    assert found.day == date(2027, 3, 3)


def test_own_rows_override_by_id_and_add_but_do_not_prolong_the_season() -> None:
    mine = [key_date(date(2027, 3, 4), "rolc"), key_date(date(2027, 5, 1))]
    found = overridden(calendar(), mine, ())
    assert len(found.dates) == len(calendar().dates) + 1
    assert [one.day for one in found.dates if one.id == "rolc"] == [date(2027, 3, 4)]
    assert not found.is_over(date(2027, 3, 19))
    assert found.is_over(date(2027, 3, 20))
