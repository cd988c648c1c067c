"""Home: the first run, what waits to be resumed, the last blocks, and a block asked for while one is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.state import Mode
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.block.screen import BlockScreen
from drill.tui.reports import Range
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.new_block import NewBlockScreen
from drill.tui.screens.pending import PendingScreen
from drill.tui.screens.results import ResultsScreen
from drill.usecases import looking_back, sitting
from drill.usecases.block_request import BlockRequest
from drill.usecases.road_dates import book_test
from tests.factories import NOON, FakeClock, import_bank, make_bank, start_block
from tests.sittings import sit
from tests.tui.apps import make_app, sat_store, text_of
from tests.tui.pilots import begun, press, where


def with_bank(store: Store, count: int = 25) -> None:
    import_bank(store, make_bank("notes", count))


async def test_on_the_first_run_one_key_starts_a_block(store: Store) -> None:
    with_bank(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = text_of(app)
        assert "No block yet." in text
        assert "25 unused questions in 1 bank." in text
        await press(pilot, "enter")
        assert isinstance(app.screen, BlockScreen)
        state = (await begun(app, pilot)).state
        assert (state.config.length, state.config.limit_ms, state.config.mode) == (20, 1_800_000, Mode.EXAM)


async def test_without_enough_unused_questions_the_way_out_is_named(store: Store) -> None:
    with_bank(store, 3)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Only 3 unused left" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, ChooseScreen)
        said = " ".join(text_of(app).split())
        assert "3 questions match; 20 were asked for. New block can widen the choice" in said
        assert "--" not in said, "no words of a command line"
        assert sitting.unfinished(store) is None


async def test_an_empty_database_opens_all_the_same(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(
            pilot, "down", "down", "up", "end", "home", "enter", "2", "1", "3", "4", "5", "1", "ctrl+n"
        )
        assert isinstance(app.screen, NewBlockScreen)
        assert "0 questions match. Widen Pool or Subject." in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, NewBlockScreen)


async def test_an_unfinished_block_comes_first_and_can_be_ended_after_asking(store: Store) -> None:
    with_bank(store)
    start_block(store, FakeClock(), "q01", "q02", "q03")
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = text_of(app)
        assert text.index("Resume") < text.index("New block")
        assert "drill was cut off at 07:00. No answer was lost." in text
        await press(pilot, "down", "enter")
        assert "End the unfinished block?" in text_of(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, HomeScreen)
        assert sitting.unfinished(store) is not None, "the default keeps it"
        for keys in (("enter",), ("down", "escape"), ("enter",)):
            await press(pilot, *keys)
        assert sitting.unfinished(store) is not None
        await press(pilot, "down", "enter")
        assert sitting.unfinished(store) is None
        assert "The block has ended. Its results are below." in text_of(app)
        assert "Resume" not in text_of(app)
    assert looking_back.recent(store, 1)[0].block_end == "left"


async def test_the_last_blocks_open_their_results(store: Store) -> None:
    sat_store(store, ("A", "B", "-"))
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 of 2      ended, 1 blank" in text_of(app), "what was answered leads"
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, ResultsScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)
        x, y = where(app, "1 of 2")
        await pilot.mouse_down(offset=(79, y))
        await pilot.mouse_up(offset=(x, y))
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_the_top_line_and_the_wheel_work_by_mouse(store: Store, size: tuple[int, int]) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for words in ("Settings", "Pacing", "Home"):
            x, y = where(app, words)
            await pilot.click(offset=(x, y))
            await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        screen = app.screen
        assert screen.cursor == 0
        screen.canvas.post_message(screen.canvas.Scrolled(1))
        await pilot.pause()
        assert screen.cursor == 1


async def test_a_block_asked_for_while_one_is_open_asks_first(store: Store) -> None:
    with_bank(store)
    sit(store, "old", end=False, items=3, mode=Mode.TIMED)
    request = BlockRequest(items=5, pool="all")
    for keys in (("escape",), ("down", "down", "enter")):
        app = DrillApp(store, FakeClock(), asked=request)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, PendingScreen)
            assert "A block is unfinished." in text_of(app)
            await press(pilot, *keys)
        assert sitting.unfinished_plan(store).block == "old", "cancelling changes nothing"
    app = DrillApp(store, FakeClock(), asked=request)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter")
        await pilot.pause()
        assert app.runner is not None
        assert app.runner.state.config.length == 5
    assert [block.block_end for block in looking_back.recent(store, 9)] == ["left"]


async def test_resuming_from_the_question_goes_on_with_the_old_block(store: Store) -> None:
    with_bank(store)
    sit(store, "old", end=False, items=3, mode=Mode.TIMED)
    app = DrillApp(store, FakeClock(), asked=BlockRequest(items=5))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await pilot.pause()
        assert app.runner is not None
        assert app.runner.plan.block == "old"


async def test_a_block_asked_for_twice_in_one_instant_is_opened_once(store: Store) -> None:
    with_bank(store)
    sit(store, "old", end=False, items=3, mode=Mode.TIMED)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.resume_block()
        app.resume_block()
        await pilot.pause()
        await pilot.pause()
    words = "SELECT count(*) FROM block_events WHERE kind = 'resumed'"
    assert store.connection.execute(words).fetchone() == (1,), "two would write one block"


async def test_a_block_that_another_drill_has_is_not_said_to_be_cut_off(store: Store) -> None:
    with_bank(store)
    start_block(store, FakeClock(), "q01", "q02", "q03")
    store.read_only = True
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Another drill has this block: go on there." in text_of(app)
        assert "cut off" not in text_of(app)


async def test_a_block_after_midnight_bears_the_date_its_results_bear(store: Store) -> None:
    night = WallTime(NOON.utc_ms + (17 * 60 + 18) * 60_000, NOON.offset_minutes)
    assert night.study_day != night.local.date().isoformat(), "before 04:00"
    sat_store(store, at=night)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        day = f"{night.local:%a} {night.local.day} {night.local:%b}"
        assert day in text_of(app)
        screen = app.screen
        assert isinstance(screen, HomeScreen)
        while screen.block_here is None:
            await press(pilot, "down")
        await press(pilot, "enter")
        assert f"{day} {night.local:%H:%M}" in text_of(app)


async def test_questions_that_were_not_shown_are_called_never_seen_and_not_blank(store: Store) -> None:
    sat_store(store, ("A", "B", "-", "-"), shown=2)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 of 2      2 never seen" in text_of(app)


class _Busy(DrillApp):
    """The app on a busy machine: the reports come when `held` is called."""

    held: tuple[Callable[[], None], Range | None]

    def load_reports(self, then: Callable[[], None], wanted: Range | None = None) -> None:
        self.held = then, wanted

    def let_go(self) -> None:
        super().load_reports(*self.held)


NEAR = "2 more blocks"
"""All that is said in the last days before the exam, when the limit is the exam's."""


