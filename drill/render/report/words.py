"""Sentences of the reports, and what stands where there is no number."""

from __future__ import annotations

from collections.abc import Iterable

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
