"""M14c: the pace experiment. 10 blocks at 80 s an item against 10 at 100 s, which is which dealt at random.

Dealt in pairs: while both arms have begun as many blocks a coin decides, then the arm that lags has its turn.
So practice and a tiring month fall on both arms alike, and nothing but the blocks themselves is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

MARKER = "pace_experiment"
"""Stands among the filters of its blocks; as any filter does it keeps them out of all other metrics."""
ARMS_MS = (80_000, 100_000)
"""Targets an item."""
PAIRS = 10
ITEMS = 20
BLOCKS = PAIRS * len(ARMS_MS)
QUESTIONS = BLOCKS * ITEMS
"""New questions the whole experiment takes."""


def arm_of(filters: Iterable[str], target_ms: int | None) -> int | None:
    """The arm of a block, in ms an item; None: it is no block of the experiment."""
    return target_ms if target_ms in ARMS_MS and MARKER in filters else None


def tally(arms: Iterable[int | None]) -> dict[int, int]:
    """Blocks at each arm."""
    counted = dict.fromkeys(ARMS_MS, 0)
    for arm in arms:
        if arm is not None:
            counted[arm] += 1
    return counted


def next_arm(begun: Mapping[int, int], random: Random) -> int | None:
    """The arm of the next block, after so many begun at each, however they ended; None: all are begun.

    Only a tie takes anything from `random`.
    """
    fewest = min(begun.values())
    if fewest >= PAIRS:
        return None
    lagging = [arm for arm in ARMS_MS if begun[arm] == fewest]
    return random.choice(lagging) if len(lagging) > 1 else lagging[0]
