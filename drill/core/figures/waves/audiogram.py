"""The shorthand `audiogram`: thresholds by frequency, in the signs of the American Speech-Language-Hearing
Association ("Guidelines for audiometric symbols", 1990): right O and <, left X and >.
"""

from __future__ import annotations

from collections.abc import Iterator

from drill.core.figures.declared import Problem, numbers
from drill.core.figures.plot import Axis, Drawing, Plot, Series, Shape, Style
from drill.core.frozen import dataclass

FREQUENCIES_HZ = (250, 500, 1000, 2000, 4000, 8000)
_FIELDS = ("right_air", "right_bone", "left_air", "left_bone")
_WORDS = ("right ear, air", "right ear, bone", "left ear, air", "left ear, bone")
_SHAPES = (Shape.CIRCLE, Shape.LEFT, Shape.CROSS, Shape.RIGHT)


@dataclass(frozen=True, slots=True)
class Audiogram:
    """Hearing thresholds in dB HL at 250, 500, 1000, 2000, 4000 and 8000 Hz, as many as are given."""

    right_air: tuple[float, ...] = numbers("right ear by air, dB HL, from 250 Hz on", -20, 130)
    left_air: tuple[float, ...] = numbers("left ear by air, dB HL", -20, 130)
    right_bone: tuple[float, ...] = numbers("right ear by bone, dB HL", -20, 130)
    left_bone: tuple[float, ...] = numbers("left ear by bone, dB HL", -20, 130)

    def problems(self) -> Iterator[Problem]:
        """At least one ear, at most six frequencies."""
        if not any(getattr(self, name) for name in _FIELDS):
            yield Problem("right_air", "The audiogram is empty.", "Give right_air or left_air.")
        for name in _FIELDS:
            if len(getattr(self, name)) > len(FREQUENCIES_HZ):
                yield Problem(name, f"{name} has more than 6 thresholds: 250 Hz to 8000 Hz, an octave each.")

    def drawing(self) -> Drawing:
        """One graph, louder downward; air thresholds are joined, bone thresholds are not."""
        series = []
        numbers: list[tuple[str, str]] = []
        for name, words, shape in zip(_FIELDS, _WORDS, _SHAPES, strict=True):
            levels: tuple[float, ...] = getattr(self, name)
            if not levels:
                continue
            hz = tuple(float(each) for each in FREQUENCIES_HZ[: len(levels)])
            if name.endswith("air"):
                series.append(Series(hz, levels))
            series.append(Series(hz, levels, words, Style.POINTS, shape))
            listed = ", ".join(f"{level:g} at {f:g} Hz" for f, level in zip(hz, levels, strict=True))
            numbers.append((words[0].upper() + words[1:], f"{listed} (dB HL)"))
        ticks = tuple(float(each) for each in FREQUENCIES_HZ)
        x = Axis("Frequency", 200.0, 10_000.0, "Hz", log=True, ticks=ticks)
        low = -10.0 if min(level for each in series for level in each.y) >= -10 else -20.0
        levels_db = Axis("Hearing level", low, 120.0, "dB HL", downward=True, ticks=tuple(range(0, 121, 20)))
        return Drawing(((Plot(x, levels_db, tuple(series), grid=True),),), numbers=tuple(numbers))
