"""What SQLite and the system say, as errors that tell a person what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from drill.errors import DatabaseDamaged, StorageError
from drill.storage.identity import beside


@contextmanager
def explained(path: Path | None) -> Iterator[None]:
    """Turn what SQLite and the system say into a StorageError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        if path is not None and _lost_its_beginning(path, error):
            raise DatabaseDamaged(_damage_text(path, "its beginning is lost")) from error
        kind = DatabaseDamaged if _is_damage(error) else StorageError
        raise kind(_explain(path, error)) from error
    except UnicodeDecodeError as error:  # a name or text in the file, or SQLite's own words about it
        raise DatabaseDamaged(_damage_text(path, "its texts are no UTF-8")) from error
    except OSError as error:
        raise StorageError(
            f"{path}: {error.strerror or error}. Check the folder, or give another --db."
        ) from error


def as_storage_error(path: Path, error: Exception) -> StorageError | None:
    """What SQLite said, as an error that says what to do; None when it was not SQLite that said it."""
    if not isinstance(error, sqlite3.Error | OSError | StorageError):
        return None
    try:
        with explained(path):
            raise error
    except StorageError as said:
        return said
    except Exception:
        return None


def _is_damage(error: sqlite3.Error) -> bool:
    name, text = getattr(error, "sqlite_errorname", "") or "", str(error)
    if name.startswith("SQLITE_IOERR"):
        return False
    return name.startswith("SQLITE_CORRUPT") or "malformed" in text or text.startswith("Could not decode")


def _lost_its_beginning(path: Path, error: sqlite3.Error) -> bool:
    """Whether what SQLite takes for no database holds rows all the same."""
    if not (getattr(error, "sqlite_errorname", "") or "").startswith("SQLITE_NOTADB"):
        return False
    from drill.storage.pages import holds_rows

    try:
        return holds_rows(path)
    except OSError:
        return False


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another program had the database to itself for too long."""
    return (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _explain(path: Path | None, error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    text = str(error)
    if name.startswith("SQLITE_NOTADB"):
        return f"{path} is not a drill database. Give another file with --db; this one was left as it is."
    if _is_damage(error):
        return _damage_text(path, text)
    if name.startswith("SQLITE_READONLY"):
        return (
            f"{path} cannot be written. Check the permissions of the file and its folder, "
            "or give another --db."
        )
    if name.startswith("SQLITE_IOERR") and path is not None and _lacks_wal(path):
        return (
            f"The file {path.name}-wal beside {path} was deleted while a drill has the database open. "
            "Leave that drill: what it holds goes into the database then."
        )
    if name in _NOT_READ:
        return (
            f"{path} cannot be read: the disk is failing ({text}). Copy its folder to another disk, or put "
            "back the newest file of the backups folder beside it."
        )
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        return (
            f"{path} cannot be written: the disk is full or failing ({text}). Free some space and try again."
        )
    if is_busy(error):
        return f"{path} is in use by another program. Close that and try again."
    if name.startswith("SQLITE_CANTOPEN"):
        return f"{path} cannot be opened. Check that it is a file you may read, or give another --db."
    return f"{path}: {text}"


_NOT_READ = ("SQLITE_IOERR_READ", "SQLITE_IOERR_SHORT_READ", "SQLITE_IOERR_CORRUPTFS")


ASK_DOCTOR = "'drill doctor' tells what can be read, and the newest sound copy."


def _damage_text(path: Path | None, what: str) -> str:
    return f"{path} is damaged ({what}). {ASK_DOCTOR}"


def _lacks_wal(path: Path) -> bool:
    """A database that is open has both of its companions."""
    return beside(path, "-shm").exists() and not beside(path, "-wal").exists()
