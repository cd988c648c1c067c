"""A whole drawing in a window of cells: its plots laid out, zoomed and panned, with legend and note below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from rich.cells import cell_len

from drill.core.figures.plot import Drawing, Plot, Style
from drill.core.frozen import dataclass
from drill.render.figure.area import Box, Share
from drill.render.figure.estimates import paint_estimates
from drill.render.figure.panel import LEAST, LEAST_NAMED, paint
from drill.render.figure.raster import ACROSS, Raster
from drill.render.figure.series import MARKS, look
from drill.render.lines import Line, Role, Span, fit, line
from drill.render.text import shortened, wrap

ZOOMS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
_PAN = 0.25
"""Of what is in view, at a press of an arrow."""


@dataclass(frozen=True, slots=True)
class View:
    """Which part of a drawing is in view, in shares of the whole."""

    left: float = 0.0
    top: float = 0.0
    zoom: int = 0
    """Index into ZOOMS."""

    @property
    def factor(self) -> float:
        """How many times larger than the whole in one window."""
        return ZOOMS[self.zoom]

    def spans(self, drawing: Drawing | None) -> tuple[float, float]:
        """Width and height in view; None is a picture.

        A tracing is stretched in time; its rows grow until one fills the window.
        """
        zoom = self.factor
        tall = min(zoom, len(drawing.rows)) if drawing is not None and drawing.paper is not None else zoom
        return 1 / zoom, 1 / tall

    def moved(self, across: int, down: int, drawing: Drawing | None) -> View:
        """Panned by so many steps, held within the drawing."""
        wide, tall = self.spans(drawing)
        left = min(max(self.left + across * _PAN * wide, 0.0), 1 - wide)
        top = min(max(self.top + down * _PAN * tall, 0.0), 1 - tall)
        return replace(self, left=left, top=top)

    def zoomed(self, step: int, drawing: Drawing | None) -> View:
        """Nearer (+1) or further (-1) around the middle of what is in view."""
        zoom = min(max(self.zoom + step, 0), len(ZOOMS) - 1)
        before, after = self.spans(drawing), replace(self, zoom=zoom).spans(drawing)
        left = self.left + (before[0] - after[0]) / 2
        top = self.top + (before[1] - after[1]) / 2
        return View(left, top, zoom).moved(0, 0, drawing)


WHOLE = View()


def drawing_lines(drawing: Drawing, width: int, height: int, view: View = WHOLE) -> list[Line]:
    """At most `height` lines of at most `width` cells."""
    below = _below(drawing, width)
    if len(below) > max(height - 8, 0):
        below = below[: max(height - 8, 0)]
    room = max(height - len(below), 0)
    raster = Raster(width, room)
    wide, tall = view.spans(drawing)
    rows = drawing.rows
    tops = _parts(drawing.heights or (1.0,) * len(rows), (view.top, view.top + tall), room)
    for row, top, cells, y_share in _lent(tops, [_least(drawing, part[0]) for part in tops]):
        plots = rows[row]
        for column, left, across, x_share in _parts(
            (1.0,) * len(plots), (view.left, view.left + wide), width
        ):
            box = Box(left, top, across, cells)
            _paint(raster, drawing, (row, column), box, (x_share, y_share))
    return [fit(each, width) for each in [*raster.lines(), *below][:height]]


def _paint(
    raster: Raster, drawing: Drawing, place: tuple[int, int], box: Box, shares: tuple[Share, Share]
) -> None:
    plot = drawing.rows[place[0]][place[1]]
    x_share, (top, bottom) = shares
    if plot.y is None:
        first = int(top * len(plot.estimates))
        paint_estimates(raster, plot, box, x_share, first)
        return
    # Shares of the height run from the top of the window, those of an axis from its low end.
    y_share = (top, bottom) if plot.y.downward else (1 - bottom, 1 - top)
    if drawing.paper is None and place[1] < len(drawing.rows[place[0]]) - 1:
        box = replace(box, width=box.width - 2)
    title, named = drawing.title(*place), _is_named(drawing, *place)
    area = paint(raster, plot, box, x_share, y_share, title=title, paper=drawing.paper, named=named)
    if area is None and box.height:
        words = f"{title or plot.y.words}: make the window larger"
        raster.text(box.left, box.top, shortened(words, max(box.width, 1)), Role.WARNING)


def _is_named(drawing: Drawing, row: int, column: int) -> bool:
    """Whether a plot names its x axis: not where the plot below it has the same."""
    below = drawing.rows[row + 1 : row + 2]
    return not (below and len(below[0]) > column and below[0][column].x == drawing.rows[row][column].x)


def _least(drawing: Drawing, row: int) -> int:
    """Cells that a row of plots needs to show a curve."""
    if drawing.paper is not None or any(plot.y is None for plot in drawing.rows[row]):
        return 1
    return max(
        LEAST_NAMED if _is_named(drawing, row, column) else LEAST for column in range(len(drawing.rows[row]))
    )


def _lent(
    parts: Sequence[tuple[int, int, int, Share]], least: Sequence[int]
) -> list[tuple[int, int, int, Share]]:
    """Parts below their least get cells from the one with most to spare, while there is one."""
    cells = [part[2] for part in parts]
    for needy, wanted in enumerate(least):
        while cells[needy] < wanted:
            spare, giver = max(
                (have - need, i) for i, (have, need) in enumerate(zip(cells, least, strict=True))
            )
            if spare <= 0:
                break
            cells[giver] -= 1
            cells[needy] += 1
    first = parts[0][1] if parts else 0
    tops = [first + sum(cells[:i]) for i in range(len(cells))]
    return [(part[0], top, have, part[3]) for part, top, have in zip(parts, tops, cells, strict=True)]


def _parts(weights: Sequence[float], window: Share, cells: int) -> list[tuple[int, int, int, Share]]:
    """Parts that are in a window: number, first cell, cells, and the share of the part in view."""
    start, end = window
    size = end - start
    found = []
    edges = [0.0, *accumulate(weight / sum(weights) for weight in weights)]
    for number, (low, high) in enumerate(pairwise(edges)):
        seen_low, seen_high = max(low, start), min(high, end)
        if seen_high - seen_low <= 1e-9:
            continue
        first = round((seen_low - start) / size * cells)
        last = round((seen_high - start) / size * cells)
        if last > first:
            share = ((seen_low - low) / (high - low), (seen_high - low) / (high - low))
            found.append((number, first, last - first, share))
    return found


def dot_ms(drawing: Drawing, width: int, view: View = WHOLE) -> float | None:
    """Milliseconds a dot across, of a drawing on tracing paper; None for others."""
    if drawing.paper is None:
        return None
    wide, _ = view.spans(drawing)
    longest = max(drawing.rows, key=len)
    seconds = sum(plot.x.high - plot.x.low for plot in longest)
    return 1000 * seconds * wide / max(width * ACROSS, 1)


def _below(drawing: Drawing, width: int) -> list[Line]:
    """Legend and note."""
    rows: list[Line] = []
    entries = _entries(drawing)
    used = width
    for spans in entries:
        cells = sum(cell_len(span.text) for span in spans)
        if used + 3 + cells > width or not rows:
            rows.append(Line(tuple(spans)))
            used = cells
        else:
            rows[-1] = Line((*rows[-1].spans, Span("   "), *spans))
            used += 3 + cells
    rows += [line((text, Role.MUTED)) for text in wrap(drawing.note, max(width, 1))] if drawing.note else []
    return rows


def _entries(drawing: Drawing) -> list[list[Span]]:
    seen: set[str] = set()
    entries = []
    for plot in (plot for row in drawing.rows for plot in row):
        for number, series in enumerate(plot.series):
            if series.name and series.name not in seen:
                seen.add(series.name)
                entries.append([_key(plot, number), Span(f" {shortened(series.name, 40)}", Role.MUTED)])
        for band in plot.bands:
            if band.name and band.name not in seen:
                seen.add(band.name)
                entries.append([Span("░░░", Role.FAINT), Span(f" {shortened(band.name, 40)}", Role.MUTED)])
    return entries


def _key(plot: Plot, number: int) -> Span:
    series = plot.series[number]
    role, dash = look(plot.series, number)
    if series.style is Style.POINTS:
        return Span(MARKS[series.shape], role)
    raster = Raster(5, 1)
    raster.stroke([(0, 1), (9, 1)], role, box=(0, 0, 10, 4), dash=dash)
    return Span(raster.lines()[0].text.ljust(5), role)
