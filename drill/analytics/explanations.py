"""What every metric means, in words: the texts of drill/assets/explanations.toml as typed values."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple


class Explanation(NamedTuple):
    """One metric in words; every part is full sentences or a formula."""

    title: str
    means: str
    """What it is, in two plain sentences."""
    formula: str
    minimum: int
    """The `minimum` of the metric."""
    counts: str
    """What the minimum counts: "eligible blocks"."""
    interval: str
    caution: str
    source: str


@cache
def explanations() -> dict[str, Explanation]:
    """Metric name in the JSON -> its explanation, in the order of the reports."""
    text = files("drill").joinpath("assets", "explanations.toml").read_text(encoding="utf-8")
    reports = tomllib.loads(text)
    return {
        name: Explanation(**{part: _one_line(value) for part, value in parts.items()})
        for report in reports.values()
        for name, parts in report.items()
    }


def _one_line(value: str | int) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
