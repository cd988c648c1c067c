"""The base of Pacing and Next best step: a report whose parts open and close, by range and bank."""

from __future__ import annotations

from dataclasses import replace

from drill.render.lines import BLANK, Line, Role, line
from drill.render.named_keys import TAKE_KEY
from drill.render.page import more_line
from drill.render.prose import prose
from drill.render.report.page_cells import HOW, OPENING, Folds, how_of, paint_page, stops
from drill.render.report.part import View
from drill.storage.banks import bank_ids
from drill.tui.commands import KEYS, NUMBERS, Command
from drill.tui.reports import Range, Reports
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import Scroll
from drill.usecases.block_request import BlockRequest

RANGES: tuple[int | None, ...] = (None, 10, 20, 50)
"""Blocks a report may be narrowed to; None = all."""
_OPEN = "Open or close the part: pictures, and how it is computed"
_TAKE = "Start the block that is advised"
_RANGE = "Range: all blocks, the last 10, 20 or 50"


def report_commands(*own: Command) -> tuple[Command, ...]:
    """The keys of a report, with those of this report alone."""
    return (
        Command("up", "step(-1)", "The part above or below", "Part"),
        Command("down", "step(1)", "The part above or below", "Part"),
        Command("enter", "open", _OPEN, lambda screen: screen.enter_text, _OPEN),
        Command("space,pagedown", "page(1)", "Scroll"),
        Command("pageup", "page(-1)", "Scroll"),
        Command("home", "edge(0)", "Scroll"),
        Command("end", "edge(1)", "Scroll"),
        Command(TAKE_KEY.lower(), "take", _TAKE, "Start it", _TAKE),
        Command("tab", "bank", "Bank: all, or one", "Bank", name="Bank: all, or one"),
        *own,
        Command("asterisk", "range", _RANGE, lambda screen: f"Range: {screen.range_text}", _RANGE),
        Command(action="open_all", name="Open every part, or close all"),
        Command(
            "ctrl+y", "explain", "What each number means, its formula, minimum and source",
            name="What the numbers mean",
        ),
        *NUMBERS,
        Command("escape", "back", "Home"),
        KEYS,
    )  # fmt: skip


