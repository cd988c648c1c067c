"""A few ways on, one of which is taken: like a question, with more answers than yes and no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, cast

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key
from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.menu import MenuView, menu_lines
from drill.tui.screens.painted import KEYS, Help
from drill.tui.screens.rows import RowsScreen


class ChooseScreen(RowsScreen):
    """Dismissed with the number of the choice taken, or None. The first choice should change nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", show=False, priority=True)]

    def __init__(self, title: str, text: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title_text, self._text, self._choices = title, text, tuple(choices)

    def rows(self) -> int:
        """The choices."""
        return len(self._choices)

    def body(self, width: int, height: int) -> list[Line]:
        """The question and its answers."""
        view = MenuView(self._title_text, self._text, self._choices, self.cursor)
        return [BLANK, *menu_lines(view, width, height)]

    def open_row(self) -> None:
        """Take the choice under the cursor."""
        self.dismiss(cast("None", self.cursor))

    def action_back(self) -> None:
        """Take none."""
        self.dismiss(None)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [Key("↑↓", "Select"), Key("Enter", "Choose", links.key("enter"))]
        return left, [Key("Esc", "Back", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [Help("↑  ↓", "Select"), Help("Enter", "Choose"), Help("Esc", "Back: nothing changes")]
