"""What a storm of keys, pastes and sizes found: each in the smallest form that shows it (benchmarks/storm.py)."""

from __future__ import annotations

from textual import events
from textual.app import App
from textual.command import CommandInput
from textual.geometry import Size
from textual.screen import Screen

from drill.storage.store import Store
from drill.tui.screens.question import QuestionScreen
from drill.tui.sized import SizedScreen
from drill.tui.widgets.note_area import NoteArea
from drill.tui.widgets.palette_screen import MOST_CHARACTERS, Palette
from tests.tui.apps import make_app, sat_store

MANY = 20


class Counting(SizedScreen[None]):
    """Ends a round of sizes that would never end by itself."""

    seen = 0

    def on_resize(self, event: events.Resize) -> None:
        """Count, and lay nothing out any more once there were too many."""
        self.seen += 1
        if self.seen >= MANY:
            event.prevent_default()


class Bare(App[None]):
    """An app of that screen alone."""

    def get_default_screen(self) -> Counting:
        """The only one."""
        return Counting()


async def test_two_sizes_on_their_way_to_a_screen_do_not_call_each_other_back() -> None:
    app = Bare()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, Counting)
        with app.batch_update():  # as while a screen is being opened or left
            for width in (20, 80):
                screen.post_message(events.Resize(Size(width, 24), Size(width, 24)))
                screen.call_later(lambda: None)
            await pilot.pause()
        await pilot.pause()
        assert screen.seen < MANY
        assert screen.size == (80, 24), "the terminal's own size stands"


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
