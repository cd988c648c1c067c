"""A dot a block over time: whiskers, an even line, a flat band or a fitted line, hollow dots apart."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from drill.analytics.results import Band, LinePoint, Point
from drill.render.charts.scales import Grid, RowAxis, centred_label
from drill.render.lines import Line, Role

SLOTS = 20
"""Blocks the chart has room for at first; later ones bring the dots closer together."""
GUTTER = 7
"""Columns left of the dots, for the labels of the rows."""
_WIDEST_STEP = 6
_WHISKER_STEP = 2
"""Closer whiskers would read as an area."""
_LABEL_ROOM = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class DotChart:
    """What is drawn over the blocks; all values in the unit of the axis."""

    axis: RowAxis
    label: Callable[[float], str]
    series: Sequence[Point] = ()
    rule: float | None = None
    """A hairline: 90 s."""
    band: Band | None = None
    """Drawn while there is no verdict."""
    band_after: int | None = None
    """The block_index the band begins after; None: it spans the chart."""
    fitted: Sequence[Sequence[LinePoint]] = ()
    """Drawn with a verdict only."""
    selected: int | None = None
    """The block_index under the cursor."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where each block's column is."""

    first: int
    slots: int
    cells: int

    @property
    def step(self) -> float:
        """Columns from one block to the next; below 1 several share a column."""
        return min(self.cells / self.slots, _WIDEST_STEP)

    @property
    def reach(self) -> int:
        """Columns from the first slot to the last."""
        return min(math.ceil(self.slots * self.step), self.cells)

    def column(self, block: int) -> int:
        """The column of a block, held within the plot."""
        at = math.floor((block - self.first + 0.5) * self.step)
        return min(max(at, 0), self.reach - 1)


def block_columns(series: Sequence[Point], width: int) -> Blocks:
    """The columns of a series whose x are block numbers, `width` cells for the whole chart."""
    numbers = [point.x for point in series if isinstance(point.x, int)] or [1]
    first = min(numbers) if min(numbers) > SLOTS else 1
    return Blocks(first, max(max(numbers) - first + 1, SLOTS), max(width - GUTTER, 1))


def has_whiskers(series: Sequence[Point], width: int) -> bool:
    """Whether the dots stand far enough apart for whiskers, and there is one to draw."""
    return block_columns(series, width).step >= _WHISKER_STEP and any(
        point.low is not None for point in series
    )


def dot_chart(chart: DotChart, width: int) -> list[Line]:
    """`axis.rows` rows and one of block numbers, each at most `width` cells."""
    rows = chart.axis.rows
    grid = Grid(max(width, 0), rows + 1)
    columns = block_columns(chart.series, width)
    plot = range(GUTTER, GUTTER + columns.reach)
    if chart.band is not None:
        start = plot.start
        if chart.band_after is not None:
            start = min(GUTTER + columns.column(chart.band_after) + 1, plot.stop)
        for row in range(chart.axis.row(chart.band.high), chart.axis.row(chart.band.low) + 1):
            grid.put(start, row, "░" * (plot.stop - start), Role.HAIR)
    if chart.rule is not None:
        grid.put(plot.start, chart.axis.row(chart.rule), "─" * len(plot), Role.HAIR)
    for fitted in chart.fitted:
        _fitted(grid, chart.axis, columns, fitted)
    if has_whiskers(chart.series, width):
        for point in chart.series:
            _whisker(grid, chart.axis, columns, point)
    for point in sorted(chart.series, key=lambda point: point.eligible):
        _dot(grid, chart.axis, columns, point)
    _row_labels(grid, chart)
    _block_labels(grid, columns, rows, chart.selected)
    return grid.lines()


def _fitted(grid: Grid, axis: RowAxis, columns: Blocks, fitted: Sequence[LinePoint]) -> None:
    points = sorted((columns.column(point.x), point.value) for point in fitted)
    for (left, start), (right, end) in pairwise(points):
        for column in range(left, right + 1):
            share = (column - left) / max(right - left, 1)
            grid.put(GUTTER + column, axis.row(start + (end - start) * share), "·", Role.STRONG)


def _whisker(grid: Grid, axis: RowAxis, columns: Blocks, point: Point) -> None:
    if not isinstance(point.x, int) or point.low is None or point.high is None:
        return
    for row in range(axis.row(point.high), axis.row(point.low) + 1):
        grid.put(GUTTER + columns.column(point.x), row, "│", Role.MUTED)


def _dot(grid: Grid, axis: RowAxis, columns: Blocks, point: Point) -> None:
    if not isinstance(point.x, int) or point.value is None:
        return
    glyph, role = ("●", Role.ACCENT) if point.eligible else ("○", Role.MUTED)
    grid.put(GUTTER + columns.column(point.x), axis.row(point.value), glyph, role)


def _row_labels(grid: Grid, chart: DotChart) -> None:
    rows = chart.axis.rows
    marked = {0, rows - 1}
    if chart.rule is not None:
        at = chart.axis.row(chart.rule)
        marked = {row for row in marked if abs(row - at) > 1} | {at}
    elif rows > 4:
        marked.add((rows - 1) // 2)
    for row in marked:
        grid.put(0, row, f"{chart.label(chart.axis.value(row)):>{GUTTER - 1}}"[: GUTTER - 1], Role.MUTED)


def _block_labels(grid: Grid, columns: Blocks, row: int, selected: int | None) -> None:
    last = columns.first + columns.slots - 1
    every = next(
        step
        for step in (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 10**9)
        if columns.column(columns.first + step) - columns.column(columns.first) >= _LABEL_ROOM
        or step >= columns.slots
    )
    numbers = [columns.first, *range((columns.first // every + 1) * every, last + 1, every)]
    free = -1
    for number in numbers:
        at = GUTTER + columns.column(number)
        if at - len(str(number)) // 2 > free:
            centred_label(grid, at, row, str(number), Role.MUTED)
            free = at + len(str(number))
    if selected is not None:
        name = f" {selected} "
        centred_label(grid, GUTTER + columns.column(selected), row, name, Role.ACCENT_STRONG)
