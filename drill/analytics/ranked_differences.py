"""Order statistics of all differences x_i - y_j of two sorted samples, without making them all.

Small samples are sorted outright. For large ones the pairs below a cut are counted by binary search; brackets
are narrowed by interpolation, each search confined by the ones before it, until the few pairs in a bracket
can be listed. The answer is exact in both cases, up to the rounding of one subtraction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain, pairwise, repeat
from typing import NamedTuple

BRUTE_PAIRS = 20_000
LISTED_PAIRS = 4_000
"""Brackets with at most this many pairs, or a quarter of both sample sizes, are listed."""
THINNED = 128
NARROW = 1e-13
PATIENCE = 8
"""Rounds of interpolation before plain halving takes over."""


class _Cut(NamedTuple):
    """A cut and the pairs with a difference of at most that: those with y_j >= x_i - at."""

    at: float
    places: Sequence[int]
    """For each x_i, the first such j."""
    below: int
    """Pairs in all."""


def ranked_differences(a: Sequence[float], b: Sequence[float], ranks: Sequence[int]) -> list[float]:
    """The differences a_i - b_j of the given ranks (1-based, of len(a) * len(b)), both samples sorted."""
    pairs = len(a) * len(b)
    if pairs <= BRUTE_PAIRS:
        every = sorted(x - y for x in a for y in b)
        return [every[rank - 1] for rank in ranks]
    if len(a) > len(b):
        # Fewer searches: the mirrored differences b_j - a_i, counted from the other end.
        return [-value for value in ranked_differences(b, a, [pairs + 1 - rank for rank in ranks])]
    # Fresh floats lie side by side in memory; sorted ones do not, and binary search feels it.
    a, b = [x + 0.0 for x in a], [y + 0.0 for y in b]
    low = _Cut(a[0] - b[-1] - 1.0, [len(b)] * len(a), 0)
    high = _Cut(a[-1] - b[0] + 1.0, [0] * len(a), pairs)
    wanted = sorted(set(ranks))
    # A thinned sample says roughly where all ranks lie.
    guesses = sorted(x - y for x in _thin(a) for y in _thin(b))
    spread = len(guesses) // 100 + 1
    first = max(wanted[0] * len(guesses) // pairs - spread, 0)
    last = min(wanted[-1] * len(guesses) // pairs + spread, len(guesses) - 1)
    found: dict[int, float] = {}
    _search(a, b, wanted, [low, high], [guesses[first], guesses[last]], 0, found)
    return [found[rank] for rank in ranks]


def _thin(values: Sequence[float]) -> list[float]:
    size = min(THINNED, len(values))
    return [values[int((i + 0.5) * len(values) / size)] for i in range(size)]


def _search(
    a: Sequence[float],
    b: Sequence[float],
    ranks: Sequence[int],
    bracket: Sequence[_Cut],
    cuts: Sequence[float],
    depth: int,
    found: dict[int, float],
) -> None:
    """Cut the bracket, which holds all `ranks`, and go on in the parts that hold some."""
    low, high = bracket
    short = max(LISTED_PAIRS, (len(a) + len(b)) // 4)
    points = [low]
    for cut in sorted(cuts):
        if points[-1].at < cut < high.at:
            points.append(_count(a, b, cut, points[-1], high))
    points.append(high)
    for before, after in pairwise(points):
        inside = [rank for rank in ranks if before.below < rank <= after.below]
        if not inside:
            continue
        span = after.below - before.below
        if span <= short or after.at - before.at <= NARROW:
            listed = _list(a, b, before, after) if span <= short else [after.at] * span
            found.update((rank, listed[rank - before.below - 1]) for rank in inside)
            continue
        width = after.at - before.at
        share = (inside[len(inside) // 2] - before.below) / span
        # Wide enough for a straight line to hit, narrow enough for the part between to be listed.
        margin = max(0.0003, 0.45 * short / span)
        edges = (0.5,) if depth > PATIENCE else (share - margin, share + margin)
        following = [before.at + width * edge for edge in edges]
        _search(a, b, inside, (before, after), following, depth + 1, found)


def _count(a: Sequence[float], b: Sequence[float], cut: float, low: _Cut, high: _Cut) -> _Cut:
    thresholds = [x - cut for x in a]
    places = list(map(bisect_left, repeat(b), thresholds, high.places, low.places))
    return _Cut(cut, places, len(a) * len(b) - sum(places))


def _list(a: Sequence[float], b: Sequence[float], low: _Cut, high: _Cut) -> list[float]:
    """The differences above the low cut and at most the high one, ascending."""
    stretches = (
        [x - y for y in b[start:end]]
        for x, start, end in zip(a, high.places, low.places, strict=True)
        if start < end
    )
    return sorted(chain.from_iterable(stretches))
