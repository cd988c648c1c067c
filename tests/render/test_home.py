"""Home and the menu: cursor, history and the first run."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from drill.render.home import FIRST_STEPS, HomeView, LastBlock, home_lines
from drill.render.lines import plain
from drill.render.menu import menu_lines
from tests.render.samples import HOME, MENU


def test_first_run_says_what_enter_does() -> None:
    text = plain(home_lines(HomeView(HOME.choices[1:]), 80, 24))
    assert "No block yet. Enter starts 20 questions in 30:00." in text
    assert "Last blocks" not in text
    assert all(said in text for said in FIRST_STEPS)


@pytest.mark.parametrize(
    "changes",
    [{"lead": "Block 1 of 2 today."}, {"exam": "exam in 10 days"}, {"blocks": HOME.blocks}, {"unread": True}],
)
def test_once_there_is_a_block_or_a_date_the_first_steps_are_not_told(changes: dict[str, object]) -> None:
    text = plain(home_lines(replace(HomeView(HOME.choices[1:]), **changes), 80, 24))  # type: ignore[arg-type]
    assert not any(said in text for said in FIRST_STEPS)


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (60, 8), (120, 40)])
def test_cursor_row_is_always_in_view(size: tuple[int, int]) -> None:
    many = replace(HOME, blocks=HOME.blocks * 5)
    for cursor in range(len(many.choices) + len(many.blocks)):
        rows = home_lines(replace(many, cursor=cursor), *size)
        on = [row for row in rows if any(span.cursor for span in row.spans)]
        assert on, cursor
        assert sum("›" in row.text for row in on) == 1
        assert len(rows) <= size[1] - 2


def test_every_row_that_can_be_opened_has_its_link() -> None:
    links = {span.link for row in home_lines(HOME, 80, 24) for span in row.spans if span.link}
    assert links == {f"row:{n}" for n in range(9)}


def test_a_long_hint_is_wrapped_and_nothing_of_it_is_cut() -> None:
    hint = "Pace gets a verdict after 10 more blocks; 160 questions are left: import your own. Target 85 s an item."
    view = replace(HOME, choices=(replace(HOME.choices[0], hint=hint),))
    for width, height in [(60, 16), (80, 24), (120, 40)]:
        text = plain(home_lines(view, width, height))
        assert hint in " ".join(text.split())
        assert all(len(row) <= width for row in text.split("\n"))


def test_bars_begin_at_zero() -> None:
    """A bar twice as long stands for twice the time; a cut axis would flatter small changes."""
    blocks = tuple(
        LastBlock("Fri 20 Nov", "exam 20", 10, 20, "0:10 left", pace, True) for pace in (40, 80, 120)
    )
    text = plain(home_lines(replace(HOME, blocks=blocks), 120, 40))
    bars = [row.count("━") for row in text.split("\n") if "━" in row]
    assert bars == [6, 12, 18]


def test_too_few_items_show_no_number_and_no_bar() -> None:
    block = replace(HOME.blocks[0], pace_s=None, counts=False)
    text = plain(home_lines(replace(HOME, blocks=(block,)), 120, 40))
    row = next(row for row in text.split("\n") if "Fri 20" in row)
    assert row.rstrip().endswith("○")
    assert "80" not in row


def test_legend_names_hollow_dots_only_when_there_are_any() -> None:
    assert "○ does not (retest)" in plain(home_lines(HOME, 80, 24))
    full = replace(HOME, blocks=tuple(block for block in HOME.blocks if block.counts))
    assert "○" not in plain(home_lines(full, 80, 24))


def test_no_first_block_is_offered_while_one_is_open() -> None:
    assert "No block yet" not in plain(home_lines(HomeView(HOME.choices, unfinished=True), 80, 24))


@pytest.mark.parametrize("blocks", [(), HOME.blocks])
def test_days_to_the_exam_stand_on_home_where_the_top_line_has_no_room(blocks: tuple[LastBlock, ...]) -> None:
    view = replace(HOME, blocks=blocks, exam="exam in 10 days", lead=None if blocks else "Block 1 of 2.")
    rows = [row.text for row in home_lines(view, 80, 24)]
    last = rows[-1]
    assert last.endswith("exam in 10 days")
    assert len(last) == 78
    assert ("counts in trends" if blocks else "No block yet") in " ".join(rows[-2:])
    assert len(rows) == len(home_lines(replace(view, exam=""), 80, 24)) + bool(blocks)
    assert "exam in" not in plain(home_lines(view, 100, 30))


def test_a_block_without_an_answer_says_none_and_not_0_of_0() -> None:
    blank = replace(HOME.blocks[0], right=0, answered=0)
    rows = plain(home_lines(replace(HOME, blocks=(blank,)), 80, 24))
    assert "0 of 0" not in rows
    assert re.search(rf"{blank.name} +none ", rows)


@pytest.mark.parametrize("width", [80, 120])
def test_words_about_a_choice_fold_where_a_sentence_ends(width: int) -> None:
    hint = "7 more blocks until drill can first say if you get faster. Ctrl+L keeps 30:00."
    view = replace(HOME, choices=(replace(HOME.choices[0], hint=hint), *HOME.choices[1:]))
    rows = [row.text.strip() for row in home_lines(view, width, 40)]
    at = rows.index("7 more blocks until drill can first say if you get faster.")
    assert rows[at + 1] == "Ctrl+L keeps 30:00."


@pytest.mark.parametrize("width", [60, 80, 100])
def test_every_reason_for_a_hollow_dot_can_be_read(width: int) -> None:
    reasons = ("away too long", "ended early", "left early", "too few new questions", "tutor")
    for height in (24, 30):
        text = plain(home_lines(replace(HOME, reasons=reasons), width, height))
        assert f"({', '.join(reasons)})" in " ".join(text.split())


def test_a_long_name_of_a_block_ends_in_an_ellipsis() -> None:
    block = replace(HOME.blocks[0], name="next best step 20, Obstetrics")
    assert "next best step 20,…  13 of 20" in plain(home_lines(replace(HOME, blocks=(block,)), 80, 24))


def test_long_words_beside_a_choice_wrap_under_themselves_on_the_panel() -> None:
    view = replace(MENU, choices=(replace(MENU.choices[0], hint="with " * 30),))
    rows = [row for row in menu_lines(view, 80, 24) if any(span.cursor for span in row.spans)]
    assert len(rows) == 3
    assert [row.text.count("›") for row in rows] == [1, 0, 0]


def test_menu_lists_its_ways_on() -> None:
    assert plain(menu_lines(MENU, 80, 24)) == (
        "\n"
        "   Menu\n"
        "   The clock runs on.\n"
        "\n"
        "   › Back        to item 7\n"
        "     Suspend     keeps every answer; the time away is not counted\n"
        "     End block   opens the item list first\n"
    )


def test_the_legend_takes_as_many_rows_before_the_paces_are_known() -> None:
    reasons = ("ended early", "left early", "retest", "set aside")
    unknown = tuple(replace(block, pace_s=None) for block in HOME.blocks)
    full, early = (
        home_lines(replace(HOME, blocks=blocks, reasons=reasons), 80, 24) for blocks in (HOME.blocks, unknown)
    )
    assert [row.text[:30] for row in full] == [row.text[:30] for row in early]
