"""M3: what changes from the first question of a block to the last. Never called fatigue.

Speed: per block the least-squares slope d of x on u = (position - 1) / (n - 1), then the mean of d with a
t interval over blocks. Accuracy: known accuracy of the second half minus the first, likewise.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress
from math import exp, expm1, sqrt
from operator import mul

from drill.analytics.intervals import Interval, PointEstimate, mean_t
from drill.analytics.pace_model import PacedBlock
from drill.analytics.pacing_results import Drift, PositionBin
from drill.analytics.results import Point, Points, Unit
from drill.analytics.sample import Sitting, masked
from drill.analytics.survival import median

MINIMUM_ITEMS, MINIMUM_BLOCKS = 12, 6
ACCURACY_BLOCKS, ACCURACY_HALF_WIDTH = 10, 0.10
QUARTERS = 4
SPEED_CAPTION = "Tiredness, warming up and the clock are mixed here and cannot be told apart."
ACCURACY_CAPTION = "Hidden while the interval is 10 points or more each way; halves differ in difficulty."


def drift_slope(positions: Sequence[int], x: Sequence[float], items: int) -> tuple[float, float] | None:
    """(slope, sum of squares of u) of x on u = (position - 1) / (items - 1); None without spread."""
    if items < 2 or len(x) < 2:
        return None
    away, squares = _centred(tuple(positions))
    if squares == 0.0:
        return None
    span = items - 1
    return sum(map(mul, away, x)) / squares * span, squares / span**2


@lru_cache(maxsize=1024)
def _centred(positions: tuple[int, ...]) -> tuple[tuple[float, ...], float]:
    """Positions about their mean, and the sum of their squares; blocks mostly have the same ones."""
    middle = sum(positions) / len(positions)
    away = tuple(position - middle for position in positions)
    return away, sum(map(mul, away, away))


def half_difference(sitting: Sitting) -> float | None:
    """Known accuracy of the second half minus the first; None when a half has no known item.

    With an odd number of items the middle one is in neither half.
    """
    items = len(sitting.block.attempts)
    half = items // 2
    if sitting.known_n == items > 1:
        marks = sitting.block.attempts.correct
        return (sum(marks[items - half :]) - sum(marks[:half])) / half
    first: list[bool] = []
    second: list[bool] = []
    for position, correct in sitting.known_rows("position", "correct"):
        if position <= half:
            first.append(correct)
        if position > items - half:
            second.append(correct)
    if not first or not second:
        return None
    return sum(second) / len(second) - sum(first) / len(first)


def drift_speed_metric(paced: Sequence[PacedBlock], s_item: float) -> Drift:
    """Per cent change of pace from first to last question; negative: you end faster."""
    series = Points.of(_slope_dots(paced, s_item))
    slopes: Sequence[float] = series.value
    mean = mean_t(slopes) if len(slopes) >= MINIMUM_BLOCKS else None
    return Drift(
        unit=Unit.PERCENT,
        estimate=Interval(*(100.0 * expm1(slope) for slope in mean)) if mean else None,
        level=0.95,
        n=len(slopes),
        minimum=MINIMUM_BLOCKS,
        caption=SPEED_CAPTION,
        bins=_bins(paced),
        series=series,
    )


def _slope_dots(paced: Sequence[PacedBlock], s_item: float) -> Iterator[Point]:
    for block in paced:
        x = block.clean_x
        if len(x) < MINIMUM_ITEMS:
            continue
        positions = masked(block.timed.positions, block.clean)
        fitted = drift_slope(positions, x, len(block.sitting.block.attempts))
        if fitted is None:
            continue
        slope, squares = fitted
        se = s_item / sqrt(squares)
        yield Point.of(block.sitting.block.block_index, Interval(slope, slope - se, slope + se), len(x))


def drift_accuracy_metric(eligible: Sequence[Sitting]) -> Drift:
    """Second half minus first half, as a proportion; hidden while its half-width is 10 points or more."""
    series = Points.of(
        Point.of(sitting.block.block_index, PointEstimate(difference), sitting.known_n)
        for sitting in eligible
        if (difference := half_difference(sitting)) is not None
    )
    differences: Sequence[float] = series.value
    mean = mean_t(differences) if len(differences) >= ACCURACY_BLOCKS else None
    shown = mean if mean is not None and mean.half_width < ACCURACY_HALF_WIDTH else None
    return Drift(
        unit=Unit.PROPORTION,
        estimate=shown,
        level=0.95,
        n=len(differences),
        minimum=ACCURACY_BLOCKS,
        caption=ACCURACY_CAPTION,
        half_width=mean.half_width if mean else None,
        series=series,
    )


def _bins(paced: Sequence[PacedBlock]) -> tuple[PositionBin, ...]:
    """The four-bin pace curve over all clean items, by quarter of their block."""
    quarters = [array("d") for _ in range(QUARTERS)]
    sizes: Counter[int] = Counter()
    for block in paced:
        items = len(block.sitting.block.attempts)
        sizes[items] += 1
        positions, x, clean = block.timed.positions, block.x, block.clean
        # Items shown follow one another from 1 on, but for repeats and interrupted ones taken out.
        if positions and positions[-1] == len(positions):
            edges = _edges(items)
            for quarter, start, end in zip(quarters, edges, edges[1:], strict=False):
                part = x[start:end]
                quarter.extend(part if clean is None else compress(part, clean[start:end]))
            continue
        columns = zip(positions, x, strict=True)
        for position, value in columns if clean is None else compress(columns, clean):
            quarters[min(QUARTERS * (position - 1) // items, QUARTERS - 1)].append(value)
    if not sizes:
        return ()
    items = max(sizes, key=lambda size: (sizes[size], size))
    edges = _edges(items)
    return tuple(
        PositionBin(edges[q] + 1, edges[q + 1], exp(median(values)) if values else None, len(values))
        for q, values in enumerate(quarters)
    )


def _edges(items: int) -> list[int]:
    """Positions after which each quarter of a block ends, 0 first."""
    return [-(-items * quarter // QUARTERS) for quarter in range(QUARTERS + 1)]
