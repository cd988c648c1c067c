"""Home offers what is due for a retest."""

from __future__ import annotations

from drill.core import commands as c
from drill.core.state import Mode
from drill.storage.store import Store
from tests.factories import import_bank, make_bank
from tests.sittings import sit
from tests.tui.apps import make_app, sat_store, text_of


async def test_home_counts_what_is_due_and_enter_sits_it(store: Store) -> None:
    sat_store(store, ("B", "A", "-", "A"))
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(100):  # worked out after the first paint
            await pilot.pause(0.02)
            if "Retest" in text_of(app):
                break
        assert "Retest        2 due" in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.runner is not None
        assert app.runner.plan.retest
        assert app.runner.state.config.length == 2


async def test_more_than_a_block_of_retests_are_told_with_how_many_enter_asks(store: Store) -> None:
    import_bank(store, make_bank("notes", 12))
    sit(store, "first", [(20_000, c.Next())] * 12, items=12, mode=Mode.EXAM)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(100):
            await pilot.pause(0.02)
            if "Retest" in text_of(app):
                break
        assert "Retest        10 of 12 due" in text_of(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert app.runner is not None
        assert app.runner.state.config.length == 10
