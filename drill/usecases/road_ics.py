"""The plan as an iCalendar file: all-day events, and times in UTC only.

A zone is never written: libraries that repair zones and those that read them disagree by an hour in summer.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from drill import __version__
from drill.core.clock import WallTime
from drill.core.road.plan import DayKind, Plan
from drill.errors import DrillError, install_text
from drill.usecases.report_file import write_own
from drill.usecases.road import Road

_QUIET = (DayKind.REST, DayKind.BUSY)
_OWN = re.compile(rb"PRODID:-//drill//")


def plan_ics(plan: Plan, road: Road, wall: WallTime, titles: dict[date, str], notes: dict[str, str]) -> bytes:
    """The calendar's bytes. `titles` holds a day's words, `notes` those of a deadline by id.

    Raises DrillError where the iCalendar library is not installed.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise DrillError(f"Writing a calendar needs the icalendar library. {install_text('ics')}") from None

    calendar = Calendar()
    calendar.add("prodid", f"-//drill//{__version__}//EN")
    calendar.add("version", "2.0")
    stamp = datetime.fromtimestamp(wall.utc_ms // 1000, UTC)

    def event(uid: str, summary: str, start: date, end: date | None = None) -> None:
        made = Event()
        made.add("uid", f"{uid}@drill")
        made.add("dtstamp", stamp)
        made.add("summary", summary)
        made.add("dtstart", start)
        if end is not None:
            made.add("dtend", end)
        calendar.add_component(made)

    for day in plan.days:
        if day.kind not in _QUIET and titles.get(day.day):
            event(f"plan-{day.day}", titles[day.day], day.day, day.day + timedelta(days=1))
    for found in road.calendar.deadlines:
        if found.day < road.today:
            continue
        summary = notes.get(found.id, found.title)
        if found.at is None:
            event(f"date-{found.id}", summary, found.day, found.day + timedelta(days=1))
        else:
            at = datetime.fromisoformat(f"{found.day}T{found.at}").astimezone(UTC)
            event(f"date-{found.id}", summary, at, at)
    return bytes(calendar.to_ical())


def write_ics(target: Path, data: bytes) -> None:
    """Write the calendar, whole or not at all; only over an earlier one of drill's."""
    write_own(target, data, _OWN, "calendar")
