"""What drill tells to type can be typed: a shell and drill's own parser take it back to the same words."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drill.cli.parser import build_parser
from drill.core.command_text import command_text
from tests.cli.commands import Shell, write_bank

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
PARSER = build_parser()


@given(NAMES, NAMES)
@example("-x", "--weights")
@example("--", "-")
@example("--subject=-1", "it's; $(date)")
def test_a_name_is_taken_as_it_is_however_it_begins(subject: str, path: str) -> None:
    text = command_text(("--db", Path(path)), "block", ("--subject", subject), "--plain")
    options = PARSER.parse_args(shlex.split(text)[1:])
    assert (options.subject, options.db, options.plain) == ([subject], Path(path), True)


@given(NAMES)
@example("-x.yaml")
@example("--json")
def test_a_file_is_taken_for_a_file_however_it_is_called(name: str) -> None:
    options = PARSER.parse_args(shlex.split(command_text("check", Path(name)))[1:])
    assert options.files == [Path(name)]
    assert not options.json


def test_a_new_bank_tells_how_its_file_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    shell = Shell(tmp_path / "drill.db", capsys)
    said = shell("new-bank", "./-my bank.yaml").out
    assert "'drill check './-my bank.yaml''" in said
    write_bank(tmp_path).rename("-my bank.yaml")
    assert "5 questions" in shell(*shlex.split(command_text("check", Path("-my bank.yaml")))[1:]).out