@pytest.mark.parametrize(
    ("blocks", "items", "target_s", "said"),
    [
        (0, 20, 80, "10 more blocks"),
        (1, 20, 80, "9 more blocks"),
        (3, 40, 80, "26:45 instead of 30:00"),
        (6, 20, 80, "26:45 instead of 30:00"),
        (8, 20, 90, "30:00 as in the exam, because 90 s a question"),
        (8, 20, 80, NEAR),
        (11, 20, 80, "26:45 instead of 30:00"),
    ],
)
async def test_nothing_on_home_moves_when_the_reports_come_in_late_and_no_row_is_kept_in_vain(
    store: Store, blocks: int, items: int, target_s: int, said: str
) -> None:
    import_bank(store, make_bank("notes", 600))
    for number in range(blocks):
        at = WallTime(NOON.utc_ms + number * 86_400_000, NOON.offset_minutes)
        steps = [(15_000, c.Choose("A")), (500, c.Next())] * items
        sit(store, f"b{number}", steps, at=at, items=items, seed=number, target_s=target_s)
    now = WallTime(NOON.utc_ms + 9 * 86_400_000, NOON.offset_minutes)
    if said == NEAR:
        book_test(store, now.local.date() + timedelta(days=14), now)
    app = _Busy(store, FakeClock(wall_time=now))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(0.3)
        before = text_of(app)
        assert app.reports is None
        app.let_go()
        await app.workers.wait_for_complete()
        await pilot.pause()
        after = text_of(app)
        assert app.reports is not None
        assert said in after
        choices = after[after.index("Next block") : after.index("New block")]
        assert "\n\n\n" not in re.sub(" +\n", "\n", choices), "no row was kept for nothing"
        rows = zip(before.split("\n"), after.split("\n"), strict=True)
        assert [(was, now) for was, now in rows if was.strip() and was[:24] != now[:24]] == []


@pytest.mark.parametrize(("shown", "drawn"), [(4, False), (5, True)])
async def test_the_clock_of_a_block_that_was_hardly_begun_is_not_drawn(
    store: Store, *, shown: int, drawn: bool
) -> None:
    import_bank(store, make_bank("notes", 10))
    sit(store, "first", [(60_000, c.Next())] * (shown - 1), items=10, mode=Mode.EXAM)
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert ("The clock in your last block" in text_of(app)) is drawn
