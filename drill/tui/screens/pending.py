"""A new block was asked for while another is unfinished: resume, end for good, or neither."""

from __future__ import annotations

from drill.errors import DrillError
from drill.render import links
from drill.render.footer import Key
from drill.render.home import Choice
from drill.render.lines import BLANK, Line
from drill.render.menu import MenuView, menu_lines
from drill.render.text import clock_text
from drill.tui.screens.painted import KEYS, Help
from drill.tui.screens.rows import RowsScreen
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest


class PendingScreen(RowsScreen):
    """The question, the unfinished block's state, and three ways on."""

    def __init__(self, request: BlockRequest | None) -> None:
        """`request` is the block asked for; None: the form for one."""
        super().__init__()
        self._request = request

    def rows(self) -> int:
        """Resume, end, cancel."""
        return 3

    def body(self, width: int, height: int) -> list[Line]:
        """The question."""
        try:
            unfinished = sitting.unfinished(self.drill.store)
        except DrillError as error:
            text = str(error)
        else:
            if unfinished is None:
                return []
            state, left = unfinished.state, unfinished.remaining_ms
            clock = f", {clock_text(left)} left" if left is not None else ""
            text = f"{unfinished.title}, item {state.position} of {state.config.length}{clock}."
        choices = (
            Choice("Resume", "Go on where it stopped."),
            Choice("End for good", "Blank counts as wrong; then start the new block."),
            Choice("Cancel", "Change nothing."),
        )
        return [
            BLANK,
            *menu_lines(MenuView("A block is unfinished.", text, choices, self.cursor), width, height),
        ]

    def open_row(self) -> None:
        """Do what was chosen."""
        if self.cursor < 2 and not self.drill.may_write():
            self.say("Another drill has the database. Close it to go on here.")
        elif self.cursor == 0:
            self.drill.resume_block()
        elif self.cursor == 1:
            try:
                sitting.end_unfinished(self.drill.store, self.drill.clock)
            except DrillError as error:
                self.say(str(error))
                return
            self._go_on()
        else:
            self.action_back()

    def _go_on(self) -> None:
        if self._request is None:
            self.app.pop_screen()
            self.drill.action_new_block()
            return
        problem = self.drill.request_block(self._request)
        if problem is not None:
            self.drill.go_home(problem)

    def action_back(self) -> None:
        """Cancel: back to where this was asked, or out when the command line asked."""
        if self._request is None:
            self.app.pop_screen()
        else:
            self.app.exit()

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [Key("↑↓", "Select"), Key("Enter", "Choose", links.key("enter"))]
        return left, [Key("Esc", "Cancel", links.key("escape")), KEYS]

    def help(self) -> list[Help]:
        """Keys in words."""
        return [Help("↑  ↓", "Select"), Help("Enter", "Choose"), Help("Esc", "Cancel: nothing changes")]
