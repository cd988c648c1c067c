"""Assessments of one family on its own scale, with its own band at the pass mark."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.road.assessments import FAMILY_NAMES, Assessment, Band, Family, band_of, error_of
from drill.core.road.calendar import Calendar
from drill.render.frame import indented
from drill.render.lines import Line, Role, Span, fit, line
from drill.render.prose import prose
from drill.render.road.words import dated
from drill.render.text import column

_LABEL = 25
_MIN_CELLS = 16
_MAX_CELLS = 60
_PRINTED = 30


def family_chart(family: Family, found: Sequence[Assessment], calendar: Calendar, width: int) -> list[Line]:
    """A row an assessment: its point, one standard error to each side, and what was printed."""
    band, error = band_of(family, calendar), error_of(family, calendar)
    rows = prose(width, (FAMILY_NAMES[family], Role.STRONG), (f"  {_about(band)}", Role.MUTED))
    points = [one.points for one in found if one.points is not None]
    cells = min(max(width - _LABEL - _PRINTED, _MIN_CELLS), _MAX_CELLS)
    if not points:
        return rows + [line("  ", f"{dated(one.day):<13}", _printed(one)) for one in found]
    low, high = _reach(points, band, error)
    for one in found:
        label = f"  {dated(one.day):<13}{column(one.form, 9)} "
        rows.append(fit(line(label, *_row(one, low, high, cells, band, error), "  ", *_tail(one)), width))
    if band is not None:
        rows.append(line(" " * _LABEL, (_scale(low, high, cells, band), Role.MUTED)))
        legend = "● total   ─ one standard error   ░ not clear of the pass mark at 95%"
        rows += indented(prose(width - 2, (legend, Role.MUTED)), 2)
    return rows


def _about(band: Band | None) -> str:
    if band is None:
        return "no standard error is published: points alone"
    return (
        f"pass mark {band.pass_mark:g}; a total from {band.low:.0f} to {band.high:.0f} is not clear of it "
        f"(standard error {band.error:g})"
    )


def _reach(points: Sequence[float], band: Band | None, error: float | None) -> tuple[float, float]:
    ends = [*points, *(point + side * (error or 0) for point in points for side in (-1, 1))]
    if band is not None:
        ends += [band.low, band.high]
    low, high = min(ends), max(ends)
    room = max((high - low) * 0.05, 2)
    return low - room, high + room


def _at(value: float, low: float, high: float, cells: int) -> int:
    return min(max(round((value - low) / (high - low) * (cells - 1)), 0), cells - 1)


def _row(
    one: Assessment, low: float, high: float, cells: int, band: Band | None, error: float | None
) -> list[Span]:
    signs = [" "] * cells
    roles = [Role.TEXT] * cells
    if band is not None:
        for i in range(_at(band.low, low, high, cells), _at(band.high, low, high, cells) + 1):
            signs[i], roles[i] = "░", Role.FAINT
        middle = _at(band.pass_mark, low, high, cells)
        signs[middle], roles[middle] = "│", Role.MUTED
    if one.points is not None:
        if error is not None:
            start, end = (_at(one.points + side * error, low, high, cells) for side in (-1, 1))
            for i in range(start, end + 1):
                signs[i], roles[i] = "┼" if signs[i] == "│" else "─", Role.ACCENT
        at = _at(one.points, low, high, cells)
        signs[at], roles[at] = "○" if one.doubts else "●", Role.ACCENT_STRONG
    return [Span(sign, role) for sign, role in zip(signs, roles, strict=True)]


def _tail(one: Assessment) -> list[Span]:
    printed = [part for part in (one.printed_range, one.printed_pass) if part]
    doubts = [f"○ {', '.join(one.doubts)}"] if one.doubts else []
    return [
        Span(one.total, Role.STRONG),
        Span("".join(f"  {part}" for part in (*printed, *doubts)), Role.MUTED),
    ]


def _printed(one: Assessment) -> str:
    return "  ".join(filter(None, (one.form, one.total, one.printed_range, one.printed_pass, *one.doubts)))


def _scale(low: float, high: float, cells: int, band: Band) -> str:
    text = [" "] * cells
    for value in (band.low, band.pass_mark, band.high):
        label = f"{value:.0f}"
        start = min(max(_at(value, low, high, cells) - len(label) // 2, 0), cells - len(label))
        text[start : start + len(label)] = label
    return "".join(text)
