"""The learner's settings: names and texts."""

from __future__ import annotations

import sqlite3

from drill.storage.store import Store


def read_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """All settings that were ever changed."""
    return dict(connection.execute("SELECT name, value FROM settings"))


def write_setting(store: Store, name: str, value: str) -> None:
    """Remember a setting."""
    with store.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def ended_blocks(store: Store) -> int:
    """How many blocks have ended: reports of fewer are out of date."""
    row = store.connection.execute("SELECT count(*) FROM blocks WHERE block_end IS NOT NULL").fetchone()
    return int(row[0])
