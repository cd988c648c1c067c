"""The app: how it begins, what its keys are, and how it is left: never a block without its word."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from drill.core.clock import Clock
from drill.errors import DrillError
from drill.tui.collector import collect_from_now
from drill.tui.navigation import NavigatingApp
from drill.tui.screens.painted import PaintedScreen
from drill.tui.signals import catch_signals, stop, why_no_stop

if TYPE_CHECKING:
    from textual.command import Provider

    from drill.storage.blocks import BlockPlan
    from drill.storage.store import Store
    from drill.tui.commands import Named
    from drill.usecases.block_request import BlockRequest


def _actions() -> type[Provider]:
    """The palette's actions: its modules are imported when it is opened."""
    from drill.tui.palette import Actions

    return Actions


COLLECT_AFTER_S = 0.1
"""Garbage is not collected until the first paint is on the terminal."""


class DrillApp(NavigatingApp):
    """All of drill on the screen. Its return value is a line to print after leaving, if any."""

    TITLE = "drill"
    CSS = """
    Screen { background: $background; color: $foreground; layers: base over; overflow: hidden; }
    """
    AUTO_FOCUS: ClassVar[str | None] = None
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ALLOW_SELECT: ClassVar[bool] = False
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_actions}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "Quit", show=False, priority=True),
        Binding("ctrl+c", "leave", show=False),
        Binding("ctrl+n,f8", "new_block", "New block", show=False),
        Binding("ctrl+z", "stop", "To the shell; fg goes on", show=False),
    ]

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        plan: BlockPlan | None = None,
        asked: BlockRequest | None = None,
        resume: bool = False,
        notice: str | None = None,
        day: bool = False,
    ) -> None:
        """`plan` or `resume` go straight into a block; `asked` waits for word on the unfinished one first.

        `notice` is said at Home; `day` opens the exam day.
        """
        super().__init__(store, clock)
        self._plan = plan
        self._asked = asked
        self._resume = resume
        self._notice = notice
        self._day = day
        self.can_show_demo = False
        """Whether who runs this app shows the demonstration when it is left for that."""
        self.is_left_for_demo = False
        self._put_signals_back: Callable[[], None] = lambda: None

    def on_mount(self) -> None:
        """Open the first screen, and be ready to be sent away."""
        self._put_signals_back = catch_signals(self)
        self.back_up_later()
        self.sync_later()
        if not gc.isenabled():
            self.set_timer(COLLECT_AFTER_S, collect_from_now)
        if self._plan is not None:
            self.start_block(self._plan)
        elif self._resume:
            self.resume_block()
        elif self._asked is not None:
            from drill.tui.screens.pending import PendingScreen

            self._replace(PendingScreen(self._asked))
        elif self._day:
            self.open_day()
        else:
            self.go_home()

    def on_unmount(self) -> None:
        """Leave the process as it was found."""
        self._put_signals_back()
        if self._taken_over is not None:
            with suppress(DrillError):  # said by the command line
                self._taken_over.check_files()
            self._taken_over.close()

    # Leaving

    def action_leave(self) -> None:
        """Quit, unless a block has something to say to that."""
        screen = self.block_screen
        if screen is None:
            self.keep_notes()
            self.exit()
            return
        while self.screen is not screen:  # its question must be seen
            self.pop_screen()
        screen.call_later(screen.leave)  # after the keys typed before

    def leave_for_demo(self) -> None:
        """Leave, to come back after a look at the demonstration."""
        if self.block_screen is None:
            self.keep_notes()
            self.is_left_for_demo = True
            self.exit()

    async def action_quit(self) -> None:
        """The palette's and Textual's own way out."""
        self.action_leave()

    def action_help_quit(self) -> None:
        """Ctrl+C without a selection."""
        self.action_leave()

    def action_stop(self) -> None:
        """Ctrl+Z: to the shell, until `fg`; where that cannot be, why."""
        why = why_no_stop(self)
        if why is not None:
            self.say(why)
        else:
            stop()

    # Over the screen

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """What each key does, over the screen; as (keys, words)."""
        from drill.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(keys))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The same for Textual's own tools."""
        for one in self.named_actions(screen):
            yield SystemCommand(one.name, f"{one.keys}  {one.about}".strip(), one.run)

    def named_actions(self, screen: Screen[Any]) -> Iterable[Named]:
        """Every action of the palette: those of this screen, then the screens, then the rest."""
        from drill.tui.palette import named

        own = screen if isinstance(screen, PaintedScreen) else None
        return named(self, own, in_block=self.block_screen is not None)

    def offers(self) -> Iterable[Named]:
        """Files to write and other things that no screen has a key for."""
        from drill.tui.offers import offers

        return offers(self, self.leave_for_demo if self.can_show_demo else None)
