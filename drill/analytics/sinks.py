"""M4: questions that took far longer than their length predicts. The time is never called wasted."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Sequence

from drill.analytics.eligibility import LOST_TO_THE_CLOCK
from drill.analytics.intervals import PointEstimate, wilson
from drill.analytics.pace_model import PacedBlock
from drill.analytics.pacing_results import Sink, TimeSinks
from drill.analytics.rapid_rule import expected_s
from drill.analytics.results import Point, Points, Unit
from drill.analytics.sample import log_words
from drill.core.pace import EXAM_ITEM_MS

RATIO = 1.6
FLOOR_MS = 135_000
LATEST_DOTS = 100
CAPTION = "Long questions are mostly hard ones; a long one answered right bought a point."


def is_sink(time_ms: float, expected_ms: float) -> bool:
    """At least 1.6 times what the item's length predicts, and at least 135 s."""
    return time_ms >= FLOOR_MS and time_ms >= RATIO * expected_ms


def block_sinks(block: PacedBlock, b: float) -> list[tuple[Sink, int]]:
    """The block's sinks as (sink, index in `block.timed`); none without a predicted pace.

    An item cut or left blank is one when its time so far is already past both marks.
    """
    pace = block.prediction
    if pace is None:
        return []
    timed = block.timed
    found: list[tuple[Sink, int]] = []
    times = timed.time_ms
    for index in [place for place, time_ms in enumerate(times) if time_ms >= FLOOR_MS]:
        time_ms = times[index]
        expected_ms = 1000.0 * expected_s(pace, log_words(timed.words[index]), b)
        if is_sink(time_ms, expected_ms):
            sink = Sink(
                block.sitting.block.block_index, timed.positions[index], time_ms, expected_ms,
                timed.correct[index], timed.censored[index],
            )  # fmt: skip
            found.append((sink, index))
    return found


def sinks_metric(paced: Sequence[PacedBlock], b: float) -> TimeSinks:
    """Count, time over, and how the sinks ended."""
    latest: deque[Sink] = deque(maxlen=LATEST_DOTS)
    counts, over_ms = array("i"), array("d")
    right = total = returns = 0
    for block in paced:
        found = block_sinks(block, b)
        counts.append(len(found))
        for sink, index in found:
            attempts, place = block.sitting.block.attempts, block.timed.places[index]
            latest.append(sink)
            over_ms.append(sink.time_ms - sink.expected_ms)
            returns += max(attempts.visits[place] - 1, 0)
            if attempts.status[place] not in LOST_TO_THE_CLOCK:
                total += 1
                right += sink.right
    return TimeSinks(
        unit=Unit.PROPORTION,
        estimate=wilson(right, total),
        level=0.95,
        n=total,
        minimum=1,
        caption=CAPTION,
        count=len(over_ms),
        over_ms=sum(over_ms),
        questions_worth=sum(over_ms) / EXAM_ITEM_MS,
        right=right,
        total=total,
        returns=returns,
        dots=tuple(latest),
        series=Points.of(
            Point.of(block.sitting.block.block_index, PointEstimate(count), len(block.timed.time_ms))
            for block, count in zip(paced, counts, strict=True)
        ),
    )
