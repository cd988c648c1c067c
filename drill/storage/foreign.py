"""A database may come from anybody: do its tables and triggers mean what drill takes them for?

Asked before any other statement. A view under the name of a table may compute for ever, a trigger may change
what is written, a check or an index may call a function that reaches beyond the file. Objects of other names
(of Datasette, of the learner) are never asked for and may stay.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Set
from contextlib import closing
from functools import cache

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
_TAKEN_AS_HARMLESS = "json_valid"
"""Checks of our tables call it; SQLite 3.40 does not list it as harmless, newer ones do."""
_MOST_CHARACTERS = 20_000
"""Of a table, trigger or index: ours take 1,200 at most, and patterns take long over more."""
_BLANK = r"(?:\s|/\*.*?\*/|--[^\n]*\n)"
_CALLED = re.compile(rf"""\b(\w++)["`\]]?{_BLANK}*+\(""", re.DOTALL)
_BODY = re.compile(r"\bBEGIN\b.*", re.IGNORECASE | re.DOTALL)
_WRITES = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
_COMPUTED = re.compile(rf"\bVIRTUAL{_BLANK}+TABLE\b|\bGENERATED\b|\bAS{_BLANK}*\(", re.IGNORECASE | re.DOTALL)


def foreign_object(connection: sqlite3.Connection, tables: frozenset[str] = TABLES) -> str | None:
    """What is wrong with these tables in the schema, in words; None: nothing."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    for kind, name, table, sql in rows:
        if (name in tables or table in tables) and len(sql or "") > _MOST_CHARACTERS:
            return f"{name!r} is described in more than {_MOST_CHARACTERS:,} characters"
        if name in tables and (kind != "table" or _COMPUTED.search(sql or "")):
            return f"{name!r} is no plain table"
        if table not in tables:
            continue
        if kind == "trigger" and (name not in TRIGGERS or _changes(sql or "")):
            return f"the trigger {name!r} changes what is written into {table!r}"
        called = _risky_calls(sql or "")
        if called:
            return f"{name!r} calls {min(called)!r}"
    return None


def _changes(trigger: str) -> bool:
    """Whether what a trigger does may write; what is not understood may."""
    body = _BODY.search(trigger)
    return body is None or _WRITES.search(body[0]) is not None


def _risky_calls(sql: str) -> Set[str]:
    text = sql.lower().replace(_TAKEN_AS_HARMLESS, "")
    if not any(name in text for name in _risky_functions()):  # 0.1 ms for our schema instead of 3
        return set()
    return _risky_functions() & set(_CALLED.findall(text))


@cache
def _risky_functions() -> frozenset[str]:
    """Functions of this SQLite that no schema may call where trusted_schema is off."""
    with closing(sqlite3.connect(":memory:")) as connection:
        query = "SELECT DISTINCT lower(name) FROM pragma_function_list WHERE NOT flags & 0x200000"
        return frozenset(name for (name,) in connection.execute(query)) - {_TAKEN_AS_HARMLESS}
