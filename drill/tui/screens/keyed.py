"""What every screen does with keys: they follow its table of commands, in the order they came."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import BindingType

from drill.render.footer import Key
from drill.render.frame import too_small
from drill.tui import commands
from drill.tui.commands import Command, Help, Named
from drill.tui.desk import Desk, desk_of
from drill.tui.field import Field
from drill.tui.pressed import command_key, foreign_letter
from drill.tui.sized import SizedScreen

T = TypeVar("T")
_BASE = (Command("question_mark,f1", "help", "The keys of this screen"), Command("tab,shift+tab", "nothing"))
"""What every screen does. Tab moves no focus: there is none."""


class KeyedScreen(SizedScreen[T], Generic[T]):
    """A screen with a table of commands, dismissed with a T."""

    NUMBER: ClassVar[int] = 0
    """Its number in the top line; 0: it is not one of those."""
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()
    """What the screen can be told to do: its bindings, its footer, `?` and the palette follow."""
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(_BASE)

    def __init_subclass__(cls, **options: Any) -> None:
        if "COMMAND_TABLE" in cls.__dict__:
            cls.BINDINGS = commands.bindings(cls.COMMAND_TABLE)
        super().__init_subclass__(**options)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave once: a second key may have been on its way here, and would take the screen beneath away."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    @property
    def desk(self) -> Desk:
        """What may be asked of the app."""
        return desk_of(self)

    @property
    def too_small(self) -> bool:
        """Whether only the sentence about the size is shown."""
        return too_small(*self.size)

    # What follows from the table

    @property
    def commands(self) -> Sequence[Command]:
        """The commands that count now."""
        return self.COMMAND_TABLE

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys at the left and at the right of the footer."""
        return commands.footer(self.commands, self)

    def help(self) -> list[Help]:
        """Every key of this screen, for `?`."""
        return commands.help_rows(self.commands, self)

    def palette(self) -> Iterable[Named]:
        """What the command palette offers here."""
        return commands.palette(
            self.commands, self, lambda one: self.call_later(self.app.run_action, one.action, self)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A command that cannot be done now has no key; on a screen that was left, none can."""
        return self.is_attached and commands.enabled(self.commands, self, action, parameters)

    # Typing

    @property
    def field(self) -> Field | None:
        """What is being typed into; None: nothing is."""
        return None

    def edited(self, field: Field) -> None:
        """Something was typed into the field, or taken back."""

    def type_key(self, key: str, character: str | None) -> bool:
        """Whether a key went into what is being typed; asked before the commands."""
        before = None if self.too_small else self.field
        after = before.pressed(key, character) if before is not None else None
        if after is not None:
            self.edited(after)
        # Home and End stay in a text, at its ends too.
        return after is not None or (before is not None and before.text != "" and key in ("home", "end"))

    def on_paste(self, event: events.Paste) -> None:
        """A paste goes into what is being typed, and nowhere else."""
        event.stop()
        if self.field is not None and not self.too_small:
            self.edited(self.pasted(self.field, event.text))

    def pasted(self, field: Field, text: str) -> Field:
        """The field with a paste in it."""
        return field.typed(text)

    def say(self, message: str) -> None:
        """Say it somewhere on the screen."""

    # Keys

    def on_key(self, event: events.Key) -> Awaitable[None] | None:
        """Do the keys of this screen here, in the order they came.

        A binding left to the app runs after the keys behind it were handled here: a letter typed right
        after Enter would answer the question before.
        """
        if not self.takes(event.key):
            return None
        if self.type_key(event.key, event.character):
            event.stop()
            event.prevent_default()
            return None
        return self._run_key(event)

    async def _run_key(self, event: events.Key) -> None:
        key = command_key(event.key)
        rows = [row for row in (*self.commands, *_BASE) if key in row.key_names]
        known = rows or [row for row in self.COMMAND_TABLE if key in row.key_names]
        meant = foreign_letter(event.character)
        if meant is not None and self.focused is None:
            self.say(meant)
        if rows or (known and self.focused is None):
            # A key that means nothing now ends here too: the app would try it after the keys behind it.
            event.stop()
            event.prevent_default()
        for row in rows:
            if not row.priority and await self.app.run_action(row.action, self):
                return

    def takes(self, key: str) -> bool:
        """Whether a key is this screen's, not that of a text area with the focus."""
        return self.focused is None

    def action_screen(self, number: int) -> None:
        """Another screen of the top line."""
        if number != self.NUMBER:
            self.desk.go_to_screen(number)

    def action_nothing(self) -> None:
        """For a key that is to do nothing."""

    def action_help(self) -> None:
        """Show the keys of this screen."""
        self.desk.show_keys(self.help())
