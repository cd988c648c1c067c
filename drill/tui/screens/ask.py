"""A question with consequences: it takes the screen, and the default changes nothing."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.menu import MenuView, menu_lines
from drill.tui.screens.rows import RowsScreen


class AskScreen(RowsScreen):
    """Dismissed with True only when the learner chose to go ahead."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False, priority=True)]

    def __init__(self, title: str, text: str, yes: str, no: str) -> None:
        super().__init__()
        self._view = MenuView(title, text, (Choice(no, ""), Choice(yes, "")))

    def rows(self) -> int:
        """No, and yes."""
        return 2

    def body(self, width: int, height: int) -> list[Line]:
        """The question."""
        view = MenuView(self._view.title, self._view.text, self._view.choices, self.cursor)
        return [BLANK, *menu_lines(view, width, height)]

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [Key("↑↓", "Select"), Key("Enter", "Choose", links.key("enter"))]
        return left, [Key("Esc", "Back", links.key("escape"))]

    def open_row(self) -> None:
        """Answer."""
        self.dismiss(cast("None", self.cursor == 1))

    def action_back(self) -> None:
        """Answer no."""
        self.dismiss(cast("None", False))
