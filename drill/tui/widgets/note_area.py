"""The text area of a note. Imported only when a note is opened: it is heavy."""

from __future__ import annotations

from textual.widgets import TextArea

NOTE_TOP = 4
"""Rows above a note: head, rule, and its title between blank rows."""


class NoteArea(TextArea):
    """The note on the item on screen, over the stem or beside it."""

    DEFAULT_CSS = """
    NoteArea { layer: over; dock: top; border: none; padding: 0; width: 100%; height: 1fr;
               background: $background; color: $foreground; }
    NoteArea:focus { border: none; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(text, show_line_numbers=False, compact=True)

    def take_keys(self) -> None:
        """Let what is typed go on behind the text."""
        self.focus()
        self.move_cursor(self.document.end)

    def place(self, side: int, width: int | None, height: int) -> None:
        """Columns left free at both sides, own columns (None: all there are) and rows."""
        self.styles.margin = (NOTE_TOP, side, 0, side)
        self.styles.width = "100%" if width is None else width
        self.styles.height = max(height, 1)
