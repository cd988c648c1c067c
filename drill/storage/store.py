"""Opening the database: one writer under the lock, any number of readers, and errors that say what to do."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import quote

from drill.errors import DatabaseBusy, DatabaseGone, StorageError
from drill.storage.foreign import MIGRATIONS_TABLE, foreign_object
from drill.storage.identity import CHECKPOINT_BYTES, FileWatch, Loss
from drill.storage.lock import WriterLock
from drill.storage.schema import MIGRATION_NAMES, MIGRATION_SET
from drill.storage.sqlite_errors import explained

if TYPE_CHECKING:
    import tempfile


BUSY_MS = 900
"""How long a statement waits for another program: nobody waits a second without being told."""


class Store:
    """An open database. Use `open_writer`, `open_reader`, or `open_memory` in tests."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        *,
        read_only: bool = False,
        lock: WriterLock | None = None,
        scratch: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self.created = False
        """Whether this opening made the database."""
        self._lock = lock
        self._scratch = scratch
        self.written: list[Callable[[Store], None]] = []
        """What was written into blocks since it was opened, each to be written into another store."""
        self._watch: FileWatch | None = None
        self._gone: DatabaseGone | None = None

    def close(self) -> None:
        """Close and let another process write."""
        self._watch = None  # closing takes the -wal away
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
        if self._scratch is not None:
            self._scratch.cleanup()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing. Raises StorageError, with the database unchanged, when it cannot be written."""
        if self.connection.in_transaction:
            yield self.connection
            return
        self._check(FileWatch.overwriting)
        try:
            with explained(self.path):
                self.connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self.connection
                    self.connection.execute("COMMIT")
                except BaseException:
                    if self.connection.in_transaction:
                        self.connection.execute("ROLLBACK")
                    raise
        except StorageError:
            self._check(FileWatch.lost_name)
            raise
        self._check(FileWatch.lost_name)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """Read as of one instant, whatever is written meanwhile. Raises StorageError."""
        with explained(self.path):
            alone = not self.connection.in_transaction
            if alone:
                self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if alone and self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")

    def watch_files(self) -> None:
        """From now on, look with every commit whether the database is still the one that was opened."""
        if self.path is not None:
            self.connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # makes the -wal
            self.connection.execute("PRAGMA wal_autocheckpoint = 0")  # the watch must know of each
            self.connection.execute(f"PRAGMA journal_size_limit = {CHECKPOINT_BYTES}")
            self._watch = FileWatch(self.path, self.connection)

    def check_files(self) -> None:
        """Raises DatabaseGone, once what is open was saved, when the database was lost."""
        self._check(FileWatch.lost_name)
        self._check(FileWatch.overwriting)

    def _check(self, look: Callable[[FileWatch], Loss | None]) -> None:
        if self._gone is None and self._watch is not None and self.path is not None:
            with explained(self.path):
                loss = look(self._watch)
                if loss is Loss.OVERWRITTEN:
                    from drill.storage.overwritten import overwritten_text, save_blocks

                    saved = save_blocks(self.path, self._write_again) if self.written else None
                    self._watch.clear_leftovers(empty=True)
                    self._gone = DatabaseGone(overwritten_text(self.path, saved, lost=bool(self.written)))
                elif loss is not None:
                    from drill.storage.rescue import gone_text, save_what_is_open

                    saved = save_what_is_open(self.connection, self._watch, self.path, loss)
                    self._gone = DatabaseGone(gone_text(self.path, loss, saved))
        if self._gone is not None:
            raise self._gone

    def _write_again(self, copy: sqlite3.Connection) -> None:
        other = Store(copy, None)
        for write in self.written:
            write(other)


def open_writer(path: Path, fill: Callable[[Store], None] | None = None) -> Store:
    """Open for writing, alone. A missing database is made, and `fill` called in the same transaction.

    Raises DatabaseBusy when another drill writes, StorageError when the file or folder is unusable.
    """
    with explained(path):
        _refuse_folder(path)
        if not path.parent.is_dir():
            raise StorageError(f"The folder {path.parent} does not exist. Make it, or give another --db.")
        lock = WriterLock(path)
        if not lock.acquire():
            raise DatabaseBusy(
                f"Another drill has {path} open for writing. Close it and try again; reports work meanwhile."
            )
    connection: sqlite3.Connection | None = None
    try:
        with explained(path):
            connection = _make_or_open(path)
            applied = check_version(connection, path)
            _configure(connection)
            store = Store(connection, path, lock=lock)
            if applied != MIGRATION_NAMES:
                _migrate(store, fill)
            store.watch_files()
            return store
    except BaseException:
        if connection is not None:
            connection.close()
        lock.release()
        raise


def _refuse_folder(path: Path) -> None:
    if path.is_dir():
        raise StorageError(f"{path} is a folder. Give a file with --db, for example {path / 'drill.db'}.")


def open_memory(fill: Callable[[Store], None] | None = None) -> Store:
    """An empty database that lives as long as the store."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    store = Store(connection, None)
    _migrate(store, fill)
    return store


