"""From a drag over the stem to the passage it marks."""

from __future__ import annotations

from rich.cells import cell_len

from drill.render.block import BlockView, layout
from drill.render.options import GUTTER
from drill.render.text import sanitize, wrap_offsets

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
    rows = wrap_offsets(stem, plan.measure)
    first = min(max(scroll, 0), plan.max_scroll)
    shown = rows[first : first + plan.stem_rows]
    column, row = cell[0] - plan.rail - GUTTER, cell[1] - _HEAD_ROWS - plan.top_gap
    if not shown or not 0 <= row < len(shown):
        if not nearest or not shown:
            return None
        return shown[0][0] if row < 0 else shown[-1][1]
    start, end = shown[row]
    for offset in range(start, end):
        if cell_len(stem[start : offset + 1]) > column:
            return offset
    return end


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
    stem = sanitize(view.item.stem)
    last = max(first, last)
    while first > 0 and not stem[first - 1].isspace():
        first -= 1
    while last < len(stem) and not stem[last].isspace():
        last += 1
    passage = stem[first:last]
    inner = passage.strip()
    if not inner:
        return None
    first += len(passage) - len(passage.lstrip())
    return first, first + len(inner)
