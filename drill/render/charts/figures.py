"""The pictures of a report as data: what is drawn, in which scale, with which words beside it.

A figure is drawn twice, in cells (`in_cells`) and on the page (`in_html` and the script in drill/assets). All
that is computed or worded is computed and worded here or by its maker, so that both show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple

from drill.analytics.intervals import Estimate
from drill.analytics.results import Band, LinePoint, Point
from drill.render.numbers import ends_text, in_brackets, share, whole
from drill.render.text import count_text


class Tick(NamedTuple):
    """Words under an axis at a value."""

    value: float
    text: str


class Shape(StrEnum):
    """What an entry of a legend shows; the words are classes of the page's stylesheet."""

    DOT = "dot"
    SMALL = "small"
    RING = "ring"
    WHISKER = "whisker"
    LINE = "line"
    BAND = "band"
    RULE = "rule"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    NONE = "none"


class Key(NamedTuple):
    """An entry of a legend."""

    shape: Shape
    words: str


class Table(NamedTuple):
    """The figures behind a picture."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = (0,)
    """Columns that hold words, not numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A dot a block over time, hollow where the block does not count."""

    about: str
    """What the dots are: "Pace of each block in seconds per 120-word question"."""
    unit: str
    """Of a value, as the head of a column: "seconds"."""
    proportions: bool
    points: tuple[Point, ...]
    extent: tuple[float, float]
    """The least and the greatest value the axis must hold; whiskers may go beyond it."""
    axis_title: str = ""
    """Over the axis, where the page has room for it."""
    rule: Tick | None = None
    """A value to compare with."""
    band: Band | None = None
    """The level, while there is no verdict."""
    band_after: int | None = None
    """The block_index the band begins after; None: it spans the chart."""
    lines: tuple[tuple[LinePoint, ...], ...] = ()
    """Fitted lines, with a verdict only."""
    found: tuple[tuple[int, str], ...] = ()
    """(block_index, words) of each verdict reached before."""

    def value_text(self, value: float) -> str:
        """A value without its unit."""
        return share(value) if self.proportions else str(whole(value))

    def interval_of(self, estimate: Estimate) -> str:
        """Its interval."""
        return ends_text(estimate, (lambda end: whole(end * 100)) if self.proportions else whole)

    def reading(self, point: Point) -> str:
        """What a dot stands for: "70 s (61-79), 19 questions, not in trends"."""
        if point.estimate is None:
            return ""
        value = f"{self.value_text(point.estimate.value)}{'' if self.proportions else ' s'}"
        interval = in_brackets(self.interval_of(point.estimate))
        counts = "counts" if point.eligible else "not in trends"
        return f"{value}{interval}, {count_text(point.n, 'question')}, {counts}"

    def keys(self, *, whiskers: bool) -> list[Key]:
        """What is drawn; hollow dots are always explained."""
        keys = [Key(Shape.DOT, "counts"), Key(Shape.RING, "not in trends")]
        if whiskers:
            keys.append(Key(Shape.WHISKER, "one standard error"))
        if self.lines:
            keys.append(Key(Shape.LINE, "fitted trend"))
        if self.band is not None:
            keys.append(Key(Shape.BAND, "level so far"))
        if self.rule is not None:
            keys.append(Key(Shape.RULE, self.rule.text))
        return keys


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


class Column(NamedTuple):
    """One block."""

    x: int
    """block_index"""
    value: float
    texts: tuple[str, ...]
    """The value in words, and what else the table tells."""
    hollow: bool = False
    """The block does not count."""
    below: str = ""
    """Under the line."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in a table."""
        return (str(self.x), *self.texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """A column a block."""

    about: str
    """ "Time sinks of each block"."""
    heads: tuple[str, ...]
    rows: tuple[Column, ...]
    keys: tuple[Key, ...]
    top: str
    """The greatest value in words."""
    on_page_only: bool = False
    """There is no room for it in cells."""


class Bar(NamedTuple):
    """A bar of one part, or of two end to end."""

    label: str
    parts: tuple[float, ...]
    numbers: tuple[str, ...]
    """The first stands at the bar's end."""

    @property
    def cells(self) -> tuple[str, ...]:
        """The row in a table."""
        return (" ".join(self.label.split()), *self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar a row, from zero."""

    about: str
    heads: tuple[str, ...]
    rows: tuple[Bar, ...]
    keys: tuple[Key, ...] = ()
    most: int = 16
    """Cells the longest bar takes at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """One bar of three parts that make a whole."""

    about: str
    parts: tuple[tuple[int, str], ...]
    """(count, what it is)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """A table of counts, shaded; rows and columns have the same names."""

    about: str
    corner: str
    counts: Mapping[str, Mapping[str, int]]
    """counts[row][column]; absent pairs are zero."""
    names: Mapping[str, tuple[str, str]]
    """Long and short name of each row and column, in order."""


class Rung(NamedTuple):
    """A target of the ladder."""

    mark: str
    text: str
    """ "95 s"."""
    word: str
    """ "passed", "here"."""
    blocks: str
    """ "7 blocks, met in 5"."""
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Targets from the slowest down, and the evidence for the next move on a scale of ratios."""

    about: str
    rungs: tuple[Rung, ...]
    evidence: float | None
    """None: no move hangs on it."""
    evidence_text: str
    ease: Tick
    tighten: Tick
    blocks_here: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Questions to go and see."""

    rows: tuple[tuple[int, int, str], ...]
    """(block_index, position, name)"""


Drawn = Trend | Forest | Dots | Strip | Columns | Bars | Segments | Ladder
"""What the script of the page draws."""
Figure = Drawn | Heat | Listing
