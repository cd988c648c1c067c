"""The base of screens with more rows than the window: reports, questions, explanations, an import."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.lines import Line
from drill.tui.screens.keyed import T
from drill.tui.screens.painted import PaintedScreen
from drill.tui.scrolling import WHEEL_ROWS, Scroll
from drill.tui.widgets.canvas import Canvas


class ScrolledScreen(PaintedScreen[T]):
    """A screen whose rows scroll. `body` takes those in view from `in_view`."""

    def __init__(self) -> None:
        super().__init__()
        self.scrolled = Scroll()

    def in_view(self, rows: Sequence[Line], room: int, most: int | None = None) -> list[Line]:
        """The rows in view in so much room; `most` is how far they scroll, if not to the end."""
        self.scrolled = self.scrolled.fitted(len(rows) - room if most is None else most, room - 2)
        return list(rows[self.scrolled.offset : self.scrolled.offset + room])

    def action_scroll(self, rows: int) -> None:
        """Scroll by rows; up is negative."""
        self._move(self.scrolled.by(rows))

    def action_page(self, direction: int) -> None:
        """Scroll by what is in view."""
        self._move(self.scrolled.by_page(direction))

    def action_edge(self, end: int) -> None:
        """To the first row (0) or the last (1)."""
        self._move(self.scrolled.edge(end))

    def _move(self, scroll: Scroll) -> None:
        self.scrolled = scroll
        self.paint()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on what is below."""
        if verb == "more":
            self.action_page(1)

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """Scroll by the wheel."""
        self.action_scroll(event.direction * WHEEL_ROWS)
