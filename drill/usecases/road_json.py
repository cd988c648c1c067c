"""The road as JSON documents: what the commands print with --json."""

from __future__ import annotations

from typing import Any

from drill.core.road.assessments import apart, band_of
from drill.core.road.attempts import next_attempt
from drill.core.road.calendar import Kind, Origin
from drill.core.road.days import latest_days
from drill.core.road.plan import Plan
from drill.core.road.scores import margin
from drill.storage.road_entries import assessment_id, to_row
from drill.usecases.road import Road
from drill.usecases.road_plan import countdown


def _origin(origin: Origin, road: Road) -> dict[str, Any]:
    return {
        "page": origin.page,
        "source": origin.source,
        "verified_on": origin.verified_on.isoformat(),
        "verified_by": origin.verified_by,
        "age_days": (road.today - origin.verified_on).days,
        "check": origin.to_check(road.today),
    }


def dates_json(road: Road) -> dict[str, Any]:
    """Season, test date, dates and rules. `days` is null where a date has to be checked first."""
    calendar = road.calendar
    dates = []
    for found in calendar.dates:
        latest = latest_days(calendar, found) if found.kind is Kind.DEADLINE else None
        dates.append(
            {
                "id": found.id,
                "title": found.title,
                "day": found.day.isoformat(),
                "at": found.at,
                "kind": found.kind,
                "set_by": found.set_by,
                "for": list(found.whom),
                "own": found.id in road.own_dates,
                "days": countdown(found, road.today),
                "latest_test_usual": None if latest is None else latest.usual.isoformat(),
                "latest_test_safe": None if latest is None else latest.safe.isoformat(),
                **_origin(found.origin, road),
            }
        )
    return {
        "today": road.today.isoformat(),
        "season": calendar.season,
        "season_over": calendar.is_over(road.today),
        "test": None if road.test_day is None else road.test_day.isoformat(),
        "dates": dates,
        "rules": [
            {"id": r.id, "title": r.title, "value": r.value, "unit": r.unit, "for": list(r.whom),
             **_origin(r.origin, road)}
            for r in calendar.rules
        ],
    }  # fmt: skip


def attempts_json(road: Road) -> dict[str, Any]:
    """The attempts and what the rules say about the next."""
    found = next_attempt(road.attempts, road.calendar)
    return {
        "attempts": [{"date": a.day.isoformat(), "outcome": a.outcome} for a in road.attempts],
        "left": found.left,
        "passed": None if found.passed is None else found.passed.isoformat(),
        "earliest_next": None if found.earliest is None else found.earliest.isoformat(),
        "because": [
            {"rule": b.rule.id, "day": b.day.isoformat(), **_origin(b.rule.origin, road)}
            for b in found.bounds
        ],
    }


def scores_json(road: Road) -> dict[str, Any]:
    """The score reports; levels as printed words."""
    found = []
    for report in road.scores:
        far = margin(report, road.calendar)
        _, name, values = to_row(report)
        found.append({"date": name, **values, "margin": far.points, "margin_errors": round(far.errors, 2)})
    return {"scores": found}


def assessments_json(road: Road) -> dict[str, Any]:
    """The assessments; `apart` compares each with the one before of its family."""
    found = []
    for place, one in enumerate(road.assessments):
        before = next((e for e in reversed(road.assessments[:place]) if e.family is one.family), None)
        judged = None if before is None else apart(before, one, road.calendar)
        band = band_of(one.family, road.calendar)
        found.append(
            {
                "id": assessment_id(one),
                **to_row(one)[2],
                "band": None if band is None else [round(band.low, 1), round(band.high, 1)],
                "apart": None if judged is None else {
                    "points": judged.points, "within_noise": judged.within_noise, "least": judged.least,
                },
            }
        )  # fmt: skip
    return {"assessments": found}


def outside_json(road: Road) -> dict[str, Any]:
    """Work done elsewhere."""
    return {"outside": [{"id": one.id, **to_row(one)[2]} for one in road.outside]}


def busy_json(road: Road) -> dict[str, Any]:
    """Busy ranges and rest days (Monday 0)."""
    return {
        "busy": [
            {"first": b.first.isoformat(), "last": b.last.isoformat(), "title": b.title} for b in road.busy
        ],
        "rest": list(road.rest),
    }


def plan_json(plan: Plan | None) -> dict[str, Any]:
    """The plan; null where no test is ahead."""
    if plan is None:
        return {"plan": None}
    gives, verdict = plan.gives, plan.verdict
    return {
        "plan": {
            "fit": plan.fit,
            "short_by_blocks": plan.short_by,
            "gives": None if gives is None else {
                "unused_questions": gives.questions, "minutes_a_day": gives.minutes_a_day,
                "study_days": gives.days,
            },
            "blocks_needed": plan.needed,
            "blocks_today": plan.blocks_today,
            "retests_left": plan.retests_left,
            "free_days": len(plan.free.free),
            "study_days": len(plan.free.study),
            "longest_run": plan.free.longest_run,
            "minutes_a_day": [plan.minutes.a_day.low, plan.minutes.a_day.high],
            "minutes_a_block": [plan.minutes.a_block.low, plan.minutes.a_block.high],
            "assumed": list(plan.minutes.assumed),
            "verdict": {
                "blocks_needed": verdict.needed, "blocks_possible": verdict.possible,
                "short_by_blocks": verdict.short_by,
                "day": None if verdict.day is None else verdict.day.isoformat(),
                "detectable_points": verdict.detectable_points,
            },
            "days": [
                {"day": d.day.isoformat(), "kind": d.kind, "blocks": d.blocks, "retests": d.retests,
                 "minutes": [round(d.minutes.low), round(d.minutes.high)], "title": d.title}
                for d in plan.days
            ],
        }
    }  # fmt: skip
