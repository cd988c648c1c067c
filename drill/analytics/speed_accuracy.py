"""M14: accuracy by quarter of length-adjusted time, and the share of questions answered by 90 s."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from math import inf

from drill.analytics.intervals import wilson
from drill.analytics.pace_model import PacedBlock
from drill.analytics.pacing_results import SpeedAccuracy
from drill.analytics.results import Metric, Point, Row, Unit
from drill.analytics.survival import km_share_done
from drill.core.pace import EXAM_ITEM_MS

BINS = 4
MINIMUM_ITEMS, MINIMUM_BY_90 = 60, 20
LABELS = ("fastest quarter", "second quarter", "third quarter", "slowest quarter")
CAPTION = "slow questions are mostly the hard ones; this does not show what happens if you hurry"
BY_90_CAPTION = "Cut and blank questions count as not yet answered; length and difficulty are not taken out."


def bin_edges(n: int) -> list[int]:
    """First rank (0-based) of each quarter, and n: ranks r with 4 r // n equal share a quarter."""
    return [-(-n * quarter // BINS) for quarter in range(BINS + 1)]


def quarter_counts(
    wrong: Sequence[float], right: Sequence[float], paced: Sequence[PacedBlock]
) -> list[tuple[int, int]]:
    """(right, n) of each quarter by rank of x; ties by raw time, then block, then position.

    `wrong` and `right` are the sorted x of the clean items of `paced`. Only ties that straddle an edge need
    their items looked up.
    """
    edges = bin_edges(len(right) + len(wrong))
    right_below = [0]
    for edge in edges[1:-1]:
        cut = _at_rank((right, wrong), edge)
        count = bisect_left(right, cut)
        below = count + bisect_left(wrong, cut)
        if below < edge:
            count += sum(_tied_right(paced, cut)[: edge - below])
        right_below.append(count)
    right_below.append(len(right))
    return [(right_below[q + 1] - right_below[q], edges[q + 1] - edges[q]) for q in range(BINS)]


def _at_rank(samples: Sequence[Sequence[float]], rank: int) -> float:
    """The value at this rank (from 0) of sorted samples taken together; infinity past the last."""

    def upto(value: float) -> int:
        return sum(bisect_right(sample, value) for sample in samples)

    places = [bisect_left(sample, rank + 1, key=upto) for sample in samples]
    values = (sample[at] for sample, at in zip(samples, places, strict=True) if at < len(sample))
    return min(values, default=inf)


def _tied_right(paced: Sequence[PacedBlock], x: float) -> list[bool]:
    """Whether each clean item with exactly this x was right, in the order ties are broken."""
    tied = []
    for place, block in enumerate(paced):
        for index, value in enumerate(block.x):
            if value == x and (block.clean is None or block.clean[index]):
                timed = block.timed
                tied.append((timed.time_ms[index], place, timed.positions[index], timed.correct[index]))
    return [correct for *_, correct in sorted(tied)]


def speed_accuracy_metric(
    wrong: Sequence[float], right: Sequence[float], paced: Sequence[PacedBlock]
) -> SpeedAccuracy:
    """Four bins with Wilson, from 60 clean items, which are 15 a bin."""
    n = len(wrong) + len(right)
    rows: list[Row] = []
    if n >= MINIMUM_ITEMS:
        for label, (hits, count) in zip(LABELS, quarter_counts(wrong, right, paced), strict=True):
            rows.append(Row(label, hits, count, wilson(hits, count)))
    return SpeedAccuracy(
        unit=Unit.PROPORTION,
        level=0.95,
        n=n,
        minimum=MINIMUM_ITEMS,
        caption=CAPTION,
        bins=tuple(rows),
        series=tuple(Point.of(quarter, row.estimate, row.n) for quarter, row in enumerate(rows, start=1)),
    )


def answered_by_90_metric(paced: Sequence[PacedBlock]) -> Metric:
    """1 - Kaplan-Meier survival at 90 s of raw time, with a log(-log) Greenwood interval."""
    groups = [(block.timed.time_ms, block.timed.censored) for block in paced]
    n = sum(len(times) for times, _ in groups)
    return Metric(
        unit=Unit.PROPORTION,
        estimate=km_share_done(groups, EXAM_ITEM_MS) if n >= MINIMUM_BY_90 else None,
        level=0.95,
        n=n,
        minimum=MINIMUM_BY_90,
        caption=BY_90_CAPTION,
    )
