"""A dot a block over time: whiskers, an even line, a flat band or a fitted line, hollow dots apart."""

from __future__ import annotations

import math
from collections.abc import Sequence

from drill.analytics.intervals import Estimate
from drill.analytics.results import Band, LinePoint, Point
from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render.charts.figures import Key, Shape, Tick
from drill.render.charts.scales import SECONDS_A_ROW, RowAxis, row_axis, share_axis
from drill.render.figure.raster import ACROSS, DOWN, Dash, Raster
from drill.render.frame import indented
from drill.render.lines import Line, Role, fit, line
from drill.render.numbers import ends_text, in_brackets, share, whole

SLOTS = 20
"""Blocks the chart has room for at first; later ones bring the dots closer together."""
GUTTER = 7
"""Columns left of the dots, for the labels of the rows."""
_WIDEST_STEP = 6
_LABEL_ROOM = 6
_GLYPHS = {
    Shape.DOT: "⠶",
    Shape.RING: "⠆",
    Shape.LINE: "⠒⠒",
    Shape.BAND: "⠄ ⠄",
    Shape.RULE: "⠄⠄⠄",
}
_EVERY_CELL, _EVERY_OTHER = (1, 1), (1, 3)
"""Dots of a line that is only to be compared with, one a cell or one in two: quieter than the blocks."""
_RULES, _LINE, _HOLLOW, _COUNTED = range(4)
"""Layers, the last on top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A dot a block over time, hollow where the block does not count."""

    about: str
    """What the dots are: "Pace of each block in seconds per 120-word question"."""
    unit: str
    """Of a value, as the head of a column: "seconds"."""
    proportions: bool
    points: tuple[Point, ...]
    extent: tuple[float, float]
    """The least and the greatest value the axis must hold; whiskers may go beyond it."""
    axis_title: str = ""
    """Over the axis, where the page has room for it."""
    rule: Tick | None = None
    """A value to compare with."""
    band: Band | None = None
    """The level, while there is no verdict."""
    band_after: int | None = None
    """The block_index the band begins after; None: it spans the chart."""
    lines: tuple[tuple[LinePoint, ...], ...] = ()
    """Fitted lines, with a verdict only."""
    found: tuple[tuple[int, str], ...] = ()
    """(block_index, words) of each verdict reached before."""

    def value_text(self, value: float) -> str:
        """A value without its unit."""
        return share(value) if self.proportions else str(whole(value))

    def interval_of(self, estimate: Estimate) -> str:
        """Its interval."""
        return ends_text(estimate, (lambda end: whole(end * 100)) if self.proportions else whole)

    def reading(self, point: Point) -> str:
        """What a dot stands for: "70 s (61-79), 19 questions, not in trends"."""
        if point.estimate is None:
            return ""
        value = f"{self.value_text(point.estimate.value)}{'' if self.proportions else ' s'}"
        interval = in_brackets(self.interval_of(point.estimate))
        counts = "counts" if point.eligible else "not in trends"
        return f"{value}{interval}, {count_text(point.n, 'question')}, {counts}"

    def keys(self, *, whiskers: bool) -> list[Key]:
        """What is drawn, and nothing that is not."""
        keys = [Key(Shape.DOT, "counts")] if any(point.eligible for point in self.points) else []
        if not all(point.eligible for point in self.points):
            keys.append(Key(Shape.RING, "not in trends"))
        if whiskers:
            keys.append(Key(Shape.WHISKER, "uncertainty"))
        if self.lines:
            keys.append(Key(Shape.LINE, "fitted trend"))
        if self.band is not None:
            keys.append(Key(Shape.BAND, "level so far"))
        if self.rule is not None:
            keys.append(Key(Shape.RULE, self.rule.text))
        return keys


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where each block's column is."""

    first: int
    slots: int
    cells: int

    @property
    def step(self) -> float:
        """Columns from one block to the next; below 1 several share a column."""
        return min(self.cells / self.slots, _WIDEST_STEP)

    @property
    def reach(self) -> int:
        """Columns from the first slot to the last."""
        return min(math.ceil(self.slots * self.step), self.cells)

    def column(self, block: int) -> int:
        """The column of a block, held within the plot."""
        at = math.floor((block - self.first + 0.5) * self.step)
        return min(max(at, 0), self.reach - 1)


def block_columns(series: Sequence[Point], width: int) -> Blocks:
    """The columns of a series whose x are block numbers, `width` cells for the whole chart."""
    numbers = [point.x for point in series if isinstance(point.x, int)] or [1]
    first = min(numbers) if min(numbers) > SLOTS else 1
    fewest = SLOTS if first == 1 else 1  # a chosen range has no blocks to come
    return Blocks(first, max(max(numbers) - first + 1, fewest), max(width - GUTTER, 1))


