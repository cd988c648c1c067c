"""Figures over a page of review: the page is where it was when they are closed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar

from drill.core.figures.figure import Figure
from drill.render.lines import Line
from drill.tui.commands import KEYS, Command
from drill.tui.figures.browser import FigureBrowser
from drill.tui.figures.keys import figure_commands
from drill.tui.screens.painted import PaintedScreen

_CLOSE = Command("escape", "close", "Back to the question", "Close", right=True)


class FigureScreen(PaintedScreen[None]):
    """The figures of one question."""

    COMMAND_TABLE: ClassVar[tuple[Command, ...]] = (*figure_commands(_CLOSE, explained=True), KEYS)

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__()
        self._figures = figures

    @cached_property
    def browser(self) -> FigureBrowser:
        """What is shown."""
        return self.browse(self._figures)

    def body(self, width: int, height: int) -> list[Line]:
        """The figure."""
        return self.browser.lines(width, height - 1)

    def on_mount(self) -> None:
        """Show it."""
        self.paint()

    def action_pan(self, across: int, down: int) -> None:
        """Move over the figure."""
        self.browser.pan(across, down)
        self.paint()

    def action_zoom(self, step: int) -> None:
        """Nearer or further."""
        self.browser.zoom(step)
        self.paint()

    def action_whole(self) -> None:
        """All of it."""
        self.browser.whole()
        self.paint()

    def action_turn(self) -> None:
        """The next figure; after the last one back to the page."""
        if self.browser.turn():
            self.paint()
        else:
            self.action_close()

    def action_pixels(self) -> None:
        """A picture in true pixels."""
        self.browser.show_pixels(self.say)

    def action_view(self) -> None:
        """Open it in the system's viewer."""
        self.browser.open(self.say)

    def action_close(self) -> None:
        """Back to the page."""
        self.dismiss(None)
