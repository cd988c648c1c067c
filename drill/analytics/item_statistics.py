"""What many learners' first answers say of an item: percent correct, point-biserial, choices.

Definitions, least numbers and vectors: docs/metrics.md, "Item statistics".
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from drill.analytics.intervals import Interval, wilson
from drill.analytics.special import Z95
from drill.core.frozen import dataclass

LEAST_LEARNERS = 10
"""Below it no share is shown."""
LEAST_CORRELATED = 30
"""Below it no point-biserial is shown."""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item; an estimate is None where too few learners met it."""

    item: str
    answer: str
    n: int
    """Learners who met it."""
    right: int
    correct: Interval | None
    """Share right, Wilson 95 %."""
    choices: Mapping[str, int]
    """Learners by the bank's letter; "" is blank."""
    shares: Mapping[str, Interval]
    """Share of each letter and of blank, Wilson 95 %; empty below LEAST_LEARNERS."""
    n_correlated: int
    """Learners with enough other answers for a rest score."""
    point_biserial: Interval | None
    """Correlation of being right with the share right of the learner's other answers, Fisher z 95 %."""


def item_statistics(
    item: str,
    letters: str,
    answer: str,
    counts: Mapping[str, int],
    sums: tuple[int, int, float, float, float],
) -> ItemStatistics:
    """From the learners by letter ("" is blank), and (n, sum x, y, y squared and xy) of its rest scores."""
    choices = {letter: counts.get(letter, 0) for letter in (*letters, "")}
    n = sum(choices.values())
    shares: dict[str, Interval] = {}
    if n >= LEAST_LEARNERS:
        for letter, count in choices.items():
            share = wilson(count, n)
            assert share is not None
            shares[letter] = share
    return ItemStatistics(
        item,
        answer,
        n,
        choices[answer],
        shares.get(answer),
        choices,
        shares,
        sums[0],
        point_biserial(*sums),
    )


def point_biserial(n: int, x: int, y: float, yy: float, xy: float) -> Interval | None:
    """Pearson's r of a 0/1 variable x with y, from their sums, with its interval by Fisher's z.

    None below LEAST_CORRELATED, or where all are right, all wrong, or all rest scores equal. Source: Lord and
    Novick 1968, section 15.3 (item-rest correlation); Fisher 1921.
    """
    if n < LEAST_CORRELATED:
        return None
    spread_x, spread_y = x - x * x / n, yy - y * y / n
    if spread_x <= 0 or spread_y <= 1e-12:
        return None
    r = max(-1.0, min(1.0, (xy - x * y / n) / math.sqrt(spread_x * spread_y)))
    if abs(r) == 1:
        return Interval(r, r, r)
    half = Z95 / math.sqrt(n - 3)
    z = math.atanh(r)
    return Interval(r, math.tanh(z - half), math.tanh(z + half))
