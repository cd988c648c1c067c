"""A report in cells: what it opens with, then its parts, closed to a sentence or open with their pictures."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.charts.figures import Listing
from drill.render.charts.scales import padded
from drill.render.frame import indented, is_tall
from drill.render.lines import BLANK, Line, Role, Span, beside, clickable, line
from drill.render.page import Body, Page, below, in_window, stack
from drill.render.prose import prose
from drill.render.report.explain import explanation
from drill.render.report.part import Part, View
from drill.render.report.part_cells import chart_rows, listing_lines, part_lines, statement_lines
from drill.render.report.scope import scope_part

OPENING, NOT_YET, BASIS = "opening", "not yet", "what this rests on"
"""Parts of every report, beside its own."""
_LABEL_CELLS = 22
"""Of the questions a report opens with, and of the heads of closed parts."""
HOW = ":how"
"""Behind the name of a part: its row that opens how it is computed."""
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


def paint(
    view: View, width: int, height: int | None = None, *, selected: int | None = None, full: bool = False
) -> list[Line]:
    """The report at a width, margins included, at most `width` cells a line; `full`: every part open.

    `height` is that of the window (it decides the rows of the chart, nothing is left out); None is a
    text report. `selected` is the block_index whose figures are read out under the chart.
    """
    opened = [opened for name in stops(view) for opened in (name, how_of(name))] if full else ()
    return paint_page(view, width, height, selected=selected, folds=Folds(opened)).lines


def how_of(part: str) -> str:
    """The name of the fold in a part behind which stands how it is computed."""
    return f"{part}{HOW}"


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
    tall = height is None or is_tall(height)
    rows = chart_rows(height)
    top = stack([(OPENING, _opening(view, body.width))])
    for name in stops(view):
        part = _part_of(view, name)
        is_open = name in folds.opened
        shown = is_open or (tall and name == view.chart)
        head = _closed(part, name, view, body.width, folds)
        more = _opened(part, name, view, body.width, rows, selected, folds) if shown else Page([], ())
        space = 1 if shown or len(top.marks) < 2 or _was_open(top) else int(tall)
        top = below(top, Page(head, ((0, name),)), space)
        top = below(top, more, 0)
    return in_window(top, body, width)


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
    for label, text, _ in view.opening:
        rows += _labelled((label, Role.STRONG), [(text, Role.TEXT)], width)
    return rows


def _labelled(
    label: tuple[str, Role], parts: Sequence[tuple[str, Role]], width: int, lead: int = 0
) -> list[Line]:
    """A label in a column of its own and words beside it; above them where there is no room."""
    if width < _NARROW:
        room = width - 2 - lead
        return [line(label), *indented(prose(room, *parts), 2)] if room > 0 else prose(width, *parts)
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
    own = [Line(tuple(span._replace(link=links.part(name)) for span in row.spans)) for row in marked]
    return [clickable(row, width) for row in own]


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
            found = listing_lines(figure, inside, name, folds.cursor)
            marks = [(number, f"{name}:{number}") for number in range(len(figure.rows))]
    if name == view.chart and not part.figures:
        found = [*folds.ribbon, *found]
    if name in folds.opened:
        found += [row for caption in part.captions for row in prose(inside, (caption, Role.MUTED))]
        if part.explains is not None:
            marks.append((len(found), how_of(name)))
            found += _computed(part, part.explains, how_of(name), inside, folds)
    return Page(indented(found, indent), tuple(marks))


def _computed(part: Part, metric: str, name: str, width: int, folds: Folds) -> list[Line]:
    """A row that opens how a number is computed, in the words of `drill explain`."""
    here, is_open = folds.cursor == name, name in folds.opened
    mark = f"{'›' if here else ' '}{'▾' if is_open else '▸'} How it is computed"
    rows = [clickable(line(Span(mark, Role.ACCENT if here else Role.MUTED, links.part(name))), width)]
    if is_open:
        found = explanation(metric)
        text = " ".join(filter(None, (part.computed, found.formula, f"Interval: {found.interval}")))
        rows += indented(prose(max(width - INDENT, 1), (text, Role.FAINT)), INDENT)
    return rows


def _waiting(view: View) -> list[Line]:
    """Metrics below their minimum, each with how far it is."""
    label = max((len(waiting.title) for waiting in view.waiting), default=0) + 3
    return [line(f"{waiting.title:<{label}}", (waiting.why, Role.MUTED)) for waiting in view.waiting]
