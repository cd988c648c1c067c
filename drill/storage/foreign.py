"""A database may come from anybody: do its tables and triggers mean what drill takes them for?

Asked before any other statement. A view under the name of a table may compute for ever, a trigger may change
what is written. Objects of other names (of Datasette, of the learner) are never asked for and may stay.
"""

from __future__ import annotations

import re
import sqlite3

MIGRATIONS_TABLE = "_sqlite_migrations"
TABLES = frozenset({
    MIGRATIONS_TABLE, "annotation_words", "annotations", "attempts", "banks", "block_events", "block_items",
    "blocks", "blocks_set_aside", "figures", "former_ids", "item_records", "item_references",
    "item_revisions", "items", "media", "options", "retests", "road", "same_questions", "settings",
    "sync_later", "sync_segments", "sync_units", "tags",
})  # fmt: skip
TRIGGERS = frozenset({
    "block_events_are_never_changed", "block_events_are_never_deleted", "block_events_are_never_replaced",
    "blocks_set_aside_are_never_changed", "blocks_set_aside_are_never_deleted",
})  # fmt: skip
_COMPUTED = re.compile(r"\bVIRTUAL\s+TABLE\b|\bGENERATED\b|\bAS\s*\(", re.IGNORECASE)


def foreign_object(connection: sqlite3.Connection, tables: frozenset[str] = TABLES) -> str | None:
    """What is wrong with these tables in the schema, in words; None: nothing."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    for kind, name, table, sql in rows:
        if name in tables and (kind != "table" or _COMPUTED.search(sql or "")):
            return f"{name!r} is no plain table"
        if kind == "trigger" and table in tables and name not in TRIGGERS:
            return f"the trigger {name!r} changes what is written into {table!r}"
    return None
