"""A click anywhere on a row of a list acts as a click on its words, and nothing beside the row does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.render.file_picker import PickView, picker_lines
from drill.render.home import Choice
from drill.render.item_list import RAIL_WIDTH, list_lines
from drill.render.lines import Line, Span, clickable, line
from drill.render.menu import MenuView, menu_lines
from drill.render.options import figure_lines
from drill.render.questions import QuestionRow, QuestionsView, questions_lines
from drill.render.report.page_cells import Folds, how_of, paint_page
from drill.render.report.pages import pacing_view
from drill.render.settings import SettingRow, settings_lines
from drill.usecases.files import Entry
from tests.render.report_samples import pacing_report
from tests.render.samples import LIST, SCREENS

MENU = MenuView("Menu", "", (Choice("Go on", ""), Choice("Leave", "what that means " * 8)))
SETTINGS = (
    SettingRow("Theme", "dark", "", caret=2),
    SettingRow("Nudge", "off", "a word on a question past its time, " * 3),
)
FOUND = QuestionsView((QuestionRow("notes", "q1", "sepsis"), QuestionRow("notes", "q2", "")), 0, 2, 1, ())
FILES = PickView("/x", (Entry("a", True), Entry("b.yaml", False, 812)), 1)
REPORT = paint_page(pacing_view(pacing_report()), 120, 40, folds=Folds(("finish", how_of("finish"))))
ROWS = {
    "an option": (SCREENS["block"](80, 24), "choose", 0, 80),
    "an option beside the rail": (SCREENS["block"](120, 40), "choose", RAIL_WIDTH, 120),
    "an option between rail and lab values": (SCREENS["block"](200, 60), "choose", 36, 134),
    "figures": (figure_lines(("an ECG", "a film"), 76), "key", 0, 78),
    "the rail": (SCREENS["block"](120, 40), "goto", 0, RAIL_WIDTH),
    "Home, narrow": (SCREENS["home"](80, 24), "row", 0, 80),
    "Home": (SCREENS["home"](120, 40), "row", 14, 106),
    "a menu": (menu_lines(MENU, 80, 24), "row", 3, 78),
    "settings": (settings_lines(SETTINGS, 0, (), 80, 24), "row", 0, 78),
    "New block": (SCREENS["new-block"](80, 24), "row", 0, 78),
    "a form": (SCREENS["score-form"](80, 24), "row", 2, 78),
    "files": (picker_lines(FILES, 80, 24), "row", 0, 80),
    "questions": (questions_lines(FOUND, 120, 24), "row", 0, 120),
    "results": ([row for row in SCREENS["results"](80, 24) if "✓  ×" not in row.text], "goto", 2, 78),
    "parts of a report": (REPORT.lines, "part", 4, 116),
}


def links_of(row: Line, verb: str, width: int) -> list[int]:
    """The columns in which a click does this."""
    return [x for x in range(width) if (row.link_at(x) or "").startswith(f"{verb}:")]


@pytest.mark.parametrize("name", ROWS)
def test_the_whole_row_is_clicked_and_no_more(name: str) -> None:
    rows, verb, first, end = ROWS[name]
    found = [row for row in rows if links_of(row, verb, 200)]
    assert len(found) > 1
    for row in found:
        assert links_of(row, verb, 200) == list(range(first, end)), row.text
        assert len({row.link_at(x) for x in range(first, end)}) == 1, row.text


def test_each_cell_of_the_item_list_is_some_items() -> None:
    for view in (LIST, replace(LIST, items=LIST.items[:7])):
        rows = [row for row in list_lines(view, 80, 24) if links_of(row, "goto", 80)]
        assert rows
        for row in rows:
            assert links_of(row, "goto", 80) == list(range(3, 78)), row.text


def test_a_link_within_a_row_stays_its_own() -> None:
    row = clickable(line("  ", Span("a", link="row:1"), " ", Span("b", link="row:2")), 8)
    assert [row.link_at(x) for x in range(9)] == ["row:1"] * 4 + ["row:2"] + ["row:1"] * 3 + [None]
    assert clickable(line("no link"), 20) == line("no link")
