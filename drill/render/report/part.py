"""A part of a report as data, and a report as its parts with where they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Generic, NamedTuple, TypeVar

from drill.analytics.results import Metric
from drill.analytics.scope import Scope
from drill.core.frozen import dataclass
from drill.render.charts.bars import Bars, Columns, Segments
from drill.render.charts.figures import Listing
from drill.render.charts.forest import Forest
from drill.render.charts.heat import Heat
from drill.render.charts.ladder import Ladder
from drill.render.charts.strips import Dots, Strip
from drill.render.charts.trend import Trend
from drill.render.report.words import not_enough

Drawn = Trend | Forest | Dots | Strip | Columns | Bars | Segments | Ladder
"""What the script of the page draws."""
Figure = Drawn | Heat | Listing
R = TypeVar("R")
"""The report a part is made from."""


class Weight(Enum):
    """How much a statement is dwelt on."""

    LEAD = "lead"
    """The first of its report."""
    PLAIN = "plain"
    QUIET = "quiet"


class Statement(NamedTuple):
    """A sentence above a report: what is found, and the figures it rests on."""

    head: str
    rest: str
    weight: Weight


class Waiting(NamedTuple):
    """A metric below its minimum."""

    title: str
    metric: Metric
    noun: str
    """What its minimum counts: "questions", "of each"."""

    @property
    def why(self) -> str:
        """How far it is."""
        return not_enough(self.metric, self.noun)


def waits(title: str, metric: Metric, noun: str) -> tuple[Waiting, ...]:
    """A metric that is listed while it is below its minimum."""
    return () if metric.shown else (Waiting(title, metric, noun),)


class Opening(NamedTuple):
    """One of the three lines a report opens with."""

    label: str
    """The question it answers: "Will you finish?"."""
    text: str
    command: str = ""
    """What of the text is a command, which stands there between backticks; empty: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one metric comes to, or a few that belong together. Closed it is its head and `said`."""

    head: str = ""
    """Empty: nothing is shown yet."""
    said: str = ""
    """What it means for the learner, with the number, its interval and n."""
    notes: tuple[str, ...] = ()
    """Sentences above the pictures."""
    figures: tuple[Figure, ...] = ()
    captions: tuple[str, ...] = ()
    """How it is to be taken: one names the main confound."""
    computed: str = ""
    """How it was computed this time: goes before the explanation, behind the same fold."""
    explains: str | None = None
    """The metric whose explanation goes with it; None: it is no metric."""
    waiting: tuple[Waiting, ...] = ()
    """Metrics below their minimum."""
    flush: bool = False
    """In cells the pictures need the whole width."""


class Entry(NamedTuple, Generic[R]):
    """A part in the list of its report."""

    name: str
    """As the last row of a window names what lies below: "finish", "time sinks"."""
    make: Callable[[R], Part | None]
    """None: there is nothing to tell, nor anything to wait for."""
    metrics: tuple[str, ...]
    """The metrics it tells, by their names in the JSON."""


class Abreast(NamedTuple):
    """Names of parts in two columns of the page, or in one over the whole width."""

    left: tuple[str, ...]
    right: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A report ready to be drawn."""

    identity: str
    """ "pacing", "next-step"."""
    opening: tuple[Opening, ...] = ()
    statements: tuple[Statement, ...]
    """The verdict of the trend; the part named by `chart` draws it."""
    chart: str
    parts: Mapping[str, Part]
    """In the order of a window; the chart's is the first."""
    page: tuple[Abreast, ...] = ()
    """How they stand on the page; others are not on it."""
    scope: Scope

    @property
    def waiting(self) -> list[Waiting]:
        """Metrics below their minimum; none where no block counts yet, of which the statements tell."""
        return (
            [waiting for part in self.parts.values() for waiting in part.waiting] if self.scope.blocks else []
        )
