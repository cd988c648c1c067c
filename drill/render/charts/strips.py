"""Dots along one axis: stacked quantile dots, marks beside a rule, and evidence on a log scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from drill.render.charts.scales import Grid, Scale, centred_label
from drill.render.lines import Line, Role


def dot_strip(values: Sequence[float], scale: Scale, *, rule: float | None, most: int = 4) -> list[Line]:
    """Dots stacked upward from the last row, at most `most` high; the rule stands between columns of dots.

    A rule takes a column of its own, so dots of later columns move one cell right.
    """
    stacks: dict[int, int] = {}
    at_rule = scale.cell(rule) if rule is not None else None
    for value in values:
        column = scale.cell(value)
        if at_rule is not None and rule is not None and column >= at_rule:
            column = max(column, at_rule) + (1 if value > rule else -1 if column == at_rule else 0)
        stacks[column] = stacks.get(column, 0) + 1
    height = min(max([1, *stacks.values()]), max(most, 1))
    grid = Grid(scale.cells + 1, height)
    if at_rule is not None:
        for row in range(height):
            grid.put(at_rule, row, "│", Role.TEXT)
    for column, count in stacks.items():
        for dot in range(min(count, height)):
            grid.put(max(column, 0), height - 1 - dot, "●", Role.ACCENT)
    return grid.lines()


class Mark(NamedTuple):
    """A glyph at a value."""

    value: float
    glyph: str
    role: Role


def mark_strip(marks: Sequence[Mark], scale: Scale, *, rule: float | None = None) -> Line:
    """One row of marks over the rule; later marks cover earlier ones."""
    grid = Grid(scale.cells, 1)
    if rule is not None:
        grid.put(scale.cell(rule), 0, "│", Role.MUTED)
    for mark in marks:
        grid.put(scale.cell(mark.value), 0, mark.glyph, mark.role)
    return grid.lines()[0]


def evidence_bar(bf: float, low: float, high: float, cells: int) -> list[Line]:
    """Evidence between `low` (ease) and `high` (tighten) on a log scale, filled from 1; two rows.

    bf beyond the ends is held at them: the number stands in the text.
    """
    ease, tighten = "ease ", " tighten"
    room = max(cells - len(ease) - len(tighten), 0)
    if room < 9:
        return []
    scale = Scale(low, high, room, log=True)
    grid = Grid(cells, 2)
    left = len(ease)
    even, here = scale.cell(1.0), scale.cell(max(bf, low))
    grid.put(0, 0, ease, Role.MUTED)
    grid.put(left, 0, "─" * room, Role.HAIR)
    start, end = min(even, here), max(even, here)
    grid.put(left + start, 0, "━" * (end - start + 1), Role.STRONG)
    for column, glyph in ((0, "│"), (even, "┼"), (room - 1, "│")):
        grid.put(left + column, 0, glyph, Role.MUTED)
    grid.put(left + here, 0, "●", Role.ACCENT)
    grid.put(left + room, 0, tighten, Role.MUTED)
    for column, text in ((0, "1/6"), (even, "1"), (room - 1, "6")):
        centred_label(grid, left + column, 1, text, Role.MUTED)
    return grid.lines()
