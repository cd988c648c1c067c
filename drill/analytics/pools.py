"""Pools: blocks drawn from the same banks, all kinds of question or next best step only.

A change of pool starts a new series, because a harder bank is not a decline.
"""

from __future__ import annotations

from collections.abc import Iterable

from drill.analytics.results import Pool
from drill.core.block_filters import NEXT_BEST_STEP, banks_of
from drill.core.history import BlockRecord

NO_POOL = Pool((), False)


def pool_of(block: BlockRecord) -> Pool:
    """The block's pool: the banks it was drawn from, or, unnamed, the banks of its items."""
    banks = set(banks_of(block.filters)) or set(block.attempts.bank)
    return Pool(tuple(sorted(banks)), NEXT_BEST_STEP in block.filters)


def choose_pool(eligible: Iterable[BlockRecord], everything: Iterable[BlockRecord], bank: str | None) -> Pool:
    """The pool the trends are about.

    Without `bank` that of the latest eligible block (of the latest block when none is eligible). With it the
    latest pool drawn from that bank alone. Both arguments are in order, oldest first.
    """
    if bank is None:
        for blocks in (list(eligible), list(everything)):
            if blocks:
                return pool_of(blocks[-1])
        return NO_POOL
    for blocks in (list(eligible), list(everything)):
        for block in reversed(blocks):
            pool = pool_of(block)
            if pool.banks == (bank,):
                return pool
    return Pool((bank,), False)
