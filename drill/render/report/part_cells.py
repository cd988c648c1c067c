"""One part of a report in cells: its statements, notes and pictures."""

from __future__ import annotations

from collections.abc import Iterable

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
from drill.render.frame import indented, is_tall
from drill.render.lines import BLANK, Line, Role, Span, line
from drill.render.prose import prose
from drill.render.report.part import Figure, Part, Statement, Weight


def chart_rows(height: int | None) -> int:
    """Rows of a trend's dots: a text report and a tall window have room, a low one gives rows up."""
    if height is None or is_tall(height):
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
            rows = listing_lines(figure, inner, "", None)
    return indented(rows, width - inner)


def listing_lines(figure: Listing, width: int, name: str, cursor: str | None) -> list[Line]:
    """Questions by block and position; each row opens its question."""
    rows = []
    for number, (block, position, topic) in enumerate(figure.rows):
        here = cursor == f"{name}:{number}"
        link = links.part(f"{name}:{number}") if name else None
        at = f"block {block:>3}  question {position:>2}  "
        rows.append(
            line(
                Span("› " if here else "  ", Role.ACCENT_STRONG, link),
                Span(at, Role.MUTED, link),
                Span(padded(topic, max(width - len(at) - 2, 0)), Role.ACCENT if here else Role.TEXT, link),
            )
        )
    return rows
