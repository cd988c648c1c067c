"""M2: the block against its limit, at positions 5, 10, 15 and the end."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.intervals import PointEstimate
from drill.analytics.leavings import first_leavings_ms
from drill.analytics.pacing_results import Allowance, AllowancePoint, AllowancePoints
from drill.analytics.results import Unit
from drill.analytics.sample import Sitting
from drill.core.history import BlockRecord
from drill.core.pace import cumulative_lengths
from drill.core.vocabulary import Status

CHECKPOINTS = (5, 10, 15)
CAPTION = "A fact about one block; the line gives longer questions more time, not harder ones."


def left_in_order(leavings: Sequence[int | None]) -> int:
    """How many positions from the first on were left in order, before any later one."""
    known = [left for left in leavings if left is not None]
    if known == leavings[: len(known)] and known == sorted(known):
        return len(known)
    before = 0
    for count, left in enumerate(leavings):
        if left is None or left < before or left > min(known):
            return count
        known.remove(left)
        before = left
    return len(leavings)


def allowance_point(block: BlockRecord, b: float, *, eligible: bool) -> AllowancePoint | None:
    """The block against its length-fair line; None when it had no limit."""
    limit = block.limit_ms
    if limit is None or not block.attempts:
        return None
    lengths = cumulative_lengths(block.attempts.words, b)
    leavings = first_leavings_ms(block)
    in_order = left_in_order(leavings)
    slack: dict[int, int | None] = dict.fromkeys(CHECKPOINTS)
    for position in CHECKPOINTS:
        elapsed = leavings[position - 1] if position <= in_order else None
        if elapsed is not None:
            slack[position] = round(limit * lengths[position - 1] / lengths[-1] - elapsed)
    return AllowancePoint(
        x=block.block_index,
        end_slack_ms=limit - block.block_active_ms,
        slack_5_ms=slack[5],
        slack_10_ms=slack[10],
        slack_15_ms=slack[15],
        unreached=block.attempts.status.count(Status.UNREACHED),
        items=len(block.attempts),
        limit_ms=limit,
        eligible=eligible,
    )


def allowance_metric(in_range: Sequence[Sitting], b: float) -> Allowance:
    """A point for each block with a limit; the value is that of the last eligible one."""
    found = (allowance_point(s.block, b, eligible=s.eligible) for s in in_range)
    series = AllowancePoints.of(point for point in found if point is not None)
    last = next((point for point in reversed(series) if point.eligible), None)
    return Allowance(
        unit=Unit.MILLISECONDS,
        estimate=None if last is None else PointEstimate(last.end_slack_ms),
        n=sum(series.eligible),
        minimum=1,
        caption=CAPTION,
        series=series,
    )
