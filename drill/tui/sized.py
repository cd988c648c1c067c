"""What every screen is: as large as the terminal is now, and gone when it is left."""

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

    def _compositor_refresh(self) -> None:
        """Not while updates are held: Textual 8.2.8 draws then too, and drops what it drew."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def on_unmount(self) -> None:
        """Keep no rows that were on the terminal.

        Textual holds the last 1,024 caches of rows, of screens that were left too, by an `lru_cache` of
        theirs (8.2.8): most of a megabyte a block.
        """
        self._styles_cache.clear()
