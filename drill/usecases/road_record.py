"""What the learner has done so far, for the page to hand in."""

from __future__ import annotations

from drill.core.frozen import dataclass
from drill.storage.store import Store
from drill.usecases import looking_back


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported number with its interval; all in the unit it is told in."""

    value: float
    low: float | None
    high: float | None
    level: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Record:
    """Blocks sat, and the figures that go with them. None: too little for a number."""

    blocks: int
    questions: int
    study_days: int
    first_day: str | None
    pace: Figure | None
    """Seconds a 120-word question."""
    next_step: Figure | None
    """Proportion right of next-best-step questions."""
    other: Figure | None
    difference: Figure | None


def record_of(store: Store) -> Record:
    """The record of all ended blocks, by the reports' own figures."""
    from drill.analytics.next_step_report import next_step_report
    from drill.analytics.pacing_report import pacing_report
    from drill.analytics.report_json import report_json

    blocks = looking_back.history(store)
    pacing = report_json(pacing_report(blocks))["metrics"]
    steps = report_json(next_step_report(blocks))["metrics"]
    asked = sum(len(block.attempts) - block.attempts.exposure.count(None) for block in blocks)
    days = sorted({block.study_day for block in blocks})
    return Record(
        len(blocks),
        asked,
        len(days),
        days[0] if days else None,
        _figure(pacing["pace"]),
        _figure(steps["nbs_accuracy"]),
        _figure(steps["other_accuracy"]),
        _figure(steps["difference"]),
    )


def _figure(metric: dict[str, object]) -> Figure | None:
    """A metric of the report document; None when it is not shown."""
    value = metric["value"]
    if not metric["shown"] or not isinstance(value, int | float):
        return None
    low, high, level, n = (metric[name] for name in ("low", "high", "level", "n"))
    return Figure(
        float(value),
        float(low) if isinstance(low, int | float) else None,
        float(high) if isinstance(high, int | float) else None,
        float(level) if isinstance(level, int | float) else None,
        n if isinstance(n, int) else 0,
    )
