"""A screen with a mode open: its keys, its field, the mouse and the wheel are those of the mode."""

from __future__ import annotations

from collections.abc import Sequence
from inspect import isawaitable

from textual.actions import parse

from drill.render.frame import CAP
from drill.tui.block import keys
from drill.tui.block.mode import Mode, PlaceMode
from drill.tui.commands import Command, Help, call, help_rows
from drill.tui.field import Field
from drill.tui.screens.painted import PaintedScreen
from drill.tui.widgets.canvas import Canvas


class ModeScreen(PaintedScreen[None]):
    """Subclasses hold the modes, and say when there is a block to act on."""

    place: PlaceMode
    """The question, list or feedback that is open."""
    mode: Mode
    """What the keys mean now: the place, or what stands over it."""

    @property
    def begun(self) -> bool:
        """Whether there is a block to act on."""
        raise NotImplementedError

    @property
    def window(self) -> tuple[int, int]:
        """Columns that are painted, and rows of the window."""
        return min(self.size.width, CAP), self.size.height

    # What stands over the place

    def close(self) -> bool:
        """Take away what stands over the place; False: it holds a note that cannot be saved."""
        kept = self.mode.keep()
        if kept:
            self.mode.closed()
            self.mode = self.place
        return kept

    def keep_note(self) -> bool:
        """Whether the note stands in the log as it stands on the screen."""
        return self.mode.keep()

    async def action_do(self, mode: str, action: str) -> None:
        """An action of the mode that is open."""
        _, name, arguments = parse(action)
        done = getattr(self.mode, name)(*arguments)
        if isawaitable(done):
            await done
        self.paint()

    def action_close(self) -> None:
        """Back to the place."""
        self.close()
        self.paint()

    def action_open_list(self) -> None:
        """The item list; from there back to the question."""
        if self.close():
            self.place.open_list()
        self.paint()

    def action_end(self) -> None:
        """Ask whether to end; asked already, end."""
        if self.close():
            self.place.end()
        self.paint()

    def action_clock(self) -> None:
        """Clock and pace, the clock alone, neither."""
        settings = self.desk.settings
        shown = settings.get("clock", "shown"), settings.get("pace", "shown")
        after = {("shown", "shown"): ("shown", "hidden"), ("shown", "hidden"): ("hidden", "hidden")}
        clock, pace = after.get(shown, ("shown", "shown"))
        self.desk.save_setting("clock", clock)
        self.desk.save_setting("pace", pace)
        self.paint()

    def choose(self, command: Command) -> None:
        """Do what was chosen from a menu."""
        getattr(self, f"action_{command.action}")()

    # Keys

    @property
    def commands(self) -> Sequence[Command]:
        """The keys of the mode that is open."""
        return self.mode.commands

    def help(self) -> list[Help]:
        """The keys of every mode."""
        return help_rows(keys.EVERY, self if self.begun else None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what the open mode can do now; below the minimum size only leaving works."""
        if action in ("help", "nothing"):
            return True
        named = any(row.action == call(action, parameters) for row in self.commands)
        return named and self._ready and super().check_action(action, parameters)

    @property
    def _ready(self) -> bool:
        return self.begun and not self.too_small

    @property
    def field(self) -> Field | None:
        """What is being typed into."""
        return self.mode.field

    def edited(self, field: Field) -> None:
        """Something was typed."""
        self.mode.edited(field)
        self.paint()

    def takes(self, key: str) -> bool:
        """Every key, from a note too: its mode says which count there."""
        return True

    def type_key(self, key: str, character: str | None) -> bool:
        """A letter or digit of the mode, or what is typed into its field."""
        if not self._ready or self.mode.field is not None:
            return self._ready and super().type_key(key, character)
        taken = self.mode.type_key(key, character)
        if taken:
            self.paint()
        return taken

    # The mouse

    def follow(self, verb: str, argument: str, button: int) -> None:
        """Clicks on options, items, menu rows and the clock."""
        match verb:
            case "goto":
                self.place.go(int(argument))
            case "clock":
                self.action_clock()
            case "more":
                self.place.page(1)
            case _:
                self.mode.follow(verb, argument, button)
        self.paint()

    def on_canvas_marked(self, event: Canvas.Marked) -> None:
        """A drag over the stem."""
        if self._ready:
            left = (self.size.width - self.window[0]) // 2
            start, end = ((column - left, row) for column, row in (event.start, event.end))
            self.mode.drag(start, end)
            self.paint()

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel."""
        self.mode.wheel(event.direction)
        self.paint()
