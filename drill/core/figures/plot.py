"""What drill can draw: curves, points, bars, steps, bands, estimates with intervals, marks and labels.

A `Plot` is written by an author or made from a shorthand; a `Drawing` is plots side by side and below each
other, as the twelve leads of an ECG.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from drill.core.figures.declared import BIGGEST, Problem, flag, number, numbers, record, records, text, word
from drill.core.frozen import dataclass

MAX_POINTS = 20_000
"""Points of all series of a plot together."""


class Style(StrEnum):
    """How the values of a series are joined."""

    LINE = "line"
    POINTS = "points"
    STEPS = "steps"
    """Level until the next x, as a survival curve."""
    BARS = "bars"
    """A bar from 0, or from the lower end of the axis, at each x."""


class Shape(StrEnum):
    """The mark of a point."""

    DOT = "dot"
    CIRCLE = "circle"
    CROSS = "cross"
    SQUARE = "square"
    LEFT = "left"
    """An angle open to the right: <."""
    RIGHT = "right"
    """An angle open to the left: >."""
    TICK = "tick"
    """A small upright cross, as for someone lost to follow-up."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis and the values at its ends."""

    label: str = text("what it measures")
    low: float = number("value at the left or lower end", -BIGGEST, BIGGEST)
    high: float = number("value at the right or upper end", -BIGGEST, BIGGEST)
    unit: str | None = text("unit of the values", None)
    log: bool = flag("equal ratios take equal room")
    downward: bool = flag("the low end is at the top, as in an audiogram")
    ticks: tuple[float, ...] = numbers("values named along the axis; left out, round ones are chosen")
    names: str | None = text("names of the ticks, separated by semicolons", None, 2000)

    def problems(self) -> Iterator[Problem]:
        """Ends in order, logarithms above 0, ticks inside."""
        if self.low >= self.high:
            yield Problem("high", "high must be above low.", "Exchange them, or set downward: true.")
        elif self.log and self.low <= 0:
            yield Problem("low", "On a logarithmic axis low must be above 0.")
        if any(not self.low <= tick <= self.high for tick in self.ticks):
            yield Problem("ticks", "A tick lies outside the axis.")
        if self.names is not None and len(self.tick_names) != len(self.ticks):
            yield Problem("names", f"There are {len(self.tick_names)} names for {len(self.ticks)} ticks.")

    @property
    def tick_names(self) -> tuple[str, ...]:
        """The names of the ticks; empty when the numbers name themselves."""
        return tuple(each.strip() for each in self.names.split(";")) if self.names else ()

    @property
    def words(self) -> str:
        """Label and unit, e.g. "Time (s)"."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Series:
    """Values along x: `x` and `y` belong together one to one."""

    x: tuple[float, ...] = numbers("positions along the x axis", least=1)
    y: tuple[float, ...] = numbers("the values there", least=1)
    name: str | None = text("name in the legend", None)
    style: Style = word("how the values are joined", Style, Style.LINE)
    shape: Shape = word("mark of each point, for style: points", Shape, Shape.DOT)
    faint: bool = flag("drawn in the background, e.g. predicted values")

    def problems(self) -> Iterator[Problem]:
        """As many x as y; lines run to the right."""
        if len(self.x) != len(self.y):
            yield Problem("y", f"x has {len(self.x):,} numbers and y has {len(self.y):,}.")


@dataclass(frozen=True, slots=True)
class Band:
    """A range around values, as a confidence band or a normal range."""

    x: tuple[float, ...] = numbers("positions along the x axis, growing", least=2)
    low: tuple[float, ...] = numbers("lower edge there", least=2)
    high: tuple[float, ...] = numbers("upper edge there", least=2)
    name: str | None = text("name in the legend", None)

    def problems(self) -> Iterator[Problem]:
        """As many of each, in order."""
        if not len(self.x) == len(self.low) == len(self.high):
            yield Problem("x", "x, low and high must hold as many numbers.")
        elif any(low > high for low, high in zip(self.low, self.high, strict=True)):
            yield Problem("low", "The lower edge is above the upper edge.")
        if list(self.x) != sorted(self.x):
            yield Problem("x", "The positions of a band must grow.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line across the plot at one value, as a cut-off."""

    x: float | None = number("an upright line at this x", -BIGGEST, BIGGEST, None)
    y: float | None = number("a level line at this y", -BIGGEST, BIGGEST, None)
    text: str | None = text("what it says", None)

    def problems(self) -> Iterator[Problem]:
        """One of x and y."""
        if (self.x is None) == (self.y is None):
            yield Problem("x", "A mark has an x or a y, and not both.")


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place in the plot."""

    x: float = number("where they start, on the x axis", -BIGGEST, BIGGEST)
    y: float = number("where they stand, on the y axis", -BIGGEST, BIGGEST)
    text: str = text("the words")

    def problems(self) -> Iterator[Problem]:
        """None: a label outside the axes is held at their ends."""
        return iter(())


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its interval on a row of its own, as in a forest plot."""

    name: str = text("what the row is about")
    value: float = number("the estimate", -BIGGEST, BIGGEST)
    low: float = number("lower end of its interval", -BIGGEST, BIGGEST)
    high: float = number("upper end of its interval", -BIGGEST, BIGGEST)
    weight: float | None = number("weight in percent", 0, 100, None)
    pooled: bool = flag("drawn as a diamond: the summary of the rows above")

    def problems(self) -> Iterator[Problem]:
        """The estimate lies in its interval."""
        if not self.low <= self.value <= self.high:
            yield Problem("value", "The value must lie from low to high.")


