"""Where a long text stands in its window: the one scrolling of all screens."""

from __future__ import annotations

from dataclasses import replace

from drill.core.frozen import dataclass
from drill.tui.commands import Command

WHEEL_ROWS = 2
"""Rows a turn of the wheel moves."""


@dataclass(frozen=True, slots=True)
class Scroll:
    """The first row in view, and how far it can go. Painting says what there is: `fitted`."""

    offset: int = 0
    """The first row in view, from 0."""
    most: int = 0
    """The largest offset."""
    page: int = 1
    """Rows that PgDn moves."""

    def fitted(self, most: int, page: int) -> Scroll:
        """In a window where `most` is the last row that can be first, and PgDn moves `page` rows."""
        most = max(most, 0)
        return Scroll(min(max(self.offset, 0), most), most, max(page, 1))

    def by(self, rows: int) -> Scroll:
        """So many rows on."""
        return replace(self, offset=min(max(self.offset + rows, 0), self.most))

    def by_page(self, direction: int) -> Scroll:
        """A page on (1) or back (-1)."""
        return self.by(direction * self.page)

    def edge(self, end: int) -> Scroll:
        """At the first row (0) or at the last (1)."""
        return replace(self, offset=self.most if end else 0)


def scroll_commands(about: str = "Scroll", short: str = "Scroll") -> tuple[Command, ...]:
    """The keys that scroll, for the actions `scroll(rows)`, `page(direction)` and `edge(end)`."""
    return (
        Command("up", "scroll(-1)", about, short),
        Command("down", "scroll(1)", about, short),
        Command("space,pagedown", "page(1)", about),
        Command("pageup", "page(-1)", about),
        Command("home", "edge(0)", about),
        Command("end", "edge(1)", about),
    )
