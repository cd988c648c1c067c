"""Numbers of the reports in words: rounding, shares, intervals, differences in points."""

from __future__ import annotations

import math
from collections.abc import Callable

from drill.analytics.intervals import Estimate


def whole(value: float) -> int:
    """Halves away from zero, so that -0.4 is 0 and intervals stay symmetric."""
    return int(math.copysign(math.floor(abs(value) + 0.5), value))


def signed(value: float) -> str:
    """ "+6", "-22", "0"."""
    number = whole(value)
    return f"{number:+}" if number else "0"


def share(value: float) -> str:
    """A proportion as whole points: "62%"."""
    return f"{whole(value * 100)}%"


def ends_text(estimate: Estimate | None, say: Callable[[float], object], joint: str = "-") -> str:
    """Both ends of an interval as `say` tells them; nothing when there is none."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return ""
    return f"{say(estimate.low)}{joint}{say(estimate.high)}"


def share_interval(estimate: Estimate | None) -> str:
    """An interval of proportions: "48-74"."""
    return ends_text(estimate, lambda end: whole(end * 100))


def counted_share(estimate: Estimate, right: int, n: int) -> str:
    """A proportion with its interval and its count: "62% (48-74, 31 of 50)"."""
    return f"{share(estimate.value)} {counted(estimate, right, n)}"


def counted(estimate: Estimate, right: int, n: int) -> str:
    """What stands behind a proportion: "(48-74, 31 of 50)"."""
    return f"({share_interval(estimate)}, {right} of {n})"


def points_interval(estimate: Estimate) -> str:
    """An interval of a difference of proportions, in points: "-23 to +6"."""
    return ends_text(estimate, lambda end: signed(end * 100), " to ")


def in_brackets(text: str) -> str:
    """Behind a number: " (48-74)"; nothing for nothing."""
    return f" ({text})" if text else ""


def tenths(probability: float, blocks: int) -> str:
    """A probability in tenths; before 10 blocks never below 1 or above 9 of 10."""
    tenth = whole(probability * 10)
    if blocks < 10:
        tenth = min(max(tenth, 1), 9)
    match tenth:
        case 0:
            return "fewer than 1 of 10"
        case 10:
            return "more than 9 of 10"
        case _:
            return f"about {tenth} of 10"
