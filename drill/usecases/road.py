"""The road as the learner has it, and changing it. What is refused is refused in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import TypeVar

from drill.core.clock import WallTime
from drill.core.road.assessments import Assessment, OutsideWork
from drill.core.road.attempts import Attempt, objection
from drill.core.road.calendar import (
    Calendar,
    KeyDate,
    Kind,
    Origin,
    Rule,
    VerifiedBy,
    Whom,
    confirmed,
    overridden,
)
from drill.core.road.days import BusyRange
from drill.core.road.scores import ScoreReport
from drill.errors import DrillError
from drill.storage.road import read_entries, read_review, take_away, write_entries
from drill.storage.road_entries import Entry, RestDays, ReviewTime, assessment_id
from drill.storage.store import Store
from drill.storage.test_day import read_test_day, write_test_day

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
GLANCE_MS = 1000
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


def _keep(store: Store, wall: WallTime, *entries: Entry) -> None:
    write_entries(store, entries, wall.utc_ms)


def book_test(store: Store, day: date | None, wall: WallTime) -> None:
    """Keep the day of the test; None: none is booked. Raises DrillError for a day that has passed."""
    if day is not None:
        check_test(day, read_road(store, wall))
    write_test_day(store, day, wall.utc_ms)


def check_test(day: date, road: Road) -> date:
    """The day, if a test can be booked for it. Raises DrillError for one that has passed."""
    if day < road.today:
        raise DrillError(f"{day} has passed. Give the day of the test that is ahead, or none.")
    return day


def free_id(title: str, road: Road) -> str:
    """An id for a new date, from its title; a number behind it where that is taken."""
    words = re.sub("[^a-z0-9]+", "-", title.casefold()).strip("-")[:48].strip("-") or "date"
    taken = {found.id for found in road.calendar.dates}
    names = (words if number == 1 else f"{words}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def add_date(store: Store, found: KeyDate, wall: WallTime) -> None:
    """Keep a date of the learner's own, or in the place of a shipped one."""
    if not found.whom:
        raise DrillError(f"Say whom the date is for: {', '.join(Whom)}.")
    _keep(store, wall, found)


def own_date(
    name: str, title: str, at: tuple[date, str | None], set_by: str, source: str, wall: WallTime,
    *, page: str = "", whom: tuple[Whom, ...] = tuple(Whom), kind: Kind = Kind.DEADLINE,
) -> KeyDate:  # fmt: skip
    """A date as the learner enters it today. Raises DrillError without a source or a setter."""
    for value, what in ((title, "title"), (source, "source"), (set_by, "word on who set it")):
        if not value.strip():
            raise DrillError(
                f"A date needs a {what}: later nobody can tell otherwise whether it still holds. "
                "A page, a letter or the school's handbook will do."
            )
    origin = Origin(page or source, source, wall.local.date(), VerifiedBy.YOU)
    return KeyDate(name, title, at[0], kind, set_by, whom, origin, at[1])


def check_id(name: str) -> None:
    """Raises DrillError for a name no date can have."""
    from drill.importers.road_fields import ID

    if not ID.fullmatch(name) or len(name) > 64:
        raise DrillError(f"{name!r} is no id. Use small letters, digits and -, at most 64 characters.")


def confirm_date(store: Store, name: str, wall: WallTime) -> KeyDate:
    """Note that the learner looked at its page today and found it so. Raises DrillError: no such id."""
    road = read_road(store, wall)
    found = road.calendar.find(name)
    if found is None:
        raise DrillError(f"There is no date {name!r}. Dates: {', '.join(d.id for d in road.calendar.dates)}.")
    stamped = confirmed(found, wall.local.date())
    _keep(store, wall, stamped)
    return stamped


def remove_date(store: Store, name: str, wall: WallTime) -> bool:
    """Take an own date away, or one's own word on a shipped one; whether a shipped one comes back."""
    if not take_away(store, "date", name, wall.utc_ms):
        raise DrillError(f"You have no date {name!r} of your own; shipped dates can only be changed.")
    return shipped_calendar().find(name) is not None


def read_dates(store: Store, path: Path, wall: WallTime) -> int:
    """Take a calendar file over, each row as one of the learner's; how many.

    Raises DrillError with every mistake, line and column, and nothing changed.
    """
    from drill.importers.road_calendar import read_calendar

    try:
        found, mistakes = read_calendar(path.read_bytes())
    except OSError as error:
        raise DrillError(f"{path} cannot be read: {error.strerror or error}.") from error
    if found is None:
        told = "\n".join(mistake.text(str(path)) for mistake in mistakes)
        raise DrillError(f"{path} was not taken over; correct it and try again.\n{told}")
    _keep(store, wall, *found.dates, *found.rules)
    return len(found.dates) + len(found.rules)


