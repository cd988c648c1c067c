"""A grid of cells, each of 2 x 4 braille dots or one character, in layers that give way to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.cells import cell_len

from drill.render.lines import Line, Role, Span

ACROSS, DOWN = 2, 4
"""Dots of a cell."""
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
Point = tuple[float, float]
Dot = tuple[int, int]
Dash = tuple[int, int]
"""Dots drawn and dots left out, in turn; (1, 0) is solid."""
SOLID: Dash = (1, 0)


class Raster:
    """Paints strokes and characters; text wins over dots, dots of a later layer over earlier ones."""

    def __init__(self, width: int, height: int) -> None:
        self.width = max(width, 0)
        self.height = max(height, 0)
        self._bits: dict[tuple[int, int], int] = {}
        self._roles: dict[tuple[int, int], Role] = {}
        self._layers: dict[tuple[int, int], int] = {}
        self._text: dict[tuple[int, int], tuple[str, Role]] = {}

    def dot(self, x: int, y: int, role: Role, layer: int = 1) -> None:
        """One dot; dots outside are not painted. A cell shows the dots of its highest layer."""
        cell = (y // DOWN, x // ACROSS)
        if not (0 <= cell[0] < self.height and 0 <= cell[1] < self.width):
            return
        before = self._layers.get(cell, -1)
        if layer < before:
            return
        bit = _BITS[y % DOWN][x % ACROSS]
        if layer > before:
            self._bits[cell], self._layers[cell], self._roles[cell] = bit, layer, role
        else:
            self._bits[cell] |= bit

    def stroke(
        self,
        points: Iterable[tuple[float, float]],
        role: Role,
        *,
        box: tuple[int, int, int, int],
        layer: int = 2,
        dash: Dash = SOLID,
    ) -> None:
        """Join points, in dots, within a box of dots (left, top, right, bottom; right and bottom outside)."""
        left, top, right, bottom = box
        on, period = dash[0], dash[0] + dash[1]
        last: Point | None = None
        at: Dot | None = None
        passed = 0
        for here in thinned(points):
            part = clipped(last or here, here, box)
            if part is not None:
                for px, py in _between(*part):
                    passed += (px, py) != at
                    at = px, py
                    if left <= px < right and top <= py < bottom and passed % period < on:
                        self.dot(px, py, role, layer)
            last = here

    def text(self, column: int, row: int, words: str, role: Role = Role.TEXT) -> None:
        """Characters of one cell each from a cell on; what is outside is left out."""
        if not 0 <= row < self.height:
            return
        for character in words:
            cells = cell_len(character)
            if cells != 1:
                character = "?" * cells  # noqa: PLW2901 - a cell holds one character
            for each in character:
                if 0 <= column < self.width:
                    self._text[row, column] = (each, role)
                column += 1

    def has_text(self, column: int, row: int) -> bool:
        """Whether a character stands in a cell."""
        return (row, column) in self._text

    def lines(self) -> list[Line]:
        """The rows, trailing blanks left out."""
        return [self._line(row) for row in range(self.height)]

    def _line(self, row: int) -> Line:
        spans: list[Span] = []
        run, run_role = "", Role.TEXT
        for column in range(self.width):
            cell = (row, column)
            character, role = " ", run_role
            if cell in self._text:
                character, role = self._text[cell]
            elif cell in self._bits:
                character, role = chr(0x2800 + self._bits[cell]), self._roles[cell]
            if role is not run_role and run:
                spans.append(Span(run, run_role))
                run = ""
            run, run_role = run + character, role
        run = run.rstrip()
        return Line((*spans, Span(run, run_role)) if run else tuple(spans))


def thinned(points: Iterable[Point]) -> Iterator[Point]:
    """Of neighbours in one column of dots the first, the highest, the lowest and the last: the same dots."""
    column: int | None = None
    run: list[Point] = []
    for point in points:
        here = round(point[0]) if abs(point[0]) < 1e15 else None
        if here is not None and here == column:
            run.append(point)
            continue
        yield from _ends(run)
        column, run = here, [point]
    yield from _ends(run)


def _ends(run: list[Point]) -> Iterable[Point]:
    if len(run) < 5:
        return run
    low, high = min(run, key=lambda each: each[1]), max(run, key=lambda each: each[1])
    return run[0], low, high, run[-1]


def clipped(start: Point, end: Point, box: tuple[int, int, int, int]) -> tuple[Dot, Dot] | None:
    """The part of a straight line that lies in a box, in whole dots (Liang and Barsky, 1984); None: none."""
    left, top, right, bottom = box
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    enter, leave = 0.0, 1.0
    for delta, room in ((-dx, x - left), (dx, right - 1 - x), (-dy, y - top), (dy, bottom - 1 - y)):
        if delta == 0:
            if room < -0.5:
                return None
        elif delta < 0:
            enter = max(enter, room / delta)
        else:
            leave = min(leave, room / delta)
    if enter > leave:
        return None
    return (round(x + enter * dx), round(y + enter * dy)), (round(x + leave * dx), round(y + leave * dy))


def _between(start: tuple[int, int], end: tuple[int, int]) -> Iterable[tuple[int, int]]:
    """Every dot of a straight line (Bresenham)."""
    (x, y), (to_x, to_y) = start, end
    dx, dy = abs(to_x - x), -abs(to_y - y)
    step_x, step_y = (1 if x < to_x else -1), (1 if y < to_y else -1)
    error = dx + dy
    while True:
        yield x, y
        if (x, y) == (to_x, to_y):
            return
        doubled = 2 * error
        if doubled >= dy:
            error += dy
            x += step_x
        if doubled <= dx:
            error += dx
            y += step_y
