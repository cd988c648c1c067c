"""What is drawn on axes: curves, points, bars, bands, marks and labels, and how series are told apart."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from drill.core.figures.plot import Band, Label, Mark, Series, Shape, Style
from drill.render.figure.area import Area
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
DASHES: tuple[Dash, ...] = (SOLID, (4, 2), (6, 2), (1, 2))
"""By the number of a series, so that curves differ without colour."""
FAINT_DASH: Dash = (2, 2)


def look(series: Sequence[Series], number: int) -> tuple[Role, Dash]:
    """Colour and dash of a series: points take those of the line before them."""
    if series[number].faint:
        return Role.FAINT, FAINT_DASH
    lines = [n for n, each in enumerate(series) if each.style is not Style.POINTS and not each.faint]
    place = sum(n <= number for n in lines) - (1 if lines else 0) if lines else number
    place = max(place, 0)
    return ROLES[place % len(ROLES)], DASHES[place % len(DASHES)]


def paint_band(raster: Raster, area: Area, band: Band) -> None:
    """A range around values, as sparse dots."""
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


def paint_series(raster: Raster, area: Area, series: Series, role: Role, dash: Dash) -> None:
    """A curve, steps, points or bars."""
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


def paint_mark(raster: Raster, area: Area, mark: Mark) -> None:
    """A line across the plot and its words."""
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


def paint_label(raster: Raster, area: Area, label: Label) -> None:
    """Words in the plot."""
    x = min(max(label.x, area.x.low), area.x.high)
    y = min(max(label.y, area.y.low), area.y.high)
    cell = area.cell(x, y)
    if cell is not None:
        room = area.box.left + area.box.width - cell[0]
        raster.text(cell[0], cell[1], shortened(label.text, max(room, 1)), Role.MUTED)
