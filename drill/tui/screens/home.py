"""Home: what to do next, and the last blocks at a glance."""

from __future__ import annotations

from collections.abc import Iterable

from drill.core.history import BlockRecord
from drill.errors import DrillError
from drill.render.frame import is_tall
from drill.render.home import BODY, HomeView, home_lines
from drill.render.lines import Line
from drill.render.named_keys import KEEP_KEY
from drill.render.top import SCREENS, exam_text
from drill.render.views.last_blocks import last_block, reasons_not_counted
from drill.render.views.last_ribbon import LOW_ROWS, ROWS, ribbon_of
from drill.storage.test_day import road_is_used
from drill.tui.commands import KEYS, NUMBERS, Command, Named
from drill.tui.screens.aside import aside_command, ask_aside
from drill.tui.screens.home_choices import HomeChoices, Offer
from drill.tui.screens.rows import RowsScreen, row_commands
from drill.usecases import looking_back, sitting

LAST_BLOCKS = 12
RIBBON_FROM = 5
"""Questions that were shown, from which on the last block's ribbon says anything."""
AFTER_PAINT_S = 0.15
"""A thread that computes holds up the first paint: it waits until that is on the terminal."""


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
        self._offers = HomeChoices(self, self.read)
        self._choices: list[Offer] = []
        self._blocks: list[BlockRecord] = []
        self._titles: dict[str, str] = {}
        self._paces: dict[str, int | None] = {}
        self._unfinished = False
        self._unread = False
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
        """Blocks or banks came from a file or from another machine."""
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
        self._unread = True
        try:
            self._blocks = looking_back.recent(store, LAST_BLOCKS)
            self._unread = False
            self._titles = looking_back.titles(store, self._blocks)
            unfinished = sitting.unfinished(store)
            self._unfinished = unfinished is not None
            self._choices = self._offers.offered(unfinished, self._blocks)
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
            tuple(
                last_block(each, self._titles.get(each.block, ""), self._paces.get(each.block))
                for each in self._blocks
            ),
            self.cursor,
            reasons_not_counted(self._blocks),
            unread=self._unread,
            unfinished=self._unfinished,
            exam=exam_text(self.desk.exam_in_days()) if self._lead is None else "",  # which tells the days
            lead=self._lead,
            ribbon=self._ribbon(width, height),
        )
        return [self.top(width), *home_lines(view, width, height)]

    def _ribbon(self, width: int, height: int) -> tuple[Line, ...]:
        """Of the last block that had a limit."""
        last = next((block for block in self._blocks if block.limit_ms is not None), None)
        if last is None or self._unfinished or sum(each.visits > 0 for each in last.attempts) < RIBBON_FROM:
            return ()
        return ribbon_of(last, min(width, BODY) - 4, ROWS if is_tall(height) else LOW_ROWS)

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

    def palette(self) -> Iterable[Named]:
        """What Home offers, by name."""
        for choice, act in self._choices:
            if act != self.desk.action_new_block:  # offered everywhere
                yield Named(choice.label, choice.text, act)
        yield from super().palette()
