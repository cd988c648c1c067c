"""The figures of the question on screen, under the clock."""

from __future__ import annotations

from drill.core.events import FEEDBACK
from drill.render.lines import Line
from drill.render.views.figures import numbered
from drill.tui.block import keys
from drill.tui.block.mode import Host, Mode


class FigureMode(Mode):
    """A figure in the place of the question."""

    name = "figure"
    commands = keys.FIGURE

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        opened = host.block.state.place == FEEDBACK
        self._browser = host.browse(numbered(host.item.item, opened=opened))

    def body(self, width: int, height: int) -> list[Line]:
        """The figure."""
        return self._browser.lines(width, height - 3)

    def wheel(self, direction: int) -> None:
        """The wheel moves over the figure."""
        self.pan(0, direction)

    def pan(self, across: int, down: int) -> None:
        """Move over the figure."""
        self._browser.pan(across, down)

    def zoom(self, step: int) -> None:
        """Nearer or further."""
        self._browser.zoom(step)

    def whole(self) -> None:
        """All of it."""
        self._browser.whole()

    def turn(self) -> None:
        """The next figure; after the last one back to the question."""
        if not self._browser.turn():
            self.host.close()

    def pixels(self) -> None:
        """A picture in true pixels."""
        self._browser.show_pixels(self.host.say)

    def view(self) -> None:
        """Open it in the system's viewer."""
        self._browser.open(self.host.say)
