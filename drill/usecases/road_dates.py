"""Dates of the learner's own: booking a test, adding, confirming and reading deadlines.

What is refused is refused in a sentence.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import count
from pathlib import Path

from drill.core.clock import WallTime
from drill.core.road.calendar import KeyDate, Kind, Origin, VerifiedBy, Whom, confirmed
from drill.errors import DrillError
from drill.storage.road import take_away, write_entries
from drill.storage.store import Store
from drill.storage.test_day import write_test_day
from drill.usecases.road import Road, read_road, shipped_calendar


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
    write_entries(store, [found], wall.utc_ms)


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
    write_entries(store, [stamped], wall.utc_ms)
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
        texts = "\n".join(mistake.text(str(path)) for mistake in mistakes)
        raise DrillError(f"{path} was not taken over; correct it and try again.\n{texts}")
    write_entries(store, [*found.dates, *found.rules], wall.utc_ms)
    return len(found.dates) + len(found.rules)
