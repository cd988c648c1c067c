"""M11's discounted level and M9's shrinkage: beta-binomial models of a proportion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp
from typing import NamedTuple

from drill.analytics.intervals import Interval
from drill.analytics.special import beta_cdf, beta_pdf, beta_quantile, invert_cdf, log_beta

DISCOUNT = 0.9
LEVEL = 0.90
K_GRID = (4, 8, 16, 32, 64, 128, 256)
WEAKER = 0.95


def discounted_level(days: Iterable[tuple[int, int]]) -> Interval | None:
    """Mean and 90 % interval of Beta(a, b) after a <- .9a + right, b <- .9b + wrong per study day from 1, 1.

    `days` are (right, n), oldest first; a day without items discounts nothing. None without items.
    Power discount after West and Harrison; memory is about 10 days.
    """
    a = b = 1.0
    seen = 0
    for right, n in days:
        if n == 0:
            continue
        a = DISCOUNT * a + right
        b = DISCOUNT * b + (n - right)
        seen += n
    if not seen:
        return None
    tail = (1.0 - LEVEL) / 2.0
    return Interval(a / (a + b), beta_quantile(tail, a, b), beta_quantile(1.0 - tail, a, b))


class Shrinkage(NamedTuple):
    """What the subjects share: theta ~ Beta(k m, k (1 - m)), with k averaged over a grid."""

    m: float
    weights: tuple[float, ...]
    """Of each k in K_GRID, summing to 1."""

    @property
    def mean_k(self) -> float:
        """Items the shrinkage is worth."""
        return sum(k * w for k, w in zip(K_GRID, self.weights, strict=True))


class Shrunken(NamedTuple):
    """One subject's posterior."""

    estimate: Interval
    p_below: float
    """P(theta < m)."""

    @property
    def weaker(self) -> bool:
        """The only word there is evidence for."""
        return self.p_below >= WEAKER


def fit_shrinkage(subjects: Sequence[tuple[int, int]]) -> Shrinkage:
    """Empirical Bayes over (right, n) of each subject, after Robinson (2015).

    m = (X + 1) / (N + 2); k by marginal beta-binomial likelihood, equal weight on each k beforehand.
    """
    right, n = sum(x for x, _ in subjects), sum(count for _, count in subjects)
    m = (right + 1) / (n + 2)
    logs = []
    for k in K_GRID:
        a, b = k * m, k * (1.0 - m)
        prior = log_beta(a, b)
        logs.append(sum(log_beta(a + x, b + count - x) - prior for x, count in subjects))
    top = max(logs)
    weights = [exp(value - top) for value in logs]
    total = sum(weights)
    return Shrinkage(m, tuple(weight / total for weight in weights))


def shrink(right: int, n: int, shared: Shrinkage) -> Shrunken:
    """Mixture posterior mean, 90 % interval from the inverted mixture CDF, and P(theta < m)."""
    parts = [
        (weight, k * shared.m + right, k * (1.0 - shared.m) + n - right)
        for k, weight in zip(K_GRID, shared.weights, strict=True)
        if weight > 1e-12
    ]

    def cdf(x: float) -> float:
        return sum(weight * beta_cdf(x, a, b) for weight, a, b in parts)

    def pdf(x: float) -> float:
        return sum(weight * beta_pdf(x, a, b) for weight, a, b in parts)

    value = sum(weight * a / (a + b) for weight, a, b in parts)
    tail = (1.0 - LEVEL) / 2.0
    low, high = (invert_cdf(end, cdf, pdf, value) for end in (tail, 1.0 - tail))
    return Shrunken(Interval(value, low, high), cdf(shared.m))
