"""Settings: theme, what a block shows, and the exam date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.lines import Line
from drill.render.settings import SettingRow, settings_lines
from drill.tui import theme as themes
from drill.tui.screens.painted import KEYS, Help, Named
from drill.tui.screens.rows import NUMBERS, RowsScreen

NOTICE = (
    "The shipped bank holds original practice items, written for this project, not reviewed by clinicians, "
    "not for patient care.",
    "drill predicts no score: no bank here is linked to exam scores.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting with fixed values; the first is the default."""

    name: str
    label: str
    values: Sequence[tuple[str, str]]
    """(stored, shown)"""
    hint: str
    starts_group: bool = False


CHOICES = (
    Choice("theme", "Theme", [(name, name.removeprefix("drill-")) for name in themes.THEME_NAMES], "colours"),
    Choice(
        "clock", "Clock", [("shown", "shown"), ("hidden", "hidden until 5:00")], "Ctrl+T in a block", True
    ),
    Choice("pace", "Pace", [("shown", "shown"), ("hidden", "hidden")], "the rule, and ahead or behind"),
    Choice(
        "pace_line",
        "Pace against",
        [("even", "even line"), ("fair", "length-fair line")],
        "longer ones get more time",
    ),
    Choice(
        "checkpoints",
        "Checkpoints",
        [("off", "off"), ("on", "at 5, 10, 15")],
        "a word in the footer",
    ),
    Choice(
        "nudge_s",
        "Nudge",
        [("0", "off"), ("120", "at 2:00"), ("180", "at 3:00"), ("240", "at 4:00")],
        "a word past its time",
    ),
)
DATE_ROW = len(CHOICES)


class SettingsScreen(RowsScreen[None]):
    """What a block shows, the colours, and the exam date."""

    NUMBER = 5

    BINDINGS: ClassVar[list[BindingType]] = [
        *NUMBERS,
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("backspace", "erase", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._typed: str | None = None

    def rows(self) -> int:
        """Choices and the exam date."""
        return len(CHOICES) + 1

    def body(self, width: int, height: int) -> list[Line]:
        """Top line and settings."""
        settings = self.desk.settings
        rows = [SettingRow(c.label, dict(c.values)[self._value(c)], c.hint, c.starts_group) for c in CHOICES]
        if self.desk.plain_colours:
            rows[0] = SettingRow("Theme", "the terminal's", "NO_COLOR or 16 colours")
        stored = settings.get("exam_date", "")
        typing = self._typed is not None
        shown = self._typed if self._typed is not None else stored or "not set"
        hint = (
            "type it as 2026-12-31, Enter keeps it" if typing or not stored else "days left stand at the top"
        )
        rows.append(SettingRow("Exam date", shown, hint, starts_group=True, typing=typing))
        return [self.top(width), *settings_lines(rows, self.cursor, NOTICE, width, height)]

    def _value(self, choice: Choice) -> str:
        value = self.desk.settings.get(choice.name, choice.values[0][0])
        return value if value in dict(choice.values) else choice.values[0][0]

    def action_turn(self, by: int) -> None:
        """Another value."""
        if self.cursor == DATE_ROW:
            return
        choice = CHOICES[self.cursor]
        values = [value for value, _ in choice.values]
        value = values[(values.index(self._value(choice)) + by) % len(values)]
        if choice.name == "theme":
            if not self.desk.plain_colours:
                self.desk.set_theme(value)
        else:
            self.desk.save_setting(choice.name, value)
        self.paint()

    def open_row(self) -> None:
        """Another value, or keep the date that was typed."""
        if self.cursor != DATE_ROW:
            self.action_turn(1)
            return
        if self._typed is None:
            self._typed = ""
        else:
            self._keep_date()
        self.paint()

    def _keep_date(self) -> None:
        typed = (self._typed or "").strip()
        if typed:
            try:
                day = date.fromisoformat(typed)
            except ValueError:
                self.say(f"{typed} is no date. Type it as 2026-12-31, or nothing to have none.")
                return
            if day < self.desk.clock.wall().local.date():
                self.say(f"{typed} is past. Type the day of an exam to come, or nothing to have none.")
                return
        self._typed = None
        self.desk.save_setting("exam_date", typed)
        days = self.desk.exam_in_days()
        if days is not None and days <= 14:
            self.say("Within 14 days of the exam the target stays at 90 s.")

    def on_key(self, event: events.Key) -> None:
        """On its row the date is typed; the first digit begins it."""
        character = event.character or ""
        if self.cursor != DATE_ROW or "+" in event.key or len(character) != 1 or not character.isprintable():
            return
        if character in "?*":
            return
        if character.isdigit() or (character == "-" and self._typed):
            self._typed = ((self._typed or "") + character)[:10]
            self.paint()
        elif self._typed is not None:
            self.say("Type the date as 2026-12-31: digits and -.")
        else:
            return
        event.stop()
        event.prevent_default()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """On the date's row digits are a date and no screens."""
        return not (action == "screen" and self.cursor == DATE_ROW)

    def action_erase(self) -> None:
        """Take back a digit."""
        if self._typed is not None:
            self._typed = self._typed[:-1]
            self.paint()

    def action_move(self, rows: int) -> None:
        """Another row."""
        self._typed = None
        super().action_move(rows)

    def action_back(self) -> None:
        """Leave the typing, then Home."""
        if self._typed is not None:
            self._typed = None
            self.paint()
            return
        self.desk.go_home()

    def palette(self) -> Iterable[Named]:
        """Every setting by name."""
        for row, choice in enumerate(CHOICES[1:], 1):  # the themes are offered everywhere
            yield f"Change {choice.label.lower()}", choice.hint, partial(self._change, row)
        yield "Exam date", "Type it as 2026-12-31", partial(self._change, DATE_ROW)

    def _change(self, row: int) -> None:
        self.action_move(row - self.cursor)
        self.open_row()

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [
            Key("↑↓", "Row"),
            Key("←→", "Change", links.key("right")),
            Key("Enter", "Change, or type the date", links.key("enter")),
        ]
        return left, [Key("Esc", "Home", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓", "Another row"),
            Help("←  →", "Another value"),
            Help("Enter", "Another value; on Exam date: type it, Enter keeps it"),
            Help("1-5", "Home, Pacing, Next best step, Questions, Settings"),
            Help("Esc", "Home"),
        ]
