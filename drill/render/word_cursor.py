"""A cursor on the words of the stem: what the keys highlight without a mouse."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from drill.render.block import BlockView, layout
from drill.render.stem import Row, column_of, has_words, offset_in, row_of, stem_rows, stem_words
from drill.render.text import sanitize


class WordCursor(NamedTuple):
    """A word by its number, and where the passage begins."""

    word: int
    start: int | None = None
    """The word at which the passage was begun; None: the word under the cursor alone."""


def _words(stem: str) -> list[tuple[int, int]]:
    return stem_words(sanitize(stem))


def first_in_view(view: BlockView, width: int, height: int, scroll: int) -> WordCursor | None:
    """The first word of the rows in view; None when the stem has no words."""
    words = _words(view.item.stem)
    starts = _row_starts(view, width, height)
    if not words or not starts:
        return None
    top = starts[min(max(scroll, 0), len(starts) - 1)]
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
        laid, starts = _rows(view, width, height), _row_starts(view, width, height)
        offset = spans[cursor.word][0]
        row = row_of(laid, offset)
        target, step = min(max(row + rows, 0), len(laid) - 1), 1 if rows > 0 else -1
        while not has_words(laid[target]) and 0 <= target + step < len(laid):
            target += step
        below = offset_in(laid[target], column_of(laid[row], offset))
        word = bisect_right([start for start, _ in spans], starts[target] if below is None else below) - 1
        if target != row and spans[max(word, 0)][0] < starts[target]:
            word += 1
    return cursor._replace(word=min(max(word, 0), len(spans) - 1))


def scroll_to(view: BlockView, width: int, height: int, scroll: int, cursor: WordCursor) -> int:
    """The scroll nearest to `scroll` at which the cursor's word is in view."""
    plan = layout(view, width, height)
    start = _words(view.item.stem)[cursor.word][0]
    row = row_of(_rows(view, width, height), start)
    return min(max(scroll, row - plan.stem_rows + 1), row)


def _rows(view: BlockView, width: int, height: int) -> tuple[Row, ...]:
    return stem_rows(sanitize(view.item.stem), layout(view, width, height).measure)


def _row_starts(view: BlockView, width: int, height: int) -> list[int]:
    """Where each row begins; a row without words, where the one before does."""
    starts, last = [], 0
    for row in _rows(view, width, height):
        last = next((piece.at for piece in row if piece.at is not None), last)
        starts.append(last)
    return starts
