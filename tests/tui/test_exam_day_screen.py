"""The exam day on screen: blocks follow breaks, the break runs, and results wait for the end."""

from __future__ import annotations

from textual.pilot import Pilot

from drill.core.road.exam_day import ITEMS
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.exam_day import DayScreen
from drill.tui.screens.home import HomeScreen
from drill.usecases import exam_day
from tests.factories import FakeClock, import_bank, make_bank
from tests.tui import pilots
from tests.tui.apps import LATER, text_of


async def press(pilot: Pilot[str], *keys: str) -> None:
    for key in keys:
        await pilots.press(pilot, key)
        await pilot.pause()


def opened(store: Store) -> tuple[DrillApp, FakeClock]:
    clock = FakeClock(wall_time=LATER)
    return DrillApp(store, clock, day=True), clock


async def test_a_block_follows_a_break_and_no_result_is_shown_between(store: Store) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    app, clock = opened(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "16 blocks of 18 to 20 questions" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, BlockScreen)
        clock.advance(25 * 60_000)
        await press(pilot, "ctrl+e", "ctrl+e")
        assert isinstance(app.screen, DayScreen)
        said = text_of(app)
        assert "block 2 of 16 is next" in said
        assert "Break time left  65:00" in said
        assert "%" not in said
        clock.advance(70 * 60_000)
        app.screen.paint()
        assert "Break time overspent  5:00" in text_of(app)
        assert "25:00 (shortened by the break)" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        assert "block 2 of 16 is next" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, DayScreen)
        await press(pilot, "enter")
        assert isinstance(app.screen, BlockScreen)
        assert app.screen.runner is not None
        assert app.screen.runner.plan.limit_ms == 25 * 60_000


async def test_repeats_are_asked_about_and_the_first_answer_begins_nothing(store: Store) -> None:
    import_bank(store, make_bank("notes", 50))
    app, _ = opened(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert isinstance(app.screen, ChooseScreen)
        assert "266 repeat" in " ".join(text_of(app).split())
        await press(pilot, "enter")
        assert exam_day.days(store) == []
        await press(pilot, "enter", "down", "enter")
        assert isinstance(app.screen, BlockScreen)


async def test_a_day_is_left_for_good_only_after_asking(store: Store) -> None:
    import_bank(store, make_bank("notes", ITEMS))
    app, clock = opened(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "ctrl+e", "ctrl+e", "delete", "enter")
        assert exam_day.running(store, clock.wall()) is not None
        await press(pilot, "delete", "down", "enter")
        assert isinstance(app.screen, HomeScreen)
        assert exam_day.running(store, clock.wall()) is None
