"""Fewer questions than asked for: a terminal is asked whether those will do, a pipe is told how to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.commands import Shell, write_bank
from tests.cli.test_rescue import Terminal


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path / "drill.db", capsys)


def test_without_a_terminal_it_fails_and_names_how_many_there_are(shell: Shell, tmp_path: Path) -> None:
    shell("import", write_bank(tmp_path))
    assert "(--items 5)" in shell("block", "--plain", "--bank", "notes", status=1).err


def test_at_a_terminal_yes_sits_what_there_is(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("import", write_bank(tmp_path))
    monkeypatch.setattr("sys.stdin", Terminal("y\nend\nend\n"))
    done = shell("block", "--plain", "--bank", "notes")
    assert "5 match. Sit 5? [y/n]" in done.err
    assert "of 5" in done.out


def test_at_a_terminal_no_starts_nothing(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("import", write_bank(tmp_path))
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    assert "(--items 5)" in shell("block", "--plain", "--bank", "notes", status=1).err
    assert "There is no unfinished block" in shell("resume", "--plain", status=1).err


def test_nothing_that_matches_is_no_offer(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("import", write_bank(tmp_path))
    monkeypatch.setattr("sys.stdin", Terminal("y\n"))
    assert "Sit" not in shell("block", "--plain", "--bank", "notes", "--pool", "incorrect", status=1).err
