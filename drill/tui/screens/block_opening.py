"""Labs, calculator and note: what opens over an item, takes what is typed, and closes again."""

from __future__ import annotations

from drill.core import commands as c
from drill.tui.screens.block_desk import Panel
from drill.tui.screens.block_painting import BlockPainting


class BlockOpening(BlockPainting):
    """A block screen whose panels open and close."""

    def action_labs(self) -> None:
        """Lab values."""
        from drill.tui.screens.block_panels import LabsPanel

        self._labs = LabsPanel()
        self._open_panel(Panel.LABS)

    def action_calculator(self) -> None:
        """The calculator."""
        from drill.tui.screens.block_panels import CalculatorPanel

        self._calculator = self._calculator or CalculatorPanel()
        self._open_panel(Panel.CALCULATOR)

    async def action_note(self) -> None:
        """A note on this item."""
        if self._in_list or self._panel is not Panel.NONE:
            return
        from drill.tui.widgets.note_area import NoteArea

        self._note = NoteArea(self.block.state.current.note, show_line_numbers=False, compact=True)
        self._panel = Panel.NOTE
        await self.mount(self._note)
        self._note.focus()
        self._note.move_cursor(self._note.document.end)
        self.paint()

    def _open_panel(self, panel: Panel) -> None:
        if self._in_list or self._in_feedback:
            return
        self._panel = Panel.NONE if self._panel is panel else panel
        self.paint()

    def keep_note(self) -> bool:
        """Whether the note stands in the log as it stands on the screen."""
        if self._note is not None and self._note.text != self.block.state.current.note:
            return self._do(c.Note(self._note.text))
        return True

    def _close_panel(self) -> bool:
        """Close what is open; a note that cannot be saved stays, and False."""
        if self._panel is Panel.NOTE and self._note is not None:
            if not self.keep_note():
                return False
            self.set_focus(None)
            self._note.remove()
            self._note = None
        self._panel = Panel.NONE
        return True

    def _type(self, text: str) -> None:
        if self._panel is Panel.LABS and self._labs is not None:
            self._labs.type(text)
        elif self._panel is Panel.CALCULATOR and self._calculator is not None:
            self._calculator.type(text)
        else:
            self.typed = (self.typed + text)[:500]
        self.paint()
