"""The open database is deleted or replaced: nothing that was answered is lost, and it is said."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest

from drill.core import commands as c
from drill.core.state import Phase
from drill.errors import DatabaseGone, StorageError
from drill.runner import BlockRunner
from drill.storage.block_log import StoreLog
from drill.storage.blocks import open_block_id, read_block
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
