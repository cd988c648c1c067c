"""A question with consequences: it takes the screen, and its first answer changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.menu import MenuView, menu_lines
from drill.tui.screens.painted import KEYS, Help
from drill.tui.screens.rows import RowsScreen


class ChooseScreen(RowsScreen[int]):
    """Dismissed with the number of the answer taken, from 0, or None: both 0 and None change nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False, priority=True)]

    def __init__(self, title: str, text: str, choices: Sequence[Choice], *, leave: str = "Back") -> None:
        """`leave` is what Esc is called."""
        super().__init__()
        self._view = MenuView(title, text, tuple(choices))
        self._leave = leave

    def rows(self) -> int:
        """The answers."""
        return len(self._view.choices)

    def body(self, width: int, height: int) -> list[Line]:
        """The question and its answers."""
        return [BLANK, *menu_lines(replace(self._view, cursor=self.cursor), width, height)]

    def open_row(self) -> None:
        """Take the answer under the cursor."""
        self.dismiss(self.cursor)

    def action_back(self) -> None:
        """Take none."""
        self.dismiss(None)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [Key("↑↓", "Select"), Key("Enter", "Choose", links.key("enter"))]
        return left, [Key("Esc", self._leave, links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓", "Select"),
            Help("Enter", "Choose"),
            Help("Esc", f"{self._leave}: nothing changes"),
        ]


def ask(title: str, text: str, yes: str, no: str) -> ChooseScreen:
    """A question answered with no, the first and harmless answer, or yes."""
    return ChooseScreen(title, text, (Choice(no, ""), Choice(yes, "")))
