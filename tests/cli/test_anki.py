"""Questions out to Anki, by the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from drill import system
from drill.importers import read_bank
from tests.cli.commands import Shell, sit_blocks, write_bank


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A database with a bank of five questions and nothing else."""
    monkeypatch.setattr(system, "shipped_bank_files", list)
    shell = Shell(tmp_path / "drill.db", capsys)
    shell("import", write_bank(tmp_path))
    return shell


def test_only_what_was_missed_goes_out_and_a_second_file_has_the_same_ids(
    shell: Shell, tmp_path: Path
) -> None:
    out = tmp_path / "out.txt"
    assert "no question whose last answer was wrong" in shell("export-anki", out, status=1).err
    assert not out.exists()
    sit_blocks(shell.db, "one")
    shell("export-anki", out)
    missed = read_bank(out.read_bytes(), name="out.txt").bank
    assert missed is not None
    attempts = shell("history", "--json").json["attempts"]
    wrong = {f"drill:notes:{each['item']}" for each in attempts if not each["correct"]}
    assert 0 < len(wrong) < 5
    assert {each.id for each in missed.items} == wrong
    everything = tmp_path / "all.txt"
    shell("export-anki", everything, "--all", "--bank", "notes")
    whole = read_bank(everything.read_bytes(), name="all.txt").bank
    assert whole is not None
    assert [each.id for each in whole.items] == [f"drill:notes:q{n}" for n in range(1, 6)]


def test_what_cannot_be_written_is_refused_in_words(shell: Shell, tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("mine")
    assert "exists already" in shell("export-anki", there, "--all", status=1).err
    assert there.read_text() == "mine"
    assert "There is no bank 'nope'" in shell("export-anki", tmp_path / "x", "--bank", "nope", status=1).err
    missing = tmp_path / "none.db"
    assert "empty" in shell("export-anki", tmp_path / "x", db=missing, status=1).err
    assert not missing.exists()


@pytest.mark.parametrize("name", ["today.apkg", "notes-html.txt"])
def test_a_deck_is_checked_and_imported_like_any_file(shell: Shell, name: str) -> None:
    deck = Path(__file__).parent.parent / "data" / "anki" / name
    found = shell("check", deck, "--json").json["files"][0]
    assert found["ok"]
    inside = {each["inside"] for each in found["diagnostics"]}
    assert inside == ({"collection.anki21b"} if name.endswith("apkg") else {""})
    assert shell("import", deck, "--json").json["files"][0]["added"] == found["added"]
    assert shell("import", deck, "--json").json["files"][0]["unchanged"] == found["added"]


def test_pictures_lie_beside_the_file_under_the_names_it_has_for_them(shell: Shell, tmp_path: Path) -> None:
    shell("import", Path(__file__).parent.parent / "data" / "anki" / "today.apkg")
    done = shell("export-anki", tmp_path / "out.txt", "--all", "--bank", "today")
    (picture,) = (tmp_path / "out-media").iterdir()
    assert picture.read_bytes().startswith(b"\x89PNG")
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert f'<img src=""{picture.name}"" alt=' in text
    assert "[figure" not in text
    assert "collection.media" in done.err
    assert "exists already" in shell("export-anki", tmp_path / "out.md", "--all", status=1).err


def test_pictures_of_a_killed_export_go_and_a_folder_with_anything_else_stays(
    shell: Shell, tmp_path: Path
) -> None:
    shell("import", Path(__file__).parent.parent / "data" / "anki" / "today.apkg")
    out, folder = tmp_path / "out.txt", tmp_path / "out-media"
    shell("export-anki", out, "--all")
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    unfinished = out.rename(tmp_path / f"out.txt.{child.pid}.unfinished")
    (folder / "mine.png").write_bytes(b"a picture of my own")
    assert "out-media exists already" in shell("export-anki", out, "--all", status=1).err
    assert unfinished.exists()
    (folder / "mine.png").unlink()
    shell("export-anki", out, "--all")
    assert out.exists()
    assert len(list(folder.iterdir())) == 1
    assert not unfinished.exists()
    out.unlink()
    assert "out-media exists already" in shell("export-anki", out, "--all", status=1).err, (
        "nothing was killed"
    )
