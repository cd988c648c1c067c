"""The last blocks as Home tells them: one line a block, and why some count in nothing."""

from __future__ import annotations

from collections.abc import Iterable

from drill.analytics.eligibility import block_exclusion
from drill.core.clock import wall_from_iso
from drill.core.history import BlockRecord
from drill.core.vocabulary import BlockEnd, Status
from drill.render.home import LastBlock
from drill.render.text import day_text, left_text
from drill.render.wordings import EXCLUSION_WORDINGS


def last_block(block: BlockRecord, title: str, pace: int | None) -> LastBlock:
    """Its line; `pace` as the reports have it, None where they have none."""
    return LastBlock(
        day_text(wall_from_iso(block.started_at, block.utc_offset_minutes).local.isoformat()),
        title,
        sum(block.attempts.correct),
        len(block.attempts) - block.attempts.chosen.count(None),
        _clock_words(block),
        pace,
        block_exclusion(block) is None,
    )


def reasons_not_counted(blocks: Iterable[BlockRecord]) -> tuple[str, ...]:
    """In short words, each once."""
    reasons = {reason for block in blocks if (reason := block_exclusion(block))}
    return tuple(sorted(EXCLUSION_WORDINGS[reason].short for reason in reasons))


def _clock_words(block: BlockRecord) -> str:
    unseen = block.attempts.status.count(Status.UNREACHED)
    blank = block.attempts.chosen.count(None) - unseen
    if unseen:
        return f"{unseen} never seen"
    still_open = f", {blank} blank" if blank else ""
    if block.limit_ms is None:
        return f"{block.mode}{still_open}"
    if block.block_end is BlockEnd.EXPIRED:
        return f"ran out, {blank} blank" if blank else "ran out"
    if block.block_end is BlockEnd.LEFT:
        return f"left{still_open}"
    if blank:
        return f"ended{still_open}"
    return f"{left_text(block.limit_ms - block.block_active_ms)} left"
