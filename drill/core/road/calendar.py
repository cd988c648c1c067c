"""Dates and rules that other people set, and how far each may be trusted.

A date is believed when somebody looked at its official page (`official`), or the learner did (`you`), within
the last 60 days. Any other is shown with "check" and the name of the page, and without a countdown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from drill.core.frozen import dataclass

STALE_AFTER_DAYS = 60
"""A date looked up longer ago than this is to be looked up again."""


class VerifiedBy(StrEnum):
    """Who looked a date or rule up."""

    OFFICIAL = "official"
    """Whoever wrote the file, on the official page."""
    SECONDARY = "secondary"
    """Read on another page than the official one."""
    YOU = "you"
    """The learner."""


class Whom(StrEnum):
    """Whom a date or rule is for."""

    US = "us"
    """Students and graduates of schools in the United States."""
    IMG = "img"
    """Graduates of schools elsewhere."""


class Kind(StrEnum):
    """What a date is."""

    DEADLINE = "deadline"
    """A score may have to be out by then, so that it has a latest test day."""
    EVENT = "event"
    """Any other date."""


class Unit(StrEnum):
    """What the number of a rule counts."""

    ATTEMPTS = "attempts"
    MONTHS = "months"
    DAYS = "days"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where something can be looked up, and who last did."""

    page: str
    """The name of the page, as shown: "NRMP, Main Residency Match calendar"."""
    source: str
    """Its address, or for the learner's own dates any words: "letter of the dean"."""
    verified_on: date
    verified_by: VerifiedBy

    def to_check(self, today: date) -> bool:
        """Whether it has to be looked up before it is relied on."""
        age = (today - self.verified_on).days
        return not 0 <= age <= STALE_AFTER_DAYS or self.verified_by is VerifiedBy.SECONDARY


@dataclass(frozen=True, slots=True)
class KeyDate:
    """A date somebody set."""

    id: str
    title: str
    day: date
    """The day where it was set: 3 March for a deadline at 21:00 Eastern time."""
    kind: Kind
    set_by: str
    """Who set it: NRMP, AAMC, my school."""
    whom: tuple[Whom, ...]
    origin: Origin
    at: str | None = None
    """The hour with its offset from UTC, "21:00-05:00"; None: the whole day."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A number that a rule of the examination sets."""

    id: str
    title: str
    value: int
    unit: Unit
    whom: tuple[Whom, ...]
    origin: Origin


class RuleId(StrEnum):
    """The rules that drill's arithmetic needs; a calendar has them all."""

    ATTEMPTS = "attempts-lifetime"
    IN_A_YEAR = "attempts-in-12-months"
    AFTER_FIRST = "fourth-after-first"
    AFTER_LAST = "fourth-after-last"
    SCORE_USUAL = "score-usual"
    SCORE_SAFE = "score-safe"
    PASS_MARK = "pass-mark"
    SCORE_ERROR = "score-error"
    CCSSA_ERROR = "ccssa-error"


UNITS = {
    RuleId.ATTEMPTS: Unit.ATTEMPTS,
    RuleId.IN_A_YEAR: Unit.ATTEMPTS,
    RuleId.AFTER_FIRST: Unit.MONTHS,
    RuleId.AFTER_LAST: Unit.MONTHS,
    RuleId.SCORE_USUAL: Unit.DAYS,
    RuleId.SCORE_SAFE: Unit.DAYS,
    RuleId.PASS_MARK: Unit.POINTS,
    RuleId.SCORE_ERROR: Unit.POINTS,
    RuleId.CCSSA_ERROR: Unit.POINTS,
}
"""What each of them counts."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """A season's dates, and the rules."""

    season: int
    """The year in which its positions start."""
    dates: tuple[KeyDate, ...]
    """By day."""
    rules: tuple[Rule, ...]
    season_ends: date
    """The last date of the season that shipped: after it the season is over, whatever the learner added."""

    def rule(self, name: RuleId) -> Rule:
        """One of the rules a calendar always has."""
        return next(rule for rule in self.rules if rule.id == name)

    def find(self, name: str) -> KeyDate | None:
        """The date with this id."""
        return next((found for found in self.dates if found.id == name), None)

    @property
    def deadlines(self) -> tuple[KeyDate, ...]:
        """The dates by which a score may have to be out."""
        return tuple(found for found in self.dates if found.kind is Kind.DEADLINE)

    def is_over(self, today: date) -> bool:
        """Whether the season's last date has passed."""
        return today > self.season_ends


def make_calendar(season: int, dates: Iterable[KeyDate], rules: Iterable[Rule]) -> Calendar:
    """A season as it ships. Raises ValueError without dates, or when a rule is missing."""
    ordered = tuple(sorted(dates, key=_by_day))
    kept = tuple(rules)
    if not ordered:
        raise ValueError("a season has dates")
    missing = sorted(set(RuleId) - {rule.id for rule in kept})
    if missing:
        raise ValueError(f"the calendar lacks the rules {', '.join(missing)}")
    return Calendar(season, ordered, kept, ordered[-1].day)


def overridden(shipped: Calendar, dates: Iterable[KeyDate], rules: Iterable[Rule]) -> Calendar:
    """The calendar with the learner's rows: they replace those of the same id, the others are added."""
    all_dates = {found.id: found for found in shipped.dates} | {found.id: found for found in dates}
    all_rules = {rule.id: rule for rule in shipped.rules} | {rule.id: rule for rule in rules}
    return replace(
        shipped, dates=tuple(sorted(all_dates.values(), key=_by_day)), rules=tuple(all_rules.values())
    )


def confirmed(found: KeyDate, today: date) -> KeyDate:
    """The date as the learner found it on its page today."""
    return replace(found, origin=replace(found.origin, verified_on=today, verified_by=VerifiedBy.YOU))


def _by_day(found: KeyDate) -> tuple[date, str, str]:
    return found.day, found.at or "", found.id
