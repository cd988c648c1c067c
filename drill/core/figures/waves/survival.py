"""The shorthand `survival`: Kaplan-Meier curves from the times of events and of losses.

Kaplan and Meier, "Nonparametric estimation from incomplete observations", J Am Stat Assoc 1958; 53: 457-481:
at each time with events survival is multiplied by 1 - events / at risk; losses at that time come after them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator

from drill.core.figures.declared import Problem, flag, number, numbers, records, text
from drill.core.figures.plot import Axis, Drawing, Plot, Series, Shape, Style
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """One curve. Who is named in no list was followed to the end without an event."""

    name: str = text("name of the group")
    at_start: float = number("how many began", 1, 1_000_000)
    events: tuple[float, ...] = numbers("times of events, one for each", 0, 1e6)
    censored: tuple[float, ...] = numbers("times at which someone was lost, one for each", 0, 1e6)

    def problems(self) -> Iterator[Problem]:
        """No more events and losses than people."""
        if len(self.events) + len(self.censored) > self.at_start:
            yield Problem("at_start", "There are more events and losses than began.")
        if self.at_start != int(self.at_start):
            yield Problem("at_start", "at_start must be a whole number.")

    def curve(self) -> tuple[list[float], list[float], list[int]]:
        """Times, the share that survives from each on, and how many were at risk just before it."""
        times, shares, risk = [0.0], [1.0], [int(self.at_start)]
        lost, counted, passed = sorted(self.censored), Counter(self.events), 0
        for at in sorted(counted):
            left = int(self.at_start) - passed - bisect_left(lost, at)
            passed += counted[at]
            share = shares[-1] * (1 - counted[at] / left)
            times.append(at)
            shares.append(share)
            risk.append(left)
        return times, shares, risk

    def at(self, *when: float) -> tuple[float, ...]:
        """The shares that survive at these times."""
        times, shares, _ = self.curve()
        return tuple(shares[bisect_right(times, time) - 1] for time in when)


@dataclass(frozen=True, slots=True)
class Survival:
    """Survival curves on one pair of axes."""

    groups: tuple[Group, ...] = records("the curves", Group, least=1, most=6)
    until: float = number("end of the time axis", 0.001, 1e6)
    unit: str = text("unit of time, e.g. months")
    outcome: str = text("what survival is from", "Surviving")
    cumulative: bool = flag("draw the share with an event instead, upward")

    def problems(self) -> Iterator[Problem]:
        """No event after the end."""
        if any(at > self.until for group in self.groups for at in (*group.events, *group.censored)):
            yield Problem("until", "A time lies after the end of the axis.")

    def drawing(self) -> Drawing:
        """Steps, with ticks where someone was lost."""
        series, numbers = [], []
        for group in self.groups:
            times, shares, _ = group.curve()
            y = [self._shown(share) for share in (*shares, shares[-1])]
            series.append(Series((*times, self.until), tuple(y), group.name, Style.STEPS))
            if group.censored:
                lost = tuple(self._shown(share) for share in group.at(*group.censored))
                series.append(Series(group.censored, lost, None, Style.POINTS, Shape.TICK))
            numbers.append((group.name, self._numbers_text(group)))
        x = Axis("Time", 0.0, self.until, self.unit)
        y_axis = Axis(self.outcome, 0.0, 100.0, "%", ticks=(0.0, 25.0, 50.0, 75.0, 100.0))
        return Drawing(((Plot(x, y_axis, tuple(series), grid=True),),), numbers=tuple(numbers))

    def _shown(self, share: float) -> float:
        return 100 * (1 - share if self.cumulative else share)

    def _numbers_text(self, group: Group) -> str:
        parts = [f"{int(group.at_start)} at the start"]
        times = [self.until * quarter / 4 for quarter in range(1, 5)]
        for at, share in zip(times, group.at(*times), strict=True):
            left = int(group.at_start) - sum(e < at for e in (*group.events, *group.censored))
            parts.append(f"at {at:g} {self.unit} {self._shown(share):.0f} %, {left} at risk")
        return "; ".join(parts)
