"""Settings: theme, what a block shows, and the exam date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from drill.core.frozen import dataclass
from drill.core.next_block import PINNED_DAYS
from drill.core.pace import EXAM_ITEM_S
from drill.render.lines import Line
from drill.render.settings import SettingRow, settings_lines
from drill.storage.settings import SYNC, SYNC_FOLDER
from drill.tui import theme as themes
from drill.tui.commands import EDITING, KEYS, NUMBERS, Command
from drill.tui.field import Field
from drill.tui.screens.rows import RowsScreen, back_command, row_commands

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
        "clock",
        "Clock",
        [("shown", "shown"), ("hidden", "hidden until 5:00")],
        "Ctrl+T or F9 in a block",
        True,
    ),
    Choice("pace", "Pace", [("shown", "shown"), ("hidden", "hidden")], "line at the top, ahead, behind"),
    Choice(
        "pace_line",
        "Pace against",
        [("even", "even line"), ("fair", "length-fair line")],
        "fair: more time for long ones",
    ),
    Choice(
        "checkpoints",
        "Checkpoints",
        [("off", "off"), ("on", "at 5, 10, 15")],
        "says if you are ahead or behind",
    ),
    Choice(
        "nudge_s",
        "Nudge",
        [("0", "off"), ("120", "at 2:00"), ("180", "at 3:00"), ("240", "at 4:00")],
        "says: choose, flag, move on",
    ),
    Choice(
        "confidence",
        "How sure",
        [("off", "not asked"), ("on", "' says it")],
        "sure, unsure, guess; never in an exam block",
    ),
    Choice(
        SYNC,
        "Sync",
        [("off", "off"), ("on", "at start and end")],
        "with your other machines",
        starts_group=True,
    ),
)
SYNC_ROW = len(CHOICES) - 1
DATE_ROW = len(CHOICES)
_ENTER = "Another value; on Exam date: type it, Enter keeps it"
_NO_DATE = Field()


class SettingsScreen(RowsScreen[None]):
    """What a block shows, the colours, and the exam date."""

    NUMBER = 5

    COMMAND_TABLE = (
        *row_commands("Another row", "Row"),
        Command("left", "turn(-1)", "Another value", "Change"),
        Command("right", "turn(1)", "Another value", "Change"),
        Command("enter", "open", _ENTER, "Change, or type the date"),
        EDITING,
        *NUMBERS,
        *(
            Command(action=f"change({row})", name=f"Change {choice.label.lower()}", hint=choice.hint)
            for row, choice in enumerate(CHOICES[1:], 1)  # the themes are offered everywhere
        ),
        Command(action=f"change({DATE_ROW})", name="Exam date", hint="Type it as 2026-12-31"),
        back_command("Home"),
        KEYS,
    )

    def __init__(self) -> None:
        super().__init__()
        self._date: Field | None = None
        """The exam date while it is typed."""

    def rows(self) -> int:
        """Choices and the exam date."""
        return len(CHOICES) + 1

    def body(self, width: int, height: int) -> list[Line]:
        """Top line and settings."""
        settings = self.desk.settings
        rows = [SettingRow(c.label, dict(c.values)[self._value(c)], c.hint, c.starts_group) for c in CHOICES]
        folder = settings.get(SYNC_FOLDER, "")
        hint = f"folder {folder}" if folder else "first name a folder: drill sync FOLDER"
        rows[SYNC_ROW] = replace(rows[SYNC_ROW], hint=hint)
        if self.desk.plain_colours:
            rows[0] = SettingRow("Theme", "the terminal's", "NO_COLOR or 16 colours")
        stored = settings.get("exam_date", "") if self.desk.exam_in_days() is not None else ""
        date_ = self._date
        asks = date_ is not None or not stored
        hint = "type it as 2026-12-31, Enter keeps it" if asks else "days left stand on Home"
        shown, caret = (stored or "not set", None) if date_ is None else (date_.text, date_.caret)
        rows.append(SettingRow("Exam date", shown, hint, starts_group=True, caret=caret))
        return [self.top(width), *settings_lines(rows, self.cursor, NOTICE, width, height)]

    def _value(self, choice: Choice) -> str:
        value = self.desk.settings.get(choice.name, choice.values[0][0])
        return value if value in dict(choice.values) else choice.values[0][0]

    def action_turn(self, by: int) -> None:
        """The next (+1) or previous (-1) value of the setting."""
        if self.cursor == DATE_ROW:
            return
        choice = CHOICES[self.cursor]
        values = [value for value, _ in choice.values]
        if choice.name == SYNC and not self.desk.settings.get(SYNC_FOLDER):
            self.say("No folder is named yet. Run 'drill sync FOLDER' once; then it can be done by itself.")
            return
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
        if self._date is None:
            self._date = _NO_DATE
        else:
            self._keep_date(self._date.text)
        self.paint()

    def _keep_date(self, typed: str) -> None:
        if typed:
            try:
                day = date.fromisoformat(typed)
            except ValueError:
                self.say(f"{typed} is no date. Type it as 2026-12-31, or nothing to have none.")
                return
            if day < self.desk.clock.wall().local.date():
                self.say(f"{typed} is past. Type the day of an exam to come, or nothing to have none.")
                return
        self._date = None
        self.desk.save_setting("exam_date", typed)
        days = self.desk.exam_in_days()
        if days is not None and days <= PINNED_DAYS:
            self.say(f"Within {PINNED_DAYS} days of the exam the target stays at {EXAM_ITEM_S} s.")

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on the row of a date half typed leaves it as it is; on another row it is dropped."""
        if verb == "row" and self._date is not None:
            if int(argument) == self.cursor:
                return
            self._date = None
        super().follow(verb, argument, button)

    @property
    def field(self) -> Field | None:
        """The date; on its row the first digit begins it."""
        return self._date or (_NO_DATE if self.cursor == DATE_ROW else None)

    def type_key(self, key: str, character: str | None) -> bool:
        """What is no digit begins no date: it is a key of the screen."""
        begun = self._date is not None or (character or "").isdigit()
        return begun and super().type_key(key, character)

    def edited(self, field: Field) -> None:
        """A date is digits and -."""
        if set(field.text) - set("0123456789-"):
            self.say("Type the date as 2026-12-31: digits and -.")
        elif len(field.text) <= len("2026-12-31"):
            self._date = field
            self.paint()

    def action_move(self, rows: int) -> None:
        """To another row; a date half typed is dropped."""
        self._date = None
        super().action_move(rows)

    def action_back(self) -> None:
        """Leave the typing, then Home."""
        if self._date is not None:
            self._date = None
            self.paint()
        else:
            super().action_back()

    def action_change(self, row: int) -> None:
        """The setting of a row, from the palette."""
        self.action_move(row - self.cursor)
        self.open_row()
