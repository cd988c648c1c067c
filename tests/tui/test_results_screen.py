"""Results: the verdict, the table's order and filter, and the ways into an item."""

from __future__ import annotations

from drill.core import commands as c
from drill.core.state import Mode
from drill.render.history_table import history_table
from drill.render.views import results as result_views
from drill.storage.store import Store
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.new_block import NewBlockScreen
from drill.tui.screens.results import ResultsScreen
from drill.tui.screens.review import ReviewScreen
from drill.usecases import looking_back
from tests.factories import FakeClock, import_bank, make_bank, start_block
from tests.tui.apps import LATER, make_app, sat_store, text_of
from tests.tui.pilots import desk, press, where


async def test_results_say_what_the_block_came_to(store: Store) -> None:
    sat_store(store, ("A", "B", "-"))
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_results("first", "A notice.")
        await pilot.pause()
        text = text_of(app)
        assert "exam 3" in text
        assert "2 of 3 answered, 1 right" in text
        assert "A notice." in text
        assert "Finished" in text


async def test_the_table_is_sorted_filtered_and_walked_by_misses(store: Store) -> None:
    sat_store(store, ("A", "B", "A", "-", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.open_results("first")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ResultsScreen)
        await press(pilot, "right")
        assert screen.cursor == 1
        await press(pilot, "right", "right")
        assert screen.cursor == 3
        await press(pilot, "left")
        assert screen.cursor == 1
        await press(pilot, "asterisk")
        assert screen.rows() == 2
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "Review 4 of 5" in text_of(app)
        await press(pilot, "escape", "asterisk", "tab")
        assert "Sorted by time." in text_of(app)
        await press(pilot, "tab")
        assert "Sorted by result." in text_of(app)
        await press(pilot, "enter")
        assert "Review 2 of 5" in text_of(app), "the first of the misses, as the table has it now"
        await press(pilot, "escape", "tab", "tab", "ctrl+n")
        assert isinstance(app.screen, NewBlockScreen)
        await press(pilot, "escape")
        assert app.screen is screen
        await press(pilot, "escape")
        assert isinstance(app.screen, HomeScreen)


async def test_the_cursor_comes_back_on_the_item_reviewed_last_and_sorting_leads_to_the_first_row(
    store: Store,
) -> None:
    sat_store(store, ("B", "A", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.open_results("first")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ResultsScreen)
        await pilot.press("enter", "0", "enter", "right", "escape")
        await pilot.pause()
        assert screen.cursor == 3
        await press(pilot, "tab")
        assert screen.cursor == 0


async def test_a_question_never_shown_is_not_opened(store: Store) -> None:
    sat_store(store, ("A", "B", "B"), shown=1)
    sat_store(store, ("A", "A", "A"), block="second", at=LATER)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.open_results("first")
        await pilot.pause()
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, ResultsScreen)
        assert "Question 3 was never shown in this block." in text_of(app)
        await press(pilot, "home", "right")
        assert app.screen.cursor == 0


async def test_one_shown_in_no_block_stays_unused(store: Store) -> None:
    sat_store(store, ("A", "B"), shown=1)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.open_results("first")
        await pilot.pause()
        await press(pilot, "end", "enter")
        assert "Question 2 was never shown. It stays unused for a later block." in text_of(app)


async def test_a_click_on_a_row_opens_that_item(store: Store) -> None:
    sat_store(store, ("A", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        app.open_results("first")
        await pilot.pause()
        x, y = where(app, "  2  0:40")
        await pilot.click(offset=(x + 3, y))
        await pilot.pause()
        assert "Review 2 of 3" in text_of(app)


async def test_a_block_in_no_trend_says_why_and_one_without_a_limit_has_results_too(store: Store) -> None:
    sat_store(store, ("A", "B"), mode=Mode.UNTIMED)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_results("first")
        await pilot.pause()
        assert "An untimed block counts in no trend." in text_of(app)
        await pilot.resize_terminal(30, 8)
        await press(pilot, "enter")
        assert isinstance(app.screen, ResultsScreen)


async def test_a_block_that_is_not_there_leads_home_with_a_word(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_results("nothing")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "There is no block nothing." in text_of(app)


def test_accuracy_without_what_was_never_seen_is_said_where_it_differs(store: Store) -> None:
    clock = FakeClock()
    import_bank(store, make_bank(items=4))
    runner = start_block(store, clock, "q01", "q02", "q03", "q04", block="block-9")
    runner.dispatch(c.Choose(runner.keys[0].letter))
    clock.advance(5_000)
    runner.dispatch(c.End())
    record = looking_back.record(store, "block-9")
    assert record is not None
    said = result_views.known_text(record)
    assert said == "Of the 1 you had the chance to answer, 1 right, 95% interval 21-100%."


async def test_the_same_seconds_are_told_on_every_screen(store: Store) -> None:
    """123.4 s of 6:00: the block says 3:57 left, and nothing after it says 3:56."""
    async with desk(store) as d:
        for letter in "abcd":
            await d.press(letter, "enter", wait_ms=30_850)
        assert "3:57" in d.text.splitlines()[0]
        await d.press("ctrl+e", "ctrl+e")
        await d.pilot.pause()
        text = d.text
        assert "Finished 3:57 early" in text
        assert "6:00 due   2:03 used   3:57 ahead" in text
        record = looking_back.recent(store, 1)[0]
        assert "   2:03   6:00" in "\n".join(history_table([record], looking_back.titles(store, [record])))
        await d.press("escape")
        await d.pilot.pause()
        assert "3:57 left" in d.text
