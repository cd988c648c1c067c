"""Kaplan-Meier with right-censoring: the median of a block, and the share done by a given time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import compress
from math import exp, log, sqrt

from drill.analytics.intervals import Interval, wilson
from drill.analytics.special import Z95


def median(values: Sequence[float]) -> float:
    """The sample median of one or more values."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2.0


def km_median(times: Sequence[float], censored: Sequence[bool]) -> float | None:
    """The smallest time at which Kaplan-Meier survival falls below one half.

    Where it equals one half exactly, the midpoint of that event time and the next, so that without
    censoring this is the sample median. An event goes before a censoring at the same time. None when
    survival never gets there. Exact: survival is kept as a ratio of integers.
    """
    if True not in censored:
        return median(times) if times else None
    events = sorted(t for t, cut in zip(times, censored, strict=True) if not cut)
    cuts = sorted(t for t, cut in zip(times, censored, strict=True) if cut)
    top, bottom = 1, 1
    at_risk, done = len(times), 0
    # Between censorings survival is S0 (r - d) / r after d more events, so each stretch is solved at once.
    for upto in [*(bisect_right(events, cut) for cut in cuts), len(events)]:
        needed = at_risk - bottom * at_risk // (2 * top)
        if needed <= upto - done:
            index = done + needed - 1
            if 2 * top * (at_risk - needed) < bottom * at_risk:
                return events[index]
            return (events[index] + events[index + 1]) / 2.0 if index + 1 < len(events) else None
        left = at_risk - (upto - done)
        top *= left
        bottom *= at_risk
        at_risk, done = left - 1, upto
        if top == 0:
            return None
    return None


def km_share_done(groups: Sequence[tuple[Sequence[float], Sequence[bool]]], by: float) -> Interval | None:
    """1 - S(by): the share done by a time, with a log(-log) Greenwood 95 % interval; None without data.

    `groups`: (times, censored) of each block; all are one sample. Where the share is 0 or 1 that interval is
    undefined and Wilson's stands in. Kaplan-Meier telescopes between censorings, so only those are walked.
    """
    n = sum(len(times) for times, _ in groups)
    if n == 0:
        return None
    cuts = sorted(t for times, censored in groups for t in compress(times, censored) if t < by)
    # An event goes before a censoring at the same time.
    deaths_before = Counter(
        bisect_left(cuts, t)
        for times, censored in groups
        for t, cut in zip(times, censored, strict=True)
        if not cut and t <= by
    )
    survival, spread = 1.0, 0.0
    at_risk = n
    for place in range(len(cuts) + 1):
        deaths = deaths_before[place]
        if deaths:
            left = at_risk - deaths
            survival *= left / at_risk
            spread += 1.0 / left - 1.0 / at_risk if left else 0.0
            at_risk = left
        at_risk -= 1
    if not 0.0 < survival < 1.0:
        return wilson(0 if survival == 1.0 else n, n)
    fold = exp(Z95 * sqrt(spread) / -log(survival))
    return Interval(1.0 - survival, 1.0 - survival ** (1.0 / fold), 1.0 - survival**fold)
