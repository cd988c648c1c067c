"""A copy of the database once a day, beside it in `backups`, the last ten kept.

The copy is made by SQLite's online backup through a read-only connection of its own, so a block that runs
meanwhile neither waits nor is torn; it may run in a worker thread. It is checked before it gets its name,
and only then may an old one go: a damaged database never pushes out the good copies.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from drill.errors import StorageError
from drill.storage.connecting import uri_of
from drill.storage.sqlite_errors import explained

KEPT = 10


def backup_folder(database: Path) -> Path:
    """Where the copies of a database lie."""
    return database.parent / "backups"


def backup_path(database: Path, today: date) -> Path:
    """The copy of a day, e.g. backups/drill-2026-11-20.db."""
    return backup_folder(database) / f"{database.stem}-{today.isoformat()}.db"


def backups(database: Path) -> list[Path]:
    """The copies there are, newest first; files named otherwise are none."""
    pattern = re.compile(rf"{re.escape(database.stem)}-(\d{{4}}-\d{{2}}-\d{{2}})\.db")
    found: dict[date, Path] = {}
    with contextlib.suppress(OSError):
        for path in backup_folder(database).iterdir():
            named = pattern.fullmatch(path.name)
            if named and path.is_file():
                with contextlib.suppress(ValueError):
                    found[date.fromisoformat(named.group(1))] = path
    return [found[day] for day in sorted(found, reverse=True)]


def backup_due(database: Path, today: date) -> bool:
    """Whether there is something to copy and no copy of this UTC day yet. Cheap: looks at names only."""
    try:
        return database.stat().st_size > 0 and not backup_path(database, today).exists()
    except OSError:
        return False


def make_backup(database: Path, today: date) -> Path:
    """Copy the database under the name of `today` (UTC) and drop the oldest beyond ten.

    Raises StorageError, leaving every earlier copy, when the folder cannot be written or the copy is not
    sound. A copy of the day that is there already is replaced.
    """
    target = backup_path(database, today)
    unfinished = target.with_name(f"{database.stem}.unfinished")
    with explained(target):
        target.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        with explained(target):
            unfinished.unlink(missing_ok=True)
            unfinished.touch(0o600)
            fault = _copy(database, unfinished)
            if fault is None:
                shutil.copymode(database, unfinished)
                _sync(unfinished)
                os.replace(unfinished, target)
                _sync(target.parent)
                _sync(database.parent)  # of a first copy the folder is new
        if fault is not None:
            raise StorageError(f"No backup was made: {database} is damaged ({fault}). Run 'drill doctor'.")
    finally:
        for rest in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)
    for old in backups(database)[KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def is_sound(database: Path) -> bool:
    """Whether a file is a whole database; reads all of it and changes nothing."""
    try:
        connection = _open_to_read(database, "mode=ro&immutable=1")
        try:
            return _fault(connection) is None
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def ended_blocks(database: Path) -> dict[str, str]:
    """When each block of a sound copy that has ended there began."""
    with explained(database), closing(_open_to_read(database, "mode=ro&immutable=1")) as connection:
        return dict(
            connection.execute("SELECT block, started_at FROM blocks WHERE block_end IS NOT NULL").fetchall()
        )


def _copy(database: Path, target: Path) -> str | None:
    """Copy into a single file without -wal; what is wrong with the copy, None when it is sound."""
    source = _open_to_read(database, "mode=ro")
    try:
        copy = _frugal(sqlite3.connect(target, isolation_level=None))
        try:
            # All pages in one step: the step holds one snapshot, and gives up the interpreter's lock.
            source.backup(copy, pages=-1)
            fault = _fault(copy)
            if fault is None:
                copy.execute("PRAGMA journal_mode = DELETE")
            return fault
        finally:
            copy.close()
    finally:
        source.close()


def _fault(connection: sqlite3.Connection) -> str | None:
    try:
        said = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return str(error)
    return None if said == "ok" else said


def _open_to_read(database: Path, how: str) -> sqlite3.Connection:
    return _frugal(sqlite3.connect(uri_of(database, how), uri=True, isolation_level=None, timeout=2))


def _frugal(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Each page is looked at once, so there is nothing to keep: 128 KiB instead of 2 MiB."""
    try:
        connection.execute("PRAGMA cache_size = -128")
    except BaseException:
        connection.close()  # a damaged database refuses this already
        raise
    return connection


def _sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk; Windows knows no folder to sync."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
