"""Next best step: accuracy, its trend, and what was chosen instead."""

from __future__ import annotations

from drill.render.report.pages import NEXT_STEP, metrics, next_step_view
from drill.render.report.part import View
from drill.render.top import SCREENS
from drill.tui.commands import Command
from drill.tui.reports import Reports
from drill.tui.screens.report_screen import ReportScreen, report_commands
from drill.usecases import looking_back
from drill.usecases.advice import missed_request, next_step_advice
from drill.usecases.block_request import BlockRequest

_RETEST = "Sit the missed next-best-step questions again, untimed"


class NextStepScreen(ReportScreen):
    """The next-best-step report; Enter on a miss opens the question, Ctrl+R sits them again."""

    NUMBER = 3
    COMMAND_TABLE = report_commands(Command("ctrl+r", "retest", _RETEST, "Retest misses", _RETEST))

    def view(self, reports: Reports) -> View:
        """The report, and how many next-best-step questions are left."""
        unused = looking_back.unused_next_step(self.desk.store)
        return next_step_view(reports.next_step, unused, on_screen=True)

    def advised(self, reports: Reports) -> BlockRequest:
        """A block of what is weak, or of what was missed."""
        return next_step_advice(reports.next_step).request

    def open_row(self, number: int) -> None:
        """The review of a missed question."""
        from drill.tui.screens.review import ReviewScreen

        if self.reports is not None and number < len(self.reports.next_step.missed):
            missed = self.reports.next_step.missed[number]
            self.app.push_screen(ReviewScreen(missed.block, missed.position, SCREENS[self.NUMBER - 1]))

    def action_retest(self) -> None:
        """Missed next-best-step questions, to be sat again."""
        if self.reports is None or not self.reports.next_step.missed:
            self.say("No next-best-step question was missed in this range.")
            return
        self.start(missed_request())

    def metrics(self) -> tuple[str, ...]:
        """Metrics of this report."""
        return metrics(NEXT_STEP)
