"""Syncing beside the screen: at the start, said in the footer, never while a block runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drill.storage.settings import SYNC, read_settings, write_setting
from drill.storage.store import Store, open_writer
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.settings import SYNC_ROW
from drill.usecases import syncing
from drill.usecases.block_request import BlockRequest
from drill.usecases.sync_folder import SyncFolder
from drill.usecases.syncing import sync, sync_folder
from tests.factories import NOON, FakeClock, import_bank, make_bank
from tests.sittings import sit
from tests.sync_world import fresh_store
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import press
from tests.tui.test_backup import said

pytestmark = pytest.mark.slow


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    """A folder with a bank and a block of another machine."""
    folder = tmp_path / "carried"
    folder.mkdir()
    with fresh_store() as other:
        import_bank(other, make_bank("theirs", 4))
        write_setting(other, "clock", "hidden", 5)
        sit(other, "on the other machine")
        sync(other, SyncFolder(folder, "other"), FakeClock(wall_time=NOON))
    return folder


@pytest.fixture
def filed(tmp_path: Path, carried: Path) -> Iterator[Store]:
    """A database that is synced with it by itself."""
    with open_writer(tmp_path / "drill.db") as store:
        import_bank(store)
        sync_folder(store, carried)
        write_setting(store, SYNC, "on")
        yield store


async def test_what_came_is_on_home_and_in_the_footer(filed: Store) -> None:
    app = make_app(filed)
    async with app.run_test(size=(120, 30)) as pilot:
        app._begin_sync()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert said(app).startswith("Came: 1 block, 1 setting, bank theirs; ")
        assert isinstance(app.screen, HomeScreen)
        assert "in 2 banks" in text_of(app)
        assert app.settings["clock"] == "hidden"
        assert read_settings(filed.connection)["clock"] == "hidden"


async def test_what_is_wrong_is_said_and_ends_nothing(filed: Store, carried: Path) -> None:
    carried.rename(carried.with_name("unplugged"))
    app = make_app(filed)
    async with app.run_test(size=(120, 30)):
        app._begin_sync()
        await app.workers.wait_for_complete()
        assert said(app).startswith("Not synced: ")
        assert app.is_running


async def test_it_waits_while_a_block_runs_and_takes_no_answer_s_place(
    filed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A block that begins while it is at work: answers are kept at once, the files come afterwards."""
    at_work, go_on = threading.Event(), threading.Event()
    real = syncing.sync_beside

    def slow(path: Path, clock: FakeClock, may_go_on: Callable[[], bool]) -> syncing.SyncReport:
        at_work.set()
        go_on.wait(30)
        return real(path, clock, may_go_on)

    monkeypatch.setattr(syncing, "sync_beside", slow)
    app = make_app(filed)
    async with app.run_test(size=(120, 30)) as pilot:
        app._begin_sync()
        await pilot.pause()
        assert app.request_block(BlockRequest(items=3, minutes=5)) is None
        await pilot.pause()
        await press(pilot, "a")
        assert app.runner is not None
        assert filed.connection.execute(
            "SELECT count(*) FROM block_events WHERE kind = 'chose'"
        ).fetchone() == (1,)
        go_on.set()
        await app.workers.wait_for_complete()
        assert filed.connection.execute(
            "SELECT count(*) FROM blocks WHERE block_end IS NOT NULL"
        ).fetchone() == (0,)
        at_work.clear()
        app._begin_sync()
        await app.workers.wait_for_complete()
        assert not at_work.is_set(), "none begins while a block runs"


async def test_settings_turn_it_on_once_a_folder_is_named(store: Store, tmp_path: Path) -> None:
    app = make_app(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await press(pilot, "5")
        await press(pilot, *["down"] * SYNC_ROW, "right")
        assert "No folder is named yet" in text_of(app)
        assert SYNC not in read_settings(store.connection)
        sync_folder(store, tmp_path)
        app.settings = read_settings(store.connection)
        await press(pilot, "right")
        assert read_settings(store.connection)[SYNC] == "on"
        assert f"folder {tmp_path}"[:30] in " ".join(text_of(app).split())
