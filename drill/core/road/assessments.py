"""Self-assessments and other work outside drill: kept as printed, judged only where an error is published.

Families have scales of their own. Nothing is converted, averaged over families or made a forecast.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from math import sqrt

from drill.core.frozen import dataclass
from drill.core.road.calendar import Calendar, RuleId

CONFIDENCE_95 = 1.96
"""Standard errors that hold 95 % of a normal spread."""


class Family(StrEnum):
    """Whose assessment it is; a family has one scale."""

    CCSSA = "ccssa"
    FREE_120 = "free120"
    UWSA = "uwsa"
    AMBOSS = "amboss"
    SCHOOL = "school"


FAMILY_NAMES = {
    Family.CCSSA: "NBME CCSSA",
    Family.FREE_120: "Free 120",
    Family.UWSA: "UWSA",
    Family.AMBOSS: "AMBOSS",
    Family.SCHOOL: "School exam",
}


class Pacing(StrEnum):
    """How the clock ran."""

    PACED = "paced"
    """With the limits of the examination."""
    SELF_PACED = "self-paced"


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessment, as its report was printed."""

    day: date
    family: Family
    form: str
    """ "14", "2"; empty where a family has one form."""
    total: str
    """As printed: "221", "68%"."""
    printed_range: str
    """The likely range, verbatim; empty when none was printed."""
    printed_pass: str
    """The probability of passing, verbatim; empty when none was printed."""
    pacing: Pacing
    seen_before: bool

    @property
    def points(self) -> float | None:
        """The total as a number on its family's own scale; None when it is none."""
        try:
            return float(self.total.strip().removesuffix("%"))
        except ValueError:
            return None

    @property
    def name(self) -> str:
        """ "NBME CCSSA 14"."""
        return f"{FAMILY_NAMES[self.family]} {self.form}".rstrip()

    @property
    def doubts(self) -> tuple[str, ...]:
        """What makes its total less reliable, in the words of the reports."""
        said = ("self-paced",) if self.pacing is Pacing.SELF_PACED else ()
        return said + (("seen before",) if self.seen_before else ())


@dataclass(frozen=True, slots=True)
class Band:
    """Totals around the pass mark that are not clear of it at 95 %."""

    pass_mark: float
    error: float
    """Standard error of one total."""

    @property
    def half_width(self) -> float:
        """1.96 standard errors."""
        return CONFIDENCE_95 * self.error

    @property
    def low(self) -> float:
        """The band's lower end."""
        return self.pass_mark - self.half_width

    @property
    def high(self) -> float:
        """The band's upper end."""
        return self.pass_mark + self.half_width


def error_of(family: Family, calendar: Calendar) -> float | None:
    """The standard error of a total of this family; None where none is published."""
    return float(calendar.rule(RuleId.CCSSA_ERROR).value) if family is Family.CCSSA else None


def band_of(family: Family, calendar: Calendar) -> Band | None:
    """The band at the pass mark; None for a family without a published error."""
    error = error_of(family, calendar)
    return None if error is None else Band(calendar.rule(RuleId.PASS_MARK).value, error)


@dataclass(frozen=True, slots=True)
class Apart:
    """Two totals of one family."""

    points: float
    """The later minus the earlier."""
    least: float | None
    """Points apart at which it would not be within noise; None: no error is published."""

    @property
    def within_noise(self) -> bool | None:
        """Whether chance alone sets two totals this far apart; None: drill cannot say."""
        return None if self.least is None else abs(self.points) < self.least


def apart(earlier: Assessment, later: Assessment, calendar: Calendar) -> Apart | None:
    """How two assessments differ; None for different families, or totals that are no numbers.

    Two totals with a standard error of 8 differ by chance with one of 8 sqrt(2) = 11.3: 22 points at 95 %.
    """
    if earlier.family is not later.family or earlier.points is None or later.points is None:
        return None
    error = error_of(earlier.family, calendar)
    least = None if error is None else float(round(CONFIDENCE_95 * sqrt(2) * error))
    return Apart(later.points - earlier.points, least)


def apart_text(found: Apart) -> str:
    """ "apart by 9: within noise; 22 would not be"."""
    points = f"{abs(found.points):g}"
    match found.within_noise:
        case None:
            return f"apart by {points}: no standard error is published, so drill does not judge"
        case True:
            return f"apart by {points}: within noise; {found.least:g} would not be"
        case False:
            return f"apart by {points}: more than noise ({found.least:g} or more)"


def by_family(assessments: Iterable[Assessment]) -> dict[Family, tuple[Assessment, ...]]:
    """Assessments of each family that has any, oldest first."""
    ordered = sorted(assessments, key=lambda one: (one.day, one.form))
    kept = {family: tuple(one for one in ordered if one.family is family) for family in Family}
    return {family: found for family, found in kept.items() if found}


@dataclass(frozen=True, slots=True)
class OutsideWork:
    """Questions done elsewhere: they stand beside drill's trends, never in them."""

    id: str
    day: date
    source: str
    """ "UWorld"."""
    questions: int
    right: int | None
    minutes: int | None
    finished: bool
    """Whether the block was finished in its time."""
