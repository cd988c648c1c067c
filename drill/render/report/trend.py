"""The chart of a trend: a dot a block, with a band until there is a verdict and a line once there is."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics import results
from drill.analytics.results import LinePoint, Point
from drill.render.charts.figures import Tick
from drill.render.charts.trend import Trend


def trend_figure(
    trend: results.Trend,
    series: Sequence[Point],
    *,
    about: str,
    unit: str,
    proportions: bool,
    empty: tuple[float, float],
    axis_title: str = "",
    rule: Tick | None = None,
) -> Trend:
    """The series of a trend; `empty` is the extent of the axis where there is nothing to draw yet."""
    lines = tuple(line for line in (*(found.line for found in trend.detected), trend.line) if line)
    band = None if trend.line else trend.band
    return Trend(
        about=about,
        unit=unit,
        proportions=proportions,
        points=tuple(series),
        extent=_extent(series, lines, band) or empty,
        axis_title=axis_title,
        rule=rule,
        band=band,
        band_after=trend.detected[-1].block if trend.detected else None,
        lines=lines,
        found=tuple(
            (found.block, f"{found.verdict}, found in block {found.block}") for found in trend.detected
        ),
    )


def has_chart(figure: Trend) -> bool:
    """Whether there are two dots to see a way between: one block has its ribbon instead."""
    return sum(point.value is not None for point in figure.points) > 1


def _extent(
    series: Sequence[Point], lines: Sequence[Sequence[LinePoint]], band: results.Band | None
) -> tuple[float, float] | None:
    """All dots and lines, and whiskers as far as they do not dwarf the dots."""
    dots = [point.value for point in series if point.value is not None]
    dots += [point.value for line in lines for point in line]
    if not dots:
        return None
    low, high = min(dots), max(dots)
    room = max((high - low) / 2, abs(high) * 0.1)
    ends = [end for point in series for end in (point.low, point.high) if end is not None]
    if band is not None:
        ends += [band.low, band.high]
    return max(min([low, *ends]), low - room), min(max([high, *ends]), high + room)
