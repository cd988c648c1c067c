"""Next best step: accuracy, its trend, and what was chosen instead."""

from __future__ import annotations

from drill.render.next_step import next_step_page
from drill.render.report_parts import Page
from drill.tui.commands import Command
from drill.tui.reports import Reports
from drill.tui.screens.report_screen import ReportScreen, report_commands
from drill.usecases import looking_back

_RETEST = "Sit the missed next-best-step questions again, untimed"


class NextStepScreen(ReportScreen):
    """The next-best-step report; Enter opens the missed items."""

    NUMBER = 3
    COMMAND_TABLE = report_commands(Command("enter", "open", _RETEST, "Retest misses", _RETEST))

    def __init__(self) -> None:
        super().__init__()
        self._unused: int | None = None

    def loaded(self) -> None:
        """How many next-best-step questions are left."""
        self._unused = looking_back.unused_next_step(self.desk.store)

    def page(self, reports: Reports, width: int, height: int) -> Page:
        """The report."""
        return next_step_page(reports.next_step, width, height, unused_left=self._unused)

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
        return (
            "nbs_accuracy", "other_accuracy", "difference", "nbs_recent", "nbs_level", "nbs_trend",
            "by_subject", "answer_changes", "flagged", "action_table", "when_table", "miss_reasons",
        )  # fmt: skip
