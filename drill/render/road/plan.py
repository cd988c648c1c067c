"""What to do now, the days until the test, and how many of them are free."""

from __future__ import annotations

from drill.core.clock import WEEKDAYS
from drill.core.counts import count_text
from drill.core.road.days import free_days
from drill.core.road.plan import DayKind, Plan
from drill.render.frame import indented
from drill.render.lines import Role, line
from drill.render.prose import prose
from drill.render.road.parts import Section, heading
from drill.render.road.words import (
    dated,
    day_words,
    fit_text,
    free_text,
    idle_text,
    minutes_text,
    now_text,
    short_day,
    span,
    verdict_text,
)
from drill.render.text import column
from drill.usecases.road import Road
from drill.usecases.road_plan import Now

PLAN_DAYS = 14


def now_section(now: Now | None, road: Road, width: int) -> Section:
    """What to do now."""
    if now is None:
        rows = prose(
            width,
            ("Nothing is entered yet. ", Role.STRONG),
            "On Road T books your test date, A enters your attempt, S your score report; as commands: "
            "drill dates --test DAY, drill attempts add, drill score add.",
        )
        return Section("now", rows)
    lead, stop, why = now_text(now, road.today).partition(". ")
    rows = prose(width, (f"{lead}{stop}", Role.STRONG), why)
    for problem in road.problems:
        rows += prose(width, (problem, Role.WARNING))
    return Section("now", rows)


def dedicated_section(road: Road, width: int) -> Section:
    """Free days until the test."""
    if not road.days_to_test or road.test_day is None:
        none = "no test date is booked." if road.days_to_test is None else "the test is today."
        return Section("free days", prose(width, ("Free days  ", Role.STRONG), (none, Role.MUTED)))
    free = free_days(road.today, road.test_day, road.busy, road.rest)
    rows = heading(width, "Free days", f"until your test on {short_day(road.test_day)}: {free_text(free)}.")
    taken = [
        f"{dated(busy.first)} to {dated(busy.last)} {busy.title}"
        for busy in road.busy
        if busy.last >= road.today
    ]
    if taken:
        rows += indented(prose(width - 2, ("busy: ", Role.MUTED), "; ".join(taken)), 2)
    if road.rest:
        rows += indented(
            prose(width - 2, ("rest: ", Role.MUTED), ", ".join(WEEKDAYS[day] for day in road.rest)), 2
        )
    return Section("free days", rows)


def plan_section(plan: Plan | None, road: Road, width: int, days: int | None = PLAN_DAYS) -> Section:
    """The days to come, in minutes the learner knows from themselves."""
    if plan is None:
        today = road.days_to_test == 0
        none = (
            "the test is today." if today else "no test date is ahead: t on Road, or drill dates --test DAY."
        )
        return Section("plan", prose(width, ("Plan  ", Role.STRONG), (none, Role.MUTED)))
    rows = heading(width, "Plan", fit_text(plan))
    if short := idle_text(plan, road.today):
        rows += prose(width, (short, Role.WARNING))
    rows += prose(width, verdict_text(plan.verdict, road.today))
    rows += prose(width, (minutes_text(plan.minutes), Role.MUTED))
    shown = plan.days if days is None else plan.days[:days]
    for day in shown:
        quiet = day.kind in (DayKind.REST, DayKind.BUSY)
        rows.append(
            line(
                "  ",
                (f"{short_day(day.day):<17}", Role.MUTED if quiet else Role.TEXT),
                (column(day_words(day), min(max(width - 32, 20), 34)), Role.MUTED if quiet else Role.TEXT),
                (span(day.minutes), Role.MUTED),
            )
        )
    hidden = plan.days[len(shown) :]
    if hidden:
        long = [f"{day_words(d).split(',')[0]} {dated(d.day)}" for d in hidden if d.kind in _LONG]
        rows += prose(
            width, ("Later: ", Role.MUTED), "; ".join([*long, f"your test {dated(plan.days[-1].day)}"])
        )
    if plan.retests_left:
        due = count_text(plan.retests_left, "question")
        rows += prose(width, (f"There is no room for {due} due.", Role.MUTED))
    return Section("plan", rows)


_LONG = (DayKind.ASSESSMENT, DayKind.FULL_DAY)
