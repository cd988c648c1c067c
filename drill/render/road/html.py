"""One page to hand to the school or an advisor: what was, what is asked for, and the record so far."""

from __future__ import annotations

import html
from datetime import date, timedelta

from drill import __version__
from drill.analytics.results import Metric
from drill.core.clock import WEEKDAYS
from drill.core.counts import count_text
from drill.core.road.assessments import apart, apart_text
from drill.core.road.days import ADVISED_DAYS
from drill.core.road.plan import DayKind, Plan, PlanDay
from drill.core.road.scores import margin, margin_text
from drill.render.report.html_assets import asset, content_policy
from drill.render.road.dates import OUTCOMES
from drill.render.road.html_parts import escaped, said, section, table
from drill.render.road.words import dated, fit_text, free_text, minutes_text, short_day, verdict_text
from drill.usecases.road import Road
from drill.usecases.road_record import Record

_TITLE = "Step 2 CK: schedule asked for and record"
_FOOT = (
    "Made by drill from the learner's own entries and log. Totals, ranges and chances are those printed on "
    "the reports. Nothing on this page predicts a score or a pass."
)


def road_html(road: Road, plan: Plan | None, record: Record) -> str:
    """The whole page; it holds no script and loads nothing."""
    body = "".join(
        (_attempts(road), _assessments(road), _schedule(road, plan), _weeks(plan), _record(record, road))
    )
    day = escaped(dated(road.today))
    policy = html.escape(content_policy([]), quote=False)
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="drill {__version__}">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{_TITLE}, {day}</title>
<link rel="icon" href="data:,">
<style>
{asset("report.css")}{asset("road.css")}</style>
</head>
<body class="road">
<div class="page">
<header class="top"><h1>{_TITLE}</h1><p class="when">{day}</p></header>
<main>{body}<div class="sign"><p>Student</p><p>Advisor</p></div>{said(_FOOT, quiet=True)}</main>
</div>
</body>
</html>
"""


def _attempts(road: Road) -> str:
    if not road.attempts and not road.scores:
        return section("Attempts", said("None entered."))
    scores = {report.day: report for report in road.scores}
    rows = []
    for day in sorted({*scores, *(attempt.day for attempt in road.attempts)}):
        outcome = next((OUTCOMES[a.outcome] for a in road.attempts if a.day == day), "")
        report = scores.get(day)
        score = ("", "", "")
        if report is not None:
            score = (str(report.total), str(report.pass_mark), margin_text(margin(report, road.calendar)))
        rows.append((dated(day), outcome, *score))
    return section("Attempts", table(("Test", "Outcome", "Total", "Pass mark then", "Margin"), rows))


def _assessments(road: Road) -> str:
    last = road.assessments[-2:]
    if not last:
        return section("Last two assessments", said("None entered."))
    rows = [
        (
            dated(one.day),
            one.name,
            one.total,
            one.printed_range or "not printed",
            one.printed_pass or "not printed",
            f"{one.pacing}, seen before" if one.seen_before else one.pacing,
        )
        for one in last
    ]
    head = ("Date", "Assessment", "Total as printed", "Printed range", "Printed chance to pass", "Taken")
    judged = apart(last[0], last[1], road.calendar) if len(last) == 2 else None
    words = "" if judged is None else f"The two are {apart_text(judged)}."
    return section("Last two assessments", table(head, rows), said(words))


def _schedule(road: Road, plan: Plan | None) -> str:
    if plan is None or road.test_day is None:
        return section("Schedule asked for", said("No test date is booked yet."))
    free = plan.free
    parts = [f"Test: {short_day(road.test_day)}. {free_text(free)}."]
    if free.longest_run < ADVISED_DAYS:
        short = count_text(ADVISED_DAYS - free.longest_run, "more day")
        parts.append(f"Asked for: {short} in a row free of other obligations.")
    if road.busy:
        ahead = [busy for busy in road.busy if busy.last >= road.today]
        taken = "; ".join(f"{dated(b.first)} to {dated(b.last)} {b.title}" for b in ahead)
        parts.append(f"Other obligations entered: {taken or 'none ahead'}.")
    if road.rest:
        parts.append(f"Rest days: {', '.join(WEEKDAYS[day] for day in road.rest)}.")
    parts += [fit_text(plan), verdict_text(plan.verdict, road.today)]
    return section("Schedule asked for", *map(said, parts), said(minutes_text(plan.minutes), quiet=True))


_NAMED = (DayKind.ASSESSMENT, DayKind.FULL_DAY, DayKind.TEST)


def _weeks(plan: Plan | None) -> str:
    if plan is None:
        return ""
    weeks: dict[str, list[PlanDay]] = {}
    for day in plan.days:
        start = day.day - timedelta(days=day.day.weekday())
        weeks.setdefault(f"{dated(start)} to {dated(start + timedelta(days=6))}", []).append(day)
    rows = []
    for name, days in weeks.items():
        study = sum(day.kind in (DayKind.STUDY, DayKind.EVE) for day in days)
        long = [f"{day.kind} {short_day(day.day)[:-5]}" for day in days if day.kind in _NAMED]
        low, high = sum(day.minutes.low for day in days), sum(day.minutes.high for day in days)
        hours = _hours(low, high)
        blocks, retests = sum(day.blocks for day in days), sum(day.retests for day in days)
        rows.append((name, str(study), str(blocks or ""), str(retests or ""), hours, ", ".join(long)))
    head = ("Week", "Study days", "Blocks of 20", "Retests", "Time", "Long sittings")
    return section("Plan by week", table(head, rows))


def _hours(low: float, high: float) -> str:
    if not high:
        return ""
    ends = dict.fromkeys((f"{low / 60:.0f}", f"{high / 60:.0f}"))
    return f"{' to '.join(ends)} h"


def _record(record: Record, road: Road) -> str:
    since = "" if record.first_day is None else f" since {dated(date.fromisoformat(record.first_day))}"
    sat = (
        f"{count_text(record.blocks, 'block')} with {count_text(record.questions, 'question')} on "
        f"{count_text(record.study_days, 'study day')}{since}."
    )
    rows = [
        ("Pace, seconds a 120-word question", *_figure_cells(record.pace, 1, " s")),
        ("Next best step, right", *_figure_cells(record.next_step, 100, "%")),
        ("Other questions, right", *_figure_cells(record.other, 100, "%")),
        ("Difference, points", *_figure_cells(record.difference, 100, "", signed=True)),
    ]
    elsewhere = "; ".join(
        f"{dated(one.day)} {one.source} {one.questions}{'' if one.right is None else f', {one.right} right'}"
        for one in road.outside[-6:]
    )
    return section(
        "Record",
        said(sat),
        table(("", "Figure", "95% interval", "n"), rows),
        said(f"Elsewhere, in none of these figures: {elsewhere}." if elsewhere else "", quiet=True),
    )


def _figure_cells(metric: Metric, scale: float, unit: str, *, signed: bool = False) -> tuple[str, str, str]:
    """A figure, its interval and its n, as cells."""
    estimate = metric.estimate
    if estimate is None:
        return "not shown: too few questions", "", ""
    sign = "+" if signed else ""
    interval = ""
    if estimate.low is not None and estimate.high is not None:
        interval = f"{estimate.low * scale:{sign}.0f} to {estimate.high * scale:{sign}.0f}{unit}"
    return f"{estimate.value * scale:{sign}.0f}{unit}", interval, str(metric.n)
