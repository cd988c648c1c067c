"""M14c: what a shorter limit costs, measured by dealing blocks to 80 s and 100 s an item at random.

The only figure on speed and accuracy that may be read as cause: the time was imposed, not chosen, and chance
said when. Intention to treat: a block counts at the arm it was dealt, however it ended, with every item.
"""

from __future__ import annotations

from collections.abc import Iterable

from drill.analytics.eligibility import own_exclusion
from drill.analytics.intervals import newcombe, wilson
from drill.analytics.pacing_results import PaceArm, PaceExperiment
from drill.analytics.results import Unit
from drill.analytics.sample import in_order
from drill.core.history import BlockRecord
from drill.core.pace_experiment import ARMS_MS, BLOCKS, PAIRS, arm_of

CAPTION = (
    "Limits imposed, not speed chosen. Questions of a block share a day, which makes the interval a little "
    "too narrow."
)


def marks(block: BlockRecord) -> list[bool]:
    """Right or wrong of what is new or never reached, which is wrong, and has no wrong key."""
    rows = zip(block.attempts.exposure, block.attempts.wrong_key, block.attempts.correct, strict=True)
    return [correct for exposure, wrong_key, correct in rows if own_exclusion(exposure, wrong_key) is None]


def pace_experiment_metric(blocks: Iterable[BlockRecord]) -> PaceExperiment:
    """Exam accuracy at 100 s minus that at 80 s, Newcombe 95 %, over ended blocks in any order.

    Nothing is shown before both arms have 10 blocks, and no later block changes it (a merged history can
    hold more): a sample fixed beforehand is what lets a plain 95 % interval be read, once.
    """
    sat: dict[int, list[BlockRecord]] = {arm_ms: [] for arm_ms in ARMS_MS}
    for block in in_order(blocks):
        arm_ms = arm_of(block.filters, block.target_ms)
        if arm_ms is not None and len(sat[arm_ms]) < PAIRS:
            sat[arm_ms].append(block)
    results = {arm_ms: [mark for block in mine for mark in marks(block)] for arm_ms, mine in sat.items()}
    shorter, longer = (results[arm_ms] for arm_ms in ARMS_MS)
    found = None
    if all(len(mine) == PAIRS for mine in sat.values()):
        found = newcombe(sum(longer), len(longer), sum(shorter), len(shorter))
    arms = []
    for arm_ms in ARMS_MS:
        right, n = sum(results[arm_ms]), len(results[arm_ms])
        estimate = wilson(right, n) if found else None
        arms.append(PaceArm(arm_ms // 1000, len(sat[arm_ms]), right if estimate else None, n, estimate))
    return PaceExperiment(
        unit=Unit.PROPORTION,
        estimate=found,
        level=0.95,
        n=sum(len(mine) for mine in sat.values()),
        minimum=BLOCKS,
        caption=CAPTION,
        arms=tuple(arms),
    )
