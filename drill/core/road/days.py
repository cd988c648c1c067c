"""Arithmetic of days: back from a deadline, on by months, free days between."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from drill.core.frozen import dataclass
from drill.core.road.calendar import Calendar, KeyDate, RuleId

ADVISED_DAYS = 30
"""The dedicated days that common advice after a failed attempt asks for; no rule."""


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class LatestDays:
    """How late a test may be taken for its score to be out by a deadline: two answers, never one."""

    deadline: KeyDate
    usual: date
    """Most scores are out within so many days."""
    safe: date
    """What the examination asks to wait before asking after a score."""


def latest_days(calendar: Calendar, deadline: KeyDate) -> LatestDays:
    """Counted back in calendar days from the deadline itself, whatever weekday scores come out on."""
    usual, safe = (calendar.rule(name).value for name in (RuleId.SCORE_USUAL, RuleId.SCORE_SAFE))
    return LatestDays(deadline, deadline.day - timedelta(days=usual), deadline.day - timedelta(days=safe))


def between(calendar: Calendar, first: date, last: date) -> tuple[KeyDate, ...]:
    """The dates that stand between two days, neither of them included."""
    return tuple(found for found in calendar.dates if first < found.day < last)


@dataclass(frozen=True, slots=True)
class BusyRange:
    """Days that something else takes, both ends included."""

    first: date
    last: date
    title: str

    def overlaps(self, other: BusyRange) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last

    def holds(self, day: date) -> bool:
        """Whether a day is among them."""
        return self.first <= day <= self.last


def clash(ranges: Sequence[BusyRange]) -> tuple[BusyRange, BusyRange] | None:
    """Two ranges that share a day, None when no two do."""
    ordered = sorted(ranges, key=lambda busy: (busy.first, busy.last))
    for earlier, later in pairwise(ordered):
        if earlier.overlaps(later):
            return earlier, later
    return None


@dataclass(frozen=True, slots=True)
class FreeDays:
    """The days from today until the day before the test."""

    days: tuple[date, ...]
    """All of them."""
    free: tuple[date, ...]
    """Those that no busy range takes."""
    study: tuple[date, ...]
    """The free ones that are no rest day."""
    longest_run: int
    """Free days in a row at the most; a rest day of one's own choosing does not break a run."""


def free_days(today: date, test_day: date, busy: Iterable[BusyRange], rest: Iterable[int]) -> FreeDays:
    """Count what is free; `rest` holds weekdays, Monday 0 to Sunday 6. The test day itself is not counted."""
    ranges, weekdays = tuple(busy), frozenset(rest)
    days = tuple(today + timedelta(days=i) for i in range(max((test_day - today).days, 0)))
    longest = run = 0
    free = []
    for day in days:
        if any(taken.holds(day) for taken in ranges):
            run = 0
            continue
        free.append(day)
        run += 1
        longest = max(longest, run)
    study = tuple(day for day in free if day.weekday() not in weekdays)
    return FreeDays(days, tuple(free), study, longest)
