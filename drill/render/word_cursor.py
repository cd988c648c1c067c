"""A cursor on the words of the stem: what the keys highlight without a mouse."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from drill.render.block import BlockView, layout
from drill.render.text import sanitize, wrap_offsets

_WORD = re.compile(r"\S+")


class WordCursor(NamedTuple):
    """A word by its number, and where the passage begins."""

    word: int
    start: int | None = None
    """The word at which the passage was begun; None: the word under the cursor alone."""


def _words(stem: str) -> list[tuple[int, int]]:
    return [match.span() for match in _WORD.finditer(sanitize(stem))]


def first_in_view(view: BlockView, width: int, height: int, scroll: int) -> WordCursor | None:
    """The first word of the rows in view; None when the stem has no words."""
    words = _words(view.item.stem)
    rows = wrap_offsets(sanitize(view.item.stem), layout(view, width, height).measure)
    if not words or not rows:
        return None
    top = rows[min(max(scroll, 0), len(rows) - 1)][0]
    return WordCursor(next((n for n, (_, end) in enumerate(words) if end > top), len(words) - 1))


def passage(stem: str, cursor: WordCursor) -> tuple[int, int]:
    """Offsets into `sanitize(stem)` from where the passage was begun to the cursor, both words whole."""
    words = _words(stem)
    first, last = sorted((cursor.word, cursor.word if cursor.start is None else cursor.start))
    return words[first][0], words[last][1]


def brief(passage: str) -> str:
    """A passage in a few words: whole, or its first and last with how many there are."""
    words = passage.split()
    if len(words) <= 4:
        return " ".join(words)
    return f"{words[0]} … {words[-1]}, {len(words)} words"


def moved(
    view: BlockView, width: int, height: int, cursor: WordCursor, *, words: int, rows: int
) -> WordCursor:
    """The cursor so many words and rows further on, at most to the first or last word."""
    spans = _words(view.item.stem)
    word = cursor.word + words
    if rows:
        starts = _row_starts(view, width, height)
        offset = spans[cursor.word][0]
        row = bisect_right(starts, offset) - 1
        target = min(max(row + rows, 0), len(starts) - 1)
        column = offset - starts[max(row, 0)]
        word = bisect_right([start for start, _ in spans], starts[target] + column) - 1
        if target != row and spans[max(word, 0)][0] < starts[target]:
            word += 1
    return cursor._replace(word=min(max(word, 0), len(spans) - 1))


def scroll_to(view: BlockView, width: int, height: int, scroll: int, cursor: WordCursor) -> int:
    """The scroll nearest to `scroll` at which the cursor's word is in view."""
    plan = layout(view, width, height)
    start = _words(view.item.stem)[cursor.word][0]
    row = max(bisect_right(_row_starts(view, width, height), start) - 1, 0)
    return min(max(scroll, row - plan.stem_rows + 1), row)


def _row_starts(view: BlockView, width: int, height: int) -> list[int]:
    stem = sanitize(view.item.stem)
    return [start for start, _ in wrap_offsets(stem, layout(view, width, height).measure)]
