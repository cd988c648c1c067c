"""Setting a block aside from a screen, and taking it back: a form asks why before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drill.tui.commands import Command, always
from drill.tui.screens.painted import PaintedScreen


def aside_command(keys: str = "", when: Callable[[Any], bool] = always) -> Command:
    """Ctrl+X takes out what it stands on, or brings it back; on a screen of blocks that is a block.

    Without a key it is in the palette alone.
    """
    name = "Set this block aside, or take it back"
    if not keys:
        return Command(action="set_aside", name=name, hint="Asks why", when=when)
    about = "Set the block aside, out of every figure, or take it back; asks why"
    return Command(keys, "set_aside", about, "Set aside", name, when=when)


def ask_aside(screen: PaintedScreen[Any], block: str, then: Callable[[], None]) -> None:
    """Ask why, then set the block aside or take it back, and call back when it was done."""
    from drill.tui.screens.form import Asked, FormScreen
    from drill.usecases import setting_aside

    desk = screen.desk
    if screen.said(desk.may_write("write")):
        return
    store, clock = desk.store, desk.clock
    why = setting_aside.reason_of(store, block)

    def keep(values: dict[str, str]) -> None:
        if why is None:
            setting_aside.set_aside(store, clock, block, values["reason"])
        else:
            setting_aside.take_back(store, clock, block, values["reason"])

    def closed(kept: bool | None) -> None:
        if kept:
            desk.forget_reports()
            then()
            screen.say("The block is set aside." if why is None else "The block is taken back.")

    if why is None:
        title, hint = "Set this block aside?", f"Why. {setting_aside.EFFECT} Enter sets it aside."
    else:
        title, hint = "Take this block back?", f"Why back; may stay empty. It was set aside: {why}"
    screen.app.push_screen(FormScreen(title, [Asked("reason", "Reason", hint)], keep), closed)
