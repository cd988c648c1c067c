"""What every chart stands on: scales that put round values on whole cells, and a grid of cells to paint.

A scale is linear or logarithmic; values outside it are held at its ends, so a chart never raises and
never leaves its place, whatever the window or the data.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

from drill.render.lines import Line, Role, Span
from drill.render.text import sanitize


class Scale(NamedTuple):
    """Columns 0..cells-1 for values low..high."""

    low: float
    high: float
    cells: int
    log: bool = False
    """Equal ratios take equal room; low, high and values must be above 0."""

    def cell(self, value: float) -> int:
        """The column of a value, held within the scale."""
        if self.cells <= 1 or self.high <= self.low:
            return 0
        value = min(max(value, self.low), self.high)
        if self.log:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return min(int(share * (self.cells - 1) + 0.5), self.cells - 1)


class RowAxis(NamedTuple):
    """Rows 0..rows-1 from `top` downward, `step` apart; the anchor (90 s, 0 %) falls on a row."""

    top: float
    step: float
    rows: int

    def row(self, value: float) -> int:
        """The row of a value, held within the axis."""
        return min(max(math.floor((self.top - value) / self.step + 0.5), 0), max(self.rows - 1, 0))

    def dot(self, value: float) -> int:
        """The row of dots, four a row, whose middle one is the row's own value; held within the axis."""
        return min(max(math.floor(4 * (self.top - value) / self.step + 1.5), 0), max(4 * self.rows - 1, 0))

    def value(self, row: int) -> float:
        """The value at the middle of a row."""
        return self.top - self.step * row


SECONDS_A_ROW = (2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 60, 120, 300, 600)
SHARE_A_ROW = (0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
_FEWEST_ROWS = 5


def row_axis(values: Iterable[float], rows: int, anchor: float, steps: Sequence[float]) -> RowAxis:
    """The finest axis of at most `rows` rows that holds all values, has a row at `anchor`, and is round.

    No row stands for less than zero while no value does and steps are fine: a time has no such row.
    Where even the coarsest step is too fine, the anchor keeps its row and values are held at the ends.
    """
    rows = max(rows, 1)
    known = list(values) or [anchor]
    low, high = min([*known, anchor]), max([*known, anchor])
    for step in steps:
        above = math.ceil((high - anchor) / step - 1e-9)
        deepest = math.floor(anchor / step + 0.5 - 1e-9) if low >= 0 else rows
        below = min(math.ceil((anchor - low) / step - 1e-9), deepest)
        if above + below + 1 <= rows:
            first, last = _widened(-below, above, rows, -min(deepest, rows), rows)
            return RowAxis(anchor + last * step, step, last - first + 1)
    step = steps[-1]
    above = min(math.ceil((high - anchor) / step), rows - 1)
    return RowAxis(anchor + above * step, step, rows)


def _widened(first: int, last: int, rows: int, lowest: int, highest: int) -> tuple[int, int]:
    """A spare step at each end, and at least five rows, as far as `rows` and the two limits allow."""
    wanted = min(max(last - first + 3, _FEWEST_ROWS), rows)
    while last - first + 1 < wanted and (last < highest or first > lowest):
        if last < highest:
            last += 1
        if first > lowest and last - first + 1 < wanted:
            first -= 1
    return first, last


def share_axis(values: Iterable[float], rows: int) -> RowAxis:
    """An axis for proportions: whole steps, a spare row at each end if there is room."""
    rows = max(rows, 2)
    known = [min(max(value, 0.0), 1.0) for value in values] or [0.5, 1.0]
    low, high = min(known), max(known)
    for step in SHARE_A_ROW:
        first = math.floor(low / step + 1e-9)
        last = math.ceil(high / step - 1e-9)
        full = round(1 / step)
        if last - first + 1 <= rows:
            first, last = _widened(first, last, rows, 0, full)
            return RowAxis(last * step, step, last - first + 1)
    return RowAxis(1.0, 1.0, 2)


@dataclass(slots=True)
class Grid:
    """Cells that later painting covers; whatever lies outside is ignored."""

    width: int
    height: int
    cells: dict[tuple[int, int], tuple[str, Role]] = field(default_factory=dict)
    """(column, row) -> one character and its role."""

    def put(self, column: int, row: int, text: str, role: Role = Role.TEXT) -> None:
        """Write from a column on; each character takes one cell."""
        for offset, character in enumerate(text):
            at = (column + offset, row)
            if 0 <= at[0] < self.width and 0 <= row < self.height:
                self.cells[at] = (character, role)

    def lines(self) -> list[Line]:
        """The rows, neighbours of one role joined, empty cells at the end left out."""
        return [self._row(row) for row in range(max(self.height, 0))]

    def _row(self, row: int) -> Line:
        columns = [column for column in range(self.width) if (column, row) in self.cells]
        runs: list[tuple[list[str], Role]] = []
        for column in range(columns[-1] + 1 if columns else 0):
            character, role = self.cells.get((column, row), (" ", Role.TEXT))
            if runs and (runs[-1][1] is role or character == " "):
                runs[-1][0].append(character)
            else:
                runs.append(([character], role))
        return Line(tuple(Span("".join(characters), role) for characters, role in runs))


def centred_label(grid: Grid, column: int, row: int, text: str, role: Role) -> None:
    """Write a label with its middle at a column, moved as little as keeps it inside the grid."""
    start = min(max(column - len(text) // 2, 0), max(grid.width - len(text), 0))
    grid.put(start, row, text, role)


class Label(NamedTuple):
    """Words under an axis at a value."""

    value: float
    text: str
    role: Role = Role.MUTED


def axis_labels(labels: Sequence[Label], scale: Scale, *, left: int = 0) -> Line:
    """Labels centred on their values, the first ones first; one that would touch another is left out."""
    grid = Grid(left + scale.cells + 1, 1)
    taken: set[int] = set()
    for label in labels:
        start = left + scale.cell(label.value) - len(label.text) // 2
        start = min(max(start, 0), max(grid.width - len(label.text), 0))
        cells = set(range(start - 1, start + len(label.text) + 1))
        if not cells & taken:
            grid.put(start, 0, label.text, label.role)
            taken |= set(range(start, start + len(label.text)))
    return grid.lines()[0]


def label_text(text: str) -> str:
    """A name from a bank or a document as one row of safe text."""
    return " ".join(sanitize(text).split())


def padded(text: str, cells: int) -> str:
    """Text cut with `…` or filled to exactly this many cells, the last of them blank where there are two."""
    cells = max(cells, 0)
    if cell_len(text) >= cells > 1:
        text = set_cell_size(text, cells - 2) + "…"
    return set_cell_size(text, cells)
