"""Pacing: across blocks."""

from __future__ import annotations

from drill.render.frame import is_tall
from drill.render.lines import Line
from drill.render.report.pages import PACING, metrics, pacing_view
from drill.render.report.part import View
from drill.render.views.last_ribbon import last_ribbon
from drill.tui.commands import Command
from drill.tui.reports import Reports
from drill.tui.screens.report_screen import ReportScreen, report_commands
from drill.tui.scrolling import Scroll
from drill.usecases.advice import pacing_advice
from drill.usecases.block_request import BlockRequest


class PacingScreen(ReportScreen):
    """The pacing report; ←→ pick a block of the chart, Enter then opens its results."""

    NUMBER = 2
    COMMAND_TABLE = report_commands(
        Command("left", "pick(-1)", "Pick a block of the chart; Enter then opens its results", "Block"),
        Command("right", "pick(1)", "Pick a block of the chart; Enter then opens its results", "Block"),
    )

    def view(self, reports: Reports) -> View:
        """The pacing report."""
        return pacing_view(reports.pacing, on_screen=True)

    def advised(self, reports: Reports) -> BlockRequest:
        """The next block, in its limit."""
        return pacing_advice(reports.pacing).request

    def ribbon(self, width: int) -> tuple[Line, ...]:
        """Of the last block, where there is no chart yet."""
        if self.reports is None or len(self.reports.pacing.pace.series) > 1:
            return ()
        return last_ribbon(self.desk.store, min(width - 8, 100))

    def action_pick(self, by: int) -> None:
        """The next or previous block of the chart."""
        if self.reports is None:
            return
        blocks = [point.x for point in self.reports.pacing.pace.series if isinstance(point.x, int)]
        if not blocks:
            return
        if self._picked not in blocks:
            self._picked = blocks[-1]
        else:
            at = min(max(blocks.index(self._picked) + by, 0), len(blocks) - 1)
            self._picked = blocks[at]
        self._cursor = "pace"
        if not is_tall(self.size.height):
            self._opened |= {"pace"}  # the chart must be in view
        self._move(Scroll(offset=self._chart_row()))

    def _chart_row(self) -> int:
        """The first row in view: in a low window the chart's own part, so that all of it is."""
        if is_tall(self.size.height):
            return 0
        self.paint()
        return next((row for row, name in self._marks if name == "pace"), 0)

    @property
    def enter_text(self) -> str:
        """What Enter does now."""
        return "Open block" if self._picked is not None else super().enter_text

    def action_open(self) -> None:
        """The results of the block picked; else the part under the cursor."""
        if self.reports is not None and self._picked in self.reports.ids:
            self.desk.open_results(self.reports.ids[self._picked])
        else:
            super().action_open()

    def metrics(self) -> tuple[str, ...]:
        """Metrics of this report."""
        return metrics(PACING)
