"""The app: opens screens, keeps the theme, and never leaves a block without its word."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from drill.core.clock import Clock
from drill.errors import DrillError, NothingToDraw, held_elsewhere
from drill.tui.collector import collect_from_now
from drill.tui.screens.painted import PaintedScreen
from drill.tui.signals import catch_signals, stop, why_no_stop
from drill.tui.syncing import SyncingApp

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
_NUMBERED = {
    2: "pacing.PacingScreen",
    3: "next_step.NextStepScreen",
    4: "questions.QuestionsScreen",
    5: "settings.SettingsScreen",
    6: "road.RoadScreen",
}
"""The screens of the top line behind Home: each is imported when it is opened."""


class DrillApp(SyncingApp):
    """Home, the reports, and blocks. Its return value is a line to print after leaving, if any."""

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
        self._taken_over: Store | None = None
        """Opened here, so closed here."""

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

    def may_write(self, do: str) -> str | None:
        """None when the database can be written, else why nothing can be done; `do` says what: "resume".

        One that another drill had is taken over once that is closed; asked only when the learner wants to
        write: a drill that merely looks on never shuts the other out.
        """
        if not self.store.read_only:
            return None
        if self.store.path is None:
            return held_elsewhere(do)
        from drill.usecases.opening import open_for_writing

        try:
            writer = open_for_writing(self.store.path, self.clock)
        except DrillError:
            return held_elsewhere(do)
        self.store.close()
        self.store = self._taken_over = writer
        self.forget_reports()
        self.back_up_later()
        return None

    def on_unmount(self) -> None:
        """Leave the process as it was found."""
        self._put_signals_back()
        if self._taken_over is not None:
            with suppress(DrillError):  # said by the command line
                self._taken_over.check_files()
            self._taken_over.close()

    # Screens

    def go_home(self, notice: str | None = None) -> None:
        """Home, whatever was open."""
        from drill.tui.screens.home import HomeScreen

        self._replace(HomeScreen(notice or self._notice))
        self._notice = None

    def go_to_screen(self, number: int) -> None:
        """One of the five screens of the top line."""
        if number == 1:
            self.go_home()
            return
        module, name = _NUMBERED[number].split(".")
        self._replace(getattr(import_module(f"drill.tui.screens.{module}"), name)())

    def _replace(self, screen: PaintedScreen[Any]) -> None:
        self._block = None
        while len(self.screen_stack) > 2:  # the default screen and one of ours
            self.pop_screen()
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)

    def start_block(self, plan: BlockPlan) -> None:
        """Begin a drawn block."""
        self._open_block(plan)

    def resume_block(self) -> None:
        """Take up the unfinished block."""
        self._open_block(None)

    def _open_block(self, plan: BlockPlan | None) -> None:
        from drill.tui.block.screen import BlockScreen

        if self.block_screen is not None:
            return  # asked twice in one instant: two would write one block
        screen = BlockScreen(plan)
        self._replace(screen)
        self._block = screen

    def request_block(self, request: BlockRequest) -> str | None:
        """Draw and begin a block; the message when it cannot be. Where fewer match, those are offered."""
        from drill.usecases.sitting import plan_new_block

        try:
            return self._draw_and_start(lambda: plan_new_block(self.store, request))
        except NothingToDraw as few:
            self._offer_fewer(request, few)
            return None

    def _offer_fewer(self, request: BlockRequest, few: NothingToDraw) -> None:
        """Ask whether what there is will do."""
        from drill.tui.screens.choose import ask
        from drill.tui.screens.pending import PendingScreen

        def chosen(index: int | None) -> None:
            problem = self.request_block(replace(request, items=few.fitting)) if index else None
            if problem is not None or (not index and isinstance(self.screen, PendingScreen)):
                self.go_home(problem)

        self.push_screen(ask(few.offer, str(few), f"Sit {few.fitting}", "Not now"), chosen)

    def request_replay(self, block: str) -> str | None:
        """Sit a block's misses again without the clock; the message when it cannot be."""
        from drill.usecases.replaying import plan_replay

        return self._draw_and_start(lambda: plan_replay(self.store, block))

    def _draw_and_start(self, draw: Callable[[], BlockPlan]) -> str | None:
        refused = self.may_write("sit a block")
        if refused is not None:
            return refused
        try:
            plan = draw()
        except DrillError as error:
            if isinstance(error, NothingToDraw) and error.fitting:
                raise
            return str(error)
        self.start_block(plan)
        return None

    def open_day(self) -> None:
        """The exam day."""
        from drill.tui.screens.exam_day import DayScreen

        self._replace(DayScreen())

    def block_ended(self, block: str, notice: str | None = None) -> None:
        """The results of a block that has just ended; in an exam day its break."""
        from drill.storage.test_day import day_holds

        if day_holds(self.store.connection, block):
            self.open_day()
        else:
            self.open_results(block, notice)

    def open_results(self, block: str, notice: str | None = None) -> None:
        """The results of an ended block."""
        from drill.tui.screens.results import ResultsScreen

        self._replace(ResultsScreen(block, notice))

    def action_new_block(self) -> None:
        """The form for a new block."""
        if self.block_screen is not None:
            return
        from drill.storage.blocks import open_block_id

        if open_block_id(self.store.connection) is not None:
            from drill.tui.screens.pending import PendingScreen

            self.push_screen(PendingScreen(None))
            return
        from drill.tui.screens.new_block import NewBlockScreen

        self.push_screen(NewBlockScreen())

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

    def open_marks(self) -> None:
        """Every note, flag, highlight and miss, in the list of questions."""
        from drill.core.vocabulary import Mark
        from drill.storage.questions import Search
        from drill.tui.screens.questions import QuestionsScreen

        self._replace(QuestionsScreen(Search(mark=Mark.ANY)))

    def open_import(self) -> None:
        """The list of files to import from."""
        from drill.tui.screens.pick_file import PickFileScreen

        self.push_screen(PickFileScreen())
