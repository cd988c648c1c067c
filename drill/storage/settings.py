"""The learner's settings: names and texts."""

from __future__ import annotations

import sqlite3

from drill.core.clock import later
from drill.storage.rows import insert
from drill.storage.store import Store

LEARNERS = frozenset({"clock", "pace", "pace_line", "checkpoints", "nudge_s", "confidence"})
"""Those that follow the learner from machine to machine; the others belong to one machine or one database."""


SYNC = "sync"
"""Whether a folder is synced at start and end: "on"."""
SYNC_FOLDER = "sync_folder"
"""The folder of the last sync."""


def read_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """All settings that were ever changed."""
    return dict(connection.execute("SELECT name, value FROM settings"))


def syncs_by_itself(store: Store) -> bool:
    """Whether the learner wants this database synced at start and end, and it can be."""
    if store.path is None or store.read_only:
        return False
    return read_settings(store.connection).get(SYNC) == "on"


def write_setting(store: Store, name: str, value: str, made_at_ms: int = 0) -> None:
    """Remember a setting; `made_at_ms` is when the learner chose it (UTC), for what is synced."""
    with store.transaction() as connection:
        before = connection.execute("SELECT made_at_ms FROM settings WHERE name = ?", (name,)).fetchone()
        if made_at_ms and before is not None:
            made_at_ms = later(made_at_ms, before[0])
        row = {"name": name, "value": value, "made_at_ms": made_at_ms}
        insert(connection, "settings", [row], replace=True)