class ReportScreen(ScrolledScreen[None]):
    """A report under the top line. Subclasses make its view."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: Reports | None = None
        self._view: View | None = None
        self._picked: int | None = None
        """The block_index whose figures are read out under the chart."""
        self._range = Range()
        self._opened: set[str] = set()
        self._cursor = ""
        """The part, or the row of one, that Enter opens."""
        self._marks: tuple[tuple[int, str], ...] = ()
        self._ribbon: tuple[Line, ...] = ()

    def on_mount(self) -> None:
        """Compute in a thread; the frame stands meanwhile."""
        self._load()

    def _load(self) -> None:
        self.desk.load_reports(self._loaded, self._range)

    def _loaded(self) -> None:
        reports = self.desk.reports
        if not self.is_attached or (reports is not None and reports.range != self._range):
            return
        if reports is None:
            self._view = None
            self.paint()
            return
        self.reports = reports
        self._view = self.view(reports)
        if self._cursor.partition(":")[0] not in stops(self._view):
            self._cursor = self._view.chart
        self.paint()

    def view(self, reports: Reports) -> View:
        """The report in parts, made once for all that is painted of it."""
        raise NotImplementedError

    def body(self, width: int, height: int) -> list[Line]:
        """Top line, the rows in view, and what is below."""
        top = self.top(width)
        if self._view is None:
            said = self.desk.reports_fault or "Reading your blocks."
            return [top, BLANK, *(line("  ", *row.spans) for row in prose(width - 4, (said, Role.MUTED)))]
        folds = Folds(self._opened, self._cursor, self.ribbon(width))
        page = paint_page(self._view, width, height, selected=self._picked, folds=folds)
        self._marks = page.marks
        room = height - 4  # the last row needs no word about what is below
        shown = self.in_view(page.lines, room, len(page.lines) - room - 1)
        shown += [BLANK] * (room - len(shown))
        return [top, BLANK, *shown, more_line(page, self.scrolled.offset, room, width)]

    def ribbon(self, width: int) -> tuple[Line, ...]:
        """Of the one block there is, where a chart has nothing to show yet."""
        return ()

    # Parts

    def action_step(self, by: int) -> None:
        """To the part, or the row of an open one, above or below."""
        names = [name for _, name in self._marks if name != OPENING]
        if not names:
            return
        at = names.index(self._cursor) if self._cursor in names else 0
        self._cursor = names[min(max(at + by, 0), len(names) - 1)]
        self._picked = None
        self._see_cursor()

    def _see_cursor(self) -> None:
        """Scroll as little as brings the cursor's part into view; the opening with the first."""
        self.paint()  # the rows of the parts may have moved
        rows = {name: row for row, name in self._marks}
        starts = [row for row, name in self._marks if name != how_of(self._cursor)]
        row = rows.get(self._cursor, 0)
        if self._cursor == (self._view.chart if self._view is not None else ""):
            self._move(Scroll())
            return
        end = min((start for start in starts if start > row), default=row + 4)
        room = self.size.height - 4
        offset = self.scrolled.offset
        if row < offset or end - row >= room:
            offset = row
        elif end > offset + room:
            offset = end - room
        self._move(replace(self.scrolled, offset=max(offset, 0)))

    @property
    def enter_text(self) -> str:
        """What Enter does now."""
        if ":" in self._cursor and not self._cursor.endswith(HOW):
            return "Open question"
        return "Close" if self._cursor in self._opened else "Open"

    def action_open(self) -> None:
        """Open or close the part under the cursor; a row of it opens its question."""
        name, _, row = self._cursor.partition(":")
        if row and not self._cursor.endswith(HOW):
            self.open_row(int(row))
            return
        closes = {self._cursor} if row else {name, how_of(name)}
        is_open = self._cursor in self._opened
        self._opened = self._opened - closes if is_open else {*self._opened, self._cursor}
        self._see_cursor()

    def open_row(self, number: int) -> None:
        """Open what a row of a part stands for."""

    def action_open_all(self) -> None:
        """Every part open, or all closed."""
        if self._view is not None:
            every = stops(self._view)
            self._opened = set() if self._opened else {*every, *map(how_of, every)}
            self._cursor = self._cursor.partition(":")[0]
            self._see_cursor()

    def follow(self, verb: str, argument: str, button: int) -> None:
        """A click on a part, or on what is below."""
        if verb == "part":
            self._cursor = argument
            self.action_open()
        else:
            super().follow(verb, argument, button)

    # What is advised

    def advised(self, reports: Reports) -> BlockRequest:
        """The block this report advises to sit."""
        raise NotImplementedError

    def action_take(self) -> None:
        """Start the block that is advised."""
        if self.reports is not None:
            self.start(self.advised(self.reports))

    def start(self, request: BlockRequest) -> None:
        """Draw and begin a block; of past questions as many as there are."""
        from drill.usecases.sitting import matching

        if request.filter.pool == "incorrect":
            request = replace(request, items=min(max(matching(self.desk.store, request), 1), 20))
        self.said(self.desk.request_block(request))

    # Range and bank

    def action_range(self) -> None:
        """All blocks, or the last so many."""
        at = RANGES.index(self._range.last)
        self._set(Range(RANGES[(at + 1) % len(RANGES)], self._range.bank))

    def action_bank(self) -> None:
        """All banks, or one."""
        banks: list[str | None] = [None, *bank_ids(self.desk.store.connection)]
        at = banks.index(self._range.bank) if self._range.bank in banks else 0
        self._set(Range(self._range.last, banks[(at + 1) % len(banks)]))

    def _set(self, wanted: Range) -> None:
        self._range = wanted
        self.say(f"Range: {self.range_text}.")
        self._load()

    @property
    def range_text(self) -> str:
        """The range in words."""
        blocks = "all" if self._range.last is None else f"last {self._range.last} blocks"
        return blocks if self._range.bank is None else f"{blocks}, {self._range.bank}"

    def action_explain(self) -> None:
        """What the numbers mean."""
        from drill.tui.screens.explain import ExplainScreen

        self.app.push_screen(ExplainScreen(self.metrics()))

    def metrics(self) -> tuple[str, ...]:
        """Names of this report's metrics."""
        return ()
