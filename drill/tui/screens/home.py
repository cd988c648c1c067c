"""Home: what to do next, and the last blocks at a glance."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from drill.analytics.eligibility import block_exclusion
from drill.core.clock import wall_from_iso
from drill.core.counts import count_text
from drill.core.history import BlockRecord
from drill.core.road.exam_day import BLOCKS as DAY_BLOCKS
from drill.core.road.exam_day import LONGEST_MS
from drill.core.vocabulary import BlockEnd, Status
from drill.errors import DrillError
from drill.render.frame import is_tall
from drill.render.home import BODY, Choice, HomeView, LastBlock, home_lines
from drill.render.lines import Line
from drill.render.named_keys import IMPORT_OWN, KEEP_KEY
from drill.render.text import clock_text, day_text, left_text
from drill.render.top import SCREENS, exam_text
from drill.render.views.last_ribbon import LOW_ROWS, ROWS, ribbon_of
from drill.render.wordings import EXCLUSION_WORDINGS
from drill.storage.test_day import open_day_blocks, road_is_used
from drill.tui.commands import KEYS, NUMBERS, Command, Named
from drill.tui.screens.aside import aside_command, ask_aside
from drill.tui.screens.rows import RowsScreen, row_commands
from drill.usecases import looking_back, retests, sitting
from drill.usecases.block_request import BlockRequest
from drill.usecases.sitting import Unfinished
from drill.usecases.titles import block_title

LAST_BLOCKS = 12
AFTER_PAINT_S = 0.15
"""A thread that computes holds up the first paint: it waits until that is on the terminal."""
_CAUSES = {
    "suspended": "Suspended at {time}. No answer was lost.",
    "crash": "drill was cut off at {time}. No answer was lost.",
    "terminal_closed": "The terminal closed at {time}. No answer was lost.",
    "terminated": "drill was stopped at {time}. No answer was lost.",
    "stopped": "drill was stopped at {time}. No answer was lost.",
    "sleep": "The machine slept at {time}. No answer was lost.",
}


def _on_block(home: HomeScreen) -> bool:
    return home.block_here is not None


class HomeScreen(RowsScreen[None]):
    """The first screen."""

    NUMBER = 1

    COMMAND_TABLE = (
        *row_commands(),
        Command("enter", "open", "Open: start, resume, or a block's results", "Open"),
        aside_command("ctrl+x", _on_block),
        Command(shown=f"1-{len(SCREENS)}", short="Screen"),
        *NUMBERS,
        Command("ctrl+n,f8", "new_block", "New block", "New block"),
        Command("ctrl+o", "import", "Import a file of questions", "Import", "Import questions"),
        Command(
            KEEP_KEY.lower(),
            "keep_limit",
            "The next block in 30:00, or in the limit that is suggested",
            name="Keep 30:00, or take the suggested limit",
            when=lambda home: home.has_limits,
        ),
        Command("ctrl+p", "app.command_palette", "Every action", "Actions", right=True),
        KEYS,
    )

    def __init__(self, notice: str | None = None) -> None:
        super().__init__()
        self._notice = notice
        self._choices: list[tuple[Choice, Callable[[], None]]] = []
        self._blocks: list[BlockRecord] = []
        self._titles: dict[str, str] = {}
        self._paces: dict[str, int | None] = {}
        self._unfinished = False
        self._lead: str | None = None

    def on_mount(self) -> None:
        """Read what is there."""
        self.read()
        if self._notice:
            self.say(self._notice)
        if self.desk.reports is None:
            self.set_timer(AFTER_PAINT_S, self._compute)
        else:
            self.call_after_refresh(self._compute)

    def data_changed(self) -> None:
        """Blocks or banks came from another machine."""
        self.read()
        self.paint()
        self._compute()

    def _compute(self) -> None:
        self.desk.load_reports(self._reports_read)
        self.desk.update_retests(self._reports_read)
        if self._lead is not None:
            self.desk.load_lead(self._lead_read)

    def _lead_read(self, lead: str) -> None:
        """What to do now came in."""
        if self.is_attached:
            self._lead = lead or None
            self.paint()

    def read(self) -> None:
        """The choices and the last blocks, as they are now."""
        store, here = self.desk.store, self._names[self.cursor : self.cursor + 1]
        try:
            self._blocks = looking_back.recent(store, LAST_BLOCKS)
            self._titles = looking_back.titles(store, self._blocks)
            unfinished = sitting.unfinished(store)
            self._unfinished = unfinished is not None
            self._choices = self._offer(unfinished)
            if not road_is_used(store.connection):
                self._lead = None
            elif self._lead is None:
                self._lead = ""
        except DrillError as error:
            self.say(str(error))
        if self.cursor and here and here[0] in self._names:  # what came in must not move what Enter opens
            self.cursor = self._names.index(here[0])
        self.cursor = min(self.cursor, max(self.rows() - 1, 0))

    @property
    def _names(self) -> list[str]:
        """What each row is, whatever it says."""
        return [*(choice.label for choice, _ in self._choices), *(block.block for block in self._blocks)]

    def _offer(self, unfinished: Unfinished | None) -> list[tuple[Choice, Callable[[], None]]]:
        there = looking_back.unused(self.desk.store)
        questions = count_text(there.questions, "unused question")
        new = Choice(
            "New block",
            "choose preset, bank, pool and filters",
            f"{questions} in {count_text(there.banks, 'bank')}. {IMPORT_OWN}.",
        )
        offered: list[tuple[Choice, Callable[[], None]]] = []
        if unfinished is not None:
            choice = _resume_choice(unfinished, elsewhere=self.desk.store.read_only)
            offered.append((choice, self.action_resume))
            offered.append(
                (Choice("End it", "end that block for good; what is blank counts as wrong"), self._end_it)
            )
        else:
            now_ms = self.desk.clock.wall().utc_ms
            sat = open_day_blocks(self.desk.store.connection, now_ms - LONGEST_MS)
            if sat is not None:
                day = Choice("Exam day", f"block {sat + 1} of {DAY_BLOCKS} is next", "The break runs on.")
                offered.append((day, self.desk.open_day))
            offered.append((self._next_choice(there.questions), self._start_next))
            due = retests.due_count(self.desk.store, self.desk.clock.wall().iso)
            if due:
                offered.append((_retest_choice(due), partial(self._start_retest, due)))
        offered.append((new, self.desk.action_new_block))
        return offered

    def _next_choice(self, questions: int) -> Choice:
        request = self.desk.next_request()
        title = block_title(request.preset, request.how, request.count, (), False)
        text = f"{title} in {clock_text(self.desk.next_block().limit_ms)}"
        if questions < request.count:
            return Choice(
                "Next block",
                f"{text}, all subjects",
                f"Only {questions} unused left: widen the pool in New block, or {IMPORT_OWN}.",
            )
        return Choice("Next block", f"{text}, all subjects, unused", self.desk.next_hint(questions))

    def _reports_read(self) -> None:
        """The reports came in: the paces of the last blocks and what is suggested."""
        if not self.is_attached:
            return
        self._paces = self.desk.block_paces()
        self.read()
        self.paint()

    def body(self, width: int, height: int) -> list[Line]:
        """Top line and choices."""
        view = HomeView(
            tuple(choice for choice, _ in self._choices),
            tuple(self._last_block(block) for block in self._blocks),
            self.cursor,
            _hollow(self._blocks),
            unfinished=self._unfinished,
            exam=exam_text(self.desk.exam_in_days()),
            lead=self._lead,
            ribbon=self._ribbon(width, height),
        )
        return [self.top(width), *home_lines(view, width, height)]

    def _ribbon(self, width: int, height: int) -> tuple[Line, ...]:
        """Of the last block that had a limit."""
        last = next((block for block in self._blocks if block.limit_ms is not None), None)
        if last is None or self._unfinished:
            return ()
        return ribbon_of(last, min(width, BODY) - 4, ROWS if is_tall(height) else LOW_ROWS)

    def _last_block(self, block: BlockRecord) -> LastBlock:
        return LastBlock(
            day_text(wall_from_iso(block.started_at, block.utc_offset_minutes).local.isoformat()),
            self._titles.get(block.block, ""),
            sum(block.attempts.correct),
            len(block.attempts) - block.attempts.chosen.count(None),
            _clock_words(block),
            self._paces.get(block.block),
            block_exclusion(block) is None,
        )

    def rows(self) -> int:
        """Choices, then blocks."""
        return len(self._choices) + len(self._blocks)

    def open_row(self) -> None:
        """Do what the choice says, or open the block's results."""
        if self.cursor < len(self._choices):
            self._choices[self.cursor][1]()
        elif self.cursor < self.rows():
            self.desk.open_results(self._blocks[self.cursor - len(self._choices)].block)

    @property
    def has_limits(self) -> bool:
        """Whether another limit than the exam's is suggested for the next block."""
        return not self._unfinished and self.desk.next_block().is_changed

    def action_keep_limit(self) -> None:
        """Keep the exam's limit for the next block, or take what is suggested."""
        self.desk.keep_exam_limit(not self.desk.keeps_exam_limit)
        self.read()
        self.paint()
        self.desk.load_reports(self._reports_read)

    @property
    def block_here(self) -> BlockRecord | None:
        """The ended block under the cursor."""
        at = self.cursor - len(self._choices)
        return self._blocks[at] if 0 <= at < len(self._blocks) else None

    def action_set_aside(self) -> None:
        """Set the block under the cursor aside, or take it back."""
        if self.block_here is not None:
            ask_aside(self, self.block_here.block, self.read)

    def action_new_block(self) -> None:
        """The form for a new block."""
        self.desk.action_new_block()

    def action_import(self) -> None:
        """Choose a file of questions."""
        self.desk.open_import()

    def action_resume(self) -> None:
        """Take up the unfinished block."""
        if not self.said(self.desk.may_write("resume")):
            self.desk.resume_block()

    def _end_it(self) -> None:
        if self.said(self.desk.may_write("end the block")):
            return
        from drill.tui.screens.choose import ask

        def answered(yes: int | None) -> None:
            if not yes:
                return
            try:
                sitting.end_unfinished(self.desk.store, self.desk.clock)
            except DrillError as error:
                self.say(str(error))
                return
            self.read()
            self.say("The block has ended. Its results are below.")

        text = "It cannot be reopened. What is blank counts as wrong, and the block counts in no trend."
        self.app.push_screen(ask("End the unfinished block?", text, "End for good", "Keep it"), answered)

    def _start_next(self) -> None:
        self.said(self.desk.request_block(self.desk.next_request()))

    def _start_retest(self, due: int) -> None:
        now = self.desk.clock.wall().iso
        most = BlockRequest("retest").count
        self.said(self.desk.request_block(BlockRequest("retest", items=min(due, most), due_at=now)))

    def palette(self) -> Iterable[Named]:
        """What Home offers, by name."""
        for choice, act in self._choices:
            if act != self.desk.action_new_block:  # offered everywhere
                yield Named(choice.label, choice.text, act)
        yield from super().palette()


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
    return Choice("Retest", many, "Questions you missed or flagged. Untimed, and in no trend.")


def _clock_words(block: BlockRecord) -> str:
    unseen = block.attempts.status.count(Status.UNREACHED)
    blank = block.attempts.chosen.count(None) - unseen
    if unseen:
        return f"{unseen} never seen"
    still_open = f", {blank} blank" if blank else ""
    if block.limit_ms is None:
        return f"{block.mode}{still_open}"
    if block.block_end is BlockEnd.EXPIRED:
        return f"ran out, {blank} blank" if blank else "ran out"
    if block.block_end is BlockEnd.LEFT:
        return f"left{still_open}"
    if blank:
        return f"ended{still_open}"
    return f"{left_text(block.limit_ms - block.block_active_ms)} left"


def _hollow(blocks: list[BlockRecord]) -> tuple[str, ...]:
    reasons = {reason for block in blocks if (reason := block_exclusion(block))}
    return tuple(sorted(EXCLUSION_WORDINGS[reason].short for reason in reasons))
