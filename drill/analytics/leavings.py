"""When each question of a block was left for the first time."""

from __future__ import annotations

from drill.core.history import BlockRecord


def first_leavings_ms(block: BlockRecord) -> list[int | None]:
    """Active block time at the first leaving of each position; None if never left before the end."""
    attempts, end = block.attempts, block.block_active_ms
    leavings: list[int | None] = [a.last_left_ms for a in attempts]
    if [a.visits for a in attempts].count(1) < len(attempts):
        for place, a in enumerate(attempts):
            if a.visits != 1 or a.last_left_ms is None:
                seen = a.first_shown_ms is not None and a.first_visit_ms is not None
                leavings[place] = (a.first_shown_ms or 0) + (a.first_visit_ms or 0) if seen else None
    return [None if left is None or left >= end else left for left in leavings]
