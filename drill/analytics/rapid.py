"""M5 as reported: answers too fast to be answers, and whether the clock was behind them."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.intervals import PointEstimate, wilson
from drill.analytics.pace_model import PacedBlock
from drill.analytics.pacing_results import Rapid
from drill.analytics.reading import is_speeded
from drill.analytics.results import Point, Points, Unit

MINIMUM = 10
CAPTION = "Too fast to have read it all may be partial reading; a fast right answer can be plain knowledge."


def rapid_metric(paced: Sequence[PacedBlock]) -> Rapid:
    """Counts of both tiers, the split by cause, and accuracy with Wilson from 10 answers."""
    tiers = {1: 0, 2: 0}
    speeded = right = 0
    for block in paced:
        record = block.sitting.block
        for index, tier in block.rapid.items():
            tiers[tier] += 1
            speeded += is_speeded(record, block.timed.places[index])
            right += block.timed.correct[index]
    total = tiers[1] + tiers[2]
    return Rapid(
        unit=Unit.PROPORTION,
        estimate=wilson(right, total) if total >= MINIMUM else None,
        level=0.95,
        n=total,
        minimum=MINIMUM,
        caption=CAPTION,
        tier1=tiers[1],
        tier2=tiers[2],
        speeded=speeded,
        disengaged=total - speeded,
        right=right,
        total=total,
        series=Points.of(
            Point.of(b.sitting.block.block_index, PointEstimate(len(b.rapid)), len(b.timed.time_ms))
            for b in paced
        ),
    )
