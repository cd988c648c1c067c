"""What stands in a folder: a database by its rows, files by their bytes, without when or by which machine it was written."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from drill.storage.doctor import examine
from drill.storage.doctor_report import DoctorReport
from drill.storage.store import open_writer

TIMES = frozenset({"applied_at"})
"""Columns that tell when it was by a clock that is not set."""
NOTE = frozenset({"imported_as"})
"""Written in a transaction of its own after an import: it is there, or the file is read again."""
OF_A_MACHINE = frozenset({"settings", "sync_segments", "sync_units"})
"""Tables in which the machine's own id and the digests of its files stand."""
_MADE_NAME = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A digest, a machine."""
_BESIDE = re.compile(r"drill\.db(-wal|-shm|\.lock)")


def database_state(path: Path, but_tables: Collection[str] = (), but_columns: Collection[str] = TIMES) -> str:
    """A digest of every row, in an order of its own, and of the schema; "" where there is no table yet."""
    if not path.exists():
        return ""
    made = hashlib.sha256()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(sqlite3.connect(copied(path, folder))) as connection,
    ):
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        if not schema:
            return ""
        for kind, name, sql in schema:
            made.update(repr((name, sql)).encode())
            if kind != "table" or name.startswith("sqlite") or name in but_tables:
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')]
            told = ", ".join(f'"{column}"' for column in columns if column not in but_columns)
            for row in sorted(connection.execute(f'SELECT {told} FROM "{name}"'), key=repr):
                made.update(repr(row).encode())
    return made.hexdigest()


def copied(path: Path, folder: str) -> Path:
    """A database with its -wal elsewhere, so that looking at it leaves the work of the next start undone."""
    for file in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-journal")):
        if file.exists():
            shutil.copyfile(file, Path(folder) / file.name)
    return Path(folder) / path.name


def files_state(place: Path) -> str:
    """A digest of a file, or of all in a folder that are finished; of a database's copies their rows, of a kept report its text."""
    if place.is_dir():
        every = (path for path in sorted(place.rglob("*")) if path.is_file())
        found = (path for path in every if "unfinished" not in str(path.relative_to(place)))
        return " ".join(f"{path.name}:{files_state(path)}" for path in found)
    if place.suffix == ".db":
        return database_state(place)
    if not place.exists():
        return ""
    content = place.read_bytes()
    if ".kept-" in place.name:  # its first line is a key of this very file
        head, _, content = content.partition(b"\n")
        content += b"" if hashlib.sha256(content).hexdigest().encode() in head else b" torn"
    return hashlib.sha256(content).hexdigest()


def files(folder: Path) -> Counter[str]:
    """Every file below a folder, but those SQLite and the lock keep beside a database; without digests and ids."""
    found = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return Counter(_MADE_NAME.sub("*", name) for name in found if not _BESIDE.fullmatch(name))


class Doctor:
    """Examines databases; those whose rows it has seen already only for the wholeness of their pages."""

    def __init__(self) -> None:
        self._seen: dict[str, DoctorReport] = {}

    def report(self, path: Path) -> DoctorReport:
        """What is wrong with a database as the next start finds it."""
        with tempfile.TemporaryDirectory() as folder:
            copy = copied(path, folder)
            rows = database_state(copy)
            if not rows:
                return DoctorReport()
            with closing(sqlite3.connect(copy)) as connection:
                (whole,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if whole != "ok":
                return DoctorReport(problems=(whole,))
            if rows not in self._seen:
                with open_writer(copy) as store:
                    self._seen[rows] = examine(store, repair=False)
        return self._seen[rows]
