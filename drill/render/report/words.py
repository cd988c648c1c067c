"""Sentences of the reports, and what stands where there is no number."""

from __future__ import annotations

from collections.abc import Iterable

from drill.analytics.intervals import Estimate
from drill.analytics.results import Metric
from drill.render.numbers import whole


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?" else ".")


def sentences(texts: Iterable[str]) -> str:
    """One paragraph of those that say anything."""
    return " ".join(sentence(text) for text in texts if text)


def not_enough(metric: Metric, noun: str = "answers") -> str:
    """What stands in a number's place below its minimum: "Not enough answers yet (2, needs 10)".

    Only blocks and days are told as "1 of 10": of questions that would read as so many right.
    """
    if noun in ("blocks", "study days", "days with several blocks"):
        return f"Not enough {noun} yet: {metric.n} of {metric.minimum}"
    return f"Not enough {noun} yet ({metric.n}, needs {metric.minimum})"


def range_words(low: float, high: float, unit: str, less: str, more: str) -> str:
    """An interval that holds zero, in words: "it could be anything from 23 points fewer to 6 points more"."""
    return f"it could be anything from {span_words(low, high, unit, less, more)}"


def points_words(estimate: Estimate) -> tuple[str, str]:
    """A difference of proportions and its interval: "6 points fewer", "1 to 11 points fewer".

    Nothing, and a range, where it may be none.
    """
    value, low, high = (100 * (end or 0) for end in (estimate.value, estimate.low, estimate.high))
    words = (low, high, " points", "fewer", "more")
    if low <= 0 <= high:
        return "", range_words(*words)
    return f"{measured(abs(value), ' points')} {'fewer' if value < 0 else 'more'}", span_words(*words)


NOTHING_TO_DO = "Nothing to do: go on."
"""Behind what cannot be told, or asks for no change."""


def span_words(low: float, high: float, unit: str, less: str, more: str) -> str:
    """Both ends of a change in words: "39% less to 1% more", "1 to 39% less".

    An end that leaves out zero is not rounded into it.
    """
    if low <= 0 <= high:
        return f"{measured(-low, unit)} {less} to {measured(high, unit)} {more}"
    near, far = sorted((abs(low), abs(high)))
    small = str(whole(near)) if whole(near) else "just above 0"
    return f"{small} to {measured(far, unit)} {less if high < 0 else more}"


def measured(value: float, unit: str) -> str:
    """A rounded number and its unit, which may be several: "6 points", "1 point", "6%"."""
    number = whole(value)
    return f"{number}{unit.removesuffix('s') if number == 1 else unit}"
