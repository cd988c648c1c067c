"""Rows are written as they are given, however many a statement takes."""

from __future__ import annotations

import sqlite3

import pytest

from drill.storage.rows import insert_many


@pytest.mark.parametrize("count", [0, 1, 132, 133, 134, 266, 300])
def test_every_row_is_written_once_and_in_order(count: int) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE TABLE t (a INTEGER, b TEXT, "when" TEXT)')
    rows = [(number, f"text {number}", None if number % 2 else "later") for number in range(count)]
    insert_many(connection, "t", ("a", "b", "when"), iter(rows))
    assert connection.execute("SELECT * FROM t ORDER BY rowid").fetchall() == rows


def test_a_row_that_a_check_refuses_is_refused_among_many() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a TEXT CHECK (a IN ('x', 'y', 'z')))")
    with pytest.raises(sqlite3.IntegrityError):
        insert_many(connection, "t", ("a",), [*[("x",)] * 399, ("w",), *[("y",)] * 400])
