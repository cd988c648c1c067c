"""The base of every screen: one canvas, keys that explain themselves, messages in the footer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from drill.render import links
from drill.render.footer import Key, arrow_names, footer_line, key_rows
from drill.render.frame import CAP, MARGIN, centred, too_small, too_small_lines
from drill.render.lines import BLANK, Line, line
from drill.render.text import wrap
from drill.render.top import TopView, top_line
from drill.tui import commands
from drill.tui.commands import Command
from drill.tui.desk import Desk, desk_of
from drill.tui.field import Field
from drill.tui.widgets.canvas import Canvas

if TYPE_CHECKING:
    from drill.tui.widgets.note_area import NoteArea

MESSAGE_S = 5.0
_BASE = (Command("question_mark,f1", "help", "The keys of this screen"), Command("tab,shift+tab", "nothing"))
"""What every screen does. Tab moves no focus: there is none."""
T = TypeVar("T")
Named = tuple[str, str, Callable[[], object]]
"""An action of the command palette: its name, its key or a word about it, and what it does."""
Help = commands.Help


class PaintedScreen(Screen[T], Generic[T]):
    """A screen that is painted lines, dismissed with a T. Subclasses give `body`, `footer` and `help`."""

    NUMBER: ClassVar[int] = 0
    """Its number in the top line; 0: it is not one of those."""
    AUTO_FOCUS: ClassVar[str | None] = None
    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = ()
    """What the screen can be told to do: its bindings, its footer, `?` and the palette follow."""
    BINDINGS: ClassVar[list[BindingType]] = commands.bindings(_BASE)
    TITLE: ClassVar[str | None] = "drill"

    def __init_subclass__(cls, **options: Any) -> None:
        if "COMMAND_TABLE" in cls.__dict__:
            cls.BINDINGS = commands.bindings(cls.COMMAND_TABLE)
        super().__init_subclass__(**options)

    def __init__(self) -> None:
        super().__init__()
        self.canvas = Canvas()
        self._message: str | None = None
        self._offered: Sequence[Key] = ()
        self._message_timer = 0

    @property
    def desk(self) -> Desk:
        """What may be asked of the app."""
        return desk_of(self)

    def compose(self) -> ComposeResult:
        """The canvas, and nothing else unless a subclass adds inputs."""
        yield self.canvas

    # What a subclass says

    def body(self, width: int, height: int) -> list[Line]:
        """All rows but the footer's, at most height - 1."""
        raise NotImplementedError

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
        """A command that cannot be done now has no key."""
        return commands.enabled(self.commands, self, action, parameters)

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
        if self.field is not None and not self.too_small:
            self.edited(self.field.typed(event.text))

    def keep_note(self) -> object:
        """Save the note that is open, if there is one."""

    def clock_text(self) -> str | None:
        """The time left, shown even when the window is too small; None outside a block."""
        return None

    @property
    def message(self) -> str | None:
        """What the footer says at the moment."""
        return self._message

    # Painting

    def top(self, width: int) -> Line:
        """The first row of a screen that has a number."""
        return top_line(TopView(self.NUMBER, self.desk.exam_in_days()), width)

    def paint(self) -> None:
        """Paint what changed."""
        width, height = self.size
        if not width or not height:
            return
        if too_small(width, height):
            self.canvas.show(too_small_lines(self.clock_text(), width, height))
            return
        inner = min(width, CAP)
        rows = self.body(inner, height)[: height - 1]
        left, right = self.footer()
        rows += [BLANK] * (height - 1 - len(rows))
        ascii_only = self.desk.ascii_only
        said = self.message_rows()
        if said:
            rows[-len(said) :] = said
            rows.append(footer_line([], right, inner, ascii_only=ascii_only))
        elif self._offered:
            rows.append(footer_line(self._offered, right, inner, ascii_only=ascii_only))
        else:
            rows.append(footer_line(left, right, inner, message=self.message, ascii_only=ascii_only))
        self.canvas.show(centred(rows, width))

    def message_rows(self) -> Sequence[Line]:
        """The rows above the footer that a message needs; none when it fits into the footer or is absent."""
        inner = min(self.size.width, CAP)
        if self._offered:
            rows = key_rows(self._offered, inner - 2 * MARGIN)
        else:
            said = arrow_names(self.message or "") if self.desk.ascii_only else self.message or ""
            rows = [line(" " * MARGIN, text) for text in wrap(said, inner - 2 * MARGIN)]
        return rows if len(rows) > 1 or self._too_long(self.footer()[1], inner) else ()

    def place_note(self, note: NoteArea | None, width: int | None = None) -> None:
        """Lay an open note out, `width` columns broad: the footer, and what a message says, stay in view."""
        if note is not None:
            from drill.tui.widgets.note_area import NOTE_TOP

            side = max(self.size.width - CAP, 0) // 2 + MARGIN
            note.place(side, width, self.size.height - NOTE_TOP - 1 - len(self.message_rows()))

    def _too_long(self, right: list[Key], width: int) -> bool:
        """Whether the message would run into the keys at the right of the footer."""
        taken = sum(len(key.key) + len(key.label) + 4 for key in right)
        return self.message is not None and cell_len(self.message) + taken + 2 * MARGIN > width

    @property
    def too_small(self) -> bool:
        """Whether only the sentence about the size is shown."""
        return too_small(*self.size)

    def say(self, message: str) -> None:
        """Show a message at the left of the footer for a few seconds."""
        self._show_message(message, ())

    def said(self, problem: str | None) -> bool:
        """Say what is wrong, if anything is; whether something was."""
        if problem is not None:
            self.say(problem)
        return problem is not None

    def offer(self, keys: Sequence[Key]) -> None:
        """Show keys to choose from in the same place; they can be clicked."""
        self._show_message("   ".join(f"{key.key} {key.label}" for key in keys), keys)

    def _show_message(self, message: str, offered: Sequence[Key]) -> None:
        self._message, self._offered = message, offered
        self._message_timer += 1
        number = self._message_timer
        self.set_timer(MESSAGE_S, lambda: self._unsay(number))
        self.paint()

    def unsay(self) -> None:
        """Take a message away that no longer holds."""
        if self._message is not None:
            self._message, self._offered = None, ()
            self._message_timer += 1

    def _unsay(self, number: int) -> None:
        if number == self._message_timer:
            self._message, self._offered = None, ()
            self.paint()

    def on_resize(self, event: events.Resize) -> None:
        """Lay out anew."""
        self.paint()

    def on_screen_resume(self) -> None:
        """Shown again: things may have changed meanwhile."""
        self.paint()

    # Keys and clicks

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
        rows = [row for row in (*self.commands, *_BASE) if event.key in row.key_names]
        if rows:  # a key that means nothing now ends here too: the app would try it after the keys behind it
            event.stop()
            event.prevent_default()
        for row in rows:
            if not row.priority and await self.app.run_action(row.action, self):
                return

    def takes(self, key: str) -> bool:
        """Whether a key is this screen's, not that of a field with the focus."""
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

    async def on_canvas_clicked(self, event: Canvas.Clicked) -> None:
        """Follow a link."""
        verb, argument = links.split(event.link)
        if verb == "key":
            await self.app.run_action("simulate_key('" + argument + "')")
        elif verb == "screen":
            self.desk.go_to_screen(int(argument))
        else:
            self.follow(verb, argument, event.button)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on a link that only this screen knows."""
