"""Opening the database: one writer under the lock, any number of readers, and errors that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from drill.errors import DatabaseBusy, DatabaseGone, DrillError, StorageError, held_elsewhere
from drill.storage.connecting import (
    AGAIN_MS,
    BUSY_MS,
    PATIENT_MS,
    configure,
    connect_to_read,
    connect_to_write,
    wait_for_others,
)
from drill.storage.identity import CHECKPOINT_BYTES, FileWatch, Loss, beside
from drill.storage.lock import WriterLock
from drill.storage.sqlite_errors import explained, is_busy
from drill.storage.version import applied_migrations, check_version, is_current

if TYPE_CHECKING:
    import tempfile


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
        self._told = False
        """Whether the last statement that wanted to write waited for another program in vain."""

    def close(self) -> None:
        """Close and let another process write."""
        self._watch = None  # closing takes the -wal away
        self.connection.close()
        if self._lock is not None:
            self._lock.release()
        if self._scratch is not None:
            self._scratch.cleanup()

    def check_writable(self, do: str) -> None:
        """Raises DrillError where another drill has the writing lock; `do` is what was wanted: "import"."""
        if self.read_only:
            raise DrillError(held_elsewhere(do))

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    @contextmanager
    def transaction(self, *, key_waits: bool = False) -> Iterator[sqlite3.Connection]:
        """All or nothing. Raises StorageError, with the database unchanged, when it cannot be written.

        `key_waits`: a long -wal is left to the next transaction that nobody waits for, until it has doubled.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        self._check(FileWatch.overwriting)
        try:
            with explained(self.path):
                self._begin()
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
        most_bytes = 2 * CHECKPOINT_BYTES if key_waits else CHECKPOINT_BYTES
        self._check(lambda watch: watch.lost_name(most_bytes))

    def _begin(self) -> None:
        """Wait for another program that writes; while the same one stays, once and no more."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            if is_busy(error) and not self._told:
                self._told = True
                wait_for_others(self.connection, AGAIN_MS)
            raise
        if self._told:
            self._told = False
            wait_for_others(self.connection, BUSY_MS)

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

    def forget_pages(self) -> None:
        """Give back the memory of the pages read so far; what is needed again is read again."""
        self.connection.execute("PRAGMA shrink_memory")

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
            connection = connect_to_write(path)
            applied = check_version(connection, path)
            configure(connection)
            store = Store(connection, path, lock=lock)
            if not is_current(applied):
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


def open_memory() -> Store:
    """An empty database that lives as long as the store."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    store = Store(connection, None)
    _migrate(store, None)
    return store


def open_beside(path: Path) -> Store:
    """A second connection to write with, for a thread of the process that holds the lock."""
    with explained(path):
        connection = connect_to_write(path)
        configure(connection)
        wait_for_others(connection, PATIENT_MS)
    return Store(connection, path)


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
    wal = beside(path, "-wal")
    scratch: tempfile.TemporaryDirectory[str] | None = None
    with explained(path):
        _refuse_folder(path)
        if not path.exists() or path.stat().st_size == 0:
            return None
        try:
            connection = connect_to_read(path, "mode=ro")
        except sqlite3.Error as error:
            if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
                raise
            if wal.exists():
                import shutil
                import tempfile

                scratch = tempfile.TemporaryDirectory(prefix="drill-")
                copy = Path(scratch.name) / path.name
                shutil.copyfile(path, copy)
                shutil.copyfile(wal, beside(copy, "-wal"))
                connection = connect_to_read(copy, "mode=rw")
            else:
                connection = connect_to_read(path, "mode=ro&immutable=1")
        store = Store(connection, path, read_only=True, scratch=scratch)
        try:
            applied = check_version(connection, path)
            if not applied:  # an import was cut off before its first commit
                store.close()
                return None
            if not is_current(applied) and not older:
                raise StorageError(
                    f"{path} was made by an older drill. Run 'drill' once to bring it up to date."
                )
        except BaseException:
            store.close()
            raise
        return store
