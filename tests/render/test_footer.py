"""Footer and top line: what gives way, and what stays."""

from __future__ import annotations

import pytest

from drill.render.footer import Key, footer_line, key_rows
from drill.render.lines import Role
from drill.render.top import TopView, exam_text, top_line

LEFT = [Key("A-E", "Choose"), Key("Enter", "Next", "key:enter"), Key(".", "Flag")]
RIGHT = [Key("Esc", "Menu", "key:escape"), Key("?", "Keys")]


def test_footer_fills_from_the_left_and_drops_whole_keys() -> None:
    assert footer_line(LEFT, RIGHT, 60).text.split("   ")[0].strip() == "A-E Choose"
    wide, narrow = footer_line(LEFT, RIGHT, 60).text, footer_line(LEFT, RIGHT, 52).text
    assert ". Flag" in wide
    assert ". Flag" not in narrow
    assert "Enter Next" in narrow
    assert len(narrow) == 50


def test_nothing_after_the_first_dropped_key_is_shown() -> None:
    keys = [Key("A-E", "Choose"), Key("Ctrl+N", "A very long label indeed"), Key(".", "Flag")]
    assert ". Flag" not in footer_line(keys, RIGHT, 50).text


def test_esc_and_question_mark_stay_at_the_right_edge() -> None:
    for width in (24, 40, 80, 168):
        row = footer_line(LEFT, RIGHT, width)
        assert row.text.endswith("Esc Menu   ? Keys")
        assert row.width == width - 2


def test_when_even_those_do_not_fit_the_keys_key_is_the_last_to_go() -> None:
    assert footer_line(LEFT, RIGHT, 12).text.strip() == "? Keys"


def test_message_takes_the_left_side_only() -> None:
    text = footer_line(LEFT, RIGHT, 60, message="Strike which? A-E").text
    assert text.strip().startswith("Strike which? A-E")
    assert text.endswith("? Keys")
    assert "Choose" not in text
    assert footer_line(LEFT, RIGHT, 40, message="x" * 90).text == "  " + "x" * 15 + "…   Esc Menu   ? Keys"


def test_keys_can_be_clicked() -> None:
    links = {span.text: span.link for span in footer_line(LEFT, RIGHT, 80).spans}
    assert links["Enter"] == links[" Next"] == "key:enter"


def test_top_line_marks_the_current_screen_and_links_all() -> None:
    spans = top_line(TopView(2), 80).spans
    assert [span.text for span in spans if span.role is Role.CURRENT] == ["Pacing"]
    assert {span.link for span in spans if span.link} == {f"screen:{n}" for n in range(1, 7)}


def test_top_line_shortens_as_the_window_narrows() -> None:
    assert top_line(TopView(3), 60).text.strip() == "1 Home 2 Pacing 3 Next 4 Questions 5 Settings 6 Road"
    assert all(top_line(TopView(3), width).width <= width - 2 for width in range(33, 200))
    assert top_line(TopView(3), 40).text.strip() == "1  2  3 Next step  4  5  6"


def test_days_until_the_exam_are_said_while_they_lie_ahead() -> None:
    assert [exam_text(days) for days in (None, -1, 0, 1, 63)] == [
        "",
        "",
        "exam today",
        "exam tomorrow",
        "exam in 63 days",
    ]
    assert top_line(TopView(1, 63), 120).text.endswith("exam in 63 days")
    assert "exam" not in top_line(TopView(1, 63), 80).text


def test_where_only_ascii_is_shown_arrow_keys_have_their_names() -> None:
    keys = [
        Key("↑↓", "Row"),
        Key("←→", "Change", "key:right"),
        Key("→", "Next miss", "key:right"),
        Key("↑↓←→", "Move"),
    ]
    row = footer_line(keys, [Key("?", "Keys")], 100, ascii_only=True)
    assert row.text.startswith("  Up/Down Row   Left/Right Change   Right Next miss   Arrows Move   ")
    assert row.text.isascii()
    said = footer_line([], [], 60, message="Pick a block with ← and → first.", ascii_only=True)
    assert said.text.strip() == "Pick a block with Left and Right first."


@pytest.mark.parametrize("ascii_only", [False, True])
def test_each_of_several_arrows_is_clicked_for_itself(ascii_only: bool) -> None:
    row = footer_line([Key("←→", "Change", "key:right")], [], 60, ascii_only=ascii_only)
    assert [span.link for span in row.spans if span.role is Role.ACCENT and span.text != "/"] == [
        "key:left",
        "key:right",
    ]
    assert next(span for span in row.spans if span.text == " Change").link == "key:right"


def test_keys_that_answer_a_question_take_the_rows_they_need() -> None:
    keys = [Key(str(number), "A reason of its own", f"key:{number}") for number in range(1, 6)]
    rows = key_rows(keys, 76)
    assert [row.text for row in rows] == [
        "  1 A reason of its own   2 A reason of its own   3 A reason of its own",
        "  4 A reason of its own   5 A reason of its own",
    ]
    assert {span.link for row in rows for span in row.spans if span.text.strip()} == {
        f"key:{n}" for n in range(1, 6)
    }
