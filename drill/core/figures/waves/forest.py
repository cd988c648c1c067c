"""The shorthand `forest`: estimates of studies with their intervals, and the pooled one as a diamond."""

from __future__ import annotations

import math
from collections.abc import Iterator

from drill.core.figures.declared import Problem, flag, number, records, text
from drill.core.figures.plot import Axis, Drawing, Estimate, Mark, Plot, estimate_texts
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Forest:
    """A forest plot. Ratios stand on a logarithmic axis around 1, differences on a plain one around 0."""

    rows: tuple[Estimate, ...] = records("studies from top to bottom", Estimate, least=1, most=40)
    measure: str = text("what is estimated, e.g. Risk ratio")
    difference: bool = flag("a difference, whose null is 0, and no ratio")
    left: str | None = text("what lies left of the null, e.g. favors drug", None)
    right: str | None = text("what lies right of the null", None)
    low: float | None = number("left end of the axis", -1e6, 1e6, None)
    high: float | None = number("right end of the axis", -1e6, 1e6, None)

    def problems(self) -> Iterator[Problem]:
        """Ratios above 0, ends in order."""
        if not self.difference and any(each.low <= 0 for each in self.rows):
            yield Problem("rows", "The lower end of a ratio must be above 0.", "Or set difference: true.")
        if self.low is not None and self.high is not None and self.low >= self.high:
            yield Problem("high", "high must be above low.")
        if not self.difference and self.low is not None and self.low <= 0:
            yield Problem("low", "The axis of a ratio begins above 0.")

    def drawing(self) -> Drawing:
        """One graph with a row a study."""
        null = 0.0 if self.difference else 1.0
        low = min(null, *(each.low for each in self.rows))
        high = max(null, *(each.high for each in self.rows))
        if self.difference:
            room = (high - low) * 0.08
            low, high = low - room, high + room
        else:
            low, high = low / 1.15, high * 1.15
        low = self.low if self.low is not None else low
        high = self.high if self.high is not None else high
        if low >= high:
            low, high = (null - 1, null + 1) if self.difference else (0.5, 2.0)
        ticks = () if self.difference else _ratios(low, high)
        x = Axis(self.measure, low, high, None, not self.difference, ticks=ticks)
        marks = (Mark(x=null),) if low <= null <= high else ()
        note = "  |  ".join(
            each
            for each in (f"← {self.left}" if self.left else "", f"{self.right} →" if self.right else "")
            if each
        )
        numbers = tuple(
            (each.name, text + _weight(each))
            for each, text in zip(self.rows, estimate_texts(self.rows), strict=True)
        )
        return Drawing(((Plot(x, None, estimates=self.rows, marks=marks),),), note, numbers=numbers)


def _weight(row: Estimate) -> str:
    return "" if row.weight is None else f", weight {row.weight:g} %"


def _ratios(low: float, high: float) -> tuple[float, ...]:
    """1 and round ratios on both sides of it."""
    wanted = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
    inside = tuple(each for each in wanted if low <= each <= high)
    return inside if len(inside) > 1 else tuple(sorted({*inside, _two(low), _two(high)}))


def _two(value: float) -> float:
    """To two figures, towards 1."""
    scale = 10.0 ** (1 - math.floor(math.log10(value)))
    return (math.ceil if value < 1 else math.floor)(value * scale) / scale
