"""What a made-up learner does in a block: for demonstrations and tests, never for a report.

The generator is the model the reports assume: lognormal times that grow with length, a shift a block,
accuracy and pace that move in a straight line. What it draws goes through the real block and its event log.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p
from random import Random
from typing import NamedTuple

from drill.analytics.sample import log_words
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Learner:
    """How the made-up learner works. Trends run from the first block to the last."""

    pace_s: float = 92.0
    """Median seconds for a 120-word question in the first block."""
    accuracy: float = 0.62
    """Chance of a right answer in the first block."""
    trend_points: float = 0.0
    """Accuracy gained by the last block, in percentage points."""
    pace_trend_percent: float = 0.0
    """Pace change by the last block; -20 is 20 % faster."""
    b: float = 0.45
    """Time grows as words ** b."""
    s_item: float = 0.40
    """Spread of one item's log time."""
    s_block: float = 0.05
    """Spread of the shift one block shares."""
    changed: float = 0.10
    """Share of answers changed once; of these half go from wrong to right where the answer ends right."""
    flagged: float = 0.12
    hard_slowdown: float = 0.15
    """Wrong answers take this much longer in log units."""
    rapid: float = 0.005
    """Share of answers given in a few seconds."""


class PlannedItem(NamedTuple):
    """What the learner does with one item."""

    time_ms: int
    right: bool
    """The final answer is the key."""
    changed: bool
    """A different option was settled on first."""
    changed_from_right: bool
    """That first option was the key; only when the final one is not."""
    flagged: bool


def block_means(learner: Learner, block: int, blocks: int) -> tuple[float, float]:
    """(pace in seconds, accuracy) of block `block` (0-based) of `blocks`, before chance comes in."""
    share = block / (blocks - 1) if blocks > 1 else 0.0
    pace_s = learner.pace_s * exp(share * log1p(learner.pace_trend_percent / 100.0))
    accuracy = learner.accuracy + share * learner.trend_points / 100.0
    return pace_s, min(max(accuracy, 0.0), 1.0)


def plan_block(
    random: Random, learner: Learner, words: Sequence[int], *, block: int = 0, blocks: int = 1
) -> list[PlannedItem]:
    """A plan for each item of a block, in the order shown; `words` are those of its items.

    The plan knows no limit: the caller lets the clock run and stops where it stops. Raises ValueError when
    `block` is not below `blocks`.
    """
    if not 0 <= block < blocks:
        raise ValueError(f"block {block} is none of 0..{blocks - 1}")
    pace_s, accuracy = block_means(learner, block, blocks)
    shift = random.gauss(0.0, learner.s_block)
    plan = []
    for count in words:
        right = random.random() < accuracy
        slower = 0.0 if right else learner.hard_slowdown
        # The mean of the slowdown over items is taken out, so that pace_s stays the median asked for.
        slower -= learner.hard_slowdown * (1.0 - accuracy)
        log_ratio = learner.b * log_words(count) + shift + slower + random.gauss(0.0, learner.s_item)
        time_s = random.uniform(2.0, 6.0) if random.random() < learner.rapid else pace_s * exp(log_ratio)
        changed = random.random() < learner.changed
        from_right = changed and not right and random.random() < 0.5
        plan.append(
            PlannedItem(
                max(1, round(1000.0 * time_s)), right, changed, from_right, random.random() < learner.flagged
            )
        )
    return plan
