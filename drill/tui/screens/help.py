"""The keys of a screen, over it."""

from __future__ import annotations

from collections.abc import Sequence

from drill.render.footer import arrow_names
from drill.render.lines import BLANK, Line, Role, line
from drill.render.text import wrap
from drill.tui.commands import Command
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import scroll_commands

_EVERYWHERE = (("Ctrl+P", "Every action"), ("Ctrl+Q", "Quit"), ("?  F1", "The keys of a screen"))
_KEYS_CELLS, _KEYS_CELLS_NARROW = 38, 22


class HelpScreen(ScrolledScreen[None]):
    """What each key does."""

    COMMAND_TABLE = (
        *scroll_commands(),
        Command("escape,enter,question_mark,f1", "dismiss", "Back", "Back", right=True, priority=True),
    )

    def __init__(self, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        known = {key for key, _ in keys}
        self._keys = [*keys, *(key for key in _EVERYWHERE if key[0] not in known)]

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
        return [line("  ", ("Keys", Role.STRONG)), BLANK, *self.in_view(rows, height - 3)]