def estimate_texts(rows: Sequence[Estimate]) -> list[str]:
    """Each row's value and interval: `0.80 (0.65 to 0.98)`.

    All have as many decimals as the finest number needs.
    """
    numbers = [number for each in rows for number in (each.value, each.low, each.high)]
    texts = [f"{number:.6g}" for number in numbers]
    if not any("e" in text for text in texts):
        places = max((len(text.partition(".")[2]) for text in texts), default=0)
        texts = [f"{number:.{places}f}" for number in numbers]
    return [f"{value} ({low} to {high})" for value, low, high in zip(*[iter(texts)] * 3, strict=True)]


@dataclass(frozen=True, slots=True)
class Plot:
    """Axes and what is drawn on them."""

    x: Axis = record("the axis along the bottom", Axis)
    y: Axis | None = record("the axis at the left; left out only with estimates", Axis, None)
    series: tuple[Series, ...] = records("lines, points, steps or bars", Series)
    bands: tuple[Band, ...] = records("ranges drawn behind the series", Band)
    estimates: tuple[Estimate, ...] = records("rows of a forest plot, instead of a y axis", Estimate)
    marks: tuple[Mark, ...] = records("lines across the plot", Mark)
    labels: tuple[Label, ...] = records("words in the plot", Label)
    grid: bool = flag("lines at the ticks of both axes")

    def problems(self) -> Iterator[Problem]:
        """Something to draw, on axes that fit."""
        if not (self.series or self.bands or self.estimates):
            yield Problem("series", "The plot is empty.", "Give it series, bands or estimates.")
        if self.estimates and (self.y is not None or self.series or self.bands):
            yield Problem("estimates", "A plot has estimates, or a y axis with series and bands.")
        if not self.estimates and self.y is None:
            yield Problem("y", "The plot has no y axis.", "Write y: with label, low and high.")
        points = sum(len(each.x) for each in self.series) + sum(len(each.x) for each in self.bands)
        if points > MAX_POINTS:
            yield Problem("series", f"The plot holds more than {MAX_POINTS:,} points.", "Leave some out.")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Plots in rows, made from one figure."""

    rows: tuple[tuple[Plot, ...], ...]
    note: str = ""
    """What holds for all of it, e.g. paper speed and gain."""
    titles: tuple[tuple[str, ...], ...] = ()
    """A short name for each plot, as a lead; empty where there are none."""
    paper: Paper | None = None
    """The squares of a tracing, drawn behind it."""
    heights: tuple[float, ...] = ()
    """Height of each row against the others; equal when empty."""
    numbers: tuple[tuple[str, str], ...] = ()
    """What was claimed, as (name, value): told as a table where a picture cannot be shown."""

    def title(self, row: int, column: int) -> str:
        """The short name of a plot, or nothing."""
        return self.titles[row][column] if self.titles else ""


@dataclass(frozen=True, slots=True)
class Paper:
    """The large squares of tracing paper, in units of the axes."""

    x: float
    y: float
