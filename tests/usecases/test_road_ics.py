"""The plan as a calendar, read back by a library that did not write it."""

from __future__ import annotations

import builtins
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import ics
import pytest

from drill.core.clock import WallTime
from drill.core.road.plan import DayKind
from drill.errors import DrillError
from drill.render.road.words import calendar_words
from drill.usecases.road_ics import plan_ics, write_ics
from tests.render.road import samples

WALL = WallTime(1_795_867_200_000, -300)


def written() -> bytes:
    road, plan = samples.road(), samples.plan()
    return plan_ics(plan, road, WALL, *calendar_words(plan, road))


def test_every_day_of_the_plan_comes_back_as_an_all_day_event() -> None:
    events = {event.uid: event for event in ics.Calendar(written().decode()).events}
    plan = samples.plan()
    for day in plan.days:
        event = events.get(f"plan-{day.day}@drill")
        if day.kind in (DayKind.REST, DayKind.BUSY):
            assert event is None
            continue
        assert event is not None
        assert event.all_day
        assert event.begin.date() == day.day
        assert event.duration == timedelta(days=1)
    assert events[f"plan-{samples.TEST_DAY}@drill"].name == "the test"


def test_a_deadline_with_an_hour_comes_back_at_the_same_instant_and_says_to_check() -> None:
    events = {event.uid: event for event in ics.Calendar(written().decode()).events}
    rolc = events["date-rolc@drill"]
    assert rolc.begin.datetime == datetime(2027, 3, 4, 2, 0, tzinfo=UTC)
    assert "not confirmed, check NRMP" in (rolc.name or "")
    assert events["date-school@drill"].begin.date() == date(2027, 5, 1)
    assert events["date-school@drill"].all_day


def test_no_zone_is_ever_written() -> None:
    text = written().decode()
    assert "TZID" not in text
    assert "VTIMEZONE" not in text


def test_only_a_calendar_of_drills_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    write_ics(target, written())
    write_ics(target, written())
    other = tmp_path / "mine.ics"
    other.write_text("BEGIN:VCALENDAR\nPRODID:-//me//\nEND:VCALENDAR\n")
    with pytest.raises(DrillError, match="is no calendar of drill"):
        write_ics(other, written())
    assert "//me//" in other.read_text()


def test_without_the_library_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name == "icalendar":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(DrillError, match=r'pip install "drill-qbank\[ics\]"'):
        written()
