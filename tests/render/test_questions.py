"""The list of questions at any size, and what it says when nothing is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.render.lines import plain
from drill.render.questions import (
    QuestionRow,
    QuestionsView,
    banks_text,
    excerpt,
    question_head,
    questions_lines,
    window,
)

FILTERS = (("Bank", "All"), ("Subject", "All"), ("Next step", "All"), ("Show", "In use"))
ROWS = tuple(
    QuestionRow("notes", f"chest-pain-{n:02}", "Aortic dissection of the ascending aorta", "Medicine", n % 2 == 0, n, 1, 72_000)
    for n in range(40)
)  # fmt: skip


def view(total: int = 40, cursor: int = 0, height: int = 24, **changes: object) -> QuestionsView:
    shown = window(total, cursor, height)
    made = QuestionsView(
        ROWS[shown.start : shown.stop], shown.start, total, cursor, FILTERS, banks=banks_text([("notes", 40)])
    )
    return replace(made, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [1, 3, 20, 60, 80, 100, 120, 168])
@pytest.mark.parametrize("height", [1, 3, 6, 16, 24, 60])
def test_no_row_is_broader_than_the_window_and_the_cursor_is_in_view(width: int, height: int) -> None:
    for cursor in (0, 17, 39):
        made = view(cursor=cursor, height=height, several_banks=True)
        rows = questions_lines(made, width, height)
        assert len(rows) <= max(height - 2, 0)
        assert all(row.width <= width for row in rows)
        if height >= 16:
            assert [row.cursor for row in rows].count(True) == 1


def test_a_row_tells_id_topic_subject_mark_and_record() -> None:
    row = next(row.text for row in questions_lines(view(cursor=2), 100, 24) if row.cursor)
    assert row.split() == [
        "›", "chest-pain-02", "Aortic", "dissection", "of", "the", "ascending", "aorta", "Medicine", "next",
        "1/2", "1:12",
    ]  # fmt: skip
    unseen = next(row.text for row in questions_lines(view(cursor=0), 100, 24) if row.cursor)
    assert unseen.split()[-2:] == ["Medicine", "next"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert "Aortic dissection o…  Medicine" in plain(questions_lines(view(), 70, 24))


def test_the_filter_that_arrows_change_is_marked_and_all_can_be_clicked() -> None:
    filters = questions_lines(view(turning=1), 80, 24)[1]
    assert filters.text == "  Bank All   Subject ‹ All ›   Next step All   Show In use"
    assert {span.link for span in filters.spans if span.link} == {f"turn:{n}" for n in range(4)}


def test_a_retired_question_says_why_it_is_never_drawn() -> None:
    made = view(1, rows=(replace(ROWS[0], retired="wrong key"),))
    assert "wrong key: Aortic" in plain(questions_lines(made, 100, 24))


def test_a_question_not_met_is_a_number_and_tells_nothing() -> None:
    row = replace(ROWS[0], item="#7", met=False, seen=0, found="torn pain")
    text = plain(questions_lines(view(1, rows=(row,), words="torn"), 100, 24))
    assert "#7" in text
    assert "not met yet" in text
    assert "Aortic" not in text
    assert "torn pain" not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"words": "naproxe"}, "No question contains 'naproxe'."),
        ({"words": "x", "filters": (("Bank", "notes"), *FILTERS[1:])}, "No question here contains 'x'."),
        (
            {"filters": (*FILTERS[:3], ("Show", "Retired"))},
            "No question is retired. Ctrl+X in the list retires one.",
        ),
        ({"filters": (FILTERS[0], ("Subject", "Surgery"), *FILTERS[2:])}, "Widen the filters."),
        ({"banks": ""}, "No questions yet. Ctrl+O imports a file."),
    ],
)
def test_an_empty_list_says_what_to_do(changes: dict[str, object], said: str) -> None:
    assert said in plain(questions_lines(view(0, **changes), 80, 24))  # type: ignore[arg-type]


def test_found_words_are_shown_with_a_little_before_them() -> None:
    text = "A man has fever and a cough. Blood cultures grow Staphylococcus aureus after a day."
    assert excerpt(text, "staph", 40).startswith("…cultures grow Staphylococcus")
    assert excerpt(text, "fever", 40) == text
    assert excerpt(text, "", 40) == excerpt(text, "absent", 40) == text


@pytest.mark.parametrize("width", [1, 3, 20, 80, 168])
def test_the_head_of_a_question_fits(width: int) -> None:
    rows = question_head("notes", "q" * 200, 3, 40, width)
    assert len(rows) == 2
    assert all(row.width <= width for row in rows)


def test_at_80_columns_a_row_names_its_bank_where_several_are_listed() -> None:
    rows = tuple(QuestionRow(bank, "#1", "", met=False) for bank in ("notes", "step2ck-starter"))
    listed = replace(view(2), rows=rows, several_banks=True)
    shown = [row.text.split()[-5:] for row in questions_lines(listed, 80, 24)[-2:]]
    assert shown == [["notes", "#1", "not", "met", "yet"], ["step2ck-s…", "#1", "not", "met", "yet"]]
    assert "notes " not in plain(questions_lines(replace(listed, several_banks=False), 80, 24)[-2:])


@pytest.mark.parametrize("width", [80, 120, 168])
def test_the_table_keeps_the_right_margin(width: int) -> None:
    rows = questions_lines(view(cursor=11, height=40, several_banks=True), width, 40)
    assert max(len(row.text.rstrip()) for row in rows) <= width - 2
