"""The verdict of a trend in words: verdict, interval, and the smallest change that could be seen by now."""

from __future__ import annotations

from typing import NamedTuple

from drill.analytics.models import Detection, Trend, Unit, Verdict
from drill.render.lines import Line, Role
from drill.render.report_parts import prose, share, signed, whole
from drill.render.text import count_text, day_text


class Wording(NamedTuple):
    """What a trend is called and measured in."""

    name: str
    """ "Pace", "Next best step"."""
    empty: str
    """What to say before the first block."""


def verdict_rows(trend: Trend, wording: Wording, width: int) -> list[Line]:
    """The last verdict found, with its date, then the current one; the first of them in bold."""
    rows: list[Line] = []
    lead = Role.STRONG
    name = wording.name
    decided = trend.verdict is not None and trend.verdict.decided
    if trend.detected and not decided:
        last = trend.detected[-1]
        rows += _headline(width, lead, *_found(last, trend.unit, name, trend.level))
        lead, name = Role.TEXT, "Since then"
    told = trend.level is None or name != wording.name  # the line above has it
    level = "" if told else f", {interval_name(trend.level)}"
    rows += _headline(width, lead, *_current(trend, name, wording.empty, level))
    vary = "your days vary a lot" if trend.phi is not None and trend.phi > 2 else ""
    if trend.detectable is not None:
        change = f"{abs(trend.detectable):.0f}{_unit(trend.unit)}"
        why = f"; {vary}" if vary else ""
        rows += prose(width, (f"By now only a change of {change} or more could be seen{why}.", Role.MUTED))
    elif vary:
        rows += prose(width, (f"Y{vary[1:]}, so a verdict takes longer.", Role.MUTED))
    return rows


def _headline(width: int, role: Role, head: str, rest: str) -> list[Line]:
    """On one row where both fit, else the sentence below."""
    if len(head) + 2 + len(rest) <= width:
        return prose(width, (head, role), f"  {rest}")
    return [*prose(width, (head, role)), *prose(width, rest)]


def _unit(unit: Unit) -> str:
    return "%" if unit is Unit.PERCENT else " points"


def interval_name(level: float | None) -> str:
    """ "80% interval"; the caption of the chart says that it is always valid."""
    return f"{share(level)} interval" if level is not None else "interval"


def _found(found: Detection, unit: Unit, name: str, level: float | None) -> tuple[str, str]:
    head = f"{name}: {found.verdict}, found {day_text(found.day)[4:]}."
    change = f"{signed(found.value)}{_unit(unit)} over {count_text(found.blocks, 'block')}"
    return head, f"{change}, {_apart(level, found.low, found.high)}."


def _apart(level: float | None, low: float, high: float) -> str:
    """An interval that leaves out zero, so that rounding cannot seem to let it in."""
    left = signed(low) if whole(low) or low <= 0 < high else "just above 0"
    right = signed(high) if whole(high) or low < 0 <= high else "just below 0"
    return f"{interval_name(level)} {left} to {right}"


def _current(trend: Trend, name: str, empty: str, level: str) -> tuple[str, str]:
    counted = f"{trend.blocks} of {count_text(trend.blocks_minimum, 'block')}"
    unit = _unit(trend.unit)
    if trend.verdict is None:
        return f"{name}: no verdict here.", "A verdict needs the whole history."
    if trend.blocks == 0 and not trend.detected:
        return f"Too early: {counted}.", empty
    if trend.low is None or trend.high is None:
        return f"{name}: too early.", f"{counted}, on {count_text(trend.n, 'study day')}."
    between = f"between {signed(trend.low)} and {signed(trend.high)}{unit}"
    over = count_text(trend.blocks, "block")
    match trend.verdict:
        case Verdict.TOO_EARLY if trend.blocks < trend.blocks_minimum:
            return f"{name}: too early.", f"{counted}, so far {between}{level}."
        case Verdict.TOO_EARLY:
            return f"{name}: too early.", f"Over {over} {between}{level}: too wide."
        case Verdict.NO_EVIDENCE:
            return f"{name}: no evidence of change.", f"Over {over} the change is {between}{level}."
        case _:
            value = f"{signed(trend.value)}{unit} " if trend.value is not None else ""
            interval = _apart(trend.level, trend.low, trend.high)
            return f"{name}: {trend.verdict}.", f"{value}over {over}, {interval}."
