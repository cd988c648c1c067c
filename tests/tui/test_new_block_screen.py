"""New block: every setting by keys and mouse, the number of matching questions live, and the block it starts."""

from __future__ import annotations

import pytest

from drill.core.forms import PRESETS
from drill.core.state import Mode
from drill.storage.store import Store
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.choose_several import ChooseSeveralScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.new_block import NewBlockScreen
from tests.factories import FakeClock, import_bank, make_bank, make_item, sit_block
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import press, where

ROWS = ("Preset", "Banks", "Pool", "Questions", "Minutes", "Mode", "Subject", "System", "Task", "Next step",
        "Options", "Commit first", "Seed")  # fmt: skip


def fill(store: Store) -> None:
    items = [
        make_item(f"q{n:02}", subject="Surgery" if n % 2 else "Medicine", next_best_step=n % 3 == 0)
        for n in range(1, 13)
    ]
    import_bank(store, make_bank("notes", items))
    import_bank(store, make_bank("other", [make_item(f"o{n}") for n in range(4)]))


def to(row: str) -> list[str]:
    """Keys that lead to a row from anywhere."""
    return ["home", *["down"] * ROWS.index(row)]


async def test_the_number_of_matching_questions_follows_every_setting(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        assert "16 questions match." in text_of(app)
        await press(pilot, *to("Banks"), "right")
        assert "12 questions match." in text_of(app)
        await press(pilot, *to("Subject"), "right", *to("Next step"), "right")
        assert "2 questions match." in text_of(app), "6 and 12 are in Medicine"
        assert "A filtered block counts in no trend." in text_of(app)
        await press(pilot, *to("Banks"), "right")
        assert screen.request.subject == (), "another bank has other subjects"
        await press(pilot, *to("Pool"), "left")
        assert screen.request.pool == "slow"
        assert "0 questions match. Widen Pool or Subject." in text_of(app)
        await press(pilot, "enter")
        assert app.screen is screen, "Enter starts nothing"
        assert "were asked for" not in text_of(app), "nothing is drawn to find that out"
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_numbers_are_typed_and_start_that_block(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n", *to("Questions"), "1", "2")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        assert "12_" in text_of(app)
        assert screen.request.limit_ms == 12 * 90_000
        await press(pilot, "backspace")
        assert screen.request.count == 1
        await press(pilot, "1", "left")
        assert screen.request.count == 10
        await press(pilot, "down", "1", "0")
        assert screen.request.limit_ms == 600_000
        assert "60 s each" in text_of(app)
        await press(pilot, "right")
        assert screen.request.limit_ms == 660_000
        await press(pilot, "down", "right", *to("Seed"), "4", "2", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BlockScreen)
        assert app.runner is not None
        config, plan = app.runner.state.config, app.runner.plan
        assert (config.length, config.limit_ms, config.mode, plan.seed) == (10, 660_000, Mode.TIMED, 42)


@pytest.mark.parametrize(("row", "typed", "text"), [
    ("Questions", "0", "1_"), ("Questions", "999999", "400"), ("Minutes", "0", "1"), ("Minutes", "999999", "600"),
])  # fmt: skip
async def test_numbers_out_of_bounds_are_brought_within_them(
    store: Store, row: str, typed: str, text: str
) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n", *to(row), *typed)
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        bound = int(text.rstrip("_"))
        assert (screen.request.count if row == "Questions" else screen.request.minutes) == bound
        await press(pilot, "down")
        assert f"{bound}" in text_of(app)
        await press(pilot, "up", "right", "left", "left", "right", "right")
        screen.request.check()


async def test_fewer_than_asked_for_are_sat_after_a_question(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n", "enter")
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, BlockScreen)
        assert app.screen.block.state.config.length == 16


async def test_more_than_there_are_starts_nothing_and_a_preset_sets_all(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n", "enter")
        screen = app.screen
        assert isinstance(screen, ChooseScreen), "20 asked for, 16 there"
        assert "16 match. Sit 16?" in text_of(app)
        await press(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen), "the first answer changes nothing"
        await press(pilot, "left")
        assert screen.request.preset == "retest"
        assert "A retest counts in no trend." in text_of(app)
        seen = set()
        for _ in PRESETS:
            seen.add(screen.request.preset)
            await press(pilot, "right")
        assert seen == set(PRESETS)
        await press(pilot, *to("Mode"), *["right"] * 3)
        assert "no limit" in text_of(app)


async def test_a_second_click_on_a_row_changes_its_value(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "ctrl+n")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        for _ in range(2):
            x, y = where(app, "Mode  ")
            await pilot.click(offset=(x, y))
            await pilot.pause()
        assert screen.cursor == ROWS.index("Mode")
        assert screen.request.how is Mode.TIMED
        await pilot.click(offset=(x, y), button=3)
        await pilot.pause()
        assert screen.request.how is Mode.EXAM


async def test_the_pace_experiment_is_begun_from_the_form_and_says_so_where_it_cannot_be(
    store: Store,
) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n", "left", "left")
        refused = " ".join(text_of(app).split())
        assert "takes 400 unused questions; 16 match" in refused
        assert "0 questions match" not in refused
        await press(pilot, "enter")
        assert isinstance(app.screen, NewBlockScreen)
        import_bank(store, make_bank("more", [make_item(f"m{n}") for n in range(400)]))
        await press(pilot, "right", "left", *to("Questions"), "right", "1")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        assert screen.request.count == 20, "its number is fixed"
        text = " ".join(text_of(app).split())
        assert "416 questions match. 20 will be drawn" in text
        assert "26:45 or 33:30" in text
        assert "Counts in the pace experiment alone" in text
        await press(pilot, "enter")
        await pilot.pause()
        assert isinstance(app.screen, BlockScreen)
        assert app.runner is not None
        assert app.runner.plan.limit_ms in (1_605_000, 2_010_000)


async def test_results_say_that_a_block_counts_in_the_pace_experiment_alone(
    store: Store, clock: FakeClock
) -> None:
    import_bank(store, make_bank(items=3))
    fields = {"filters": ("bank:notes", "pace_experiment"), "target_ms": 80_000, "preset": "pace20"}
    sit_block(store, clock, {"q01": "A", "q02": "B", "q03": None}, block="one", **fields)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_results("one")
        await pilot.pause()
        text = " ".join(text_of(app).split())
        assert "experiment 3" in text
        assert "Counts in the pace experiment alone, however it ended" in text


async def test_several_subjects_are_marked_in_a_list(store: Store) -> None:
    fill(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+n")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        await press(pilot, "tab")
        assert app.screen is screen, "a preset is one"
        await press(pilot, *to("Subject"), "tab")
        await pilot.pause()
        assert isinstance(app.screen, ChooseSeveralScreen)
        await press(pilot, "down", "enter", "down", "enter")
        assert "● Surgery" in text_of(app)
        await press(pilot, "escape")
        await pilot.pause()
        assert screen.request.subject == ("Medicine", "Surgery")
        assert screen.request.filter.words == ("subject:Medicine", "subject:Surgery")
        assert "Medicine, Surgery" in text_of(app)
        await press(pilot, "tab")
        await pilot.pause()
        await press(pilot, "enter")
        await press(pilot, "escape")
        assert screen.request.subject == (), "the first row takes all marks away"
