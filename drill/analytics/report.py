"""The two reports: everything a screen, a text report or the JSON needs, computed from blocks alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress

from drill.analytics.accuracy import (
    Tally,
    accuracy_metric,
    bank_tallies,
    difference_metric,
    nbs_level_metric,
    nbs_recent_metric,
)
from drill.analytics.allowance import allowance_metric
from drill.analytics.changes import changes_metric, flagged_metric
from drill.analytics.drift import drift_accuracy_metric, drift_speed_metric
from drill.analytics.finish import finish_probability_metric, finish_record_metric
from drill.analytics.ladder import climb, is_pinned, target_metric
from drill.analytics.models import Pool
from drill.analytics.next_step_tables import action_table, miss_reasons, missed_items, when_table
from drill.analytics.pace_experiment import pace_experiment_metric
from drill.analytics.pace_metrics import pace_metric
from drill.analytics.pace_model import PacedBlock, fit_pace_model
from drill.analytics.pools import choose_pool, pool_of
from drill.analytics.rapid import rapid_metric
from drill.analytics.report_models import NextStepReport, PacingReport, Scope
from drill.analytics.sample import History, Sitting, prepare
from drill.analytics.sinks import sinks_metric
from drill.analytics.speed_accuracy import answered_by_90_metric, speed_accuracy_metric
from drill.analytics.subjects import subjects_metric
from drill.analytics.trend import Kind
from drill.analytics.trend_metrics import (
    PoolHistory,
    blocks_to_verdict,
    nbs_measure,
    nbs_points,
    pace_measure,
    pace_points,
    trend_metric,
)
from drill.analytics.wrong_right import wrong_right_metric
from drill.core.history import BlockRecord
from drill.core.vocabulary import Status

__all__ = ["NextStepReport", "PacingReport", "Scope", "next_step_report", "pacing_report"]


def pacing_report(
    blocks: Iterable[BlockRecord],
    *,
    since: date | None = None,
    last: int | None = None,
    bank: str | None = None,
    exam_date: date | None = None,
    today: date | None = None,
) -> PacingReport:
    """The pacing report over ended blocks, given in any order.

    `since` keeps study days from that day on, `last` the last so many blocks; `bank` chooses the pool. The
    model of pace (b, the scale of every series), the ladder, the detections and the pace experiment always
    come from the whole history: a window chosen afterwards must not change them.
    """
    history = prepare(blocks, since=since, last=last)
    eligible, in_range = history.eligible, history.eligible_in_range
    pool = _chosen_pool(history, bank)
    model = fit_pace_model(eligible)
    kept = set(map(id, in_range))
    paced = [block for block in model.blocks if id(block.sitting) in kept]
    members = _members(eligible, pool)
    in_pool = set(map(id, members))
    pool_paced = [block for block in paced if id(block.sitting) in in_pool]
    wrong, right, wrong_times_ms = _clean_by_result(paced)
    detected = PoolHistory(members, nbs_measure, Kind.ACCURACY).detected_days
    return PacingReport(
        scope=_scope(history, in_range, pool, in_pool),
        pace=pace_metric(model, paced, history.in_range),
        pace_trend=trend_metric(
            members,
            pace_measure(model),
            Kind.PACE,
            pace_points(model, _drawn(history, in_pool)),
            ranged=history.ranged,
        ),
        allowance=allowance_metric(history.in_range, model.b),
        drift_speed=drift_speed_metric(paced, model.s_item),
        drift_accuracy=drift_accuracy_metric(in_range),
        time_sinks=sinks_metric(paced, model.b),
        rapid=rapid_metric(paced),
        wrong_right_ratio=wrong_right_metric(wrong, right, wrong_times_ms),
        finish_probability=finish_probability_metric(pool_paced, model.b),
        finish_record=finish_record_metric([block.sitting for block in pool_paced]),
        target=target_metric(climb(members, model.b, detected), pinned=is_pinned(exam_date, today)),
        speed_accuracy=speed_accuracy_metric(wrong, right, paced),
        answered_by_90=answered_by_90_metric(paced),
        pace_experiment=pace_experiment_metric(s.block for s in history.sittings),
    )


def next_step_report(
    blocks: Iterable[BlockRecord],
    *,
    since: date | None = None,
    last: int | None = None,
    bank: str | None = None,
) -> NextStepReport:
    """The next-best-step report over ended blocks, given in any order. Arguments as in `pacing_report`."""
    history = prepare(blocks, since=since, last=last)
    in_range = history.eligible_in_range
    pool = _chosen_pool(history, bank)
    members = _members(history.eligible, pool)
    in_pool = set(map(id, members))
    by_bank = bank_tallies(in_range)
    nbs, other = _total(nbs for nbs, _ in by_bank.values()), _total(other for _, other in by_bank.values())
    nbs_exam_n = sum(s.nbs_exam_n for s in in_range)
    other_exam_n = sum(len(s.attempts) for s in in_range) - nbs_exam_n
    by_subject, by_flag = _tallies(in_range)
    nbs_missed = [
        (s.block, a)
        for s in in_range
        for a in s.attempts
        if a.next_best_step and not a.correct and a.status is not Status.UNREACHED
    ]
    return NextStepReport(
        scope=_scope(history, in_range, pool, in_pool),
        nbs_accuracy=accuracy_metric(nbs, nbs_exam_n, {name: tally for name, (tally, _) in by_bank.items()}),
        other_accuracy=accuracy_metric(
            other, other_exam_n, {name: tally for name, (_, tally) in by_bank.items()}
        ),
        difference=difference_metric(nbs, other),
        nbs_recent=nbs_recent_metric(in_range),
        nbs_level=nbs_level_metric(in_range),
        nbs_trend=trend_metric(
            members,
            nbs_measure,
            Kind.ACCURACY,
            nbs_points(_drawn(history, in_pool)),
            ranged=history.ranged,
        ),
        by_subject=subjects_metric(by_subject),
        answer_changes=changes_metric(in_range),
        flagged=flagged_metric(by_flag[True], by_flag[False]),
        action_table=action_table(a for s in in_range for a in s.known if a.next_best_step),
        when_table=when_table(a for _, a in nbs_missed),
        miss_reasons=miss_reasons(a for s in in_range for a in s.attempts if not a.correct),
        missed=missed_items(nbs_missed),
        blocks_to_verdict=blocks_to_verdict(members),
    )


def _chosen_pool(history: History, bank: str | None) -> Pool:
    return choose_pool([s.block for s in history.eligible], [s.block for s in history.sittings], bank)


def _members(eligible: Sequence[Sitting], pool: Pool) -> list[Sitting]:
    return [s for s in eligible if pool_of(s.block) == pool]


def _drawn(history: History, in_pool: set[int]) -> list[Sitting]:
    """The dots of a trend: the pool's eligible blocks, and hollow ones."""
    return [s for s in history.in_range if not s.eligible or id(s) in in_pool]


