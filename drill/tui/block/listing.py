"""The item list: from there to any question, and the question whether to end the block."""

from __future__ import annotations

from drill.core import commands as c
from drill.render.item_list import ListView, grid, list_lines, visible
from drill.render.lines import Line
from drill.render.views.block import item_cells
from drill.tui.block import keys
from drill.tui.block.mode import Host, PlaceMode


class ListMode(PlaceMode):
    """The list. Asking whether to end, it begins at the first question without an answer."""

    name = "listing"
    commands = keys.LISTING

    def __init__(self, host: Host, *, ending: bool = False) -> None:
        super().__init__(host)
        self._ending = ending
        self._only_open = False
        state = host.block.state
        blank = (position for position, item in enumerate(state.items, 1) if item.chosen is None)
        self._cursor = next(blank, state.position) if ending else state.position

    def body(self, width: int, height: int) -> list[Line]:
        """The list."""
        return list_lines(self._view(), width, height)

    def _view(self) -> ListView:
        block = self.host.block
        cells = item_cells(block.state, block.now_ms())
        return ListView(cells, self._cursor, block.state.position, self._ending, self._only_open)

    def accept(self) -> None:
        """Open the question under the cursor."""
        self.go(self._cursor)

    def move(self, rows: int, columns: int) -> None:
        """Move the cursor."""
        positions = [item.position for item in visible(self._view())]
        if positions:
            _, per_column, _ = grid(len(positions), *self.host.window)
            at = positions.index(self._cursor) if self._cursor in positions else 0
            self._cursor = positions[min(max(at + rows + columns * per_column, 0), len(positions) - 1)]

    def scroll(self, rows: int) -> None:
        """The wheel moves the cursor."""
        self.move(rows, 0)

    def flag(self) -> None:
        """Flag the question under the cursor, or unflag it."""
        self.host.do(c.Flag(self._cursor))

    def narrow(self) -> None:
        """Blank and flagged ones only, or all."""
        self._only_open = not self._only_open
        self.move(0, 0)

    def escape(self) -> None:
        """Forget the digits; else back to the question."""
        if self.digits:
            self.drop_begun()
        else:
            self.open_list()

    def open_list(self) -> None:
        """Back to the question."""
        self.host.do(c.CloseList())

    def end(self) -> None:
        """Ask whether to end; asked already, end."""
        if self._ending:
            self.host.do(c.End())
        else:
            super().end()
