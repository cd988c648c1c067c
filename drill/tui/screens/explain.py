"""What each number of a report means, over the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.explain import explained, paint_explanation
from drill.render.footer import Key
from drill.render.lines import BLANK, Line, Role, line
from drill.tui.screens.painted import PaintedScreen


class ExplainScreen(PaintedScreen[None]):
    """One metric after the other; ←→ turn the pages."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", show=False, priority=True),
        Binding("right", "turn(1)", show=False),
        Binding("left", "turn(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = [name for name in names if name in explained()]
        self._at = 0
        self._scroll = 0

    def body(self, width: int, height: int) -> list[Line]:
        """Where we are, and the page."""
        head = line(
            "  ",
            ("What a number means", Role.STRONG),
            (f"   {self._at + 1} of {len(self._names)}", Role.MUTED),
        )
        rows = paint_explanation(self._names[self._at], width)
        self._scroll = min(max(self._scroll, 0), max(len(rows) - (height - 3), 0))
        return [head, BLANK, *rows[self._scroll :]]

    def action_turn(self, by: int) -> None:
        """Another metric."""
        self._at = (self._at + by) % len(self._names)
        self._scroll = 0
        self.paint()

    def action_scroll(self, rows: int) -> None:
        """Scroll a long page."""
        self._scroll += rows
        self.paint()

    def action_close(self) -> None:
        """Back to the report."""
        self.dismiss()

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys."""
        left = [Key("←→", "Another number", links.key("right")), Key("↑↓", "Scroll")]
        return left, [Key("Esc", "Back", links.key("escape"))]
