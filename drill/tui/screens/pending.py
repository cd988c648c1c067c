"""A new block was asked for while another is unfinished: resume, end for good, or neither."""

from __future__ import annotations

from dataclasses import replace

from drill.errors import DrillError
from drill.render.home import Choice
from drill.render.text import left_text
from drill.tui.screens.choose import ChooseScreen, choice_commands
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest
from drill.usecases.sitting import Unfinished


class PendingScreen(ChooseScreen):
    """The question, the unfinished block's state, and three ways on."""

    COMMAND_TABLE = choice_commands("Cancel")

    def __init__(self, request: BlockRequest | None) -> None:
        """`request` is the block asked for; None: the form for one."""
        choices = (
            Choice("Resume", "Go on where it stopped."),
            Choice("End for good", "Blank counts as wrong; then start the new block."),
            Choice("Cancel", "Change nothing."),
        )
        super().__init__("A block is unfinished.", "", choices)
        self._request = request

    def on_mount(self) -> None:
        """Read how far the block is."""
        try:
            text = _state_text(sitting.unfinished(self.desk.store))
        except DrillError as error:
            text = str(error)
        self._view = replace(self._view, text=text)

    def open_row(self) -> None:
        """Do what was chosen."""
        if self.cursor < 2 and self.said(self.desk.may_write("go on")):
            return
        if self.cursor == 0:
            self.desk.resume_block()
        elif self.cursor == 1:
            try:
                sitting.end_unfinished(self.desk.store, self.desk.clock)
            except DrillError as error:
                self.say(str(error))
                return
            self._go_on()
        else:
            self.action_back()

    def _go_on(self) -> None:
        if self._request is None:
            self.app.pop_screen()
            self.desk.action_new_block()
            return
        problem = self.desk.request_block(self._request)
        if problem is not None:
            self.desk.go_home(problem)

    def action_back(self) -> None:
        """Cancel: back to where this was asked, or out when the command line asked."""
        if self._request is None:
            self.app.pop_screen()
        else:
            self.app.exit()


def _state_text(unfinished: Unfinished | None) -> str:
    if unfinished is None:
        return "It has ended meanwhile."
    state, left = unfinished.state, unfinished.remaining_ms
    clock = f", {left_text(left)} left" if left is not None else ""
    return f"{unfinished.title}, question {state.position} of {state.config.length}{clock}."
