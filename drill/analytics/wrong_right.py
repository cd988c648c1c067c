"""M6: how many times as long wrong answers take. "Overthinking" is not claimed.

The Hodges-Lehmann ratio exp(median of all x_wrong - x_right) with the Mann-Whitney interval in its normal
approximation. The median of n * m differences is found without making them all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import repeat
from math import exp, sqrt

from drill.analytics.intervals import Interval
from drill.analytics.models import Unit
from drill.analytics.pacing_models import WrongRight
from drill.analytics.special import Z95
from drill.core.pace import EXAM_ITEM_MS

MINIMUM = 8
DOTS = 20
BRUTE_PAIRS = 20_000
TOLERANCE = 1e-10
CAPTION = "Wrong answers usually take longer because harder questions do."


def hodges_lehmann_ratio(wrong: Sequence[float], right: Sequence[float]) -> Interval | None:
    """exp of the median difference of two sorted samples of log times, with its 95 % interval."""
    n, m = len(wrong), len(right)
    if n == 0 or m == 0:
        return None
    pairs = n * m
    rank = max(1, round(pairs / 2.0 - Z95 * sqrt(pairs * (n + m + 1) / 12.0)))
    middle = (pairs + 1) // 2
    ranks = sorted({rank, middle, pairs // 2 + 1, pairs + 1 - rank})
    found = dict(zip(ranks, _differences_at(wrong, right, ranks), strict=True))
    value = (found[middle] + found[pairs // 2 + 1]) / 2.0
    return Interval(exp(value), exp(found[rank]), exp(found[pairs + 1 - rank]))


def _differences_at(a: Sequence[float], b: Sequence[float], ranks: Sequence[int]) -> list[float]:
    """The differences a_i - b_j of the given ascending ranks (1-based), both samples sorted.

    Small samples: exactly, by making them all. Large ones: by counting below a cut until the bracket holds
    few enough pairs to list, or is narrower than 1e-10.
    """
    if len(a) * len(b) <= BRUTE_PAIRS:
        every = sorted(x - y for x in a for y in b)
        return [every[rank - 1] for rank in ranks]
    if len(a) > len(b):
        # Fewer searches: the mirrored differences b_j - a_i, from the other end.
        mirrored = _differences_at(b, a, [len(a) * len(b) + 1 - rank for rank in reversed(ranks)])
        return [-value for value in reversed(mirrored)]
    pairs = len(a) * len(b)
    known: list[tuple[float, int]] = [(a[0] - b[-1] - 1.0, 0), (a[-1] - b[0] + 1.0, pairs)]
    thin_a, thin_b = a[:: max(1, len(a) // 64)], b[:: max(1, len(b) // 64)]
    guesses = sorted(x - y for x in thin_a for y in thin_b)
    return [_difference_at(a, b, rank, known, guesses[(rank - 1) * len(guesses) // pairs]) for rank in ranks]


def _difference_at(
    a: Sequence[float], b: Sequence[float], rank: int, known: list[tuple[float, int]], guess: float
) -> float:
    """One of them. `known` collects (cut, pairs at or below it), ascending, and serves the next rank too."""
    enough = 2 * (len(a) + len(b))
    for step in range(200):
        above = bisect_left(known, rank, key=lambda pair: pair[1])
        (low, below_low), (high, below_high) = known[above - 1], known[above]
        if below_high - below_low <= enough:
            inside = sorted(x - y for x in a for y in b[bisect_left(b, x - high) : bisect_left(b, x - low)])
            if inside:
                return inside[min(max(rank - below_low - 1, 0), len(inside) - 1)]
            return high
        if high - low < TOLERANCE:
            return (low + high) / 2.0
        if step % 4 == 3 or not low < guess < high:
            guess = (low + high) / 2.0
        count = len(a) * len(b) - sum(map(bisect_left, repeat(b), [x - guess for x in a]))
        known.insert(bisect_right(known, (guess, count)), (guess, count))
        above = bisect_left(known, rank, key=lambda pair: pair[1])
        (low, below_low), (high, below_high) = known[above - 1], known[above]
        guess = low + (high - low) * (rank - 0.5 - below_low) / (below_high - below_low)
    return guess


def wrong_right_metric(
    wrong: Sequence[float], right: Sequence[float], wrong_times_ms: Sequence[int]
) -> WrongRight:
    """`wrong` and `right` are sorted x of clean items; `wrong_times_ms` their raw times when wrong."""
    n = min(len(wrong), len(right))
    ratio = hodges_lehmann_ratio(wrong, right) if n >= MINIMUM else None
    return WrongRight(
        unit=Unit.RATIO,
        value=ratio.value if ratio else None,
        low=ratio.low if ratio else None,
        high=ratio.high if ratio else None,
        level=0.95,
        n=n,
        minimum=MINIMUM,
        shown=ratio is not None,
        caption=CAPTION,
        wrong_n=len(wrong),
        right_n=len(right),
        wrong_over_90_ms=sum(time_ms - EXAM_ITEM_MS for time_ms in wrong_times_ms if time_ms > EXAM_ITEM_MS),
        wrong_dots_s=quantile_dots(wrong) if ratio else (),
        right_dots_s=quantile_dots(right) if ratio else (),
    )


def quantile_dots(ordered: Sequence[float]) -> tuple[float, ...]:
    """20 dots in seconds, each standing for a twentieth of the sorted log times."""
    return tuple(exp(ordered[int((dot + 0.5) / DOTS * len(ordered))]) for dot in range(DOTS))
