"""The day of the examination: 16 blocks of 30 minutes and one pool of break time.

The pool is 55 minutes, the 5 of the skipped tutorial, and what blocks leave of their time. A break that
overspends it shortens the blocks that follow. Breaks run on the wall: neither closing drill nor a crash stops
one. Everything follows from when the day's blocks began and ended, so nothing else has to be kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from drill.core.frozen import dataclass

BLOCKS = 16
ITEMS = 316
BLOCK_MS = 30 * 60_000
POOL_MS = 55 * 60_000
TUTORIAL_MS = 5 * 60_000
LEAST_MS = 60_000
"""No block is shorter; what a break overspent beyond that is taken from the block after it."""
LONGEST_MS = 14 * 60 * 60_000
"""A day that began longer ago is over, however many blocks were sat."""
_SIZES = (18, 19, 20)


def block_sizes(random: Random) -> tuple[int, ...]:
    """Questions of each block, 18 to 20, 316 in all."""
    sizes = [20] * 12 + [19] * 4
    for first, second in ((12, 13), (14, 15)):
        if random.random() < 0.5:  # 19 and 19 may as well be 18 and 20
            sizes[first], sizes[second] = 18, 20
    random.shuffle(sizes)
    assert sum(sizes) == ITEMS
    assert set(sizes) <= set(_SIZES)
    return tuple(sizes)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A block of the day. Instants are UTC ms."""

    began_ms: int
    ended_ms: int | None
    """None while it is open."""
    limit_ms: int
    active_ms: int
    """Time used of the limit; so far, while it is open."""


@dataclass(frozen=True, slots=True)
class DayState:
    """Where a day stands."""

    ended: int
    """Blocks that have ended."""
    is_open: bool
    """Whether a block is open: no break runs then."""
    pool_ms: int
    """Break time left; negative: overspent, and taken from the next blocks."""
    next_limit_ms: int
    """The limit of the next block, if it began now."""

    @property
    def is_over(self) -> bool:
        """Whether every block has been sat."""
        return self.ended >= BLOCKS


def day_state(sittings: Sequence[Sitting], now_ms: int) -> DayState:
    """The state at an instant, from the day's blocks in order."""
    pool = POOL_MS + TUTORIAL_MS
    ended = 0
    since: int | None = None
    for sitting in sittings:
        if since is not None:
            pool -= max(sitting.began_ms - since, 0)
        pool, _ = _charge(pool)
        if sitting.ended_ms is None:
            return DayState(ended, True, pool, BLOCK_MS)
        ended += 1
        pool += max(sitting.limit_ms - sitting.active_ms, 0)
        since = sitting.ended_ms
    if since is not None and ended < BLOCKS:
        pool -= max(now_ms - since, 0)
    return DayState(ended, False, pool, _charge(pool)[1])


def _charge(pool_ms: int) -> tuple[int, int]:
    """The pool once a block begins, and that block's limit: what is overspent comes out of it."""
    if pool_ms >= 0:
        return pool_ms, BLOCK_MS
    cut = min(-pool_ms, BLOCK_MS - LEAST_MS)
    return pool_ms + cut, BLOCK_MS - cut
