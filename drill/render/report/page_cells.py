"""A report in cells: its parts one below the other or in two columns, and where each begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drill.render import links
from drill.render.charts import bars, strips
from drill.render.charts.bars import Bars, Columns, Segments
from drill.render.charts.figures import Listing
from drill.render.charts.forest import Forest, forest
from drill.render.charts.heat import Heat, heat_cells, heat_map
from drill.render.charts.ladder import Ladder, ladder
from drill.render.charts.scales import padded
from drill.render.charts.strips import Dots, Strip
from drill.render.charts.trend import Trend, trend_chart
from drill.render.frame import TALL, indented
from drill.render.lines import BLANK, Line, Role, Span, beside, fit, line, spread
from drill.render.prose import COLUMN_GAP, Body, prose
from drill.render.report.part import Abreast, Figure, Part, Statement, View, Weight
from drill.render.report.scope import scope_part
from drill.render.text import count_text


class Page(NamedTuple):
    """A painted report and where its parts begin."""

    lines: list[Line]
    marks: tuple[tuple[int, str], ...]
    """(row, name of the part that begins there), by row."""


def paint(view: View, width: int, height: int | None = None, *, selected: int | None = None) -> list[Line]:
    """The whole report at a width, margins included, at most `width` cells a line.

    `height` is that of the window (it decides the rows of the chart, nothing is left out); None is a
    text report. `selected` is the block_index whose figures are read out under the chart.
    """
    return paint_page(view, width, height, selected=selected).lines


def paint_page(view: View, width: int, height: int | None = None, *, selected: int | None = None) -> Page:
    """The same with the rows where its parts begin, for `more_line` and for jumps."""
    body = Body.of(width)
    gap = 2 if body.wide and (height is None or height >= TALL) else 1
    rows = chart_rows(height)
    head = statement_lines(view.statements, body.width)
    if view.chart is not None:
        head += [BLANK, *part_lines(view.chart, body.width, chart_rows=rows, selected=selected)]
    scope = part_lines(scope_part(view.scope), body.width)
    tail = [("not yet", _not_yet(view, body.width)), ("what this rests on", scope)]
    top = stack([("verdict", head)], gap)
    if not body.wide or not view.wide:
        named = [(name, part_lines(part, body.width, chart_rows=rows)) for name, part in view.parts.items()]
        return placed(below(top, stack([*named, *tail], 1), 1), body, width)
    for arrangement in view.wide:
        top = below(top, _abreast(view.parts, arrangement, body, gap, rows), gap)
    return placed(below(top, stack(tail, 1), gap), body, width)


def chart_rows(height: int | None) -> int:
    """Rows of a trend's dots: a text report and a tall window have room, a low one gives rows up."""
    if height is None or height >= TALL:
        return 11
    return min(max(height - 15, 5), 9)


def statement_lines(statements: Iterable[Statement], width: int) -> list[Line]:
    """The statements above a report; head and sentence on one row where both fit."""
    rows: list[Line] = []
    for head, rest, weight in statements:
        role = Role.STRONG if weight is Weight.LEAD else Role.TEXT
        if weight is Weight.QUIET:
            rows += prose(width, (rest, Role.MUTED))
        elif len(head) + 2 + len(rest) <= width:
            rows += prose(width, (head, role), f"  {rest}")
        else:
            rows += [*prose(width, (head, role)), *prose(width, rest)]
    return rows


def part_lines(part: Part, width: int, *, chart_rows: int = 11, selected: int | None = None) -> list[Line]:
    """Head, notes, pictures and captions of one part."""
    rows: list[Line] = []
    if part.head and not part.headless:
        role = Role.MUTED if part.is_description else Role.TEXT
        said = f"  {part.said}{' ' if part.decision else ''}" if part.said else ""
        rows = prose(width, (part.head, Role.STRONG), (said, role), (part.decision, Role.STRONG))
    for note in part.notes:
        rows += prose(width, (note, Role.MUTED))
    for figure in part.figures:
        drawn = figure_lines(figure, width, flush=part.flush, chart_rows=chart_rows, selected=selected)
        is_close = isinstance(figure, (Trend, Columns)) or not rows
        rows += drawn if is_close else [BLANK, *drawn]
    for caption in part.captions:
        rows += prose(width, (caption, Role.MUTED))
    return rows


