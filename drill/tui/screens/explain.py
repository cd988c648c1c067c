"""What each number of a report means, over the report."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.lines import BLANK, Line, Role, line
from drill.render.report.explain import explained, paint_explanation
from drill.tui.commands import Command
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import Scroll, scroll_commands


class ExplainScreen(ScrolledScreen[None]):
    """One metric after the other; ←→ turn the pages."""

    COMMAND_TABLE = (
        Command("left", "turn(-1)", "Another number", "Another number"),
        Command("right", "turn(1)", "Another number", "Another number"),
        *scroll_commands(),
        Command("escape,enter", "dismiss", "Back", "Back", right=True, priority=True),
    )

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = [name for name in names if name in explained()]
        self._at = 0

    def body(self, width: int, height: int) -> list[Line]:
        """Where we are, and the page."""
        head = line(
            "  ",
            ("What a number means", Role.STRONG),
            (f"   {self._at + 1} of {len(self._names)}", Role.MUTED),
        )
        rows = paint_explanation(self._names[self._at], width)
        return [head, BLANK, *self.in_view(rows, height - 3)]

    def action_turn(self, by: int) -> None:
        """The next (+1) or previous (-1) metric."""
        self._at = (self._at + by) % len(self._names)
        self._move(Scroll())
