"""The size of a screen: that of the terminal now, whatever sizes are still under way to it."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual import events
from textual.screen import Screen

T = TypeVar("T")


class SizedScreen(Screen[T], Generic[T]):
    """A screen that lays itself out for the terminal's size only."""

    def on_resize(self, event: events.Resize) -> None:
        """Leave aside a size that the terminal has no more: old ones can keep Textual 8.2.8 busy for good."""
        if event.size != self.app.size:
            event.prevent_default()
