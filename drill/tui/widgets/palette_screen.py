"""Ctrl+P in drill's own look: no box, no icon, no scrollbar; the row under the cursor on the panel colour."""

from __future__ import annotations

from typing import ClassVar

from textual.command import CommandPalette


class Palette(CommandPalette):
    """Textual's palette: it finds actions by what is typed."""

    CSS: ClassVar[str] = """
    Palette { background: $background; align-horizontal: left; }
    Palette #--container, Palette:dark #--container { margin-top: 1; background: $background; }
    Palette #--input { border: none; height: 1; margin: 0 2; }
    Palette #--input.--list-visible { border: none; }
    Palette SearchIcon { display: none; }
    Palette CommandInput, Palette CommandInput:focus {
        border: none; height: 1; padding: 0; background: $background; color: $foreground;
    }
    Palette CommandInput > .input--placeholder { color: $drill-muted; }
    Palette #--results { margin-top: 1; }
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
