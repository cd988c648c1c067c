"""What Home offers to do, and doing it: resume, end, the next block, retests, a new block."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

from drill.analytics.eligibility import block_exclusion
from drill.core.counts import count_text
from drill.core.history import BlockRecord
from drill.core.next_block import BASELINE_ITEMS, PINNED_DAYS, PRESET
from drill.core.road.exam_day import BLOCKS as DAY_BLOCKS
from drill.core.road.exam_day import LONGEST_MS
from drill.errors import DrillError
from drill.render.home import Choice
from drill.render.named_keys import IMPORT_OWN
from drill.render.text import clock_text, left_text
from drill.storage.test_day import open_day_blocks
from drill.tui.desk import Desk
from drill.tui.screens.painted import PaintedScreen
from drill.usecases import looking_back, retests, sitting
from drill.usecases.block_request import BlockRequest
from drill.usecases.sitting import Unfinished
from drill.usecases.titles import block_title

_TREND_FROM = 10
"""Blocks after which a trend may be told."""
Offer: TypeAlias = tuple[Choice, Callable[[], None]]
_CAUSES = {
    "suspended": "Suspended at {time}. No answer was lost.",
    "crash": "drill was cut off at {time}. No answer was lost.",
    "terminal_closed": "The terminal closed at {time}. No answer was lost.",
    "terminated": "drill was stopped at {time}. No answer was lost.",
    "stopped": "drill was stopped at {time}. No answer was lost.",
    "sleep": "The machine slept at {time}. No answer was lost.",
}


class HomeChoices:
    """The choices of a screen; `read_again` is called where one changed what there is."""

    def __init__(self, screen: PaintedScreen[None], read_again: Callable[[], None]) -> None:
        self._screen, self._read_again = screen, read_again
        self._hint_rows = 0

    @property
    def _desk(self) -> Desk:
        return self._screen.desk

    def offered(self, unfinished: Unfinished | None, last: Sequence[BlockRecord]) -> list[Offer]:
        """What can be done now, the likeliest first; `last` are the last blocks."""
        there = looking_back.unused(self._desk.store)
        questions = count_text(there.questions, "unused question")
        new = Choice(
            "New block",
            "choose preset, bank, pool and filters",
            f"{questions} in {count_text(there.banks, 'bank')}. {IMPORT_OWN}.",
        )
        offered: list[Offer] = []
        if unfinished is not None:
            choice = _resume_choice(unfinished, elsewhere=self._desk.store.read_only)
            offered.append((choice, self._resume))
            offered.append(
                (Choice("End it", "end that block for good; what is blank counts as wrong"), self._end_it)
            )
        else:
            now_ms = self._desk.clock.wall().utc_ms
            sat = open_day_blocks(self._desk.store.connection, now_ms - LONGEST_MS)
            if sat is not None:
                day = Choice("Exam day", f"block {sat + 1} of {DAY_BLOCKS} is next", "The break runs on.")
                offered.append((day, self._desk.open_day))
            if self._desk.reports is None:
                self._hint_rows = _rows_to_come(last, there.questions, self._desk.exam_in_days())
            offered.append((self._next_choice(there.questions), self._start_next))
            due = retests.due_count(self._desk.store, self._desk.clock.wall().iso)
            if due:
                offered.append((_retest_choice(due), partial(self._start_retest, due)))
        offered.append((new, self._desk.action_new_block))
        return offered

    def _next_choice(self, questions: int) -> Choice:
        request = self._desk.next_request()
        title = block_title(request.preset, request.how, request.count, (), False)
        text = f"{title} in {clock_text(self._desk.next_block().limit_ms)}"
        if questions < request.count:
            return Choice(
                "Next block",
                f"{text}, all subjects",
                f"Only {questions} unused left: widen the pool in New block, or {IMPORT_OWN}.",
            )
        hint = self._desk.next_hint(questions)
        return Choice("Next block", f"{text}, all subjects, unused", hint, self._hint_rows)

    def _resume(self) -> None:
        if not self._screen.said(self._desk.may_write("resume")):
            self._desk.resume_block()

    def _end_it(self) -> None:
        if self._screen.said(self._desk.may_write("end the block")):
            return
        from drill.tui.screens.choose import ask

        def answered(yes: int | None) -> None:
            if not yes:
                return
            try:
                sitting.end_unfinished(self._desk.store, self._desk.clock)
            except DrillError as error:
                self._screen.say(str(error))
                return
            self._read_again()
            self._screen.say("The block has ended. Its results are below.")

        text = "It cannot be reopened. What is blank counts as wrong, and the block counts in no trend."
        self._screen.app.push_screen(
            ask("End the unfinished block?", text, "End for good", "Keep it"), answered
        )

    def _start_next(self) -> None:
        self._screen.said(self._desk.request_block(self._desk.next_request()))

    def _start_retest(self, due: int) -> None:
        now = self._desk.clock.wall().iso
        most = BlockRequest("retest").count
        self._screen.said(self._desk.request_block(BlockRequest("retest", items=min(due, most), due_at=now)))


def _rows_to_come(last: Sequence[BlockRecord], unused: int, exam_in_days: int | None) -> int:
    """Rows that the reports' words about the next block take: those about its limit take two.

    Until the day of the test blocks are counted that lack to a trend; near it the limit is the exam's, and no
    words say so.
    """
    counted = [block for block in last if block_exclusion(block) is None]
    missing = 0 if exam_in_days == 0 else max(_TREND_FROM - len(counted), 0)
    near = exam_in_days is not None and 0 <= exam_in_days <= PINNED_DAYS
    limit = not near and sum(len(block.attempts) for block in counted) >= BASELINE_ITEMS
    return (missing > 0) + (missing * PRESET.items > unused) + 2 * limit


def _resume_choice(unfinished: Unfinished, *, elsewhere: bool) -> Choice:
    state = unfinished.state
    left = f", {left_text(unfinished.remaining_ms)} left" if unfinished.remaining_ms is not None else ""
    said = _CAUSES[unfinished.cause].format(time=f"{unfinished.since.local:%H:%M}")
    if elsewhere:
        said = "Another drill has this block: go on there."
    return Choice(
        "Resume", f"{unfinished.title}, question {state.position} of {state.config.length}{left}", said
    )


def _retest_choice(due: int) -> Choice:
    many = f"{due} due" if due < retests.MOST_DUE else f"{due} or more due"
    block = BlockRequest("retest").count
    said = f"{block} of {many}" if due > block else many
    return Choice("Retest", said, "Questions you missed or flagged. Untimed, and in no trend.")
