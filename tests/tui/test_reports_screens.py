"""Pacing and Next best step on the screen: range, bank, picking a block, meanings, and the misses again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from drill.core.state import Mode
from drill.render.text import clock_text
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.explain import ExplainScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.next_step import NextStepScreen
from drill.tui.screens.pacing import PacingScreen
from drill.tui.screens.report_screen import ReportScreen
from drill.tui.screens.results import ResultsScreen
from drill.tui.screens.review import ReviewScreen
from drill.usecases.road_dates import book_test
from tests.factories import FakeClock, import_bank, make_bank, make_item, sit_block
from tests.tui.apps import explained_item, make_app, text_of
from tests.tui.pilots import begun, press


def history(store: Store, blocks: int = 3) -> None:
    """Blocks of ten next-best-step questions each, all unused when drawn, four of them missed."""
    items = [explained_item(f"q{number:02}") for number in range(1, 10 * blocks + 1)]
    import_bank(store, make_bank("notes", items))
    import_bank(store, make_bank("other", [make_item("x1")]))
    clock = FakeClock()
    for block in range(blocks):
        names = [item.id for item in items[10 * block : 10 * block + 10]]
        answers = {name: "A" if number % 5 > 1 else "B" for number, name in enumerate(names)}
        sit_block(store, clock, answers, block=f"block-{block}", filters=("bank:notes", "bank:other"))


async def opened(app: DrillApp, pilot: Pilot[str], number: str) -> None:
    """Go to a report and wait until it is computed."""
    await press(pilot, number)
    await loaded(app, pilot)


async def loaded(app: DrillApp, pilot: Pilot[str]) -> None:
    """Wait until the report on screen stands."""
    for _ in range(200):
        await pilot.pause(0.01)
        screen = app.screen
        assert isinstance(screen, ReportScreen)
        if screen.reports is not None and screen.reports.range == screen._range:
            return
    raise AssertionError("no report came")


async def test_one_next_block_everywhere_and_one_key_keeps_the_exams_limit(store: Store) -> None:
    history(store, blocks=10)  # 100 short questions of a minute each: the ladder begins at its slowest
    import_bank(store, make_bank("more", [explained_item(f"m{number}") for number in range(30)]))
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        for limit, other, key in (("40:00", "keeps 30:00", "ctrl+l"), ("30:00", "takes 40:00", "")):
            await opened(app, pilot, "2")
            assert app.reports is not None
            assert clock_text(app.reports.pacing.finish_probability.limit_ms) == limit
            await press(pilot, "1")
            await pilot.pause()
            assert f"exam 20 in {limit}, all subjects" in text_of(app)
            assert f"Ctrl+L {other}." in " ".join(text_of(app).split())
            assert app.next_request().limit_ms == app.reports.pacing.finish_probability.limit_ms
            await press(pilot, *([key] if key else []))
            await app.workers.wait_for_complete()
        await press(pilot, "enter")
        state = (await begun(app, pilot)).state
        assert (state.config.limit_ms, state.config.length) == (1_800_000, 20)


async def test_home_counts_blocks_not_days_until_pace_can_get_a_verdict(store: Store) -> None:
    history(store, blocks=3)
    import_bank(store, make_bank("more", [explained_item(f"m{number}") for number in range(150)]))
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, "2")
        await press(pilot, "1")
        assert "7 more blocks until drill can first say if you get faster." in text_of(app)


async def test_on_the_day_of_the_test_home_counts_no_blocks(store: Store) -> None:
    history(store, blocks=3)
    import_bank(store, make_bank("more", [explained_item(f"m{number}") for number in range(150)]))
    app = make_app(store)
    today = app.clock.wall()
    book_test(store, today.local.date() + timedelta(days=1), today)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, "2")
        await press(pilot, "1")
        assert "7 more blocks until drill can first say" in text_of(app)
    book_test(store, today.local.date(), today)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, "2")
        await press(pilot, "1")
        assert app.exam_in_days() == 0
        assert "more blocks until" not in text_of(app)


async def test_reports_of_nothing_say_how_much_is_missing(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "2")
        assert "Not enough blocks yet: 0 of 10." in text_of(app)
        await press(pilot, "right", "enter")
        assert isinstance(app.screen, PacingScreen)
        await opened(app, pilot, "3")
        assert isinstance(app.screen, NextStepScreen)
        await press(pilot, "ctrl+r")
        assert "No next-best-step question was missed in this range." in " ".join(text_of(app).split())
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_block_is_picked_and_opened(store: Store) -> None:
    history(store)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(app, pilot, "2")
        screen = app.screen
        assert isinstance(screen, PacingScreen)
        assert screen.reports is not None
        assert screen.reports.pacing.scope.blocks == 3
        await press(pilot, "left", "left")
        assert screen._picked == 2
        await press(pilot, "enter")
        assert isinstance(app.screen, ResultsScreen)
        assert app.screen._block_id == "block-1"
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_range_and_bank_turn_and_narrow_the_report(store: Store) -> None:
    history(store, 12)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(app, pilot, "2")
        screen = app.screen
        assert isinstance(screen, PacingScreen)
        await press(pilot, "asterisk")
        await loaded(app, pilot)
        assert screen.reports is not None
        assert screen.reports.pacing.scope.blocks == 10
        assert "Range: last 10 blocks." in text_of(app)
        await press(pilot, "tab")
        await loaded(app, pilot)
        assert "last 10 blocks, notes" in text_of(app)
        await press(pilot, "asterisk", "asterisk", "asterisk", "tab", "tab")
        await loaded(app, pilot)
        assert screen.reports.pacing.scope.blocks == 12
        assert screen.range_text == "all"


async def test_meanings_turn_and_close(store: Store) -> None:
    history(store, 1)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        for number in ("2", "3"):
            await opened(app, pilot, number)
            below = app.screen
            await press(pilot, "ctrl+y")
            screen = app.screen
            assert isinstance(screen, ExplainScreen)
            first = text_of(app)
            assert "1 of " in first
            await press(pilot, "right")
            assert text_of(app) != first
            await press(pilot, "left", "left")
            last = text_of(app).split("What a number means")[1].split()
            assert last[0] == last[2], "one back from the first is the last"
            await press(pilot, "down", "space", "pageup", "escape")
            assert app.screen is below


async def test_reports_scroll_to_their_end_by_keys_and_wheel(store: Store) -> None:
    history(store, 1)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "2")
        screen = app.screen
        assert isinstance(screen, PacingScreen)
        screen.action_open_all()
        assert screen.scrolled.most > 0
        await press(pilot, "end")
        assert screen.scrolled.offset == screen.scrolled.most
        await press(pilot, "home")
        screen.canvas.post_message(screen.canvas.Scrolled(1))
        await pilot.pause()
        assert screen.scrolled.offset == 2
        await press(pilot, "space")
        assert screen.scrolled.offset > 2


async def test_parts_open_and_close_under_the_cursor_and_a_click(store: Store) -> None:
    history(store, 2)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, "2")
        screen = app.screen
        assert isinstance(screen, PacingScreen)
        assert "How it is computed" not in text_of(app)
        await press(pilot, "down", "down", "down")
        assert screen._cursor == "time left"
        await press(pilot, "enter")
        text = text_of(app)
        assert "▾ Time left" in text
        assert "How it is computed" in text
        assert "Enter Close" in text
        assert "The limit is shared out by length" not in text, "formulas stand behind their own row"
        await press(pilot, "down", "enter")
        assert screen._cursor == "time left:how"
        assert "The limit is shared out by length" in text_of(app)
        await press(pilot, "enter")
        assert "The limit is shared out by length" not in text_of(app)
        await press(pilot, "up", "enter")
        assert "How it is computed" not in text_of(app)
        screen.follow("part", "time left", 1)
        assert "How it is computed" in text_of(app)
        await press(pilot, *["up"] * 9)
        assert screen.scrolled.offset == 0
        assert "Will you finish?" in text_of(app)


async def test_a_report_of_one_block_shows_its_ribbon_and_no_empty_chart(store: Store) -> None:
    history(store, 1)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(app, pilot, "2")
        text = text_of(app)
        assert "The clock in your last block" in text
        assert "even" in text
        assert "░" * 20 not in text


async def test_enter_on_a_miss_opens_its_question_and_comes_back(store: Store) -> None:
    history(store, 1)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(app, pilot, "3")
        screen = app.screen
        assert isinstance(screen, NextStepScreen)
        while screen._cursor != "misses":
            await press(pilot, "down")
        await press(pilot, "enter", "down", "down")
        assert screen._cursor == "misses:1"
        assert screen.reports is not None
        missed = screen.reports.next_step.missed[1]
        await press(pilot, "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert (app.screen._block, app.screen._position) == (missed.block, missed.position)
        await press(pilot, "0")
        assert "Esc Next best step" in text_of(app), "the footer names where Esc leads"
        for _ in range(10):
            await press(pilot, *(["0"] if app.screen.asking else []), "enter")
        assert "Esc goes back to Next best step." in text_of(app)
        await press(pilot, "escape")
        assert app.screen is screen


@pytest.mark.parametrize("key", ["ctrl+r", "ctrl+s"])
async def test_missed_next_steps_are_sat_again_untimed(store: Store, key: str) -> None:
    history(store, 1)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await opened(app, pilot, "3")
        await press(pilot, key)
        await pilot.pause()
        assert isinstance(app.screen, BlockScreen), text_of(app)
        assert app.runner is not None
        assert (app.runner.state.config.length, app.runner.state.config.mode) == (4, Mode.UNTIMED)
