"""The two reports as dataclasses: everything a screen, a text report or the JSON is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

from drill.analytics.models import Metric, Pool, Trend
from drill.analytics.next_step_models import (
    Accuracy,
    ActionTable,
    AnswerChanges,
    BySubject,
    Difference,
    Flagged,
    Level,
    Missed,
    MissReasons,
    WhenTable,
)
from drill.analytics.pacing_models import (
    Allowance,
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
from drill.core.vocabulary import Exclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report is about."""

    as_of: str | None
    """Study day of the last block in range."""
    pool: Pool
    """The pool of the trends, of finish_* and of target."""
    blocks: int
    """Eligible blocks in range, of any pool."""
    study_days: int
    excluded: dict[Exclusion, int]
    """Attempts in range that are in no metric, by reason."""
    excluded_blocks: int
    """Blocks in range that are in no metric."""
    pool_blocks: int
    """Eligible blocks in range that stand in the pool."""
    other_pool_blocks: int
    """Eligible blocks in range that stand in other pools."""
    ranged: bool
    """True with --since or --last: trends have no verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacingReport:
    """`drill pacing`. Field names of the metrics are the names in the JSON."""

    scope: Scope
    pace: Pace
    pace_trend: Trend
    allowance: Allowance
    drift_speed: Drift
    drift_accuracy: Drift
    time_sinks: TimeSinks
    rapid: Rapid
    wrong_right_ratio: WrongRight
    finish_probability: FinishProbability
    finish_record: FinishRecord
    target: Target
    speed_accuracy: SpeedAccuracy
    answered_by_90: Metric
    pace_experiment: PaceExperiment


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
    answer_changes: AnswerChanges
    flagged: Flagged
    action_table: ActionTable
    when_table: WhenTable
    miss_reasons: MissReasons
    missed: tuple[Missed, ...]
    """Next-best-step misses, latest first."""
    blocks_to_verdict: int | None
    """About how many more blocks of 20 next-best-step items until a verdict is possible; 0: it is."""
