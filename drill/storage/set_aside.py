"""Blocks the learner set aside, and took back: append-only, the latest word of a block stands."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, replace

from drill.core.frozen import dataclass
from drill.storage.rows import insert, named
from drill.storage.store import Store

MAX_REASON = 500
_IN_ORDER = "ORDER BY block, made_at_ms, set_aside, reason"


@dataclass(frozen=True, slots=True)
class SetAside:
    """One word on a block. Names are those of the table."""

    block: str
    made_at_ms: int
    """When, UTC ms."""
    set_aside: bool
    """False: it was taken back."""
    reason: str
    """Why; may be empty where it was taken back."""


def read_words(connection: sqlite3.Connection, block: str | None = None) -> list[SetAside]:
    """All that was said of a block, or of every one, oldest first within a block."""
    where, values = ("", ()) if block is None else ("WHERE block = ?", (block,))
    rows = named(connection, f"SELECT * FROM blocks_set_aside {where} {_IN_ORDER}", values)
    return [SetAside(**{**row, "set_aside": row["set_aside"] == 1}) for row in map(dict, rows)]


def read_reasons(connection: sqlite3.Connection) -> dict[str, str]:
    """By block that is set aside now, why."""
    latest = {said.block: said for said in read_words(connection)}
    return {block: said.reason for block, said in latest.items() if said.set_aside}


def write_word(connection: sqlite3.Connection, said: SetAside) -> bool:
    """Add a word; whether it was not there yet."""
    if said in read_words(connection, said.block):
        return False
    insert(connection, "blocks_set_aside", [asdict(said)])
    return True


def say(store: Store, said: SetAside) -> None:
    """Add the learner's word now, after all said before, whatever the clock says. Raises StorageError."""
    with store.transaction() as connection:
        before = read_words(connection, said.block)
        at_ms = max(said.made_at_ms, before[-1].made_at_ms + 1) if before else said.made_at_ms
        write_word(connection, replace(said, made_at_ms=at_ms))
