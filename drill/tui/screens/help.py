"""The keys of a screen, over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key, arrow_names
from drill.render.lines import BLANK, Line, Role, line
from drill.render.text import wrap
from drill.tui.screens.painted import PaintedScreen
from drill.tui.widgets.canvas import Canvas

_EVERYWHERE = [
    ("Ctrl+P", "Every action"),
    ("Ctrl+Q", "Quit"),
    ("?  F1", "The keys of a screen"),
]
_KEYS_CELLS, _KEYS_CELLS_NARROW = 38, 22


class HelpScreen(PaintedScreen[None]):
    """What each key does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1", "close", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
    ]

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        known = {key for key, _ in keys}
        self._keys = [*keys, *(key for key in _EVERYWHERE if key[0] not in known)]
        self._scroll = 0

    def body(self, width: int, height: int) -> list[Line]:
        """One row a key, folded where it must be."""
        rows: list[Line] = []
        left = _KEYS_CELLS if width >= 100 else _KEYS_CELLS_NARROW
        for each, words in self._keys:
            named = arrow_names(each) if self.desk.ascii_only else each
            keys = wrap(named, left - 2) or ("",)
            does = wrap(words, max(width - left - 6, 10)) or ("",)
            for index in range(max(len(keys), len(does))):
                key = keys[index] if index < len(keys) else ""
                text = does[index] if index < len(does) else ""
                rows.append(line("  ", (f"{key:<{left}}", Role.ACCENT), text))
        room = height - 3
        self._scroll = min(max(self._scroll, 0), max(len(rows) - room, 0))
        return [line("  ", ("Keys", Role.STRONG)), BLANK, *rows[self._scroll : self._scroll + room]]

    def footer(self) -> tuple[list[Key], list[Key]]:
        """The way back."""
        return [Key("↑↓", "Scroll")], [Key("Esc", "Back", links.key("escape"))]

    def action_close(self) -> None:
        """Back to the screen these keys belong to."""
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        """Move through a long list."""
        self._scroll += rows
        self.paint()

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel."""
        self.action_scroll(event.direction * 2)
