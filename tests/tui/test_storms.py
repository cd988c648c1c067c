"""What a storm of keys, pastes and sizes found: each in the smallest form that shows it (benchmarks/storm.py)."""

from __future__ import annotations

import gc

from textual import events
from textual.app import App, ComposeResult
from textual.command import CommandInput
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Static

from drill.storage.store import Store
from drill.tui.screens.question import QuestionScreen
from drill.tui.sized import SizedScreen
from drill.tui.widgets.note_area import NoteArea
from drill.tui.widgets.palette_screen import MOST_CHARACTERS, Palette
from tests.tui.apps import make_app, sat_store


class Widths(Static):
    """Notes how wide it was laid out."""

    def on_mount(self) -> None:
        """Nothing yet."""
        self.seen: list[int] = []

    def on_resize(self, event: events.Resize) -> None:
        """Note it."""
        self.seen.append(event.size.width)


class Bare(App[None]):
    """An app of one screen."""

    def get_default_screen(self) -> SizedScreen[None]:
        """The only one."""
        return SizedScreen()

    def compose(self) -> ComposeResult:
        """One widget on it."""
        yield Widths()


async def test_a_size_that_is_not_the_terminals_is_left_aside() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(events.Resize(Size(20, 24), Size(20, 24)))
        await pilot.pause()
        assert set(app.query_one(Widths).seen) == {80}


async def test_every_screen_takes_the_terminals_size_only(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        screens: list[Screen[object]] = app.screen_stack
        assert isinstance(screens[-1], Palette)
        assert all(isinstance(screen, SizedScreen) for screen in screens)
        await pilot.resize_terminal(100, 30)
        assert [screen.size for screen in screens] == [(100, 30)] * len(screens)


async def test_on_the_way_out_no_key_opens_anything(store: Store) -> None:
    sat_store(store, ("A", "B", "-"))
    app = make_app(store)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to_screen(4)
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuestionScreen)
        app.exit()
        await app.run_action("note", screen)
        assert not screen.query(NoteArea)


async def test_the_palette_takes_no_more_than_the_name_of_an_action(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p")
        typed = app.screen.query_one(CommandInput)
        for _ in range(MOST_CHARACTERS + 5):
            typed.post_message(events.Key("x", "x"))
        typed.post_message(events.Paste("y" * 20_000))
        await pilot.pause()
        assert typed.value == "x" * MOST_CHARACTERS


async def test_screens_that_were_left_keep_none_of_their_rows(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        kept = []
        for _ in range(3):
            for number in (5, 1, 5, 1):
                app.go_to_screen(number)
                await pilot.pause()
            gc.collect()
            kept.append(sum(type(thing) is Strip for thing in gc.get_objects()))
        assert kept[2] < kept[1] + 24, "not the rows of one screen more, after four"
