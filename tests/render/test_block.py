"""How the rows of the block screen are shared out, and what an option looks like in each state."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.render.block import COVER_QUESTION, BlockView, block_lines, layout, more_line
from drill.render.lines import Role, plain
from drill.render.options import ItemView, OptionView, option_lines, stem_lines
from tests.render.samples import BLOCK, HEAD, ITEM, OPTIONS


def block_of(stem_rows: int, options: int, words: str = "An option") -> BlockView:
    """A block whose stem has this many rows and whose options have one row each."""
    stem = "\n".join(f"Row {n}" for n in range(stem_rows))
    listed = tuple(OptionView("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n], words) for n in range(options))
    return BlockView(HEAD, ItemView(stem, "Which one?", listed))


def test_options_get_their_rows_first_and_the_stem_takes_the_rest() -> None:
    plan = layout(BLOCK, 80, 24)
    assert (plan.stem_rows, plan.total_rows, plan.max_scroll) == (13, 19, 6)
    assert not plan.paged


def test_each_option_more_is_a_stem_row_less() -> None:
    rows = [layout(block_of(40, options), 80, 24).stem_rows for options in range(4, 15)]
    assert rows == list(range(14, 3, -1))


def test_options_that_need_more_than_height_less_nine_make_one_page() -> None:
    assert not layout(block_of(40, 14), 80, 24).paged
    plan = layout(block_of(40, 15), 80, 24)
    assert plan.paged
    assert plan.total_rows == 40 + 1 + 1 + 15
    assert plan.stem_rows == 20


def test_tall_windows_air_the_options_only_while_the_stem_stays_whole() -> None:
    assert layout(BLOCK, 120, 36).airy is True
    assert layout(BLOCK, 120, 35).airy is False
    crowded = layout(block_of(30, 5), 120, 40)
    assert (crowded.airy, crowded.whole, crowded.stem_rows) == (False, True, 30)


def test_measure_is_capped_and_beside_rail_and_labs() -> None:
    assert [layout(BLOCK, width, 40).measure for width in (60, 80, 88, 100, 120, 160, 168)] == [
        56, 76, 84, 76, 84, 84, 84,
    ]  # fmt: skip
    assert layout(BLOCK, 99, 40).rail == 0
    assert layout(BLOCK, 159, 40).side == 0
    assert layout(BLOCK, 160, 40).side == 44


@pytest.mark.slow
@given(st.integers(0, 60), st.integers(2, 26), st.integers(60, 168), st.integers(16, 60), st.integers(0, 80))
@settings(max_examples=80)
def test_lead_in_and_last_option_are_always_in_view_or_can_be_scrolled_to(
    stem_rows: int, options: int, width: int, height: int, scroll: int
) -> None:
    view = block_of(stem_rows, options)
    plan = layout(view, width, height)
    rows = block_lines(view, width, height, plan.max_scroll if plan.paged else scroll)
    text = plain(rows)
    assert f" {view.item.options[-1].letter}  An option" in text
    assert len(rows) <= height - 2 + plan.paged, "a row is left before the footer"
    if not plan.paged:
        assert "Which one?" in text


@pytest.mark.slow
@given(st.integers(1, 60), st.integers(2, 8), st.integers(16, 40))
@settings(max_examples=60)
def test_scrolling_through_shows_every_row_of_the_stem(stem_rows: int, options: int, height: int) -> None:
    view = block_of(stem_rows, options)
    plan = layout(view, 80, height)
    seen = "".join(plain(block_lines(view, 80, height, scroll)) for scroll in range(plan.max_scroll + 1))
    assert all(f"Row {n}\n" in seen for n in range(stem_rows))


def test_more_line_counts_what_is_out_of_view() -> None:
    assert more_line(0, 6, "", 80).text.rstrip().endswith("↓ 6 more lines  Space")
    assert more_line(5, 1, "", 80).text.rstrip().endswith("↓ 1 more line  Space")
    assert more_line(6, 0, "", 80).text.endswith("↑ 6 lines above")
    assert more_line(0, 0, "", 80).text == ""


def test_a_single_row_out_of_view_stands_where_it_would_be_counted() -> None:
    view = block_of(15, 4)
    plan = layout(view, 80, 24)
    assert (plan.stem_rows, plan.max_scroll, plan.whole) == (15, 0, True)
    text = plain(block_lines(view, 80, 24))
    assert "Row 14\n  Which one?" in text
    assert "more line" not in text
    assert layout(replace(view, note="Set of 2."), 80, 24).stem_rows == 14
    paged = block_of(3, 16)
    assert layout(paged, 80, 24).paged
    assert layout(paged, 80, 24).max_scroll == 0
    assert len(block_lines(paged, 80, 24)) == 23
    assert "more line" not in plain(block_lines(paged, 80, 24))


def test_note_stands_at_the_left_of_the_more_line() -> None:
    text = plain(block_lines(replace(BLOCK, note="Part 2 of 3 of a set."), 80, 24))
    row = next(row for row in text.split("\n") if "Part 2" in row)
    assert row.startswith("  Part 2 of 3 of a set.")
    assert row.endswith("Space")


def test_chosen_struck_and_plain_differ_in_gutter_and_role() -> None:
    chosen, struck, other = (option_lines(OPTIONS[i], 76)[0] for i in (2, 3, 4))
    assert chosen.text.startswith("●  C  Large")
    assert [span.role for span in chosen.spans if span.text.strip()] == [Role.ACCENT, Role.CAP, Role.STRONG]
    assert struck.text.startswith("-  D  Stool")
    assert struck.spans[-1].role is Role.STRUCK
    assert other.text.startswith("   E  Upper")


def test_long_option_wraps_under_its_text_and_stays_clickable() -> None:
    rows = option_lines(OptionView("B", "word " * 40), 76)
    assert [row.text[:6] for row in rows] == ["   B  ", "      ", "      "]
    assert all(any(span.link == "choose:B" for span in row.spans) for row in rows)


def test_highlights_split_the_stem_rows_where_they_begin_and_end() -> None:
    rows = stem_lines(ItemView("one two three four", "?", OPTIONS, highlights=((4, 13),)), 9)
    marked = [span.text for row in rows for span in row.spans if span.role is Role.HIGHLIGHT]
    assert marked == ["two", "three"]
    assert [row.text for row in rows] == ["  one two", "  three", "  four"]


def test_commit_first_covers_the_options_until_they_are_uncovered() -> None:
    covered = plain(block_lines(replace(BLOCK, covered="fluids"), 80, 24))
    assert COVER_QUESTION in covered
    assert "› fluids" in covered
    assert "octreotide" not in covered
    opened = plain(block_lines(replace(BLOCK, committed="fluids"), 80, 24))
    assert "You wrote: fluids" in opened
    assert "octreotide" in opened


def test_terminal_escapes_in_a_bank_show_as_plain_text() -> None:
    item = replace(ITEM, stem="\x1b]52;c;x\x07Red \x1b[31mtext", lead_in="[b]What[/b]?\x9b2J")
    text = plain(block_lines(replace(BLOCK, item=item), 80, 24))
    assert "]52;c;xRed [31mtext" in text
    assert "[b]What[/b]?2J" in text
