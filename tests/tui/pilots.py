"""A block under a pilot: the app, the keys, the clock in the test's hand, and a log that can fail."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from drill.core.items import Item
from drill.core.state import BlockState, ItemState, Mode
from drill.render.lines import Line
from drill.runner import BlockRunner
from drill.storage.blocks import read_block
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.painted import PaintedScreen
from tests.factories import FakeClock, import_bank, make_bank, make_item, make_options, make_plan, stored_form
from tests.tui.apps import text_of

REFUSED = "cannot be written"
"""In the words of a write that failed."""
LONG = " ".join(f"word{number}" for number in range(400))
ITEMS = (
    make_item("q1"),
    make_item("q2", options=make_options(5)),
    make_item("q3", options=make_options(3)),
    make_item("q4", stem=f"{LONG}. Which of the following is the diagnosis?"),
)


@dataclass
class Desk:
    """A learner at work."""

    app: DrillApp
    pilot: Pilot[str]
    clock: FakeClock
    runner: BlockRunner
    store: Store

    async def press(self, *keys: str, wait_ms: float = 0) -> str:
        """Press keys after a wait; what the screen shows then."""
        self.clock.advance(wait_ms)
        await press(self.pilot, *keys)
        return self.text

    async def click(self, words: str, *, button: int = 1, into: int = 0) -> str:
        """Click on the first cell of these words, or one further in; what the screen shows then."""
        x, y = where(self.app, words)
        await self.pilot.click(offset=(x + into, y), button=button)
        await self.pilot.pause()
        return self.text

    async def tick(self) -> str:
        """What the timer does twice a second."""
        self.screen.beat()
        await self.pilot.pause()
        return self.text

    def fail(self, on: bool = True) -> None:
        """Let the database refuse every write, or no longer."""
        self.store.connection.execute(f"PRAGMA query_only = {int(on)}")

    @property
    def text(self) -> str:
        """What the screen shows."""
        return text_of(self.app)

    @property
    def foot(self) -> str:
        """The last row."""
        return self.text.splitlines()[-1]

    @property
    def screen(self) -> BlockScreen:
        """The block's screen, whatever is over it."""
        screen = self.app.block_screen
        assert screen is not None
        return screen

    @property
    def state(self) -> BlockState:
        """The block."""
        return self.runner.state

    @property
    def item(self) -> ItemState:
        """The item on screen."""
        return self.state.current

    @property
    def letters(self) -> str:
        """Every answer, "-" for none."""
        return "".join(item.chosen or "-" for item in self.state.items)

    @property
    def kinds(self) -> list[str]:
        """Kinds of the events in the database."""
        return [event.kind for event in read_block(self.store.connection, self.runner.plan.block).events]


@asynccontextmanager
async def desk(
    store: Store,
    mode: Mode = Mode.EXAM,
    *,
    items: Sequence[Item] = ITEMS,
    size: tuple[int, int] = (100, 30),
    **plan: Any,
) -> AsyncIterator[Desk]:
    """A block of these items in this order, just begun: 90 s an item unless told otherwise."""
    import_bank(store, make_bank("notes", items))
    clock = FakeClock()
    plan = {"limit_ms": 90_000 * len(items), **plan}
    form = stored_form(store, *(item.id for item in items))
    app = DrillApp(store, clock, plan=make_plan(mode=mode, form=form, **plan))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        runner = app.runner
        assert runner is not None
        yield Desk(app, pilot, clock, runner, store)


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Press keys as fast as a terminal sends them, but for words of more than three letters: those are no paste."""
    driver = pilot.app._driver
    assert driver is not None
    letters = 0
    for key in keys:
        letters = letters + 1 if len(key) == 1 and key.isalpha() else 0
        if letters > 3:
            await pilot.pause(0.03)
            letters = 1
        if key in OPENS:
            await pilot.pause()
        driver.send_message(key_event(key))
        if key in OPENS:
            await pilot.pause()
    await pilot.pause()
    for _ in range(100):  # a screen that was opened paints once it is mounted
        if not isinstance(pilot.app.screen, PaintedScreen) or pilot.app.screen.canvas.lines:
            break
        await pilot.pause(0.01)


async def begun(app: DrillApp, pilot: Pilot[str]) -> BlockRunner:
    """The block that was asked for: it begins once its screen has been painted."""
    while app.runner is None:
        await pilot.pause(0.01)
    return app.runner


def key_event(key: str) -> events.Key:
    """A key by its name or character."""
    named = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
    return events.Key(named, key if len(key) == 1 else CHARACTERS.get(key))


CHARACTERS = {
    "space": " ", "full_stop": ".", "minus": "-", "asterisk": "*", "slash": "/", "equals_sign": "=", "comma": ",", "semicolon": ";",
    "question_mark": "?", "plus": "+", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f",
}  # fmt: skip
OPENS = frozenset({"comma", "question_mark", "ctrl+p", "ctrl+n"})
"""Keys after which something else may have the focus."""


def where(app: DrillApp, words: str) -> tuple[int, int]:
    """Column and row at which these words stand on the screen."""
    for y, text in enumerate(text_of(app).splitlines()):
        if words in text:
            return text.index(words), y
    raise AssertionError(f"{words!r} is not on the screen:\n{text_of(app)}")


def row_with(app: DrillApp, words: str) -> Line:
    """The painted row that holds these words."""
    screen = app.screen
    assert isinstance(screen, PaintedScreen)
    return next(row for row in screen.canvas.lines if words in row.text)
