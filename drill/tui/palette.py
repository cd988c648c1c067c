"""What Ctrl+P offers: every action by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from drill.render.footer import arrow_names
from drill.render.lines import as_ascii
from drill.tui import theme as themes

if TYPE_CHECKING:
    from drill.tui.app import DrillApp

SCREENS = ("Home", "Pacing", "Next best step", "Questions", "Settings")
"""The five screens of the top line, in order."""


def commands(app: DrillApp, screen: Screen[object]) -> Iterable[SystemCommand]:
    """All of them; where only ASCII is shown, arrow keys have their names."""
    for title, text, run in _commands(app, screen):
        told = as_ascii(arrow_names(text)) if app.ascii_only else text
        yield SystemCommand(as_ascii(title) if app.ascii_only else title, told, run)


def _commands(app: DrillApp, screen: Screen[object]) -> Iterable[tuple[str, str, Callable[[], object]]]:
    """Those of this screen, then other screens (none in a block: they would leave it), then the rest."""
    own: set[str] = set()
    actions: Callable[[], Iterable[tuple[str, str, Callable[[], object]]]] | None
    actions = getattr(screen, "palette", None)
    if actions is not None:
        for title, text, run in actions():
            own.add(title)
            yield title, text, run
    if app.block_screen is None:
        yield from _elsewhere(app, own)
    for name in themes.THEME_NAMES:
        yield f"Theme: {name}", "Change the colours", partial(app.set_theme, name)
    yield "Keys", "The keys of this screen", partial(_help, app)
    yield "Quit", "Leave drill", app.action_leave


def _elsewhere(app: DrillApp, own: set[str]) -> Iterable[tuple[str, str, Callable[[], object]]]:
    """Other screens; not what the screen itself offers by the same name."""
    for number, name in enumerate(SCREENS, 1):
        yield name, f"Go to {name}", partial(app.go_to_screen, number)
    about = "Exam, sprint, next best step, retest: preset, bank, pool and filters"
    yield "New block", about, app.action_new_block
    if "Exam date" not in own:
        settings = partial(app.go_to_screen, 5)
        yield "Exam date", "Set the day of the exam in Settings", settings
    if "Import questions" not in own:
        yield "Import questions", "Bring your own questions from a file", app.open_import


def _help(app: DrillApp) -> None:
    show = getattr(app.screen, "action_help", None)
    if show is not None:
        show()
