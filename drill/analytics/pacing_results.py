"""The pacing report's metrics, one dataclass each where `Metric` alone does not do."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from drill.analytics.intervals import Interval
from drill.analytics.results import Metric, Point, Row
from drill.core.columns import Columns
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace(Metric):
    """M1. value: median of the block paces of the last 5 eligible blocks; n: items behind it."""

    b: float
    """Exponent of words in use: time grows as words ** b."""
    b_hat: float | None
    b_se: float | None
    b_source: str
    """fitted or assumed."""
    s_item: float
    """Spread of one item's log time."""
    series: Sequence[Point] = ()
    """One dot a block: pace in seconds per 120-word question, whisker one standard error."""


class AllowancePoint(NamedTuple):
    """M2 of one block; slack is positive when ahead of the length-fair line. None: cannot be said."""

    x: int
    """block_index"""
    end_slack_ms: int
    """Limit minus active time: what was left on the clock."""
    slack_5_ms: int | None
    slack_10_ms: int | None
    slack_15_ms: int | None
    unreached: int
    items: int
    limit_ms: int
    eligible: bool


class AllowancePoints(Columns[AllowancePoint]):
    """Those of many blocks."""

    __slots__ = AllowancePoint._fields
    record = AllowancePoint

    eligible: Sequence[bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance(Metric):
    """M2. value: end_slack_ms of the last eligible block with a limit. A fact, so no interval."""

    series: Sequence[AllowancePoint] = ()


class PositionBin(NamedTuple):
    """A quarter of the block by position."""

    first: int
    """First position of the quarter (in blocks of the commonest length)."""
    last: int
    value: float | None
    """Median pace there, seconds per 120-word question."""
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift(Metric):
    """M3. drift_speed: per cent first to last (negative: you end faster); drift_accuracy: 2nd half - 1st.

    n counts blocks. drift_accuracy is not shown while its half-width is 10 points or more.
    """

    half_width: float | None = None
    """drift_accuracy only, as a proportion; given even while the metric is hidden."""
    bins: tuple[PositionBin, ...] = ()
    """drift_speed only: the four-bin pace curve."""
    series: Sequence[Point] = ()
    """Per block: log slope (speed) or difference of proportions (accuracy)."""


class Sink(NamedTuple):
    """One time sink, for a dot on a time axis."""

    block: int
    """block_index"""
    position: int
    time_ms: int
    expected_ms: float
    right: bool
    censored: bool
    """Cut or left blank: at least this long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSinks(Metric):
    """M4. value: proportion of the sinks answered right (Wilson); n = total."""

    count: int
    over_ms: float
    """Sum of time beyond what the item's length predicts."""
    questions_worth: float
    """over_ms / 90 s."""
    right: int
    total: int
    """Sinks whose answer is known (cut blanks are not)."""
    returns: int
    """Visits after the first, included in the times."""
    dots: tuple[Sink, ...] = ()
    """The latest 100, oldest first."""
    series: Sequence[Point] = ()
    """Per block: number of sinks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rapid(Metric):
    """M5. value: proportion right among tier 1 and 2 together (Wilson); n = total."""

    tier1: int
    """Rapid guesses."""
    tier2: int
    """Too fast to have read it all, and not in tier 1."""
    speeded: int
    """Of both tiers: among the last 3 items or met with under 60 s left."""
    disengaged: int
    """Of both tiers: the rest."""
    right: int
    total: int
    series: Sequence[Point] = ()
    """Per block: number of both tiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongRight(Metric):
    """M6. value: how many times as long a wrong answer takes; n = the smaller of the two groups."""

    wrong_n: int
    right_n: int
    wrong_over_90_ms: int
    """Time beyond 90 s spent on items that ended wrong."""
    wrong_dots_s: tuple[float, ...] = ()
    """20 quantile dots of the length-adjusted seconds of wrong answers; empty when not shown."""
    right_dots_s: tuple[float, ...] = ()


class DayPlace(NamedTuple):
    """The blocks that were the first, second, third or a later one (4) of their study day."""

    place: int
    blocks: int
    right: int
    n: int
    """Known answers."""
    estimate: Interval | None
    """Wilson 95 % of right / n."""
    pace_s: float | None
    """Median of the blocks' paces, seconds per 120-word question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlaces(Metric):
    """value: known accuracy of the later blocks of a day minus that of its first, Newcombe; n: study days."""

    rows: tuple[DayPlace, ...] = ()
    """By place, of the same days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishProbability(Metric):
    """M12. value: P(the next block runs out of time), unclipped; text says it in tenths. n: clean items."""

    blocks: int
    """Blocks the forecast rests on; before 10, text never says below 1 or above 9 in 10."""
    blocks_minimum: int = 3
    items: int
    limit_ms: int
    expected_ms: float | None = None
    """Mean simulated total of the next block."""
    dots_ms: tuple[float, ...] = ()
    """20 quantile dots of the simulated totals, ascending; dots past limit_ms are runs that fail."""
    runs_out_dots: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishRecord(Metric):
    """finished `finished` of the last `n` eligible blocks with a limit (at most 10), Wilson."""

    finished: int


class LadderAction(StrEnum):
    """What the ladder says after the last block."""

    TIGHTEN = "tighten"
    HOLD = "hold"
    EASE = "ease"
    DONE = "done"
    """At 80 s: nothing faster is asked."""
    PINNED = "pinned"
    """The exam is within 14 days: 90 s whatever the ladder says."""


class RungStay(NamedTuple):
    """A stay at one rung: consecutive blocks sat for one target."""

    rung_s: int
    blocks: int
    met: int
    """Blocks that met the target."""
    right: int
    n: int
    interval: Interval | None
    """Wilson 95 % of right/n (exam accuracy); None without items."""
    bf: float
    first_block: int
    """block_index"""
    last_block: int
    outcome: LadderAction
    """tighten = passed; ease = eased; hold = left without a decision, or here now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Metric):
    """M13. value = rung_s; n = baseline items so far, minimum 100; until then rung_s is 90."""

    rung_s: int
    action: LadderAction
    bf: float
    """Evidence at this rung that accuracy has held, against 10 points lower; 6 tightens, 1/6 eases."""
    because_missed: bool
    """The ease came from five missed targets in a row, not from accuracy."""
    baseline_right: int
    baseline_n: int
    blocks_at_rung: int
    met_at_rung: int
    lock: int
    """Completed eligible blocks still to go before tightening is allowed again."""
    start_rung_s: int | None
    rungs: tuple[int, ...] = ()
    """All rungs from the start down to the floor, for the list."""
    history: tuple[RungStay, ...] = ()
    """Stays in calendar order, the current one last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedAccuracy(Metric):
    """M14a. bins: known accuracy by quarter of length-adjusted time, fastest first. No single estimate."""

    bins: tuple[Row, ...] = ()
    series: Sequence[Point] = ()
    """The same four, x = 1 (fastest) to 4."""

    @property
    def shown(self) -> bool:
        """Whether there are items enough for four quarters."""
        return bool(self.bins)


class PaceArm(NamedTuple):
    """M14c at one limit: exam accuracy, Wilson 95 %. right and estimate are None until shown."""

    target_s: int
    """Seconds an item."""
    blocks: int
    right: int | None
    n: int
    """Items."""
    estimate: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceExperiment(Metric):
    """M14c. value: exam accuracy at 100 s minus that at 80 s, Newcombe; n: ended blocks, minimum 20."""

    arms: tuple[PaceArm, ...]
    """80 s, 100 s."""
