"""Deadlines with their latest test days, and attempts with what the rules say of the next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from drill.core.counts import count_text
from drill.core.road.attempts import NextAttempt, Outcome, next_attempt
from drill.core.road.calendar import KeyDate, RuleId
from drill.core.road.days import between, latest_days
from drill.render.frame import indented
from drill.render.lines import Line, Role, line
from drill.render.prose import prose
from drill.render.road.parts import Section, heading
from drill.render.road.words import SCHOOL_RULES, dated, rule_text, short_day, trust_text
from drill.render.text import column, month_day_text
from drill.usecases.road import Road
from drill.usecases.road_plan import countdown

NARROW = 74
"""Below this width days are told without weekday and year."""
_NARROW_CELLS = 14


def deadlines_section(road: Road, width: int, *, past: bool = False) -> Section:
    """Each deadline with its two latest test days and the booked date; below, the other dates ahead."""
    calendar, today = road.calendar, road.today
    usual, safe = (calendar.rule(name) for name in (RuleId.SCORE_USUAL, RuleId.SCORE_SAFE))
    rows = heading(width, "Deadlines", "and the latest day to test for a score to be out by then")
    if calendar.is_over(today):
        rows += prose(width, (f"The season {calendar.season} is over: its dates are old.", Role.WARNING))
    ahead = [found for found in calendar.deadlines if past or found.day >= today]
    narrow = width < NARROW
    columns_cells = 3 * _NARROW_CELLS + 2 if narrow else 17 + 18 + 17
    label = max(min(max((len(found.title) for found in ahead), default=8), width - columns_cells - 4), 12)
    if ahead:
        names = ("needed by", f"usual ({usual.value} days)", f"safe ({safe.value} days)")
        rows.append(line((f"{'':{label + 4}}{_columns(names, narrow=narrow)}", Role.MUTED)))
    for found in ahead:
        rows += _deadline(road, found, label, width)
    if not ahead:
        rows += prose(width, ("No deadline is ahead. Add yours: d.", Role.MUTED))
    rows += prose(
        width,
        (
            f"Counted back in calendar days. Usual: {usual.title.lower()} {usual.value} days; safe: "
            f"{safe.title.lower()}, {safe.value} days ({rule_text(safe, today)}).",
            Role.MUTED,
        ),
    )
    others = [f for f in calendar.dates if f not in calendar.deadlines and (past or f.day >= today)]
    if others:
        rows += prose(width, ("Other dates: ", Role.STRONG), "; ".join(_other(f, road) for f in others))
    return Section("deadlines", rows)


def _other(found: KeyDate, road: Road) -> str:
    check = ", check" if found.origin.to_check(road.today) else ""
    return f"{found.title} {dated(found.day)}{check}"


def _deadline(road: Road, found: KeyDate, label: int, width: int) -> list[Line]:
    latest = latest_days(road.calendar, found)
    narrow = width < NARROW
    days_told = [
        (month_day_text if narrow else short_day)(day) for day in (found.day, latest.usual, latest.safe)
    ]
    row = line("  ", f"{column(found.title, label)}  ", _columns(days_told, narrow=narrow))
    hour = "" if found.at is None else f", {found.at[:5]} UTC{found.at[5:]}"
    days = countdown(found, road.today)
    ahead = "" if days is None else f"; in {count_text(days, 'day')}"
    age = (road.today - found.origin.verified_on).days
    when = f"{count_text(age, 'day')} ago" if age > 0 else "today"
    read = f"; read {when}" if found.origin.to_check(road.today) else ""
    said = [f"set by {found.set_by}{hour}; {trust_text(found.origin, road.today)}{read}{ahead}"]
    if road.test_day is not None:
        said.append(
            f"your test on {short_day(road.test_day)}: {_beside(road.test_day, latest.usual, latest.safe)}"
        )
    stand = between(road.calendar, latest.safe, found.day)
    if stand:
        named = ", ".join(f"{one.title} {month_day_text(one.day)}" for one in stand)
        said.append(f"between the safe day and it: {named}")
    return [
        row,
        *(part for text in said for part in indented(prose(max(width - 4, 20), (text, Role.MUTED)), 4)),
    ]


def _columns(texts: Sequence[str], *, narrow: bool) -> str:
    first, second = (_NARROW_CELLS, _NARROW_CELLS + 2) if narrow else (17, 18)
    return f"{texts[0]:<{first}}{texts[1]:<{second}}{texts[2]}"


def _beside(test: date, usual: date, safe: date) -> str:
    """Where a booked date stands, and what that means for when the score is out."""
    if test <= safe:
        return "on or before both days, with time for a late score"
    if test <= usual:
        return "after the safe day; most scores are out in time, a late one is not"
    return "after both days; the score may come too late"


def attempts_section(road: Road, width: int) -> Section:
    """The attempts, what is left, and what the rules say about the next."""
    found = next_attempt(road.attempts, road.calendar)
    source = rule_text(found.rule, road.today)
    rows = heading(
        width, "Attempts", f"{found.taken} of {found.rule.value} used, {found.left} left ({source})"
    )
    for attempt in road.attempts:
        rows.append(line("  ", f"{short_day(attempt.day):<18}", OUTCOMES[attempt.outcome]))
    rows += prose(width, _next_text(found))
    rows += prose(width, (SCHOOL_RULES, Role.MUTED))
    return Section("attempts", rows)


OUTCOMES = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.INCOMPLETE: "incomplete, counts as one",
    Outcome.UNKNOWN: "score not out",
}
_ORDINALS = ("first", "second", "third", "fourth")


def _next_text(found: NextAttempt) -> str:
    if found.passed is not None:
        return f"Passed on {dated(found.passed)}: a pass cannot be taken again."
    if not found.left:
        return "These rules leave no further attempt."
    if found.earliest is None:
        return "These rules delay no second or third attempt."
    rules = "; ".join(
        f"{bound.rule.title}: {bound.rule.value} {bound.rule.unit}, {dated(bound.day)}"
        for bound in found.bounds
    )
    name = _ORDINALS[found.taken] if found.taken < len(_ORDINALS) else f"{found.number}th"
    return f"The {name} attempt: not before {dated(found.earliest)} by these rules. {rules}."
