"""Which blocks and attempts count, and what each status says about accuracy.

A block is eligible when it was sat like the exam: a clock, unseen questions in random order, to its end.
Everything else is drawn hollow, counted by reason and kept out of every metric.
"""

from __future__ import annotations

from drill.analytics.reading import is_not_read
from drill.core.block_filters import is_representative
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.vocabulary import BlockEnd, Exclusion, Status

AWAY_LIMIT_MS = 300_000
MINIMUM_FIRST_EXPOSURES = 10
LOST_TO_THE_CLOCK = frozenset({Status.UNREACHED, Status.CUT_BLANK})


def block_exclusion(block: BlockRecord) -> Exclusion | None:
    """Why none of this block's attempts count, or None when the block is eligible."""
    match block.mode:
        case "tutor" | "untimed":
            return Exclusion(block.mode)
        case _:
            pass
    if block.retest:
        return Exclusion.RETEST
    if block.commit_first:
        return Exclusion.COMMIT_FIRST
    if block.pool not in ("all", "unused") or not all(map(is_representative, block.filters)):
        return Exclusion.FILTERED
    if block.block_end == BlockEnd.LEFT:
        return Exclusion.LEFT
    if block.block_end != BlockEnd.EXPIRED and Status.UNREACHED in block.attempts.status:
        return Exclusion.ENDED_EARLY
    if block.away_ms > AWAY_LIMIT_MS:
        return Exclusion.AWAY
    if block.attempts.exposure.count(1) < MINIMUM_FIRST_EXPOSURES:
        return Exclusion.SHORT
    if is_not_read(block):
        return Exclusion.NOT_READ
    return Exclusion.SET_ASIDE if block.set_aside else None


def attempt_exclusion(attempt: AttemptRecord, block_reason: Exclusion | None) -> Exclusion | None:
    """Why this attempt is in no metric, or None; `block_reason` is its block's `block_exclusion`."""
    if block_reason is Exclusion.SET_ASIDE and attempt.wrong_key:
        # The verdicts are also computed with these blocks, and a document has only this word to know it by.
        return Exclusion.WRONG_KEY
    return own_exclusion(attempt.exposure, attempt.wrong_key) if block_reason is None else block_reason


def own_exclusion(exposure: int | None, wrong_key: bool) -> Exclusion | None:
    """Why an attempt of an eligible block is in no metric, or None.

    An unreached item was never shown, so it is no repeat: it counts, as wrong, in exam accuracy.
    """
    if exposure is not None and exposure != 1:
        return Exclusion.REPEAT
    return Exclusion.WRONG_KEY if wrong_key else None


def is_known(status: str, time_excluded_because: str | None) -> bool:
    """True when the attempt counts in "known" accuracy.

    Left out are items the clock took: unreached, and on screen without an option when it stopped. An
    interrupted blank counts as wrong.
    """
    return status not in LOST_TO_THE_CLOCK or (
        status == Status.CUT_BLANK and time_excluded_because == "interrupted"
    )
