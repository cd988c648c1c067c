"""Rows of the road to test with; every argument has a default."""

from __future__ import annotations

from datetime import date
from typing import Any

from drill.core.road.assessments import Assessment, Family, Pacing
from drill.core.road.calendar import Calendar, KeyDate, Kind, Origin, VerifiedBy, Whom
from drill.core.road.minutes import Minutes, Range
from drill.core.road.plan import PlanInput
from drill.usecases.road import shipped_calendar

TODAY = date(2026, 11, 28)


def calendar() -> Calendar:
    """The one that ships."""
    return shipped_calendar()


def origin(**fields: Any) -> Origin:
    """Looked up today by the learner."""
    defaults: dict[str, Any] = {
        "page": "Handbook", "source": "handbook, page 4", "verified_on": TODAY, "verified_by": VerifiedBy.YOU,
    }  # fmt: skip
    return Origin(**{**defaults, **fields})


def key_date(day: date, id: str = "school", **fields: Any) -> KeyDate:  # noqa: A002 - the date's own word
    """A school's deadline."""
    defaults: dict[str, Any] = {
        "title": "Pass reported", "kind": Kind.DEADLINE, "set_by": "my school", "whom": (Whom.US,),
        "origin": origin(),
    }  # fmt: skip
    return KeyDate(id=id, day=day, **{**defaults, **fields})


def assessment(total: str = "221", day: date = date(2026, 11, 20), **fields: Any) -> Assessment:
    """A CCSSA form, paced and new."""
    defaults: dict[str, Any] = {
        "family": Family.CCSSA, "form": "14", "printed_range": "213-229", "printed_pass": "89%",
        "pacing": Pacing.PACED, "seen_before": False,
    }  # fmt: skip
    return Assessment(day=day, total=total, **{**defaults, **fields})


MINUTES = Minutes(Range(120, 180), Range(50, 70), Range(1, 2), 12, ())


def plan_input(**fields: Any) -> PlanInput:
    """Forty days to the test, 400 unused questions."""
    defaults: dict[str, Any] = {
        "today": TODAY, "test_day": date(2027, 1, 7), "minutes": MINUTES, "unused": 400, "unused_next_step": 160,
    }  # fmt: skip
    return PlanInput(**{**defaults, **fields})
