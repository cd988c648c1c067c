"""The block: one screen, updated in place from question to question.

Keys become commands, the runner commits them, and only then is anything painted. What stands over an
item (labs, calculator, note, menu) is a panel of this screen, so that the clock never leaves.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from drill.core import commands as c
from drill.core import events as e
from drill.core.block import locks_on_leaving
from drill.core.state import Mode, Phase
from drill.errors import DrillError, IllegalCommand
from drill.render.block import BlockView, block_lines, column_lines, layout
from drill.render.footer import Key
from drill.render.frame import BROAD, CAP, MARGIN, WIDE
from drill.render.head import HeadView, head_line
from drill.render.home import Choice
from drill.render.item_list import ListView, grid, list_lines, visible
from drill.render.lines import Line, Role, beside, line
from drill.render.marking import marked_words
from drill.render.menu import MenuView, menu_lines
from drill.render.rule import rule_line
from drill.render.text import clock_text, left_text, pace_text
from drill.runner import BlockRunner
from drill.storage.blocks import BlockPlan
from drill.tui import block_views
from drill.tui.screens import block_keys
from drill.tui.screens.painted import Help, PaintedScreen
from drill.tui.widgets.canvas import Canvas
from drill.usecases.sitting import read_form, resume_block, start_block, unfinished_plan

if TYPE_CHECKING:
    from drill.tui.screens.block_panels import CalculatorPanel, LabsPanel
    from drill.tui.widgets.note_area import NoteArea

TICK_S = 0.25
HEARTBEAT_TICKS = 2
PASTE_S, PASTE_LETTERS = 0.030, 3
WARNINGS_MS = (300_000, 60_000)
SIDE_PANEL = 40
"""Columns of labs and calculator where they replace the rail."""


class Panel(StrEnum):
    """What stands over the item."""

    NONE = "none"
    LABS = "labs"
    CALCULATOR = "calculator"
    NOTE = "note"
    MENU = "menu"
    LEAVE = "leave"


class BlockScreen(PaintedScreen):
    """A running block."""

    is_block = True
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
        Binding("asterisk", "filter", show=False),
        Binding("slash", "labs", show=False),
        Binding("equals_sign", "calculator", show=False),
        Binding("comma", "note", show=False),
        Binding("tab", "list", show=False),
        Binding("ctrl+e", "end", show=False),
        Binding("ctrl+t", "clock", show=False),
        Binding("escape", "escape", show=False),
    ]

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
        self._typed = ""
        self._digits = ""
        self._striking = False
        self._lock_asked: int | None = None
        self._letters: list[float] = []
        self._ticks = 0
        self._warned: set[int] = set()
        self._nudged: set[int] = set()
        self._passed: set[int] = set()
        self._trouble: str | None = None
        self._head: tuple[Line, ...] = ()
        self._fair: tuple[tuple[float, float], ...] = ()

    # Starting and ending

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

    def on_mount(self) -> None:
        """Read the questions; the clock waits for the screen to stand."""
        store = self.drill.store
        try:
            plan = self._plan or unfinished_plan(store)
            self._shown = block_views.shown_items(read_form(store, plan), plan)
        except DrillError as error:
            self.call_after_refresh(self.drill.go_home, str(error))
            return
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Start the clock and show the question in the same breath."""
        app = self.drill
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
            self._save_note()
            self._run(self.block.tick)
            if not self.block.running:
                return
            self._warn()
        if self._head != self._head_now():
            self.paint()

    def _warn(self) -> None:
        remaining = self.block.remaining_ms()
        for at in WARNINGS_MS:
            if remaining is not None and remaining <= at and at not in self._warned:
                self._warned.add(at)
                self.say(f"{left_text(at)} left")
        limit_s = self.drill.number_setting("nudge_s")
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
            if runner.state.end_reason == "expired"
            else None
        )
        self.drill.open_results(runner.plan.block, notice)

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
        if self._trouble is not None:
            self._trouble = None
            self.say("Saved again.")
        if self.block.state.phase is Phase.ENDED:
            self._finish()
            return True
        if any(isinstance(event, e.Moved) for event in done):
            self._opened()
        elif any(isinstance(event, e.Interrupted) for event in done):
            self.say("The clock stood still while the machine was away.")
        return True

    def _checkpoint(self) -> None:
        """A word on the way past every fifth question, where the learner wants one."""
        state = self.block.state
        position = state.position
        limit = state.config.limit_ms
        wanted = self.drill.settings.get("checkpoints") == "on"
        if not wanted or limit is None or position % 5 != 1 or position == 1 or position in self._passed:
            return
        self._passed.add(position)
        due = limit * (position - 1) // state.config.length
        self.say(f"Item {position - 1}: due {clock_text(due)}, {pace_text(due - self.block.now_ms())}.")

    def _opened(self) -> None:
        """Another question, or the list, is on screen."""
        self._scroll, self._typed, self._digits = 0, "", ""
        self._striking, self._lock_asked = False, None
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

    # Painting

    def clock_text(self) -> str | None:
        """Time left, or used where there is no limit."""
        if self._runner is None:
            return None
        remaining = self._runner.remaining_ms()
        return left_text(remaining if remaining is not None else self._runner.now_ms())

    def _head_view(self) -> HeadView:
        settings = self.drill.settings
        fair = settings.get("pace_line") == "fair"
        return block_views.head_view(
            self.block.state,
            self.block.now_ms(),
            show_clock=settings.get("clock", "shown") == "shown",
            show_pace=settings.get("pace", "shown") == "shown",
            own_share=self._fair[self.block.state.position - 1] if fair else None,
        )

    def _head_now(self) -> tuple[Line, ...]:
        width = min(self.size.width, CAP)
        view = self._head_view()
        rule = rule_line(view.rule, max(width - 2 * MARGIN, 0))
        return head_line(view, width), line("  ", *rule.spans)

    def body(self, width: int, height: int) -> list[Line]:
        """Head, rule, and the panel, list, feedback or question."""
        if self._runner is None:
            return []
        self._head = self._head_now()
        if self._panel in (Panel.MENU, Panel.LEAVE):
            return [*self._head, *menu_lines(self._menu(), width, height)]
        if self._panel is Panel.NOTE:
            return [*self._head, line(), line("  ", ("Note", Role.STRONG), self._note_hint())]
        if self._in_list:
            return [*self._head, *list_lines(self._list_view(), width, height)]
        if self._in_feedback:
            return [*self._head, *self._feedback(width, height)]
        if self._panel is not Panel.NONE and width < WIDE:
            panel = self._panel_lines(width - 2 * MARGIN, height - 4)
            return [*self._head, line(), *(line("  ", *row.spans) for row in panel)]
        view = self._question()
        if self._panel is not Panel.NONE and width < BROAD:
            side = self._panel_lines(SIDE_PANEL - 4, height - 4)
            narrow = block_views.without_rail(view)
            plan = layout(narrow, width - SIDE_PANEL, height)
            self._note_scroll(plan.max_scroll, plan.stem_rows)
            rows = column_lines(narrow, plan, self._scroll)
            left = [line(), *(line("  ", *row.spans) for row in side)]
            return [*self._head, *beside(left, rows, SIDE_PANEL)]
        plan = layout(view, width, height)
        self._note_scroll(plan.max_scroll, plan.stem_rows)
        side = self._panel_lines(plan.side, height - 4) if plan.side else []
        return block_lines(view, width, height, self._scroll, side)

    def _question(self) -> BlockView:
        state = self.block.state
        return block_views.block_view(
            self._shown[state.position - 1],
            state,
            self.block.now_ms(),
            self._head_view(),
            note=self._remark(),
            covered=self._typed if state.covered else None,
        )

    def _note_scroll(self, most: int, rows: int) -> None:
        self._scroll_most, self._page_rows = most, max(rows - 1, 1)
        self._scroll = min(self._scroll, most)

    def _panel_lines(self, width: int, rows: int) -> list[Line]:
        if self._panel is Panel.CALCULATOR and self._calculator is not None:
            from drill.render.calculator_view import calculator_lines

            return calculator_lines(self._calculator.shown, width, rows)
        from drill.render.labs import labs_lines
        from drill.tui.screens.block_panels import LabsPanel

        if self._labs is None:
            self._labs = LabsPanel()
        return labs_lines(self._labs.view(typing=self._panel is Panel.LABS), width, rows)

    def _feedback(self, width: int, height: int) -> list[Line]:
        from drill.render.review import body_lines, max_scroll

        view = block_views.feedback_view(self._shown[self.block.state.position - 1], self.block.state)
        self._note_scroll(max_scroll(view, width, height), height - 6)
        return body_lines(view, width, height, self._scroll)

    def _remark(self) -> str:
        state = self.block.state
        position = state.position
        if position in self._nudged and state.current.chosen is None:
            limit_s = self.drill.number_setting("nudge_s")
            return f"{limit_s // 60}:{limit_s % 60:02d} on this question: choose, flag, move on."
        members = state.config.set_members(position)
        if state.current.locked:
            return "Locked: you moved on in this set."
        if len(members) > 1:
            return f"Question {position - members[0] + 1} of {len(members)} in a set. Moving on locks it."
        return ""

    def _note_hint(self) -> tuple[str, Role]:
        return ("   Esc keeps it", Role.MUTED)

    def _list_view(self) -> ListView:
        cells = block_views.item_cells(self.block.state, self.block.now_ms())
        return ListView(cells, self._cursor, self.block.state.position, self._ending, self._only_open)

    def _menu(self) -> MenuView:
        leaving = self._panel is Panel.LEAVE
        choices = [choice for choice, _ in self._menu_choices()]
        if leaving:
            text = "This is an exam block: it cannot be suspended. Every answer so far is kept."
            return MenuView("Leave this block?", text, tuple(choices), self._menu_cursor)
        return MenuView("Menu", "The clock runs on.", tuple(choices), self._menu_cursor)

    def _menu_choices(self) -> list[tuple[Choice, Callable[[], None]]]:
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

    def paint(self) -> None:
        """Paint; trouble with saving stays in the footer until it is over."""
        if self._trouble is not None:
            self._message = self._trouble
        elif self._digits:
            self._message = f"Go to {self._digits}   Enter opens it"
        elif self._striking:
            letters = self.block.state.config.letters(self.block.state.position)
            self._message = f"Strike which? A-{letters[-1]}"
        super().paint()
        if self._trouble is not None or self._digits or self._striking:
            self._message = None

    # What is open, for the footer

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
    def cursor(self) -> int:
        """The position under the list's cursor."""
        return self._cursor

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Letters answer, digits go to an item; in a panel both are typed."""
        character = event.character
        if self._runner is None or self.too_small or character is None or not character.isprintable():
            return
        if "+" in event.key:
            return
        if self._note is not None:  # typed before the note had the focus: it takes its own letters itself
            self._note.insert(character)
            event.stop()
            event.prevent_default()
            return
        if self._panel in (Panel.LABS, Panel.CALCULATOR) or (self._covering and event.key != "question_mark"):
            self._type(character)
        elif len(event.key) == 1 and event.key.isascii() and event.key.isalpha():
            if not self._pasting():
                self._letter(event.key.upper())
        elif len(event.key) == 1 and event.key.isdigit() and self._panel is Panel.NONE:
            self._digits = (self._digits + event.key)[-3:]
            self.paint()
        else:
            return
        event.stop()
        event.prevent_default()

    def takes(self, key: str) -> bool:
        """Every key, from a note too; `check_action` says which count there."""
        return True

    @property
    def _covering(self) -> bool:
        return self._panel is Panel.NONE and not self._in_list and self.block.state.covered

    def _pasting(self) -> bool:
        """More than three letters at once are no answer: a terminal without bracketed paste."""
        now = time.monotonic()
        self._letters = [at for at in self._letters if now - at < PASTE_S]
        self._letters.append(now)
        return len(self._letters) > PASTE_LETTERS

    def _letter(self, letter: str) -> None:
        if self._panel is not Panel.NONE or self._in_list or self._in_feedback:
            return
        self._digits = ""
        if self._striking:
            self._striking = False
            self._do(c.Strike(letter))
        else:
            self._do(c.Choose(letter))
        self.paint()

    def _type(self, text: str) -> None:
        if self._panel is Panel.LABS and self._labs is not None:
            self._labs.type(text)
        elif self._panel is Panel.CALCULATOR and self._calculator is not None:
            self._calculator.type(text)
        else:
            self._typed = (self._typed + text)[:500]
        self.paint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Below the minimum size only leaving works; in a note only what leaves it; typing goes first."""
        if self._runner is None:
            return action == "help"
        own = action in block_keys.ACTIONS
        if not own:
            return True
        if self.too_small:
            return False
        if self._panel is Panel.NOTE:
            return action in ("escape", "end", "list", "clock")
        typing = self._covering or self._panel in (Panel.LABS, Panel.CALCULATOR)
        if typing and action in block_keys.PRINTABLE_ACTIONS:
            return action == "page" and parameters != (1,)
        return True

    def action_enter(self) -> None:
        """Next; submit; open the item under the cursor; keep what was typed."""
        if self._panel in (Panel.MENU, Panel.LEAVE):
            self._menu_choices()[self._menu_cursor][1]()
        elif self._panel is Panel.CALCULATOR and self._calculator is not None:
            self._calculator.keep()
        elif self._panel is Panel.LABS:
            pass
        elif self._digits:
            digits, self._digits = self._digits, ""
            self._go(int(digits))
        elif self._in_list:
            self._go(self._cursor)
        elif self._covering:
            self._do(c.Commit(self._typed.strip() or None))
        elif self.block.state.config.mode is Mode.TUTOR and not self.block.state.current.locked:
            self._do(c.Submit())
        else:
            self._next()
        self.paint()

    def action_forward(self) -> None:
        """Next, without submitting."""
        if self._in_list:
            self._move_cursor(0, 1)
        elif self._panel is Panel.NONE:
            self._next()
        self.paint()

    def action_back(self) -> None:
        """Previous."""
        if self._in_list:
            self._move_cursor(0, -1)
        elif self._panel is Panel.NONE:
            self._do(c.Previous())
        self.paint()

    def _next(self) -> None:
        state = self.block.state
        if state.position == state.config.length:
            self._ending = True
            self._do(c.OpenList())
        else:
            self._go(state.position + 1, c.Next())

    def _go(self, position: int, command: c.Command | None = None) -> None:
        locks = locks_on_leaving(self.block.state, position)
        if locks and self._lock_asked != position:
            self._lock_asked = position
            answer = self.block.state.item(locks[-1]).chosen
            what = f"your answer {answer}" if answer else "it blank"
            self.say(f"Moving on locks question {locks[-1]} with {what}. Again to go on.")
            return
        self._do(command or c.GoTo(position))

    def _move_cursor(self, rows: int, columns: int) -> None:
        view = self._list_view()
        positions = [item.position for item in visible(view)]
        if not positions:
            return
        _, per_column, _ = grid(len(positions), min(self.size.width, CAP), self.size.height)
        at = positions.index(self._cursor) if self._cursor in positions else 0
        at = min(max(at + rows + columns * per_column, 0), len(positions) - 1)
        self._cursor = positions[at]

    def action_scroll(self, rows: int) -> None:
        """Scroll the stem; move in lists."""
        if self._panel in (Panel.MENU, Panel.LEAVE):
            count = len(self._menu_choices())
            self._menu_cursor = (self._menu_cursor + rows) % count
        elif self._panel is Panel.LABS and self._labs is not None:
            self._labs.scroll = max(self._labs.scroll + rows, 0)
        elif self._in_list:
            self._move_cursor(rows, 0)
        else:
            self._scroll = min(max(self._scroll + rows, 0), self._scroll_most)
        self.paint()

    def action_page(self, direction: int) -> None:
        """Scroll by what is in view."""
        rows = 10 if self._panel is Panel.LABS else self._page_rows
        self.action_scroll(direction * rows)

    def action_edge(self, end: int) -> None:
        """To the first or last row."""
        self.action_scroll(10_000 if end else -10_000)

    def action_erase(self) -> None:
        """Take back what was typed, or the answer."""
        if self._panel is Panel.LABS and self._labs is not None:
            self._labs.erase()
        elif self._panel is Panel.CALCULATOR and self._calculator is not None:
            self._calculator.erase()
        elif self._digits:
            self._digits = self._digits[:-1]
        elif self._covering:
            self._typed = self._typed[:-1]
        elif self._panel is Panel.NONE and not self._in_list and not self._in_feedback:
            self._do(c.Clear())
        self.paint()

    def action_flag(self) -> None:
        """Flag, or unflag."""
        if self._panel is Panel.NONE:
            self._do(c.Flag(self._cursor if self._in_list else None))
        self.paint()

    def action_strike(self) -> None:
        """Wait for a letter to strike out."""
        if self._panel is Panel.NONE and not self._in_list and not self._in_feedback:
            self._striking = not self._striking
        self.paint()

    def action_filter(self) -> None:
        """In the list: blank and flagged only, or all."""
        if self._in_list:
            self._only_open = not self._only_open
            self._move_cursor(0, 0)
        self.paint()

    def action_list(self) -> None:
        """The item list, and back."""
        if not self._close_panel():
            return
        if self._in_list:
            self._do(c.CloseList())
        else:
            self._ending = False
            self._do(c.OpenList())
        self.paint()

    def action_end(self) -> None:
        """Ask whether to end; asked already, end."""
        if not self._close_panel():
            return
        if self._in_list and self._ending:
            self._do(c.End())
            return
        self._ending = True
        if self._in_list:
            self._opened()
        else:
            self._do(c.OpenList())
        self.paint()

    def action_clock(self) -> None:
        """Clock and pace, the clock alone, neither."""
        shown = (self.drill.settings.get("clock", "shown"), self.drill.settings.get("pace", "shown"))
        clock, pace = {
            ("shown", "shown"): ("shown", "hidden"),
            ("shown", "hidden"): ("hidden", "hidden"),
        }.get(shown, ("shown", "shown"))
        self.drill.save_setting("clock", clock)
        self.drill.save_setting("pace", pace)
        self.paint()

    def action_labs(self) -> None:
        """Lab values."""
        from drill.tui.screens.block_panels import LabsPanel

        self._labs = LabsPanel()
        self._open_panel(Panel.LABS)

    def action_calculator(self) -> None:
        """The calculator."""
        from drill.tui.screens.block_panels import CalculatorPanel

        self._calculator = self._calculator or CalculatorPanel()
        self._open_panel(Panel.CALCULATOR)

    async def action_note(self) -> None:
        """A note on this item."""
        if self._in_list or self._panel is not Panel.NONE:
            return
        from drill.tui.widgets.note_area import NoteArea

        self._note = NoteArea(self.block.state.current.note, show_line_numbers=False, compact=True)
        self._panel = Panel.NOTE
        await self.mount(self._note)
        self._note.focus()
        self._note.move_cursor(self._note.document.end)
        self.paint()

    def _open_panel(self, panel: Panel) -> None:
        if self._in_list or self._in_feedback:
            return
        self._panel = Panel.NONE if self._panel is panel else panel
        self.paint()

    def _save_note(self) -> bool:
        """Whether the note stands in the log as it stands on the screen."""
        if self._note is not None and self._note.text != self.block.state.current.note:
            return self._do(c.Note(self._note.text))
        return True

    def _close_panel(self) -> bool:
        """Close what is open; a note that cannot be saved stays, and False."""
        if self._panel is Panel.NOTE and self._note is not None:
            if not self._save_note():
                return False
            self.set_focus(None)
            self._note.remove()
            self._note = None
        self._panel = Panel.NONE
        return True

    def action_escape(self) -> None:
        """Close what is open, else the menu."""
        if self._panel is not Panel.NONE:
            self._close_panel()
        elif self._digits or self._striking:
            self._digits, self._striking = "", False
        elif self._in_list:
            self._do(c.CloseList())
        else:
            self._panel, self._menu_cursor = Panel.MENU, 0
        self.paint()

    # Leaving

    def leave(self) -> None:
        """Ctrl+Q: an exam asks, other modes suspend and leave."""
        if self._runner is None or self._runner.state.phase is Phase.ENDED:
            self.app.exit()
            return
        if self._trouble is not None:  # nobody is held here by a full disk
            if not self._run(self.block.tick):
                self.app.exit(block_keys.UNSAVED)
            if self._trouble is not None or not self.block.running:
                return
        if not self._close_panel():
            return
        if self.block.state.config.mode is Mode.EXAM:
            self._panel, self._menu_cursor = Panel.LEAVE, 0
            self.paint()
            return
        if self._do(c.Suspend()):
            self.app.exit(block_keys.suspended_text(self.block))

    def suspend(self) -> None:
        """Put the block away and go Home."""
        if self._do(c.Suspend()):
            self.drill.go_home("Suspended. No answer was lost.")

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
                self._menu_choices()[int(argument)][1]()
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
            marked = any(a <= passage[0] and passage[1] <= b for a, b in self.block.state.current.highlights)
            self._do(c.Highlight(*passage, on=not marked))
        self.paint()

    def on_canvas_scrolled(self, event: object) -> None:
        """The wheel scrolls the stem."""
        self.action_scroll(getattr(event, "direction", 0) * 2)

    def palette(self) -> Iterable[tuple[str, str, Callable[[], object]]]:
        """What the command palette offers in a block."""
        return block_keys.palette(self)
