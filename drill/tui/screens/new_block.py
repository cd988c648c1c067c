"""New block: preset, banks, pool and filters, with the number of matching questions live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from drill.errors import DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.lines import Line
from drill.render.new_block import NewBlockView, new_block_lines
from drill.storage.banks import bank_ids
from drill.tui.screens.new_block_rows import COLUMNS, Row, form_rows, trends_text
from drill.tui.screens.painted import KEYS, Help, Named
from drill.tui.screens.rows import RowsScreen
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest


class NewBlockScreen(RowsScreen[None]):
    """The form for a block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("backspace", "erase", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.request = BlockRequest()
        self._matching = 0
        self._banks: list[str] = []
        self._labels: dict[str, list[str]] = {}
        self._problem = ""
        self._typed = ""
        self._rows: list[Row] = []

    def on_mount(self) -> None:
        """Read banks and labels, and suggest the ladder's target."""
        self._banks = bank_ids(self.desk.store.connection)
        self.request = replace(self.request, target_ms=self.desk.target_ms())
        self._relabel()
        self._count()

    def _relabel(self) -> None:
        store, banks = self.desk.store, self.request.banks
        self._labels = {column: sitting.labels(store, column, banks) for column in COLUMNS}

    def _count(self) -> None:
        try:
            self._matching = sitting.matching(self.desk.store, self.request)
            self._problem = ""
        except DrillError as error:
            self._matching, self._problem = 0, str(error)
        self._rows = self._make_rows()
        self.paint()

    def _make_rows(self) -> list[Row]:
        rows = form_rows(self.request, self._banks, self._labels)
        if self._typed and self.cursor < len(rows):
            row = rows[self.cursor]
            rows[self.cursor] = replace(row, setting=replace(row.setting, value=f"{self._typed}_"))
        return rows

    def body(self, width: int, height: int) -> list[Line]:
        """The form."""
        request = self.request
        view = NewBlockView(
            settings=tuple(row.setting for row in self._rows),
            cursor=self.cursor,
            matching=self._matching,
            asked=request.count,
            trends=trends_text(request),
            problem=self._problem,
        )
        return new_block_lines(view, width, height)

    def rows(self) -> int:
        """Settings."""
        return len(self._rows)

    def action_turn(self, by: int) -> None:
        """Change the value under the cursor."""
        self._typed = ""
        turn = self._rows[self.cursor].turn
        if turn is not None:
            self._set(turn(by))

    def _set(self, request: BlockRequest) -> None:
        banks = self.request.banks
        self.request = request
        if banks != request.banks:
            self._relabel()
        self._count()

    def on_key(self, event: events.Key) -> None:
        """Digits are typed into the number under the cursor."""
        typed = self._rows[self.cursor].type if self._rows else None
        if typed is None or len(event.key) != 1 or not event.key.isdigit():
            return
        event.stop()
        self._typed = (self._typed + event.key)[:6]
        self._set(typed(int(self._typed)))

    def action_erase(self) -> None:
        """Take the last digit back."""
        typed = self._rows[self.cursor].type
        if typed is not None and self._typed:
            self._typed = self._typed[:-1]
            self._set(typed(int(self._typed)) if self._typed else self.request)

    def action_move(self, rows: int) -> None:
        """Another row; a number half typed stands."""
        self._typed = ""
        super().action_move(rows)
        self._rows = self._make_rows()
        self.paint()

    def open_row(self) -> None:
        """Start the clock."""
        if not 0 < self.request.count <= self._matching:
            fewer = f"{self._matching} questions match. Ask for fewer, or widen pool and filters."
            self.say(self._problem or fewer)
            return
        problem = self.desk.request_block(self.request)
        if problem is not None:
            self.say(problem)

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click moves the cursor, a second one on the same row changes its value."""
        if verb != "row":
            return
        index = int(argument)
        if index == self.cursor:
            self.action_turn(-1 if button == 3 else 1)
        else:
            self.action_move(index - self.cursor)

    def palette(self) -> Iterable[Named]:
        """The one action of the form."""
        yield "Start the clock", "Enter", self.open_row

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [
            Key("↑↓", "Row"),
            Key("←→", "Change", links.key("right")),
            Key("0-9", "Type a number"),
            Key("Enter", "Start", links.key("enter")),
        ]
        return left, [Key("Esc", "Home", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [
            Help("↑  ↓", "Another row"),
            Help("←  →", "Change the value"),
            Help("0-9", "Type a number: questions, minutes, seed"),
            Help("Enter", "Start the clock"),
            Help("Esc", "Home"),
        ]
