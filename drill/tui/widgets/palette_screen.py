"""Ctrl+P in drill's own look over the dimmed screen: no box, no icon, no scrollbar."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import work
from textual.await_complete import AwaitComplete
from textual.command import CommandInput, CommandPalette
from textual.css.query import NoMatches

from drill.tui.sized import SizedScreen

MOST_CHARACTERS = 100
"""Of what is typed to find an action. Textual measures all of it for each key: a paste took minutes."""


class Palette(CommandPalette, SizedScreen[None]):
    """Textual's palette: it finds actions by what is typed."""

    CSS: ClassVar[str] = """
    Palette, Palette:dark { background: $background 75%; align-horizontal: center; }
    Palette #--container, Palette:dark #--container {
        margin-top: 1; background: $background; width: 100%; max-width: 72; height: auto; max-height: 90vh;
    }
    Palette:ansi, Palette:nocolor { background: ansi_default; }
    Palette #--input { border: none; height: 1; margin: 0 2; }
    Palette #--input.--list-visible { border: none; }
    Palette SearchIcon { display: none; }
    Palette CommandInput, Palette CommandInput:focus {
        border: none; height: 1; padding: 0; background: $background; color: $foreground;
    }
    Palette CommandInput > .input--placeholder { color: $drill-muted; }
    Palette #--results { margin-top: 0; height: auto; }
    Palette CommandList, Palette CommandList.--visible {
        border: none; scrollbar-size-vertical: 0; background: $background; max-height: 90vh;
    }
    Palette CommandList > .option-list--option { padding: 0 2; text-style: bold; }
    Palette CommandList > .option-list--option-highlighted {
        background: $panel; color: $primary; text-style: bold;
    }
    Palette CommandList:ansi > .option-list--option-highlighted,
    Palette CommandList:nocolor > .option-list--option-highlighted {
        background: transparent; color: $foreground; text-style: bold underline;
    }
    Palette > .command-palette--help-text { color: $drill-muted; text-style: not bold; }
    Palette:ansi > .command-palette--help-text { text-style: dim not bold; }
    Palette LoadingIndicator { display: none; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="Type to find an action.")

    def on_mount(self) -> None:
        """Take no more than an action's name."""
        for field in self.query(CommandInput):  # none where the palette was left before it stood
            field.max_length = MOST_CHARACTERS

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave once: a second key may have been on its way here, and would take the screen beneath away."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    @work(exclusive=True, group=CommandPalette._GATHER_COMMANDS_GROUP)
    async def _gather_commands(self, search_value: str) -> None:
        # Textual's worker ends the app where the palette was left before it had begun.
        with suppress(NoMatches):
            await CommandPalette._gather_commands.__wrapped__(self, search_value)  # type: ignore[attr-defined]
