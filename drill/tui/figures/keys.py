"""The keys of a figure, for the block and for the pages of review."""

from __future__ import annotations

from dataclasses import replace

from drill.tui.commands import Command


def figure_commands(close: Command, *, explained: bool) -> tuple[Command, ...]:
    """Move, zoom, open, turn; `close` is how the owner closes what is open.

    `explained`: each is explained behind `?`; in a block the key that opens figures explains them all.
    """
    commands = (
        Command("up", "pan(0, -1)", "Move over the figure", "Move"),
        Command("down", "pan(0, 1)", "Move over the figure", "Move"),
        Command("left", "pan(-1, 0)", "Move over the figure", "Move"),
        Command("right", "pan(1, 0)", "Move over the figure", "Move"),
        Command("pageup", "zoom(1)", "Nearer", "Zoom"),
        Command("pagedown", "zoom(-1)", "Further", "Zoom"),
        Command("home", "whole", "All of the figure"),
        Command("enter", "view", "Open it in the system's viewer", "Viewer"),
        Command("space", "pixels", "A picture in true pixels, where the terminal has them"),
        Command("semicolon,f2", "turn", "Next figure; after the last one back", "Next, or back"),
    )
    return (*(command if explained else replace(command, about="") for command in commands), close)
