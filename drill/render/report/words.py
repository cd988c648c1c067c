"""Figures of the reports in words: rounding, intervals, shares, and what stands where there is no number."""

from __future__ import annotations

import math
from collections.abc import Iterable

from drill.analytics.intervals import Estimate
from drill.analytics.results import Metric


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?" else ".")


def sentences(texts: Iterable[str]) -> str:
    """One paragraph of those that say anything."""
    return " ".join(sentence(text) for text in texts if text)


def too_small(metric: Metric, noun: str = "") -> str:
    """What stands in a number's place below its minimum."""
    one = noun.removesuffix("es") if noun == "misses" else noun.removesuffix("s")
    words = (one if metric.minimum == 1 else noun) if noun != "of each" else noun
    return f"n too small ({metric.n} of {metric.minimum} {words}".rstrip() + ")"


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


def share_interval(estimate: Estimate | None) -> str:
    """An interval of proportions: "48-74"; nothing when there is none."""
    if estimate is None or estimate.low is None or estimate.high is None:
        return ""
    return f"{whole(estimate.low * 100)}-{whole(estimate.high * 100)}"


def whole_interval(estimate: Estimate) -> str:
    """An interval in whole units: "61-79"; nothing when there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{whole(estimate.low)}-{whole(estimate.high)}"


def points_interval(estimate: Estimate) -> str:
    """An interval of a difference of proportions, in points: "-23 to +6"; nothing when there is none."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{signed(estimate.low * 100)} to {signed(estimate.high * 100)}"


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
