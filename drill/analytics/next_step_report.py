"""The next-best-step report: all that a screen, a text report or the JSON is drawn from, from blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from drill.analytics.accuracy import (
    Tally,
    accuracy_metric,
    bank_tallies,
    difference_metric,
    nbs_level_metric,
    nbs_recent_metric,
)
from drill.analytics.calibration import calibration_metric
from drill.analytics.changes import changes_metric, flagged_metric
from drill.analytics.next_step_results import (
    Accuracy,
    ActionTable,
    AnswerChanges,
    BySubject,
    Calibration,
    Difference,
    Flagged,
    Level,
    Missed,
    MissReasons,
    WhenTable,
)
from drill.analytics.next_step_tables import action_table, miss_reasons, missed_items, when_table
from drill.analytics.results import Trend
from drill.analytics.sample import Sitting, known_cells
from drill.analytics.scope import Scope, Selection, select_blocks
from drill.analytics.subjects import SYSTEM_CAPTION, TOPIC_CAPTION, subjects_metric
from drill.analytics.trend import Kind
from drill.analytics.trend_metrics import (
    blocks_to_verdict,
    nbs_history,
    nbs_points,
    trend_metric,
)
from drill.core.frozen import dataclass
from drill.core.history import BlockRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStepReport:
    """`drill next-step`. Field names of the metrics are the names in the JSON."""

    scope: Scope
    nbs_accuracy: Accuracy
    other_accuracy: Accuracy
    difference: Difference
    nbs_recent: Accuracy
    nbs_level: Level
    nbs_trend: Trend
    by_subject: BySubject
    by_system: BySubject
    by_topic: BySubject
    answer_changes: AnswerChanges
    flagged: Flagged
    confidence: Calibration
    action_table: ActionTable
    when_table: WhenTable
    miss_reasons: MissReasons
    missed: tuple[Missed, ...]
    """Next-best-step misses, latest first."""
    blocks_to_verdict: int | None
    """About how many more blocks of 20 next-best-step items until a verdict is possible; 0: it is."""


def next_step_report(
    blocks: Iterable[BlockRecord],
    *,
    since: date | None = None,
    last: int | None = None,
    bank: str | None = None,
) -> NextStepReport:
    """The next-best-step report over ended blocks, given in any order. Arguments as in `pacing_report`."""
    selection = select_blocks(blocks, since=since, last=last, bank=bank)
    in_range, whole = selection.in_range, selection.whole
    by_bank = bank_tallies(in_range)
    nbs, other = _total(nbs for nbs, _ in by_bank.values()), _total(other for _, other in by_bank.values())
    nbs_exam_n = sum(s.nbs_exam_n for s in in_range)
    other_exam_n = sum(s.n for s in in_range) - nbs_exam_n
    by_subject, by_flag = _tallies(in_range)
    accuracy = nbs_history(selection)
    return NextStepReport(
        scope=selection.scope(),
        nbs_accuracy=accuracy_metric(nbs, nbs_exam_n, {name: tally for name, (tally, _) in by_bank.items()}),
        other_accuracy=accuracy_metric(
            other, other_exam_n, {name: tally for name, (_, tally) in by_bank.items()}
        ),
        difference=difference_metric(nbs, other),
        nbs_recent=nbs_recent_metric(in_range),
        nbs_level=nbs_level_metric(in_range),
        nbs_trend=trend_metric(
            None if selection.history.ranged else accuracy,
            Kind.ACCURACY,
            nbs_points(selection.trend_sittings()),
        ),
        by_subject=subjects_metric(by_subject, None if whole is None else _tallies(whole.in_range)[0]),
        by_system=_by_label(in_range, whole, "system", SYSTEM_CAPTION),
        by_topic=_by_label(in_range, whole, "topic", TOPIC_CAPTION),
        answer_changes=changes_metric(in_range),
        flagged=flagged_metric(by_flag[True], by_flag[False]),
        confidence=calibration_metric(in_range),
        action_table=action_table(in_range),
        when_table=when_table(in_range),
        miss_reasons=miss_reasons(in_range),
        missed=missed_items(in_range),
        blocks_to_verdict=blocks_to_verdict(accuracy),
    )


def _total(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return sum(right for right, _ in found), sum(n for _, n in found)


def _by_label(sittings: Sequence[Sitting], whole: Selection | None, name: str, caption: str) -> BySubject:
    """M9 by another label of the questions; `whole` as in `subjects_metric`."""
    found = None if whole is None else _label_tallies(whole.in_range, name)
    return subjects_metric(_label_tallies(sittings, name), found, caption)


def _label_tallies(sittings: Sequence[Sitting], name: str) -> dict[str | None, Tally]:
    cells = known_cells(sittings, name, "correct")
    names = {name for name, _ in cells}
    return {name: (cells[name, True], cells[name, True] + cells[name, False]) for name in names}


def _tallies(sittings: Sequence[Sitting]) -> tuple[dict[str | None, Tally], dict[bool, Tally]]:
    """Known (right, n) by subject and by flag."""
    cells = known_cells(sittings, "subject", "flagged", "correct")
    subjects: dict[str | None, Tally] = {}
    flags: dict[bool, Tally] = {True: (0, 0), False: (0, 0)}
    for (subject, flagged, correct), count in cells.items():
        right, n = subjects.get(subject, (0, 0))
        subjects[subject] = right + count * correct, n + count
        right, n = flags[flagged]
        flags[flagged] = right + count * correct, n + count
    return subjects, flags
