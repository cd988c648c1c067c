"""Connections to a database file: how long they wait, what they may do, who may read what they make."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import quote

BUSY_MS = 700
"""How long a statement waits for another program: with what comes before and behind it, nobody waits a second
without being told."""
AGAIN_MS = 50
"""The same once that was told: keys typed meanwhile would wait one behind the other."""
PATIENT_MS = 30_000
"""The same while another connection of this process writes."""


def wait_for_others(connection: sqlite3.Connection, wait_ms: int) -> None:
    """Let each statement from now on wait so long."""
    connection.execute(f"PRAGMA busy_timeout = {wait_ms}")


def connect_to_write(path: Path) -> sqlite3.Connection:
    """A connection; a file that is made is its owner's alone, and so are the -wal and -shm beside it."""
    before = os.umask(0o077)
    try:
        return _tried(sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1000))
    finally:
        os.umask(before)


def _tried(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, defended and known to be one to a database; closed where it is not."""
    try:
        _defend(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _defend(connection: sqlite3.Connection) -> None:
    """As far as Python and SQLite can: no statement writes schema or pages, no schema runs what may harm."""
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    if schema_needs_no_trust():
        connection.execute("PRAGMA trusted_schema = OFF")


@cache
def schema_needs_no_trust() -> bool:
    """Whether this SQLite takes json_valid, which checks of our tables call, for harmless: 3.40 does not."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        try:
            connection.execute("CREATE TABLE t (a CHECK (json_valid(a)))")
        except sqlite3.Error:
            return False
    return True


def configure(connection: sqlite3.Connection) -> None:
    """What a connection that writes needs."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")


@contextmanager
def many_pages(connection: sqlite3.Connection) -> Iterator[None]:
    """Hold up to 32 MiB of pages meanwhile: beyond 2 they are written and read again several times."""
    (before,) = connection.execute("PRAGMA cache_size").fetchone()
    connection.execute("PRAGMA cache_size = -32768")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {before}")


@contextmanager
def without_checks(connection: sqlite3.Connection) -> Iterator[None]:
    """Leave out the CHECKs of columns meanwhile: only for rows whose types say the same.

    SQLite makes the list of a `CHECK (... IN ...)` anew for every row. Types, NOT NULL and keys still hold.
    """
    connection.execute("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.execute("PRAGMA ignore_check_constraints = OFF")


def connect_to_read(path: Path, how: str) -> sqlite3.Connection:
    """A connection that cannot write; `how`: the parameters of its URI."""
    return _tried(sqlite3.connect(uri_of(path, how), uri=True, isolation_level=None, timeout=BUSY_MS / 1000))


def uri_of(path: Path, how: str) -> str:
    """The URI by which SQLite opens a file as `how` says: "mode=ro&immutable=1"."""
    return f"file:{quote(str(path.absolute()))}?{how}"
