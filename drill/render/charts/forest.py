"""Estimates with their intervals, one a row, over one scale, and a rule to compare them with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from drill.analytics.intervals import Estimate
from drill.render.charts.scales import Grid, Label, Scale, axis_labels, padded
from drill.render.lines import Line, Role, Span, line


class ForestRow(NamedTuple):
    """One estimate; `words` stand in the plot's place where there is none."""

    label: str
    estimate: Estimate | None
    numbers: tuple[Span, ...] = ()
    """At the right of the plot."""
    dim: bool = False
    """Few items: painted faint."""
    words: str = ""


class Layout(NamedTuple):
    """Columns of label, plot and numbers."""

    label: int
    plot: int
    gap: int = 3

    @classmethod
    def of(cls, rows: Sequence[ForestRow], width: int, *, most: int = 58) -> Layout:
        """Room for the longest label and numbers, and the rest for the plot, at most `most` cells.

        Where the plot would have under 8 cells, labels are cut.
        """
        label = max([cell_len(row.label) for row in rows], default=0) + 2
        numbers = max([sum(cell_len(span.text) for span in row.numbers) for row in rows], default=0)
        gap = 3 if width >= 60 else 2
        room = width - numbers - gap
        if room - label < 8:
            label = max(min(label, room - 8), 0)
        return cls(label, max(min(room - label, most), 0), gap)


def forest(
    rows: Sequence[ForestRow],
    layout: Layout,
    low: float,
    high: float,
    *,
    rule: float | None = None,
    ticks: Sequence[Label] = (),
) -> list[Line]:
    """A line per row, and one of ticks if there are any."""
    scale = Scale(low, high, layout.plot)
    painted = [
        line(
            (padded(row.label, layout.label), Role.FAINT if row.dim else Role.TEXT),
            *forest_row(row, scale, rule),
            " " * layout.gap,
            *row.numbers,
        )
        for row in rows
    ]
    if ticks and layout.plot > 0:
        painted.append(axis_labels(ticks, scale, left=layout.label))
    return painted


def forest_row(row: ForestRow, scale: Scale, rule: float | None = None) -> tuple[Span, ...]:
    """Exactly `scale.cells` cells: `├───●──┤`, with the rule `│` or, where the interval crosses it, `┼`."""
    grid = Grid(scale.cells, 1)
    grid.put(0, 0, " " * scale.cells)
    if row.estimate is None:
        grid.put(0, 0, row.words, Role.MUTED)
    else:
        _interval(grid, row.estimate, scale, dim=row.dim)
    if rule is not None and (row.estimate is not None or not row.words):
        at = (scale.cell(rule), 0)
        under = grid.cells.get(at, (" ", Role.TEXT))[0]
        crossed = {"─": "┼", " ": "│"}.get(under)
        if crossed is not None:
            grid.put(*at, crossed, Role.MUTED if under == "─" else Role.HAIR)
    painted = grid.lines()[0]
    missing = scale.cells - len(painted.text)
    return (*painted.spans, Span(" " * max(missing, 0)))


def _interval(grid: Grid, estimate: Estimate, scale: Scale, *, dim: bool) -> None:
    if estimate.low is not None and estimate.high is not None:
        left, right = scale.cell(estimate.low), scale.cell(estimate.high)
        whisker = Role.FAINT if dim else Role.MUTED
        grid.put(left, 0, "─" * (right - left + 1), whisker)
        grid.put(left, 0, "├", whisker)
        grid.put(right, 0, "┤", whisker)
    grid.put(scale.cell(estimate.value), 0, "●", Role.FAINT if dim else Role.ACCENT)
