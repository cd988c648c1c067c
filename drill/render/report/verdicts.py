"""The verdict of a trend in words: verdict, interval, and the smallest change that could be seen by now."""

from __future__ import annotations

from datetime import date

from drill.analytics.intervals import Interval
from drill.analytics.results import Detection, Trend, Unit, Verdict
from drill.render.numbers import share, signed, whole
from drill.render.report.part import Statement, Weight
from drill.render.text import count_text, month_day_text

MANY_DAYS_VARY = 2.0
"""From this spread of the days over chance on it is said that they vary a lot."""


def verdict_statements(trend: Trend, name: str, empty: str) -> list[Statement]:
    """The last verdict found, with its date, then the current one, then what could be seen by now.

    `name` is what the trend is called ("Pace"), `empty` what to say before the first block.
    """
    found: list[Statement] = []
    weight = Weight.LEAD
    subject, level = name, "" if trend.level is None else f", {interval_name(trend.level)}"
    if trend.detected and not (trend.verdict is not None and trend.verdict.decided):
        found.append(Statement(*_found(trend.detected[-1], trend, name), weight))
        weight, subject, level = Weight.PLAIN, "Since then", ""  # the line above has the level
    found.append(Statement(*_current(trend, subject, empty, level), weight))
    if trend.fit is not None:
        change = f"{abs(trend.fit.detectable):.0f}{_unit(trend)}"
        why = "; your days vary a lot" if trend.fit.phi > MANY_DAYS_VARY else ""
        seen = f"By now only a change of {change} or more could be seen{why}."
        found.append(Statement("", seen, Weight.QUIET))
    return found


def interval_name(level: float | None) -> str:
    """ "80% interval"; the caption of the chart says that it is always valid."""
    return f"{share(level)} interval" if level is not None else "interval"


def _unit(trend: Trend) -> str:
    return "%" if trend.unit is Unit.PERCENT else " points"


def _found(found: Detection, trend: Trend, name: str) -> tuple[str, str]:
    head = f"{name}: {found.verdict}, found {month_day_text(date.fromisoformat(found.day))}."
    change = f"{signed(found.value)}{_unit(trend)} over {count_text(found.blocks, 'block')}"
    return head, f"{change}, {_apart(trend.level, found.low, found.high)}."


def _apart(level: float | None, low: float, high: float) -> str:
    """An interval that leaves out zero, so that rounding cannot seem to let it in."""
    left = signed(low) if whole(low) or low <= 0 < high else "just above 0"
    right = signed(high) if whole(high) or low < 0 <= high else "just below 0"
    return f"{interval_name(level)} {left} to {right}"


def _current(trend: Trend, name: str, empty: str, level: str) -> tuple[str, str]:
    counted = f"{trend.blocks} of {count_text(trend.blocks_minimum, 'block')}"
    if trend.verdict is None:
        return f"{name}: no verdict here.", "A verdict needs the whole history."
    if trend.blocks == 0 and not trend.detected:
        return f"Too early: {counted}.", empty
    match trend.estimate:
        case Interval() as estimate:
            return _judged(trend, estimate, name, counted, level)
        case _:
            return f"{name}: too early.", f"{counted}, on {count_text(trend.n, 'study day')}."


def _judged(trend: Trend, estimate: Interval, name: str, counted: str, level: str) -> tuple[str, str]:
    between = f"between {signed(estimate.low)} and {signed(estimate.high)}{_unit(trend)}"
    over = count_text(trend.blocks, "block")
    match trend.verdict:
        case Verdict.TOO_EARLY if trend.blocks < trend.blocks_minimum:
            return f"{name}: too early.", f"{counted}, so far {between}{level}."
        case Verdict.TOO_EARLY:
            return f"{name}: too early.", f"Over {over} {between}{level}: too wide."
        case Verdict.NO_EVIDENCE if trend.withheld:
            said = f"Over {over} {between}{level}; with the blocks you set aside this does not hold."
            return f"{name}: no evidence of change.", said
        case Verdict.NO_EVIDENCE:
            return f"{name}: no evidence of change.", f"Over {over} the change is {between}{level}."
        case _:
            change = f"{signed(estimate.value)}{_unit(trend)} over {over}"
            apart = _apart(trend.level, estimate.low, estimate.high)
            return f"{name}: {trend.verdict}.", f"{change}, {apart}."
