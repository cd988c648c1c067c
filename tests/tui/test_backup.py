"""The daily copy, made beside the app: when it fails, that is said, whatever is open."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from drill.core.clock import Clock
from drill.storage.store import Store, open_writer
from drill.tui import reporting
from drill.tui.app import DrillApp
from drill.tui.reporting import LATEST_MS, PAUSE_MS
from drill.tui.screens.painted import PaintedScreen
from drill.usecases import upkeep
from drill.usecases.upkeep import BackupResult
from tests.factories import FakeClock, import_bank
from tests.tui.apps import make_app
from tests.tui.pilots import press


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Store]:
    """A database in a file."""
    with open_writer(tmp_path / "drill.db") as store:
        import_bank(store)
        yield store


def said(app: DrillApp) -> str:
    """What the uppermost painted screen says in its footer."""
    return str(next(each._message for each in reversed(app.screen_stack) if isinstance(each, PaintedScreen)))


@pytest.mark.parametrize("over", ["", "ctrl+p", "question_mark"])
async def test_a_copy_that_fails_in_any_way_is_said(
    filed: Store, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    def broken(database: Path, clock: Clock) -> BackupResult:
        raise RuntimeError("the copier fell over")

    monkeypatch.setattr(upkeep, "back_up_daily", broken)
    app = make_app(filed)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, *over.split())
        app._back_up()
        await app.workers.wait_for_complete()
        assert said(app) == "No backup today: RuntimeError: the copier fell over"
        assert app.is_running


async def test_the_copy_waits_for_a_pause_in_the_keys(filed: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[float] = []
    clock = FakeClock()
    monkeypatch.setattr(reporting, "BACKUP_AFTER_S", 0.01)
    monkeypatch.setattr(upkeep, "back_up_daily", lambda database, clock: begun.append(clock.monotonic_ms()))
    app = make_app(filed, clock)
    app.touched_ms = pressed_ms = clock.monotonic_ms()
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause(0.1)
        assert begun == []
        await press(pilot, "down")  # a second later: the pause begins anew
        clock.advance(PAUSE_MS - 1)
        await pilot.pause(0.1)
        assert begun == []
        clock.advance(1)
        while not begun:
            await pilot.pause(0.01)
        assert begun == [pressed_ms + PAUSE_MS]


async def test_a_copy_that_no_pause_lets_begin_begins_after_five_minutes(
    filed: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[float] = []
    clock = FakeClock()
    monkeypatch.setattr(reporting, "BACKUP_AFTER_S", 0.01)
    monkeypatch.setattr(upkeep, "back_up_daily", lambda database, clock: begun.append(clock.monotonic_ms()))
    app = make_app(filed, clock)
    app.touched_ms = math.inf
    async with app.run_test(size=(100, 30)) as pilot:
        clock.advance(LATEST_MS - 1)
        await pilot.pause(0.1)
        assert begun == []
        clock.advance(1)
        while not begun:
            await pilot.pause(0.01)


async def test_the_copy_of_the_day_is_made_beside_the_database(filed: Store) -> None:
    app = make_app(filed, FakeClock())
    async with app.run_test(size=(100, 30)):
        app._back_up()
        await app.workers.wait_for_complete()
    assert filed.path is not None
    assert [path.name for path in (filed.path.parent / "backups").iterdir()] == ["drill-2026-11-26.db"]
