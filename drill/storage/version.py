"""Whether a file is a database of drill, and of which version: asked before anything of it is used."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from drill.errors import StorageError
from drill.storage.foreign import MIGRATIONS_TABLE, foreign_object
from drill.storage.schema import MIGRATION_NAMES, MIGRATION_SET


def applied_migrations(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Names of the migrations this database has seen, by plain SQL: sqlite-utils is slow to import."""
    table = connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone()
    if table is None:
        return ()
    rows = connection.execute(
        "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (MIGRATION_SET,)
    )
    return tuple(name for (name,) in rows)


def check_version(connection: sqlite3.Connection, path: Path) -> tuple[str, ...]:
    """The migrations applied; raises StorageError for a file of another program, or of a newer drill."""
    _refuse_foreign(path, foreign_object(connection, frozenset({MIGRATIONS_TABLE})))
    applied = applied_migrations(connection)
    if not applied:
        tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if tables:
            raise StorageError(
                f"{path} is the database of another program. Give another file with --db; "
                "this one was left as it is."
            )
    newer = [name for name in applied if name not in MIGRATION_NAMES]
    if newer:
        raise StorageError(
            f"{path} was made by a newer drill (it has {newer[0]!r}). Update drill; nothing was changed."
        )
    _refuse_foreign(path, foreign_object(connection))
    return applied


def is_current(applied: tuple[str, ...]) -> bool:
    """Whether no migration is missing."""
    return applied == MIGRATION_NAMES


def _refuse_foreign(path: Path, what: str | None) -> None:
    if what is not None:
        raise StorageError(
            f"{path} was changed by another program: {what}. drill does not open it. Undo that with the "
            "program that did it, or go back to the newest file of the backups folder beside it."
        )
