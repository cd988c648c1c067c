"""The reports, computed off the UI thread once per ended block and shared by all screens."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drill.core.frozen import dataclass
from drill.tui.collector import collection_held

if TYPE_CHECKING:
    from drill.analytics.next_step_report import NextStepReport
    from drill.analytics.pacing_report import PacingReport
    from drill.storage.store import Store


@dataclass(frozen=True, slots=True)
class Range:
    """What a report looks at."""

    last: int | None = None
    """The last so many blocks; None = all."""
    bank: str | None = None


@dataclass(frozen=True, slots=True)
class Reports:
    """Both reports over one range, and what Home shows of the blocks."""

    range: Range
    pacing: PacingReport
    next_step: NextStepReport
    ids: dict[int, str]
    """Block ids by block_index."""


def compute(
    path: Path | None,
    store: Store,
    wanted: Range,
    exam_date: date | None,
    today: date,
    keep_exam_limit: bool = False,
) -> Reports:
    """Read and compute, on a connection of its own where there is a file. To be run in a thread."""
    from drill.analytics.next_step_report import next_step_report
    from drill.analytics.pacing_report import pacing_report
    from drill.storage.store import open_reader
    from drill.usecases import looking_back

    own = open_reader(path) if path is not None else None
    with collection_held():
        try:
            blocks = looking_back.history(own or store)
        finally:
            if own is not None:
                own.close()
        return Reports(
            wanted,
            pacing_report(
                blocks,
                last=wanted.last,
                bank=wanted.bank,
                exam_date=exam_date,
                today=today,
                keep_exam_limit=keep_exam_limit,
            ),
            next_step_report(blocks, last=wanted.last, bank=wanted.bank),
            {block.block_index: block.block for block in blocks},
        )
