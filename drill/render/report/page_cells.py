"""A report in cells: what it opens with, then its parts, closed to a sentence or open with their pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from drill.render import links
from drill.render.charts import bars, strips
from drill.render.charts.bars import Bars, Columns, Segments
from drill.render.charts.figures import Listing
from drill.render.charts.forest import Forest, forest
from drill.render.charts.heat import Heat, heat_map
from drill.render.charts.ladder import Ladder, ladder
from drill.render.charts.scales import padded
from drill.render.charts.strips import Dots, Strip
from drill.render.charts.trend import Trend, trend_chart
from drill.render.frame import TALL, indented
from drill.render.lines import BLANK, Line, Role, Span, beside, fit, line, spread
from drill.render.prose import Body, prose
from drill.render.report.explain import explanation
from drill.render.report.part import Figure, Part, Statement, View, Weight
from drill.render.report.scope import scope_part
from drill.render.text import count_text

OPENING, NOT_YET, BASIS = "opening", "not yet", "what this rests on"
"""Parts of every report, beside its own."""
_LABEL_CELLS = 22
"""Of the questions a report opens with, and of the heads of closed parts."""
INDENT = 3
"""Cells of the mark of a part, and of what is in it."""
_NARROW = 60
"""Under so many cells a head stands above its sentence."""


@dataclass(frozen=True, slots=True)
class Folds:
    """Which parts are open, and where the cursor is. None: a text report, which has no cursor."""

    opened: Collection[str] = ()
    cursor: str | None = None
    """The name of a part, or "misses:3" for a row of it."""
    ribbon: tuple[Line, ...] = ()
    """Of the one block, where there is no chart yet."""


class Page(NamedTuple):
    """A painted report and where its parts begin."""

    lines: list[Line]
    marks: tuple[tuple[int, str], ...]
    """(row, name of the part that begins there), by row; rows to stop at too, as "misses:3"."""


def paint(
    view: View, width: int, height: int | None = None, *, selected: int | None = None, full: bool = False
) -> list[Line]:
    """The report at a width, margins included, at most `width` cells a line; `full`: every part open.

    `height` is that of the window (it decides the rows of the chart, nothing is left out); None is a
    text report. `selected` is the block_index whose figures are read out under the chart.
    """
    opened = stops(view) if full else ()
    return paint_page(view, width, height, selected=selected, folds=Folds(opened)).lines


def stops(view: View) -> tuple[str, ...]:
    """The parts that can be opened, in order."""
    names = [name for name, part in view.parts.items() if part.head]
    return (*names, *((NOT_YET,) if view.waiting else ()), BASIS)


def paint_page(
    view: View,
    width: int,
    height: int | None = None,
    *,
    selected: int | None = None,
    folds: Folds = Folds(),
) -> Page:
    """The same with the rows where its parts begin, for `more_line` and for the cursor."""
    body = Body.of(width)
    gap = 1 if height is None or height >= TALL else 0
    rows = chart_rows(height)
    top = stack([(OPENING, _opening(view, body.width))], 1)
    for name in stops(view):
        part = _part_of(view, name)
        is_open = name in folds.opened
        shown = is_open or (name == view.chart and (height is None or height >= TALL))
        head = _closed(part, name, view, body.width, folds)
        more = _opened(part, name, view, body.width, rows, selected, folds) if shown else Page([], ())
        space = 1 if shown or len(top.marks) < 2 or _was_open(top) else gap
        top = below(top, Page(head, ((0, name),)), space)
        top = below(top, more, 0)
    return placed(top, body, width)


def _was_open(page: Page) -> bool:
    """Whether the last part painted is open: then a blank row sets the next one off."""
    return len(page.lines) - page.marks[-1][0] > 4


def _part_of(view: View, name: str) -> Part:
    if name == BASIS:
        return scope_part(view.scope)
    if name == NOT_YET:
        many = len(view.waiting)
        verb = "figure needs" if many == 1 else "figures need"
        return Part(head="Not yet", said=f"{many} {verb} more questions or blocks.")
    return view.parts[name]


def _opening(view: View, width: int) -> list[Line]:
    rows: list[Line] = []
    for label, text in view.opening:
        rows += _labelled((label, Role.STRONG), [(text, Role.TEXT)], width)
    return rows


def _labelled(
    label: tuple[str, Role], parts: Sequence[tuple[str, Role]], width: int, lead: int = 0
) -> list[Line]:
    """A label in a column of its own and words beside it; above them where there is no room."""
    if width < _NARROW:
        return [line(label), *indented(prose(width - 2, *parts), 2)] if width > 2 else prose(width, *parts)
    cells = _LABEL_CELLS - lead
    said = prose(width - _LABEL_CELLS, *parts) or [BLANK]
    return beside([line((padded(label[0], cells), label[1]))], said, cells)


def _closed(part: Part, name: str, view: View, width: int, folds: Folds) -> list[Line]:
    """Its mark, its head and its sentence: the row the cursor stops at."""
    here, is_open = folds.cursor == name, name in folds.opened
    mark = f"{'›' if here else ' '}{'▾' if is_open else '▸'} "
    role = Role.ACCENT_STRONG if here else Role.STRONG
    if name == view.chart and view.statements:
        rows = statement_lines(view.statements, width - INDENT)
        rows[0] = Line(
            tuple(span._replace(role=role) if span.role is Role.STRONG else span for span in rows[0].spans)
        )
    else:
        rows = _labelled((part.head, role), [(part.said, Role.TEXT)], width, lead=INDENT)
    marked = [line(Span(mark, Role.ACCENT if here else Role.MUTED, links.part(name)), *rows[0].spans)]
    marked += indented(rows[1:], INDENT)
    return [Line(tuple(span._replace(link=links.part(name)) for span in row.spans)) for row in marked]


def _opened(
    part: Part, name: str, view: View, width: int, rows: int, selected: int | None, folds: Folds
) -> Page:
    """What is folded away: pictures, how they are to be taken, and how they are computed."""
    if name == NOT_YET:
        return Page(indented(_waiting(view), INDENT), ())
    indent = 0 if part.flush else INDENT
    inside = max(width - indent, 1)
    found = part_lines(part, inside, chart_rows=rows, selected=selected)
    marks: list[tuple[int, str]] = []
    for figure in part.figures:
        if isinstance(figure, Listing):
            found = _listing(figure, inside, name, folds.cursor)
            marks = [(number, f"{name}:{number}") for number in range(len(figure.rows))]
    if name == view.chart and not part.figures:
        found = [*folds.ribbon, *found]
    if name in folds.opened:
        found += [row for caption in part.captions for row in prose(inside, (caption, Role.MUTED))]
        found += _computed(part.explains, inside) if part.explains is not None else []
    return Page(indented(found, indent), tuple(marks))


def _computed(metric: str, width: int) -> list[Line]:
    """How a number is computed, in the words of `drill explain`."""
    told = explanation(metric)
    text = f"{told.formula} Interval: {told.interval}"
    return prose(width, ("How it is computed: ", Role.MUTED), (text, Role.FAINT))


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
    """Notes and pictures of one part, below its sentence."""
    rows: list[Line] = []
    for note in part.notes:
        rows += prose(width, note)
    for figure in part.figures:
        drawn = figure_lines(figure, width, flush=part.flush, chart_rows=chart_rows, selected=selected)
        is_close = isinstance(figure, (Trend, Columns))
        rows += drawn if is_close else [BLANK, *drawn]
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
            rows = _listing(figure, inner, "", None)
    return indented(rows, width - inner)


def _listing(figure: Listing, width: int, name: str, cursor: str | None) -> list[Line]:
    """Questions by block and position; each row opens its question."""
    rows = []
    for number, (block, position, topic) in enumerate(figure.rows):
        here = cursor == f"{name}:{number}"
        link = links.part(f"{name}:{number}") if name else None
        at = f"block {block:>3}  item {position:>2}  "
        rows.append(
            line(
                Span("› " if here else "  ", Role.ACCENT_STRONG, link),
                Span(at, Role.MUTED, link),
                Span(padded(topic, max(width - len(at) - 2, 0)), Role.ACCENT if here else Role.TEXT, link),
            )
        )
    return rows


def _waiting(view: View) -> list[Line]:
    """Metrics below their minimum, each with how far it is."""
    label = max((len(waiting.title) for waiting in view.waiting), default=0) + 3
    return [line(f"{waiting.title:<{label}}", (waiting.why, Role.MUTED)) for waiting in view.waiting]


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
    names = list(dict.fromkeys(name for row, name in page.marks if row >= end and ":" not in name))[:3]
    text = "↓ " + (", ".join(names) if names else count_text(len(page.lines) - end, "more line"))
    return spread(BLANK, line(Span(text, Role.MUTED, links.MORE), "  "), width)
