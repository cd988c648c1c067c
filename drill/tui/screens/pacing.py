"""Pacing: across blocks."""

from __future__ import annotations

from drill.render import links
from drill.render.footer import Key
from drill.render.pacing import pacing_page
from drill.render.report_parts import Page
from drill.tui.reports import Reports
from drill.tui.screens.painted import Help
from drill.tui.screens.report_screen import ReportScreen


class PacingScreen(ReportScreen):
    """The pacing report; ←→ pick a block of the chart, Enter opens its results."""

    NUMBER = 2

    def __init__(self) -> None:
        super().__init__()
        self._picked: int | None = None

    def page(self, reports: Reports, width: int, height: int) -> Page:
        """The report."""
        return pacing_page(reports.pacing, width, height, selected=self._picked)

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
        self._scroll = 0  # the chart must be in view
        self.paint()

    def action_open(self) -> None:
        """The results of the block picked."""
        if self.reports is not None and self._picked in self.reports.ids:
            self.desk.open_results(self.reports.ids[self._picked])
        else:
            self.say("Pick a block with ← and → first.")

    def metrics(self) -> tuple[str, ...]:
        """Metrics of this report."""
        return (
            "pace", "pace_trend", "allowance", "finish_probability", "finish_record", "target", "drift_speed",
            "drift_accuracy", "time_sinks", "rapid", "wrong_right_ratio", "speed_accuracy", "answered_by_90",
            "pace_experiment",
        )  # fmt: skip

    def own_keys(self) -> list[Key]:
        """Keys of this report alone."""
        return [Key("←→", "Block"), Key("Enter", "Open block", links.key("enter"))]

    def own_help(self) -> list[Help]:
        """Keys of this report alone, in words."""
        return [Help("←  →", "Pick a block of the chart"), Help("Enter", "Results of the block picked")]
