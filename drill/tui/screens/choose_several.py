"""Several of a list: Enter marks a row or takes its mark away, Esc is done. None marked means all."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.menu import MenuView, menu_lines
from drill.tui.commands import KEYS, Command
from drill.tui.screens.rows import RowsScreen, row_commands


class ChooseSeveralScreen(RowsScreen[tuple[str, ...]]):
    """Dismissed with what is marked, in the order of the list."""

    COMMAND_TABLE = (
        *row_commands(),
        Command("enter", "open", "Mark it, or take the mark away", "Mark"),
        Command("escape", "back", "Done: what is marked stands", "Done", right=True, priority=True),
        KEYS,
    )

    def __init__(self, title: str, values: Sequence[str], marked: Sequence[str]) -> None:
        super().__init__()
        self._title, self._values = title, tuple(values)
        self._marked = set(marked) & set(values)

    def rows(self) -> int:
        """All of them, and each."""
        return len(self._values) + 1

    def body(self, width: int, height: int) -> list[Line]:
        """What there is, with its marks."""
        rows = [Choice(f"{'  ' if self._marked else '● '}All", "")]
        rows += [Choice(f"{'● ' if value in self._marked else '  '}{value}", "") for value in self._values]
        text = "Questions of any that is marked are drawn."
        return [BLANK, *menu_lines(MenuView(self._title, text, tuple(rows), self.cursor), width, height)]

    def open_row(self) -> None:
        """Mark it, or take the mark away; the first row takes all marks away."""
        if self.cursor == 0:
            self._marked.clear()
        else:
            self._marked ^= {self._values[self.cursor - 1]}
        self.paint()

    def action_back(self) -> None:
        """Done."""
        self.dismiss(tuple(value for value in self._values if value in self._marked))
