"""A block in plain lines: what it tells, and what it keeps closed."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from drill.cli import main
from drill.cli.plain import Plain
from drill.cli.plain_tools import lab_lines
from drill.core.items import Item
from drill.core.state import Mode
from drill.storage.store import Store
from drill.usecases import reviewing, sitting
from tests.cli.commands import write_bank
from tests.factories import FakeClock, import_bank, make_bank, make_item, start_block
from tests.tui.apps import ITEMS


@pytest.fixture
def typed(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    """Sits a block of these questions with these lines as the input; what was printed."""

    def sit(
        *lines: str,
        items: tuple[str, ...] = ("q1", "q2", "q3"),
        mode: Mode = Mode.EXAM,
        bank: Sequence[Item] = ITEMS,
    ) -> str:
        import_bank(store, make_bank("notes", bank))
        clock = FakeClock()
        runner = start_block(store, clock, *items, mode=mode)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert (
            Plain(store, clock, runner, sitting.read_form(store, runner.plan), "drill resume --plain").run()
            == 0
        )
        return capsys.readouterr().out

    return sit


def results(out: str) -> list[str]:
    """What was printed once the block had ended."""
    return out.rsplit("right, 95% interval", maxsplit=1)[-1].splitlines()[1:]


def test_the_key_of_a_question_never_seen_is_not_printed(typed: Callable[..., str]) -> None:
    rows = results(typed("B", "end", "end"))
    assert rows[0].startswith("1: B, wrong, right answer A")
    assert rows[1:3] == ["2: never seen", "3: never seen"]


def test_after_the_end_a_question_is_reviewed_until_an_empty_line(
    typed: Callable[..., str], store: Store
) -> None:
    out = typed("B", "next", "A", "end", "end", "review 1", "review 3", "review 9", "r 2", "", "review 2")
    after = "\n".join(results(out))
    assert "A. Fluids (key)\nB. Scan (your answer)\n" in after
    assert "A: Pressure first in q1.\nB: Not yet." in after
    assert "Explanation: Because of q1.\nObjective: Pressure first." in after
    assert "Question 3 was never shown." in after
    assert "in q3" not in after
    assert after.count("Not understood.") == 1
    assert after.count("Because of q2.") == 1
    assert reviewing.named_reasons(store, "block-1") == {1: None}, "a miss whose key was read is not replayed"


def test_back_on_a_tutor_answer_its_explanation_is_told_again_and_no_set_is_spoken_of(
    typed: Callable[..., str],
) -> None:
    out = typed("A", "next", "back", "end", "end", mode=Mode.TUTOR, items=("q1", "q2"))
    again = out.rsplit("Question 1 of 2.", maxsplit=1)[-1]
    assert "Explanation: Because of q1." in again
    assert "Locked: you answered it." in again
    assert "in this set" not in out


def test_a_tutor_answer_is_followed_by_the_explanation_and_no_list(typed: Callable[..., str]) -> None:
    out = typed("A", "end", "end", mode=Mode.TUTOR, items=("q1",))
    assert "Explanation: Because of q1." in out
    assert "review" not in out


def test_yes_at_the_end_is_told_what_to_type_and_end_still_ends(typed: Callable[..., str]) -> None:
    out = typed("end", "y", "yes", "end")
    assert out.count("Type end again to end it, or anything else to go on.") == 2
    assert "1: blank, wrong" in out


def test_yes_to_leaving_is_told_the_same(typed: Callable[..., str]) -> None:
    assert "Type leave again to end it, or anything else to go on." in typed("leave", "Y", "leave")


def test_moving_on_in_a_set_asks_once_and_locks(typed: Callable[..., str]) -> None:
    bank = (make_item("q1", set="s"), make_item("q2", set="s"), make_item("q3"))
    out = typed("B", "next", "next", "A", "3", "3", "2", "B", "end", "end", bank=bank)
    assert "Question 1 of 2 in a set. Moving on locks it." in out
    assert "Moving on locks question 1 with your answer B. Type it again to go on." in out
    assert "Moving on locks question 2 with your answer A. Type it again to go on." in out
    assert "Locked: you moved on in this set." in out
    assert "This answer is locked." in out
    assert results(out)[0].startswith("1: B")
    assert results(out)[1].startswith("2: A")


def test_lab_values_the_calculator_and_marks_are_at_hand(typed: Callable[..., str], store: Store) -> None:
    stem = "A man has a potassium of\n5.9 mEq/L. Which of the following is next?"
    out = typed(
        "labs sodium", "labs", "labs zzz", "labs u", "calc 7*8-1", "calc 1/0", "calc",
        "mark potassium of 5.9", "read", "mark POTASSIUM of 5.9 mEq", "mark kidneys", "mark", "B", "end", "end",
        items=("p1",), bank=[make_item("p1", stem=stem)],
    )  # fmt: skip
    assert "Sodium (Na): 136–145 mEq/L\n" in out
    assert "Name a value" in out
    assert "No lab value contains 'zzz'." in out
    assert "more: add a word to the search." in out
    assert "7*8-1 = 55" in out
    assert "Type a sum" in out
    assert out.count("Marked: potassium of 5.9\n") == 2, "once when marked, once when read out"
    assert "Marked: potassium of 5.9 mEq/L." in out
    assert out.count("Those words do not stand in the text.") == 2
    block = reviewing.ended_block(store, "block-1")
    start = stem.index("potassium")
    assert block.state.item(1).highlights == ((start, stem.index(" Which")),)


def test_a_limit_of_a_lab_value_is_said_in_words_for_speech_leaves_its_sign_out() -> None:
    assert [*lab_lines("CRP")] == [
        "Inflammation, immunity, tumor markers: C-reactive protein (CRP): under 1.0 mg/dL (under 10 mg/L)"
    ]
    assert "over 3 ng/mL after ovulation (over 9.5 nmol/L)" in "\n".join(lab_lines("progesterone"))


def test_a_mark_typed_again_is_taken_away(typed: Callable[..., str], store: Store) -> None:
    out = typed("mark 40-year-old", "mark 40-year-old", "end", "end", items=("q1",), bank=[make_item("q1")])
    assert "Nothing is marked here." in out
    assert reviewing.ended_block(store, "block-1").state.item(1).highlights == ()


def test_a_table_is_read_in_columns(typed: Callable[..., str]) -> None:
    stem = "Studies:\n\n| Test | Result |\n|---|---|\n| Na | 128 |\n\nWhich of the following is next?"
    assert "Test  Result\n────────────\nNa    128\n" in typed(
        "end", "end", items=("p1",), bank=[make_item("p1", stem=stem)]
    )


def test_a_preview_whose_input_ends_promises_no_going_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bank = write_bank(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("A\n"))
    assert main(["preview", str(bank), "--plain"]) == 0
    said = capsys.readouterr().out
    assert said.endswith("\nThe input has ended.\nA preview: nothing was imported, and no answer was kept.\n")
