"""The learner's settings: names and texts."""

from __future__ import annotations

import sqlite3

from drill.storage.rows import insert
from drill.storage.store import Store


def read_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """All settings that were ever changed."""
    return dict(connection.execute("SELECT name, value FROM settings"))


def write_setting(store: Store, name: str, value: str) -> None:
    """Remember a setting."""
    with store.transaction() as connection:
        insert(connection, "settings", [{"name": name, "value": value}], replace=True)
