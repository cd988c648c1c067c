"""New block: preset, banks, pool and filters, with the number of matching questions live."""

from __future__ import annotations

from dataclasses import replace

from drill.errors import DrillError
from drill.render.lines import Line
from drill.render.new_block import NewBlockView, new_block_lines
from drill.storage.banks import bank_ids
from drill.tui.commands import EDITING, KEYS, Command
from drill.tui.field import Field
from drill.tui.screens.new_block_rows import COLUMNS, Row, Several, form_rows, trends_text
from drill.tui.screens.rows import RowsScreen, back_command, row_commands
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest

_NO_NUMBER = Field(most=6)


def _lists(screen: NewBlockScreen) -> bool:
    return screen.several is not None


class NewBlockScreen(RowsScreen[None]):
    """The form for a block."""

    COMMAND_TABLE = (
        *row_commands("Another row", "Row"),
        Command("left", "turn(-1)", "Change the value", "Change"),
        Command("right", "turn(1)", "Change the value", "Change"),
        Command(shown="0-9", about="Type a number: questions, minutes, seed", short="Type a number"),
        EDITING,
        Command(
            "tab",
            "several",
            "A list to mark several: subjects, systems or tasks",
            "Several",
            when=_lists,
        ),
        Command("enter", "open", "Start the clock", "Start", "Start the clock"),
        back_command("Home"),
        KEYS,
    )

    def __init__(self) -> None:
        super().__init__()
        self.request = BlockRequest()
        self._matching = 0
        self._banks: list[str] = []
        self._labels: dict[str, list[str]] = {}
        self._problem = ""
        self._number = _NO_NUMBER
        self._rows: list[Row] = []

    def on_mount(self) -> None:
        """Read banks and labels, and suggest the ladder's target."""
        self._banks = bank_ids(self.desk.store.connection)
        self.request = replace(self.request, target_ms=self.desk.next_block().target_ms)
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
        if self._number.text and self.cursor < len(rows):
            row, number = rows[self.cursor], self._number
            rows[self.cursor] = replace(
                row, setting=replace(row.setting, value=number.text, caret=number.caret)
            )
        return rows

    def body(self, width: int, height: int) -> list[Line]:
        """The rows of the form, the number of matching questions, and what starts."""
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
        """How many settings there are."""
        return len(self._rows)

    def action_turn(self, by: int) -> None:
        """Change the value under the cursor."""
        self._number = _NO_NUMBER
        turn = self._rows[self.cursor].turn
        if turn is not None:
            self._set(turn(by))

    @property
    def several(self) -> Several | None:
        """The list of the row under the cursor, where several of it may be taken."""
        return self._rows[self.cursor].several if self.cursor < len(self._rows) else None

    def action_several(self) -> None:
        """Open it."""
        found = self.several
        if found is None:
            return
        from drill.tui.screens.choose_several import ChooseSeveralScreen

        def chosen(some: tuple[str, ...] | None) -> None:
            if some is not None:
                self._set(found.take(some))

        self.app.push_screen(ChooseSeveralScreen(found.title, found.values, found.taken), chosen)

    def _set(self, request: BlockRequest) -> None:
        banks = self.request.banks
        self.request = request
        if banks != request.banks:
            self._relabel()
        self._count()

    @property
    def field(self) -> Field | None:
        """The number under the cursor, where there is one."""
        return self._number if self._rows and self._rows[self.cursor].type is not None else None

    def type_key(self, key: str, character: str | None) -> bool:
        """Digits begin a number. Beside one, the arrows change the value; within it they move."""
        arrow = key in ("left", "right")
        if arrow and self._number.caret == len(self._number.text):
            return False
        begun = bool(self._number.text) or (character or "").isdigit()
        return begun and (super().type_key(key, character) or arrow)

    def edited(self, field: Field) -> None:
        """The number makes another request; what is no number is not taken."""
        typed = self._rows[self.cursor].type
        if typed is None or set(field.text) - set("0123456789"):
            return
        self._number = field
        self._set(typed(int(field.text)) if field.text else self.request)

    def action_move(self, rows: int) -> None:
        """Another row; a number half typed stands."""
        self._number = _NO_NUMBER
        super().action_move(rows)
        self._rows = self._make_rows()
        self.paint()

    def open_row(self) -> None:
        """Begin the block, or say why it cannot be drawn."""
        if self._problem or not self.request.count or not self._matching:
            none = f"{self._matching} questions match. Ask for fewer, or widen pool and filters."
            self.say(self._problem or none)
            return
        self.said(self.desk.request_block(self.request))

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click moves the cursor, a second one on the same row changes its value."""
        if verb != "row":
            return
        index = int(argument)
        if index == self.cursor:
            self.action_turn(-1 if button == 3 else 1)
        else:
            self.action_move(index - self.cursor)
