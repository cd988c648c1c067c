"""The pace ribbon: how far ahead of or behind the even pace the learner was after each item."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.render import links
from drill.render.lines import BLANK, Line, Role, Span, fit, line
from drill.render.text import apart_text, pace_text

STEPS_S = (10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1200, 1800, 3600)
"""Seconds a row may stand for: steps at which "even" is a row of its own."""
_LABEL_CELLS = 11
_MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class RibbonView:
    """The path of one block."""

    ahead_ms: tuple[int, ...]
    """After each item reached, in the order of time: time ahead of (positive) or behind the even line."""
    fair_ms: tuple[int, ...] = ()
    """The same for one who keeps the length-fair line: what longer stems allow. Empty: no band."""
    right: tuple[bool, ...] = ()
    """Whether each of these items was right; blank is wrong. Empty: no row of results."""
    positions: tuple[int, ...] = ()
    """The position of each of these items. Empty: 1, 2, 3 ..."""

    @property
    def taken(self) -> tuple[int, ...]:
        """Positions in the order of time."""
        return self.positions or tuple(range(1, len(self.ahead_ms) + 1))


@dataclass(frozen=True, slots=True)
class Scale:
    """Rows of a chart: `up` above the even row and `down` below it, `step_s` seconds each."""

    step_s: int
    up: int
    down: int

    @property
    def rows(self) -> int:
        """Rows in all."""
        return self.up + 1 + self.down

    def row(self, ahead_ms: int) -> int:
        """The row, 0 at the top, for a time ahead of (positive) or behind the even line."""
        steps = int(abs(ahead_ms) / (1000 * self.step_s) + 0.5)
        return min(max(self.up - (steps if ahead_ms > 0 else -steps), 0), self.rows - 1)


def scale(values_ms: Sequence[int], rows: int) -> Scale:
    """The finest step of STEPS_S at which all values fit into `rows` rows; the coarsest if none does."""
    least = 1 if rows >= 3 else 0
    most, worst = max([0, *values_ms]), max([0, *(-value for value in values_ms)])
    for step_s in STEPS_S:
        up = max(-(-most // (1000 * step_s)), least)
        down = max(-(-worst // (1000 * step_s)), least)
        if up + 1 + down <= rows:
            return Scale(step_s, up, down)
    return Scale(STEPS_S[-1], least, least)


def columns_an_item(count: int, room: int) -> int:
    """Columns each item gets in `room` cells between the labels and the end: at most 3, else 0."""
    return min(max(room, 0) // max(count, 1), _MOST_COLUMNS)


def ribbon_lines(view: RibbonView, width: int, rows: int) -> list[Line]:
    """Chart of at most `rows` rows, then the axis and the results, in `width` cells.

    Empty where nothing was reached or an item would get no column.
    """
    count = len(view.ahead_ms)
    if not count or rows < 1:
        return []
    sizes = scale([*view.ahead_ms, *view.fair_ms], rows)
    gutter = max(_LABEL_CELLS, *(len(_label(row, sizes)) for row in range(sizes.rows))) + 1
    last = f" {apart_text(view.ahead_ms[-1])}"
    columns = columns_an_item(count, width - gutter - len(last))
    if columns < 1:
        return []
    cells = _canvas(view, sizes, columns)
    out = [
        line((f"{_label(index, sizes):>{gutter - 1}} ", Role.MUTED), *_runs(row))
        for index, row in enumerate(cells)
    ]
    end = sizes.row(view.ahead_ms[-1])
    out[end] = line(*out[end].spans, (last, Role.STRONG))
    out.append(_axis(view.taken, columns, gutter))
    if view.right:
        out.append(_results(view, columns, gutter))
    return [fit(row, width) for row in out]


def _canvas(view: RibbonView, sizes: Scale, columns: int) -> list[list[Span]]:
    """One span a cell, blank where nothing is drawn."""
    width = len(view.ahead_ms) * columns
    grid = [[Span(" ")] * width for _ in range(sizes.rows)]
    even = sizes.up
    for item, fair_ms in enumerate(view.fair_ms[: len(view.ahead_ms)]):
        fair = sizes.row(fair_ms)
        for row in range(min(even, fair), max(even, fair) + 1):
            grid[row][item * columns : (item + 1) * columns] = [Span("░", Role.HAIR)] * columns
    grid[even] = [Span("─", Role.FAINT)] * width
    before = even
    for item, ahead_ms in enumerate(view.ahead_ms):
        here = sizes.row(ahead_ms)
        first = item * columns
        for row in range(min(before, here), max(before, here) + 1):
            grid[row][first] = Span(_corner(row, before, here), Role.TEXT)
        for column in range(first + 1, first + columns):
            grid[here][column] = Span("─", Role.TEXT)
        before = here
    return grid


def _corner(row: int, before: int, here: int) -> str:
    """The path's piece at `row` where it goes from row `before` to row `here`; rows count downwards."""
    if before == here:
        return "─"
    down = here > before
    if row == before:
        return "╮" if down else "╯"
    if row == here:
        return "╰" if down else "╭"
    return "│"


def _label(row: int, sizes: Scale) -> str:
    """The word at the left of a row: only the even row and the two outermost have one."""
    if row == sizes.up:
        return "even"
    return pace_text((sizes.up - row) * sizes.step_s * 1000) if row in (0, sizes.rows - 1) else ""


def _runs(cells: Sequence[Span]) -> list[Span]:
    """Neighbours of one role joined; blanks at the end dropped."""
    runs: list[Span] = []
    for cell in cells:
        if runs and (runs[-1].role is cell.role):
            runs[-1] = runs[-1]._replace(text=runs[-1].text + cell.text)
        else:
            runs.append(cell)
    if runs and not runs[-1].text.strip():
        runs.pop()
    return runs


def _axis(taken: Sequence[int], columns: int, gutter: int) -> Line:
    """The numbers 1, 5, 10 ... and the last one, each under its item, none touching the next.

    Where items were not taken in order, the first item of each stretch that goes on by ones has its number.
    """
    count, text = len(taken), ""
    in_order = list(taken) == list(range(1, count + 1))
    numbers = {1, *range(5, count + 1, 5), count} if in_order else _stretches(taken)
    for number in sorted(numbers):
        at, name = (number - 1) * columns, str(taken[number - 1])
        near_end = in_order and 1 < number < count and (count - number) * columns <= len(name)
        if (not text or at > len(text)) and not near_end:
            text = text.ljust(at) + name
    label = "" if in_order else "order taken"
    return line((f"{label:>{gutter - 1}} {text}", Role.MUTED))


def _stretches(taken: Sequence[int]) -> set[int]:
    """Where, from 1, a position does not follow the one before."""
    return {1} | {k for k in range(2, len(taken) + 1) if taken[k - 1] != taken[k - 2] + 1}


def _results(view: RibbonView, columns: int, gutter: int) -> Line:
    spans = [Span(f"{'result':>{gutter - 1}} ", Role.MUTED)]
    for position, good in zip(view.taken, view.right, strict=True):
        glyph = Span("✓", Role.RIGHT) if good else Span("×", Role.WRONG)
        spans += [glyph._replace(link=links.goto(position)), Span(" " * (columns - 1))]
    return line(*spans)


def legend_line(chart: Sequence[Line]) -> Line:
    """What the path and the band of a drawn ribbon are; blank where it has no band."""
    if not any("░" in row.text for row in chart):
        return BLANK
    return line("─ you   ", ("░", Role.MUTED), (" what the longer stems allow", Role.MUTED))
