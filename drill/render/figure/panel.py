"""One plot painted into a box of cells: paper or grid, bands, series, marks, labels, and its axes around."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from drill.core.figures.plot import Axis, Paper, Plot
from drill.render.figure.area import Area, Box, Share
from drill.render.figure.axes import Ruler
from drill.render.figure.raster import ACROSS, DOWN, Raster
from drill.render.figure.series import look, paint_band, paint_label, paint_mark, paint_series
from drill.render.lines import Role
from drill.render.text import shortened

_TITLED = 8
"""Rows of a box from which on the x axis has a row for its name."""
_CURVE = 2
LEAST, LEAST_NAMED = 2 + _CURVE, 3 + _CURVE
"""Rows of a box in which a curve can be seen; with the numbers of the x axis."""


def paint(
    raster: Raster,
    plot: Plot,
    box: Box,
    x_share: Share = (0.0, 1.0),
    y_share: Share = (0.0, 1.0),
    *,
    title: str = "",
    paper: Paper | None = None,
    named: bool = True,
) -> Area | None:
    """Paint a plot that has a y axis; None where the box is too small to draw in.

    Not `named`: the plot below has the same x axis, and names it.
    """
    assert plot.y is not None
    if paper is not None:
        inner = box
    else:
        around = (4 if box.height >= _TITLED else LEAST_NAMED - _CURVE) if named else LEAST - _CURVE
        names = [name for _, name in Ruler.of(plot.y, y_share, 2).ticks(_y_names(box.height - around))]
        gutter = max(map(cell_len, names), default=0) + 1
        inner = Box(box.left + gutter, box.top + 1, box.width - gutter - 1, box.height - around)
    if inner.width < 4 or inner.height < _CURVE:
        return None
    across = Ruler.of(plot.x, x_share, inner.width * ACROSS)
    down = Ruler.of(plot.y, y_share, inner.height * DOWN)
    area = Area(inner, across, down)
    if paper is not None:
        _paper(raster, area, paper)
        raster.text(inner.left, inner.top, title, Role.STRONG)
    else:
        _axes(raster, plot.x, plot.y, area, box, title, grid=plot.grid, named=named)
    for band in plot.bands:
        paint_band(raster, area, band)
    for number, series in enumerate(plot.series):
        paint_series(raster, area, series, *look(plot.series, number))
    for mark in plot.marks:
        paint_mark(raster, area, mark)
    for label in plot.labels:
        paint_label(raster, area, label)
    return area


def _y_names(rows: int) -> int:
    """How many names the y axis has room for."""
    return max(rows // 2, 2)


def _paper(raster: Raster, area: Area, paper: Paper) -> None:
    """Large squares as dotted lines; every fifth where they would lie too close."""
    left, top, right, bottom = area.dots
    step_x = paper.x if area.x.dot(area.x.low + paper.x) >= 4 else paper.x * 5
    step_y = paper.y if area.y.dot(area.y.low + paper.y) >= 4 else paper.y * 2
    for value in _steps(area.x, step_x):
        column = left + round(area.x.dot(value))
        for row in range(top + 1, bottom, 4):
            if column < right:
                raster.dot(column, row, Role.HAIR, 0)
    for value in _steps(area.y, step_y):
        row = bottom - 1 - round(area.y.dot(value))
        for column in range(left, right, 4):
            if row >= top:
                raster.dot(column, row, Role.HAIR, 0)


def _steps(ruler: Ruler, step: float) -> Iterator[float]:
    number = int(ruler.low / step) - 1
    while number * step <= ruler.high + step * 1e-6:
        if number * step >= ruler.low - step * 1e-6:
            yield number * step
        number += 1


def _axes(
    raster: Raster, x: Axis, y: Axis, area: Area, box: Box, title: str, *, grid: bool, named: bool
) -> None:
    inner = area.box
    bottom = inner.top + inner.height
    words = shortened(f"{title}: {y.words}" if title else y.words, max(box.width, 1))
    raster.text(box.left, box.top, words, Role.MUTED)
    for row in range(inner.top, bottom):
        raster.text(inner.left - 1, row, "│", Role.HAIR)
    raster.text(inner.left - 1, bottom, "┼" + "─" * inner.width, Role.HAIR)
    last_row: int | None = None
    for value, name in area.y.ticks(_y_names(inner.height)):
        _, dot = area.at(area.x.low, value)
        row = int(dot) // DOWN
        if last_row is not None and abs(row - last_row) < 2:
            continue
        last_row = row
        raster.text(inner.left - 1 - cell_len(name), row, name, Role.MUTED)
        raster.text(inner.left - 1, row, "┼", Role.HAIR)
        if grid:
            for column in range(area.dots[0], area.dots[2], 4):
                raster.dot(column, int(dot), Role.HAIR, 0)
    free = 0
    widest = max([cell_len(name) for _, name in area.x.ticks(4)], default=1)
    for value, name in area.x.ticks(max(inner.width // (widest + 3), 2)):
        dot, _ = area.at(value, area.y.low)
        column = min(int(dot) // ACROSS, inner.left + inner.width - 1)
        raster.text(column, bottom, "┼", Role.HAIR)
        start = min(max(column - cell_len(name) // 2, box.left), box.left + box.width - cell_len(name))
        if named and start >= free:
            raster.text(start, bottom + 1, name, Role.MUTED)
            free = start + cell_len(name) + 1
        if grid:
            for row in range(area.dots[1], area.dots[3], 4):
                raster.dot(int(dot), row, Role.HAIR, 0)
    if named and bottom + 2 < box.top + box.height:
        words = shortened(x.words, max(inner.width, 1))
        raster.text(box.left + box.width - cell_len(words), bottom + 2, words, Role.MUTED)
