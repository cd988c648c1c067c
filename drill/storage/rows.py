"""Rows by the names of their columns, for the statements that every table needs.

A row is a mapping of column to value. Rows of one call have the same columns in the same order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence

Row = Mapping[str, object]


def named(connection: sqlite3.Connection, query: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
    """Run a query whose rows are read by column: `row["stem"]`."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(query, values)


def insert(
    connection: sqlite3.Connection, table: str, rows: Sequence[Row], *, replace: bool = False, then: str = ""
) -> None:
    """Write rows. `replace`: in place of those with the same key; `then`: what follows the values."""
    if not rows:
        return
    columns = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    verb = "INSERT OR REPLACE" if replace else "INSERT"
    connection.executemany(
        f"{verb} INTO {table} ({columns}) VALUES ({marks}) {then}", [tuple(row.values()) for row in rows]
    )


def upsert(
    connection: sqlite3.Connection,
    table: str,
    key: Sequence[str],
    rows: Sequence[Row],
    *,
    keep: Collection[str] = (),
) -> None:
    """Write rows, or change those that are there with the same key; columns in `keep` stay then."""
    if not rows:
        return
    changed = (column for column in rows[0] if column not in key and column not in keep)
    sets = ", ".join(f'"{column}" = excluded."{column}"' for column in changed)
    insert(connection, table, rows, then=f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}")


def update(connection: sqlite3.Connection, table: str, values: Row, where: Row) -> None:
    """Change these columns of the rows that `where` names."""
    sets = ", ".join(f'"{column}" = ?' for column in values)
    named_by = " AND ".join(f'"{column}" = ?' for column in where)
    connection.execute(f"UPDATE {table} SET {sets} WHERE {named_by}", (*values.values(), *where.values()))
