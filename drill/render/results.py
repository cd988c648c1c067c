"""Results: the verdict in words, the pace ribbon, the checkpoints and the table of items."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.render.frame import BROAD, MARGIN, WIDE, indented
from drill.render.item_table import WIDTH_WIDE, ResultItem, table_lines
from drill.render.lines import BLANK, Line, Role, Span, beside, clickable, elide, line
from drill.render.prose import prose
from drill.render.ribbon import RibbonView, legend_line, ribbon_lines
from drill.render.text import clock_text, one_line, pace_text, sanitize, seconds_each, wrap
from drill.render.verdict import Figures, accuracy_parts, slowest_text, verdict_text

_TABLE_COLUMN = 66


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where the learner should have been, and was."""

    done: int
    """Items done by then, in whatever order."""
    due_ms: int
    used_ms: int


@dataclass(frozen=True, slots=True)
class ResultsView:
    """One finished block."""

    title: str
    """ "exam 20, Fri 20 Nov 19:04"."""
    figures: Figures
    items: tuple[ResultItem, ...]
    cursor: int
    """Position of the item under the cursor."""
    ribbon: RibbonView | None = None
    """None where there was no limit."""
    checkpoints: tuple[Checkpoint, ...] = ()
    remark: str = ""
    """Why it does not count in trends, or that it was interrupted."""
    misses_only: bool = False
    notice: str = ""
    """What was said when it ended: "Time. The block ended and every answer is kept."."""
    replay: str = ""
    """What its misses, sat again without the clock, say of the points lost."""


def listed(view: ResultsView) -> tuple[ResultItem, ...]:
    """The items in the table: all, or those that were not right."""
    return tuple(item for item in view.items if not (view.misses_only and item.right))


def results_lines(view: ResultsView, width: int, height: int) -> list[Line]:
    """Everything above the footer for a window of this size: at most height - 1 rows.

    The table scrolls around the cursor; where rows are short the caption goes first, then rows of the
    chart, then the chart.
    """
    title = line("  ", ("Results", Role.STRONG), (f"   {one_line(view.title)}", Role.MUTED))
    wide = width >= WIDE
    margin = 2 * MARGIN if wide else MARGIN
    said = line(" " * margin, (view.notice, Role.STRONG)) if view.notice else BLANK
    rows = [title, said, *_verdict(view, width, margin)]
    room = max(height - 1, 0)
    rows += (_wide_body if wide else _narrow_body)(view, width, room - len(rows))
    return [elide(row, width) for row in rows[:room]]


def _verdict(view: ResultsView, width: int, margin: int) -> list[Line]:
    space = " " * margin
    first = wrap(verdict_text(view.figures), max(width - margin - 1, 1))
    rows = [line(space, (text, Role.STRONG)) for text in first]
    for long in (True, False):
        parts = accuracy_parts(view.figures, long=long)
        if margin + len("   ".join(a + b for a, b in parts)) <= width - MARGIN:
            break
    room = max(width - margin - MARGIN, 1)
    spans: list[Span] = []
    for strong, rest in parts:
        part = [Span(strong, Role.STRONG), Span(rest, Role.MUTED)]
        if spans and line(*spans).width + 3 + line(*part).width > room:
            rows += indented(prose(room, *((each.text, each.role) for each in spans)), margin)
            spans = []
        spans += [*([Span("   ")] if spans else []), *part]
    rows += indented(prose(room, *((each.text, each.role) for each in spans)), margin)
    rows += [line(space, text) for text in wrap(sanitize(view.replay), room)]
    remark = wrap(sanitize(view.remark), room)
    return rows + [line(space, (text, Role.MUTED)) for text in remark]


def _narrow_body(view: ResultsView, width: int, room: int) -> list[Line]:
    """Ribbon over table; whatever rows are left over, checkpoints under it."""
    items = listed(view)
    below = _notes(view, MARGIN, width)
    least = min(len(items), 5 if room >= 14 else 3) + 1
    chart_rows = min(room - least - 5, 8 if room < 24 else 10)
    rows: list[Line] = [BLANK]
    if view.ribbon is not None and chart_rows >= 3:
        chart = ribbon_lines(view.ribbon, width - MARGIN, chart_rows)
        rows += [_moved(row, MARGIN) for row in chart]
        rows += [BLANK] if chart else []
    left = room - len(rows) - 1
    tail = [BLANK, *below] if below and left >= len(items) + 1 + len(below) + 1 else []
    rows += [_moved(row, MARGIN) for row in _table(view, left - len(tail), width - 2 * MARGIN)]
    return [*rows, *tail]


def _wide_body(view: ResultsView, width: int, room: int) -> list[Line]:
    """Ribbon, checkpoints and slowest at the left, the table at the right."""
    left: list[Line] = []
    gap = [BLANK, BLANK] if room >= 30 else [BLANK]
    column = min(_TABLE_COLUMN if width < BROAD else _TABLE_COLUMN + 30, width - WIDTH_WIDE - MARGIN)
    below = _notes(view, 2 * MARGIN, column)
    if view.ribbon is not None:
        share = seconds_each(view.figures.share_ms)
        head = line(
            " " * 4, ("Pace", Role.STRONG), (f"  ahead of or behind {share} s a question", Role.MUTED)
        )
        chart_rows = min(room - len(gap) - 8 - len(below), 10 if room < 40 else 14)
        chart = ribbon_lines(view.ribbon, column - 4, chart_rows) if chart_rows >= 3 else []
        if chart:
            left += [head, BLANK, *(_moved(row, 4) for row in chart)]
            legend = legend_line(chart)
            indent = max(min(16, column - 2 - legend.width), 2 * MARGIN)
            left += [BLANK, elide(_moved(legend, indent), column - 1)] if legend.spans else []
            left += gap
    left += below
    right = _table(view, room - len(gap) - 1, width - column - MARGIN, wide=True)
    return [*gap, *beside(left, right, column)]


def _table(view: ResultsView, rows: int, width: int, *, wide: bool = False) -> list[Line]:
    items = listed(view)
    if not items:
        return [line("   ", ("Nothing was missed.", Role.MUTED))] if rows > 0 else []
    table = table_lines(items, view.cursor, view.figures.share_ms, rows, wide=wide)
    return [clickable(row, width) for row in table]


def _notes(view: ResultsView, margin: int, width: int) -> list[Line]:
    """Checkpoints and the slowest items, these on two rows where one is too short."""
    space = " " * margin
    rows: list[Line] = []
    if view.checkpoints:
        rows.append(line(space, ("Checkpoints", Role.STRONG)))
        rows += [_checkpoint(point, space) for point in view.checkpoints]
    slow = slowest_text(view.figures)
    if slow is not None:
        named, what = slow
        rows += [BLANK] if rows else []
        whole = line(space, ("Slowest", Role.STRONG), (f"  {named} ", Role.MUTED), what)
        if whole.width < width:
            rows.append(whole)
        else:
            rows += [line(*whole.spans[:-1]), line(space, " " * 9, what)]
    return rows


def _checkpoint(point: Checkpoint, space: str) -> Line:
    due, used = clock_text(point.due_ms), clock_text(point.used_ms)
    done = f"{point.done} done"
    return line(
        (f"{space}  {done:>7}  {due:>5} due  {used:>5} used   ", Role.MUTED),
        pace_text(point.due_ms - point.used_ms),
    )


def _moved(row: Line, cells: int) -> Line:
    return Line((Span(" " * cells), *row.spans)) if row.spans else row
