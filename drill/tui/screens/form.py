"""A form of typed and chosen fields: Enter keeps it, and what is wrong is said beside the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from textual import events

from drill.core.frozen import dataclass
from drill.errors import DrillError
from drill.render.lines import Line
from drill.render.road.form import FormRow, FormView, form_lines
from drill.tui.commands import EDITING, KEYS, Command
from drill.tui.field import Field
from drill.tui.screens.painted import PaintedScreen
from drill.tui.widgets.canvas import Canvas

Keep = Callable[[dict[str, str]], object]
"""Takes the form's values by name. Raises DrillError, whose message is shown, when they will not do."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of a form."""

    name: str
    label: str
    hint: str = ""
    value: str = ""
    choices: Sequence[str] = ()
    """What it may be; "" stands for nothing yet. None given: it is typed."""
    heading: str = ""
    """Begins a group."""

    def starting(self, letter: str) -> str | None:
        """The choice that begins with a letter."""
        return next((word for word in self.choices if word and word[0].casefold() == letter.casefold()), None)


def _types(screen: FormScreen) -> bool:
    return not screen.here.choices


def _chooses(screen: FormScreen) -> bool:
    return bool(screen.here.choices)


COMMANDS = (
    Command("up", "move(-1)", "Another field", "Field"),
    Command("down", "move(1)", "Another field", "Field"),
    Command("pageup", "move(-10)", "Ten fields on or back"),
    Command("pagedown", "move(10)", "Ten fields on or back"),
    Command("left", "turn(-1)", "Another value", "Value", when=_chooses),
    Command("right", "turn(1)", "Another value", "Value", when=_chooses),
    Command(about="The value that begins with it, and on to the next field", short="Value, and on",
            shown="A-Z", when=_chooses),
    Command("enter", "keep", "Keep the form", "Keep"),
    EDITING,
    Command("escape", "back", "Back, and nothing is kept", "Back", right=True),
    replace(KEYS, when=_chooses),
    replace(KEYS, keys="f1", when=_types),
)  # fmt: skip


class FormScreen(PaintedScreen[bool]):
    """Dismissed with True once kept, False when left."""

    COMMAND_TABLE = COMMANDS

    def __init__(self, title: str, fields: Sequence[Asked], keep: Keep, *, counted: str = "") -> None:
        """`counted` names what the chosen fields are, to say how many are done: "levels"."""
        super().__init__()
        self._title = title
        self._fields = tuple(fields)
        self._keep = keep
        self._counted = counted
        self._values = {one.name: Field.of(one.value) for one in fields}
        self._brought = {one.name for one in fields if one.value and not one.choices}
        """Typed fields that still hold what the form brought: the first character typed replaces it."""
        self.cursor = 0

    @property
    def here(self) -> Asked:
        """The field under the cursor."""
        return self._fields[self.cursor]

    def body(self, width: int, height: int) -> list[Line]:
        """The fields."""
        rows = []
        for index, one in enumerate(self._fields):
            value = self._values[one.name]
            typed = index == self.cursor and not one.choices
            rows.append(FormRow(one.label, value.text, value.caret if typed else None, one.heading))
        counted = [one for one in self._fields if self._counted and one.choices and "" in one.choices]
        done = sum(bool(self._values[one.name].text) for one in counted)
        said = f"{done} of {len(counted)} {self._counted}" if counted else ""
        replaced = "Typing replaces it; Backspace changes it." if self.here.name in self._brought else ""
        hint = " ".join(filter(None, (self.here.hint, replaced)))
        return form_lines(FormView(self._title, rows, self.cursor, hint, said), width, height)

    def action_move(self, rows: int) -> None:
        """Another field."""
        self.cursor = min(max(self.cursor + rows, 0), len(self._fields) - 1)
        self.unsay()
        self.paint()

    def action_turn(self, by: int) -> None:
        """Another value of a chosen field."""
        choices = self.here.choices
        text = self._values[self.here.name].text
        at = choices.index(text) if text in choices else 0
        self._set(choices[(at + by) % len(choices)])
        self.paint()

    def type_key(self, key: str, character: str | None) -> bool:
        """A typed field takes what is typed; a chosen one goes on with the value that begins so."""
        one = self.here
        if not one.choices:
            typed = character is not None and character.isprintable()
            field = self._typed_over(typed).pressed(key, character)
            if field is None and key != "end":  # at the end already: what is typed now goes behind it
                return False
            self._brought.discard(one.name)
            self._values[one.name] = field or self._values[one.name]
            self.paint()
            return True
        if key in ("backspace", "delete", "space") and "" in one.choices:
            self._set("")
            self.action_move(0 if key != "space" else 1)
            return True
        if character is None or not character.isalpha():
            return False
        word = one.starting(character)
        if word is not None:
            self._set(word)
            self.action_move(1)
        else:
            self.say(f"{one.label} is one of: {', '.join(filter(None, one.choices))}.")
        return True

    def on_paste(self, event: events.Paste) -> None:
        """A pasted line goes where a typed one would."""
        event.stop()
        if not self.here.choices:
            self._values[self.here.name] = self._typed_over(True).typed(event.text)
            self._brought.discard(self.here.name)
            self.paint()

    def _typed_over(self, typed: bool) -> Field:
        """What the next key is put into: nothing, where text comes upon what the form brought."""
        return Field() if typed and self.here.name in self._brought else self._values[self.here.name]

    def _set(self, text: str) -> None:
        self._values[self.here.name] = replace(self._values[self.here.name], text=text, caret=len(text))

    def values(self) -> dict[str, str]:
        """What stands in the form, trimmed."""
        return {name: field.text.strip() for name, field in self._values.items()}

    def action_keep(self) -> None:
        """Keep it, or say why not and stay."""
        try:
            self._keep(self.values())
        except DrillError as error:
            self.say(str(error))
            return
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave it."""
        self.dismiss(False)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click moves the cursor; on the row under it, it turns a chosen value."""
        if verb != "row":
            return
        if int(argument) == self.cursor and self.here.choices:
            self.action_turn(1)
        else:
            self.action_move(int(argument) - self.cursor)

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel moves the cursor."""
        self.action_move(event.direction)