def enter_attempt(store: Store, new: Attempt, wall: WallTime) -> None:
    """Keep an attempt, in the place of one of the same day. Raises DrillError for one the rules exclude."""
    why = objection(read_road(store, wall).attempts, new, wall.local.date())
    if why is not None:
        raise DrillError(why)
    _keep(store, wall, new)


def enter_score(store: Store, report: ScoreReport, wall: WallTime) -> None:
    """Keep a score report, in the place of one of the same test day."""
    _not_ahead(report.day, wall)
    if report.areas and report.relative_to is None:
        raise DrillError("Say what the levels compare with, as the report prints it: own, passing or group.")
    _keep(store, wall, report)


def enter_assessment(store: Store, new: Assessment, wall: WallTime, *, replaces: str | None = None) -> None:
    """Keep an assessment; `replaces` names the one it is a correction of."""
    _not_ahead(new.day, wall)
    if not new.total.strip():
        raise DrillError("An assessment has a total, as printed: 221, or 68%.")
    with store.transaction():
        if replaces is not None and replaces != assessment_id(new):
            take_away(store, "assessment", replaces, wall.utc_ms)
        _keep(store, wall, new)


def log_outside(store: Store, new: OutsideWork, wall: WallTime) -> None:
    """Keep work done elsewhere."""
    _not_ahead(new.day, wall)
    if new.right is not None and new.right > new.questions:
        raise DrillError(f"{new.right} of {new.questions} cannot be right. Correct one of the two.")
    _keep(store, wall, new)


def add_busy(store: Store, new: BusyRange, wall: WallTime, *, replaces: str | None = None) -> None:
    """Keep days that something else takes. Raises DrillError where they overlap others."""
    if new.last < new.first:
        raise DrillError(f"{new.last} is before {new.first}. Give the first day first.")
    others = [one for one in read_road(store, wall).busy if one.first.isoformat() != replaces]
    for other in others:
        if new.overlaps(other):
            raise DrillError(
                f"{new.first} to {new.last} shares days with {other.title!r} "
                f"({other.first} to {other.last}). "
                f"Change the days, or delete that range first: 'drill busy delete {other.first}'."
            )
    with store.transaction():
        if replaces is not None and replaces != new.first.isoformat():
            take_away(store, "busy", replaces, wall.utc_ms)
        _keep(store, wall, new)


def set_rest(store: Store, weekdays: Iterable[int], wall: WallTime) -> None:
    """Keep the weekdays without study. Raises DrillError when no day is left."""
    days = tuple(sorted(set(weekdays)))
    if len(days) > 6:
        raise DrillError("Every day of the week would be a rest day. Leave at least one out.")
    _keep(store, wall, RestDays(days))


def note_review(store: Store, block: str, active_ms: int, wall: WallTime) -> None:
    """Add to the time a block was looked through; a glance of under a second is none."""
    if active_ms < GLANCE_MS:
        return
    with store.transaction():
        before = read_review(store.connection, block)
        _keep(store, wall, ReviewTime(block, before + active_ms))


def delete(store: Store, kind: str, name: str, wall: WallTime) -> None:
    """Take a row away. Raises DrillError when there is none."""
    if not take_away(store, kind, name, wall.utc_ms):
        raise DrillError(f"There is no {kind} {name!r}. 'drill {_LISTS[kind]}' lists them.")


_LISTS = {
    "attempt": "attempts list", "score": "score list", "assessment": "assessment list",
    "outside": "outside list", "busy": "busy list",
}  # fmt: skip


def _not_ahead(day: date, wall: WallTime) -> None:
    if day > wall.local.date():
        raise DrillError(f"{day} is still to come. Enter it when it has been.")


def weekday_of(word: str) -> int:
    """The weekday a word begins: "Sun", "sunday". Raises DrillError."""
    found = [
        i for i, name in enumerate(WEEKDAYS) if len(word) >= 2 and name.casefold().startswith(word.casefold())
    ]
    if len(found) != 1:
        raise DrillError(f"{word!r} is no weekday. Weekdays: {', '.join(name[:3] for name in WEEKDAYS)}.")
    return found[0]


def one_named(names: Iterable[str], wanted: str, kind: str) -> str:
    """The one id that begins so. Raises DrillError for none or several."""
    matching = [name for name in names if name.startswith(wanted)]
    if wanted in matching:
        return wanted
    if len(matching) != 1:
        what = "no" if not matching else "more than one"
        raise DrillError(
            f"{what.capitalize()} {kind} is called {wanted!r}. 'drill {_LISTS[kind]}' lists them."
        )
    return matching[0]
