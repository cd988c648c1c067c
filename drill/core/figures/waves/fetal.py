"""The shorthand `fetal`: a cardiotocogram from baseline, variability, decelerations and contractions.

Synthetic. The terms, and where a deceleration begins and ends against its contraction, follow Macones and
others, "The 2008 NICHD workshop report on electronic fetal monitoring", Obstet Gynecol 2008; 112: 661-666:
early mirrors the contraction, late has its lowest point after the contraction's peak, variable falls within
30 s and stands in no fixed relation to it, prolonged lasts 2 minutes or more.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from enum import StrEnum

from drill.core.figures.declared import Problem, flag, number, word
from drill.core.figures.plot import Axis, Drawing, Plot, Series
from drill.core.frozen import dataclass

SAMPLES_A_MINUTE = 240
"""Four a second, as monitors store it."""
Curve = Callable[[float], float]
"""A value at a time in s."""
LATE_S = 30.0
"""From the peak of a contraction to the lowest rate of a late deceleration."""


class Deceleration(StrEnum):
    """What the heart rate does at contractions."""

    NONE = "none"
    EARLY = "early"
    LATE = "late"
    VARIABLE = "variable"
    PROLONGED = "prolonged"


class Variability(StrEnum):
    """Amplitude of the fluctuation around the baseline."""

    ABSENT = "absent"
    MINIMAL = "minimal"
    MODERATE = "moderate"
    MARKED = "marked"
    SINUSOIDAL = "sinusoidal"


_AMPLITUDE = {"absent": 0.6, "minimal": 4.0, "moderate": 13.0, "marked": 30.0, "sinusoidal": 12.0}
"""From peak to trough, beats a minute."""


@dataclass(frozen=True, slots=True)
class Fetal:
    """Fetal heart rate above, uterine pressure below."""

    baseline: float = number("baseline heart rate, beats a minute", 60, 220, 140)
    variability: Variability = word("fluctuation around the baseline", Variability, Variability.MODERATE)
    decelerations: Deceleration = word("what happens at contractions", Deceleration, Deceleration.NONE)
    depth: float = number("depth of the decelerations, beats a minute", 10, 100, 30)
    accelerations: bool = flag("rises of 20 a minute for 30 s between contractions")
    minutes: float = number("length of the tracing, min", 4, 30, 10)
    every: float = number("from one contraction to the next, min", 1, 15, 3)
    duration: float = number("length of a contraction, s", 20, 180, 70)
    pressure: float = number("peak of the contractions above rest, mm Hg", 0, 120, 55)
    seed: float = number("another whole number is another run of the fluctuation", 0, 1_000_000, 1)

    def problems(self) -> Iterator[Problem]:
        """Contractions that fit between each other, a rate above 40."""
        if self.duration > self.every * 60:
            yield Problem("duration", "A contraction lasts longer than the time to the next one.")
        if self.decelerations is not Deceleration.NONE and self.baseline - self.depth < 40:
            yield Problem("depth", "The rate would fall below 40 a minute.")

    def peaks(self) -> tuple[float, ...]:
        """When the contractions are strongest, s."""
        first = min(self.every * 60 / 2, 75.0)
        count = int((self.minutes * 60 - first) // (self.every * 60)) + 1
        return tuple(first + number * self.every * 60 for number in range(count))

    def rate(self) -> list[float]:
        """Heart rate, beats a minute, SAMPLES_A_MINUTE samples a minute."""
        chance = random.Random(int(self.seed))
        wander = self._wander(chance)
        falls = [self._fall(peak, chance) for peak in self.peaks()]
        rises = [peak + self.every * 30 for peak in self.peaks()] if self.accelerations else []
        out = []
        for index in range(round(self.minutes * SAMPLES_A_MINUTE) + 1):
            at = index * 60 / SAMPLES_A_MINUTE
            value = self.baseline + wander(at)
            value -= sum(fall(at) for fall in falls)
            value += sum(20 * _bump(at, rise, 32.0) for rise in rises)
            out.append(max(value, 32.0))
        return out

    def _wander(self, chance: random.Random) -> Curve:
        size = _AMPLITUDE[self.variability] / 2
        if self.variability is Variability.SINUSOIDAL:
            return lambda at: size * math.sin(2 * math.pi * at / 15.0)
        parts = [(chance.uniform(0.035, 0.11), chance.uniform(0, 6.28)) for _ in range(4)]

        def wave(at: float) -> float:
            return sum(math.sin(2 * math.pi * hz * at + phase) for hz, phase in parts)

        seen = [wave(float(at)) for at in range(round(self.minutes * 60) + 1)]
        middle, scale = (max(seen) + min(seen)) / 2, 2 * size / (max(seen) - min(seen))
        return lambda at: scale * (wave(at) - middle)

    def _fall(self, peak: float, chance: random.Random) -> Curve:
        """How far the rate is below its baseline at a time, for the contraction with this peak."""
        depth, length = self.depth, self.duration
        match self.decelerations:
            case Deceleration.EARLY:
                return lambda at: depth * _bump(at, peak, length)
            case Deceleration.LATE:
                return lambda at: depth * _bump(at, peak + LATE_S, length)
            case Deceleration.VARIABLE:
                start = peak + chance.uniform(-25, 15)
                stay, deep = chance.uniform(15, 35), depth * chance.uniform(0.8, 1.1)
                return lambda at: deep * _box(at, start, 8.0, stay, 10.0)
            case Deceleration.PROLONGED if peak == self.peaks()[0]:
                return lambda at: depth * _box(at, peak + 10, 35.0, 150.0, 50.0)
            case _:
                return lambda at: 0.0

    def uterus(self) -> list[float]:
        """Pressure, mm Hg, at the same times."""
        peaks, rest = self.peaks(), 12.0
        times = (index * 60 / SAMPLES_A_MINUTE for index in range(round(self.minutes * SAMPLES_A_MINUTE) + 1))
        return [rest + sum(self.pressure * _bump(at, peak, self.duration) for peak in peaks) for at in times]

    def drawing(self) -> Drawing:
        """Two graphs below each other on one time axis."""
        rate, pressure = self.rate(), self.uterus()
        x = tuple(index / SAMPLES_A_MINUTE for index in range(len(rate)))
        ticks = tuple(float(minute) for minute in range(int(self.minutes) + 1))
        time = Axis("Time", 0.0, self.minutes, "min", ticks=ticks)
        low = 60.0 if min(rate) >= 60 else 30.0
        heart = Axis("Fetal heart rate", low, 210.0, "/min", ticks=tuple(range(int(low), 211, 30)))
        uterus = Axis("Uterus", 0.0, 100.0, "mm Hg", ticks=(0.0, 50.0, 100.0))
        upper = Plot(time, heart, (Series(x, tuple(rate)),), grid=True)
        lower = Plot(time, uterus, (Series(x, tuple(pressure)),), grid=True)
        return Drawing(((upper,), (lower,)), heights=(3.0, 2.0), numbers=self._numbers(rate))

    def _numbers(self, rate: list[float]) -> tuple[tuple[str, str], ...]:
        peaks = self.peaks()
        rows = [("Contractions peak at", f"{', '.join(f'{at / 60:.1f}' for at in peaks)} min")]
        lows = []
        for peak in peaks:
            near = range(
                max(round((peak - 40) / 60 * SAMPLES_A_MINUTE), 0),
                min(round((peak + 80) / 60 * SAMPLES_A_MINUTE), len(rate)),
            )
            if near:
                at = min(near, key=lambda index: rate[index])
                lows.append(f"{rate[at]:.0f} at {at / SAMPLES_A_MINUTE:.1f} min")
        rows.append(("Lowest heart rate around each", ", ".join(lows)))
        middle = sorted(rate)[len(rate) // 2]
        rows.append(("Median heart rate", f"{middle:.0f} a minute"))
        return tuple(rows)


def _bump(at: float, peak: float, length: float) -> float:
    share = (at - peak) / length + 0.5
    return math.sin(math.pi * share) ** 2 if 0 < share < 1 else 0.0


def _box(at: float, start: float, fall: float, stay: float, rise: float) -> float:
    since = at - start
    if since <= 0 or since >= fall + stay + rise:
        return 0.0
    if since < fall:
        return 0.5 - 0.5 * math.cos(math.pi * since / fall)
    if since < fall + stay:
        return 1.0
    return 0.5 + 0.5 * math.cos(math.pi * (since - fall - stay) / rise)
