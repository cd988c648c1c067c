"""A figure in words: its description and the numbers behind it, for plain mode and screen readers."""

from __future__ import annotations

from drill.core.figures.figure import Figure, Picture
from drill.core.figures.plot import Drawing, Plot, estimate_texts
from drill.render.figure.axes import number_text
from drill.render.text import one_line, sanitize

_ROWS = 40
"""Of a series; a longer one is given by as many of its points, evenly spaced."""


def figure_text(number: int, figure: Figure) -> list[str]:
    """Lines that tell a figure."""
    rows = [f"Figure {number}: {one_line(figure.name)}.", sanitize(figure.alt)]
    drawing = figure.drawing
    if drawing is None:
        assert isinstance(figure.content, Picture)
        size = f"{figure.content.width_px} x {figure.content.height_px}"
        rows.append(f"A picture of {size} pixels; it cannot be told in numbers.")
    else:
        rows += [f"  {name}: {value}" for name, value in figure_numbers(drawing)]
    origin = [text for text in (figure.source, figure.license) if text]
    if origin:
        rows.append(f"Source: {one_line(', '.join(origin))}")
    return rows


def figure_numbers(drawing: Drawing) -> list[tuple[str, str]]:
    """(name, value) rows: what a shorthand says of itself, else every series of its plots."""
    if drawing.numbers:
        return [(one_line(name), one_line(value)) for name, value in drawing.numbers]
    return [row for plots in drawing.rows for plot in plots for row in _plot_numbers(plot)]


def _plot_numbers(plot: Plot) -> list[tuple[str, str]]:
    rows = [("Across", one_line(plot.x.words))]
    if plot.y is not None:
        rows.append(("Up", one_line(plot.y.words)))
    for at, series in enumerate(plot.series, 1):
        pairs = list(zip(series.x, series.y, strict=True))
        step = -(-len(pairs) // _ROWS)
        values = "; ".join(f"{number_text(x)}: {number_text(y)}" for x, y in pairs[::step])
        rows.append((one_line(series.name or f"Series {at}"), values))
    for at, band in enumerate(plot.bands, 1):
        triples = list(zip(band.x, band.low, band.high, strict=True))
        step = -(-len(triples) // _ROWS)
        values = "; ".join(
            f"{number_text(x)}: {number_text(low)} to {number_text(high)}" for x, low, high in triples[::step]
        )
        rows.append((one_line(band.name or f"Band {at}"), values))
    texts = estimate_texts(plot.estimates)
    rows += [(one_line(row.name), text) for row, text in zip(plot.estimates, texts, strict=True)]
    for mark in plot.marks:
        axis, value = ("x", mark.x) if mark.x is not None else ("y", mark.y)
        rows.append((f"Line at {axis} {number_text(value or 0.0)}", one_line(mark.text or "")))
    rows += [
        (one_line(label.text), f"at {number_text(label.x)}, {number_text(label.y)}") for label in plot.labels
    ]
    return rows
