"""The pace a retest's answer is held against: was it right in the time its length predicts?

M4's prediction, simplified so that it never changes afterwards: the assumed length exponent in place of the
fitted one, rapid answers left in. A card is then the same whether it grew block by block or was rebuilt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drill.analytics.pace_model import RECENT, adjusted, block_log_pace, rolling_prediction
from drill.analytics.rapid_rule import expected_s
from drill.analytics.sample import log_words, prepare
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.pace import ASSUMED_B

NEEDED_BLOCKS = RECENT
"""Eligible blocks behind a prediction."""


def predicted_paces(blocks: Sequence[BlockRecord]) -> dict[str, float | None]:
    """P of each block in seconds for a 120-word item, by id: median of the last 5 eligible blocks up to it.

    None before the first block with a pace.
    """
    plain = [_as_sat(block) for block in blocks]
    sittings = prepare(plain).sittings
    log_paces: list[float | None] = []
    behind: list[int] = []
    for sitting in sittings:
        if sitting.eligible:
            timed = sitting.timed()
            log_paces.append(block_log_pace(adjusted(timed, ASSUMED_B), timed, {})[0])
        behind.append(len(log_paces))
    paces = rolling_prediction(log_paces)
    return {
        sitting.block.block: paces[count - 1] if count else None
        for sitting, count in zip(sittings, behind, strict=True)
    }


def _as_sat(block: BlockRecord) -> BlockRecord:
    """The block as it was when it ended: a key found wrong or a block set aside later changes no pace."""
    attempts = block.attempts
    if not block.set_aside and True not in attempts.wrong_key:
        return block
    return replace(
        block, set_aside=False, attempts=attempts.with_column("wrong_key", (False,) * len(attempts))
    )


def in_time(attempt: AttemptRecord, pace_s: float | None) -> bool:
    """Whether an answer came within the time its length predicts; True where that cannot be said."""
    if pace_s is None or attempt.response_time_ms is None or attempt.time_excluded_because is not None:
        return True
    return attempt.response_time_ms <= 1000.0 * expected_s(pace_s, log_words(attempt.words), ASSUMED_B)