def figure_lines(
    figure: Figure, width: int, *, flush: bool, chart_rows: int, selected: int | None
) -> list[Line]:
    """A figure under the words of its part: two columns in from them, but for what needs the room."""
    inner = width if flush else width - 2
    match figure:
        case Trend():
            painted = trend_chart(figure, width, chart_rows, selected)
            for point in figure.points:
                if point.x == selected and point.value is not None:
                    block = (f"› Block {point.x}", Role.ACCENT_STRONG)
                    painted += prose(width, block, f"  {figure.reading(point)}")
            return painted
        case Columns():
            rows = [] if figure.on_page_only else bars.block_columns(figure, inner)
        case Forest():
            title = prose(width, (figure.title, Role.MUTED))
            return [*title, *indented(forest(figure, inner, gap=int(flush)), width - inner)]
        case Bars():
            rows = bars.bars(figure, inner)
        case Segments():
            rows = bars.segments(figure, inner)
        case Dots():
            rows = strips.dots(figure, inner)
        case Strip():
            rows = strips.strip(figure, inner)
        case Ladder():
            rows = ladder(figure, inner)
        case Heat():
            rows = heat_map(figure, inner)
        case Listing():
            rows = _listing(figure, inner)
    return indented(rows, width - inner)


def _listing(figure: Listing, width: int) -> list[Line]:
    rows = []
    for block, position, name in figure.rows:
        at = f"block {block:>3}  item {position:>2}  "
        rows.append(line((at, Role.MUTED), padded(name, max(width - len(at), 0))))
    return rows


def _not_yet(view: View, width: int) -> list[Line]:
    """Metrics below their minimum, each with how far it is."""
    if not view.waiting:
        return []
    label = max(len(waiting.title) for waiting in view.waiting) + 3
    rows = [line(f"{waiting.title:<{label}}", (waiting.why, Role.MUTED)) for waiting in view.waiting]
    head = prose(width, ("Not yet", Role.STRONG), ("  these need more questions.", Role.MUTED))
    return [*head, *indented(rows, 2)]


def stack(parts: Sequence[tuple[str, Sequence[Line]]], gap: int) -> Page:
    """One part (name, rows) below the other, `gap` blank rows between; empty ones are left out."""
    page = Page([], ())
    for name, rows in parts:
        page = below(page, Page(list(rows), ((0, name),)), gap)
    return page


def below(first: Page, second: Page, gap: int) -> Page:
    """One page under another."""
    if not second.lines:
        return first
    start = len(first.lines) + gap if first.lines else 0
    marks = tuple((row + start, name) for row, name in second.marks)
    return Page(first.lines + [BLANK] * (start - len(first.lines)) + second.lines, first.marks + marks)


def _abreast(parts: Mapping[str, Part], wanted: Abreast, body: Body, gap: int, rows: int) -> Page:
    """Parts in two columns, or one below the other where a table of counts needs all the room."""

    def column(names: Sequence[str], width: int) -> Page:
        kept = [(name, part_lines(parts[name], width, chart_rows=rows)) for name in names if name in parts]
        return stack(kept, gap)

    if not wanted.right:
        return column(wanted.left, body.width)
    left = _left_cells(parts, wanted, body)
    if left is None:
        return column((*wanted.left, *wanted.right), body.width)
    right = column(wanted.right, body.width - left - COLUMN_GAP)
    first = column(wanted.left, left)
    if not first.lines and wanted.right_cells is not None:
        return column(wanted.right, body.width - body.column - COLUMN_GAP)
    lines = beside(first.lines, right.lines, left + COLUMN_GAP)
    return Page(lines, tuple(sorted([*first.marks, *right.marks])))


def _left_cells(parts: Mapping[str, Part], wanted: Abreast, body: Body) -> int | None:
    """Cells of the left column; None: there is no room for two."""
    if wanted.right_cells is None:
        return body.column
    broadest = body.width - wanted.right_cells - COLUMN_GAP
    heats = [f for name in wanted.left if name in parts for f in parts[name].figures if isinstance(f, Heat)]
    if not heats:
        return broadest
    least, most = heat_cells(heats[0])
    left = min(max(most, body.column), broadest)
    return left if left >= least else None


def placed(page: Page, body: Body, width: int) -> Page:
    """The page moved to its place and cut to the window."""
    space = Span(" " * body.left)
    rows = [Line((space, *fit(row, body.width).spans)) if row.spans else row for row in page.lines]
    return Page([fit(row, width) for row in rows], page.marks)


def more_line(page: Page, first_row: int, rows: int, width: int) -> Line:
    """The last row of a window that shows `rows` rows from `first_row`: which parts begin below it.

    Where one row alone is left, it stands there itself.
    """
    end = first_row + rows
    if end >= len(page.lines) - 1:
        return fit(page.lines[end], width) if end < len(page.lines) else BLANK
    names = list(dict.fromkeys(name for row, name in page.marks if row >= end))[:3]
    text = "↓ " + (", ".join(names) if names else count_text(len(page.lines) - end, "more line"))
    return spread(BLANK, line(Span(text, Role.MUTED, links.MORE), "  "), width)
