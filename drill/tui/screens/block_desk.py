"""What a block screen remembers between keys, and the one way its commands take.

Commands are dispatched, saved, and only then does the screen follow: a refusal or a failed save leaves it
as it was and says so.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from textual import events

from drill.core import commands as c
from drill.core import events as e
from drill.core.state import Phase
from drill.core.vocabulary import BlockEnd
from drill.errors import DrillError, IllegalCommand
from drill.render.lines import Line
from drill.render.text import clock_text, left_text, pace_text
from drill.render.views import block as block_views
from drill.runner import BlockRunner
from drill.storage.blocks import BlockPlan
from drill.tui.screens.painted import PaintedScreen

if TYPE_CHECKING:
    from drill.render.word_cursor import WordCursor
    from drill.tui.screens.block_panels import CalculatorPanel, LabsPanel
    from drill.tui.widgets.note_area import NoteArea

WARNINGS_MS = (300_000, 60_000)
WARNINGS = tuple(f"{left_text(at)} left" for at in WARNINGS_MS)


class Panel(StrEnum):
    """What stands over the item."""

    NONE = "none"
    LABS = "labs"
    CALCULATOR = "calculator"
    NOTE = "note"
    MENU = "menu"
    LEAVE = "leave"


class BlockDesk(PaintedScreen[None]):
    """The state of a block screen, and what its commands lead to."""

    is_block = True

    def __init__(self, plan: BlockPlan | None) -> None:
        """`plan` is a drawn block to start; None takes up the unfinished one."""
        super().__init__()
        self._plan = plan
        self._runner: BlockRunner | None = None
        self._shown: tuple[block_views.ShownItem, ...] = ()
        self._panel = Panel.NONE
        self._labs: LabsPanel | None = None
        self._calculator: CalculatorPanel | None = None
        self._note: NoteArea | None = None
        self._ending = False
        self._only_open = False
        self._cursor = 1
        self._menu_cursor = 0
        self._scroll = 0
        self._scroll_most = 0
        self._page_rows = 1
        self._plans: dict[int, str] = {}
        """What was typed over covered options, by position."""
        self._digits = ""
        self._striking = False
        self._word: WordCursor | None = None
        """Where words are highlighted by keys; None: they are not."""
        self._lock_asked: int | None = None
        self._letters: list[float] = []
        self._ticks = 0
        self._warned: set[int] = set()
        self._nudged: set[int] = set()
        self._passed: set[int] = set()
        self._trouble: str | None = None
        self._head: tuple[Line, ...] = ()
        self._opened_ms = 0
        """Active ms at which what is on screen was opened."""
        self._touched_ms: int | None = None
        """Active ms of the last key or mouse event."""
        self._fair: tuple[tuple[float, float], ...] = ()

    @property
    def runner(self) -> BlockRunner | None:
        """The block in progress; None before it began."""
        return self._runner

    @property
    def block(self) -> BlockRunner:
        """The block in progress, for code that runs only then."""
        if self._runner is None:
            raise RuntimeError("the block has not begun")
        return self._runner

    @property
    def panel(self) -> Panel:
        """What stands over the item."""
        return self._panel

    @property
    def ending(self) -> bool:
        """Whether the question "End this block?" is asked."""
        return self._ending

    @property
    def in_list(self) -> bool:
        """Whether the list is open."""
        return self._in_list

    @property
    def in_feedback(self) -> bool:
        """Whether tutor feedback is open."""
        return self._in_feedback

    @property
    def marking(self) -> bool:
        """Whether the keys move a cursor over the words of the stem."""
        return self._word is not None

    @property
    def cursor(self) -> int:
        """The position under the list's cursor."""
        return self._cursor

    @property
    def typed(self) -> str:
        """What was typed so far over the covered options of the question on screen."""
        return self._plans.get(self.block.state.position, "")

    @typed.setter
    def typed(self, text: str) -> None:
        self._plans[self.block.state.position] = text

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if self._runner is not None and isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self._touched_ms = self._runner.now_ms()
        await super().on_event(event)

    def _look_for_idling(self) -> None:
        """Mark the item on screen after three minutes without key or mouse."""
        now_ms, place = self.block.now_ms(), self.block.state.place
        since_ms = max(self._touched_ms or 0, self._opened_ms)
        if isinstance(place, int) and not self.block.state.current.idle and now_ms - since_ms >= e.IDLE_MS:
            self._do(c.Idle())

    def _warn(self) -> None:
        remaining = self.block.remaining_ms()
        for at, warning in zip(WARNINGS_MS, WARNINGS, strict=True):
            if remaining is not None and remaining <= at and at not in self._warned:
                self._warned.add(at)
                self.say(warning)
                over = self.app.screen
                if over is not self and isinstance(over, PaintedScreen):
                    over.say(warning)
        limit_s = self.desk.number_setting("nudge_s")
        state = self.block.state
        position = state.position
        if limit_s and state.place == position and position not in self._nudged:
            spent = state.time_ms(position, self.block.now_ms())
            if spent >= limit_s * 1000:
                self._nudged.add(position)
                self.paint()

    def _finish(self) -> None:
        runner = self.block
        notice = (
            "Time. The block ended and every answer is kept."
            if runner.state.end_reason is BlockEnd.EXPIRED
            else None
        )
        self.desk.open_results(runner.plan.block, notice)

    def _do(self, command: c.Command) -> bool:
        """Dispatch and repaint; False when it was refused or could not be saved."""
        return self._run(lambda: self.block.dispatch(command))

    def _run(self, act: Callable[[], tuple[e.Event, ...]]) -> bool:
        try:
            done = act()
        except IllegalCommand as error:
            self.say(str(error))
            return False
        except DrillError as error:
            self._trouble = f"Not saved: {error} Then press the key again."
            self.paint()
            return False
        if done and not isinstance(done[-1], e.Idled) and self._message not in WARNINGS:
            self.unsay()
        if self._trouble is not None:
            self._trouble = None
            self.say("Saved again.")
        if self.block.state.phase is Phase.ENDED:
            self._finish()
            return True
        if any(isinstance(event, e.Moved) for event in done):
            self._opened()
        if any(isinstance(event, e.Interrupted) for event in done):
            self.say("The clock stood still while the machine was away.")
        return True

    def _checkpoint(self) -> None:
        """A word on the way past every fifth question, where the learner wants one."""
        state = self.block.state
        position = state.position
        limit = state.config.limit_ms
        wanted = self.desk.settings.get("checkpoints") == "on"
        if not wanted or limit is None or position % 5 != 1 or position == 1 or position in self._passed:
            return
        self._passed.add(position)
        due = limit * (position - 1) // state.config.length
        self.say(f"Item {position - 1}: due {clock_text(due)}, {pace_text(due - self.block.now_ms())}.")

    def _opened(self) -> None:
        """Another question, or the list, is on screen."""
        self._scroll, self._digits = 0, ""
        self._striking, self._lock_asked, self._word = False, None, None
        self._opened_ms = self.block.state.at_ms
        self._letters.clear()  # answers to several questions may come at once, from afar
        if self._in_list:
            self._cursor = self._first_open() if self._ending else self.block.state.position
        else:
            self._ending = self._only_open = False
            self._checkpoint()

    def _first_open(self) -> int:
        state = self.block.state
        waiting = [p for p, item in enumerate(state.items, 1) if item.chosen is None]
        return waiting[0] if waiting else state.position

    @property
    def _in_list(self) -> bool:
        return self._runner is not None and self._runner.state.place == e.LIST

    @property
    def _in_feedback(self) -> bool:
        return self._runner is not None and self._runner.state.place == e.FEEDBACK
