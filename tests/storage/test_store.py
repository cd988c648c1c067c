"""Opening the database: every file that may stand in its place, one writer, many readers, no half-made file."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import drill
from drill.errors import DatabaseBusy, StorageError
from drill.storage import guards, schema, version
from drill.storage.banks import bank_ids
from drill.storage.store import Store, open_memory, open_reader, open_writer
from tests.factories import import_bank, make_bank

HERE = Path(__file__).parents[2]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, lock files apart."""
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.suffix != ".lock"}


def make_database(path: Path, bank: str = "notes") -> Path:
    with open_writer(path, lambda new: void(import_bank(new, make_bank(bank)))):
        pass
    return path


def void(_: object) -> None:
    return None


def run_child(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another drill: a Python process that runs `code` with sys.argv[1:] = arguments."""
    return subprocess.Popen(
        [sys.executable, "-c", NO_PANDAS + code, *map(str, arguments)], cwd=HERE, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(HERE)},
    )  # fmt: skip


NO_PANDAS = "import sys; sys.modules['pandas'] = None\n"
"""As on a learner's machine; see conftest."""

WRITER = """
import sys
from pathlib import Path
from drill.storage.store import open_writer
store = open_writer(Path(sys.argv[1]))
with store.transaction() as connection:
    connection.execute("INSERT INTO settings (name, value) VALUES ('from', 'the child')")
print("holds", flush=True)
sys.stdin.readline()
"""


@contextmanager
def another_writer(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process holds the database open for writing, with one commit in its -wal."""
    child = run_child(WRITER, path)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "holds\n"
        yield child
    finally:
        child.kill()
        child.communicate()


@contextmanager
def unprivileged() -> Iterator[None]:
    """Permissions bind again: as root, act as nobody for a while."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions work otherwise on this system")
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that nobody can reach; pytest's own belongs to one user alone."""
    import tempfile

    with tempfile.TemporaryDirectory(dir="/tmp" if os.name == "posix" else None) as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


# A new database


def test_a_missing_database_is_made_and_filled(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path, lambda new: void(import_bank(new))) as store:
        assert store.created
        assert bank_ids(store.connection) == ["notes"]
    with open_writer(path, lambda new: pytest.fail("it is there already")) as store:
        assert not store.created
        assert bank_ids(store.connection) == ["notes"]


def test_the_writer_is_set_up_to_lose_nothing(tmp_path: Path) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        pragmas = {name: store.connection.execute(f"PRAGMA {name}").fetchone()[0]
                   for name in ("journal_mode", "synchronous", "foreign_keys", "locking_mode")}  # fmt: skip
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "locking_mode": "normal"}


def test_every_table_is_strict() -> None:
    with open_memory() as store:
        tables = store.connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND schema = 'main'"
        )
        loose = {name for name, strict in tables if not strict} - {"_sqlite_migrations", "sqlite_schema"}
    assert not {name for name in loose if not name.startswith("sqlite_")}


