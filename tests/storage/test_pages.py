"""A database read page by page, against SQLite itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from drill.storage.pages import DatabaseFile, wal_pages

VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False), st.text(st.characters(codec="utf-8"), max_size=40),
    st.binary(max_size=20), st.integers(100, 9_000).map("x".__mul__), st.integers(100, 9_000).map(b"\0\xff".__mul__),
)  # fmt: skip
ROWS = st.lists(st.tuples(VALUES, VALUES), max_size=30)


def rows_of(file: DatabaseFile, *, of_keys: bool) -> list[tuple[object, ...]]:
    pages = [file.page(number) for number in range(2, file.count + 1)]
    assert all(page is None or page.lost == 0 for page in pages)
    return [row for page in pages if page is not None and page.of_keys == of_keys for row in page.rows]


@given(rows=ROWS, page_size=st.sampled_from([512, 4096, 65_536]))
def test_every_row_of_both_kinds_of_table_is_read_as_sqlite_reads_it(
    rows: list[tuple[object, object]], page_size: int
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("CREATE TABLE by_rowid (a, b)")
        connection.execute("CREATE TABLE by_key (n INTEGER, a, b, PRIMARY KEY (n)) WITHOUT ROWID")
        connection.executemany("INSERT INTO by_rowid VALUES (?, ?)", rows)
        connection.executemany(
            "INSERT INTO by_key VALUES (?, ?, ?)", [(n, *row) for n, row in enumerate(rows)]
        )
        file = DatabaseFile(connection.serialize())
        by_rowid = connection.execute("SELECT * FROM by_rowid").fetchall()
        by_key = connection.execute("SELECT * FROM by_key").fetchall()
    assert sorted(map(repr, rows_of(file, of_keys=False))) == sorted(map(repr, by_rowid))
    assert sorted(map(repr, rows_of(file, of_keys=True))) == sorted(map(repr, by_key))


@given(data=st.binary(max_size=300), at=st.integers(0, 3_700))
def test_a_page_written_over_in_part_costs_the_rows_that_stood_there(data: bytes, at: int) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (a, b)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(f"{n:05}" * 10, n) for n in range(40)])
        whole = connection.serialize()
    torn = whole[: 4096 + at] + data + whole[4096 + at + len(data) :]
    before, page = DatabaseFile(whole).page(2), DatabaseFile(torn).page(2)
    assert before is not None
    if page is None:
        assert at < 8 + 2 * 40, "only where its head is gone a page tells nothing"
    elif at >= 8 + 2 * 40:
        touched = len(data) // 55 + 2
        assert len(set(before.rows) - set(page.rows)) <= touched
        assert len(page.rows) + page.lost == 40


def test_a_page_whose_rows_are_all_the_same_bytes_is_not_read_over_and_over() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (?)", ("x" * 400_000,))
        whole = connection.serialize()
    cell = whole[4096 + 8 : 4096 + 10]
    many = whole[: 4096 + 3] + (400).to_bytes(2) + whole[4096 + 5 : 4096 + 8] + cell * 400
    page = DatabaseFile(many + whole[len(many) :]).page(2)
    assert page is not None
    assert (len(page.rows), page.lost) == (5, 395)


def test_the_commits_of_a_wal_are_read_up_to_the_first_frame_that_is_torn() -> None:
    with TemporaryDirectory() as folder:
        path, copy = Path(folder) / "a.db", Path(folder) / "b.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE t (a)")
            connection.execute("INSERT INTO t VALUES ('first')")
            whole = path.with_name("a.db-wal").read_bytes()
            connection.execute("INSERT INTO t VALUES ('second')")
            wal = path.with_name("a.db-wal").read_bytes()
            pages = dict(wal_pages(wal))
            assert dict(wal_pages(wal[:-1])) == dict(wal_pages(whole)) != pages
            assert dict(wal_pages(wal[:-1] + bytes([wal[-1] ^ 1]))) == dict(wal_pages(whole))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            copy.write_bytes(b"".join(page for _, page in sorted(pages.items())))
            assert copy.read_bytes() == path.read_bytes()
