"""drill block --plain: the same block as plain lines, for screen readers and dumb terminals.

Every answer goes through the same runner and the same log as on the screen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial

from drill import system
from drill.cli import plain_review
from drill.cli.common import say
from drill.cli.line_reader import LineReader
from drill.cli.plain_tools import lab_lines, marked_lines, passage_of, sum_line
from drill.cli.plain_voice import Voice
from drill.core import commands as c
from drill.core.block import is_marked, locks_on_leaving
from drill.core.clock import Clock
from drill.core.events import LIST
from drill.core.items import Item
from drill.core.pace import WARNINGS_MS
from drill.core.state import Mode, Phase
from drill.core.vocabulary import BlockEnd, Confidence
from drill.errors import DatabaseGone, DrillError, IllegalCommand
from drill.render.item_list import open_items_text
from drill.render.text import left_text
from drill.render.verdict import accuracy_parts, verdict_text
from drill.runner import BlockRunner
from drill.storage.blocks import BlockPlan
from drill.storage.store import Store
from drill.usecases import looking_back, sitting

HELP = """Type a letter to answer, then Enter. A letter is always an answer; the rest are whole words:
  next (or Enter alone)   back   7 or go 7: question 7   list   flag   strike B, again to restore it
  clear   read: once more   time   note TEXT   sure, unsure or guess: of your answer
  labs WORD: lab values   calc SUM   mark WORDS: highlight them, again takes the mark away
  end: end the block   leave   help (or ?)"""
TICK_S = 0.5


def sit(store: Store, plan: BlockPlan, clock: system.SystemClock, again: str) -> int:
    """Run a new block on stdin and stdout; `again` is the command that goes on with it, "" for none."""
    items = sitting.read_form(store, plan)
    return Plain(store, clock, sitting.start_block(store, plan, clock), items, again).run()


def go_on(store: Store, clock: system.SystemClock, again: str) -> int:
    """Go on with the unfinished block on stdin and stdout."""
    runner = sitting.resume_block(store, clock)
    return Plain(store, clock, runner, sitting.read_form(store, runner.plan), again).run()


class Plain:
    """A block as a dialogue of lines."""

    def __init__(
        self, store: Store, clock: Clock, runner: BlockRunner, items: tuple[Item, ...], again: str
    ) -> None:
        from drill.render.views.block import shown_items

        self._store, self._clock, self._again = store, clock, again
        self._runner = runner
        self._shown = shown_items(items, runner.plan)
        self._voice = Voice(runner, self._shown)
        self._lines = LineReader()
        self._asked = ""
        """ "end" or "leave", typed once and not yet again."""
        self._lock_asked: int | None = None
        """The question whose opening locks an answer, asked for once and not yet again."""
        self._said: set[int] = set()

    def run(self) -> int:
        """Ask until the block ends or is left."""
        say(HELP)
        if self._runner.state.place == LIST:
            self._runner.dispatch(c.CloseList())
        self._voice.question()
        while self._runner.state.phase is Phase.RUNNING:
            text = self._ask()
            if self._runner.state.phase is not Phase.RUNNING:
                break
            if text is None:
                return self._cut_off()
            try:
                if self._obey(text.strip()):
                    return 0
            except IllegalCommand as error:
                say(str(error))
            except DatabaseGone:
                raise
            except DrillError as error:
                say(f"Not saved: {error} Type it again.")
        self._results()
        return 0

    def _ask(self) -> str | None:
        """A line, while the clock beats on; None at the end of input."""
        sys.stdout.write("> ")
        sys.stdout.flush()
        while self._runner.state.phase is Phase.RUNNING:
            line = self._lines.poll(TICK_S)
            if line is not None:
                return line or None
            try:
                self._runner.tick()
            except DatabaseGone:
                raise
            except DrillError as error:
                say(f"\nNot saved: {error}")
            self._warn()
        say("")
        return ""

    def _warn(self) -> None:
        remaining = self._runner.remaining_ms()
        for at in WARNINGS_MS:
            if remaining is not None and remaining <= at and at not in self._said:
                self._said.add(at)
                if remaining > at - 2000:
                    say(f"\n{left_text(at)} left.")

    def _obey(self, text: str) -> bool:
        """Do what a line says; True when the block was left."""
        word, _, rest = text.partition(" ")
        word, rest = word.lower(), rest.strip()
        asked, self._asked = self._asked, ""
        state = self._runner.state
        letters = state.config.letters(state.position)
        if asked and text.lower() in ("y", "yes") and text.upper() not in letters:
            self._asked = asked
            say(f"Type {asked} again to end it, or anything else to go on.")
            return False
        if state.covered and text.lower() not in ("leave", "end", "help", "?", "time", "read"):
            self._runner.dispatch(c.Commit(text or None))
            self._voice.options()
            return False
        simple: dict[str, Callable[[], object]] = {
            "": self._next,
            "?": lambda: say(HELP),
            "help": lambda: say(HELP),
            "next": self._next,
            "back": lambda: self._go(max(state.position - 1, 1)),
            "list": self._voice.list,
            "flag": lambda: self._mark(c.Flag()),
            "clear": lambda: self._mark(c.Clear()),
            **{word.value: partial(self._mark, c.Rate(word)) for word in Confidence},
            "read": self._voice.question,
            "time": self._voice.time,
        }
        if word == "end" and not rest:
            self._end(again=asked == "end")
        elif word == "leave" and not rest:
            return self._leave(again=asked == "leave")
        elif word in simple and not rest:
            simple[word]()
        elif word == "go" and _is_number(rest):
            self._go(int(rest))
        elif _is_number(word) and not rest:
            self._go(int(word))
        elif word == "strike" and len(rest) == 1:
            self._mark(c.Strike(rest.upper()))
        elif word == "note":
            self._mark(c.Note(rest))
        elif word == "labs":
            self._voice.tell(lab_lines(rest))
        elif word == "calc":
            say(sum_line(rest))
        elif word == "mark":
            self._highlight(rest)
        elif len(word) == 1 and word.isalpha() and word.isascii() and not rest:
            self._answer(word.upper())
        else:
            say("Not understood. ? lists the words.")
        return False

    def _answer(self, letter: str) -> None:
        self._runner.dispatch(c.Choose(letter))
        if self._runner.state.phase is not Phase.RUNNING:
            return
        say(f"Question {self._runner.state.position}: {letter}.")
        if self._runner.state.config.mode is Mode.TUTOR:
            self._runner.dispatch(c.Submit())
            self._voice.feedback()

    def _highlight(self, words: str) -> None:
        shown = self._shown[self._runner.state.position - 1]
        found = passage_of(shown.vignette, words)
        if found is None:
            say("Those words do not stand in the text. Type them as they stand there: mark WORDS.")
            return
        marks = self._runner.state.current.highlights
        self._runner.dispatch(c.Highlight(*found, on=not is_marked(marks, *found)))
        if self._runner.state.phase is Phase.RUNNING:
            left = self._runner.state.current.highlights
            self._voice.tell(marked_lines(shown.vignette, left) if left else ["Nothing is marked here."])

    def _mark(self, command: c.Command) -> None:
        self._runner.dispatch(command)
        self._voice.answer()

    def _next(self) -> None:
        state = self._runner.state
        if state.position == state.config.length:
            self._voice.list()
            say("That was the last question. Type end to end the block.")
        else:
            self._go(state.position + 1)

    def _go(self, position: int) -> None:
        from drill.render.views.block import lock_question

        locks = locks_on_leaving(self._runner.state, position)
        if locks and self._lock_asked != position:
            self._lock_asked = position
            say(f"{lock_question(self._runner.state, locks)} Type it again to go on.")
        elif self._runner.dispatch(c.GoTo(position)):
            self._lock_asked = None
            self._voice.question()

    def _end(self, *, again: bool) -> None:
        if not again:
            self._asked = "end"
            say(f"End this block? {open_items_text(self._voice.cells)} Type end again to end it for good.")
            return
        self._runner.dispatch(c.End())

    def _leave(self, *, again: bool) -> bool:
        """Put the block away; an exam block asks first, for leaving ends it."""
        if self._runner.state.config.mode.may_suspend:
            self._runner.dispatch(c.Suspend())
            if self._again:
                say(f"Suspended. '{self._again}' goes on from there.")
        elif not again:
            self._asked = "leave"
            say("An exam block cannot be suspended. Type leave again to end it for good, or go on.")
            return False
        else:
            self._runner.dispatch(c.Leave())
            say("The block has ended. 'drill history' has it.")
        return True

    def _cut_off(self) -> int:
        """The input has ended: nobody chose to end the block."""
        self._runner.dispatch(c.Interrupt("terminal_closed"))
        lost = f" No answer was lost: '{self._again}' goes on from there." if self._again else ""
        say(f"\nThe input has ended.{lost}")
        return 0

    def _results(self) -> None:
        from drill.render.views.results import figures

        block = looking_back.record(self._store, self._runner.plan.block)
        if block is None:
            return
        found = figures(block)
        if block.block_end is BlockEnd.EXPIRED:
            say("Time. The block ended and every answer is kept.")
        say(verdict_text(found))
        say("   ".join(bold + rest for bold, rest in accuracy_parts(found, long=False)))
        if block.mode == Mode.TUTOR:
            return
        for attempt in block.attempts:
            say(plain_review.result_text(block, attempt.position))
        plain_review.review(self._store, self._clock, block, self._shown, self._wait)

    def _wait(self) -> str | None:
        """A line, however long it takes; None at the end of input."""
        sys.stdout.write("> ")
        sys.stdout.flush()
        while (line := self._lines.poll(TICK_S)) is None:
            pass
        return line or None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5
