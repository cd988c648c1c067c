"""M6: how many times as long wrong answers take. "Overthinking" is not claimed.

The Hodges-Lehmann ratio exp(median of all x_wrong - x_right) with the Mann-Whitney interval in its normal
approximation. Samples of more than 4,000 answers are thinned to as many evenly placed ones, which moves the
ratio by less than 1 in 10,000 and keeps a report over years as quick as one over months.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, sqrt

from drill.analytics.intervals import Interval
from drill.analytics.pacing_results import WrongRight
from drill.analytics.ranked_differences import ranked_differences
from drill.analytics.results import Unit
from drill.analytics.special import Z95
from drill.core.pace import EXAM_ITEM_MS

MINIMUM = 8
DOTS = 20
THINNED = 4_000
CAPTION = "Wrong answers usually take longer because harder questions do."


def hodges_lehmann_ratio(wrong: Sequence[float], right: Sequence[float]) -> Interval | None:
    """exp of the median difference of two sorted samples of log times, with its 95 % interval."""
    n, m = len(wrong), len(right)
    if n == 0 or m == 0:
        return None
    pairs = n * m
    rank = max(1, round(pairs / 2.0 - Z95 * sqrt(pairs * (n + m + 1) / 12.0)))
    a, b = _thinned(wrong), _thinned(right)
    if len(a) * len(b) < pairs:
        # The same share of the pairs of the thinned samples.
        rank = max(1, round(rank / pairs * len(a) * len(b)))
        pairs = len(a) * len(b)
    ranks = (rank, (pairs + 1) // 2, pairs // 2 + 1, pairs + 1 - rank)
    low, below, above, high = ranked_differences(a, b, ranks)
    return Interval(exp((below + above) / 2.0), exp(low), exp(high))


def _thinned(ordered: Sequence[float]) -> Sequence[float]:
    """At most 4,000 evenly placed values of a sorted sample: its distribution to within 1 part in 8,000."""
    n = len(ordered)
    if n <= THINNED:
        return ordered
    return [ordered[int((place + 0.5) * n / THINNED)] for place in range(THINNED)]


def wrong_right_metric(
    wrong: Sequence[float], right: Sequence[float], wrong_times_ms: Sequence[int]
) -> WrongRight:
    """`wrong` and `right` are sorted x of clean items; `wrong_times_ms` their raw times when wrong."""
    n = min(len(wrong), len(right))
    ratio = hodges_lehmann_ratio(wrong, right) if n >= MINIMUM else None
    return WrongRight(
        unit=Unit.RATIO,
        estimate=ratio,
        level=0.95,
        n=n,
        minimum=MINIMUM,
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
