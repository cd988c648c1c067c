"""Pipe tables as tables: what they look like, and that every character keeps its place in the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from drill.render.block import block_lines, layout
from drill.render.lines import Role
from drill.render.marking import marked_words, stem_offset
from drill.render.stem import column_of, offset_in, row_of, row_text, stem_rows, stem_words
from drill.render.text import wrap
from drill.render.word_cursor import WordCursor, moved, passage
from tests.render.samples import BLOCK

TABLE = """Studies show:

| Test | Result | Reference |
|:-----|-------:|-----------|
| Na+ | 128 | 136-146 mEq/L |
| Glucose, fasting | 9 |

He is drowsy."""
LAID = [
    "Studies show:",
    "",
    "Test              Result  Reference",
    "───────────────────────────────────────",
    "Na+                  128  136-146 mEq/L",
    "Glucose, fasting       9",
    "",
    "He is drowsy.",
]


def texts(text: str, measure: int) -> list[str]:
    return [row_text(row) for row in stem_rows(text, measure)]


def test_a_table_stands_in_columns() -> None:
    assert texts(TABLE, 76) == LAID
    assert texts(TABLE, 39) == LAID


def test_where_it_is_too_broad_its_widest_column_wraps() -> None:
    rows = texts(TABLE, 32)
    assert max(map(len, rows)) <= 32
    assert "Na+             128  136-146" in rows
    assert "                     mEq/L" in rows


def test_where_columns_have_no_room_each_cell_has_a_line() -> None:
    rows = texts(TABLE, 24)
    assert rows[2:6] == ["Test: Na+", "Result: 128", "Reference: 136-146 mEq/L", ""]
    assert rows[6:8] == ["Test: Glucose, fasting", "Result: 9"]


@pytest.mark.parametrize(
    "text", ["Either | or.", "a | b\nc | d", "| a |\n| b |", "| a | b |\n|---|", "--- | ---\nx", "A\n---\nB"]
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert texts(text, 76) == list(wrap(text, 76))


def test_an_escaped_pipe_is_no_border() -> None:
    assert texts("| a \\| b | c |\n|---|---|\n| 1 | 2 |", 40)[0] == "a \\| b  c"


PARTS = st.lists(
    st.sampled_from(
        ["a word", "", "| a | b |", "|---|---|", "| x y | z |", "|漢字|long cell with words|", "p | q"]
    ),
    max_size=9,
).map("\n".join)


@given(PARTS, st.integers(1, 60))
def test_every_piece_is_the_text_at_its_place_and_no_word_is_lost(text: str, measure: int) -> None:
    rows = stem_rows(text, measure)
    placed = [piece for row in rows for piece in row if piece.at is not None]
    assert all(text[piece.at : piece.end] == piece.text for piece in placed)
    shown = sorted(at for piece in placed for at in range(piece.at, piece.end) if not text[at].isspace())
    inside = sorted(at for a, b in stem_words(text) for at in range(a, b))
    heads = set(inside) - set(shown)
    assert set(shown) <= set(inside)
    if measure >= 50:
        assert not heads, "no table of these is told cell by cell there"
    assert len(shown) == len(set(shown))


@given(PARTS, st.integers(10, 60))
@example("|漢字|long cell with words|\n|---|---|\n| a | b |", 10)
def test_rows_are_as_broad_as_they_may_be_and_text_without_tables_is_wrapped_as_ever(
    text: str, measure: int
) -> None:
    assert all(cell_len(row_text(row)) <= measure for row in stem_rows(text, measure))
    if "|---|---|" not in text:
        assert texts(text, measure) == list(wrap(text, measure))


@given(PARTS, st.integers(8, 60))
def test_a_character_is_found_on_its_row_and_in_its_column(text: str, measure: int) -> None:
    rows = stem_rows(text, measure)
    for index, row in enumerate(rows):
        for piece in row:
            for at in range(piece.at, piece.end) if piece.at is not None else ():
                assert row_of(rows, at) == index
                assert offset_in(row, column_of(row, at)) == at


def test_marks_and_mouse_keep_to_the_text_of_the_author() -> None:
    start = TABLE.index("128")
    view = replace(BLOCK, item=replace(BLOCK.item, stem=TABLE, highlights=((start, start + 3),)))
    rows = block_lines(view, 80, 24)
    (row,) = [n for n, line in enumerate(rows) if any(s.role is Role.HIGHLIGHT for s in line.spans)]
    assert [s.text for s in rows[row].spans if s.role is Role.HIGHLIGHT] == ["128"]
    column = rows[row].text.index("128")
    assert stem_offset(view, 80, 24, 0, (column, row)) == start
    assert marked_words(view, 80, 24, 0, (column, row), (column + 6, row)) == (
        start,
        TABLE.index("-146 ") + 4,
    )


def test_the_cursor_on_words_goes_through_the_cells() -> None:
    view = replace(BLOCK, item=replace(BLOCK.item, stem=TABLE, highlights=()))
    words = [TABLE[slice(*passage(TABLE, WordCursor(n)))] for n in range(len(stem_words(TABLE)))]
    assert words[2:8] == ["Test", "Result", "Reference", "Na+", "128", "136-146"]
    below = moved(view, 80, 24, WordCursor(3), words=0, rows=1)
    assert words[below.word] == "128", "the line under the heads is no row"
    assert words[moved(view, 80, 24, below, words=0, rows=-1).word] == "Result"
    assert layout(view, 80, 24).measure > 0
