"""The base of Pacing and Next best step: a painted report that scrolls, by range and bank."""

from __future__ import annotations

from drill.render.lines import BLANK, Line, Role, line
from drill.render.report.page_cells import more_line, paint_page
from drill.render.report.part import View
from drill.storage.banks import bank_ids
from drill.tui.commands import KEYS, NUMBERS, Command
from drill.tui.reports import Range, Reports
from drill.tui.screens.scrolled import ScrolledScreen
from drill.tui.scrolling import scroll_commands

RANGES: tuple[int | None, ...] = (None, 10, 20, 50)
"""Blocks a report may be narrowed to; None = all."""
_RANGE = "Range: all blocks, the last 10, 20 or 50"


def report_commands(*own: Command) -> tuple[Command, ...]:
    """The keys of a report, with those of this report alone."""
    return (
        *scroll_commands(),
        *own,
        Command(
            "ctrl+y", "explain", "What each number means, its formula, minimum and source",
            "What a number means", "What the numbers mean",
        ),
        Command("asterisk", "range", _RANGE, lambda screen: f"Range: {screen.range_text}", _RANGE),
        Command("tab", "bank", "Bank: all, or one", name="Bank: all, or one"),
        *NUMBERS,
        Command("escape", "back", "Home"),
        KEYS,
    )  # fmt: skip


class ReportScreen(ScrolledScreen[None]):
    """A report under the top line. Subclasses paint it."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: Reports | None = None
        self._view: View | None = None
        self._picked: int | None = None
        """The block_index whose figures are read out under the chart."""
        self._range = Range()

    def on_mount(self) -> None:
        """Compute in a thread; the frame stands meanwhile."""
        self._load()

    def _load(self) -> None:
        self.desk.load_reports(self._loaded, self._range)

    def _loaded(self) -> None:
        reports = self.desk.reports
        if reports is None or reports.range != self._range or not self.is_attached:
            return
        self.reports = reports
        self._view = self.view(reports)
        self.paint()

    def view(self, reports: Reports) -> View:
        """The report in parts, made once for all that is painted of it."""
        raise NotImplementedError

    def body(self, width: int, height: int) -> list[Line]:
        """Top line, the rows in view, and what is below."""
        top = self.top(width)
        if self._view is None:
            return [top, BLANK, line("  ", ("Reading your blocks.", Role.MUTED))]
        page = paint_page(self._view, width, height, selected=self._picked)
        room = height - 4  # the last row needs no word about what is below
        shown = self.in_view(page.lines, room, len(page.lines) - room - 1)
        shown += [BLANK] * (room - len(shown))
        return [top, BLANK, *shown, more_line(page, self.scrolled.offset, room, width)]

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
