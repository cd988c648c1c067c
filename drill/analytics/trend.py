"""M10's engine: an anytime-valid slope over study days, scanned day by day in epochs.

Recursive (Helmert) residuals z_k = (y_k - ybar_{k-1}) / sd_k and c_k = (t_k - tbar_{k-1}) / sd_k, with
sd_k^2 = v_k + 1 / sum_{j<k} 1/v_j and precision-weighted means. Without change the z_k are independent
N(0, 1), so M = sum c z is a martingale with V = sum c^2, and slope = M / V is the weighted least squares
slope. Its interval is the Robbins normal mixture (Howard et al. 2021):

    half-width = sqrt(phi (V + rho) (2 ln(1 / alpha) + ln((V + rho) / rho))) / V

with alpha = 0.20, rho = 4000 and phi = max(1, (8 + sum z^2 - M^2 / V) / (8 + K - 2)). For phi = 1 the chance
that it ever misses a constant truth is at most 20 %, however often one looks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import asin, exp, expm1, log, pi, sin, sqrt
from typing import NamedTuple

from drill.analytics.results import MINIMUM_BLOCKS, Verdict

ALPHA, RHO = 0.20, 4000.0
LEVEL = 1.0 - ALPHA
PHI_WEIGHT = 8.0
MINIMUM_DAYS = 2
WIDE_POINTS, WIDE_LOG = 25.0, 0.30
DAY_SD_ACCURACY, DAY_SD_PACE = 0.04, 0.08


class Kind(Enum):
    """What the trend is of; decides the scale, the units and the words."""

    ACCURACY = "accuracy"
    PACE = "pace"


class DayValue(NamedTuple):
    """One study day on the scale of the fit."""

    day: str
    t: float
    y: float
    v: float
    """Variance of y."""
    blocks: int
    """The pool's eligible blocks up to and including this day."""


class Change(NamedTuple):
    """A slope turned into the change over the epoch: points (accuracy) or per cent (pace)."""

    value: float
    low: float
    high: float
    half_width: float
    """Points, or log seconds."""
    detectable: float
    """Points, or per cent; positive."""


@dataclass(slots=True)
class Epoch:
    """Running sums over the days of one epoch; adding a day is O(1)."""

    days: int = 0
    precision: float = 0.0
    y_mean: float = 0.0
    t_mean: float = 0.0
    m: float = 0.0
    v: float = 0.0
    z_squares: float = 0.0
    t_first: float = 0.0
    t_last: float = 0.0

    def add(self, t: float, y: float, variance: float) -> None:
        """Take in the next study day."""
        if self.days == 0:
            self.t_first = t
        else:
            sd = sqrt(variance + 1.0 / self.precision)
            z, c = (y - self.y_mean) / sd, (t - self.t_mean) / sd
            self.m += c * z
            self.v += c * c
            self.z_squares += z * z
        weight = 1.0 / variance
        self.precision += weight
        self.y_mean += (y - self.y_mean) * weight / self.precision
        self.t_mean += (t - self.t_mean) * weight / self.precision
        self.t_last = t
        self.days += 1

    @property
    def fitted(self) -> bool:
        """False with fewer than 2 days, or all at one t: then nothing is shown."""
        return self.days >= MINIMUM_DAYS and self.v > 0.0

    @property
    def slope(self) -> float:
        """Per block, on the scale of y."""
        return self.m / self.v

    @property
    def phi(self) -> float:
        """Over-dispersion of the days, at least 1."""
        rest = self.z_squares - self.m * self.m / self.v
        return max(1.0, (PHI_WEIGHT + rest) / (PHI_WEIGHT + self.days - 2))

    @property
    def half_width(self) -> float:
        """Of the slope's interval."""
        return half_width(self.v, self.phi)

    @property
    def excludes_zero(self) -> bool:
        """The interval lies on one side of no change."""
        return self.fitted and abs(self.slope) > self.half_width

    def fit_at(self, t: float) -> float:
        """The fitted line at t, on the scale of y."""
        return self.y_mean + self.slope * (t - self.t_mean)


def half_width(v: float, phi: float = 1.0) -> float:
    """Half-width of the always-valid interval of a slope with information V."""
    return sqrt(phi * (v + RHO) * (2.0 * log(1.0 / ALPHA) + log((v + RHO) / RHO))) / v


