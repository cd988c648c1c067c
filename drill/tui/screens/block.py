"""The block: one screen, updated in place from question to question.

Keys become commands, the runner commits them, and only then is anything painted. What stands over an
item (labs, calculator, note, menu) is a panel of this screen, so that the clock never leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType

from drill.core import commands as c
from drill.core.state import Mode, Phase
from drill.errors import DrillError
from drill.render.footer import Key
from drill.render.frame import CAP
from drill.render.home import Choice
from drill.render.marking import marked_words
from drill.render.menu import MenuView
from drill.render.views import block as block_views
from drill.tui.screens import block_keys
from drill.tui.screens.block_actions import BlockActions
from drill.tui.screens.block_desk import WARNINGS_MS, Panel
from drill.tui.screens.painted import Help, Named
from drill.tui.widgets.canvas import Canvas
from drill.usecases.sitting import read_form, resume_block, start_block, unfinished_plan

TICK_S = 0.25
HEARTBEAT_TICKS = 2


class BlockScreen(BlockActions):
    """A running block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "enter", show=False),
        Binding("right", "forward", show=False),
        Binding("left", "back", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(1)", show=False),
        Binding("backspace", "erase", show=False),
        Binding("full_stop", "flag", show=False),
        Binding("minus", "strike", show=False),
        Binding("plus", "highlight", show=False),
        Binding("asterisk", "filter", show=False),
        Binding("slash", "labs", show=False),
        Binding("equals_sign", "calculator", show=False),
        Binding("comma", "note", show=False),
        Binding("tab", "list", show=False),
        Binding("ctrl+e", "end", show=False),
        Binding("ctrl+t", "clock", show=False),
        Binding("escape", "escape", show=False),
    ]

    # Starting and ending

    def on_mount(self) -> None:
        """Read the questions; the clock waits for the screen to stand."""
        store = self.desk.store
        try:
            plan = self._plan or unfinished_plan(store)
            self._shown = block_views.shown_items(read_form(store, plan), plan)
        except DrillError as error:
            self.call_after_refresh(self.desk.go_home, str(error))
            return
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Start the clock and show the question in the same breath."""
        app = self.desk
        try:
            if self._plan is None:
                runner = resume_block(app.store, app.clock)
            else:
                runner = start_block(app.store, self._plan, app.clock)
        except DrillError as error:
            app.go_home(str(error))
            return
        self._runner = runner
        self._fair = block_views.fair_shares(runner.plan)
        self._cursor = runner.state.position
        remaining = runner.remaining_ms()
        self._warned = {at for at in WARNINGS_MS if remaining is not None and remaining <= at}
        if not runner.running:
            self._finish()
            return
        self.paint()
        self.set_interval(TICK_S, self._tick)

    def _tick(self) -> None:
        if self._runner is None or self._runner.state.phase is Phase.ENDED:
            return
        self._ticks += 1
        if self._ticks % HEARTBEAT_TICKS == 0:
            self.keep_note()
            self._run(self.block.tick)
            if not self.block.running:
                return
            self._warn()
            self._look_for_idling()
        if self._head != self._head_now():
            self.paint()

    def menu(self) -> MenuView:
        """The menu, or the question of leaving an exam."""
        leaving = self._panel is Panel.LEAVE
        choices = [choice for choice, _ in self.menu_choices()]
        if leaving:
            text = "This is an exam block: it cannot be suspended. Every answer so far is kept."
            return MenuView("Leave this block?", text, tuple(choices), self._menu_cursor)
        return MenuView("Menu", "The clock runs on.", tuple(choices), self._menu_cursor)

    def menu_choices(self) -> list[tuple[Choice, Callable[[], None]]]:
        """What the open menu offers, and does."""
        exam = self.block.state.config.mode is Mode.EXAM
        return block_keys.menu_choices(self, leaving=self._panel is Panel.LEAVE, exam=exam)

    def footer(self) -> tuple[list[Key], list[Key]]:
        """Keys of what is open."""
        if self._runner is None:
            return [], []
        return block_keys.footer(self)

    def help(self) -> list[Help]:
        """All keys of a block."""
        return block_keys.HELP

    # Leaving

    def leave(self) -> None:
        """Ctrl+Q: an exam asks, other modes suspend and leave."""
        if self._runner is None or self._runner.state.phase is Phase.ENDED:
            self.app.exit()
            return
        if self._trouble is not None:  # nobody is held here by a full disk
            if not self._run(self.block.tick):
                self.app.exit(block_keys.unsaved_text(self.desk.resume_command))
            if self._trouble is not None or not self.block.running:
                return
        if not self._close_panel():
            return
        if self.block.state.config.mode is Mode.EXAM:
            self._panel, self._menu_cursor = Panel.LEAVE, 0
            self.paint()
            return
        if self._do(c.Suspend()):
            self.app.exit(block_keys.suspended_text(self.block, self.desk.resume_command))

    def suspend(self) -> None:
        """Put the block away and go Home."""
        if self._do(c.Suspend()):
            self.desk.go_home("Suspended. No answer was lost.")

    def end_for_good(self) -> None:
        """Walk out of the block and of drill."""
        runner = self.block
        try:
            runner.dispatch(c.Leave())
        except DrillError as error:
            self._panel = Panel.NONE
            self._trouble = f"Not saved: {error}"
            self.paint()
            return
        self.app.exit("The block has ended. Its results are at Home and in 'drill history'.")

    def stay(self) -> None:
        """Back to the question."""
        self._close_panel()
        self.paint()

    # Mouse

    def follow(self, verb: str, argument: str, button: int) -> None:
        """Clicks on options, items, menu rows and the clock."""
        if self._runner is None:
            return
        match verb:
            case "choose" if self._panel is Panel.NONE and not self._in_list and not self._in_feedback:
                self._do(c.Strike(argument) if button == 3 else c.Choose(argument))
            case "goto":
                self._go(int(argument))
            case "row" if self._panel in (Panel.MENU, Panel.LEAVE):
                self.menu_choices()[int(argument)][1]()
            case "clock":
                self.action_clock()
            case "more":
                self.action_page(1)
        self.paint()

    def on_canvas_marked(self, event: Canvas.Marked) -> None:
        """A drag over the stem marks its words; over marked words alone it takes the mark away."""
        if self._panel is not Panel.NONE or self._in_list or self._in_feedback or self.too_small:
            return
        width, height = min(self.size.width, CAP), self.size.height
        left = (self.size.width - width) // 2
        start, end = ((cell[0] - left, cell[1]) for cell in (event.start, event.end))
        passage = marked_words(self._question(), width, height, self._scroll, start, end)
        if passage is not None:
            self._do(self._highlighting(*passage))
        self.paint()

    def on_canvas_scrolled(self, event: Canvas.Scrolled) -> None:
        """The wheel scrolls the stem."""
        self.action_scroll(event.direction * 2)

    def palette(self) -> Iterable[Named]:
        """What the command palette offers in a block."""
        return block_keys.palette(self)
