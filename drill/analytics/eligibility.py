"""Which blocks and attempts count, and what each status says about accuracy.

A block is eligible when it was sat like the exam: a clock, unseen questions in random order, to its end.
Everything else is drawn hollow, counted by reason and kept out of every metric.
"""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.history import AttemptRecord, BlockRecord

REASONS = (
    "tutor", "untimed", "retest", "commit_first", "filtered", "left", "ended_early", "away", "short",
    "repeat", "wrong_key",
)  # fmt: skip
"""Why an attempt is in no metric; where several hold, the first in this order is named."""

AWAY_LIMIT_MS = 300_000
MINIMUM_FIRST_EXPOSURES = 10
LOST_TO_THE_CLOCK = ("unreached", "cut_blank")
STATUSES = ("answered", "revised", "omitted", "cut_chosen", "cut_blank", "unreached")


def block_exclusion(
    block: BlockRecord, statuses: Sequence[str] | None = None, exposures: Sequence[int | None] | None = None
) -> str | None:
    """Why none of this block's attempts count, or None when the block is eligible.

    `statuses` and `exposures` are those of its attempts, for a caller who has them at hand.
    """
    match block.mode:
        case "tutor" | "untimed":
            return block.mode
        case _:
            pass
    if block.retest:
        return "retest"
    if block.commit_first:
        return "commit_first"
    if block.pool not in ("all", "unused") or not all(map(_harmless, block.filters)):
        return "filtered"
    if block.block_end == "left":
        return "left"
    if block.block_end != "expired":
        if statuses is None:
            statuses = [a.status for a in block.attempts]
        if "unreached" in statuses:
            return "ended_early"
    if block.away_ms > AWAY_LIMIT_MS:
        return "away"
    if exposures is None:
        exposures = [a.exposure for a in block.attempts]
    if exposures.count(1) < MINIMUM_FIRST_EXPOSURES:
        return "short"
    return None


def _harmless(name: str) -> bool:
    return name == "next_best_step" or name.startswith("bank:")


def attempt_exclusion(attempt: AttemptRecord, block_reason: str | None) -> str | None:
    """Why this attempt is in no metric, or None; `block_reason` is its block's `block_exclusion`.

    An unreached item was never shown, so it is no repeat: it counts, as wrong, in exam accuracy.
    """
    if block_reason is not None:
        return block_reason
    if attempt.exposure is not None and attempt.exposure != 1:
        return "repeat"
    return "wrong_key" if attempt.wrong_key else None


def is_known(status: str, time_excluded_because: str | None) -> bool:
    """True when the attempt counts in "known" accuracy.

    Left out are items the clock took: unreached, and on screen without an option when it stopped. An
    interrupted blank counts as wrong.
    """
    return status not in LOST_TO_THE_CLOCK or (
        status == "cut_blank" and time_excluded_because == "interrupted"
    )
