"""A note on the question on screen, in a text area over it or beside it."""

from __future__ import annotations

from drill.core import commands as c
from drill.render.frame import WIDE
from drill.render.lines import Line, Role, beside, line
from drill.tui.block import keys
from drill.tui.block.mode import Host, Mode
from drill.tui.block.panels import SIDE_PANEL
from drill.tui.widgets.note_area import NoteArea


class NoteMode(Mode):
    """The note is written as it is typed, and once more when it is closed."""

    name = "note"
    commands = keys.NOTE

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.area = NoteArea(host.block.state.current.note)

    def type_key(self, key: str, character: str | None) -> bool:
        """What was typed before the area had the focus; afterwards it takes its own letters."""
        if character is None or not character.isprintable() or "+" in key:
            return False
        self.area.insert(character)
        return True

    def body(self, width: int, height: int) -> list[Line]:
        """The heading; what is typed stands under it, beside the place where there is room."""
        self.host.place_note(self.area, SIDE_PANEL - 4 if width >= WIDE else None)
        heading = [line(), line("  ", ("Note", Role.STRONG), ("   Esc keeps it", Role.MUTED))]
        if width < WIDE:
            return heading
        return beside(heading, self.host.place.column(width - SIDE_PANEL, height), SIDE_PANEL)

    async def opened(self) -> None:
        """Show the area and give it the keys."""
        await self.host.mount(self.area)
        self.area.take_keys()

    def keep(self) -> bool:
        """Write it to the log."""
        text = self.area.text
        return text == self.host.block.state.current.note or self.host.do(c.Note(text))

    def closed(self) -> None:
        """Take the area away, and its keys."""
        self.area.screen.set_focus(None)
        self.area.remove()
