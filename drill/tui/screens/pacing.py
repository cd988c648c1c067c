"""Pacing: across blocks."""

from __future__ import annotations

from drill.render.report.pages import PACING, metrics, pacing_view
from drill.render.report.part import View
from drill.tui.commands import Command
from drill.tui.reports import Reports
from drill.tui.screens.report_screen import ReportScreen, report_commands
from drill.tui.scrolling import Scroll


class PacingScreen(ReportScreen):
    """The pacing report; ←→ pick a block of the chart, Enter opens its results."""

    NUMBER = 2
    COMMAND_TABLE = report_commands(
        Command("left", "pick(-1)", "Pick a block of the chart", "Block"),
        Command("right", "pick(1)", "Pick a block of the chart", "Block"),
        Command("enter", "open", "Results of the block picked", "Open block", "Results of the block picked"),
    )

    def view(self, reports: Reports) -> View:
        """The pacing report, the block that was picked marked in its chart."""
        return pacing_view(reports.pacing)

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
        self._move(Scroll())  # the chart must be in view

    def action_open(self) -> None:
        """The results of the block picked."""
        if self.reports is not None and self._picked in self.reports.ids:
            self.desk.open_results(self.reports.ids[self._picked])
        else:
            self.say("Pick a block with ← and → first.")

    def metrics(self) -> tuple[str, ...]:
        """Metrics of this report."""
        return metrics(PACING)
