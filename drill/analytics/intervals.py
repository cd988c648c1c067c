"""Intervals for proportions, their differences and means.

Wilson (1927) score interval; Newcombe (1998) hybrid score interval, method 10; Student's t.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, exp, sqrt
from typing import NamedTuple

from drill.analytics.special import Z95, beta_cdf, t_quantile_two_sided

EXACT_SIGNS = 500
"""Above this many pairs whole numbers grow too long to be worth it."""


class Interval(NamedTuple):
    """An estimate with its interval."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of high - low."""
        return (self.high - self.low) / 2.0


class PointEstimate(NamedTuple):
    """An estimate that has no interval: a plain fact, or one whose error is not told as a range."""

    value: float

    @property
    def low(self) -> None:
        """There is none."""

    @property
    def high(self) -> None:
        """There is none."""


Estimate = Interval | PointEstimate
"""A number that may be shown. Where it may not, there is None in its place."""


def wilson(right: int, n: int, z: float = Z95) -> Interval | None:
    """The proportion right / n with Wilson's score interval, within [0, 1]; None when n is 0.

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)
    """
    if n <= 0:
        return None
    p = right / n
    square = z * z
    centre = (p + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    # At 0 and n the score interval touches its end exactly; rounding must not pull it inside.
    low = 0.0 if right == 0 else max(0.0, centre - half)
    high = 1.0 if right == n else min(1.0, centre + half)
    return Interval(p, low, high)


def newcombe(right_a: int, n_a: int, right_b: int, n_b: int) -> Interval | None:
    """Difference a - b of two proportions, Newcombe's method 10, within [-1, 1]; None without data."""
    a, b = wilson(right_a, n_a), wilson(right_b, n_b)
    if a is None or b is None:
        return None
    value = a.value - b.value
    low = value - sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2)
    high = value + sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2)
    return Interval(value, max(-1.0, low), min(1.0, high))


def mean_t(values: Sequence[float]) -> Interval | None:
    """Mean with Student's t interval at 95 %; None with fewer than 2 values or without any spread."""
    k = len(values)
    if k < 2:
        return None
    mean = sum(values) / k
    variance = sum((value - mean) ** 2 for value in values) / (k - 1)
    if not variance > 0.0 or min(values) == max(values):
        return None
    half = t_quantile_two_sided(0.95, k - 1) * sqrt(variance / k)
    return Interval(mean, mean - half, mean + half)


def exp_interval(log_value: float, standard_error: float) -> Interval:
    """A value known by its logarithm, within one standard error of that."""
    return Interval(exp(log_value), exp(log_value - standard_error), exp(log_value + standard_error))


def sign_test(a: int, b: int) -> float | None:
    """Exact two-sided sign test of a against b (McNemar's exact test); None when both are 0."""
    n = a + b
    if n == 0:
        return None
    if n > EXACT_SIGNS:
        # P(X <= k) for X ~ Binomial(n, 1/2) is the incomplete beta function at 1/2.
        return min(1.0, 2.0 * beta_cdf(0.5, float(n - min(a, b)), min(a, b) + 1.0))
    tail: int = sum(comb(n, i) for i in range(min(a, b) + 1))
    return min(1.0, float(2 * tail / 2**n))
