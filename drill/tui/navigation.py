"""Which screen is open: Home, those of the top line, blocks and what comes after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from drill.core.clock import Clock
from drill.errors import DrillError, NothingToDraw, held_elsewhere
from drill.tui.screens.painted import PaintedScreen
from drill.tui.syncing import SyncingApp

if TYPE_CHECKING:
    from drill.storage.blocks import BlockPlan
    from drill.storage.store import Store
    from drill.usecases.block_request import BlockRequest

_NUMBERED = {
    2: "pacing.PacingScreen",
    3: "next_step.NextStepScreen",
    4: "questions.QuestionsScreen",
    5: "settings.SettingsScreen",
    6: "road.RoadScreen",
}
"""The screens of the top line behind Home: each is imported when it is opened."""


class NavigatingApp(SyncingApp):
    """An app that opens screens, and blocks where the database can be written."""

    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store, clock)
        self._notice: str | None = None
        """What the first Home says."""
        self._taken_over: Store | None = None
        """Opened here, so closed here."""

    def go_home(self, notice: str | None = None) -> None:
        """Home, whatever was open."""
        from drill.tui.screens.home import HomeScreen

        self._replace(HomeScreen(notice or self._notice))
        self._notice = None

    def go_to_screen(self, number: int) -> None:
        """One of the screens of the top line."""
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

        text = f"{few.why} New block can widen the choice; Ctrl+O on Home imports more."
        self.push_screen(ask(few.offer, text, f"Sit {few.fitting}", "Not now"), chosen)

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

    def open_marks(self) -> None:
        """Every note, flag, highlight and miss, in the list of questions."""
        from drill.core.vocabulary import Mark
        from drill.storage.questions import Search
        from drill.tui.screens.questions import QuestionsScreen

        self._replace(QuestionsScreen(Search(mark=Mark.ANY)))

    def open_import(self) -> None:
        """The list of files to import from; the screen below reads anew and says what was imported."""
        from drill.tui.screens.pick_file import PickFileScreen

        below = next(each for each in reversed(self.screen_stack) if isinstance(each, PaintedScreen))
        if below.said(self.may_write("import")):
            return

        def imported(said: str | None) -> None:
            if said is not None and below.is_attached:
                below.data_changed()
                below.say(said)

        self.push_screen(PickFileScreen(), imported)

    # Writing

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
