"""When each question of a block was left for the first time."""

from __future__ import annotations

from drill.core.history import BlockRecord


def first_leavings_ms(block: BlockRecord) -> list[int | None]:
    """Active block time at the first leaving of each position; None if never left before the end."""
    attempts, end = block.attempts, block.block_active_ms
    leavings = list(attempts.last_left_ms)
    if attempts.visits.count(1) < len(attempts):
        for place, visits in enumerate(attempts.visits):
            if visits != 1 or leavings[place] is None:
                shown_ms, visit_ms = attempts.first_shown_ms[place], attempts.first_visit_ms[place]
                leavings[place] = None if shown_ms is None or visit_ms is None else shown_ms + visit_ms
    return [None if left is None or left >= end else left for left in leavings]
