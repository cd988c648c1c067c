"""The banks that came with drill, and the files they were read from."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from drill.storage.rows import update


class Shipped(NamedTuple):
    """A bank that came with drill."""

    bank: str
    file_hash: str | None
    stamp: str | None
    """What its file is known by without being read."""
    removed: bool


def shipped_banks(connection: sqlite3.Connection) -> list[Shipped]:
    """All of them, those too that the learner removed."""
    rows = connection.execute("SELECT bank, file_hash, imported_as, removed FROM banks WHERE shipped = 1")
    return [Shipped(bank, file_hash, stamp, removed == 1) for bank, file_hash, stamp, removed in rows]


def keep_stamp(connection: sqlite3.Connection, bank: str, stamp: str) -> None:
    """Know the file of a shipped bank by its stamp from now on."""
    update(connection, "banks", {"imported_as": stamp}, {"bank": bank})
