"""The canvas: shows painted lines, repaints only the rows that changed, and says which link was clicked.

One canvas fills a screen. Updating it in place costs a fraction of mounting widgets or pushing screens,
and what a painter's test saw is what the terminal shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from drill.render.lines import Line, Role, as_ascii
from drill.tui.desk import desk_of
from drill.tui.theme import ink_style


class Canvas(Widget, can_focus=False):
    """A window of painted lines."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = "Canvas { width: 1fr; height: 1fr; }"

    # Messages write their own __init__: a dataclass compiles six functions at the start.

    class Clicked(Message):
        """A span with a link was clicked."""

        def __init__(self, link: str, button: int) -> None:
            super().__init__()
            self.link, self.button = link, button

    class Scrolled(Message):
        """The wheel was turned: +1 down, -1 up."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    class Marked(Message):
        """The pointer was dragged from one cell to another, as (column, row)."""

        def __init__(self, start: tuple[int, int], end: tuple[int, int]) -> None:
            super().__init__()
            self.start, self.end = start, end

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Line] = ()
        self._pressed: tuple[tuple[int, int], str | None] | None = None
        """The cell where a button went down, and the link that stood there."""

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown."""
        return self._lines

    def show(self, lines: Sequence[Line]) -> None:
        """Show these lines; rows that did not change are not painted again."""
        before, self._lines = self._lines, lines
        width = self.size.width
        changed = [
            row
            for row in range(max(len(before), len(lines)))
            if (before[row] if row < len(before) else None) != (lines[row] if row < len(lines) else None)
        ]
        if changed and width:
            self.refresh(*(Region(0, row, width, 1) for row in changed))

    def render_line(self, y: int) -> Strip:
        """One row of cells."""
        desk = desk_of(self)
        styles = desk.role_styles
        blank = styles[Role.TEXT, False]
        width = self.size.width
        if y >= len(self._lines):
            return Strip.blank(width, blank)
        row = self._lines[y]
        ascii_only = desk.ascii_only
        segments = [
            Segment(
                as_ascii(span.text) if ascii_only else span.text,
                styles[span.role, row.cursor or span.cursor] if span.ink is None else ink_style(span.ink),
            )
            for span in row.spans
        ]
        fill = styles[Role.TEXT, row.cursor]
        return Strip(segments).adjust_cell_length(width, fill)

    def on_unmount(self) -> None:
        """Keep no rows: as in `SizedScreen`."""
        self._styles_cache.clear()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click or a drag may have begun."""
        self._pressed = (event.x, event.y), self._link_at(event.x, event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Down and up on one link, though in two of its cells, is a click; else a drag marks a passage."""
        if self._pressed is None:
            return
        (start, link), self._pressed = self._pressed, None
        here = (event.x, event.y)
        if link is not None and link == self._link_at(*here):
            self.post_message(self.Clicked(link, event.button))
        elif start != here:
            self.post_message(self.Marked(min(start, here, key=_reading), max(start, here, key=_reading)))

    def _link_at(self, column: int, row: int) -> str | None:
        return self._lines[row].link_at(column) if 0 <= row < len(self._lines) else None

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        self.post_message(self.Scrolled(1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        self.post_message(self.Scrolled(-1))


def _reading(cell: tuple[int, int]) -> tuple[int, int]:
    return (cell[1], cell[0])
