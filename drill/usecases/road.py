"""The road as the learner has it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeVar

from drill.core.clock import WallTime
from drill.core.frozen import dataclass
from drill.core.road.assessments import Assessment, OutsideWork
from drill.core.road.attempts import Attempt
from drill.core.road.calendar import Calendar, KeyDate, Rule, overridden
from drill.core.road.days import BusyRange
from drill.core.road.scores import ScoreReport
from drill.errors import DrillError
from drill.storage.road import read_entries
from drill.storage.road_entries import Entry, RestDays, ReviewTime
from drill.storage.store import Store
from drill.storage.test_day import read_test_day

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Road:
    """Everything the learner entered, over the calendar that ships."""

    today: date
    """The day on the wall."""
    calendar: Calendar
    own_dates: frozenset[str]
    """Ids of dates that the learner added or changed."""
    test_day: date | None
    attempts: tuple[Attempt, ...]
    scores: tuple[ScoreReport, ...]
    assessments: tuple[Assessment, ...]
    outside: tuple[OutsideWork, ...]
    busy: tuple[BusyRange, ...]
    rest: tuple[int, ...]
    reviews: tuple[ReviewTime, ...]
    problems: tuple[str, ...]
    """Rows that cannot be read, in sentences."""

    @property
    def is_used(self) -> bool:
        """Whether the learner has entered anything."""
        return self.test_day is not None or any(
            (self.own_dates, self.attempts, self.scores, self.assessments, self.outside, self.busy, self.rest)
        )

    @property
    def days_to_test(self) -> int | None:
        """Days until the test; None without one, or when it has passed."""
        days = None if self.test_day is None else (self.test_day - self.today).days
        return days if days is not None and days >= 0 else None


@cache
def shipped_calendar() -> Calendar:
    """The calendar that comes with drill. Raises DrillError when the file is damaged."""
    from drill.importers.road_calendar import read_calendar

    found, mistakes = read_calendar((files("drill") / "calendar.yaml").read_bytes())
    if found is None:
        raise DrillError(f"The shipped calendar is damaged ({mistakes[0].message}). Install drill again.")
    return found.whole()


def read_road(store: Store, wall: WallTime) -> Road:
    """The road as it stands."""
    entries, problems = read_entries(store.connection)
    dates, rules = _of(entries, KeyDate), _of(entries, Rule)
    rest = _of(entries, RestDays)
    return Road(
        today=wall.local.date(),
        calendar=overridden(shipped_calendar(), dates, rules),
        own_dates=frozenset(found.id for found in dates),
        test_day=read_test_day(store.connection),
        attempts=tuple(sorted(_of(entries, Attempt), key=lambda one: one.day)),
        scores=tuple(sorted(_of(entries, ScoreReport), key=lambda one: one.day)),
        assessments=tuple(sorted(_of(entries, Assessment), key=lambda one: (one.day, one.family, one.form))),
        outside=tuple(sorted(_of(entries, OutsideWork), key=lambda one: one.day)),
        busy=tuple(sorted(_of(entries, BusyRange), key=lambda one: one.first)),
        rest=rest[0].weekdays if rest else (),
        reviews=_of(entries, ReviewTime),
        problems=tuple(problems),
    )


def _of(entries: Iterable[Entry], kind: type[T]) -> tuple[T, ...]:
    return tuple(entry for entry in entries if isinstance(entry, kind))
