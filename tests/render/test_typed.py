"""A line being typed: where its caret is painted."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from drill.render.lines import Role
from drill.render.typed import typed_rows, typed_spans


def test_behind_the_text_the_caret_is_a_mark_of_its_own() -> None:
    assert "".join(span.text for span in typed_spans("sod")) == "sod_"


def test_within_the_text_the_character_it_stands_before_is_marked() -> None:
    before, under, after = typed_spans("sod", 1)
    assert (before.text, under.text, under.role, after.text) == ("s", "o", Role.CARET, "d")


@given(st.text(alphabet="ab日é", max_size=30), st.data(), st.integers(2, 12))
def test_the_caret_is_in_view_however_long_the_text(text: str, data: st.DataObject, cells: int) -> None:
    caret = data.draw(st.integers(0, len(text)))
    spans = typed_spans(text, caret, cells)
    assert cell_len("".join(span.text for span in spans)) <= cells
    assert spans[1].text == (text[caret : caret + 1] or "_")


@given(st.text(alphabet="ab é", max_size=40), st.data(), st.integers(1, 12))
@settings(max_examples=300)
def test_on_several_rows_there_is_one_caret(text: str, data: st.DataObject, width: int) -> None:
    caret = data.draw(st.integers(0, len(text)))
    marks = [
        span.text
        for row in typed_rows(text, caret, width)
        for span in row
        if span.role in (Role.CARET, Role.ACCENT)
    ]
    assert marks == [text[caret : caret + 1] or "_"]


def test_the_rows_of_what_is_typed_break_between_words() -> None:
    rows = ["".join(span.text for span in row) for row in typed_rows("one two three", 13, 8)]
    assert rows == ["one two", "three_"]
