"""Dots along one axis: stacked quantile dots, marks beside a rule, and evidence on a log scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from drill.core.frozen import dataclass
from drill.render.charts.figures import Key, Table, Tick
from drill.render.charts.scales import Grid, Label, Scale, axis_labels, padded
from drill.render.figure.raster import ACROSS, DOWN, Raster
from drill.render.lines import Line, Role, line
from drill.render.prose import prose

_LABEL = 8


class Lane(NamedTuple):
    """Dots of one kind."""

    label: str
    values: tuple[float, ...]
    result: bool | None = None
    """They stand for right or for wrong answers; None: for neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Lanes of dots along one axis, about a rule."""

    about: str
    table: Table
    lanes: tuple[Lane, ...]
    low: Tick
    high: Tick
    rule: Tick
    sides: tuple[str, ...] = ()
    """What it means to lie left and right of the rule, where the page has room for it."""
    stacked: int | None = None
    """In cells equal dots stand on one another, at most so many; None: a lane is one row, with its count."""
    notes: tuple[str, ...] = ()
    """What a dot is."""


class StripRow(NamedTuple):
    """Marks of all blocks at one checkpoint."""

    label: str
    earlier: tuple[float, ...]
    last: float | None
    """That of the last block."""
    numbers: tuple[str, str]
    """Words for the last block, and how many lie below the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A row of marks a checkpoint, over a scale from -edge to edge about a rule at zero."""

    about: str
    table: Table
    rows: tuple[StripRow, ...]
    heads: tuple[str, str]
    """Over the numbers."""
    edge: float
    ends: tuple[str, str, str]
    """Words at -edge, at 0 and at edge."""
    short_ends: tuple[str, str, str]
    keys: tuple[Key, ...]


_TALL = 2
"""Dots of a cell that one value takes, above one another."""


def dot_strip(values: Sequence[float], scale: Scale, *, rule: float | None, most: int = 4) -> list[Line]:
    """Values stacked upward from the last row, two a cell side by side, at most `most` high.

    A rule takes a column of its own, so what lies beyond it moves one cell right.
    """
    fine = scale._replace(cells=ACROSS * scale.cells)
    at_rule = scale.cell(rule) if rule is not None else None
    stacks: dict[int, int] = {}
    for value in values:
        column = fine.cell(value)
        if at_rule is not None and rule is not None:
            start = ACROSS * at_rule
            column = max(column, start) + ACROSS if value > rule else min(column, start - 1)
        stacks[column] = stacks.get(column, 0) + 1
    height = -(-min(max([1, *stacks.values()]), max(most, 1)) * _TALL // DOWN)
    raster = Raster(scale.cells + 1, height)
    for column, count in stacks.items():
        for dot in range(min(count * _TALL, height * DOWN)):
            raster.dot(max(column, 0), height * DOWN - 1 - dot, Role.ACCENT)
    if at_rule is not None:
        for row in range(height):
            raster.text(at_rule, row, "│", Role.TEXT)
    return raster.lines()


Mark = tuple[float, str, Role]
"""A value, the glyph that stands at it, and its role."""


def mark_strip(marks: Sequence[Mark], scale: Scale, *, rule: float | None = None) -> Line:
    """One row of marks over the rule; later marks cover earlier ones."""
    grid = Grid(scale.cells, 1)
    if rule is not None:
        grid.put(scale.cell(rule), 0, "│", Role.MUTED)
    for value, glyph, role in marks:
        grid.put(scale.cell(value), 0, glyph, role)
    return grid.lines()[0]


def dots(figure: Dots, width: int) -> list[Line]:
    """Lanes over one axis; each dot on its own or the lane with its count."""
    label = _LABEL if any(lane.label for lane in figure.lanes) else 0
    counted = figure.stacked is None
    cells = min(width - label - 12, 40) if counted else min(width - label - 1, 44)
    scale = Scale(figure.low.value, figure.high.value, max(cells, 1))
    rows: list[Line] = []
    for lane in figure.lanes:
        if figure.stacked is None:
            rows.append(_counted_lane(lane, scale, figure.rule.value))
            continue
        stack = dot_strip(lane.values, scale, rule=figure.rule.value, most=figure.stacked)
        for number, drawn in enumerate(stack, 1):
            name = lane.label if number == len(stack) else ""
            rows.append(line((f"{name:<{label}}", Role.MUTED), *drawn.spans))
    if counted:
        labels = [Label(*figure.rule), Label(*figure.high)]
    else:
        labels = [Label(*figure.rule, Role.STRONG), Label(*figure.low), Label(*figure.high)]
    rows.append(line(" " * label, *axis_labels(labels, scale).spans))
    for note in figure.notes:
        rows += prose(width, (note, Role.MUTED))
    return rows


def _counted_lane(lane: Lane, scale: Scale, rule: float) -> Line:
    """One row of marks over the rule, and how many there are."""
    glyph, role = ("✓", Role.RIGHT) if lane.result else ("×", Role.WRONG)
    strip = mark_strip([(value, glyph, role) for value in lane.values], scale, rule=rule)
    fill = " " * (scale.cells - strip.width)
    count = f"{fill}  {len(lane.values) or 'none'}"
    return line((f"{lane.label:<{_LABEL}}", Role.MUTED), *strip.spans, (count, Role.MUTED))


def strip(figure: Strip, width: int) -> list[Line]:
    """A row a checkpoint, with what the last block was and how many lay below."""
    words, behind = 13, 6
    label = max([_LABEL, *(cell_len(row.label) + 2 for row in figure.rows)])
    cells = max(min(width - label - words - behind - 2, 41), 1)
    scale = Scale(-figure.edge, figure.edge, cells - (cells + 1) % 2 if cells > 1 else 1)
    heads = f"{'':{label + scale.cells + 2}}{figure.heads[0]:<{words}}{figure.heads[1]}"
    painted = [line((heads, Role.MUTED))]
    for row in figure.rows:
        marks = [(value, "·", Role.TEXT) for value in row.earlier]
        if row.last is not None:
            marks.append((row.last, "●", Role.ACCENT))
        drawn = mark_strip(marks, scale, rule=0)
        fill = " " * (scale.cells - drawn.width)
        said, count = row.numbers
        painted.append(
            line(
                (padded(row.label, label), Role.MUTED),
                *drawn.spans,
                f"{fill}  {said:<{words}}",
                (count, Role.MUTED),
            )
        )
    left, middle, right = figure.ends if scale.cells >= 30 else figure.short_ends
    labels = [Label(0, middle), Label(-figure.edge, left), Label(figure.edge, right)]
    painted.append(line(" " * label, *axis_labels(labels, scale).spans))
    last, earlier = (key.words for key in figure.keys)
    return [*painted, *prose(width, (f"● {last}   · {earlier}", Role.MUTED))]
