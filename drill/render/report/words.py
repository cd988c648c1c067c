"""Sentences of the reports, and what stands where there is no number."""

from __future__ import annotations

from collections.abc import Iterable

from drill.analytics.results import Metric
from drill.render.numbers import whole


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in ".?" else ".")


def sentences(texts: Iterable[str]) -> str:
    """One paragraph of those that say anything."""
    return " ".join(sentence(text) for text in texts if text)


def not_enough(metric: Metric, noun: str = "") -> str:
    """What stands in a number's place below its minimum: "Not enough blocks yet: 1 of 10"."""
    what = f" {noun}" if noun else ""
    return f"Not enough{what} yet: {metric.n} of {metric.minimum}"


def span_words(low: float, high: float, unit: str, less: str, more: str) -> str:
    """Both ends of a change in words: "39% less to 1% more", "1 to 39% less".

    An end that leaves out zero is not rounded into it.
    """
    if low <= 0 <= high:
        return f"{whole(-low)}{unit} {less} to {whole(high)}{unit} {more}"
    near, far = sorted((abs(low), abs(high)))
    small = str(whole(near)) if whole(near) else "just above 0"
    return f"{small} to {whole(far)}{unit} {less if high < 0 else more}"
