"""An import before it is done: changes are told word by word, with marks and not by colour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.importers import read_bank
from drill.importers.diagnostics import Diagnostic, Severity, Skipped
from drill.render.file_picker import PickView, picker_lines, size_text
from drill.render.import_plan import (
    diagnostic_lines,
    plan_lines,
    skipped_lines,
    summary_text,
    word_diff,
)
from drill.render.lines import Role, plain
from drill.storage.store import Store
from drill.usecases.file_result import FileResult
from drill.usecases.files import Entry
from drill.usecases.import_view import ChangedItem, FieldChange, PlanView, field_changes, view_of
from tests.factories import make_bank, make_item, make_options

VIEW = PlanView(
    "notes",
    "My notes",
    (("new-one", "Aortic dissection"), ("another", "A 50-year-old man " * 10)),
    (ChangedItem("knee", (FieldChange("stem", "It hurts a lot.", "It hurts a little."),), True),),
    ("old-one", "older"),
    {"added": 2, "changed": 3, "unchanged": 1040, "missing": 2, "skipped": 0},
)
DIAGNOSTIC = Diagnostic(
    Severity.ERROR,
    "code",
    12,
    3,
    "answer is Z: no such letter.",
    "Mend it.",
    "    12 | answer: Z\n         ^",
)


def test_the_plan_names_what_changes_word_by_word_then_added_and_missing() -> None:
    text = plain(plan_lines(VIEW, 80))
    assert "stem            It hurts a [-lot.-] {+little.+}" in text
    assert "and 2 more" in text
    assert text.index("Changed  3") < text.index("Added  2") < text.index("Missing from the file  2")
    assert "old-one, older" in text
    assert summary_text(VIEW) == "2 added, 3 changed, 1,040 unchanged, 2 missing"


@pytest.mark.parametrize("width", [1, 3, 20, 60, 80, 168])
def test_no_row_is_broader_than_the_window(width: int) -> None:
    rows = [
        *plan_lines(VIEW, width),
        *diagnostic_lines([DIAGNOSTIC], width),
        *skipped_lines([Skipped(3, "essay", "an essay question has no options")], [], width),
    ]
    assert all(row.width <= width for row in rows)
    entries = (Entry("..", folder=True), Entry("bank.yaml", folder=False, bytes=1_234))
    for height in (1, 3, 16, 60):
        shown = picker_lines(PickView("/home/me/" * 9, entries, 1), width, height)
        assert len(shown) <= max(height - 1, 0)
        assert all(row.width <= width for row in shown)


WORDS = st.lists(st.sampled_from(["a", "pain", "in", "the", "left", "knee", "1:30"]), max_size=25)


@given(WORDS, WORDS)
def test_taken_and_put_words_rebuild_both_texts(old: list[str], new: list[str]) -> None:
    words = word_diff(" ".join(old), " ".join(new), context=100)
    if old == new:
        assert words == [("only spaces or line breaks differ", Role.MUTED)]
        return
    bare = [
        (word.removeprefix("[-").removeprefix("{+").removesuffix("-]").removesuffix("+}"), role)
        for word, role in words
    ]
    assert [word for word, role in bare if role is not Role.STRONG] == old
    assert [word for word, role in bare if role is not Role.STRUCK] == new


def test_what_is_the_same_is_cut_to_a_few_words_around_the_change() -> None:
    same = [f"w{n}" for n in range(40)]
    words = [word for word, _ in word_diff(" ".join([*same, "x", *same]), " ".join([*same, "y", *same]))]
    assert words == ["…", *same[-6:], "[-x-]", "{+y+}", *same[:6], "…"]


def test_every_field_that_differs_is_named_once() -> None:
    before = make_item("q", options=make_options(3), answer="A", tags=("x",), next_best_step=True)
    after = make_item("q", stem="Other. What?", options=make_options(2), answer="B", subject="Surgery")
    changes = field_changes(before, after)
    assert [change.field for change in changes] == [
        "stem", "option C", "answer", "next step", "subject", "tags",
    ]  # fmt: skip
    assert field_changes(before, before) == ()
    assert all(a != b for a, b in pairwise(change.field for change in changes))


def test_a_mistake_stands_with_its_place_its_line_and_how_to_mend_it() -> None:
    assert plain(diagnostic_lines([DIAGNOSTIC], 80)) == (
        "  12:3      error: answer is Z: no such letter.\n"
        "      12 | answer: Z\n"
        "           ^\n"
        "            Mend it.\n"
    )


def test_the_plan_of_a_file_that_is_compared_with_nothing_adds_all(store: Store) -> None:
    from drill.importers.yaml_writer import bank_to_yaml

    read = read_bank(bank_to_yaml(make_bank(items=2)).encode(), name="a.yaml")
    view = view_of(FileResult("a.yaml", read))
    assert [item for item, _ in view.added] == ["q01", "q02"]
    assert view.changed == ()


def test_the_picker_shows_the_end_of_a_long_path_and_what_to_do_when_empty() -> None:
    assert "deep/ban_" in plain(picker_lines(PickView("/x" * 60 + "/deep/ban", ()), 60, 16))
    assert "Nothing here" in plain(picker_lines(PickView("/x", ()), 60, 16))
    assert "cannot be opened" in plain(
        picker_lines(PickView("/x", (), problem="/x cannot be opened."), 60, 16)
    )
    assert [size_text(n) for n in (999, 1_500, 16_400_000)] == ["999 B", "2 KB", "16 MB"]


def test_a_quoted_line_that_is_cut_says_so() -> None:
    long = replace(DIAGNOSTIC, excerpt=f"   4 | {'word ' * 40}\n       ^")
    quoted = [row.text for row in diagnostic_lines([long], 80) if "word" in row.text]
    assert [row.endswith("…") and len(row) <= 80 for row in quoted] == [True]


def test_what_to_do_about_a_question_left_out_stands_under_it_once() -> None:
    left_out = [
        Skipped(3, "q3", "no option is right", 1, "no-key"),
        Skipped(9, "q9", "no option is right", 1, "no-key"),
    ]
    warning = replace(DIAGNOSTIC, code="no-key", line=3, column=1, hint="Mark one with =.")
    assert plain(skipped_lines(left_out, [warning], 80)) == (
        "  Left out  2\n"
        "  3         q3: no option is right\n"
        "            Mark one with =.\n"
        "  9         q9: no option is right\n\n"
    )
