"""Damaged pages: a sentence that names the newest sound copy, from every command and from the app."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from drill.cli.main import main
from drill.storage.backup import make_backup
from drill.storage.store import open_reader, open_writer
from drill.usecases import looking_back
from drill.usecases.damage import damage_text
from tests.factories import import_bank, make_bank
from tests.sittings import ANSWERS, annotate, sit
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


def places(path: Path, name: str) -> slice:
    """Where the first page of a table or index lies."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        root = connection.execute(query, (name,)).fetchone()[0]
    return slice((root - 1) * 4096, root * 4096)


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
    connection.execute("UPDATE attempts SET changes = '[oh'")
    connection.commit()
    connection.close()
    assert main(["--db", str(path), "history", "--json"]) == 1
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


@pytest.mark.parametrize(
    "command", [["history", "--json"], ["pacing", "--json"], ["next-step", "--json"]], ids=" ".join
)
def test_what_can_be_read_is_read_and_said_to_be_partial(
    path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    assert main(["--db", str(path), *command]) == 0
    whole = json.loads(capsys.readouterr().out)
    ruin(path, "block_items")
    assert main(["--db", str(path), *command]) == 1
    out, said = capsys.readouterr()
    document = json.loads(out)
    partial = document.pop("partial")
    lost = {block["block"] for block in partial["lost_blocks"]}
    assert (partial["blocks_read"], partial["blocks_known"], len(lost)) == (2, 3, 1)
    assert "Partial: 2 of 3 blocks could be read" in said
    assert "1 of the lost stands in the backup" in said
    if command[0] == "history":
        told = ("status", "chosen", "key", "response_time_ms", "changes", "struck", "item_hash")
        assert [[attempt[name] for name in told] for attempt in document["attempts"]] == [
            [attempt[name] for name in told] for attempt in whole["attempts"] if attempt["block"] not in lost
        ]
    else:
        trend = "pace_trend" if command[0] == "pacing" else "nbs_trend"
        assert whole["metrics"][trend]["verdict"] == "too early"
        assert document["metrics"][trend]["verdict"] is None, "no verdict from a part"


@pytest.mark.parametrize(
    "command",
    [["history"], ["pacing"], ["next-step"], ["banks"], ["items"], ["export-bank", "notes"]],
    ids=" ".join,
)
def test_the_label_stands_above_what_was_read(
    path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    ruin(path, "block_items", "items")
    assert main(["--db", str(path), *command]) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.removeprefix("# ").startswith("Partial: 2 of 3 blocks could be read")
    assert len(rest) > 2


@pytest.mark.parametrize(
    ("file", "kind", "row", "begins", "ends"),
    [("n.gift", "gift", 0, "// ", "."), ("n.xml", "moodle", 1, "<!-- ", ". -->"), ("n.yaml", "yaml", 0, "# ", ".")],
)  # fmt: skip
def test_a_bank_in_another_format_says_it_in_a_comment_and_is_read_back(
    path: Path, capsys: pytest.CaptureFixture[str], file: str, kind: str, row: int, begins: str, ends: str
) -> None:
    ruin(path, "block_items", "items")
    target = path.with_name(file)
    assert main(["--db", str(path), "export-bank", "notes", str(target), "--format", kind]) == 1
    comment = target.read_text(encoding="utf-8").splitlines()[row]
    assert comment.startswith(f"{begins}Partial: 2 of 3 blocks could be read")
    assert comment.endswith(ends)
    capsys.readouterr()
    assert main(["check", str(target), "--json"]) == 0
    (read,) = json.loads(capsys.readouterr().out)["files"]
    assert read["ok"]
    assert read["added"] > 0


def test_a_package_of_a_bank_says_it_too(path: Path) -> None:
    ruin(path, "block_items", "items")
    target = path.with_name("n.zip")
    assert main(["--db", str(path), "export-bank", "notes", str(target)]) == 1
    with zipfile.ZipFile(target) as package:
        assert package.read("notes.yaml").startswith(b"# Partial: 2 of 3 blocks could be read")


def test_csv_says_it_in_a_last_column_that_a_whole_history_has_not(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def table(status: int) -> tuple[list[str], list[list[str]]]:
        capsys.readouterr()
        assert main(["--db", str(path), "history", "--csv"]) == status
        head, *rows = csv.reader(io.StringIO(capsys.readouterr().out))
        return head, rows

    head, rows = table(0)
    assert "partial" not in head
    ruin(path, "block_items")
    partial_head, partial_rows = table(1)
    assert partial_head == [*head, "partial"]
    assert {row[-1] for row in partial_rows} == {"Partial: 2 of 3 blocks could be read."}
    block = head.index("block")
    assert {row[block] for row in partial_rows} < {row[block] for row in rows}
    ruin(path, "blocks", "block_events")
    assert table(1) == (partial_head, [])


def test_parquet_says_it_in_its_metadata(path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB writes Parquet")
    told = "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'partial'"
    target = path.with_name("n.parquet")
    assert main(["--db", str(path), "history", "--parquet", str(target)]) == 0
    assert duckdb.execute(told, [str(target)]).fetchall() == []
    ruin(path, "block_items")
    assert main(["--db", str(path), "history", "--parquet", str(target)]) == 1
    ((label,),) = duckdb.execute(told, [str(target)]).fetchall()
    assert label.startswith("Partial: 2 of 3 blocks could be read")
    ((rows,),) = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(target)]).fetchall()
    assert rows == 40


def test_the_page_says_that_it_is_partial(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruin(path, "block_items")
    page = path.with_name("report.html")
    assert main(["--db", str(path), "report", "--to", str(page)]) == 1
    assert "Partial: 2 of 3 blocks could be read" in page.read_text(encoding="utf-8")
    assert "No verdict: 2 of 3 blocks were read" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["pacing", "next-step"])
@pytest.mark.parametrize(("ruined", "read"), [("block_items", "2 of 3 blocks"), ("items", "all 3 blocks")])
def test_a_report_of_a_damaged_file_speaks_of_the_file_and_of_no_range(
    path: Path, capsys: pytest.CaptureFixture[str], command: str, ruined: str, read: str
) -> None:
    ruin(path, ruined)
    assert main(["--db", str(path), command]) == 1
    text = " ".join(capsys.readouterr().out.split())
    assert text.startswith(f"Partial: {read} could be read")
    assert f"No verdict: {read} were read; the file is damaged." in text
    assert "--last" not in text
    assert "chosen range" not in text


@pytest.mark.parametrize(("terminal", "times"), [(True, 0), (False, 1)])
def test_in_a_terminal_the_label_is_told_once(
    path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    terminal: bool,
    times: int,
) -> None:
    ruin(path, "block_items")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    assert main(["--db", str(path), "pacing"]) == 1
    out, said = capsys.readouterr()
    assert (said.count("Partial: "), out.count("Partial: ")) == (1, times)


def test_where_only_what_follows_from_the_log_is_damaged_nothing_is_missing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--db", str(path), "history"]) == 0
    whole = capsys.readouterr().out
    ruin(path, "attempts", "item_records", "blocks_by_start")
    assert main(["--db", str(path), "history"]) == 1
    out, said = capsys.readouterr()
    assert out == whole
    assert "All 3 blocks and 30 questions that are known could be read." in said


@pytest.mark.parametrize(
    ("one", "other", "command"),
    [
        ("blocks_by_start", "figures_by_media", "history"),
        ("annotations", "sync_segments", "history"),
        ("sqlite_autoindex_banks_1", "one_open_block", "banks"),
        ("items", "block_events", "items"),
    ],
)
def test_pages_that_changed_places_are_noticed_though_sqlite_does_not(
    path: Path, capsys: pytest.CaptureFixture[str], one: str, other: str, command: str
) -> None:
    with open_writer(path) as store:
        annotate(store, "miss_reason", "misread", 5, block="b1", position=2)
    assert main(["--db", str(path), command, "--json"]) == 0
    whole = capsys.readouterr().out
    data, (first, second) = bytearray(path.read_bytes()), (places(path, name) for name in (one, other))
    data[first], data[second] = data[second], data[first]
    path.write_bytes(data)
    assert main(["--db", str(path), command, "--json"]) == 1
    out, said = capsys.readouterr()
    assert said.startswith(f"drill: {path} is damaged")
    document = json.loads(out)
    assert not document.pop("partial", {}).get("lost_blocks")
    assert document == json.loads(whole)


def test_the_doctor_writes_what_can_be_read_into_a_new_database(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = path.with_name("new.db")
    ruin(path, "block_items")
    assert main(["--db", str(path), "doctor"]) == 1
    assert (
        f"'drill --db {path} doctor --salvage NEW.db' writes what can still be read"
        in capsys.readouterr().out
    )
    assert main(["--db", str(path), "doctor", "--salvage", str(new)]) == 1
    assert f"Wrote {new}. drill.db was left as it is." in capsys.readouterr().out
    other = path.with_name("other.db")
    assert main(["--db", str(path), "doctor", "--salvage", str(other), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["to"], document["blocks_read"], document["blocks_known"]) == (str(other), 2, 3)
    assert main(["--db", str(new), "doctor"]) == 0
    assert "The database is sound: 2 blocks" in capsys.readouterr().out
    copy, history = path.parent / "backups" / "drill-2026-11-20.db", path.with_name("history.jsonl")
    assert main(["--db", str(copy), "export", str(history)]) == 0
    assert main(["--db", str(new), "merge", str(history)]) == 0
    assert "Merged: 1 block added, 2 known already" in capsys.readouterr().out


def test_a_lost_first_page_is_told_and_everything_read(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes(4096) + data[4096:])
    assert main(["--db", str(path), "history"]) == 1
    out, said = capsys.readouterr()
    assert f"{path} is damaged (its beginning is lost)" in said
    assert "drill-2026-11-20.db. To go back to it" in said
    assert "All 3 blocks and 30 questions that are known could be read." in said
    assert out.count("yes") + out.count("no: ") == 3


def lose_first_page(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\x5a" * 3996)


def test_the_doctor_of_an_unreadable_file_names_the_salvage_and_not_itself(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose_first_page(path)
    assert main(["--db", str(path), "doctor"]) == 1
    said = capsys.readouterr().out
    assert f"{path} is damaged" in said
    assert f"'drill --db {path} doctor --salvage NEW.db'" in said
    assert "doctor' tells" not in said
    assert "0 blocks" not in said, "what could not be counted is not told as none"


def test_the_doctor_of_a_file_whose_beginning_is_lost_names_the_salvage(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with path.open("r+b") as file:
        file.write(bytes(4096))
    assert main(["--db", str(path), "doctor"]) == 1
    said = capsys.readouterr().out
    assert f"{path} is damaged (its beginning is lost)" in said
    assert f"'drill --db {path} doctor --salvage NEW.db'" in said
    assert "0 blocks" not in said


@pytest.mark.parametrize("lost", [slice(0, 4096), slice(100, 4096)])
@pytest.mark.parametrize("named", [True, False])
def test_what_the_app_says_of_a_damaged_database_is_to_be_typed_and_the_file_is_left(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lost: slice, named: bool
) -> None:
    damaged = bytearray(path.read_bytes())
    damaged[lost] = bytes(lost.stop - lost.start)
    path.write_bytes(damaged)
    monkeypatch.setattr("drill.cli.app.terminal_problem", lambda *_: None)
    monkeypatch.setenv("DRILL_DB", str(path))
    assert main(["--db", str(path)] if named else []) == 1
    said = capsys.readouterr().err
    assert path.read_bytes() == damaged
    assert "drill-2026-11-20.db. To go back to it" in said
    commands = re.findall("'(drill [^']*)'", said)
    assert [command.split()[-1] for command in commands] == ["doctor", "NEW.db"]
    assert [f"--db {path}" in command for command in commands] == [named, named]
    new = path.with_name("new.db")
    assert main([*commands[1].split()[1:-1], str(new)]) == 0
    assert f"was left as it is. To go on with it close drill, rename {path.name}" in capsys.readouterr().out
    with open_reader(new) or pytest.fail("gone") as store:
        assert len(looking_back.history(store)) == 3


def test_a_reader_that_stops_early_ends_a_partial_history_in_no_traceback(path: Path) -> None:
    lose_first_page(path)
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "drill", "--db", str(path), "history"],
        stdout=writing, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_names_from_a_strangers_database_steer_no_terminal(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for table in ("items", "item_revisions", "options"):
            connection.execute(f"UPDATE {table} SET item = 'q\x1b[31m\x9b1m' WHERE item = 'q02'")
        connection.execute("UPDATE item_revisions SET stem = 'Other.' WHERE item NOT GLOB 'q[0-9]*'")
        connection.execute("UPDATE blocks SET started_at = '2026\x1b[5m' WHERE block = 'b1'")
        connection.commit()
    for command in (
        ["doctor", "--check"],
        ["doctor", "--salvage", str(path.with_name("new.db"))],
        ["history"],
    ):
        assert main(["--db", str(path), *command]) == 1
        out, said = capsys.readouterr()
        assert "q<001B>[31m<009B>1m" in f"{out}{said}"
        assert all(line.isprintable() for line in f"{out}{said}".split("\n"))


def test_ctrl_c_while_what_is_left_is_read_is_no_traceback(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    ruin(path, "block_items")
    monkeypatch.setattr("drill.cli.partial.run_partial", stopped)
    try:
        status = main(["--db", str(path), "history"])
    except KeyboardInterrupt:
        pytest.fail("it ends in a traceback")
    assert status == 130
    assert capsys.readouterr().err.endswith("drill: stopped. Nothing was lost.\n")


def test_a_database_cut_short_whose_beginning_is_lost_is_read(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes(4096 * 4) + data[4096 * 4 : -1000])
    assert main(["--db", str(path), "history"]) == 1
    assert "blocks could be read" in capsys.readouterr().out


@pytest.mark.parametrize("whole_pages", [True, False])
@pytest.mark.parametrize(
    "content", [b"\x1a\x45\xdf\xa3", b"\0", b"\n", b"\r\0\0\0", b"\n\0\0\x01", bytes(range(256))]
)
def test_a_large_file_that_is_no_database_is_not_read_to_its_end(
    path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    whole_pages: bool,
) -> None:
    def read(*_: object) -> bytes:
        pytest.fail("the film is read")

    film = path.with_name("film.mkv")
    film.write_bytes((content * 40_960)[: 40_960 if whole_pages else 40_000])
    monkeypatch.setattr(Path, "read_bytes", read)
    assert main(["--db", str(film), "history"]) == 1
    assert "is not a drill database" in capsys.readouterr().err
