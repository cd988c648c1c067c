"""Ctrl+X sets a block aside from the screens that show one, after asking why."""

from __future__ import annotations

from drill.storage.store import Store
from drill.tui.screens.form import FormScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.results import ResultsScreen
from drill.usecases import looking_back, setting_aside
from tests.factories import FakeClock
from tests.tui.apps import make_app, sat_store, text_of
from tests.tui.pilots import press


async def test_results_set_a_block_aside_and_take_it_back(store: Store) -> None:
    sat_store(store, ("A", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_results("first")
        await pilot.pause()
        await press(pilot, "ctrl+x")
        assert isinstance(app.screen, FormScreen)
        await press(pilot, "enter")
        assert "Say why" in text_of(app)
        await press(pilot, *"ill", "question_mark", "enter")
        assert isinstance(app.screen, ResultsScreen)
        assert setting_aside.reason_of(store, "first") == "ill?"
        await press(pilot, "ctrl+x")
        assert "ill?" in text_of(app)
        await press(pilot, "escape")
        assert setting_aside.reason_of(store, "first") == "ill?", "Esc changes nothing"
        await press(pilot, "ctrl+x")
        await press(pilot, "enter")
        assert setting_aside.reason_of(store, "first") is None


async def test_home_sets_the_block_under_the_cursor_aside(store: Store) -> None:
    sat_store(store, ("A", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await press(pilot, "ctrl+x")
        assert not isinstance(app.screen, FormScreen), "no block is under the cursor"
        await press(pilot, "end", "ctrl+x", *"tired", "enter")
        record = looking_back.record(store, "first")
        assert record is not None
        assert record.set_aside


async def test_results_say_why_a_block_was_set_aside_beside_another_reason(store: Store) -> None:
    sat_store(store, ("A", "B", "A"))
    setting_aside.set_aside(store, FakeClock(), "first", "fire alarm")
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_results("first")
        await pilot.pause()
        assert "fewer than 10 questions were new. You set it aside: fire alarm" in text_of(app)


async def test_what_comes_in_at_home_leaves_the_cursor_on_its_row(store: Store) -> None:
    sat_store(store, ("A", "B", "-"))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await press(pilot, "end")
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        await app.workers.wait_for_complete()
        for _ in range(50):  # the retests come in after the first paint
            await pilot.pause(0.02)
            if "Retest" in text_of(app):
                break
        assert "Retest" in text_of(app)
        assert screen.block_here is not None
