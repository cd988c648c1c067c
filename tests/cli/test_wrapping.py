"""On a terminal sentences are broken between words; for a program each message is one line."""

from __future__ import annotations

import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from drill.cli.wrapping import fitted
from tests.cli.commands import write_bank

WORDS = st.lists(st.text("ab'-/é漢", min_size=1, max_size=12), min_size=1, max_size=30)


@given(WORDS, st.integers(20, 60), st.integers(0, 30), st.integers(0, 5))
def test_no_word_is_broken_nor_lost_and_no_row_is_broader_than_it_must_be(
    words: list[str], columns: int, hang: int, inset: int
) -> None:
    text = " " * inset + " ".join(words)
    rows = fitted(text, columns, hang).split("\n")
    assert [word for row in rows for word in row.split(" ") if word] == words
    assert all(cell_len(row) <= columns or len(row.split()) == 1 for row in rows)
    most = max(columns - 20, 0)
    assert {len(row) - len(row.lstrip(" ")) for row in rows[1:]} <= {min(max(hang, inset), most)}
    for row, following in pairwise(rows):
        assert cell_len(f"{row} {following.split()[0]}") > columns, "a row is left only when it is full"


def test_without_a_terminal_a_message_is_one_line() -> None:
    assert fitted("word " * 50, None, 4) == "word " * 50


@pytest.mark.parametrize(
    "command",
    [
        "drill doctor --salvage NEW.db",
        shlex.join(["drill", "--db", "/a b/it's.db", "resume", "--plain"]),
        "drill block --subject='a long name' --bank my",
    ],
)
def test_a_command_that_is_to_be_typed_stays_on_one_row(command: str) -> None:
    text = (
        f"It is damaged, and nothing was lost. Now '{command}' writes what can be read, and 'drill' opens it."
    )
    rows = fitted(text, 60).split("\n")
    assert any(f"'{command}'" in row for row in rows)
    assert " ".join(rows) == text


def test_a_path_with_a_blank_that_was_given_stays_on_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/home/me/my own files/history of this year"
    monkeypatch.setattr(sys, "argv", ["drill", "banks", "--db", path])
    assert f"({path}/x.db)." in fitted(f"There is no database there to be read ({path}/x.db).", 60).split(
        "\n"
    )


def test_a_line_of_a_file_and_its_caret_stay_as_they_are() -> None:
    lines = f"     3 | {'word ' * 20}\n{' ' * 70}^"
    assert fitted(lines, 60, 4) == lines


if sys.platform != "win32":
    from benchmarks.terminal import DRILL, Terminal

    def rows_shown(command: list[str], folder: Path) -> list[str]:
        with Terminal(command, columns=60, rows=60, cwd=folder) as terminal:
            terminal.wait()
            return [row.rstrip() for row in terminal.lines if row.strip()]

    def test_mistakes_of_a_file_are_broken_between_words_and_piped_they_are_lines(tmp_path: Path) -> None:
        bank = write_bank(tmp_path, count=1)
        bank.write_text(
            bank.read_text(encoding="utf-8").replace("answer:", "the_right_answer_to_it:"), encoding="utf-8"
        )
        command = [*DRILL, "check", bank.name]
        piped = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8"
        ).stderr
        lines = [line for line in piped.splitlines() if line.strip()]
        assert max(map(len, lines)) > 60, "or there is nothing to break"
        rows = rows_shown(command, tmp_path)
        assert len(rows) > len(lines)
        assert " ".join(rows).split() == piped.split()

    def test_what_is_not_understood_is_broken_between_words_too(tmp_path: Path) -> None:
        rows = rows_shown(
            [*DRILL, "block", "--seed", "some words that are no seed, and no number either"], tmp_path
        )
        assert len(rows) == 3
        assert "some words that are no seed, and no number either" in " ".join(rows)
