"""From an ended block's record to the ribbon of its path. Pure, and light: Home shows it when it starts."""

from __future__ import annotations

from drill.analytics.leavings import first_leavings_ms
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.pace import even_line, length_fair_line
from drill.core.vocabulary import Status
from drill.render.ribbon import RibbonView


def ribbon(block: BlockRecord) -> RibbonView | None:
    """The path over the positions reached, in the order of time; None where there was no limit."""
    if block.limit_ms is None:
        return None
    steps = steps_of(block)
    taken = [attempt for attempt, _ in steps]
    unreached = [attempt for attempt in block.attempts if attempt.status is Status.UNREACHED]
    even = even_line(len(block.attempts), block.limit_ms)
    fair = length_fair_line([attempt.words for attempt in (*taken, *unreached)], block.limit_ms)
    path = tuple(round(even[k] - at_ms) for k, (_, at_ms) in enumerate(steps))
    fair_path = tuple(round(even[k] - fair[k]) for k in range(len(steps)))
    rights = tuple(attempt.correct for attempt in taken)
    positions = tuple(attempt.position for attempt in taken)
    return RibbonView(path, fair_path, rights, positions) if path else None


def steps_of(block: BlockRecord) -> list[tuple[AttemptRecord, int]]:
    """Each position reached and the active ms at which it was done, in the order of time.

    An answered question is done at its first leaving; a blank one once all before it were left as well, as on
    the live rule. What was never left, and the last of a whole block, are done at the block's end: what the
    list took is part of it.
    """
    end_ms, all_left_ms = block.block_active_ms, 0
    steps: list[tuple[AttemptRecord, int]] = []
    for attempt, left_ms in zip(block.attempts, first_leavings_ms(block), strict=True):
        at_ms = end_ms if left_ms is None else left_ms
        all_left_ms = max(all_left_ms, at_ms)
        if attempt.status is not Status.UNREACHED:
            steps.append((attempt, all_left_ms if attempt.chosen is None else at_ms))
    steps.sort(key=lambda step: step[1])
    if steps and len(steps) == len(block.attempts):
        steps[-1] = (steps[-1][0], end_ms)
    return steps
