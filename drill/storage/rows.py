"""Rows by the names of their columns, for the statements that every table needs.

A row is a mapping of column to value. Rows of one call have the same columns in the same order.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice

Row = Mapping[str, object]
_VALUES = 400
"""Values that one statement of `insert_many` writes; any SQLite takes 999."""


def named(
    connection: sqlite3.Connection, query: str, values: Sequence[object] | Mapping[str, object] = ()
) -> sqlite3.Cursor:
    """Run a query whose rows are read by column: `row["stem"]`."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(query, values)


def insert(
    connection: sqlite3.Connection, table: str, rows: Iterable[Row], *, replace: bool = False, then: str = ""
) -> None:
    """Write rows, made one at a time. `replace`: in place of those with the same key; `then` ends the SQL."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    values = (tuple(row.values()) for row in chain([first], rows))
    verb = "INSERT OR REPLACE" if replace else "INSERT"
    connection.executemany(_insertion(verb, table, tuple(first), then), values)


def insert_many(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    """Write many rows, given as values in the order of the columns, some fifty with each statement.

    A statement that is begun anew for each row also makes anew what its table's checks compare with.
    """
    rows = iter(rows)
    width = _VALUES // len(columns)
    several = _insertion("INSERT", table, columns, "", width)
    while len(batch := tuple(islice(rows, width))) == width:
        connection.execute(several, tuple(chain.from_iterable(batch)))
    connection.executemany(_insertion("INSERT", table, columns, ""), batch)


def upsert(
    connection: sqlite3.Connection,
    table: str,
    key: Sequence[str],
    columns: tuple[str, ...],
    rows: Iterable[tuple[object, ...]],
    *,
    keep: Collection[str] = (),
) -> None:
    """Write rows, given as values in the order of the columns, or change those with the same key.

    Columns in `keep` stay as they are then.
    """
    changed = [_quoted(column) for column in columns if column not in key and column not in keep]
    sets = ", ".join(f"{column} = excluded.{column}" for column in changed)
    then = f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {sets}"
    connection.executemany(_insertion("INSERT", table, columns, then), rows)


def update(connection: sqlite3.Connection, table: str, values: Row, where: Row) -> None:
    """Change these columns of the rows that `where` names."""
    sets = ", ".join(f"{_quoted(column)} = ?" for column in values)
    named_by = " AND ".join(f"{_quoted(column)} = ?" for column in where)
    connection.execute(f"UPDATE {table} SET {sets} WHERE {named_by}", (*values.values(), *where.values()))


@lru_cache(maxsize=64)
def _insertion(verb: str, table: str, columns: tuple[str, ...], then: str, rows: int = 1) -> str:
    names, marks = ", ".join(map(_quoted, columns)), ", ".join("?" * len(columns))
    return f"{verb} INTO {table} ({names}) VALUES {', '.join([f'({marks})'] * rows)} {then}"


def _quoted(column: str) -> str:
    """A column's name that may be a word of SQL, as "when" is."""
    return f'"{column}"'