def trend_chart(figure: Trend, width: int, most_rows: int, selected: int | None = None) -> list[Line]:
    """At most `most_rows` rows of dots, one of block numbers, and the legend, each at most `width` cells.

    A block stands at one of three heights of its cell. `selected` is the block_index under the cursor.
    """
    axis = share_axis(figure.extent, most_rows)
    if figure.rule is not None:
        axis = row_axis(figure.extent, most_rows, figure.rule.value, SECONDS_A_ROW)
    title = [fit(line(" " * GUTTER, (figure.axis_title, Role.MUTED)), width)] if figure.axis_title else []
    rows = dot_rows(figure, axis, width, selected)
    return [*title, *rows, *_legend(figure.keys(whiskers=False), width)]


def dot_rows(figure: Trend, axis: RowAxis, width: int, selected: int | None = None) -> list[Line]:
    """`axis.rows` rows and one of block numbers."""
    raster = Raster(max(width, 0), axis.rows + 1)
    columns = block_columns(figure.points, width)
    left, right = ACROSS * GUTTER, ACROSS * (GUTTER + columns.reach)
    box = (left, 0, right, DOWN * axis.rows)

    def level(value: float, start: int, dash: Dash) -> None:
        y = axis.dot(value)
        raster.stroke([(start, y), (right - 1, y)], Role.MUTED, box=box, layer=_RULES, dash=dash)

    if figure.band is not None:
        start = left
        if figure.band_after is not None:
            start = min(left + ACROSS * (columns.column(figure.band_after) + 1), right - 1)
        for edge in (figure.band.low, figure.band.high):
            level(edge, start, _EVERY_OTHER)
    if figure.rule is not None:
        level(figure.rule.value, left, _EVERY_CELL)
    for fitted in figure.lines:
        path = [(left + ACROSS * columns.column(point.x), axis.dot(point.value)) for point in sorted(fitted)]
        raster.stroke(path, Role.STRONG, box=box, layer=_LINE)
    for point in figure.points:
        _dot(raster, axis, columns, point)
    _row_labels(raster, figure, axis)
    _block_labels(raster, columns, axis.rows, selected, width)
    return raster.lines()


def _dot(raster: Raster, axis: RowAxis, columns: Blocks, point: Point) -> None:
    """A block: four dots of its cell, two where it does not count."""
    if not isinstance(point.x, int) or point.value is None:
        return
    x = ACROSS * (GUTTER + columns.column(point.x))
    row, third = divmod(axis.dot(point.value), DOWN)
    y = DOWN * row + min(third, DOWN - 2)
    for dx in range(ACROSS if point.eligible else 1):
        for dy in range(2):
            role = Role.ACCENT if point.eligible else Role.MUTED
            raster.dot(x + dx, y + dy, role, _COUNTED if point.eligible else _HOLLOW)


def _legend(keys: Sequence[Key], width: int) -> list[Line]:
    """Beside the axis where it fits, else folded."""
    if _keys_line(keys).width <= width - GUTTER + 1:
        return indented([_keys_line(keys)], GUTTER - 1)
    rows: list[list[Key]] = [[]]
    for key in keys:
        if rows[-1] and _keys_line([*rows[-1], key]).width > width:
            rows.append([])
        rows[-1].append(key)
    return [fit(_keys_line(row), width) for row in rows]


def _keys_line(keys: Sequence[Key]) -> Line:
    words = {Shape.BAND: "level so far, 95% between the two"}  # on the page it is a band
    told = (f"{_GLYPHS[key.shape]} {words.get(key.shape, key.words)}" for key in keys)
    return line(("   ".join(told), Role.MUTED))


def _row_labels(raster: Raster, figure: Trend, axis: RowAxis) -> None:
    rows = axis.rows
    marked = {0, rows - 1}
    if figure.rule is not None:
        at = axis.row(figure.rule.value)
        marked = {row for row in marked if abs(row - at) > 1} | {at}
    elif rows > 4:
        marked.add((rows - 1) // 2)
    for row in marked:
        text = f"{figure.value_text(axis.value(row))}{'' if figure.proportions else ' s'}"
        raster.text(0, row, f"{text:>{GUTTER - 1}}"[: GUTTER - 1], Role.MUTED)


def _block_labels(raster: Raster, columns: Blocks, row: int, selected: int | None, width: int) -> None:
    last = columns.first + columns.slots - 1
    steps = (
        step
        for step in (5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)
        if columns.column(columns.first + step) - columns.column(columns.first) >= _LABEL_ROOM
        or step >= columns.slots
    )
    every = next(steps, columns.slots)
    numbers = [columns.first, *range((columns.first // every + 1) * every, last + 1, every)]
    free = -1
    for number in numbers:
        at = GUTTER + columns.column(number)
        if at - len(str(number)) // 2 > free:
            raster.text(_start(at, str(number), width), row, str(number), Role.MUTED)
            free = at + len(str(number))
    if selected is not None:
        name = f" {selected} "
        at = _start(GUTTER + columns.column(selected), name, width)
        raster.text(at, row, name, Role.ACCENT_STRONG)


def _start(column: int, text: str, width: int) -> int:
    """Where words begin whose middle is at a column, moved as little as keeps them inside."""
    return min(max(column - len(text) // 2, 0), max(width - len(text), 0))
