"""The item list, the question that ends a block, and the rail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.render.item_list import (
    ItemCell,
    ListView,
    State,
    grid,
    list_lines,
    open_items_text,
    rail_lines,
    visible,
)
from drill.render.lines import Role, plain
from tests.render.samples import LIST, RAIL


def answered(count: int) -> tuple[ItemCell, ...]:
    return tuple(ItemCell(n, "A", True, False, 60_000) for n in range(1, count + 1))


def test_a_filtered_list_says_so() -> None:
    said = "Blank, never seen and flagged only"
    assert said in plain(list_lines(replace(LIST, only_open=True), 60, 20))
    assert said not in plain(list_lines(LIST, 60, 20))


def test_three_states_follow_from_letter_and_sight() -> None:
    assert ItemCell(1, "A", True).state is State.ANSWERED
    assert ItemCell(1, None, True).state is State.BLANK
    assert ItemCell(1).state is State.NEVER_SEEN


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("A", "The one question is answered."),
        ("AB", "All 2 are answered."),
        ("A□", "1 is blank: 2. Blank counts as wrong."),
        ("□A□", "2 are blank: 1, 3. Blank counts as wrong."),
        ("A·", "1 was never seen: 2. Blank counts as wrong."),
        ("□A··", "1 is blank: 1. Blank counts as wrong. 2 were never seen: 3, 4."),
    ],
)
def test_question_names_what_would_count_as_wrong(letters: str, said: str) -> None:
    items = [
        ItemCell(n, letter if letter.isalpha() else None, letter != "·")
        for n, letter in enumerate(letters, 1)
    ]
    assert open_items_text(items) == said


def test_positions_stand_out_of_the_sentence() -> None:
    rows = list_lines(LIST, 80, 24)
    bold = "".join(span.text for span in rows[2].spans if span.role is Role.STRONG)
    assert bold == "3,11,1618,19"


def test_filter_keeps_blank_unseen_and_flagged() -> None:
    shown = visible(replace(LIST, only_open=True))
    assert [item.position for item in shown] == [3, 4, 7, 11, 16, 18, 19]
    text = plain(list_lines(replace(LIST, only_open=True), 80, 24))
    assert "1:12" not in text
    assert "never seen" in text


def test_filter_with_nothing_left_says_so() -> None:
    view = ListView(answered(5), 1, 1, only_open=True)
    assert "Nothing is blank or flagged." in plain(list_lines(view, 80, 24))


def test_forty_items_fit_into_80x24_without_words() -> None:
    view = ListView(answered(40), 40, 40)
    assert grid(40, 80, 24) == (4, 10, False)
    text = plain(list_lines(view, 80, 24))
    assert all(f"{n:>3}  A" in text for n in range(1, 41))
    assert grid(40, 120, 40) == (2, 20, True)


def test_cursor_stays_in_view_where_the_list_does_not_fit() -> None:
    for cursor in (1, 30, 60):
        text = plain(list_lines(ListView(answered(60), cursor, 1), 60, 16))
        assert f"›{cursor:>3}" in text


def test_every_cell_leads_to_its_item() -> None:
    found = {span.link for row in list_lines(LIST, 80, 24) for span in row.spans if span.link}
    assert {f"goto:{n}" for n in range(1, 21)} <= found
    assert "key:ctrl+e" in found


def test_only_the_cell_under_the_cursor_is_on_the_panel() -> None:
    rows = list_lines(LIST, 80, 24)
    panel = "".join(span.text for row in rows for span in row.spans if span.cursor)
    assert panel.split() == ["›", "3", "□", "blank", "0:20"]


def test_without_the_question_ending_is_not_offered() -> None:
    text = plain(list_lines(replace(LIST, ending=False), 80, 24))
    assert "End" not in text
    assert "Enter Open question 3" in text


def test_rail_follows_the_current_item_and_counts_where_there_is_room() -> None:
    tall = plain(rail_lines(RAIL, 7, 30))
    assert "› " in tall
    assert tall.endswith("   6 answered\n   □ 1 blank\n   ► 2 flagged\n")
    short = rail_lines(RAIL, 20, 8)
    assert len(short) == 8
    assert short[-1].text.startswith(" › 20")


def test_what_leads_on_is_whole_in_a_narrow_window() -> None:
    assert "Ctrl+E End for good   Enter Open 3   Tab Back to 20\n" in f"{plain(list_lines(LIST, 60, 20))}\n"
    assert "Enter Open question 3     Tab Back to question 20" in plain(list_lines(LIST, 80, 24))
