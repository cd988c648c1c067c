"""What a block is called wherever it is named, in two or three words."""

from __future__ import annotations

from collections.abc import Collection

from drill.core.block_filters import NEXT_BEST_STEP, is_replay
from drill.core.forms import PRESETS
from drill.storage.blocks import BlockPlan


def block_title(preset: str, mode: str, items: int, filters: Collection[str], retest: bool) -> str:
    """ "exam 20", "next best step 20", "retest 10", "replay 6", "experiment 20".

    `filters` are the words the questions were chosen by.
    """
    if is_replay(filters):
        return f"replay {items}"
    if preset in PRESETS and PRESETS[preset].experiment:
        return f"experiment {items}"
    next_best_step = NEXT_BEST_STEP in filters
    kind = "retest" if retest else "next best step" if next_best_step else "exam" if mode == "exam" else mode
    if preset == "sprint10" and not next_best_step and mode == "exam":
        kind = "sprint"
    return f"{kind} {items}"


def plan_title(plan: BlockPlan) -> str:
    """The title of a planned or running block."""
    return block_title(plan.preset, plan.mode, len(plan.form), plan.filters, plan.retest)
