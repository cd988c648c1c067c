"""Sizes at which the layout changes, and a whole screen put together from its parts."""

from __future__ import annotations

from collections.abc import Iterable

from drill.render.lines import Line, Role, Span, fit, line

MIN_WIDTH = 60
MIN_HEIGHT = 16
WIDE = 100
"""From this width on there is a rail, and Home is centred."""
BROAD = 160
"""From this width on lab values stand at the right."""
TALL = 36
"""From this height on options have blank rows between them."""
CAP = 168
"""No screen is wider than this; broader windows centre it."""
MARGIN = 2
_FORM_CELLS = 102
"""No form is wider; broader windows centre it."""


def too_small(width: int, height: int) -> bool:
    """Whether the window is below 60 x 16, where only one sentence is shown."""
    return width < MIN_WIDTH or height < MIN_HEIGHT


def too_small_lines(clock: str | None, width: int, height: int) -> list[Line]:
    """The sentence of a window that is too small; `clock` is the time left or None outside a block."""
    sentence = f"Make the window at least {MIN_WIDTH} x {MIN_HEIGHT}."
    if clock is not None:
        sentence += " The clock runs on."
    from drill.render.text import wrap

    rows = [line((clock, Role.STRONG))] if clock is not None else []
    rows += [line(row) for row in wrap(sentence, width)]
    return [fit(row, width) for row in rows[: max(height, 0)]]


def is_tall(height: int) -> bool:
    """Whether a window of this height has room for blank rows between options."""
    return height >= TALL


def centred(rows: Iterable[Line], width: int) -> list[Line]:
    """Rows painted for min(width, 168) cells, moved right to the middle of a broader window."""
    left = max(width - CAP, 0) // 2
    return indented(rows, left)


def form_left(width: int) -> int:
    """Cells left of a form in a window of this width."""
    return max(width - _FORM_CELLS, 0) // 2


def indented(rows: Iterable[Line], cells: int) -> list[Line]:
    """Rows moved right by this many cells; blank rows stay empty."""
    if cells <= 0:
        return list(rows)
    space = Span(" " * cells)
    return [Line((space, *row.spans), row.cursor) if row.spans else row for row in rows]
