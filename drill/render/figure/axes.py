"""Axes in dots: where a value lies, and which values are named along the edge."""

from __future__ import annotations

import math
from typing import NamedTuple

from drill.core.figures.plot import Axis


class Ruler(NamedTuple):
    """Maps the part of an axis that is in view to dots 0..dots-1."""

    axis: Axis
    low: float
    high: float
    """Ends of the part in view."""
    dots: int

    @classmethod
    def of(cls, axis: Axis, share: tuple[float, float], dots: int) -> Ruler:
        """The ruler of a part of an axis, given as shares of its length from the low end."""
        if axis.log:
            low, high = math.log(axis.low), math.log(axis.high)
            ends = [math.exp(low + (high - low) * each) for each in share]
        else:
            ends = [axis.low + (axis.high - axis.low) * each for each in share]
        return cls(axis, ends[0], ends[1], dots)

    def share(self, value: float) -> float:
        """0 at the low end in view, 1 at the high end; beyond them outside of both."""
        if self.axis.log:
            if value <= 0:
                return -1.0
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)

    def dot(self, value: float) -> float:
        """The dot of a value along the axis."""
        return self.share(value) * (self.dots - 1)

    def ticks(self, room: int) -> list[tuple[float, str]]:
        """Values and their names in view, as many as fit `room` names or fewer."""
        axis = self.axis
        eps = (self.high - self.low) * 1e-6
        if axis.ticks:
            names = axis.tick_names or tuple(number_text(each) for each in axis.ticks)
            seen = [
                (value, name)
                for value, name in zip(axis.ticks, names, strict=True)
                if self.low - eps <= value <= self.high + eps
            ]
            step = math.ceil(len(seen) / max(room, 1)) or 1
            return seen[::step]
        if axis.log:
            values = _decades(self.low, self.high)
            step = math.ceil(len(values) / max(room, 1)) or 1
            return [(value, number_text(value)) for value in values[::step]]
        step_size = nice_step((self.high - self.low) / max(room, 1))
        first = math.ceil((self.low - eps) / step_size)
        last = math.floor((self.high + eps) / step_size)
        return [(n * step_size, number_text(n * step_size)) for n in range(first, last + 1)]


def nice_step(least: float) -> float:
    """The least of 1, 2, 5 times a power of ten that is not below `least`."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * times for times in (1, 2, 5, 10, 20) if power * times >= least * (1 - 1e-9))


def _decades(low: float, high: float) -> list[float]:
    """1, 2 and 5 of each power of ten in view, or the ends where there are none."""
    found = []
    for exponent in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        found += [times * 10.0**exponent for times in (1, 2, 5)]
    seen = [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]
    return seen or [low, high]


def number_text(value: float) -> str:
    """A number in few characters: 6 figures at most, no trailing zeros."""
    text = f"{value:.6g}"
    return "0" if text == "-0" else text
