"""A cursor moves over the words of the stem by keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.render.block import block_lines
from drill.render.options import ItemView
from drill.render.word_cursor import WordCursor, brief, first_in_view, moved, passage, scroll_to
from tests.render.samples import BLOCK, OPTIONS, STEM

WORDS = STEM.split()


def words_of(cursor: WordCursor) -> list[str]:
    return STEM[slice(*passage(STEM, cursor))].split()


def test_it_begins_at_the_first_word_in_view() -> None:
    first = first_in_view(BLOCK, 80, 24, 0)
    assert first == WordCursor(0)
    lower = first_in_view(BLOCK, 80, 24, 2)
    assert lower is not None
    assert words_of(lower)[0] == block_lines(BLOCK, 80, 24, 2)[2].text.split()[0]


def test_a_passage_runs_from_its_start_to_the_cursor_either_way() -> None:
    assert words_of(WordCursor(3)) == [WORDS[3]]
    assert words_of(WordCursor(5, 3)) == words_of(WordCursor(3, 5)) == WORDS[3:6]


def test_a_long_passage_is_told_by_its_ends() -> None:
    assert brief("woman, gravida 1, para") == "woman, gravida 1, para"
    assert brief("a woman, gravida 1,\npara") == "a … para, 5 words"


def test_a_row_down_and_up_again_stays_in_its_column() -> None:
    first = WordCursor(0)
    down = moved(BLOCK, 80, 24, first, words=0, rows=1)
    assert words_of(down)[0] == block_lines(BLOCK, 80, 24)[3].text.split()[0]
    assert moved(BLOCK, 80, 24, down, words=0, rows=-1) == first


@given(st.sampled_from([(60, 16), (80, 24), (120, 40), (168, 60)]), st.data())
@settings(max_examples=60, deadline=None)
def test_any_move_ends_on_a_word_that_can_be_scrolled_to(size: tuple[int, int], data: st.DataObject) -> None:
    cursor = WordCursor(data.draw(st.integers(0, len(WORDS) - 1)))
    words, rows = data.draw(st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1), (0, 10_000), (0, -10_000)]))
    after = moved(BLOCK, *size, cursor, words=words, rows=rows)
    step = words or rows
    assert (after.word - cursor.word) * step >= 0
    assert 0 <= after.word < len(WORDS)
    scroll = scroll_to(BLOCK, *size, data.draw(st.integers(0, 9)), after)
    view = replace(BLOCK, item=replace(BLOCK.item, cursor=passage(STEM, after)))
    painted = [span.text for row in block_lines(view, *size, scroll) for span in row.spans if span.cursor]
    assert painted == [WORDS[after.word]]


@pytest.mark.parametrize("stem", ["", "\n \n"])
def test_a_stem_without_words_has_no_cursor(stem: str) -> None:
    view = replace(BLOCK, item=ItemView(stem, "?", OPTIONS))
    assert first_in_view(view, 80, 24, 0) is None
