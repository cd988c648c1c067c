"""Whether the files a connection has open are still the ones that bear their names.

A sync tool, a restore or a hand may delete an open database or put another in its place. The system lets
a program write on into the file without a name, and at its end everything is gone; so drill looks with every
commit. Overwriting a file in place keeps its identity and is not noticed here.
"""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

Identity = tuple[int, int]
"""Device and inode."""


class Loss(StrEnum):
    """What happened to an open database, as it is told."""

    DELETED = "was deleted"
    REPLACED = "was replaced by another file"
    WAL = "lost its -wal file, which was deleted or replaced"


class FileWatch:
    """The identities of a database and its -wal as they were when it was opened."""

    def __init__(self, path: Path) -> None:
        """Raises OSError when the database is not there. The -wal must have been made."""
        self._path = path
        self._wal = beside(path, "-wal")
        self._main_was = _identity(path)
        self._wal_was = _identity(self._wal)

    def loss(self) -> Loss | None:
        """What happened since; two looks at names, a few microseconds."""
        if (there := _identity(self._path)) != self._main_was:
            return Loss.DELETED if there is None else Loss.REPLACED
        return None if _identity(self._wal) == self._wal_was else Loss.WAL

    def clear_leftovers(self) -> None:
        """Take away the -wal of the file that is gone: beside another database it would damage that one.

        Only while it is still ours. Raises OSError.
        """
        if self._wal_was is not None and _identity(self._wal) == self._wal_was:
            self._wal.unlink()
            beside(self._path, "-shm").unlink(missing_ok=True)


def beside(path: Path, ending: str) -> Path:
    """A file that SQLite keeps beside a database: "-wal" or "-shm"."""
    return path.with_name(path.name + ending)


def _identity(path: Path) -> Identity | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
