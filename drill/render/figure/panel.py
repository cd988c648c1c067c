"""One plot painted into a box of cells: paper or grid, bands, series, marks, labels, and its axes around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from drill.core.figures.plot import Axis, Band, Label, Mark, Paper, Plot, Series, Shape, Style
from drill.render.figure.axes import Ruler
from drill.render.figure.raster import ACROSS, DOWN, SOLID, Dash, Raster
from drill.render.lines import Role
from drill.render.text import shortened

MARKS = {
    Shape.DOT: "●",
    Shape.CIRCLE: "○",
    Shape.CROSS: "×",
    Shape.SQUARE: "□",
    Shape.LEFT: "<",
    Shape.RIGHT: ">",
    Shape.TICK: "+",
}
ROLES = (Role.ACCENT, Role.TEXT, Role.WARNING, Role.MUTED)
DASHES: tuple[Dash, ...] = (SOLID, (3, 2), (5, 2), (2, 2))
"""By the number of a series, so that curves differ without colour."""
_LEAST_NAMED = 8
"""Rows of a box in which the x axis has a row for its name."""
FAINT_DASH: Dash = (1, 2)
Share = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """Cells of the raster."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Area:
    """Where data is drawn, in cells, and the parts of the axes that are in view."""

    box: Box
    x: Ruler
    y: Ruler

    @property
    def dots(self) -> tuple[int, int, int, int]:
        """The box in dots: left, top, right, bottom."""
        box = self.box
        return (
            box.left * ACROSS,
            box.top * DOWN,
            (box.left + box.width) * ACROSS,
            (box.top + box.height) * DOWN,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        """The dot of a pair of values."""
        left, top, _, bottom = self.dots
        down = self.y.dot(y)
        return left + self.x.dot(x), top + down if self.y.axis.downward else bottom - 1 - down

    def cell(self, x: float, y: float) -> tuple[int, int] | None:
        """Column and row of a pair of values; None outside."""
        if not (-1e-6 <= self.x.share(x) <= 1 + 1e-6 and -1e-6 <= self.y.share(y) <= 1 + 1e-6):
            return None
        across, down = self.at(x, y)
        return int(across) // ACROSS, int(down) // DOWN


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
        around = (4 if box.height >= _LEAST_NAMED else 3) if named else 2
        names = [name for _, name in Ruler.of(plot.y, y_share, 2).ticks(_y_names(box.height - around))]
        gutter = max(map(cell_len, names), default=0) + 1
        inner = Box(box.left + gutter, box.top + 1, box.width - gutter - 1, box.height - around)
    if inner.width < 4 or inner.height < 2:
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
        _band(raster, area, band)
    for number, series in enumerate(plot.series):
        _series(raster, area, series, *look(plot.series, number))
    for mark in plot.marks:
        _mark(raster, area, mark)
    for label in plot.labels:
        _label(raster, area, label)
    return area


def _y_names(rows: int) -> int:
    """How many names the y axis has room for."""
    return max(rows // 2, 2)


def look(series: Sequence[Series], number: int) -> tuple[Role, Dash]:
    """Colour and dash of a series: points take those of the line before them."""
    if series[number].faint:
        return Role.FAINT, FAINT_DASH
    lines = [n for n, each in enumerate(series) if each.style is not Style.POINTS and not each.faint]
    place = sum(n <= number for n in lines) - (1 if lines else 0) if lines else number
    place = max(place, 0)
    return ROLES[place % len(ROLES)], DASHES[place % len(DASHES)]


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


def _band(raster: Raster, area: Area, band: Band) -> None:
    left, top, right, bottom = area.dots
    for column in range(left, right):
        share = (column - left) / max(right - left - 1, 1)
        value = area.x.low + (area.x.high - area.x.low) * share
        edges = _at(band.x, band.low, value), _at(band.x, band.high, value)
        if edges[0] is None or edges[1] is None:
            continue
        rows = sorted(round(area.at(value, edge)[1]) for edge in edges if edge is not None)
        for row in range(max(rows[0], top), min(rows[1] + 1, bottom)):
            if (row + column) % 3 == 0:
                raster.dot(column, row, Role.FAINT, 1)


def _at(x: Sequence[float], y: Sequence[float], value: float) -> float | None:
    for (x0, y0), (x1, y1) in zip(zip(x, y, strict=True), zip(x[1:], y[1:], strict=True), strict=False):
        if x0 <= value <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (value - x0) / (x1 - x0)
    return None


def _series(raster: Raster, area: Area, series: Series, role: Role, dash: Dash) -> None:
    pairs = list(zip(series.x, series.y, strict=True))
    match series.style:
        case Style.POINTS:
            for x, y in pairs:
                cell = area.cell(x, y)
                if cell is not None:
                    column = cell[0] + (1 if raster.has_text(*cell) else 0)
                    raster.text(column, cell[1], MARKS[series.shape], role)
        case Style.BARS:
            for x, y in pairs:
                _bar(raster, area, x, y, role)
        case _:
            layer = 2 if series.faint else 3
            points = _stepped(pairs) if series.style is Style.STEPS else pairs
            dots = [area.at(x, y) for x, y in points]
            raster.stroke(dots, role, box=area.dots, layer=layer, dash=dash)


def _stepped(pairs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for x, y in pairs:
        if points:
            points.append((x, points[-1][1]))
        points.append((x, y))
    return points


def _bar(raster: Raster, area: Area, x: float, y: float, role: Role) -> None:
    base = min(max(0.0, area.y.low), area.y.high)
    middle, end = area.at(x, y)
    _, start = area.at(x, base)
    left, top, right, bottom = area.dots
    ends = sorted((round(start), round(end)))
    for column in range(max(round(middle) - 1, left), min(round(middle) + 2, right)):
        for row in range(max(ends[0], top), min(ends[1] + 1, bottom)):
            raster.dot(column, row, role, 3)


def _mark(raster: Raster, area: Area, mark: Mark) -> None:
    left, top, right, bottom = area.dots
    if mark.x is not None and 0 <= area.x.share(mark.x) <= 1:
        column = round(area.at(mark.x, area.y.low)[0])
        for row in range(top, bottom):
            if row % 4 != 3:
                raster.dot(column, row, Role.MUTED, 1)
        raster.text(column // ACROSS + 1, area.box.top, mark.text or "", Role.MUTED)
    if mark.y is not None and 0 <= area.y.share(mark.y) <= 1:
        row = round(area.at(area.x.low, mark.y)[1])
        for column in range(left, right):
            if column % 4 != 3:
                raster.dot(column, row, Role.MUTED, 1)
        words = shortened(mark.text or "", area.box.width)
        above = max(row // DOWN - 1, area.box.top)
        raster.text(area.box.left + area.box.width - cell_len(words), above, words, Role.MUTED)


def _label(raster: Raster, area: Area, label: Label) -> None:
    x = min(max(label.x, area.x.low), area.x.high)
    y = min(max(label.y, area.y.low), area.y.high)
    cell = area.cell(x, y)
    if cell is not None:
        room = area.box.left + area.box.width - cell[0]
        raster.text(cell[0], cell[1], shortened(label.text, max(room, 1)), Role.MUTED)
