"""A part of a report as HTML: its words, its pictures with their figures in words and as a table.

Pictures are empty elements that the page's script fills, each by the kind of its figure from the data that
`Drawings` gathers; tables of counts, the ladder and lists are HTML as they are.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from drill.analytics.intervals import Interval
from drill.analytics.report_json import plain
from drill.analytics.results import Point
from drill.render.charts.figures import (
    Bars,
    Columns,
    Dots,
    Drawn,
    Figure,
    Forest,
    Heat,
    Key,
    Ladder,
    Listing,
    Segments,
    Shape,
    Strip,
    Table,
    Trend,
)
from drill.render.charts.scales import label_text
from drill.render.report.explain import explanation, explanation_parts
from drill.render.report.part import Part, Statement, Waiting, Weight

_ELEMENT = ("about", "table", "title", "keys", "notes")
"""What stands in the element of a picture, for which the script has no use."""
LAST_READ = 30
"""Blocks a series is read out for; the table has all."""


def escaped(text: str) -> str:
    """Text from anywhere as HTML text: one safe row, usable in attributes too."""
    return html.escape(label_text(text), quote=True)


def statements(found: Iterable[Statement], *, identity: str) -> str:
    """The verdict and what goes with it: the leading one is a heading, its sentence stands under it."""
    parts: list[str] = []
    for head, rest, weight in found:
        match weight:
            case Weight.LEAD:
                parts.append(f'<h2 id="{identity}-verdict">{escaped(head)}</h2>')
                parts += [f'<p class="said">{escaped(rest)}</p>'] if rest else []
            case Weight.PLAIN:
                parts.append(f'<p class="said">{escaped(f"{head} {rest}")}</p>')
            case Weight.QUIET:
                parts.append(f'<p class="quiet">{escaped(rest)}</p>')
    return f'<div class="verdict">{"".join(parts)}</div>'


@dataclass(slots=True)
class Drawings:
    """The figures of a page that its script draws, by the name their element bears."""

    figures: dict[str, Any] = field(default_factory=dict)

    def part(self, name: str, part: Part, *, headed: bool = True) -> str:
        """Head, sentence, notes, pictures, captions, and folded below: figures and what the number means.

        Head and first picture are one box, which paper keeps together.
        """
        drawn, tables = self._drawn(name, part.figures)
        first, *others = drawn or [""]
        muted = " muted" if part.is_description else ""
        sentence = f"{part.said} {part.decision}".strip()
        said = f'<p class="said{muted}">{escaped(sentence)}</p>' if sentence else ""
        notes = "".join(f'<p class="note">{escaped(note)}</p>' for note in part.notes)
        head = f"<h3>{escaped(part.head)}</h3>{said}{notes}" if headed else ""
        below = "".join(f'<p class="caption">{escaped(text)}</p>' for text in part.captions if text)
        more = f"<details open><summary>Figures</summary>{tables}</details>" if tables else ""
        if part.explains is not None:
            more += about(part.explains)
        folded = f'<div class="more">{more}</div>' if more else ""
        body = f'<div class="keep">{head}{first}</div>{"".join(others)}{below}{folded}'
        return f'<section class="metric" aria-label="{escaped(part.head)}">{body}</section>'

    def _drawn(self, name: str, figures: Sequence[Figure]) -> tuple[list[str], str]:
        """Each picture, and the tables of those that fold theirs away."""
        drawn: list[str] = []
        tables = ""
        for number, figure in enumerate(figures, 1):
            match figure:
                case Heat():
                    drawn.append(f"<figure>{_heat(figure)}</figure>")
                    continue
                case Listing():
                    drawn.append(f"<figure>{table(_listing(figure))}</figure>")
                    continue
                case Forest() if figure.title:
                    drawn.append(f'<p class="subhead">{escaped(figure.title)}</p>')
            if not isinstance(figure, Ladder) or figure.evidence is not None:
                identity = name if number == 1 else f"{name} {number}"
                self.figures[identity] = _data(figure)
                drawn.append(_plot(identity, figure))
                tables += table(figure_table(figure))
            if isinstance(figure, Ladder):
                drawn.append(_rungs(figure))
        return drawn, tables


def _data(figure: Drawn) -> dict[str, Any]:
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


def _plot(identity: str, figure: Drawn) -> str:
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


def _heat(figure: Heat) -> str:
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


def _rungs(figure: Ladder) -> str:
    rows = "".join(
        f"<tr{' class=here' if rung.here else ''}>"
        + "".join(f"<td>{escaped(text)}</td>" for text in rung[:4])
        + "</tr>"
        for rung in figure.rungs
    )
    return f'<table class="rungs" aria-label="Rungs of the ladder"><tbody>{rows}</tbody></table>'


def _listing(figure: Listing) -> Table:
    rows = tuple((str(block), str(position), name) for block, position, name in figure.rows)
    return Table(("block", "item", "question"), rows, texts=(0, 1, 2))


def about(metric: str) -> str:
    """What a number means, folded, in the words of `drill explain`."""
    found = explanation(metric)
    body = f"<p>{html.escape(found.means)}</p>"
    body += "".join(f"<p><b>{label}</b> {html.escape(text)}</p>" for label, text in explanation_parts(found))
    return f'<details class="about"><summary>What this means</summary>{body}</details>'


def not_yet(waiting: Sequence[Waiting]) -> str:
    """Metrics below their minimum, each with how far it is."""
    if not waiting:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escaped(each.title)}</th><td>{escaped(each.why)}</td></tr>' for each in waiting
    )
    return (
        '<section class="metric" aria-label="Not yet"><h3>Not yet</h3><p class="said muted">these need more '
        f"questions.</p><figure><table><tbody>{rows}</tbody></table></figure></section>"
    )