def accuracy_day(right: int, n: int) -> tuple[float, float]:
    """(y, v): Anscombe's arcsine of right of n, with a 4-point day effect in the variance."""
    return asin(sqrt((right + 0.375) / (n + 0.75))), 1.0 / (4 * n + 2) + DAY_SD_ACCURACY**2


def pace_day(mean_log_s: float, n: int, s_item: float) -> tuple[float, float]:
    """(y, v): mean log pace of n items, with a day effect of 0.08 in the variance."""
    return mean_log_s, s_item**2 / n + DAY_SD_PACE**2


def change(epoch: Epoch, kind: Kind) -> Change | None:
    """The epoch's change over its span; None when it is not fitted."""
    if not epoch.fitted:
        return None
    span = epoch.t_last - epoch.t_first
    slope, half = epoch.slope, epoch.half_width
    if kind is Kind.ACCURACY:
        factor = 100.0 * sin(2.0 * epoch.y_mean) * span
        return Change(
            factor * slope, factor * (slope - half), factor * (slope + half), factor * half, factor * half
        )
    reach = half * span
    return Change(
        100.0 * expm1(slope * span),
        100.0 * expm1((slope - half) * span),
        100.0 * expm1((slope + half) * span),
        reach,
        -100.0 * expm1(-reach),
    )


def verdict(epoch: Epoch, kind: Kind, blocks: int) -> Verdict:
    """What may be said after `blocks` eligible blocks of the epoch."""
    found = change(epoch, kind)
    if found is None or blocks < MINIMUM_BLOCKS:
        return Verdict.TOO_EARLY
    if epoch.excludes_zero:
        if kind is Kind.ACCURACY:
            return Verdict.IMPROVING if epoch.slope > 0.0 else Verdict.DECLINING
        return Verdict.SLOWER if epoch.slope > 0.0 else Verdict.FASTER
    # "Too early" is about how much was sat, so the width is taken without phi: days that vary a lot widen
    # the interval, but more of the same days would not make them calmer.
    wide = WIDE_POINTS if kind is Kind.ACCURACY else WIDE_LOG
    return Verdict.TOO_EARLY if found.half_width > wide * sqrt(epoch.phi) else Verdict.NO_EVIDENCE


def natural(y: float, kind: Kind) -> float:
    """From the scale of the fit to that of the dots: a proportion, or seconds."""
    if kind is Kind.ACCURACY:
        return sin(min(max(y, 0.0), pi / 2.0)) ** 2
    return exp(y)


@dataclass(frozen=True, slots=True)
class EpochRecord:
    """An epoch and where it stands: days `first` to `last` (indexes), and its eligible blocks."""

    epoch: Epoch
    first: int
    last: int
    blocks: int
    verdict: Verdict
    withheld: bool = False
    """A verdict was found, but not with what was set aside: there is no evidence then."""


class _Look:
    """One series looked at day by day."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._blocks_before = self._blocks_seen = 0
        self.epoch = Epoch()

    def add(self, day: DayValue) -> None:
        self.epoch.add(day.t, day.y, day.v)
        self._blocks_seen = day.blocks

    def start_epoch(self) -> None:
        self.epoch, self._blocks_before = Epoch(), self._blocks_seen

    @property
    def blocks(self) -> int:
        return self._blocks_seen - self._blocks_before

    @property
    def verdict(self) -> Verdict:
        return verdict(self.epoch, self._kind, self.blocks)


def scan(days: Iterable[DayValue], kind: Kind, whole: Sequence[DayValue] | None = None) -> list[EpochRecord]:
    """Look after every study day, as the learner does; a verdict ends its epoch that day.

    `whole`: the days with what was set aside, oldest first. A verdict then stands only on a day on which both
    series say it, and ends the epoch of both. All but the last record ended with a verdict. The last is the
    current epoch; it may have reached its verdict on the very last day. No days, no record.
    """
    records: list[EpochRecord] = []
    look, other, first = _Look(kind), _Look(kind), 0
    waiting = deque(whole or ())
    current: EpochRecord | None = None
    for index, day in enumerate(days):
        if current is not None and current.verdict.decided:
            records.append(current)
            look.start_epoch()
            other.start_epoch()
            first = index
        look.add(day)
        while waiting and waiting[0].day <= day.day:
            other.add(waiting.popleft())
        found = look.verdict
        withheld = whole is not None and found.decided and found is not other.verdict
        word = Verdict.NO_EVIDENCE if withheld else found
        current = EpochRecord(look.epoch, first, index, look.blocks, word, withheld)
    return records if current is None else [*records, current]
