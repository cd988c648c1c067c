"""What every reported number looks like: the shared parts of the two reports.

A report is drawn from these dataclasses alone, by the screens, the text reports and the JSON, so that
they cannot disagree. Numbers are full precision; only painters round. An estimate that is None is not
shown: there is never a zero, a NaN or an infinity in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from drill.analytics.intervals import Estimate, Interval, PointEstimate
from drill.core.columns import Columns
from drill.core.frozen import dataclass

MINIMUM_BLOCKS = 10
"""Eligible blocks before there is a verdict on a trend."""


class Unit(StrEnum):
    """What a metric's value, low and high are measured in."""

    SECONDS_PER_QUESTION = "seconds per 120-word question"
    PERCENT = "percent"
    """Per cent change; -22.0 means 22 % less."""
    POINTS = "points"
    """Percentage points; 15.2 means from 60 % to 75.2 %."""
    PROPORTION = "proportion"
    """0..1, or a difference of two of them, -1..1."""
    PROBABILITY = "probability"
    RATIO = "ratio"
    MILLISECONDS = "ms"
    COUNT = "count"


class Verdict(StrEnum):
    """The only verdict words there are."""

    IMPROVING = "improving"
    DECLINING = "declining"
    FASTER = "faster"
    SLOWER = "slower"
    NO_EVIDENCE = "no evidence"
    TOO_EARLY = "too early"

    @property
    def decided(self) -> bool:
        """True for the four words that claim a change; only these may be coloured."""
        return self not in (Verdict.NO_EVIDENCE, Verdict.TOO_EARLY)


class Point(NamedTuple):
    """One dot of a series, made and read by its estimate. Ineligible blocks are hollow: in no metric."""

    x: int | str
    """block_index, or a label (subject, bank, word)."""
    value: float | None
    low: float | None
    """Series over blocks: one standard error below; labelled rows: the metric's level."""
    high: float | None
    n: int
    eligible: bool = True

    @classmethod
    def of(cls, x: int | str, estimate: Estimate | None, n: int, eligible: bool = True) -> Point:
        """The dot of an estimate; None: the block has none of its own."""
        if estimate is None:
            return cls(x, None, None, None, n, eligible)
        return cls(x, estimate.value, estimate.low, estimate.high, n, eligible)

    @property
    def estimate(self) -> Estimate | None:
        """What the dot stands for."""
        if self.value is None:
            return None
        if self.low is None or self.high is None:
            return PointEstimate(self.value)
        return Interval(self.value, self.low, self.high)


class Points(Columns[Point]):
    """The dots of blocks: a report over 5,000 blocks has 35,000 of them. Values are of one type, or None."""

    __slots__ = Point._fields
    record = Point

    value: Sequence[Any]


class LinePoint(NamedTuple):
    """A point of a fitted line, in the units of the series it is drawn over."""

    x: int
    """block_index"""
    value: float


class Row(NamedTuple):
    """A labelled proportion: `right` of `n`, with its Wilson interval (95 % unless the metric says)."""

    label: str
    right: int
    n: int
    estimate: Interval | None


class Band(NamedTuple):
    """The level of the current epoch in the units of the series, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What all metrics share."""

    unit: Unit
    estimate: Estimate | None = None
    level: float | None = None
    """Coverage of the estimate's interval, e.g. 0.95; None where there is no interval."""
    n: int = 0
    minimum: int = 1
    """Below this "Not enough yet: n of minimum" and no number."""
    caption: str = ""
    """One line with the main confound."""

    @property
    def shown(self) -> bool:
        """Whether there is enough to show a number."""
        return self.estimate is not None


class Detection(NamedTuple):
    """A verdict reached and kept: the epoch ended on this study day."""

    day: str
    """Study day, YYYY-MM-DD."""
    block: int
    """block_index of the day's last block."""
    verdict: Verdict
    value: float
    """Change over the epoch, in the trend's unit."""
    low: float
    high: float
    epoch_start: str
    blocks: int
    """Eligible blocks of the epoch."""
    line: tuple[LinePoint, ...]
    """The fitted line over the epoch's blocks, in the units of the series."""


class Fit(NamedTuple):
    """The line fitted to the study days of an epoch."""

    half_width: float
    """Of the interval over the span: points for accuracy, log seconds for pace."""
    detectable: float
    """The smallest change that could be seen by now: points, or per cent for pace; always positive."""
    phi: float
    """Spread of the days over what chance gives; over 2 the painter adds "your days vary a lot"."""
    slope: float
    """Per block, on the scale of the fit (arcsine square root, or log seconds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Metric):
    """M10. The estimate is the change over the current epoch; n counts its study days.

    Shown from 2 study days; the verdict stays "too early" until `blocks` reaches `blocks_minimum`.
    With a range (--since, --last) estimate and verdict are None and the caption says why.
    """

    verdict: Verdict | None = Verdict.TOO_EARLY
    fit: Fit | None = None
    """None until there is an estimate."""
    epoch_start: str | None = None
    """First study day of the current epoch."""
    blocks: int = 0
    """Eligible blocks of the current epoch in this pool."""
    blocks_minimum: int = MINIMUM_BLOCKS
    detected: tuple[Detection, ...] = ()
    """Oldest first. The screen keeps the last one above the current epoch's line."""
    series: Sequence[Point] = ()
    """One dot a block: proportion right (accuracy) or seconds per 120-word question (pace)."""
    line: tuple[LinePoint, ...] = ()
    """Fitted line of the current epoch; empty unless its verdict is decided."""
    withheld: bool = False
    """A change was found, but not with the blocks the learner set aside, so no word is said of it."""
    band: Band | None = None
    """Flat band to draw while there is no verdict."""


class Pool(NamedTuple):
    """The series the trends are about: a harder bank is not a decline."""

    banks: tuple[str, ...]
    """Sorted ids."""
    next_best_step_only: bool
