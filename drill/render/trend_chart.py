"""The picture of a trend: a dot a block, with a band until there is a verdict and a line once there is."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.models import LinePoint, Point, Trend
from drill.render.chart_dots import GUTTER, DotChart, dot_chart, has_whiskers
from drill.render.charts import SECONDS_A_ROW, RowAxis, row_axis, share_axis
from drill.render.frame import TALL
from drill.render.lines import Line, Role, fit, line
from drill.render.report_parts import indented, whole

EXAM_PACE_S = 90


def chart_rows(height: int | None) -> int:
    """Rows of dots: a text report and a tall window have room, a low one gives rows up."""
    if height is None:
        return 11
    if height >= TALL:
        return 11
    return min(max(height - 15, 5), 9)


def pace_chart(
    trend: Trend, series: Sequence[Point], width: int, rows: int, selected: int | None = None
) -> list[Line]:
    """Seconds per 120-word question by block, over a hairline at 90 s; with the legend below."""
    axis = row_axis(_reach(trend, series) or [60, 120], rows, EXAM_PACE_S, SECONDS_A_ROW)
    chart = DotChart(
        axis=axis,
        label=lambda value: str(whole(value)),
        series=series,
        rule=EXAM_PACE_S,
        band=trend.band if _flat(trend) else None,
        band_after=trend.detected[-1].block if trend.detected else None,
        fitted=_lines(trend),
        selected=selected,
    )
    return [*dot_chart(chart, width), *_legend(trend, series, width, "90 s")]


def share_chart(trend: Trend, width: int, rows: int) -> list[Line]:
    """Proportion right by block; with the legend below."""
    axis: RowAxis = share_axis(_reach(trend, trend.series), rows)
    chart = DotChart(
        axis=axis,
        label=lambda value: str(whole(value * 100)),
        series=trend.series,
        band=trend.band if _flat(trend) else None,
        band_after=trend.detected[-1].block if trend.detected else None,
        fitted=_lines(trend),
    )
    return [*dot_chart(chart, width), *_legend(trend, trend.series, width, None)]


def _flat(trend: Trend) -> bool:
    return trend.band is not None and not trend.line


def _lines(trend: Trend) -> list[Sequence[LinePoint]]:
    """Fitted lines of found verdicts and of the current one."""
    return [fitted for fitted in (*(found.line for found in trend.detected), trend.line) if fitted]


def _reach(trend: Trend, series: Sequence[Point]) -> list[float]:
    """Values the axis must hold: all dots and lines, and whiskers as far as they do not dwarf the dots."""
    dots = [point.value for point in series if point.value is not None]
    dots += [point.value for fitted in _lines(trend) for point in fitted]
    if not dots:
        return []
    low, high = min(dots), max(dots)
    room = max((high - low) / 2, abs(high) * 0.1)
    ends = [end for point in series for end in (point.low, point.high) if end is not None]
    if _flat(trend) and trend.band is not None:
        ends += [trend.band.low, trend.band.high]
    return dots + [min(max(end, low - room), high + room) for end in ends]


def _legend(trend: Trend, series: Sequence[Point], width: int, rule: str | None) -> list[Line]:
    """What the glyphs mean, only those that are drawn; hollow dots are always explained."""
    room = width - GUTTER + 1
    parts = [("●", "counts"), ("○", "not in trends")]
    if has_whiskers(series, width):
        parts.append(("│", "one standard error"))
    if _lines(trend):
        parts.append(("·", "trend" if room < 90 else "fitted trend"))
    if _flat(trend):
        parts.append(("░", "level so far"))
    if rule is not None:
        parts.append(("─", rule))
    if _cells(parts) > room:
        parts = [(glyph, "1 SE" if glyph == "│" else words) for glyph, words in parts]
    if _cells(parts) <= room:
        return indented([_keyed(parts)], GUTTER - 1)
    rows: list[list[tuple[str, str]]] = [[]]
    for part in parts:
        if rows[-1] and _cells([*rows[-1], part]) > width:
            rows.append([])
        rows[-1].append(part)
    return [fit(_keyed(row), width) for row in rows]


def _keyed(parts: Sequence[tuple[str, str]]) -> Line:
    return line(("  ".join(f"{glyph} {words}" for glyph, words in parts), Role.MUTED))


def _cells(parts: Sequence[tuple[str, str]]) -> int:
    return sum(len(words) + 4 for _, words in parts) - 2
