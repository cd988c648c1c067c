"""The pacing report: all that a screen, a text report or the JSON is drawn from, computed from blocks."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import compress, pairwise
from math import inf

from drill.analytics.allowance import allowance_metric
from drill.analytics.day_places import day_places_metric
from drill.analytics.drift import drift_accuracy_metric, drift_speed_metric
from drill.analytics.finish import finish_probability_metric, finish_record_metric
from drill.analytics.ladder import climb, is_pinned, target_metric
from drill.analytics.pace_experiment import pace_experiment_metric
from drill.analytics.pace_metrics import pace_metric
from drill.analytics.pace_model import PacedBlock, fit_pace_model
from drill.analytics.pacing_results import (
    Allowance,
    DayPlaces,
    Drift,
    FinishProbability,
    FinishRecord,
    Pace,
    PaceExperiment,
    Rapid,
    SpeedAccuracy,
    Target,
    TimeSinks,
    WrongRight,
)
from drill.analytics.rapid import rapid_metric
from drill.analytics.results import Metric, Trend
from drill.analytics.sample import masked
from drill.analytics.scope import Scope, select_blocks
from drill.analytics.sinks import sinks_metric
from drill.analytics.speed_accuracy import answered_by_90_metric, speed_accuracy_metric
from drill.analytics.trend import Kind
from drill.analytics.trend_metrics import (
    nbs_history,
    pace_history,
    pace_points,
    trend_metric,
)
from drill.analytics.wrong_right import wrong_right_metric
from drill.core.frozen import dataclass
from drill.core.history import BlockRecord
from drill.core.next_block import NextBlock, next_block


@dataclass(frozen=True, slots=True, kw_only=True)
class PacingReport:
    """`drill pacing`. Field names of the metrics are the names in the JSON."""

    scope: Scope
    pace: Pace
    pace_trend: Trend
    allowance: Allowance
    drift_speed: Drift
    drift_accuracy: Drift
    block_of_day: DayPlaces
    time_sinks: TimeSinks
    rapid: Rapid
    wrong_right_ratio: WrongRight
    finish_probability: FinishProbability
    finish_record: FinishRecord
    target: Target
    speed_accuracy: SpeedAccuracy
    answered_by_90: Metric
    pace_experiment: PaceExperiment
    next_block: NextBlock
    """What the forecast is about, and Home offers."""


def pacing_report(
    blocks: Iterable[BlockRecord],
    *,
    since: date | None = None,
    last: int | None = None,
    bank: str | None = None,
    exam_date: date | None = None,
    today: date | None = None,
    keep_exam_limit: bool = False,
) -> PacingReport:
    """The pacing report over ended blocks, given in any order.

    `keep_exam_limit`: the learner sits the next block in 30:00, whatever the ladder suggests.
    `since` keeps study days from that day on, `last` the last so many blocks; `bank` chooses the pool. The
    model of pace (b, the scale of every series), the ladder, the detections and the pace experiment always
    come from the whole history: a window chosen afterwards must not change them.
    """
    selection = select_blocks(blocks, since=since, last=last, bank=bank)
    history, in_range, members = selection.history, selection.in_range, selection.members
    model = fit_pace_model(history.eligible)
    kept = set(map(id, in_range))
    paced = [block for block in model.blocks if id(block.sitting) in kept]
    pool_paced = [block for block in paced if selection.is_member(block.sitting)]
    # What looks at all answers at once comes first, and holds nothing of them, before the series are held.
    wrong, right, wrong_times_ms = _clean_by_result(paced)
    wrong_right = wrong_right_metric(wrong, right, wrong_times_ms)
    speed_accuracy = speed_accuracy_metric(wrong, right, paced)
    answered_by_90 = answered_by_90_metric(paced)
    del wrong, right, wrong_times_ms
    drift_speed = drift_speed_metric(paced, model.s_item)
    block_of_day = day_places_metric(history.sittings, in_range, paced)
    detected = nbs_history(selection).detected_days
    ladder = climb(members, model.b, detected)
    if selection.whole is not None:
        ladder.hold_unless(climb(selection.whole.members, model.b, detected))
    target = target_metric(ladder, pinned=is_pinned(exam_date, today))
    coming = next_block(target.rung_s if target.shown else None, keep_exam_limit=keep_exam_limit)
    return PacingReport(
        scope=selection.scope(),
        pace=pace_metric(model, paced, history.in_range),
        pace_trend=trend_metric(
            None if history.ranged else pace_history(selection, model),
            Kind.PACE,
            pace_points(model, selection.trend_sittings()),
        ),
        allowance=allowance_metric(history.in_range, model.b),
        drift_speed=drift_speed,
        drift_accuracy=drift_accuracy_metric(in_range),
        block_of_day=block_of_day,
        time_sinks=sinks_metric(paced, model.b),
        rapid=rapid_metric(paced),
        wrong_right_ratio=wrong_right,
        finish_probability=finish_probability_metric(pool_paced, model.b, coming),
        finish_record=finish_record_metric([block.sitting for block in pool_paced]),
        target=target,
        speed_accuracy=speed_accuracy,
        answered_by_90=answered_by_90,
        pace_experiment=pace_experiment_metric(s.block for s in history.sittings),
        next_block=coming,
    )


def _clean_by_result(paced: Sequence[PacedBlock]) -> tuple[Sequence[float], Sequence[float], Sequence[int]]:
    """Sorted x of clean items that ended wrong, of those that ended right, and raw times of the wrong."""
    wrong, right, wrong_times_ms = array("d"), array("d"), array("q")
    for block in paced:
        x, correct = block.clean_x, masked(block.timed.correct, block.clean)
        ended_wrong = [not was_right for was_right in correct]
        right.extend(compress(x, correct))
        wrong.extend(compress(x, ended_wrong))
        wrong_times_ms.extend(compress(masked(block.timed.time_ms, block.clean), ended_wrong))
    return _in_order(wrong), _in_order(right), wrong_times_ms


def _in_order(values: array[float]) -> array[float]:
    """Sorted, a part after the other: a list of a million floats takes four times the memory of an array."""
    parts = len(values) // _SORTED_TOGETHER + 1
    sample = sorted(values[::100])
    edges = [-inf, *(sample[len(sample) * part // parts] for part in range(1, parts)), inf]
    ordered = array("d")
    for low, high in pairwise(edges):
        ordered.extend(sorted(value for value in values if low <= value < high))
    return ordered


_SORTED_TOGETHER = 250_000
