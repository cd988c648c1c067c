"""Pace inside one block: the even line and the length-fair line.

The even line gives each item the same share of the limit. The length-fair line gives longer stems more:
E_k = L * sum(W_i ** b, i <= k) / sum(W_i ** b, all i), with W the words of each item in the order shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

EXAM_ITEM_S = 90
"""One item's allowance in a block of 20 items and 30 minutes."""

EXAM_ITEM_MS = 1000 * EXAM_ITEM_S

STANDARD_WORDS = 120
"""W*: the length for which every pace is reported. Fixed, so that numbers stay comparable."""

WARNINGS_MS = (300_000, 60_000)
"""Time left at which a block warns."""

ASSUMED_B = 0.4
"""How time grows with words until a learner's own data say."""


def even_line(items: int, limit_ms: float) -> tuple[float, ...]:
    """Milliseconds due when each of `items` positions is left, at the same time for each."""
    return tuple(limit_ms * k / items for k in range(1, items + 1))


def length_fair_line(words: Sequence[int], limit_ms: float, b: float = ASSUMED_B) -> tuple[float, ...]:
    """Milliseconds due when each position is left, longer items getting more.

    `words` are those of the items in the order shown; an item without words counts as one word.
    """
    shares = cumulative_lengths(words, b)
    return tuple([limit_ms * (share / shares[-1]) for share in shares])


def cumulative_lengths(words: Sequence[int], b: float = ASSUMED_B) -> list[float]:
    """sum(W_i ** b, i <= k) for each position k."""
    return list(accumulate([length(count, b) for count in words]))


@lru_cache(maxsize=65_536)
def length(words: int, b: float = ASSUMED_B) -> float:
    """W ** b, what an item of so many words weighs; at least one word."""
    return float(max(words, 1) ** b)


def block_limit_ms(target_ms: int, items: int) -> int:
    """The limit of a block of `items` at a target an item, rounded up to 15 s."""
    step = 15_000
    return -(-target_ms * items // step) * step
