"""A plot of estimates: a row each, with its interval, its numbers, and a diamond for what is pooled."""

from __future__ import annotations

from rich.cells import cell_len

from drill.core.figures.plot import Estimate, Plot, estimate_texts
from drill.render.figure.area import Box, Share
from drill.render.figure.axes import Ruler, number_text
from drill.render.figure.raster import ACROSS, DOWN, Raster
from drill.render.lines import Role
from drill.render.text import shortened

_LEAST_PLOT = 16


def paint_estimates(
    raster: Raster, plot: Plot, box: Box, x_share: Share = (0.0, 1.0), first: int = 0
) -> None:
    """Paint rows from number `first` on; names at the left, numbers at the right where there is room."""
    numbers = [
        text if row.weight is None else f"{text}  {number_text(row.weight)} %"
        for row, text in zip(plot.estimates, estimate_texts(plot.estimates), strict=True)
    ]
    right = max(map(cell_len, numbers), default=0) + 2
    if box.width - right < _LEAST_PLOT + 8:
        numbers, right = ["" for _ in numbers], 0
    longest = max([cell_len(each.name) for each in plot.estimates], default=0) + 2
    left = min(longest, max(box.width - right - _LEAST_PLOT, 4))
    inner = Box(box.left + left, box.top, box.width - left - right, box.height - 3)
    if inner.width < 4 or inner.height < 1:
        return
    ruler = Ruler.of(plot.x, x_share, inner.width * ACROSS)
    rows = plot.estimates[first:]
    apart = 2 if len(rows) * 2 <= inner.height else 1
    shown = rows[: inner.height // apart]
    until = box.top + len(shown) * apart
    for mark in plot.marks:
        if mark.x is not None and 0 <= ruler.share(mark.x) <= 1:
            column = inner.left * ACROSS + round(ruler.dot(mark.x))
            for dot in range(box.top * DOWN, until * DOWN):
                raster.dot(column, dot, Role.MUTED, 0)
    for number, row in enumerate(shown):
        at = box.top + number * apart
        role = Role.STRONG if row.pooled else Role.TEXT
        raster.text(box.left, at, shortened(row.name, left - 1), role)
        raster.text(inner.left + inner.width + 2, at, numbers[first + number], role)
        (_diamond if row.pooled else _interval)(raster, ruler, row, inner, at)
    raster.text(inner.left, until, "─" * inner.width, Role.HAIR)
    free = 0
    for value, name in ruler.ticks(max(inner.width // 8, 2)):
        column = inner.left + round(ruler.dot(value)) // ACROSS
        raster.text(column, until, "┼", Role.HAIR)
        start = max(column - cell_len(name) // 2, box.left)
        if start >= free:
            raster.text(start, until + 1, name, Role.MUTED)
            free = start + cell_len(name) + 1
    raster.text(inner.left, until + 2, shortened(plot.x.words, inner.width), Role.MUTED)


def _interval(raster: Raster, ruler: Ruler, row: Estimate, box: Box, at: int) -> None:
    low, high = (min(max(round(ruler.dot(each)) // ACROSS, 0), box.width - 1) for each in (row.low, row.high))
    for column in range(low, high + 1):
        raster.text(box.left + column, at, "─", Role.ACCENT)
    for value, column, edge, beyond in ((row.low, low, "├", "‹"), (row.high, high, "┤", "›")):
        raster.text(
            box.left + column, at, edge if -1e-6 <= ruler.share(value) <= 1 + 1e-6 else beyond, Role.ACCENT
        )
    if 0 <= ruler.share(row.value) <= 1:
        raster.text(box.left + round(ruler.dot(row.value)) // ACROSS, at, "●", Role.ACCENT)


def _diamond(raster: Raster, ruler: Ruler, row: Estimate, box: Box, at: int) -> None:
    left = box.left * ACROSS
    low, middle, high = (round(ruler.dot(each)) for each in (row.low, row.value, row.high))
    for column in range(max(low, 0), min(high + 1, box.width * ACROSS)):
        reach = middle - low if column < middle else high - middle
        share = 1 - abs(column - middle) / reach if reach else 1.0
        rows = (0, 1, 2, 3) if share > 0.5 else (1, 2)
        for dot in rows:
            raster.dot(left + column, at * DOWN + dot, Role.ACCENT, 2)
