"""Which values have another type than drill's schema gives their column? A tool may have made tables anew."""

from __future__ import annotations

import sqlite3

from drill.storage.foreign import MIGRATIONS_TABLE, TABLES
from drill.storage.store import open_memory


def strange_types(connection: sqlite3.Connection) -> list[str]:
    """Of each column with such values how many, in a sentence."""
    with open_memory() as sound:
        columns = {
            table: [
                (row[1], row[2], row[3]) for row in sound.connection.execute(f"PRAGMA table_info({table})")
            ]
            for table in sorted(TABLES - {MIGRATIONS_TABLE})
        }
    found = []
    for table, parts in columns.items():
        for name, kind, is_needed in parts:
            types = f"'{kind.lower()}'" + ("" if is_needed else ", 'null'")
            row = connection.execute(
                f'SELECT count(*), min(typeof("{name}")) FROM {table} WHERE typeof("{name}") NOT IN ({types})'
            ).fetchone()
            if row[0]:
                found.append(
                    f"{row[0]:,} values of {name} in {table} are {row[1]} where {kind.lower()} must be: "
                    "another program made that table."
                )
    return found
