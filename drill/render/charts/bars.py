"""Bars: one a row with its number at the end, a bar of segments, and a column a block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from drill.render.charts.scales import padded
from drill.render.lines import Line, Role, Span, line

LEVELS = "▁▂▃▄▅▆▇█"


def bar(value: float, full: float, cells: int) -> str:
    """A bar to half a cell, at most `cells` long; anything above zero shows at least half a cell."""
    if value <= 0 or full <= 0 or cells <= 0:
        return ""
    halves = min(max(int(value / full * cells * 2 + 0.5), 1), cells * 2)
    return "━" * (halves // 2) + "╸" * (halves % 2)


class BarRow(NamedTuple):
    """One bar."""

    label: str
    value: float | None
    number: str
    """Right behind the bar's end."""
    notes: str = ""
    """In their own column."""


def bars(rows: Sequence[BarRow], width: int, *, most: int = 24) -> list[Line]:
    """A line per row; the longest value has the longest bar, at most `most` cells."""
    label = max([cell_len(row.label) for row in rows], default=0) + 2
    number = max([len(row.number) for row in rows], default=0) + 1
    notes = max([len(row.notes) for row in rows], default=0)
    cells = max(min(width - label - number - (notes + 2 if notes else 0), most), 0)
    full = max([row.value or 0 for row in rows], default=0)
    painted = []
    for row in rows:
        drawn = bar(row.value or 0, full, cells)
        tail = f"{drawn} {row.number}" if drawn else row.number
        painted.append(
            line(
                padded(row.label, label),
                (drawn, Role.TEXT),
                (f"{tail:<{cells + number}}"[len(drawn) :], Role.TEXT if row.value else Role.MUTED),
                (f"  {row.notes}" if row.notes else "", Role.MUTED),
            )
        )
    return painted


class Segment(NamedTuple):
    """A part of a whole: told by its glyph and by the count in the legend."""

    glyph: str
    number: int
    label: str
    role: Role = Role.TEXT


def segment_bar(segments: Sequence[Segment], cells: int) -> Line:
    """Segments end to end over `cells` cells, each that is not empty with a cell if there is room."""
    total = sum(segment.number for segment in segments)
    if total <= 0 or cells <= 0:
        return Line()
    spans = []
    so_far = done = 0
    waiting = sum(segment.number > 0 for segment in segments)
    for segment in segments:
        so_far += segment.number
        waiting -= segment.number > 0
        end = min(round(so_far / total * cells), cells - waiting)
        end = min(max(end, done + (segment.number > 0)), cells)
        spans.append(Span(segment.glyph * (end - done), segment.role))
        done = end
    return line(*spans)


def segment_legend(segments: Sequence[Segment]) -> Line:
    """What the glyphs mean, with the counts."""
    spans: list[Span] = []
    for segment in segments:
        spans += [
            Span("   " if spans else "", Role.MUTED),
            Span(segment.glyph, segment.role),
            Span(f" {segment.number} {segment.label}", Role.MUTED),
        ]
    return line(*spans)


def columns(values: Sequence[float], cells: int) -> str:
    """One block glyph a value, the last `cells` of them, `·` for none."""
    shown = values[-cells:] if cells > 0 else ()
    full = max(shown, default=0)
    return "".join(level(value, full) for value in shown)


def level(value: float, full: float) -> str:
    """One of eight heights for a share of `full`; `·` for nothing."""
    if value <= 0 or full <= 0:
        return "·"
    return LEVELS[min(max(int(value / full * len(LEVELS) + 0.5), 1), len(LEVELS)) - 1]
