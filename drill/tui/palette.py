"""What Ctrl+P offers: every action by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand

from drill.render.footer import arrow_names
from drill.render.lines import as_ascii
from drill.render.top import SCREENS
from drill.tui import theme as themes

if TYPE_CHECKING:
    from drill.tui.desk import Desk
    from drill.tui.screens.keyed import Named
    from drill.tui.screens.painted import PaintedScreen


def commands(desk: Desk, screen: PaintedScreen[Any] | None, *, in_block: bool) -> Iterable[SystemCommand]:
    """All of them; where only ASCII is shown, arrow keys have their names."""
    for title, text, run in _commands(desk, screen, in_block=in_block):
        told = as_ascii(arrow_names(text)) if desk.ascii_only else text
        yield SystemCommand(as_ascii(title) if desk.ascii_only else title, told, run)


def _commands(desk: Desk, screen: PaintedScreen[Any] | None, *, in_block: bool) -> Iterable[Named]:
    """Those of this screen, then other screens (none in a block: they would leave it), then the rest."""
    own = list(screen.palette()) if screen is not None else []
    yield from own
    if not in_block:
        yield from _elsewhere(desk, {title for title, _, _ in own})
    for name in themes.THEME_NAMES:
        yield f"Theme: {name}", "Change the colours", partial(desk.set_theme, name)
    if screen is not None:
        yield "Keys", "The keys of this screen", screen.action_help
    yield "Quit", "Leave drill", desk.action_leave


def _elsewhere(desk: Desk, own: set[str]) -> Iterable[Named]:
    """Other screens; not what the screen itself offers by the same name."""
    for number, name in enumerate(SCREENS, 1):
        yield name, f"Go to {name}", partial(desk.go_to_screen, number)
    about = "Exam, sprint, next best step, retest: preset, bank, pool and filters"
    yield "New block", about, desk.action_new_block
    if "Exam date" not in own:
        settings = partial(desk.go_to_screen, 5)
        yield "Exam date", "Set the day of the exam in Settings", settings
    if "Import questions" not in own:
        yield "Import questions", "Bring your own questions from a file", desk.open_import
