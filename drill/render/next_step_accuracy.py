"""How many are right, with intervals: next best step against the rest, lately, by subject, flagged or not."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.models import Row
from drill.analytics.next_step_models import BySubject, Difference, Flagged
from drill.analytics.report_models import NextStepReport
from drill.render.chart_forest import ForestRow, Layout, forest
from drill.render.charts import Label, label_text
from drill.render.lines import BLANK, Line, Role, Span
from drill.render.report_parts import (
    Section,
    caption,
    figures,
    heading,
    indented,
    share,
    signed,
    too_small,
    whole,
)

_HARDER = "Next-best-step questions may simply be harder than the others in this bank."
_SHARE_TICKS = [Label(value / 100, f"{value}%") for value in (0, 20, 40, 60, 80, 100)]
_FEW = 10
"""Rows of fewer items are dim."""


def share_forest(rows: Sequence[ForestRow], layout: Layout, *, rule: float | None = None) -> list[Line]:
    """Rows over 0-100 %, cut to start at 20 % or 40 % where nothing lies below."""
    lowest = min([row.low for row in rows if row.low is not None], default=0)
    start = 0.4 if lowest > 0.42 else 0.2 if lowest > 0.22 else 0.0
    ticks = [tick for tick in _SHARE_TICKS if tick.value >= start - 1e-9]
    if layout.plot < 8 * len(ticks):
        ticks = [ticks[0], ticks[-1]] if layout.plot >= 12 else []
    return forest(rows, layout, start, 1, rule=rule, ticks=ticks)


def _row(label: str, row: Row, *, dim: bool = False) -> ForestRow:
    numbers = figures(row.value, row.low, row.high, row.right, row.n)
    return ForestRow(label, row.value, row.low, row.high, numbers, dim)


def against_section(report: NextStepReport, width: int) -> Section:
    """Next best step over all others, and their difference over a rule at zero."""
    rows = [
        ForestRow(
            name,
            metric.value,
            metric.low,
            metric.high,
            figures(metric.value, metric.low, metric.high, metric.right, metric.n),
            words="" if metric.value is not None else too_small(metric),
        )
        for name, metric in (("Next best step", report.nbs_accuracy), ("All others", report.other_accuracy))
    ]
    banks = [
        _row(f"  {label_text(bank.label)}", bank, dim=bank.n < _FEW) for bank in report.nbs_accuracy.by_bank
    ]
    rows = [rows[0], *banks, rows[1]]
    tail = _difference_row(report.difference)
    layout = Layout.of([*rows, tail], width)
    painted = [*share_forest(rows, layout), BLANK, *difference_forest(tail, layout)]
    return Section("comparison", [*painted, *caption(width, report.difference.caption or _HARDER)])


def _difference_row(difference: Difference) -> ForestRow:
    if difference.value is None:
        return ForestRow("Difference", None, None, None, words=too_small(difference, "of each"))
    return difference_row("Difference", difference.value, difference.low, difference.high)


def difference_row(label: str, value: float, low: float | None, high: float | None) -> ForestRow:
    """A difference of proportions in points, in no colour: it is no verdict."""
    interval = ""
    if low is not None and high is not None:
        interval = f"  {signed(low * 100)} to {signed(high * 100)} points"
    numbers = (Span(f"{signed(value * 100):>3}", Role.STRONG), Span(interval, Role.MUTED))
    return ForestRow(label, value, low, high, numbers)


def difference_forest(row: ForestRow, layout: Layout) -> list[Line]:
    """Its own scale, even on both sides of "same"."""
    known = [abs(end) for end in (row.value, row.low, row.high) if end is not None]
    edge = next((step for step in (0.2, 0.4, 0.6, 0.8) if max(known, default=0) <= step), 1.0)
    points = whole(edge * 100)
    ticks = [Label(-edge, f"-{points}"), Label(0, "same"), Label(edge, f"+{points}")]
    if row.value is None or layout.plot < 12:
        ticks = []
    return forest([row], layout, -edge, edge, rule=0, ticks=ticks)


def level_section(report: NextStepReport, width: int) -> Section:
    """The last days and the discounted level; a level is never a verdict."""
    recent, level = report.nbs_recent, report.nbs_level
    rows = []
    if recent.value is not None:
        numbers = figures(recent.value, recent.low, recent.high, recent.right, recent.n)
        rows.append(ForestRow("Last 5 study days", recent.value, recent.low, recent.high, numbers))
    if level.value is not None:
        numbers = figures(level.value, level.low, level.high, None, level.n)
        rows.append(ForestRow("Level now", level.value, level.low, level.high, numbers))
        rows += [_row(f"  {label_text(bank.label)}", bank, dim=bank.n < _FEW) for bank in level.by_bank]
    if not rows:
        return Section("level", [])
    painted = heading(width, "Lately", "next-best-step questions right", role=Role.MUTED)
    painted += [BLANK, *indented(share_forest(rows, Layout.of(rows, width - 2, most=48)))]
    return Section("level", [*painted, *caption(width, level.caption)])


def subject_section(subjects: BySubject, width: int) -> Section:
    """Subjects from low to high over the rule of all together; few items are dim."""
    if not subjects.series or subjects.value is None:
        return Section("subjects", [])
    rows = []
    for subject in subjects.series:
        numbers = figures(subject.value, subject.low, subject.high, subject.right, subject.n)
        if subject.verdict is not None:
            numbers = (*numbers, Span(f"  {subject.verdict}" if subject.verdict == "weaker" else ""))
        rows.append(
            ForestRow(
                label_text(subject.x), subject.value, subject.low, subject.high, numbers, subject.n < _FEW
            )
        )
    pooled = f"all together {share(subjects.value)}, {subjects.n} questions"
    painted = heading(width, "By subject", f"{pooled}.", role=Role.MUTED)
    layout = Layout.of(rows, width - 2, most=48)
    painted += [BLANK, *indented(share_forest(rows, layout, rule=subjects.value))]
    if subjects.shrunken:
        pulled = "Few questions are pulled toward all together (│). Interval 90%. The right column is raw."
    else:
        pulled = "Raw shares; subjects are not compared before 4 of them have 5 questions each."
    return Section("subjects", [*painted, *caption(width, subjects.caption or pulled)])


def flags_section(flagged: Flagged, width: int) -> Section:
    """Right among flagged and unflagged, and the difference."""
    if flagged.value is None:
        return Section("flags", [])
    rows = [
        _row("Flagged", flagged.flagged),
        _row("Not flagged", flagged.unflagged),
    ]
    tail = difference_row("Difference", flagged.value, flagged.low, flagged.high)
    layout = Layout.of([*rows, tail], width - 2, most=40)
    painted = heading(width, "Flagged questions", "right with and without a flag", role=Role.MUTED)
    painted += [BLANK, *indented([*share_forest(rows, layout), *difference_forest(tail, layout)])]
    why = flagged.caption or "A low figure for flagged questions means the flags are well placed."
    return Section("flags", [*painted, *caption(width, why)])
