"""Next best step: accuracy, its trend, and what was chosen instead."""

from __future__ import annotations

from drill.render.report.pages import NEXT_STEP, metrics, next_step_view
from drill.render.report.part import View
from drill.tui.commands import Command
from drill.tui.reports import Reports
from drill.tui.screens.report_screen import ReportScreen, report_commands
from drill.usecases import looking_back

_RETEST = "Sit the missed next-best-step questions again, untimed"


class NextStepScreen(ReportScreen):
    """The next-best-step report; Enter opens the missed items."""

    NUMBER = 3
    COMMAND_TABLE = report_commands(Command("enter", "open", _RETEST, "Retest misses", _RETEST))

    def view(self, reports: Reports) -> View:
        """The report, and how many next-best-step questions are left."""
        return next_step_view(reports.next_step, looking_back.unused_next_step(self.desk.store))

    def action_open(self) -> None:
        """Missed next-best-step questions, to be sat again."""
        from drill.core.state import Mode
        from drill.usecases.block_request import BlockRequest

        if self.reports is None or not self.reports.next_step.missed:
            self.say("No next-best-step question was missed in this range.")
            return
        request = BlockRequest(
            preset="retest", pool="incorrect", next_best_step=True, mode=Mode.UNTIMED,
        )  # fmt: skip
        from dataclasses import replace

        from drill.usecases.sitting import matching

        there = matching(self.desk.store, request)
        problem = self.desk.request_block(replace(request, items=min(max(there, 1), 20)))
        if problem is not None:
            self.say(problem)

    def metrics(self) -> tuple[str, ...]:
        """Metrics of this report."""
        return metrics(NEXT_STEP)
