"""Whether the files a connection has open are still the ones that bear their names, with what was in them.

A sync tool, a restore or a hand may delete an open database, put another in its place, or write another copy
over it. The system lets a program write on into the file without a name, and at its end everything is gone;
a file written over would be mixed with what the -wal still holds. So drill looks with every commit.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from enum import StrEnum
from pathlib import Path

from drill.storage.connecting import uri_of

Identity = tuple[int, int]
"""Device and inode."""
CHECKPOINT_BYTES = 4 * 2**20
"""Size of the -wal beyond which it is brought into the database, and to which it is cut when it begins anew:
SQLite's own 1,000 pages."""


_STATE_QUERIES = (
    "PRAGMA page_count",
    "PRAGMA freelist_count",
    """SELECT block, last_at_ms, last_wall_ms, log_digest FROM blocks
       ORDER BY started_at DESC, block DESC LIMIT 3""",
    "SELECT count(*), max(made_at_ms) FROM annotations",
    "SELECT name, value FROM settings ORDER BY name",
)
"""Their answers tell one state of a database from another; below a millisecond also in a long history."""


class Loss(StrEnum):
    """What happened to an open database, as it is told."""

    DELETED = "was deleted"
    REPLACED = "was replaced by another file"
    OVERWRITTEN = "was overwritten with another copy"
    WAL = "lost its -wal file, which was deleted or replaced"


class FileWatch:
    """What a database and its -wal were when it was opened, and when SQLite last wrote it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Raises OSError when the database is not there. The -wal must have been made."""
        self._path = path
        self._wal = beside(path, "-wal")
        self._connection = connection
        self._main_was = _identity(path)
        self._wal_was = _identity(self._wal)
        self._remember()

    def overwriting(self) -> Loss | None:
        """Whether the database was written over, to be asked before a commit; a few microseconds."""
        found = _status(self._path)
        named = found is not None and _names(found) == self._main_was
        if named and _written(self._path) != self._written:
            if self._is_overwritten():
                return Loss.OVERWRITTEN
            self._remember()
        return None

    def lost_name(self, most_bytes: int = CHECKPOINT_BYTES) -> Loss | None:
        """Whether a file lost its name, to be asked after a commit.

        Brings a -wal that is larger than `most_bytes` into the database.
        """
        main, wal = _status(self._path), _status(self._wal)
        if main is None or _names(main) != self._main_was:
            return Loss.DELETED if main is None else Loss.REPLACED
        if wal is None or _names(wal) != self._wal_was:
            return Loss.WAL
        self._wal_bytes = wal.st_size
        if wal.st_size > most_bytes and _written(self._path) == self._written:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            self._remember()
        return None

    def _remember(self) -> None:
        """Take what is there as written by SQLite."""
        self._written, self._wal_bytes = _written(self._path), _size(self._wal)
        self._others = self._commits_of_others()
        self._alone = self._state_of_file_alone()

    def _commits_of_others(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _is_overwritten(self) -> bool:
        """The file was written, and not by us: by whom?

        Another connection may have committed, or emptied the -wal into it; or only its time was set, and it
        tells what it told; or another connection brought the -wal into it, and it holds a page of that.
        """
        emptied = self._wal_bytes and not _size(self._wal)
        if emptied or self._commits_of_others() != self._others:
            return False
        if (found := self._state_of_file_alone()) is not None and found == self._alone:
            return False
        try:
            with closing(self._file_alone()) as alone:
                pages = alone.serialize()
        except sqlite3.Error:
            return True
        from drill.storage.pages import wal_pages

        held = wal_pages(self._wal.read_bytes())
        return not any(pages[(at - 1) * len(page) : at * len(page)] == page for at, page in held)

    def _state_of_file_alone(self) -> int | None:
        """What the database tells without its -wal; None when it cannot be read."""
        try:
            with closing(self._file_alone()) as alone:
                return hash(tuple(tuple(alone.execute(query)) for query in _STATE_QUERIES))
        except sqlite3.Error:
            return None

    def _file_alone(self) -> sqlite3.Connection:
        # By SQLite: any other way of opening and closing the file would let go the locks of this process.
        uri = uri_of(self._path, "mode=ro&immutable=1")
        return sqlite3.connect(uri, uri=True, isolation_level=None)

    def clear_leftovers(self, *, empty: bool = False) -> None:
        """Take away the -wal of the file that is gone: beside another database it would damage that one.

        Only while it is still ours. `empty`: what is in it must not go into the file that bears the name, as
        closing would bring it there. Raises OSError.
        """
        if self._wal_was is not None and _identity(self._wal) == self._wal_was:
            if empty:
                os.truncate(self._wal, 0)
            self._wal.unlink()
            beside(self._path, "-shm").unlink(missing_ok=True)


def beside(path: Path, ending: str) -> Path:
    """A file that SQLite keeps beside a database: "-wal" or "-shm"."""
    return path.with_name(path.name + ending)


def _status(path: Path) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _size(path: Path) -> int:
    found = _status(path)
    return 0 if found is None else found.st_size


def _written(path: Path) -> tuple[int, int] | None:
    """When a file was written last, ns, and its size."""
    found = _status(path)
    return None if found is None else (found.st_mtime_ns, found.st_size)


def _names(found: os.stat_result) -> Identity:
    return found.st_dev, found.st_ino


def _identity(path: Path) -> Identity | None:
    found = _status(path)
    return None if found is None else _names(found)
