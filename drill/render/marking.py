"""From a drag over the stem to the passage it marks."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.block import BlockView, layout
from drill.render.options import GUTTER
from drill.render.stem import Row, offset_in, stem_rows, stem_words
from drill.render.text import sanitize

_HEAD_ROWS = 2


def stem_offset(
    view: BlockView, width: int, height: int, scroll: int, cell: tuple[int, int], *, nearest: bool = False
) -> int | None:
    """The offset into `sanitize(stem)` of the character at (column, row) of `block_lines`.

    None off the stem's rows in view; with `nearest`, the start or end of what is in view instead.
    Left and right of a row's text its first character and its end are meant.
    """
    plan = layout(view, width, height)
    stem = sanitize(view.item.stem)
    rows = stem_rows(stem, plan.measure)
    first = min(max(scroll, 0), plan.max_scroll)
    shown = rows[first : first + plan.stem_rows]
    column, row = cell[0] - plan.rail - GUTTER, cell[1] - _HEAD_ROWS - plan.top_gap
    if not shown or not 0 <= row < len(shown):
        if not nearest or not shown:
            return None
        return _first(shown) if row < 0 else _last(shown)
    return offset_in(shown[row], column)


def _first(rows: Sequence[Row]) -> int | None:
    return next((piece.at for row in rows for piece in row if piece.at is not None), None)


def _last(rows: Sequence[Row]) -> int | None:
    return next(
        (piece.end for row in reversed(rows) for piece in reversed(row) if piece.at is not None), None
    )


def marked_words(
    view: BlockView, width: int, height: int, scroll: int, start: tuple[int, int], end: tuple[int, int]
) -> tuple[int, int] | None:
    """The passage from one cell to another, both included and widened to whole words; None if empty.

    `start` comes before `end` in reading order and must lie on the stem.
    """
    first = stem_offset(view, width, height, scroll, start)
    last = stem_offset(view, width, height, scroll, end, nearest=True)
    if first is None or last is None:
        return None
    last = max(first, last)
    over = [(a, b) for a, b in stem_words(sanitize(view.item.stem)) if a <= last and b >= first]
    return (over[0][0], over[-1][1]) if over else None
