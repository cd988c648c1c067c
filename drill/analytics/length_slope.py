"""How time grows with words: a Theil-Sen slope over pairs within the same block, and its prior."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import sqrt

from drill.analytics.special import Z95
from drill.analytics.survival import median
from drill.core.frozen import dataclass
from drill.core.pace import ASSUMED_B

PRIOR_B, PRIOR_SE = ASSUMED_B, 0.2
SE_FLOOR = 0.02


@dataclass(frozen=True, slots=True)
class LengthSlope:
    """The exponent of words as fitted."""

    b: float
    """Precision-weighted mean of b_hat and the prior."""
    b_hat: float
    se: float
    pairs: int
    """Pairs of items of different length within one block."""


def fit_length_slope(groups: Iterable[tuple[Sequence[float], Sequence[float]]]) -> LengthSlope | None:
    """The slope from (log words, log time) columns, one pair of columns a block; None without pairs.

    Sen's interval takes the Kendall variances (with ties) summed over the blocks; its width / 3.92 is the
    standard error, at least 0.02. Over a single group slope and interval are scipy.stats.theilslopes.
    """
    slopes: list[float] = []
    variance = 0.0
    for words, times in groups:
        slopes += [
            (t2 - t1) / (w2 - w1)
            for (w1, t1), (w2, t2) in combinations(zip(words, times, strict=True), 2)
            if w1 != w2
        ]
        variance += _kendall_term(len(words)) - _tied(words) - _tied(times)
    if not slopes:
        return None
    slopes.sort()
    pairs = len(slopes)
    reach = Z95 * sqrt(max(variance, 0.0) / 18.0)
    low = max(round((pairs - reach) / 2.0) - 1, 0)
    high = min(round((pairs + reach) / 2.0), pairs - 1)
    b_hat = median(slopes)
    se = max((slopes[high] - slopes[low]) / 3.92, SE_FLOOR)
    precision, prior_precision = 1.0 / se**2, 1.0 / PRIOR_SE**2
    b = (b_hat * precision + PRIOR_B * prior_precision) / (precision + prior_precision)
    return LengthSlope(b, b_hat, se, pairs)


def _kendall_term(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)


def _tied(values: Sequence[float]) -> int:
    return sum(_kendall_term(count) for count in Counter(values).values() if count > 1)
