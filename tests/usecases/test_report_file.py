"""Writing the report page: whole or not at all, over nothing but an earlier report."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from drill.analytics.next_step_report import next_step_report as next_step
from drill.analytics.pacing_report import pacing_report as pacing
from drill.cli.main import main
from drill.errors import DrillError
from drill.render.report.page_html import html_report
from drill.storage.store import open_writer
from drill.usecases.report_file import check_place, write_report
from tests.factories import import_bank
from tests.sittings import sit

EMPTY = html_report(pacing([]), next_step([]), today=date(2026, 11, 22))


def test_a_report_is_written_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_report(target, EMPTY)
    assert target.read_text(encoding="utf-8") == EMPTY
    assert os.listdir(tmp_path) == ["report.html"]


def test_an_earlier_report_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text(EMPTY.replace("No block has ended yet.", "An older page."), encoding="utf-8")
    write_report(target, EMPTY)
    assert target.read_text(encoding="utf-8") == EMPTY


@pytest.mark.parametrize(
    "there",
    [
        b"my notes",
        b"SQLite format 3\0",
        b'<!doctype html><meta name="generator" content="other 1.0">',
        b"x" * 5000 + b'<meta name="generator" content="drill 0.1.0">',
    ],
)
def test_a_file_that_is_no_report_is_left_as_it_was(tmp_path: Path, there: bytes) -> None:
    target = tmp_path / "report.html"
    target.write_bytes(there)
    with pytest.raises(DrillError, match="is there already and is no report of drill"):
        write_report(target, EMPTY)
    assert target.read_bytes() == there
    assert os.listdir(tmp_path) == ["report.html"]


def test_an_empty_file_may_become_a_report(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.touch()
    write_report(target, EMPTY)
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("place", ["", "missing/report.html"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, place: str) -> None:
    target = tmp_path / place
    with pytest.raises(DrillError, match="cannot be written"):
        write_report(target, EMPTY)
    assert os.listdir(tmp_path) == []


def test_a_rename_that_fails_leaves_the_earlier_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    target = tmp_path / "report.html"
    target.write_text(EMPTY, encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(DrillError, match="No space left"):
        write_report(target, "new")
    assert target.read_text(encoding="utf-8") == EMPTY
    assert os.listdir(tmp_path) == ["report.html"]


def test_looking_at_a_free_place_writes_nothing(tmp_path: Path) -> None:
    check_place(tmp_path / "report.html")
    assert os.listdir(tmp_path) == []


def test_the_command_writes_the_page_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, target = tmp_path / "drill.db", tmp_path / "report.html"
    with open_writer(database) as store:
        import_bank(store)
        sit(store, "b1")
    assert main(["--db", str(database), "report", "--to", str(target)]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Wrote {target}." in said.err
    page = target.read_text(encoding="utf-8")
    assert '<meta name="generator" content="drill ' in page
    assert 'id="drill-data"' in page


def test_the_command_makes_no_database_and_says_what_to_do(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    assert main(["--db", str(tmp_path / "none.db"), "report", "--to", str(target)]) == 0
    assert "No block has ended yet." in target.read_text(encoding="utf-8")
    assert os.listdir(tmp_path) == ["report.html"]


def test_the_command_refuses_a_taken_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "notes.html"
    target.write_text("mine", encoding="utf-8")
    assert main(["--db", str(tmp_path / "none.db"), "report", "--to", str(target)]) == 1
    assert "Give another file" in capsys.readouterr().err
    assert target.read_text(encoding="utf-8") == "mine"
