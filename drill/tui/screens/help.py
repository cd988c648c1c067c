"""The keys of a screen, over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.render import links
from drill.render.footer import Key, arrow_names
from drill.render.lines import BLANK, Line, Role, line
from drill.render.text import wrap
from drill.tui.screens.painted import Help, PaintedScreen

_EVERYWHERE = [
    Help("Ctrl+P", "Every action"),
    Help("Ctrl+Q", "Quit"),
    Help("?  F1", "The keys of a screen"),
]
_KEYS_CELLS, _KEYS_CELLS_NARROW = 38, 22


class HelpScreen(PaintedScreen):
    """What each key does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,question_mark,f1", "close", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
        Binding("pagedown,space", "scroll(10)", show=False),
    ]

    def __init__(self, keys: Sequence[Help], clock: object = None) -> None:
        super().__init__()
        known = {help_.keys for help_ in keys}
        self._keys = [*keys, *(help_ for help_ in _EVERYWHERE if help_.keys not in known)]
        self._scroll = 0

    def body(self, width: int, height: int) -> list[Line]:
        """One row a key, folded where it must be."""
        rows: list[Line] = []
        left = _KEYS_CELLS if width >= 100 else _KEYS_CELLS_NARROW
        for help_ in self._keys:
            named = arrow_names(help_.keys) if self.drill.ascii_only else help_.keys
            keys = wrap(named, left - 2) or ("",)
            does = wrap(help_.does, max(width - left - 6, 10)) or ("",)
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

    def on_canvas_scrolled(self, event: object) -> None:
        """The wheel."""
        self.action_scroll(getattr(event, "direction", 0) * 2)
