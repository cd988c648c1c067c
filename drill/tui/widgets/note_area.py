"""The text area of a note. Imported only when a note is opened: it is heavy."""

from __future__ import annotations

from textual.widgets import TextArea


class NoteArea(TextArea):
    """The note on the item on screen, over the stem."""

    DEFAULT_CSS = """
    NoteArea { layer: over; dock: top; border: none; padding: 0; margin: 4 2 0 2; height: 1fr;
               background: $background; color: $foreground; }
    NoteArea:focus { border: none; }
    """
