"""The shorthand `spirometry`: a flow-volume loop and a volume-time curve from FEV1, FVC and peak flow.

Synthetic. Expired flow rises to its peak within the first tenth of the volume. After it, flow follows the
share of the volume that is left: with bend 0 to 1 as its power 0.3 to 1, a full curve; with bend 1 to 2
as a sum of a slow compartment, linear in what is left, and a fast one that is soon empty, a scooped curve
(two compartments: Otis and others, J Appl Physiol 1956; 8: 427-443; configuration: Mead, J Appl Physiol
1978; 44: 156-165). The bend is found so that the volume after one second is the FEV1 given. Fixed and
variable obstructions of the large airway cut flow off at a level.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import StrEnum

from drill.core.figures.declared import Problem, number, word
from drill.core.figures.plot import Axis, Drawing, Plot, Series, Style
from drill.core.frozen import dataclass

RISE = 0.08
"""Share of the FVC at which flow is greatest."""
STEP_S = 0.005


class Airway(StrEnum):
    """An obstruction of the large airway, which flattens the loop."""

    OPEN = "open"
    FIXED = "fixed"
    """Both limbs are cut off."""
    EXTRATHORACIC = "variable-extrathoracic"
    """Inspiration is cut off."""
    INTRATHORACIC = "variable-intrathoracic"
    """Expiration is cut off."""


class Show(StrEnum):
    """Which graphs are drawn."""

    BOTH = "both"
    LOOP = "loop"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Spirometry:
    """Forced expiration and inspiration."""

    fev1: float = number("volume expired in the first second, L", 0.2, 8)
    fvc: float = number("forced vital capacity, L", 0.3, 9)
    pef: float = number("peak expiratory flow, L/s", 0.5, 18)
    predicted_fev1: float | None = number("predicted FEV1, L: a fainter curve is drawn", 0.2, 8, None)
    predicted_fvc: float | None = number("predicted FVC, L", 0.3, 9, None)
    predicted_pef: float | None = number("predicted peak flow, L/s", 0.5, 18, None)
    airway: Airway = word("obstruction of the large airway", Airway, Airway.OPEN)
    plateau: float = number("flow at which the large airway cuts off, L/s", 0.3, 10, 2.5)
    show: Show = word("both, loop or time", Show, Show.BOTH)

    def problems(self) -> Iterator[Problem]:
        """Volumes and flows that one curve can have."""
        if self.fev1 >= self.fvc:
            yield Problem("fev1", "fev1 must be less than fvc.")
            return
        given = [self.predicted_fev1, self.predicted_fvc, self.predicted_pef]
        if any(each is None for each in given) and any(each is not None for each in given):
            yield Problem("predicted_fev1", "Give all three predicted values, or none.")
            return
        curves = [("pef", self.fev1, self.fvc, self.pef)]
        if self.predicted_fev1 and self.predicted_fvc and self.predicted_pef:
            curves.append(("predicted_pef", self.predicted_fev1, self.predicted_fvc, self.predicted_pef))
        for name, fev1, fvc, pef in curves:
            if fev1 >= fvc:
                yield Problem("predicted_fev1", "predicted_fev1 must be less than predicted_fvc.")
            elif not _reachable(fev1, fvc, pef):
                hint = "Raise it, or lower the FEV1." if pef < 2 * fev1 else "Lower it, or raise the FEV1."
                yield Problem(name, f"No curve has {name} {pef:g} L/s and this FEV1 and FVC.", hint)

    def curve(self) -> tuple[list[float], list[float]]:
        """Expired volume, L, and flow, L/s, every STEP_S s."""
        cap = self.plateau if self.airway in (Airway.FIXED, Airway.INTRATHORACIC) else math.inf
        return _expire(self.fvc, self.pef, _bend(self.fev1, self.fvc, self.pef), cap)

    def drawing(self) -> Drawing:
        """Loop and volume-time curve side by side."""
        volumes, flows = self.curve()
        top = max(self.pef, self.predicted_pef or 0) * 1.08
        most = max(self.fvc, self.predicted_fvc or 0) * 1.05
        inhaled = self._inspiration()
        loop = [
            Series((*volumes, *inhaled[0]), (*flows, *inhaled[1]), "measured" if self._predicted else None)
        ]
        time = [Series(_times(volumes), tuple(volumes), "measured" if self._predicted else None)]
        if self._predicted:
            fev1, fvc, pef = self._predicted
            other, flow = _expire(fvc, pef, _bend(fev1, fvc, pef), math.inf)
            loop.append(Series(tuple(other), tuple(flow), "predicted", Style.LINE, faint=True))
            time.append(Series(_times(other), tuple(other), "predicted", Style.LINE, faint=True))
        down = min(inhaled[1]) * 1.1
        volume = Axis("Volume", 0.0, most, "L")
        flow_axis = Axis("Flow", down, top, "L/s")
        first = Plot(volume, flow_axis, tuple(loop), grid=True)
        seconds = Axis("Time", 0.0, 6.0, "s", ticks=tuple(float(n) for n in range(7)))
        second = Plot(seconds, Axis("Volume", 0.0, most, "L"), tuple(time), grid=True)
        plots = {Show.BOTH: (first, second), Show.LOOP: (first,), Show.TIME: (second,)}[self.show]
        titles = {Show.BOTH: ("Flow-volume", "Volume-time"), Show.LOOP: ("Flow-volume",)}
        return Drawing((plots,), "", (titles.get(self.show, ("Volume-time",)),), numbers=self._numbers())

    @property
    def _predicted(self) -> tuple[float, float, float] | None:
        if self.predicted_fev1 and self.predicted_fvc and self.predicted_pef:
            return self.predicted_fev1, self.predicted_fvc, self.predicted_pef
        return None

    def _inspiration(self) -> tuple[list[float], list[float]]:
        """From empty back to full: half an ellipse, its flow 0.75 of a normal peak for this volume."""
        peak = 1.3 * self.fvc
        cap = self.plateau if self.airway in (Airway.FIXED, Airway.EXTRATHORACIC) else math.inf
        volumes = [self.fvc * (1 - step / 100) for step in range(101)]
        flows = [-min(peak * math.sqrt(max(1 - (2 * v / self.fvc - 1) ** 2, 0.0)), cap) for v in volumes]
        return volumes, flows

    def _numbers(self) -> tuple[tuple[str, str], ...]:
        volumes, flows = self.curve()
        half = next((flow for v, flow in zip(volumes, flows, strict=True) if v >= self.fvc / 2), 0.0)
        rows = [
            ("Volume after 1 s", f"{volumes[min(round(1 / STEP_S), len(volumes) - 1)]:.2f} L"),
            ("Volume at the end", f"{volumes[-1]:.2f} L"),
            ("Peak flow", f"{max(flows):.1f} L/s"),
            ("Flow at half the volume", f"{half:.1f} L/s"),
            ("Greatest flow breathing in", f"{-min(self._inspiration()[1]):.1f} L/s"),
        ]
        if self._predicted:
            fev1, fvc, pef = self._predicted
            rows.append(("Predicted", f"FEV1 {fev1:g} L, FVC {fvc:g} L, peak flow {pef:g} L/s"))
        return tuple(rows)


def _flow(volume: float, fvc: float, pef: float, bend: float, cap: float) -> float:
    share = volume / fvc
    if share < RISE:
        return min(pef * math.sin(math.pi / 2 * max(share / RISE, 0.02)), cap)
    left = max(1 - share, 0.0) / (1 - RISE)
    if bend <= 1:
        return float(min(pef * left ** (_BULGE + (1 - _BULGE) * bend), cap))
    slow = pef * (2 - bend)
    return float(min(slow * left + (pef - slow) * left**_SPIKE, cap))


def _expire(fvc: float, pef: float, bend: float, cap: float) -> tuple[list[float], list[float]]:
    """Volumes and flows over 8 s."""
    volumes = _volumes(fvc, pef, bend, cap, 8.0)
    return volumes, [0.0, *(_flow(volume, fvc, pef, bend, cap) for volume in volumes[1:])]


def _volumes(fvc: float, pef: float, bend: float, cap: float, seconds: float) -> list[float]:
    """By steps at the middle of each interval."""
    volumes = [volume := 0.0]
    for _ in range(round(seconds / STEP_S)):
        half = volume + _flow(volume, fvc, pef, bend, cap) * STEP_S / 2
        volume = min(volume + _flow(half, fvc, pef, bend, cap) * STEP_S, fvc)
        volumes.append(volume)
    return volumes


def _after_a_second(fvc: float, pef: float, bend: float) -> float:
    return _volumes(fvc, pef, bend, math.inf, 1.0)[-1]


_BULGE = 0.3
"""Exponent of the fullest curve."""
_SPIKE = 10
"""Exponent of the part of the flow that comes from the first, fast lung."""


def _reachable(fev1: float, fvc: float, pef: float) -> bool:
    return _after_a_second(fvc, pef, 1.97) <= fev1 <= _after_a_second(fvc, pef, 0.0)


def _bend(fev1: float, fvc: float, pef: float) -> float:
    """The bend with which so much is expired in a second, by halving; more bend is a slower end."""
    low, high = 0.0, 2.0
    for _ in range(30):
        middle = (low + high) / 2
        if _after_a_second(fvc, pef, middle) > fev1:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _times(volumes: list[float]) -> tuple[float, ...]:
    return tuple(index * STEP_S for index in range(len(volumes)))
