"""Damaged pages: a sentence that names the newest sound copy, from every command and from the app."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from drill.cli.main import main
from drill.storage.backup import make_backup
from drill.storage.store import open_reader, open_writer
from drill.usecases.damage import damage_text
from tests.factories import import_bank, make_bank
from tests.sittings import ANSWERS, sit
from tests.tui.apps import make_app

COMMANDS = [
    ["history"], ["history", "--json"], ["pacing"], ["next-step"], ["banks"], ["items"], ["export-bank", "notes"],
    ["export", "-"], ["due"], ["plan"],
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank(items=30))
        for number in range(3):
            sit(store, f"b{number}", ANSWERS * 3, items=20, seed=number)
    make_backup(path, date(2026, 11, 20))
    return path


def ruin(path: Path, *tables: str, fill: int = 0x5A) -> None:
    """Overwrite the first page of tables."""
    connection = sqlite3.connect(path)
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
    roots = [connection.execute(query, (table,)).fetchone()[0] for table in tables]
    connection.close()
    with path.open("r+b") as file:
        for root in roots:
            file.seek((root - 1) * size)
            file.write(bytes([fill]) * size)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("fill", [0, 0x5A])
def test_every_command_ends_in_a_sentence(
    path: Path, capsys: pytest.CaptureFixture[str], command: list[str], fill: int
) -> None:
    ruin(path, "items", "banks", "item_revisions", "attempts", "blocks", fill=fill)
    assert main(["--db", str(path), *command]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"drill: {path} is damaged")
    assert "drill-2026-11-20.db. To go back to it" in said


def test_a_damage_that_only_sense_shows_is_told_too(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("UPDATE blocks SET filters = '[oh'")
    connection.commit()
    connection.close()
    assert main(["--db", str(path), "history"]) == 1
    assert capsys.readouterr().err.startswith(f"drill: {path} is damaged. ")


def test_a_fault_of_drills_own_is_not_laid_at_the_databases_door(path: Path) -> None:
    assert damage_text(path, TypeError("a fault of ours")) is None


async def test_the_app_ends_and_keeps_what_ended_it_for_the_command_line(path: Path) -> None:
    with open_reader(path) or pytest.fail("gone") as store:
        app = make_app(store)
        async with app.run_test(size=(100, 30)) as pilot:
            app._handle_exception(sqlite3.DatabaseError("database disk image is malformed"))
            await pilot.pause()
        assert isinstance(app.fault, sqlite3.DatabaseError)
        assert app.return_code == 1
