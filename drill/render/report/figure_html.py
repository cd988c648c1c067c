"""The pictures of a report as HTML: an empty element for the script to fill, in words and as a table.

The ladder, tables of counts and lists are HTML as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from drill.analytics.intervals import Interval
from drill.analytics.report_json import plain
from drill.analytics.results import Point
from drill.render.charts.bars import Bars, Columns, Segments
from drill.render.charts.figures import Key, Listing, Shape, Table
from drill.render.charts.forest import Forest
from drill.render.charts.heat import Heat
from drill.render.charts.ladder import Ladder
from drill.render.charts.strips import Dots, Strip
from drill.render.charts.trend import Trend
from drill.render.report.document import escaped
from drill.render.report.part import Drawn

LAST_READ = 30
"""Blocks a series is read out for; the table has all."""
_ELEMENT = ("about", "table", "title", "keys", "notes")
"""What stands in the element of a picture, for which the script has no use."""


def drawing_data(figure: Drawn) -> dict[str, Any]:
    """What the script draws a figure from."""
    own: dict[str, Any] = {"kind": type(figure).__name__.lower()}
    match figure:
        case Trend():
            known = [point for point in figure.points if point.value is not None]
            own["points"] = [[p.x, p.value, p.low, p.high, p.eligible, figure.reading(p)] for p in known]
            own["lines"] = [[list(point) for point in line] for line in figure.lines]
        case Columns():
            own["rows"] = [[each.x, each.value, each.hollow, each.below] for each in figure.rows]
        case Forest():
            own["difference_ticks"] = plain(figure.difference_ticks)
    names = [f.name for f in fields(figure) if f.name not in own and f.name not in _ELEMENT]
    own |= {name: plain(getattr(figure, name)) for name in names}
    return {name: _drawable(part) for name, part in own.items()}


def _drawable(value: Any) -> Any:
    """Numbers to six figures, which is finer than any screen; the documents on the page have all."""
    match value:
        case float():
            return float(f"{value:.6g}")
        case dict():
            return {name: _drawable(part) for name, part in value.items()}
        case list():
            return [_drawable(part) for part in value]
        case _:
            return value


def plot(identity: str, figure: Drawn) -> str:
    """A picture for the script to draw, with its legend."""
    keys = "".join(
        f'<span><i class="key {key.shape}"></i>{escaped(key.words)}</span>' for key in _keys(figure)
    )
    below = f'<p class="legend" aria-hidden="true">{keys}</p>' if keys else ""
    name, alt = escaped(identity), escaped(spoken(figure))
    plot = f'<div class="plot" data-figure="{name}" role="img" aria-label="{alt}"></div>'
    return f"<figure>{plot}{below}</figure>"


def _keys(figure: Drawn) -> Sequence[Key]:
    match figure:
        case Trend():
            return figure.keys(whiskers=any(point.low is not None for point in figure.points))
        case Strip() | Columns() | Bars():
            return figure.keys
        case Dots():
            return [Key(Shape.NONE, note) for note in figure.notes]
        case Segments():
            shapes = (Shape.FIRST, Shape.SECOND, Shape.THIRD)
            parts = zip(shapes, figure.parts, strict=True)
            return [Key(shape, f"{count} {name}") for shape, (count, name) in parts]
        case _:
            return ()


def spoken(figure: Drawn) -> str:
    """A picture in words, for who does not see it: what it shows, and its values."""
    match figure:
        case Trend():
            return _trend_spoken(figure)
        case Dots() | Strip():
            return figure.about
        case Columns():
            last = figure.rows[-LAST_READ:]
            return f"{figure.about}. The last {len(last)}: {', '.join(row.texts[0] for row in last)}."
        case _:
            rows = figure_table(figure).rows
            values = [" ".join(row[:2]) + "".join(f", {cell}" for cell in row[2:] if cell) for row in rows]
            return f"{figure.about}: {'; '.join(values)}."


def _trend_spoken(figure: Trend) -> str:
    """What it shows, the last blocks one by one, and the level or the found verdicts."""
    read = [point for point in figure.points if point.value is not None][-LAST_READ:]
    values = ", ".join(
        f"{figure.value_text(point.value or 0)}{'' if point.eligible else ' (not in trends)'}"
        for point in read
    )
    blocks = f"Blocks {read[0].x} to {read[-1].x}" if len(read) > 1 else f"Block {read[0].x}"
    text = f"{figure.about}. {blocks}: {values}."
    if figure.band is not None:
        level = Interval(*figure.band)
        interval = figure.interval_of(level)
        text += f" Level so far {figure.value_text(level.value)}, interval {interval}."
    text += "".join(f" {words.capitalize()}." for _, words in figure.found)
    if figure.lines:
        first, last = (figure.value_text(figure.lines[-1][end].value) for end in (0, -1))
        text += f" Fitted trend from {first} to {last}."
    return text


def figure_table(figure: Drawn) -> Table:
    """The figures behind a picture."""
    match figure:
        case Dots() | Strip():
            return figure.table
        case Forest():
            tail = [figure.difference.cells] if figure.difference is not None else []
            return Table(figure.heads, (*(row.cells for row in figure.rows), *tail))
        case Columns() | Bars():
            return Table(figure.heads, tuple(row.cells for row in figure.rows))
        case Segments():
            return Table(("", "changes"), tuple((name, str(count)) for count, name in figure.parts))
        case Ladder():
            rows = (("evidence", figure.evidence_text), ("blocks at this rung", str(figure.blocks_here)))
            return Table(("", "figure"), rows)
        case Trend():
            heads = ("block", figure.unit, "one standard error", "questions", "counts")
            return Table(heads, tuple(_trend_row(figure, point) for point in figure.points))


def _trend_row(figure: Trend, point: Point) -> tuple[str, ...]:
    value, interval, counts = "not shown", "", "yes" if point.eligible else "no"
    if point.estimate is not None:
        value, interval = figure.value_text(point.estimate.value), figure.interval_of(point.estimate)
    return str(point.x), value, interval, str(point.n), counts


def table(figures: Table) -> str:
    """A table of texts; the first cell of a row names it."""
    top = "".join(
        f'<th scope="col"{_number(at, figures)}>{escaped(name)}</th>' for at, name in enumerate(figures.heads)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_number(at, figures)}>{escaped(cell)}</td>"
            if at
            else f'<th scope="row">{escaped(cell)}</th>'
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in figures.rows
    )
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def _number(column: int, figures: Table) -> str:
    return "" if column in figures.texts else ' class="num"'


def heat_table(figure: Heat) -> str:
    """A table whose cells are shaded by their counts."""
    full = max((count for row in figure.counts.values() for count in row.values()), default=0) or 1
    heads = "".join(
        f'<th scope="col"><abbr title="{escaped(long)}">{escaped(short)}</abbr></th>'
        for long, short in figure.names.values()
    )
    body = ""
    for key, (long, _) in figure.names.items():
        row = figure.counts.get(key, {})
        cells = "".join(_cell(row.get(column, 0), full, diagonal=column == key) for column in figure.names)
        total = sum(row.values())
        right = f"{row.get(key, 0)}/{total}" if total else "·"
        body += f'<tr><th scope="row">{escaped(long)}</th>{cells}<td class="total">{right}</td></tr>'
    return (
        f'<table class="heat" aria-label="{figure.about}"><thead><tr><th scope="col">{figure.corner}</th>'
        f'{heads}<th scope="col">right</th></tr></thead><tbody>{body}</tbody></table>'
    )


def _cell(count: int, full: int, *, diagonal: bool) -> str:
    kind = " diagonal" if diagonal else ""
    if not count:
        return f'<td class="none{kind}">·</td>'
    return f'<td class="cell{kind}" style="--heat:{count / full:.3f}">{count}</td>'


def rung_table(figure: Ladder) -> str:
    rows = "".join(
        f"<tr{' class=here' if rung.here else ''}>"
        + "".join(f"<td>{escaped(text)}</td>" for text in rung[:4])
        + "</tr>"
        for rung in figure.rungs
    )
    return f'<table class="rungs" aria-label="Rungs of the ladder"><tbody>{rows}</tbody></table>'


def listing(figure: Listing) -> Table:
    rows = tuple((str(block), str(position), name) for block, position, name in figure.rows)
    return Table(("block", "item", "question"), rows, texts=(0, 1, 2))