def test_creation_that_fails_leaves_nothing_half_made(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"

    def broken(new: Store) -> None:
        import_bank(new)
        raise RuntimeError("cut off")

    with pytest.raises(RuntimeError):
        open_writer(path, broken)
    assert open_reader(path) is None, "as if it were not there"
    with open_writer(path, lambda new: void(import_bank(new, make_bank("second")))) as store:
        assert store.created, "the next drill makes it anew"
        assert bank_ids(store.connection) == ["second"]


KILLED_IN_CREATION = """
import os, sys
from pathlib import Path
from drill.storage.store import open_writer
from tests.factories import import_bank
def fill(new):
    import_bank(new)
    os.kill(os.getpid(), 9)
open_writer(Path(sys.argv[1]), fill)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_creation_that_is_killed_leaves_nothing_half_made(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with run_child(KILLED_IN_CREATION, path) as child:
        assert child.wait() == -9
    assert open_reader(path) is None
    with open_writer(path) as store:
        assert store.created
        assert bank_ids(store.connection) == []


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_database(tmp_path / "drill.db")

    def add_shoes(db: object) -> None:
        schema.run_script(db, "CREATE TABLE shoes (size INTEGER) STRICT;")  # type: ignore[arg-type]

    def add_hats(db: object) -> None:
        schema.run_script(db, "CREATE TABLE hats (size INTEGER) STRICT;")  # type: ignore[arg-type]
        raise RuntimeError("no hats")

    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, add_shoes, add_hats))
    names = tuple(migration.__name__ for migration in schema.MIGRATIONS)
    monkeypatch.setattr(version, "MIGRATION_NAMES", names)
    with pytest.raises(StorageError, match="older drill"):
        open_reader(path)
    with pytest.raises(RuntimeError, match="no hats"):
        open_writer(path)
    with closing(sqlite3.connect(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert not tables & {"shoes", "hats"}, "all migrations of one opening are one transaction"
        assert version.applied_migrations(connection) == names[:-2]
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:-1])
    monkeypatch.setattr(version, "MIGRATION_NAMES", names[:-1])
    with open_writer(path, lambda new: pytest.fail("not new")) as store:
        assert not store.created
        assert version.applied_migrations(store.connection) == names[:-1]


def test_a_database_of_before_gets_the_guard_against_replacement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "drill.db"
    with monkeypatch.context() as before:
        before.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        before.setattr(version, "MIGRATION_NAMES", schema.MIGRATION_NAMES[:3])
        with open_writer(path) as store:
            assert "block_events_are_never_replaced" in guards.missing_guards(store.connection)
    with open_writer(path) as store:
        assert guards.missing_guards(store.connection) == []


def test_opening_an_up_to_date_database_does_not_load_sqlite_utils(tmp_path: Path) -> None:
    path = make_database(tmp_path / "drill.db")
    code = """
import sys
from pathlib import Path
from drill.storage.store import open_reader, open_writer
open_writer(Path(sys.argv[1])).close()
open_reader(Path(sys.argv[1])).close()
print(sorted({"sqlite_utils", "yaml", "click"} & set(sys.modules)))
"""
    with run_child(code, path) as child:
        assert child.communicate()[0] == "[]\n"


# What is no database of ours


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_a_text_file_is_refused_and_left_as_it_is(tmp_path: Path, opening: object) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("My notes on chest pain.\n" * 50)
    before = snapshot(tmp_path)
    with pytest.raises(StorageError, match="is not a drill database"):
        opening(path)  # type: ignore[operator]
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_the_database_of_another_program_is_refused_and_left_as_it_is(
    tmp_path: Path, opening: object
) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE banks (iban TEXT)")
    before = snapshot(tmp_path)
    with pytest.raises(StorageError, match="another program"):
        opening(path)  # type: ignore[operator]
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_a_database_with_another_programs_migrations_is_refused(tmp_path: Path, opening: object) -> None:
    import sqlite_utils

    path = tmp_path / "other.db"
    migrations = sqlite_utils.Migrations("shop")
    migrations()(lambda db: db["shop"].insert({"id": 1}))
    database = sqlite_utils.Database(path)
    migrations.apply(database)
    database.close()
    with pytest.raises(StorageError, match="another program"):
        opening(path)  # type: ignore[operator]


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_the_database_of_a_newer_drill_is_refused_kindly(tmp_path: Path, opening: object) -> None:
    path = make_database(tmp_path / "drill.db")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('drill', 'add_hats', 'x')"
        )
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"newer drill.*add_hats.*Update drill"):
        opening(path)  # type: ignore[operator]
    assert path.read_bytes() == before


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_a_damaged_database_is_told_of_and_where_help_is(tmp_path: Path, opening: object) -> None:
    path = make_database(tmp_path / "drill.db")
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996  # the page that says where the tables are
    path.write_bytes(content)
    with pytest.raises(StorageError, match=r"is damaged.*drill doctor"):
        opening(path)  # type: ignore[operator]
    assert path.read_bytes() == bytes(content)


def test_a_truncated_database_is_told_of_when_it_is_read(tmp_path: Path) -> None:
    path = make_database(tmp_path / "drill.db")
    path.write_bytes(path.read_bytes()[:8192])
    with (
        pytest.raises(StorageError, match="is damaged"),
        open_writer(path) as store,
        store.transaction() as c,
    ):
        c.execute("SELECT count(*) FROM options JOIN item_revisions USING (bank, item)").fetchall()


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_a_folder_is_no_database(tmp_path: Path, opening: object) -> None:
    with pytest.raises(StorageError, match=r"is a folder. Give a file"):
        opening(tmp_path)  # type: ignore[operator]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "typo" / "drill.db"
    with pytest.raises(StorageError, match=r"typo does not exist. Make it"):
        open_writer(path)
    assert open_reader(path) is None
    assert not path.parent.exists()


@pytest.mark.parametrize("opening", [open_writer, open_reader])
def test_a_name_that_is_too_long_is_refused(tmp_path: Path, opening: object) -> None:
    with pytest.raises(StorageError, match="Check the folder"):
        opening(tmp_path / ("x" * 300))  # type: ignore[operator]


@pytest.mark.parametrize("name", ["a b.db", "100%.db", "what?.db", "#1.db", "ü.db"])
def test_a_name_with_odd_characters_is_a_name(tmp_path: Path, name: str) -> None:
    path = make_database(tmp_path / name)
    reader = open_reader(path)
    assert reader is not None
    with reader:
        assert bank_ids(reader.connection) == ["notes"]


# Permissions


@pytest.mark.skipif(os.name != "posix", reason="permissions of files")
def test_a_read_only_file_is_read_and_refuses_a_write(open_folder: Path) -> None:
    path = make_database(open_folder / "drill.db")
    path.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    (open_folder / "drill.db.lock").chmod(0o666)
    with unprivileged():
        reader = open_reader(path)
        assert reader is not None
        with reader:
            assert bank_ids(reader.connection) == ["notes"]
        with (
            pytest.raises(StorageError, match=r"cannot be written. Check the permissions"),
            open_writer(path) as store,
            store.transaction() as connection,
        ):
            connection.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")


@pytest.mark.skipif(os.name != "posix", reason="permissions of files")
def test_a_read_only_folder_is_read_and_refuses_a_writer(open_folder: Path) -> None:
    path = make_database(open_folder / "drill.db")
    path.chmod(0o644)
    (open_folder / "drill.db.lock").unlink()
    open_folder.chmod(0o555)
    before = sorted(one.name for one in open_folder.iterdir())
    with unprivileged():
        reader = open_reader(path)
        assert reader is not None
        with reader:
            assert bank_ids(reader.connection) == ["notes"]
        with pytest.raises(StorageError, match="Check the folder, or give another --db"):
            open_writer(path)
    assert sorted(one.name for one in open_folder.iterdir()) == before


@pytest.mark.skipif(os.name != "posix", reason="permissions of files")
def test_a_folder_nobody_may_enter_is_an_error_with_words(open_folder: Path) -> None:
    inner = open_folder / "inner"
    inner.mkdir()
    make_database(inner / "drill.db")
    inner.chmod(0o700)
    with unprivileged() if os.geteuid() == 0 else _locked(inner):
        for opening in (open_writer, open_reader):
            with pytest.raises(StorageError, match="Check the folder"):
                opening(inner / "drill.db")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    folder.chmod(0)
    try:
        yield
    finally:
        folder.chmod(0o700)


@pytest.mark.skipif(os.name != "posix", reason="permissions of files")
def test_a_wal_left_in_a_read_only_folder_is_read_too(open_folder: Path) -> None:
    path = make_database(open_folder / "drill.db")
    with another_writer(path) as child:
        child.kill()
        child.wait()
    (open_folder / "drill.db-shm").unlink()
    path.chmod(0o444)
    (open_folder / "drill.db-wal").chmod(0o444)
    open_folder.chmod(0o555)
    before = snapshot(open_folder)
    with unprivileged():
        reader = open_reader(path)
        assert reader is not None
        with reader:
            assert reader.connection.execute("SELECT value FROM settings").fetchall() == [("the child",)]
    assert snapshot(open_folder) == before


# One writer, any number of readers


def test_a_second_writer_in_this_process_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path), pytest.raises(DatabaseBusy, match="Close it and try again"):
        open_writer(path)
    with open_writer(path):
        pass


def test_another_process_holds_the_lock_until_it_dies(tmp_path: Path) -> None:
    path = make_database(tmp_path / "drill.db")
    with another_writer(path) as child:
        with pytest.raises(DatabaseBusy, match="reports work meanwhile"):
            open_writer(path)
        child.kill()
        child.wait()
        with open_writer(path) as store:
            assert store.connection.execute("SELECT value FROM settings").fetchall() == [("the child",)]


def test_reading_goes_on_beside_a_writer(tmp_path: Path) -> None:
    path = make_database(tmp_path / "drill.db")
    with another_writer(path):
        reader = open_reader(path)
        assert reader is not None
        with reader:
            assert reader.read_only
            assert reader.connection.execute("SELECT value FROM settings").fetchall() == [("the child",)]


def test_a_reader_sees_a_commit_made_after_it_opened(tmp_path: Path) -> None:
    path = make_database(tmp_path / "drill.db")
    reader = open_reader(path)
    assert reader is not None
    with reader, open_writer(path) as store:
        with store.transaction() as connection:
            connection.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")
        assert reader.connection.execute("SELECT value FROM settings").fetchall() == [("b",)]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    reader = open_reader(make_database(tmp_path / "drill.db"))
    assert reader is not None
    with reader, pytest.raises(StorageError, match="cannot be written"), reader.transaction() as connection:
        connection.execute("DELETE FROM banks")


@pytest.mark.parametrize("shm", [True, False])
def test_a_wal_left_behind_by_a_killed_writer_is_read(tmp_path: Path, shm: bool) -> None:
    path = make_database(tmp_path / "drill.db")
    with another_writer(path) as child:
        child.kill()
        child.wait()
    assert (tmp_path / "drill.db-wal").stat().st_size > 0
    if not shm:
        (tmp_path / "drill.db-shm").unlink()
    reader = open_reader(path)
    assert reader is not None
    with reader:
        assert reader.connection.execute("SELECT value FROM settings").fetchall() == [("the child",)]
    with open_writer(path) as store:
        assert store.connection.execute("SELECT value FROM settings").fetchall() == [("the child",)]


def test_reading_what_is_not_there_creates_nothing(tmp_path: Path) -> None:
    assert open_reader(tmp_path / "drill.db") is None
    (tmp_path / "empty.db").touch()
    assert open_reader(tmp_path / "empty.db") is None
    assert [one.name for one in tmp_path.iterdir()] == ["empty.db"]


def test_reading_changes_nothing_in_the_database(tmp_path: Path) -> None:
    path = make_database(tmp_path / "drill.db")
    before = path.read_bytes()
    reader = open_reader(path)
    assert reader is not None
    with reader:
        bank_ids(reader.connection)
    assert path.read_bytes() == before
    assert snapshot(tmp_path).get("drill.db-wal", b"") == b"", "SQLite may leave an empty one"


# Transactions


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction() as connection:  # noqa: PT012
        connection.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")
        raise RuntimeError
    assert store.connection.execute("SELECT * FROM settings").fetchall() == []


def test_an_inner_transaction_belongs_to_the_outer_one(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012
        with store.transaction() as connection:
            connection.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")
        raise RuntimeError
    assert store.connection.execute("SELECT * FROM settings").fetchall() == []


def test_a_full_disk_is_told_of_and_changes_nothing(tmp_path: Path) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        many = [(str(number), "x" * 1_000) for number in range(50)]
        with (
            pytest.raises(StorageError, match=r"disk is full or failing.*Free some space"),
            store.transaction() as connection,
        ):
            connection.executemany("INSERT INTO settings (name, value) VALUES (?, ?)", many)
        assert not store.connection.in_transaction
        store.connection.execute("PRAGMA max_page_count = 100000")
        with store.transaction() as connection:
            connection.execute("INSERT INTO settings (name, value) VALUES ('a', 'b')")
        assert store.connection.execute("SELECT count(*) FROM settings").fetchone() == (1,)


def test_foreign_keys_bind(store: Store) -> None:
    with pytest.raises(StorageError, match="FOREIGN KEY"), store.transaction() as connection:
        connection.execute("INSERT INTO tags VALUES ('no bank', 'no item', 0, 'tag')")


def test_no_statement_numbers_what_it_is_given() -> None:
    """`?1` with a sequence: Python 3.12 warns, 3.14 refuses."""
    sources = Path(drill.__file__).parent.rglob("*.py")
    numbered = [path.name for path in sources if re.search(r"[\s(=]\?\d", path.read_text("utf-8"))]
    assert numbered == []
