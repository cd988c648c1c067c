"""Databases of strangers: a schema that computes or that changes what is written is not opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from drill.errors import DatabaseDamaged, StorageError
from drill.storage.foreign import TABLES, TRIGGERS, foreign_object
from drill.storage.store import Store, open_reader, open_writer
from tests.factories import import_bank
from tests.sittings import sit

Opening = Callable[[Path], Store | None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        sit(store, "b1")
    return path


def change(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(script)


def test_the_lists_are_what_the_migrations_make(store: Store) -> None:
    made = store.connection.execute(
        "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    rows = made.fetchall()
    assert {name for kind, name in rows if kind == "table"} == TABLES
    assert {name for kind, name in rows if kind == "trigger"} == TRIGGERS
    assert foreign_object(store.connection) is None


@pytest.mark.parametrize("opening", [open_writer, open_reader])
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("""ALTER TABLE blocks RENAME TO b; CREATE VIEW blocks AS
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT * FROM b, n""", "'blocks' is no plain table"),
        ("""ALTER TABLE _sqlite_migrations RENAME TO m; CREATE VIEW _sqlite_migrations AS
            WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT * FROM m, n""", "'_sqlite_migrations' is no"),
        ("ALTER TABLE items ADD COLUMN more TEXT AS (hex(zeroblob(100000))) VIRTUAL", "'items' is no plain table"),
        ("CREATE TRIGGER t AFTER INSERT ON annotations BEGIN DELETE FROM attempts; END",
         "the trigger 't' changes what is written into 'annotations'"),
        ("""DROP TRIGGER block_events_are_never_deleted; CREATE TRIGGER block_events_are_never_deleted
            BEFORE DELETE ON block_events BEGIN DELETE FROM attempts; END""",
         "'block_events_are_never_deleted' changes what is written into 'block_events'"),
        ("""DROP TRIGGER block_events_are_never_deleted; CREATE TRIGGER block_events_are_never_deleted
            BEFORE DELETE ON block_events begin delete from attempts; end""",
         "'block_events_are_never_deleted' changes what is written into 'block_events'"),
        ("ALTER TABLE items ADD COLUMN more TEXT AS /* */ (hex(zeroblob(100000))) VIRTUAL", "'items' is no plain table"),
        ("""PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE VIRTUAL--
            TABLE road USING fts5(a)' WHERE name = 'road'""", "'road' is no plain table"),
        ("DROP TABLE road; CREATE TABLE road (kind, id, value CHECK (fts3_tokenizer(value) IS NULL), made_at_ms)",
         "'road' calls 'fts3_tokenizer'"),
        ("""DROP TABLE road; CREATE TABLE road (kind, id, value CHECK ("Load_Extension" /* ( */ (value) IS NULL), made_at_ms)""",
         "'road' calls 'load_extension'"),
        (f"""DROP TABLE road; CREATE TABLE road (kind, id, value DEFAULT 'load_extension{"a" * 300_000}', made_at_ms)""",
         "'road' is described in more than 20,000 characters"),
        ("CREATE INDEX i ON attempts (json_extract(changes, '$'))", "'i' calls 'json_extract'"),
    ],
)  # fmt: skip
def test_a_schema_that_computes_or_changes_what_is_written_is_not_opened(
    path: Path, script: str, said: str, opening: Opening
) -> None:
    change(path, script)
    before = path.read_bytes()
    with pytest.raises(StorageError, match=said):
        opening(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_tables_and_views_of_other_names_may_stay(path: Path, opening: Opening) -> None:
    change(path, "CREATE TABLE mine (a); CREATE VIEW hard AS SELECT * FROM answers; CREATE INDEX i ON attempts (chosen);"
           "CREATE TRIGGER t AFTER INSERT ON mine BEGIN DELETE FROM mine; END")  # fmt: skip
    with opening(path) or pytest.fail("not opened") as store:
        assert store.connection.execute("SELECT count(*) FROM blocks").fetchone() == (1,)


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_the_schema_is_trusted_only_where_sqlite_takes_json_valid_for_harmful(
    path: Path, opening: Opening
) -> None:
    with closing(sqlite3.connect(":memory:")) as asked:
        flags = "SELECT min(flags & 0x200000) FROM pragma_function_list WHERE name = 'json_valid'"
        is_harmless = asked.execute(flags).fetchone()[0] > 0
    with opening(path) or pytest.fail("not opened") as store:
        assert store.connection.execute("PRAGMA trusted_schema").fetchone()[0] == (0 if is_harmless else 1)


def test_our_own_schema_needs_no_trust_of_a_newer_sqlite(path: Path) -> None:
    newer = apsw.Connection(str(path))
    newer.execute("PRAGMA trusted_schema = OFF")
    assert newer.execute("SELECT count(*) FROM answers").fetchone() == (3,)
    newer.execute("INSERT INTO road VALUES ('date', 'x', '[]', 1)")
    newer.close()


def test_a_schema_whose_names_are_no_text_is_damage(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE banks", b"CREATE \xff\xff\xffLE banks"))
    with pytest.raises(DatabaseDamaged, match=r"is damaged \(its texts are no UTF-8\)"):
        open_reader(path)
