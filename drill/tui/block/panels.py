"""What stands over an item without leaving it: lab values, calculator, note, and the menus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import ClassVar

from drill.core import calculator
from drill.render.calculator_view import CalculatorView, calculator_lines
from drill.render.frame import BROAD, MARGIN, WIDE
from drill.render.home import Choice
from drill.render.labs import LabsView, LabValue, labs_lines, max_scroll
from drill.render.lines import Line, beside, line
from drill.render.menu import MenuView, menu_lines
from drill.tui.block import keys
from drill.tui.block.mode import Host, Mode, ScrolledMode
from drill.tui.commands import Command, offered
from drill.tui.field import Field
from drill.usecases.lab_values import lab_values

SIDE_PANEL = 40
"""Columns of labs, calculator and note where they replace the rail."""


@cache
def _shown_labs() -> tuple[LabValue, ...]:
    """The reference ranges as the painter wants them."""
    return tuple(LabValue(row.group, row.label, row.value, row.si) for row in lab_values())


class SideMode(ScrolledMode):
    """A panel with a line that is typed: alone, in the rail's place, or at the right of a broad window."""

    stays = True

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._typed = Field()

    @property
    def field(self) -> Field:
        """The line as it is typed now."""
        return self._typed

    def edited(self, field: Field) -> None:
        """Another line."""
        self._typed = field

    def body(self, width: int, height: int) -> list[Line]:
        """The panel, beside the question where there is room for both."""
        if width >= BROAD:
            return self.host.place.body(width, height)
        room = width if width < WIDE else SIDE_PANEL
        rows = self.side(room - 2 * MARGIN, height - 4) or ()
        panel = [line(), *(line("  ", *row.spans) for row in rows)]
        if width < WIDE:
            return panel
        return beside(panel, self.host.place.column(width - SIDE_PANEL, height), SIDE_PANEL)


class LabsMode(SideMode):
    """The lab values, searched as one types."""

    name = "labs"
    commands = keys.LABS

    def edited(self, field: Field) -> None:
        """Search anew, from the top."""
        super().edited(field)
        self.edge(0)

    def side(self, width: int, rows: int) -> Sequence[Line]:
        """The table; beside a question it stands as it was left."""
        caret = self.field.caret if self.host.mode is self else None
        view = LabsView(_shown_labs(), self.field.text, caret, self.scrolled.offset)
        self.scrolled = self.scrolled.fitted(max_scroll(view, width, rows), 10)
        return labs_lines(replace(view, scroll=self.scrolled.offset), width, rows)


class CalculatorMode(SideMode):
    """The calculator with its past sums. The question scrolls under it."""

    name = "calculator"
    commands = keys.CALCULATOR

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._shown = CalculatorView()

    def edited(self, field: Field) -> None:
        """Work out what is typed as far as it is a sum."""
        super().edited(field)
        outcome = calculator.evaluate(field.text) if field.text.strip() else None
        self._shown = replace(self._shown, result=None if outcome is None else outcome.value, problem="")

    def enter(self) -> None:
        """The result stands, and can be gone on with."""
        typed = self.field.text
        outcome = calculator.evaluate(typed)
        if outcome.value is None:
            self._shown = replace(self._shown, problem=outcome.problem or "")
        else:
            self._shown = CalculatorView(earlier=(*self._shown.earlier, (typed, outcome.value)))
            self._typed = Field.of(outcome.value)

    def side(self, width: int, rows: int) -> Sequence[Line]:
        """Past sums, and the one being typed."""
        view = replace(self._shown, typed=self.field.text, caret=self.field.caret)
        return calculator_lines(view, width, rows)

    def scroll(self, rows: int) -> None:
        """Scroll the question."""
        self.host.place.scroll(rows)

    def page(self, direction: int) -> None:
        """Scroll the question by what is in view."""
        self.host.place.page(direction)

    def edge(self, end: int) -> None:
        """To the first or the last row of the question."""
        self.host.place.edge(end)


class MenuMode(Mode):
    """A few ways on; the first changes nothing."""

    name = "menu"
    commands = keys.MENU
    title: ClassVar[str] = "Menu"
    text: ClassVar[str] = "The clock runs on."
    table: ClassVar[Sequence[Command]] = keys.MENU_CHOICES

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._cursor = 0

    @property
    def choices(self) -> list[Command]:
        """What it offers now."""
        return offered(self.table, self.host)

    def body(self, width: int, height: int) -> list[Line]:
        """The question and its answers."""
        choices = tuple(Choice(choice.name, choice.about) for choice in self.choices)
        return menu_lines(MenuView(self.title, self.text, choices, self._cursor), width, height)

    def move(self, rows: int) -> None:
        """Move the cursor, around the ends too."""
        self._cursor = (self._cursor + rows) % len(self.choices)

    def wheel(self, direction: int) -> None:
        """The wheel moves the cursor."""
        self.move(direction)

    def enter(self) -> None:
        """Take what is under the cursor."""
        self.host.choose(self.choices[self._cursor])

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click takes a choice."""
        if verb == "row":
            self.host.choose(self.choices[int(argument)])


class LeavingMode(MenuMode):
    """The question of leaving an exam."""

    name = "leaving"
    commands = keys.LEAVING
    title = "Leave this block?"
    text = "This is an exam block: it cannot be suspended. Every answer so far is kept."
    table = keys.LEAVING_CHOICES
