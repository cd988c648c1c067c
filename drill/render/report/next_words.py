"""Why the next block has the limit it has, in words for Home and the reports."""

from __future__ import annotations

from drill.analytics.pacing_results import Target
from drill.core.next_block import PRESET, NextBlock
from drill.render.text import clock_text, count_text

KEEP_KEY = "Ctrl+L"
"""The key of Home that keeps the exam's own limit, or follows the suggestion again."""
_EXAM_LIMIT = clock_text(PRESET.limit_ms)


def limit_words(target: Target, coming: NextBlock) -> str:
    """Why another limit than the exam's is suggested; nothing where none is."""
    if not coming.is_changed:
        return ""
    suggested = clock_text(coming.suggested_ms)
    if coming.target_ms is None:
        return f"You keep {_EXAM_LIMIT}. {suggested} is suggested, because {limit_reason(target)}."
    return f"{suggested} instead of {_EXAM_LIMIT}, because {limit_reason(target)}."


def keep_words(coming: NextBlock) -> str:
    """What the key of Home does to the limit; nothing where there is no choice."""
    if not coming.is_changed:
        return ""
    if coming.target_ms is None:
        return f"{KEEP_KEY} takes {clock_text(coming.suggested_ms)}."
    return f"{KEEP_KEY} keeps {_EXAM_LIMIT}."


def limit_reason(target: Target) -> str:
    """Why the ladder is where it is, as a clause."""
    if not target.history:
        return f"your first {target.baseline_n} questions took about {target.rung_s} s each"
    last = target.history[-1]
    if target.rung_s < last.rung_s:
        return f"with {last.rung_s} s a question you were right as often as before"
    if target.rung_s == last.rung_s:
        return (
            f"this step is not decided yet: {count_text(last.blocks, 'block')} at {last.rung_s} s a question"
        )
    if target.because_missed:
        return f"five blocks in a row took longer than {last.rung_s} s a question"
    return f"with {last.rung_s} s a question you were right less often"
