"""M1 as reported: the current pace, and a dot for each block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log, sqrt

from drill.analytics.intervals import Interval, exp_interval
from drill.analytics.pace_model import MINIMUM_ITEMS, RECENT, PacedBlock, PaceModel
from drill.analytics.pacing_results import Pace
from drill.analytics.results import Point, Points, Unit
from drill.analytics.sample import Sitting
from drill.analytics.special import Z95
from drill.analytics.survival import median

DAY_SD = 0.08
"""How much a day's pace wanders on its own, log units; declared, as in the trend's variance (M10)."""

CAPTION = "Length is taken out; harder questions still look like slower work."


def pace_metric(model: PaceModel, paced: Sequence[PacedBlock], in_range: Sequence[Sitting]) -> Pace:
    """`paced` are the eligible blocks in range; `in_range` all blocks there, for hollow dots."""
    recent = [block for block in paced[-RECENT:] if block.log_pace is not None]
    n = sum(block.n for block in recent)
    estimate = None
    if n:
        pace = median([exp(block.log_pace) for block in recent if block.log_pace is not None])
        days = len({block.sitting.block.study_day for block in recent})
        half = Z95 * sqrt(model.standard_error(n) ** 2 + DAY_SD**2 / days)
        estimate = Interval(pace, exp(log(pace) - half), exp(log(pace) + half))
    slope = model.slope
    return Pace(
        unit=Unit.SECONDS_PER_QUESTION,
        estimate=estimate,
        level=0.95,
        n=n,
        minimum=MINIMUM_ITEMS,
        caption=CAPTION,
        b=model.b,
        b_hat=slope.b_hat if slope else None,
        b_se=slope.se if slope else None,
        b_source="fitted" if slope else "assumed",
        s_item=model.s_item,
        series=Points.of(_dots(model, paced, in_range)),
    )


def _dots(model: PaceModel, paced: Sequence[PacedBlock], in_range: Sequence[Sitting]) -> Iterator[Point]:
    by_id = {id(block.sitting): block for block in paced}
    for sitting in in_range:
        block = by_id.get(id(sitting))
        log_pace, n = (block.log_pace, block.n) if block else model.hollow(sitting)
        estimate = None if log_pace is None else exp_interval(log_pace, model.standard_error(n))
        yield Point.of(sitting.block.block_index, estimate, n, block is not None)
