"""Item review: nothing tells the key of a miss before its reason was asked."""

from __future__ import annotations

import signal

import pytest

from drill.storage.questions import read_standing
from drill.storage.store import Store
from drill.tui.screens.results import ResultsScreen
from drill.tui.screens.review import ReviewScreen
from drill.tui.signals import go
from drill.usecases import looking_back, reviewing
from tests.tui.apps import LATER, make_app, sat_store, text_of
from tests.tui.pilots import press


async def test_a_miss_opens_with_one_key_which_is_kept(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(100, 50)) as pilot:
        app.open_results("first")
        await pilot.pause()
        await pilot.press("down", "enter")
        assert isinstance(app.screen, ReviewScreen)
        assert "Why did you miss it?" in text_of(app)
        assert "Pressure first" not in text_of(app)
        await pilot.press("enter")
        assert "Name the reason first" in text_of(app)
        assert "Pressure first" not in text_of(app)
        await pilot.press("3")
        opened = text_of(app)
        assert "3 Wrong order (you said)" in opened
        assert "right answer, stabilize" in opened
        assert "Objective  Pressure first." in opened
        await pilot.press("1")
        assert "1 Did not know (you said)" in text_of(app)
        await pilot.press("escape")
        assert isinstance(app.screen, ResultsScreen)
    block = looking_back.record(store, "first")
    assert block is not None
    assert [attempt.miss_reason for attempt in block.attempts] == [None, "knowledge", None]


async def test_a_named_or_skipped_miss_opens_at_once_later(store: Store) -> None:
    sat_store(store, ("B", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 50)) as pilot:
        app.push_screen(ReviewScreen("first", 1))
        await pilot.pause()
        await pilot.press("0", "enter")
        assert "Review 2 of 3" in text_of(app)
        await pilot.press("left")
        assert "not said" in text_of(app)
        assert "Objective" in text_of(app)
        await pilot.press("right", "right")
        assert "✓ right" in text_of(app)
        assert "Objective" in text_of(app)
    assert reviewing.named_reasons(store, "first") == {1: None}


@pytest.mark.parametrize("width", [80, 120])
async def test_another_reason_can_be_clicked(store: Store, width: int) -> None:
    sat_store(store, ("B", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(width, 40)) as pilot:
        app.push_screen(ReviewScreen("first", 1))
        await pilot.pause()
        await pilot.press("1", "0")
        rows = text_of(app).splitlines()
        at = next(y for y, row in enumerate(rows) if "5 Changed away" in row)
        assert rows[-1].rstrip().endswith("? Keys")
        await pilot.click(offset=(rows[at].index("Changed away"), at))
        await pilot.pause()
        assert "5 Changed away (you said)" in text_of(app)


async def test_what_was_never_shown_is_passed_over_and_no_reason_is_asked_for_it(store: Store) -> None:
    sat_store(store, ("B", "B", "B", "B"), shown=2)
    app = make_app(store)
    async with app.run_test(size=(100, 50)) as pilot:
        app.push_screen(ReviewScreen("first", 4))
        await pilot.pause()
        assert "Review 2 of 4" in text_of(app)
        await pilot.press("right")
        assert "Review 2 of 4" in text_of(app)
        await pilot.press("0", "enter")
        assert "No miss after this one." in text_of(app)
        await pilot.press("left")
        assert "Review 1 of 4" in text_of(app)
    assert reviewing.named_reasons(store, "first") == {2: None}


async def test_the_word_about_the_reason_goes_with_the_reason(store: Store) -> None:
    sat_store(store, ("B", "B", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 50)) as pilot:
        app.push_screen(ReviewScreen("first", 1))
        await pilot.pause()
        for key in ("0", "2"):
            await pilot.press("enter")
            assert "Name the reason first" in text_of(app)
            await pilot.press(key)
            assert "Name the reason first" not in text_of(app)
            await pilot.press("right")


async def test_note_correction_and_retirement_are_kept_with_the_question(store: Store) -> None:
    sat_store(store, ("B", "A", "A"))
    app = make_app(store)
    async with app.run_test(size=(100, 50)) as pilot:
        app.push_screen(ReviewScreen("first", 1))
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        bank, item = screen.about
        await pilot.press("0", "comma", *"see 3", "escape")
        assert "Your note  see 3" in text_of(app)
        assert "3 Wrong order" not in text_of(app)
        await pilot.press("ctrl+k", "enter")
        assert "Next step  no (you said)" not in text_of(app), "the first answer changes nothing"
        await pilot.press("plus", "minus", "down", "enter")
        assert read_standing(store.connection, bank, item).retired is None, "+ and - mean nothing here"
        await pilot.press("ctrl+k", "down", "enter", "ctrl+x", "down", "enter")
        shown = text_of(app)
        assert "Next step  no (you said)" in shown
        assert "Retired    wrong key" in shown
    assert read_standing(store.connection, bank, item) == (False, True, "learner", "wrong key")
    block = looking_back.record(store, "first")
    assert block is not None
    assert block.attempts[0].wrong_key
    assert not block.attempts[0].next_best_step


@pytest.mark.parametrize("way", ["ctrl+q", "hangup"])
async def test_a_note_in_review_is_kept_whatever_ends_the_program(store: Store, way: str) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_results("first")
        await pilot.pause()
        await press(pilot, "enter", "comma", *"see this")
        about = app.screen.about  # type: ignore[attr-defined]
        if way == "hangup":
            go(app, signal.SIGHUP, "terminal_closed")
        else:
            await press(pilot, way)
    assert reviewing.note_on(store, *about) == "see this"


async def test_the_last_letters_of_a_note_are_kept_when_esc_comes_with_them(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.open_results("first")
        await pilot.pause()
        await press(pilot, "enter", "comma", *"see the end", "escape")
        assert reviewing.note_on(store, *app.screen.about) == "see the end"  # type: ignore[attr-defined]


async def test_earlier_attempts_are_dated_and_later_ones_left_out(store: Store) -> None:
    sat_store(store, ("B", "A", "A"))
    sat_store(store, ("A", "A", "A"), block="second", at=LATER)
    app = make_app(store)
    async with app.run_test(size=(100, 50)) as pilot:
        app.push_screen(ReviewScreen("second", 1))
        await pilot.pause()
        earlier = next(row for row in text_of(app).splitlines() if "Earlier" in row)
        assert earlier.split()[:6] == ["Earlier", "Thu", "26", "Nov", "07:00", "×"]
        assert earlier.endswith("0:40   exam 3")
        app.push_screen(ReviewScreen("first", 2))
        await pilot.pause()
        assert "Earlier" not in text_of(app)


async def test_a_reason_can_be_clicked(store: Store) -> None:
    sat_store(store, ("B", "A", "A"))
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ReviewScreen("first", 1))
        await pilot.pause()
        rows = text_of(app).splitlines()
        row = next(n for n, text in enumerate(rows) if "2 Misread" in text)
        await pilot.click(offset=(rows[row].index("2 Misread") + 1, row))
        await pilot.pause()
    assert reviewing.named_reasons(store, "first") == {1: "misread"}


async def test_a_note_in_review_leaves_the_footer_in_view_at_any_size(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ReviewScreen("first", 1))
        await pilot.pause()
        await pilot.press("0", "comma", *"abc")
        for width, height, left in ((80, 24, 2), (60, 16, 2), (200, 60, 18)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            area = app.screen.query_one("NoteArea").region
            assert (area.x, area.y, area.bottom) == (left, 4, height - 1)
            assert "Keep and close" in text_of(app)
