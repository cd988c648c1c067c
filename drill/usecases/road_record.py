"""What the learner has done so far, for the page to hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drill.core.frozen import dataclass
from drill.storage.store import Store
from drill.usecases import looking_back

if TYPE_CHECKING:
    from drill.analytics.results import Metric


@dataclass(frozen=True, slots=True)
class Record:
    """Blocks sat, and the figures of the reports that go with them."""

    blocks: int
    questions: int
    study_days: int
    first_day: str | None
    pace: Metric
    """Seconds a 120-word question."""
    next_step: Metric
    """Proportion right of next-best-step questions."""
    other: Metric
    difference: Metric


def record_of(store: Store) -> Record:
    """The record of all ended blocks."""
    from drill.analytics.next_step_report import next_step_report
    from drill.analytics.pacing_report import pacing_report

    blocks = looking_back.history(store)
    pacing, steps = pacing_report(blocks), next_step_report(blocks)
    asked = sum(len(block.attempts) - block.attempts.exposure.count(None) for block in blocks)
    days = sorted({block.study_day for block in blocks})
    return Record(
        len(blocks),
        asked,
        len(days),
        days[0] if days else None,
        pacing.pace,
        steps.nbs_accuracy,
        steps.other_accuracy,
        steps.difference,
    )
