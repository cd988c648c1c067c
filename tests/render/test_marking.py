"""A drag over the stem marks the words it went over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.render.block import block_lines
from drill.render.lines import Role
from drill.render.marking import marked_words, stem_offset
from drill.render.options import ItemView
from tests.render.samples import BLOCK, OPTIONS, STEM

SIZES = st.sampled_from([(80, 24), (120, 40), (168, 60), (60, 16)])


def highlighted(width: int, height: int, scroll: int, span: tuple[int, int]) -> list[str]:
    view = replace(BLOCK, item=replace(BLOCK.item, highlights=(span,)))
    rows = block_lines(view, width, height, scroll)
    return [s.text for row in rows for s in row.spans if s.role is Role.HIGHLIGHT]


@given(SIZES, st.integers(0, 8), st.data())
@settings(max_examples=60, deadline=None)
def test_offset_under_a_cell_is_the_character_painted_there(
    size: tuple[int, int], scroll: int, data: st.DataObject
) -> None:
    rows = block_lines(BLOCK, *size, scroll)
    cell = data.draw(st.tuples(st.integers(0, size[0] - 1), st.integers(0, len(rows) - 1)))
    offset = stem_offset(BLOCK, *size, scroll, cell)
    if offset is not None and offset < len(STEM) and not STEM[offset].isspace():
        painted = rows[cell[1]].text
        left = 22 if size[0] >= 100 else 2
        if left <= cell[0] < len(painted.rstrip()):
            assert painted[cell[0]] == STEM[offset]


def test_drag_inside_words_marks_them_whole() -> None:
    rows = block_lines(BLOCK, 80, 24)
    row = next(i for i, line in enumerate(rows) if "naproxen" in line.text)
    column = rows[row].text.index("naproxen")
    span = marked_words(BLOCK, 80, 24, 0, (column + 3, row), (column + 4, row))
    assert span is not None
    assert STEM[slice(*span)] == "naproxen"
    assert highlighted(80, 24, 0, span) == ["naproxen"]


def test_drag_over_rows_marks_what_lies_between() -> None:
    span = marked_words(BLOCK, 80, 24, 0, (70, 2), (4, 3))
    assert span is not None
    assert STEM[slice(*span)].split() == ["wife", "because", "of"]


def test_drag_that_leaves_the_stem_ends_with_it() -> None:
    span = marked_words(BLOCK, 80, 24, 0, (2, 12), (30, 20))
    assert span is not None
    assert STEM[slice(*span)].endswith("hand.")


@pytest.mark.parametrize("start", [(10, 0), (10, 1), (10, 17), (10, 23)])
def test_drag_that_starts_off_the_stem_marks_nothing(start: tuple[int, int]) -> None:
    assert marked_words(BLOCK, 80, 24, 0, start, (60, 23)) is None


def test_blank_passage_marks_nothing() -> None:
    view = replace(BLOCK, item=ItemView("one\n\ntwo", "?", OPTIONS))
    assert marked_words(view, 80, 24, 0, (5, 3), (9, 3)) is None


def test_wide_characters_take_two_cells() -> None:
    view = replace(BLOCK, item=ItemView("漢字 x", "?", OPTIONS))
    assert [stem_offset(view, 80, 24, 0, (column, 2)) for column in range(2, 8)] == [0, 0, 1, 1, 2, 3]
