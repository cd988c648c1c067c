"""Proportions and their differences as rows of a forest, and the scales they are drawn over."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.intervals import Estimate
from drill.analytics.results import Row
from drill.render.charts.figures import Tick
from drill.render.charts.forest import Forest, ForestRow
from drill.render.charts.scales import label_text
from drill.render.numbers import points_interval, share, share_interval, signed

FEW = 10
"""Rows of fewer questions are dim."""
WHOLE_SCALE = (Tick(0, "0%"), Tick(0.5, "50%"), Tick(1, "100%"))


def share_row(
    label: str, estimate: Estimate | None, raw: str, *, why_not: str = "", dim: bool = False, mark: str = ""
) -> ForestRow:
    """A proportion with its interval and its count; where it is not shown, why."""
    if estimate is None:
        return ForestRow(label, None, (why_not,))
    numbers = (share(estimate.value), share_interval(estimate), raw)
    return ForestRow(label, estimate, numbers, dim=dim, mark=mark)


def counted_row(row: Row, label: str | None = None) -> ForestRow:
    """A labelled proportion: right of n."""
    name = label_text(row.label) if label is None else label
    return share_row(name, row.estimate, f"{row.right}/{row.n}")


def bank_rows(rows: Sequence[Row], *, levels: bool = False) -> list[ForestRow]:
    """The banks of the row above that have a number, dim where they are few; a level is no share of its n."""
    return [
        share_row(
            label_text(bank.label), bank.estimate, f"n {bank.n}" if levels else f"{bank.right}/{bank.n}"
        )._replace(nested=True, dim=bank.n < FEW)
        for bank in rows
        if bank.estimate is not None
    ]


def difference_row(estimate: Estimate | None, why_not: str = "") -> ForestRow:
    """A difference of proportions in points."""
    if estimate is None:
        return ForestRow("Difference", None, (why_not,))
    interval = points_interval(estimate)
    numbers = (signed(estimate.value * 100), f"{interval} points" if interval else "")
    return ForestRow("Difference", estimate, numbers)


def cut_forest(
    about: str,
    rows: Sequence[ForestRow],
    *,
    difference: ForestRow | None = None,
    rule: float | None = None,
    most: int = 40,
    title: str = "",
) -> Forest:
    """Over 0-100 %, cut to start at 20 % or 40 % where nothing lies below; the difference over its own."""
    lows = [row.estimate.low for row in rows if row.estimate is not None and row.estimate.low is not None]
    lowest = min(lows, default=0)
    start = 0.4 if lowest > 0.42 else 0.2 if lowest > 0.22 else 0.0
    ticks = tuple(Tick(value / 100, f"{value}%") for value in range(round(start * 100), 101, 20))
    return Forest(
        about=about,
        rows=tuple(rows),
        low=start,
        ticks=ticks,
        difference=difference,
        edge=_edge(difference.estimate if difference is not None else None),
        rule=rule,
        most=most,
        title=title,
    )


def whole_forest(about: str, rows: Sequence[ForestRow], title: str = "") -> Forest:
    """Over all of 0-100 %."""
    return Forest(about=about, rows=tuple(rows), low=0, ticks=WHOLE_SCALE, title=title)


def _edge(difference: Estimate | None) -> float:
    """The end of a scale that is even on both sides of "same"."""
    if difference is None:
        return 0.2
    known = [abs(end) for end in (difference.value, difference.low, difference.high) if end is not None]
    return next((step for step in (0.2, 0.4, 0.6, 0.8) if max(known) <= step), 1.0)
