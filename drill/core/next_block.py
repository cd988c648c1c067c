"""The next block: what Home offers, the forecast is about, and the reports advise. One answer for all."""

from __future__ import annotations

from drill.core.forms import PRESETS
from drill.core.frozen import dataclass
from drill.core.pace import block_limit_ms

PRESET = PRESETS["exam20"]
"""What is suggested: the exam's own block."""
BASELINE_ITEMS = 100
"""Counted questions from which on another limit may be suggested."""
PINNED_DAYS = 14
"""Days before the exam in which none is, but the exam's own."""
KEEP_SETTING, KEEP_WORD = "next_limit", "exam"
"""The setting, and its word while the learner keeps the exam's own limit."""


@dataclass(frozen=True, slots=True)
class NextBlock:
    """The block that is suggested next."""

    items: int
    limit_ms: int
    """What it is sat against."""
    suggested_ms: int
    """What the learner's own blocks suggest; other than `limit_ms` where the exam's limit is kept."""
    target_ms: int | None
    """The target an item it is sat for; None: no target, the exam's own limit."""

    @property
    def is_changed(self) -> bool:
        """Whether another limit than the exam's is suggested: the learner may keep the exam's."""
        return self.suggested_ms != PRESET.limit_ms


def next_block(target_s: int | None, *, keep_exam_limit: bool = False) -> NextBlock:
    """The next block at the ladder's target in seconds an item; None before there is one."""
    if target_s is None:
        return NextBlock(PRESET.items, PRESET.limit_ms, PRESET.limit_ms, None)
    suggested_ms = block_limit_ms(1000 * target_s, PRESET.items)
    if keep_exam_limit:
        return NextBlock(PRESET.items, PRESET.limit_ms, suggested_ms, None)
    return NextBlock(PRESET.items, suggested_ms, suggested_ms, 1000 * target_s)
