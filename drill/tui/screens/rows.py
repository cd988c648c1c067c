"""The base of screens with a cursor on rows: Home, New block, Results, lists."""

from __future__ import annotations

from drill.tui.commands import Command
from drill.tui.screens.keyed import T
from drill.tui.screens.painted import PaintedScreen
from drill.tui.widgets.canvas import Canvas

END_ROWS = 100_000
"""More rows than any list has."""


def row_commands(about: str = "Select", short: str = "Select") -> tuple[Command, ...]:
    """The keys that move the cursor over rows."""
    return (
        Command("up", "move(-1)", about, short),
        Command("down", "move(1)", about, short),
        Command("space,pagedown", "move(10)", about),
        Command("pageup", "move(-10)", about),
        Command("home", f"move(-{END_ROWS})", about),
        Command("end", f"move({END_ROWS})", about),
    )


def back_command(word: str, about: str = "") -> Command:
    """Esc, at the right of the footer."""
    return Command("escape", "back", about or word, word, right=True)


class RowsScreen(PaintedScreen[T]):
    """A screen whose rows are moved over with the arrows and opened with Enter."""

    def __init__(self) -> None:
        super().__init__()
        self.cursor = 0

    def rows(self) -> int:
        """How many rows the cursor can stand on."""
        raise NotImplementedError

    def open_row(self) -> None:
        """Enter on the row under the cursor."""

    def action_move(self, rows: int) -> None:
        """Move the cursor."""
        self.cursor = min(max(self.cursor + rows, 0), max(self.rows() - 1, 0))
        self.paint()

    def action_open(self) -> None:
        """Open the row under the cursor."""
        if not self.too_small:
            self.open_row()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click moves the cursor and opens the row."""
        if verb == "row":
            self.cursor = int(argument)
            self.paint()
            self.open_row()
        elif verb == "more":
            self.action_move(10)

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel moves the cursor."""
        self.action_move(event.direction)
