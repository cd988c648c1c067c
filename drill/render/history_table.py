"""The history in a few lines a block, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from drill.analytics.eligibility import block_exclusion
from drill.core.clock import wall_from_iso
from drill.core.history import BlockRecord
from drill.core.vocabulary import Status
from drill.render.text import clock_text


def history_table(blocks: Sequence[BlockRecord], titles: Mapping[str, str]) -> Iterator[str]:
    """One row a block, oldest first, with what is left out of trends and why; `titles` by block."""
    counts = f"{'right':>7}{'blank':>6}{'never seen':>11}{'used':>7}{'limit':>7}"
    yield f"{'#':>4}  {'day':<11}{'block':<18}{counts}  in trends"
    for block in blocks:
        attempts = block.attempts
        right, no_choice = sum(attempts.correct), attempts.chosen.count(None)
        answered, unseen = len(attempts) - no_choice, attempts.status.count(Status.UNREACHED)
        blank = no_choice - unseen
        reason = block_exclusion(block)
        day = f"{wall_from_iso(block.started_at, block.utc_offset_minutes).local:%Y-%m-%d}"
        limit = clock_text(block.limit_ms) if block.limit_ms is not None else "-"
        yield (
            f"{block.block_index:>4}  {day:<11}{titles[block.block]:<18}{f'{right}/{answered}':>7}"
            f"{blank:>6}{unseen:>11}{clock_text(block.block_active_ms):>7}{limit:>7}  "
            f"{'yes' if reason is None else 'no: ' + reason.replace('_', ' ')}"
        )
    yield "One row an attempt: drill history --csv, or --json."
