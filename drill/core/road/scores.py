"""A score report as it was printed. Levels of content areas stay words: they are never made numbers."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from drill.core.frozen import dataclass
from drill.core.road.calendar import Calendar, RuleId

TOTALS = (1, 300)
"""The scale of the examination."""


class Axis(StrEnum):
    """The three ways in which a report divides the questions."""

    SYSTEM = "system"
    TASK = "task"
    DISCIPLINE = "discipline"


class Level(StrEnum):
    """How a printed level reads."""

    LOWER = "lower"
    SAME = "same"
    HIGHER = "higher"


class RelativeTo(StrEnum):
    """What the levels of a report compare an area with."""

    OWN = "own"
    """The learner's own result over all areas."""
    PASSING = "passing"
    GROUP = "group"
    """The comparison group of the report."""


@dataclass(frozen=True, slots=True)
class Area:
    """A content area and its level."""

    axis: Axis
    name: str
    level: Level | None
    """How the word reads; None: it reads as none of the three."""
    printed: str
    """The level's word exactly as printed."""


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """What came back after an attempt."""

    day: date
    """When the test was taken."""
    total: int
    pass_mark: int
    """As it was then."""
    relative_to: RelativeTo | None = None
    """What the levels compare with; None where there are none."""
    areas: tuple[Area, ...] = ()

    def lower(self) -> tuple[Area, ...]:
        """The areas whose level reads as lower, in the report's order. They are not ranked."""
        return tuple(area for area in self.areas if area.level is Level.LOWER)


@dataclass(frozen=True, slots=True)
class Margin:
    """How far a total is from the pass mark."""

    points: int
    """Negative below it."""
    errors: float
    """The same in standard errors of measurement; never negative."""


def margin(report: ScoreReport, calendar: Calendar) -> Margin:
    """Points over the pass mark, and how many standard errors of measurement that is."""
    points = report.total - report.pass_mark
    return Margin(points, abs(points) / calendar.rule(RuleId.SCORE_ERROR).value)


def margin_text(found: Margin) -> str:
    """ "9 below: 1.5 standard errors"."""
    if not found.points:
        return "at the pass mark"
    errors = f"{found.errors:.1f}".removesuffix(".0")
    side = "below" if found.points < 0 else "above"
    return f"{abs(found.points)} {side}: {errors} standard error{'' if errors == '1' else 's'}"


def reading(printed: str) -> Level | None:
    """How a printed word reads: "Lower performance" is lower, "About the same" is same."""
    word = printed.casefold()
    found = [level for level, signs in _SIGNS.items() if any(sign in word for sign in signs)]
    return found[0] if len(found) == 1 else None


_SIGNS = {
    Level.LOWER: ("lower", "below", "weaker"),
    Level.SAME: ("same", "similar", "average", "borderline"),
    Level.HIGHER: ("higher", "above", "stronger"),
}
