"""The block: one screen, updated in place from question to question, so that the clock never leaves.

A key goes to the mode that is open; its command is committed, and only then does the screen follow: a refusal
or a failed save leaves it as it was and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from drill.core import commands as c
from drill.core import events as e
from drill.core.state import Mode as BlockKind
from drill.core.state import Phase
from drill.core.vocabulary import BlockEnd
from drill.errors import DatabaseGone, DrillError, IllegalCommand
from drill.render.block import head_lines
from drill.render.head import HeadView
from drill.render.lines import Line
from drill.render.views import block as views
from drill.runner import BlockRunner
from drill.storage.blocks import BlockPlan
from drill.tui.block import keys
from drill.tui.block.mode import Mode, PlaceMode
from drill.tui.block.mode_screen import ModeScreen
from drill.tui.block.open_block import OpenBlock
from drill.tui.block.opening import labs_aside, mode_over, place_mode
from drill.tui.block.watch import WARNINGS, Watch
from drill.tui.collector import keep_what_stands
from drill.tui.field import Field
from drill.tui.screens.painted import PaintedScreen
from drill.usecases.sitting import read_form, resume_block, start_block, unfinished_plan

CLOCK_S = 0.25
"""The clock is looked at this often, so that no second is shown late."""
HEARTBEAT_S = 0.5
EARLY_S = 0.01
"""A timer may come this much too soon."""
COLLECT_AFTER_S = 0.5
"""The first question is on the terminal by then, and nobody has read it."""


class BlockScreen(ModeScreen):
    """A running block."""

    COMMAND_TABLE = keys.EVERY

    def __init__(self, plan: BlockPlan | None) -> None:
        """`plan` is a drawn block to start; None takes up the unfinished one."""
        super().__init__()
        self._plan = plan
        self._open: OpenBlock | None = None
        self._shown: tuple[views.ShownItem, ...] = ()
        self.place = self.mode = PlaceMode(self)
        self.watching = Watch()
        """What is said unasked, and when."""
        self.plans: dict[int, Field] = {}
        """Commit-first: what was typed over covered options, by position."""
        self.panels: dict[str, Mode] = {}
        """Labs and calculator as they were left."""
        self._trouble: str | None = None
        self._head: tuple[Line, ...] = ()

    @property
    def runner(self) -> BlockRunner | None:
        """The block in progress; None before it began."""
        return None if self._open is None else self._open.runner

    @property
    def open(self) -> OpenBlock:
        """The block in progress, for code that runs only then."""
        if self._open is None:
            raise RuntimeError("the block has not begun")
        return self._open

    @property
    def block(self) -> BlockRunner:
        """Its runner, for the same."""
        return self.open.runner

    @property
    def begun(self) -> bool:
        """Whether there is a block to act on."""
        return self._open is not None

    @property
    def item(self) -> views.ShownItem:
        """The question on screen, or behind the list."""
        return self.open.item

    @property
    def asks_confidence(self) -> bool:
        """Whether one key says how sure one is of an answer."""
        return self.open.asks_confidence

    # Starting and ending

    def on_mount(self) -> None:
        """Read the questions; the clock waits for the screen to stand."""
        store = self.desk.store
        try:
            plan = self._plan or unfinished_plan(store)
            self._shown = views.shown_items(read_form(store, plan), plan)
        except DrillError as error:
            self.call_after_refresh(self.desk.go_home, str(error))
            return
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Start the clock and show the question in the same breath."""
        desk = self.desk
        try:
            if self._plan is None:
                runner = resume_block(desk.store, desk.clock)
            else:
                runner = start_block(desk.store, self._plan, desk.clock)
        except DatabaseGone:
            self.app.exit()  # the command line says what happened and where all of it is saved
            return
        except DrillError as error:
            desk.go_home(str(error))
            return
        self._open = OpenBlock(runner, self._shown, desk.settings)
        self.watching.warning(runner.remaining_ms())  # what is due by now was said before
        if not runner.running:
            self._finish()
            return
        self._enter()
        self.paint()
        self.set_interval(CLOCK_S, self._show_clock)
        self.set_timer(HEARTBEAT_S, self._beat_when_due)
        self.set_timer(COLLECT_AFTER_S, keep_what_stands)

    def _beat_when_due(self) -> None:
        """Beat half a second after the last commit: it told as much, and the next key waits for no beat."""
        due_s = HEARTBEAT_S - self.block.unrecorded_ms() / 1000
        if due_s <= EARLY_S:
            self.beat()
            due_s = HEARTBEAT_S
        if self.block.state.phase is not Phase.ENDED:
            self.set_timer(due_s, self._beat_when_due)

    def beat(self) -> None:
        """Save an open note, let the runner look at the clock, say what is due."""
        if not self.block.running:
            return
        self.mode.keep()
        self.run(self.block.tick)
        if not self.block.running:
            return
        state, now_ms = self.block.state, self.block.now_ms()
        if self.watching.nudge(state, now_ms, self.desk.number_setting("nudge_s")):
            self.paint()
        warning = self.watching.warning(self.block.remaining_ms())
        if warning is not None:
            self.say(warning)
            over = self.app.screen
            if over is not self and isinstance(over, PaintedScreen):
                over.say(warning)
        if self.watching.is_idle(state, now_ms):
            self.do(c.Idle())
        self._show_clock()

    def _show_clock(self) -> None:
        if self.block.running and self._head != self._head_lines():
            self.paint()

    def _finish(self) -> None:
        runner = self.block
        expired = runner.state.end_reason is BlockEnd.EXPIRED
        notice = "Time. The block ended and every answer is kept." if expired else None
        self.desk.block_ended(runner.plan.block, notice)

    # Commands

    def do(self, command: c.Command) -> bool:
        """Dispatch; False when it was refused or could not be saved, which is said."""
        return self.run(lambda: self.block.dispatch(command))

    def run(self, act: Callable[[], tuple[e.Event, ...]]) -> bool:
        """Let the runner act, and follow what came of it."""
        try:
            done = act()
        except IllegalCommand as error:
            self.say(str(error))
            return False
        except DatabaseGone:
            self.app.exit()
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
            self._enter()
        elif any(isinstance(event, e.Committed) for event in done):
            scrolled = self.place.scrolled
            self.mode = self.place = place_mode(self)
            self.place.scrolled = scrolled
        if (cut := next((event for event in done if isinstance(event, e.Interrupted)), None)) is not None:
            away = "drill was stopped" if cut.cause == "stopped" else "the machine was away"
            self.say(f"The clock stood still while {away}.")
        return True

    def _enter(self, *, ending: bool = False) -> None:
        """Another place is open: its mode begins anew."""
        state, before = self.block.state, self.place
        self.watching.opened(state.at_ms)
        self.place = place_mode(self, ending=ending)
        if self.mode is before or not (self.mode.stays and isinstance(state.place, int)):
            self.mode = self.place
        if isinstance(state.place, int) and self.open.tells_checkpoints:
            checkpoint = self.watching.checkpoint(self.open.progress, state, self.block.now_ms())
            if checkpoint is not None:
                self.say(checkpoint)

    # Actions of every mode

    async def action_open(self, name: str) -> None:
        """Put the mode with this name over the place."""
        if self.close():
            self.mode = mode_over(self, name) or self.place
            await self.mode.opened()
        self.paint()

    def show_list(self, *, ending: bool) -> None:
        """The item list; `ending`: it asks whether to end the block."""
        if self.do(c.OpenList()) and self.block.state.place == e.LIST:
            self._enter(ending=ending)

    def action_suspend(self) -> None:
        """Put the block away and go Home."""
        if self.do(c.Suspend()):
            self.desk.go_home("Suspended. No answer was lost.")

    def action_end_for_good(self) -> None:
        """Walk out of the block and of drill."""
        self.close()
        try:
            self.block.dispatch(c.Leave())
        except DatabaseGone:
            self.app.exit()
        except DrillError as error:
            self._trouble = f"Not saved: {error}"
            self.paint()
        else:
            self.app.exit("The block has ended. Its results are at Home and in 'drill history'.")

    def leave(self) -> None:
        """Ctrl+Q: an exam asks, other modes suspend and leave."""
        if self.runner is None or self.runner.state.phase is Phase.ENDED:
            self.app.exit()
            return
        if self._trouble is not None:  # nobody is held here by a full disk
            if not self.run(self.block.tick):
                self.app.exit(keys.unsaved_text(self.desk.resume_command))
            if self._trouble is not None or not self.block.running:
                return
        if not self.close():
            return
        if self.block.state.config.mode is BlockKind.EXAM:
            self.mode = mode_over(self, "leaving") or self.place
            self.paint()
        elif self.do(c.Suspend()):
            self.app.exit(keys.suspended_text(self.block, self.desk.resume_command))

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there."""
        if self._open is not None and isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self.watching.touched_ms = self.block.now_ms()
        await super().on_event(event)

    # Painting

    @property
    def message(self) -> str | None:
        """Trouble with saving stays until it is over; then what a key has begun; then what was said."""
        return self._trouble or self.mode.message or super().message

    def remark(self) -> str:
        """A nudge, or what a set or a lock means."""
        state = self.block.state
        return self.watching.remark(state, self.desk.number_setting("nudge_s")) or views.set_note(state)

    def side_lines(self, width: int, rows: int) -> Sequence[Line]:
        """At the right of a broad window: the panel that is open, else the lab values as they were left."""
        return self.mode.side(width, rows) or labs_aside(self).side(width, rows) or ()

    def clock_text(self) -> str | None:
        """Time left, or used where there is no limit."""
        return None if self._open is None else self._open.clock_text

    def head_view(self) -> HeadView:
        """Position, marks and clock as they are now."""
        return self.open.head_view()

    def _head_lines(self) -> tuple[Line, ...]:
        return head_lines(self.head_view(), self.window[0])

    def body(self, width: int, height: int) -> list[Line]:
        """Head and rule, and under them the mode."""
        if self._open is None:
            return []
        self._head = self._head_lines()
        return [*self._head, *self.mode.body(width, height)]
