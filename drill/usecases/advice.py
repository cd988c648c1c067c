"""What a report advises to do next, from its own figures: one block, never more than they can carry."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from drill.analytics.subjects import WEAKER
from drill.core.command_text import command_text
from drill.core.frozen import dataclass
from drill.usecases.block_request import BlockRequest

if TYPE_CHECKING:
    from drill.analytics.next_step_report import NextStepReport
    from drill.analytics.pacing_report import PacingReport


class AdviceKind(StrEnum):
    """What is advised, the first that applies."""

    SUBJECT = "subject"
    """A block of a subject that is separably below the learner's average."""
    NEXT_STEP = "next step"
    """A block of next-best-step questions: they are separably worse than the rest."""
    RETEST = "retest"
    """The missed next-best-step questions once more."""
    LIMIT = "limit"
    """The next block, in another limit than the exam's."""
    NEXT = "next"
    """The next block."""


@dataclass(frozen=True, slots=True)
class AdvisedBlock:
    """One block to sit."""

    kind: AdviceKind
    request: BlockRequest
    command: str
    """What starts it on the command line; "drill" where only Home can."""


def pacing_advice(report: PacingReport) -> AdvisedBlock:
    """The next block, in the limit that fits."""
    coming = report.next_block
    request = BlockRequest(target_ms=coming.target_ms)
    if coming.target_ms is not None and coming.is_changed:
        return AdvisedBlock(AdviceKind.LIMIT, request, "drill")
    return AdvisedBlock(AdviceKind.NEXT, request, "drill block")


def next_step_advice(report: NextStepReport) -> AdvisedBlock:
    """A block of what is separably weak; else the missed questions once more; else the next block."""
    weaker = [row.x for row in report.by_subject.series if row.verdict == WEAKER]
    if weaker:
        subject = weaker[0]
        command = command_text("block", ("--subject", subject))
        return AdvisedBlock(AdviceKind.SUBJECT, BlockRequest(subject=(subject,)), command)
    difference = report.difference.estimate
    if difference is not None and difference.high is not None and difference.high < 0:
        return AdvisedBlock(AdviceKind.NEXT_STEP, BlockRequest("nbs20"), "drill block --preset nbs20")
    if report.missed:
        command = "drill block --mode untimed --pool incorrect"
        return AdvisedBlock(AdviceKind.RETEST, missed_request(), f"{command} --next-best-step")
    return AdvisedBlock(AdviceKind.NEXT, BlockRequest(), "drill block")


def missed_request() -> BlockRequest:
    """The missed next-best-step questions, untimed."""
    from drill.core.state import Mode

    return BlockRequest(preset="retest", pool="incorrect", next_best_step=True, mode=Mode.UNTIMED)
