"""A mode of the block: what the keys mean now, and what stands under head and rule.

A mode asks its host, the screen, for what it needs, and commits through `do`: it keeps nothing that counts.
The modes of a place (question, list, feedback) have the block's time; the others stand over one of those.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.geometry import Size
from textual.widget import Widget

from drill.core import commands as c
from drill.core.block import locks_on_leaving
from drill.render.head import HeadView
from drill.render.lines import Line
from drill.render.views.block import ShownItem, lock_question
from drill.runner import BlockRunner
from drill.tui.block.watch import Watch
from drill.tui.commands import Command
from drill.tui.field import Field
from drill.tui.scrolling import WHEEL_ROWS, Scroll

if TYPE_CHECKING:
    from drill.core.figures.figure import Figure
    from drill.tui.figures.browser import FigureBrowser
    from drill.tui.widgets.note_area import NoteArea


class Host(Protocol):
    """What a mode may ask of the screen it is in; each is described there."""

    place: PlaceMode
    watching: Watch
    mode: Mode
    plans: dict[int, Field]
    panels: dict[str, Mode]

    @property
    def block(self) -> BlockRunner: ...
    @property
    def item(self) -> ShownItem: ...
    @property
    def size(self) -> Size: ...
    @property
    def asks_confidence(self) -> bool: ...
    @property
    def window(self) -> tuple[int, int]: ...
    def do(self, command: c.Command) -> bool: ...
    def say(self, message: str) -> None: ...
    def action_open(self, name: str) -> Awaitable[None]: ...
    def close(self) -> bool: ...
    def choose(self, command: Command) -> None: ...
    def show_list(self, *, ending: bool) -> None: ...
    def head_view(self) -> HeadView: ...
    def remark(self) -> str: ...
    def side_lines(self, width: int, rows: int) -> Sequence[Line]: ...
    def place_note(self, note: NoteArea | None, width: int | None = None) -> None: ...
    def browse(self, figures: Sequence[Figure]) -> FigureBrowser: ...
    def mount(self, *widgets: Widget) -> Awaitable[None]: ...


class Mode:
    """What the keys mean now. Its table is in `block.keys`; its actions are methods, or else the screen's."""

    name: ClassVar[str] = ""
    commands: ClassVar[Sequence[Command]] = ()
    stays: ClassVar[bool] = False
    """Whether it stands on when another question comes under it."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @property
    def message(self) -> str | None:
        """What the footer says while this lasts."""
        return None

    @property
    def field(self) -> Field | None:
        """What is being typed into; None: nothing is."""
        return None

    def edited(self, field: Field) -> None:
        """Something was typed into the field, or taken back."""

    def type_key(self, key: str, character: str | None) -> bool:
        """Where there is no field: whether a key was taken before the commands."""
        return False

    def body(self, width: int, height: int) -> list[Line]:
        """The rows under head and rule, at most height - 3."""
        return []

    def side(self, width: int, rows: int) -> Sequence[Line] | None:
        """What it shows at the right of a broad window; None: nothing of its own."""
        return None

    async def opened(self) -> None:
        """It stands over the place now."""

    def keep(self) -> bool:
        """Save what is to be saved; False when it could not be."""
        return True

    def closed(self) -> None:
        """It was taken away."""

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """The pointer was dragged from one (column, row) to another."""

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on a link that only this mode knows."""

    def wheel(self, direction: int) -> None:
        """The wheel was turned."""
        self.host.place.wheel(direction)


class ScrolledMode(Mode):
    """A mode whose rows scroll."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.scrolled = Scroll()

    def scroll(self, rows: int) -> None:
        """Scroll."""
        self.scrolled = self.scrolled.by(rows)

    def page(self, direction: int) -> None:
        """Scroll by what is in view."""
        self.scrolled = self.scrolled.by_page(direction)

    def edge(self, end: int) -> None:
        """To the first row (0) or the last (1)."""
        self.scrolled = self.scrolled.edge(end)

    def wheel(self, direction: int) -> None:
        """Scroll by the wheel."""
        self.scroll(direction * WHEEL_ROWS)


class PlaceMode(ScrolledMode):
    """A place that has the block's time. Digits go to a question from each of them."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.digits = ""
        self._lock_asked: int | None = None

    @property
    def message(self) -> str | None:
        """The number typed so far."""
        return f"Go to {self.digits}   Enter opens it" if self.digits else None

    def type_key(self, key: str, character: str | None) -> bool:
        """Digits name a question. Letters belong to the answers: here they do nothing."""
        if not (len(key) == 1 and key.isascii() and key.isalnum()):
            return False
        if key.isdigit():
            self.digits = (self.digits + key)[-3:]
        return True

    def column(self, width: int, height: int) -> list[Line]:
        """The body in a column beside something else."""
        return self.body(width, height)

    def enter(self) -> None:
        """Open the question whose number was typed, else what Enter means here."""
        if self.digits:
            position, self.digits = int(self.digits), ""
            self.go(position)
        else:
            self.accept()

    def accept(self) -> None:
        """Enter when no number was typed."""
        self.forward()

    def go(self, position: int, command: c.Command | None = None) -> None:
        """To another question; where that locks an answer it is asked first."""
        state = self.host.block.state
        locks = locks_on_leaving(state, position)
        if locks and self._lock_asked != position:
            self._lock_asked = position
            self.host.say(f"{lock_question(state, locks)} Press the key again to go on.")
        else:
            self.host.do(command or c.GoTo(position))

    def forward(self) -> None:
        """The next question; after the last one the list, which asks whether to end."""
        state = self.host.block.state
        if state.position == state.config.length:
            self.host.show_list(ending=True)
        else:
            self.go(state.position + 1, c.Next())

    def back(self) -> None:
        """The previous question."""
        self.host.do(c.Previous())

    def erase(self) -> None:
        """Take back a digit."""
        self.digits = self.digits[:-1]

    def escape(self) -> Awaitable[None] | None:
        """Forget what was begun; else the menu."""
        if self.message is None:
            return self.host.action_open("menu")
        self.drop_begun()
        return None

    def drop_begun(self) -> None:
        """Forget the number typed so far."""
        self.digits = ""

    def flag(self) -> None:
        """Flag the question, or unflag it."""
        self.host.do(c.Flag())

    def open_list(self) -> None:
        """The item list."""
        self.host.show_list(ending=False)

    def end(self) -> None:
        """The item list, asking whether to end."""
        self.host.show_list(ending=True)
