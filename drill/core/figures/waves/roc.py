"""The shorthand `roc`: receiver operating characteristic curves from points, or from an area under the curve.

A curve from an area alone is binormal with equal variances: its area is Phi(d / sqrt 2), and at each false
positive rate f sensitivity is Phi(d + Phi^-1(f)) (Hanley and McNeil, Radiology 1982; 143: 29-36).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from drill.core.figures.declared import Problem, number, numbers, records, text
from drill.core.figures.plot import Axis, Drawing, Label, Plot, Series, Style
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """One test: its points, or its area."""

    name: str = text("name of the test")
    sensitivity: tuple[float, ...] = numbers("sensitivities, percent", 0, 100)
    specificity: tuple[float, ...] = numbers("specificities at the same cut-offs, percent", 0, 100)
    cutoffs: str | None = text("names of the cut-offs, separated by semicolons", None, 500)
    auc: float | None = number("area under the curve, where no points are given", 0.5, 0.999, None)

    def problems(self) -> Iterator[Problem]:
        """Points or area; as many of each."""
        if bool(self.sensitivity) == (self.auc is not None):
            yield Problem("auc", "A curve has sensitivity and specificity, or an auc.")
        if len(self.sensitivity) != len(self.specificity):
            yield Problem("specificity", "sensitivity and specificity must hold as many numbers.")
        if self.cutoffs is not None and len(self.names) != len(self.sensitivity):
            yield Problem("cutoffs", f"There are {len(self.names)} names for {len(self.sensitivity)} points.")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the cut-offs."""
        return tuple(each.strip() for each in self.cutoffs.split(";")) if self.cutoffs else ()

    def points(self) -> list[tuple[float, float]]:
        """(100 - specificity, sensitivity) in percent, from 0 to 100."""
        if self.auc is not None:
            from statistics import NormalDist  # takes 2 ms, with fractions; the starter bank is read without

            normal = NormalDist()
            d = math.sqrt(2) * normal.inv_cdf(self.auc)
            rates = [step / 200 for step in range(1, 200)]
            middle = [(100 * f, 100 * normal.cdf(d + normal.inv_cdf(f))) for f in rates]
        else:
            pairs = zip(self.specificity, self.sensitivity, strict=True)
            middle = sorted((100 - spec, sens) for spec, sens in pairs)
        return [(0.0, 0.0), *middle, (100.0, 100.0)]


@dataclass(frozen=True, slots=True)
class Roc:
    """Curves on one pair of axes, with the line of a useless test."""

    curves: tuple[Curve, ...] = records("the tests", Curve, least=1, most=5)

    def problems(self) -> Iterator[Problem]:
        """None: each curve is sound by itself."""
        return iter(())

    def drawing(self) -> Drawing:
        """One graph."""
        series, labels, numbers = [], [], []
        for curve in self.curves:
            points = curve.points()
            x, y = tuple(p[0] for p in points), tuple(p[1] for p in points)
            series.append(Series(x, y, curve.name))
            if curve.sensitivity:
                series.append(Series(x[1:-1], y[1:-1], None, Style.POINTS))
            pairs = list(zip(curve.sensitivity, curve.specificity, strict=True))
            labels += [
                Label(100 - spec + 2, sens - 4, name)
                for (sens, spec), name in zip(pairs, curve.names, strict=False)
            ]
            rows = [
                f"{name}{': ' if name else ''}sensitivity {sens:g} %, specificity {spec:g} %"
                for (sens, spec), name in zip(pairs, curve.names or ("",) * len(pairs), strict=True)
            ]
            numbers.append((curve.name, "; ".join(rows) or f"area under the curve {curve.auc:g}"))
        series.append(Series((0.0, 100.0), (0.0, 100.0), None, faint=True))
        ticks = (0.0, 25.0, 50.0, 75.0, 100.0)
        x_axis = Axis("100 - specificity", 0.0, 100.0, "%", ticks=ticks)
        y_axis = Axis("Sensitivity", 0.0, 100.0, "%", ticks=ticks)
        plot = Plot(x_axis, y_axis, tuple(series), labels=tuple(labels), grid=True)
        return Drawing(((plot,),), numbers=tuple(numbers))
