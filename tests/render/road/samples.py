"""A learner's road to paint: a failed attempt, a report, assessments of three families, busy days."""

from __future__ import annotations

from datetime import date, timedelta

from drill.analytics.intervals import Interval
from drill.analytics.results import Metric, Unit
from drill.core.road.assessments import Family, OutsideWork, Pacing
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import overridden
from drill.core.road.days import BusyRange
from drill.core.road.plan import Plan, make_plan
from drill.core.road.scores import Area, Axis, Level, RelativeTo, ScoreReport
from drill.usecases.road import Road
from drill.usecases.road_record import Record
from tests.core.road.samples import TODAY, assessment, calendar, key_date, plan_input

LEVELS = {
    "Cardiovascular": Level.LOWER, "Respiratory": Level.LOWER, "Endocrine": Level.SAME, "Nervous system": Level.HIGHER,
}  # fmt: skip
WORDS = {Level.LOWER: "Lower", Level.SAME: "About the same", Level.HIGHER: "Higher"}
SCORE = ScoreReport(
    date(2026, 10, 14),
    209,
    218,
    RelativeTo.OWN,
    (
        *(Area(Axis.SYSTEM, name, level, WORDS[level]) for name, level in LEVELS.items()),
        Area(Axis.TASK, "Diagnosis", Level.HIGHER, "Higher"),
        Area(Axis.DISCIPLINE, "Surgery", Level.LOWER, "Lower"),
    ),
)
BUSY = (BusyRange(date(2026, 12, 20), date(2026, 12, 27), "Holidays"),)
TEST_DAY = date(2027, 1, 20)


def road(**fields: object) -> Road:
    """The road 53 days before the test."""
    mine = key_date(date(2027, 5, 1), title="Pass reported to school")
    defaults: dict[str, object] = {
        "today": TODAY,
        "calendar": overridden(calendar(), [mine], ()),
        "own_dates": frozenset(["school"]),
        "test_day": TEST_DAY,
        "attempts": (Attempt(date(2026, 10, 14), Outcome.FAILED),),
        "scores": (SCORE,),
        "assessments": (
            assessment("212", date(2026, 11, 1), printed_range="204-220", printed_pass="71%"),
            assessment("221", date(2026, 11, 20), form="15"),
            assessment("68%", date(2026, 11, 22), family=Family.FREE_120, form="", printed_range="",
                       printed_pass="", pacing=Pacing.SELF_PACED),
        ),
        "outside": (OutsideWork("a", TODAY, "UWorld", 40, 25, 58, finished=True),),
        "busy": BUSY,
        "rest": (6,),
        "reviews": (),
        "problems": (),
    }  # fmt: skip
    return Road(**{**defaults, **fields})  # type: ignore[arg-type]


def empty() -> Road:
    """Before anything is entered."""
    return road(
        calendar=calendar(), own_dates=frozenset(), test_day=None, attempts=(), scores=(), assessments=(),
        outside=(), busy=(), rest=(),
    )  # fmt: skip


def plan(unused: int = 620) -> Plan:
    """Its plan."""
    due = tuple(TODAY + timedelta(days=days) for days in (-2, -2, 0, 1, 1, 5, 90))
    return make_plan(
        plan_input(
            test_day=TEST_DAY, unused=unused, unused_next_step=unused // 3, due=due, busy=BUSY, rest=(6,)
        )
    )


RECORD = Record(
    24, 471, 16, "2026-11-12",
    Metric(unit=Unit.SECONDS_PER_QUESTION, estimate=Interval(71.4, 62, 81), level=0.95, n=100),
    Metric(unit=Unit.PROPORTION, estimate=Interval(0.64, 0.57, 0.71), level=0.95, n=185),
    Metric(unit=Unit.PROPORTION, estimate=Interval(0.66, 0.6, 0.71), level=0.95, n=277),
    Metric(unit=Unit.PROPORTION, n=9, minimum=30),
)  # fmt: skip
