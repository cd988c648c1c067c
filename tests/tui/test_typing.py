"""Lines that are typed on a screen: a search, a path, a date, a number. One editor serves them all."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.pilot import Pilot

from drill.storage.store import Store
from drill.tui.screens.help import HelpScreen
from drill.tui.screens.new_block import NewBlockScreen
from drill.tui.screens.pick_file import PickFileScreen
from drill.tui.screens.questions import QuestionsScreen
from tests.factories import import_bank, make_bank, make_item
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import press


async def paste(pilot: Pilot[str], text: str) -> None:
    """What a terminal with bracketed paste sends."""
    pilot.app.screen.post_message(events.Paste(text))
    await pilot.pause()


async def test_a_search_has_a_caret_a_paste_and_every_sign_there_is(store: Store) -> None:
    import_bank(
        store, make_bank(items=[make_item("q1", stem="A man has pain, 37.5? What is it?"), make_item("q2")])
    )
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        await press(pilot, "slash", *"37")
        screen = app.screen
        assert isinstance(screen, QuestionsScreen)
        assert screen.search.words == "37"
        await paste(pilot, ".5\nrest")
        assert screen.search.words == "37.5 rest"
        await press(pilot, "ctrl+w")
        await press(pilot, "backspace", "question_mark")
        assert (screen.search.words, screen.rows()) == ("37.5?", 1)
        await press(pilot, "home", "delete", "7")
        assert screen.search.words == "77.5?"
        await press(pilot, "left", "left", "right")
        assert "/ 77.5?" in text_of(app), "the caret is on the second character and adds none"
        await press(pilot, "ctrl+u")
        assert (screen.search.words, screen.rows()) == ("", 2)
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)


async def test_a_sign_that_is_a_key_elsewhere_is_a_letter_of_a_search(store: Store) -> None:
    import_bank(store)
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.pause()
        await press(pilot, "slash", "2", "plus", "minus", "slash", "space", "delete")
        screen = app.screen
        assert isinstance(screen, QuestionsScreen), "2 is no screen, Del asks about no bank"
        assert screen.search.words == "2+-/ "


async def test_arrows_go_through_folders_behind_a_path_and_through_the_path_within_it(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "inner").mkdir()
    app = make_app(store)
    async with app.run_test(size=(120, 30)) as pilot:
        app.push_screen(PickFileScreen(f"{tmp_path}/inner/"))
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, PickFileScreen)
        await press(pilot, "left")
        assert screen.field.text == f"{tmp_path}/"
        await press(pilot, "home", "right", "delete", "left", "left")
        assert (screen.field.text, screen.field.caret) == (f"/{tmp_path.as_posix()[2:]}/", 0)
        await press(pilot, "right", *tmp_path.as_posix()[1], "end", "ctrl+u")
        await paste(pilot, f"'{tmp_path}/in'")
        assert screen.field.text == f"{tmp_path}/in"
        await press(pilot, "tab")
        assert screen.field.text == f"{tmp_path}/inner/"


async def test_a_date_takes_digits_at_its_caret_and_says_what_it_takes(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(120, 30)) as pilot:
        app.go_to_screen(5)
        await pilot.pause()
        await press(pilot, "end", *"207-01-10", "home", "right", "right", "2")
        assert "2027-01-10" in text_of(app)
        await press(pilot, "9")
        assert "2027-01-10" in text_of(app), "a date has ten characters"
        await press(pilot, "question_mark")
        assert "Type the date as 2026-12-31: digits and -." in text_of(app)
        await press(pilot, "enter")
        assert app.settings["exam_date"] == "2027-01-10"
        await press(pilot, "enter")
        await paste(pilot, "2027-03-01")
        await press(pilot, "enter")
        assert app.settings["exam_date"] == "2027-03-01"


async def test_a_number_is_pasted_and_mended_within(store: Store) -> None:
    import_bank(store, make_bank(items=30))
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "ctrl+n", "down", "down", "down")
        screen = app.screen
        assert isinstance(screen, NewBlockScreen)
        await paste(pilot, "12 questions")
        assert screen.request.count == 20, "what is no number is not taken"
        await paste(pilot, "12")
        assert screen.request.count == 12
        await press(pilot, "home", "delete", "1")
        assert screen.request.count == 12
        await press(pilot, "right")
        assert screen.request.count == 12, "within the number an arrow moves"
        await press(pilot, "right")
        assert screen.request.count == 13, "behind it, it changes the value"
