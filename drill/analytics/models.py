"""What every reported number looks like: the shared parts of the two reports.

A report is drawn from these dataclasses alone, by the screens, the text reports and the JSON, so that
they cannot disagree. Numbers are full precision; only painters round. `None` means "not shown": there is
never a zero, a NaN or an infinity in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


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
    """One dot of a series. Ineligible blocks are hollow dots: drawn, in no metric."""

    x: int | str
    """block_index, or a label (subject, bank, word)."""
    value: float | None
    low: float | None
    """Series over blocks: one standard error below; labelled rows: the metric's level."""
    high: float | None
    n: int
    eligible: bool = True


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
    value: float | None
    low: float | None
    high: float | None


class Band(NamedTuple):
    """The level of the current epoch in the units of the series, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """What all metrics share. When `shown` is false, value, low and high are None."""

    unit: Unit
    value: float | None = None
    low: float | None = None
    high: float | None = None
    level: float | None = None
    """Coverage of [low, high], e.g. 0.95; None where there is no interval."""
    n: int = 0
    minimum: int = 1
    """Below this: "n too small (n of minimum)" and no number."""
    shown: bool = False
    caption: str = ""
    """One line with the main confound."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend(Metric):
    """M10. value, low and high are the change over the current epoch; n counts its study days.

    Shown from 2 study days; the verdict stays "too early" until `blocks` reaches `blocks_minimum`.
    With a range (--since, --last) value, low, high and verdict are None and the caption says why.
    """

    verdict: Verdict | None = Verdict.TOO_EARLY
    half_width: float | None = None
    """Of the interval over the span: points for accuracy, log seconds for pace."""
    detectable: float | None = None
    """The smallest change that could be seen by now: points, or per cent for pace; always positive."""
    phi: float | None = None
    """Spread of the days over what chance gives; over 2 the painter adds "your days vary a lot"."""
    slope: float | None = None
    """Per block, on the scale of the fit (arcsine square root, or log seconds)."""
    epoch_start: str | None = None
    """First study day of the current epoch."""
    blocks: int = 0
    """Eligible blocks of the current epoch in this pool."""
    blocks_minimum: int = 10
    detected: tuple[Detection, ...] = ()
    """Oldest first. The screen keeps the last one above the current epoch's line."""
    series: tuple[Point, ...] = ()
    """One dot a block: proportion right (accuracy) or seconds per 120-word question (pace)."""
    line: tuple[LinePoint, ...] = ()
    """Fitted line of the current epoch; empty unless its verdict is decided."""
    band: Band | None = None
    """Flat band to draw while there is no verdict."""


class Pool(NamedTuple):
    """The series the trends are about: a harder bank is not a decline."""

    banks: tuple[str, ...]
    """Sorted ids."""
    next_best_step_only: bool
