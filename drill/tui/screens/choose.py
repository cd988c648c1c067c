"""A question with consequences: it takes the screen, and its first answer changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.menu import MenuView, menu_lines
from drill.tui.commands import KEYS, Command
from drill.tui.screens.rows import RowsScreen, row_commands


def choice_commands(leave: str) -> tuple[Command, ...]:
    """The keys of a few answers; `leave` is what Esc is called."""
    return (
        *row_commands(),
        Command("enter", "open", "Choose", "Choose"),
        Command("escape", "back", f"{leave}: nothing changes", leave, right=True, priority=True),
        KEYS,
    )


class ChooseScreen(RowsScreen[int]):
    """Dismissed with the number of the answer taken, from 0, or None: both 0 and None change nothing."""

    COMMAND_TABLE = choice_commands("Back")

    def __init__(self, title: str, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._view = MenuView(title, text, tuple(choices))

    def rows(self) -> int:
        """How many answers there are."""
        return len(self._view.choices)

    def body(self, width: int, height: int) -> list[Line]:
        """The question and its answers."""
        return [BLANK, *menu_lines(replace(self._view, cursor=self.cursor), width, height)]

    def open_row(self) -> None:
        """Take the answer under the cursor."""
        self.dismiss(self.cursor)

    def action_back(self) -> None:
        """Go back without an answer."""
        self.dismiss(None)


def ask(title: str, text: str, yes: str, no: str) -> ChooseScreen:
    """A question answered with no, the first and harmless answer, or yes."""
    return ChooseScreen(title, text, (Choice(no, ""), Choice(yes, "")))