def _scope(history: History, in_range: Sequence[Sitting], pool: Pool, in_pool: set[int]) -> Scope:
    pool_blocks = sum(id(s) in in_pool for s in in_range)
    return Scope(
        as_of=history.in_range[-1].block.study_day if history.in_range else None,
        pool=pool,
        blocks=len(in_range),
        study_days=len({s.block.study_day for s in in_range}),
        excluded=history.excluded,
        excluded_blocks=len(history.in_range) - len(in_range),
        pool_blocks=pool_blocks,
        other_pool_blocks=len(in_range) - pool_blocks,
        ranged=history.ranged,
    )


def _clean_by_result(paced: Sequence[PacedBlock]) -> tuple[list[float], list[float], list[int]]:
    """Sorted x of clean items that ended wrong, of those that ended right, and raw times of the wrong."""
    wrong: list[float] = []
    right: list[float] = []
    wrong_times_ms: list[int] = []
    for block in paced:
        x: Sequence[float] = block.x
        timed, clean = block.timed, block.clean
        correct, times_ms = timed.correct, timed.time_ms
        if clean is not None:
            x, correct = list(compress(x, clean)), list(compress(correct, clean))
            times_ms = list(compress(times_ms, clean))
        ended_wrong = [not was_right for was_right in correct]
        right.extend(compress(x, correct))
        wrong.extend(compress(x, ended_wrong))
        wrong_times_ms.extend(compress(times_ms, ended_wrong))
    wrong.sort()
    right.sort()
    return wrong, right, wrong_times_ms


def _total(tallies: Iterable[Tally]) -> Tally:
    found = list(tallies)
    return sum(right for right, _ in found), sum(n for _, n in found)


def _tallies(sittings: Sequence[Sitting]) -> tuple[dict[str | None, Tally], dict[bool, Tally]]:
    """Known (right, n) by subject and by flag."""
    cells = Counter((a.subject, a.flagged, a.correct) for s in sittings for a in s.known)
    subjects: dict[str | None, Tally] = {}
    flags: dict[bool, Tally] = {True: (0, 0), False: (0, 0)}
    for (subject, flagged, correct), count in cells.items():
        right, n = subjects.get(subject, (0, 0))
        subjects[subject] = right + count * correct, n + count
        right, n = flags[flagged]
        flags[flagged] = right + count * correct, n + count
    return subjects, flags
