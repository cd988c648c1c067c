"""The sound documents and databases that `benchmarks/fuzz_documents.py` changes."""

from __future__ import annotations

import contextlib
import io
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks import data
from benchmarks.fuzz import workbook
from benchmarks.states import database_state
from drill.cli.main import main as drill


class Shelf:
    """The sound documents, made once: databases small enough to copy for each document, with something of everything in them."""

    def __init__(self, folder: Path) -> None:
        repository = Path(__file__).parent.parent
        self.calendar = (repository / "drill" / "calendar.yaml").read_bytes()
        self.figures = (repository / "tests" / "data" / "figures.yaml").read_bytes()
        self.areas = b"system: Cardiovascular = Lower\ntask: Diagnosis = Higher\n# a comment\ndiscipline: Surgery = Same\n"
        self.workbook = workbook()
        empty = data.copy_of(data.prepare(60, 0, say=False), folder, "empty.db")
        self.empty = made_small(empty)
        self.empty_state = database_state(empty)
        full = data.copy_of(data.prepare(60, 240, say=False), folder, "full.db")
        made_small(full)
        (folder / "figures.yaml").write_bytes(self.figures)
        (folder / "areas.txt").write_bytes(self.areas)
        self.bank = folder / "bank.yaml"
        self.bank.write_text(said("--db", str(full), "export-bank", data.BANK))
        for words in EVERYTHING:
            said("--db", str(full), *(word.replace("FOLDER", str(folder)) for word in words))
        with closing(sqlite3.connect(full)) as connection:
            connection.executescript(WORDS)
        self.full = made_small(full)
        said("--db", str(full), "block", "--plain", "--items", "3", "--pool", "all")
        self.open = made_small(full)
        full.write_bytes(self.full)
        self.document = said("--db", str(full), "history", "--json")
        short = data.copy_of(data.prepare(48, 40, say=False), folder, "short.db")
        made_small(short)
        for words in EVERYTHING:
            said("--db", str(short), *(word.replace("FOLDER", str(folder)) for word in words))
        with closing(sqlite3.connect(short)) as connection:
            connection.executescript(WORDS)
        self.history = said("--db", str(short), "export", "-")
        self.answers = said("--db", str(short), "export", "-", "--answers-only")


EVERYTHING = (
    ["import", "FOLDER/figures.yaml"], ["outside", "add", "a book", "20", "--right", "5"], ["busy", "add", "2026-12-01", "2026-12-05", "Away"],
    ["busy", "rest", "Sun"], ["attempts", "add", "2026-06-01", "--outcome", "failed"],
    ["score", "add", "--date", "2026-06-01", "--total", "210", "--relative-to", "own", "--areas", "FOLDER/areas.txt"],
    ["assessment", "add", "--family", "free120", "--form", "A", "--date", "2026-11-01", "--total", "70"],
    ["dates", "--add", "mine", "--title", "Mine", "--day", "2027-03-03", "--set-by", "me", "--source", "a letter"],
    ["dates", "--test", "2027-01-20"], ["set-aside", "1", "--reason", "noise"],
)  # fmt: skip
"""Commands that put a row of each kind into a database."""
WORDS = f"""
INSERT INTO annotations (kind, bank, item, value, made_at_ms) VALUES ('note', '{data.BANK}', 'case-000001', 'a note', 5),
    ('retired', '{data.BANK}', 'case-000002', 'by hand', 5), ('next_best_step', '{data.BANK}', 'case-000003', '1', 5);
INSERT INTO annotations (kind, block, position, value, made_at_ms)
    SELECT 'miss_reason', block, position, 'knowledge', 5 FROM attempts WHERE correct = 0 AND position < 9;
INSERT OR REPLACE INTO settings (name, value) VALUES ('pace', '90'), ('pace_line', 'even'), ('checkpoints', 'on'), ('nudge_s', '120'),
    ('confidence', 'on'), ('clock', 'on');
"""


def made_small(database: Path) -> bytes:
    """The database in one file, and the starter bank, which each copy would carry, without its questions."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            if table != "banks" and any(
                row[1] == "bank" for row in connection.execute(f"PRAGMA table_info({table})")
            ):
                with contextlib.suppress(sqlite3.Error):
                    connection.execute(f"DELETE FROM {table} WHERE bank LIKE '%starter'")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
    return database.read_bytes()


def said(*words: str) -> str:
    """What a command prints; its questions are asked of an empty input."""
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as errors,
        no_input(),
    ):
        status = drill(list(words))
    if status != 0 and words[2] != "block":
        raise SystemExit(f"{words}: {errors.getvalue()}")
    return out.getvalue()


@contextlib.contextmanager
def no_input() -> Iterator[None]:
    """Standard input that has ended."""
    before, sys.stdin = sys.stdin, io.StringIO()
    try:
        yield
    finally:
        sys.stdin = before