def open_beside(path: Path) -> Store:
    """A second connection to write with, for a thread of the process that holds the lock."""
    with explained(path):
        connection = _make_or_open(path)
        _configure(connection)
        wait_for_others(connection, patiently=True)
    return Store(connection, path)


def wait_for_others(connection: sqlite3.Connection, *, patiently: bool) -> None:
    """How long a statement waits while another connection of this process writes."""
    connection.execute(f"PRAGMA busy_timeout = {30_000 if patiently else BUSY_MS}")


def _make_or_open(path: Path) -> sqlite3.Connection:
    """A connection; a file that is made is its owner's alone, and so are the -wal and -shm beside it."""
    before = os.umask(0o077)
    try:
        connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000)
        try:
            _defend(connection)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection
    finally:
        os.umask(before)


def _defend(connection: sqlite3.Connection) -> None:
    """No statement may write the schema or the file's pages past SQLite's own checks."""
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)


def _configure(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")


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


def _refuse_foreign(path: Path, what: str | None) -> None:
    if what is not None:
        raise StorageError(
            f"{path} was changed by another program: {what}. drill does not open it. Undo that with the "
            "program that did it, or go back to the newest file of the backups folder beside it."
        )


def _migrate(store: Store, fill: Callable[[Store], None] | None) -> None:
    from sqlite_utils import Database

    from drill.storage.schema import migrate

    with store.transaction() as connection:
        store.created = not applied_migrations(connection)
        migrate(Database(connection, execute_plugins=False))
        if store.created and fill is not None:
            fill(store)


def open_reader(path: Path, *, older: bool = False) -> Store | None:
    """Open for reading only, beside a writer if there is one; None when there is no database yet.

    `older`: also one that still waits for migrations, for who reads only what every version has.
    Never makes or changes a database; SQLite may leave an empty -wal and its -shm beside one. Raises
    StorageError when the file cannot be read.
    """
    wal = path.with_name(path.name + "-wal")
    scratch: tempfile.TemporaryDirectory[str] | None = None
    with explained(path):
        _refuse_folder(path)
        if not path.exists() or path.stat().st_size == 0:
            return None
        try:
            connection = _connect_read_only(path, "mode=ro")
        except sqlite3.Error as error:
            if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
                raise
            if wal.exists():
                import shutil
                import tempfile

                scratch = tempfile.TemporaryDirectory(prefix="drill-")
                copy = Path(scratch.name) / path.name
                shutil.copyfile(path, copy)
                shutil.copyfile(wal, copy.with_name(copy.name + "-wal"))
                connection = _connect_read_only(copy, "mode=rw")
            else:
                connection = _connect_read_only(path, "mode=ro&immutable=1")
        store = Store(connection, path, read_only=True, scratch=scratch)
        try:
            applied = check_version(connection, path)
            if not applied:  # an import was cut off before its first commit
                store.close()
                return None
            if applied != MIGRATION_NAMES and not older:
                raise StorageError(
                    f"{path} was made by an older drill. Run 'drill' once to bring it up to date."
                )
        except BaseException:
            store.close()
            raise
        return store


def _connect_read_only(path: Path, how: str) -> sqlite3.Connection:
    uri = f"file:{quote(str(path.absolute()))}?{how}"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000)
    try:
        _defend(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
