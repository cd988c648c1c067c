"""Estimates with their intervals, one a row, over one scale, and a rule to compare them with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len

from drill.analytics.intervals import Estimate
from drill.core.frozen import dataclass
from drill.render.charts.figures import Tick
from drill.render.charts.scales import Grid, Label, Scale, axis_labels, padded
from drill.render.lines import BLANK, Line, Role, Span, line
from drill.render.numbers import whole


class ForestRow(NamedTuple):
    """One estimate with its interval."""

    label: str
    estimate: Estimate | None
    numbers: tuple[str, ...]
    """At the right: the value, its interval, the count; where there is no estimate, why."""
    nested: bool = False
    """A part of the row above."""
    dim: bool = False
    """Rests on few questions."""
    mark: str = ""
    """A word of its own: "weaker"."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in a table."""
        label = f"{self.label} · {self.mark}" if self.mark else self.label
        return (
            (label, *self.numbers) if self.estimate is not None else (label, "not shown", "", *self.numbers)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Estimates with their intervals over one scale of proportions, and perhaps the difference of two."""

    about: str
    """ "Right, 95% interval"."""
    rows: tuple[ForestRow, ...]
    heads: ClassVar[tuple[str, ...]] = ("", "right", "interval", "n")
    low: float
    """Where the scale begins; it ends at 1."""
    ticks: tuple[Tick, ...]
    title: str = ""
    """A line above the picture."""
    rule: float | None = None
    """A value to compare with."""
    difference: ForestRow | None = None
    """Drawn over a scale of its own, from -edge to edge."""
    edge: float = 1.0
    most: int = 40
    """Cells the plot takes at most."""

    @property
    def difference_ticks(self) -> tuple[Tick, Tick, Tick]:
        """The ends and the middle of the difference's scale."""
        points = whole(self.edge * 100)
        return Tick(-self.edge, f"-{points}"), Tick(0, "same"), Tick(self.edge, f"+{points}")


class Layout(NamedTuple):
    """Columns of label, plot and numbers."""

    label: int
    plot: int
    gap: int = 3

    @classmethod
    def of(cls, rows: Sequence[ForestRow], width: int, *, most: int = 58) -> Layout:
        """Room for the longest label and numbers, and the rest for the plot, at most `most` cells.

        Where the plot would have under 8 cells, labels are cut.
        """
        label = max([cell_len(_label(row)) for row in rows], default=0) + 2
        numbers = max([sum(cell_len(span.text) for span in _numbers(row)) for row in rows], default=0)
        gap = 3 if width >= 60 else 2
        room = width - numbers - gap
        if room - label < 8:
            label = max(min(label, room - 8), 0)
        return cls(label, max(min(room - label, most), 0), gap)


def forest(figure: Forest, width: int, gap: int = 0) -> list[Line]:
    """A line per row and one of ticks; then, `gap` rows below, the difference over its own scale."""
    tail = figure.difference
    layout = Layout.of([*figure.rows, *([tail] if tail is not None else [])], width, most=figure.most)
    ticks = _labels(figure.ticks)
    if len(ticks) > 3 and layout.plot < 8 * len(ticks):
        ticks = [ticks[0], ticks[-1]] if layout.plot >= 12 else []
    painted = forest_lines(figure.rows, layout, Scale(figure.low, 1, layout.plot), figure.rule, ticks)
    if tail is None:
        return painted
    ends = _labels(figure.difference_ticks) if tail.estimate is not None and layout.plot >= 12 else []
    below = forest_lines([tail], layout, Scale(-figure.edge, figure.edge, layout.plot), 0, ends)
    return [*painted, *[BLANK] * gap, *below]


def _labels(ticks: Sequence[Tick]) -> list[Label]:
    return [Label(tick.value, tick.text) for tick in ticks]


def forest_lines(
    rows: Sequence[ForestRow], layout: Layout, scale: Scale, rule: float | None, ticks: Sequence[Label] = ()
) -> list[Line]:
    """A line per row, and one of ticks if there are any."""
    painted = [
        line(
            (padded(_label(row), layout.label), Role.FAINT if row.dim else Role.TEXT),
            *forest_row(row, scale, rule),
            " " * layout.gap,
            *_numbers(row),
        )
        for row in rows
    ]
    if ticks and layout.plot > 0:
        painted.append(axis_labels(ticks, scale, left=layout.label))
    return painted


def _label(row: ForestRow) -> str:
    return f"  {row.label}" if row.nested else row.label


def _numbers(row: ForestRow) -> tuple[Span, ...]:
    """The value in bold, its interval and count; of a difference the interval alone."""
    if row.estimate is None:
        return ()
    value, interval, *raw = row.numbers
    mark = Span(f"  {row.mark}" if row.mark else "")
    if raw:
        return Span(f"{value:>4}", Role.STRONG), Span(f"  {interval:<7}{raw[0]}", Role.MUTED), mark
    return Span(f"{value:>3}", Role.STRONG), Span(f"  {interval}" if interval else "", Role.MUTED), mark


def forest_row(row: ForestRow, scale: Scale, rule: float | None = None) -> tuple[Span, ...]:
    """Exactly `scale.cells` cells: `├───●──┤`, with the rule `│` or, where the interval crosses it, `┼`."""
    grid = Grid(scale.cells, 1)
    grid.put(0, 0, " " * scale.cells)
    if row.estimate is None:
        grid.put(0, 0, row.numbers[0], Role.MUTED)
    else:
        _interval(grid, row.estimate, scale, dim=row.dim)
    if rule is not None and (row.estimate is not None or not row.numbers[0]):
        at = (scale.cell(rule), 0)
        under = grid.cells.get(at, (" ", Role.TEXT))[0]
        crossed = {"─": "┼", " ": "│"}.get(under)
        if crossed is not None:
            grid.put(*at, crossed, Role.MUTED if under == "─" else Role.HAIR)
    painted = grid.lines()[0]
    missing = scale.cells - len(painted.text)
    return (*painted.spans, Span(" " * max(missing, 0)))


def _interval(grid: Grid, estimate: Estimate, scale: Scale, *, dim: bool) -> None:
    if estimate.low is not None and estimate.high is not None:
        left, right = scale.cell(estimate.low), scale.cell(estimate.high)
        whisker = Role.FAINT if dim else Role.MUTED
        grid.put(left, 0, "─" * (right - left + 1), whisker)
        grid.put(left, 0, "├", whisker)
        grid.put(right, 0, "┤", whisker)
    grid.put(scale.cell(estimate.value), 0, "●", Role.FAINT if dim else Role.ACCENT)
