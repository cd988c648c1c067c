"""The open database is deleted or replaced: nothing that was answered is lost, and it is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

import pytest

from drill.core import commands as c
from drill.core.state import Phase
from drill.errors import DatabaseGone, StorageError
from drill.runner import BlockRunner
from drill.storage.backup import make_backup
from drill.storage.block_log import StoreLog
from drill.storage.blocks import open_block_id, read_block
from drill.storage.doctor import examine
from drill.storage.identity import CHECKPOINT_BYTES
from drill.storage.rescue import rescues
from drill.storage.settings import read_settings, write_setting
from drill.storage.store import Store, open_reader, open_writer
from drill.usecases.rescuing import go_on_from, waiting
from tests.factories import FakeClock, import_bank, make_bank, start_block


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank())
        write_setting(store, "which", "the old copy")
    return path


def opened(path: Path, clock: FakeClock) -> tuple[Store, BlockRunner]:
    store = open_writer(path)
    write_setting(store, "which", "the open one")
    return store, start_block(store, clock)


@pytest.mark.parametrize("replaced", [False, True])
def test_an_answer_into_a_database_that_lost_its_name_is_in_the_rescue_file(
    path: Path, clock: FakeClock, replaced: bool
) -> None:
    shutil.copy(path, path.with_name("copy"))
    store, runner = opened(path, clock)
    if replaced:
        os.replace(path.with_name("copy"), path)
    else:
        path.unlink()
    with pytest.raises(DatabaseGone, match=r"(deleted|replaced) .*drill-rescued\.db"):
        runner.dispatch(c.Choose("B"))
    with pytest.raises(DatabaseGone):
        runner.dispatch(c.Next())
    store.close()
    assert not path.with_name("drill.db-wal").exists(), "it would be mixed into what stands there now"
    rescued = waiting(path)
    assert rescued is not None
    assert rescued.holds == "0 ended blocks and an open one with 1 answer"
    assert rescued.there == ("0 ended blocks" if replaced else "nothing")
    aside = go_on_from(path, rescued)
    assert rescues(path) == []
    with open_writer(path) as store:
        saved = read_block(store.connection, open_block_id(store.connection) or "")
        again = BlockRunner.resume(saved, clock, StoreLog(store))
        assert again.state.phase is Phase.RUNNING
        assert again.state.current.chosen == "B"
    assert (aside is not None) == replaced
    if aside is not None:
        with open_reader(aside) or pytest.fail("gone") as other:
            assert read_settings(other.connection)["which"] == "the old copy"


def test_a_heartbeat_notices_it_too(path: Path, clock: FakeClock) -> None:
    store, runner = opened(path, clock)
    path.unlink()
    with pytest.raises(DatabaseGone):
        runner.tick()
    store.close()
    assert len(rescues(path)) == 1


def test_what_a_copy_of_an_older_drill_holds_is_told(path: Path, clock: FakeClock) -> None:
    store, runner = opened(path, clock)
    runner.dispatch(c.Choose("A"))
    store.close()
    copy = path.with_name("drill-rescued.db")
    shutil.copyfile(path, copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("DELETE FROM _sqlite_migrations WHERE id > 5")
        connection.commit()
    rescued = waiting(path)
    assert rescued is not None
    assert rescued.holds == rescued.there == "0 ended blocks and an open one with 1 answer"


def test_a_second_rescue_leaves_the_first(path: Path, clock: FakeClock) -> None:
    for _ in range(2):
        with open_writer(path) as store:
            path.unlink()
            with pytest.raises(DatabaseGone):
                write_setting(store, "a", "b")
    assert [file.name for file in rescues(path)] == ["drill-rescued.db", "drill-rescued-2.db"]


def test_a_folder_that_went_with_the_database_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "data" / "drill.db"
    path.parent.mkdir()
    with open_writer(path) as store:
        shutil.rmtree(path.parent)
        with pytest.raises(DatabaseGone):
            write_setting(store, "a", "b")
    assert len(rescues(path)) == 1


@pytest.mark.parametrize("reader_came", [False, True])
def test_a_deleted_wal_loses_nothing_and_is_named(path: Path, clock: FakeClock, reader_came: bool) -> None:
    store, runner = opened(path, clock)
    runner.dispatch(c.Choose("B"))
    path.with_name("drill.db-wal").unlink()
    if reader_came:
        with suppress(StorageError, sqlite3.Error), open_reader(path) or pytest.fail("gone") as reader:
            read_settings(reader.connection)
    with pytest.raises(DatabaseGone, match=r"lost its -wal file.*nothing is lost"):
        runner.dispatch(c.Choose("C"))
    store.close()
    assert rescues(path) == []
    with open_writer(path) as store:
        assert read_settings(store.connection)["which"] == "the open one"
        saved = read_block(store.connection, open_block_id(store.connection) or "")
        assert [event.kind for event in saved.events].count("chose") == 2


def test_an_untouched_database_is_not_taken_for_lost(path: Path, clock: FakeClock) -> None:
    store, runner = opened(path, clock)
    for _ in range(3):
        runner.dispatch(c.Choose("B"))
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with open_reader(path) or pytest.fail("gone") as reader:
            reader.connection.execute("SELECT count(*) FROM block_events").fetchone()
        runner.tick()
    store.close()
    store.check_files()


# Another copy is written over the open file, which keeps its identity


def overwrite(path: Path, copy: Path) -> bytes:
    """What `cp` does; the bytes that stand there now."""
    path.write_bytes(copy.read_bytes())
    return path.read_bytes()


@pytest.mark.parametrize("checkpointed", [False, True])
@pytest.mark.parametrize("resumed", [False, True])
def test_a_copy_written_over_the_open_database_is_left_alone_and_the_sitting_saved_upon_it(
    path: Path, clock: FakeClock, checkpointed: bool, resumed: bool
) -> None:
    shutil.copy(path, path.with_name("copy"))
    with open_writer(path) as store:
        write_setting(store, "which", "the one between")
    store, runner = opened(path, clock)
    runner.dispatch(c.Choose("A"))
    if resumed:
        store.close()
        store = open_writer(path)
        saved = read_block(store.connection, open_block_id(store.connection) or "")
        runner = BlockRunner.resume(saved, clock, StoreLog(store))
    if checkpointed:
        store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        runner.tick()
    stands = overwrite(path, path.with_name("copy"))
    with pytest.raises(DatabaseGone, match=r"overwritten .*left as it is.*drill-rescued\.db"):
        runner.dispatch(c.Choose("B"))
    with pytest.raises(DatabaseGone):
        runner.tick()
    store.close()
    assert path.read_bytes() == stands
    assert not path.with_name("drill.db-wal").exists()
    rescued = waiting(path)
    assert rescued is not None
    assert rescued.holds == "0 ended blocks and an open one with 1 answer"
    go_on_from(path, rescued)
    with open_writer(path) as store:
        assert examine(store, repair=False).ok
        assert read_settings(store.connection)["which"] == "the old copy", "what was in the file is gone"
        saved = read_block(store.connection, open_block_id(store.connection) or "")
        assert [event.letter for event in saved.events if event.kind == "chose"] == ["A", "B"]  # type: ignore[attr-defined]


def test_a_copy_that_is_no_drill_database_is_left_alone_and_the_sitting_saved_upon_the_backup(
    path: Path, clock: FakeClock
) -> None:
    make_backup(path, date(2026, 11, 20))
    junk = path.with_name("junk")
    junk.write_bytes(b"no database at all " * 9_000)
    store, runner = opened(path, clock)
    stands = overwrite(path, junk)
    with pytest.raises(DatabaseGone, match=r"saved in .*drill-rescued\.db"):
        runner.dispatch(c.Choose("B"))
    store.close()
    assert path.read_bytes() == stands
    rescued = waiting(path)
    assert rescued is not None
    assert rescued.holds == "0 ended blocks and an open one with 1 answer"


def test_a_block_that_the_copy_has_in_part_goes_on_there(path: Path, clock: FakeClock) -> None:
    store, runner = opened(path, clock)
    runner.dispatch(c.Choose("A"))
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, path.with_name("copy"))
    runner.dispatch(c.Choose("B"))
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    runner.tick()
    overwrite(path, path.with_name("copy"))
    with pytest.raises(DatabaseGone):
        runner.dispatch(c.Choose("C"))
    store.close()
    with open_reader(rescues(path)[0]) or pytest.fail("gone") as reader:
        saved = read_block(reader.connection, "block-1")
    assert [event.letter for event in saved.events if event.kind == "chose"] == ["A", "B", "C"]  # type: ignore[attr-defined]


def test_the_same_bytes_written_over_it_change_nothing(path: Path, clock: FakeClock) -> None:
    shutil.copy(path, path.with_name("copy"))
    store, runner = opened(path, clock)
    overwrite(path, path.with_name("copy"))
    runner.dispatch(c.Choose("B"))
    store.close()
    with open_reader(path) or pytest.fail("gone") as reader:
        assert read_settings(reader.connection)["which"] == "the open one"
        assert examine(reader, repair=False).ok


def test_nothing_was_answered_and_nothing_is_saved(path: Path) -> None:
    shutil.copy(path, path.with_name("copy"))
    with open_writer(path) as store:
        write_setting(store, "which", "the one between")
    with open_writer(path) as store:
        write_setting(store, "which", "the open one")
        stands = overwrite(path, path.with_name("copy"))
        with pytest.raises(DatabaseGone, match=r"left as it is\.$"):
            write_setting(store, "which", "another")
    assert path.read_bytes() == stands
    assert rescues(path) == []


def test_what_other_connections_do_to_the_database_is_no_overwriting(path: Path, clock: FakeClock) -> None:
    store, runner = opened(path, clock)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for number in range(3):
            runner.dispatch(c.Choose("B" if number % 2 else "C"))
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            runner.tick()
            other.execute("INSERT OR REPLACE INTO settings (name, value) VALUES ('other', ?)", (str(number),))
            other.execute("PRAGMA wal_checkpoint(PASSIVE)")
            runner.tick()
            clock.advance(500)
            os.utime(path, (number, number))  # as a tool that sets times does
            runner.tick()
    store.close()


def test_a_long_wal_is_brought_into_the_database(path: Path) -> None:
    with open_writer(path) as store:
        for number in range(6):
            write_setting(store, f"long-{number}", "x" * 2**20)
        assert path.stat().st_size > 4 * 2**20
        wal = path.with_name("drill.db-wal")
        assert wal.stat().st_size < 8 * 2**20
        write_setting(store, "short", "x")
        assert wal.stat().st_size <= CHECKPOINT_BYTES, "it begins anew, and not every commit is a checkpoint"
        stood = path.stat().st_mtime_ns
        write_setting(store, "short", "y")
        assert path.stat().st_mtime_ns == stood
    (open_reader(path) or pytest.fail("gone")).close()


def test_a_key_does_not_wait_for_a_long_wal_until_it_has_doubled(path: Path) -> None:
    with open_writer(path) as store:
        wal = path.with_name("drill.db-wal")

        def write(megabytes: int, *, key_waits: bool = True) -> int:
            with store.transaction(key_waits=key_waits) as connection:
                for number in range(megabytes):
                    row = (f"long-{number}", "x" * 2**20)
                    connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", row)
            return path.stat().st_mtime_ns

        stood = path.stat().st_mtime_ns
        assert write(5) == stood
        assert CHECKPOINT_BYTES < wal.stat().st_size < 2 * CHECKPOINT_BYTES
        brought = write(0, key_waits=False)  # as a heartbeat does
        assert brought > stood
        assert write(7) == brought
        assert write(2) > brought


def test_a_copy_that_was_cut_off_is_not_offered_and_the_next_takes_its_place(path: Path) -> None:
    path.with_name("drill-rescued.db").touch()
    half = path.with_name("drill-rescued.db.unfinished")
    half.write_bytes(b"SQLite format 3" + bytes(500))
    half.with_name(f"{half.name}-journal").write_bytes(b"half")
    assert waiting(path) is None
    with open_writer(path) as store:
        path.unlink()
        with pytest.raises(DatabaseGone):
            write_setting(store, "which", "the saved one")
    assert [file.name for file in rescues(path)] == ["drill-rescued.db"]
    assert not list(path.parent.glob("*unfinished*"))
    with open_reader(rescues(path)[0]) or pytest.fail("gone") as saved:
        assert read_settings(saved.connection)["which"] == "the saved one"


def test_what_stands_in_its_place_is_set_aside_by_one_renaming(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill between two would part a database from its -wal: what that holds is brought in first."""
    shutil.copyfile(path, path.with_name("drill-rescued.db"))
    with closing(sqlite3.connect(path)) as killed:
        killed.execute("UPDATE settings SET value = 'in the -wal' WHERE name = 'which'")
        killed.commit()
        held = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    for end, content in held.items():
        path.with_name(path.name + end).write_bytes(content)
    moved: list[str] = []
    really = os.replace

    def move(old: Path, new: Path) -> None:
        moved.append(f"{old.name} to {new.name}")
        really(old, new)

    monkeypatch.setattr(os, "replace", move)
    aside = go_on_from(path, waiting(path) or pytest.fail("none waits"))
    assert moved == ["drill.db to drill-set-aside.db", "drill-rescued.db to drill.db"]
    with open_reader(aside or pytest.fail("none")) or pytest.fail("gone") as other:
        assert read_settings(other.connection)["which"] == "in the -wal"


def test_a_name_that_a_killed_drill_took_and_left_empty_is_taken_again(path: Path) -> None:
    shutil.copyfile(path, path.with_name("drill-rescued.db"))
    path.with_name("drill-set-aside.db").touch()
    aside = go_on_from(path, waiting(path) or pytest.fail("none waits"))
    assert aside == path.with_name("drill-set-aside.db")
