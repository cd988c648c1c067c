"""M13's evidence: has accuracy at a rung held, against being 10 points lower?

BF = P(x of n | accuracy as at baseline) / P(x of n | 10 points lower), both averaged over the baseline's Beta
posterior (uniform prior). By Wald and Ville, if accuracy really is 10 points lower the chance that BF ever
reaches 6 is at most 1/6, averaged over what is not known of the baseline, however often one looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log, log1p

MARGIN = 0.10
GRID = 399
LOWEST = 1e-9
LARGEST_LOG = 700.0
"""Evidence beyond e^700 is told as that: JSON knows no infinity."""


def bayes_factor(baseline_right: int, baseline_n: int, right: int, n: int) -> float:
    """BF for right of n at the rung, on a grid of 399 points; sums of logs, so no run is too long for it."""
    return exp(min(max(log_bayes_factor(baseline_right, baseline_n, right, n), -LARGEST_LOG), LARGEST_LOG))


def log_bayes_factor(baseline_right: int, baseline_n: int, right: int, n: int) -> float:
    """log BF; 0 without items at the rung."""
    if n == 0:
        return 0.0
    wrong, baseline_wrong = n - right, baseline_n - baseline_right
    as_before: list[float] = []
    lower: list[float] = []
    for log_p, log_q, log_low, log_high in _POINTS:
        posterior = baseline_right * log_p + baseline_wrong * log_q
        as_before.append(posterior + right * log_p + wrong * log_q)
        lower.append(posterior + right * log_low + wrong * log_high)
    return log_sum_exp(as_before) - log_sum_exp(lower)


def log_sum_exp(logs: Sequence[float]) -> float:
    """log of the sum of exponentials, without overflow."""
    top = max(logs)
    return top + log(sum(exp(value - top) for value in logs))


def _point(p: float) -> tuple[float, float, float, float]:
    lower = max(p - MARGIN, LOWEST)
    return log(p), log1p(-p), log(lower), log1p(-lower)


_POINTS = tuple(_point(i / (GRID + 1)) for i in range(1, GRID + 1))
"""log p, log(1 - p), log p', log(1 - p') with p' 10 points lower."""
