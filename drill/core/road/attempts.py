"""What the examination's rules say about a next attempt. A school's own rules are the learner's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from drill.core.frozen import dataclass
from drill.core.road.calendar import Calendar, Rule, RuleId
from drill.core.road.days import months_after


class Outcome(StrEnum):
    """How an attempt ended; each counts as one."""

    PASSED = "passed"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    """Begun and not finished, or not every block opened."""
    UNKNOWN = "waiting"
    """The score is not out."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The examination, taken or begun on a day."""

    day: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Bound:
    """A day before which a rule lets no attempt be."""

    day: date
    rule: Rule


@dataclass(frozen=True, slots=True)
class NextAttempt:
    """What the rules say about the next attempt; eligibility is more than these rules."""

    taken: int
    left: int
    rule: Rule
    """The one that limits attempts."""
    passed: date | None
    """When it was passed: a pass cannot be taken again."""
    bounds: tuple[Bound, ...] = ()
    """The rules that delay the next attempt; none delays a second or third."""

    @property
    def number(self) -> int:
        """Of the next attempt: 2 after one."""
        return self.taken + 1

    @property
    def earliest(self) -> date | None:
        """The day from which all of these rules allow it; None: they delay nothing."""
        return max((bound.day for bound in self.bounds), default=None)


def next_attempt(attempts: Sequence[Attempt], calendar: Calendar) -> NextAttempt:
    """Read the rules upon these attempts, in any order.

    The fourth comes 12 months after the first at the earliest, and 6 after the last; and with at most 3 in
    any 12 months, an attempt waits until 12 months after the third before it.
    """
    days = sorted(attempt.day for attempt in attempts)
    lifetime = calendar.rule(RuleId.ATTEMPTS)
    left = max(lifetime.value - len(days), 0)
    passed = next((a.day for a in attempts if a.outcome is Outcome.PASSED), None)
    bounds: list[Bound] = []
    if left and passed is None:
        in_a_year = calendar.rule(RuleId.IN_A_YEAR)
        if len(days) >= 3:
            after_first, after_last = calendar.rule(RuleId.AFTER_FIRST), calendar.rule(RuleId.AFTER_LAST)
            bounds += [
                Bound(months_after(days[0], after_first.value), after_first),
                Bound(months_after(days[-1], after_last.value), after_last),
            ]
        if len(days) >= in_a_year.value:
            bounds.append(Bound(months_after(days[-in_a_year.value], 12), in_a_year))
    return NextAttempt(len(days), left, lifetime, passed, tuple(bounds))


def objection(attempts: Sequence[Attempt], new: Attempt, today: date) -> str | None:
    """Why an attempt cannot be entered, in a sentence that says what to do; None when it can."""
    others = [attempt for attempt in attempts if attempt.day != new.day]
    if new.day > today:
        return f"{new.day} is still to come. Book it as your test date; enter the attempt once it is taken."
    passed = [attempt.day for attempt in others if attempt.outcome is Outcome.PASSED]
    if passed and new.day > passed[0]:
        return (
            f"You entered a pass on {passed[0]}, and a pass cannot be taken again. "
            "Correct that attempt first, or this date."
        )
    if new.outcome is Outcome.PASSED and any(attempt.day > new.day for attempt in others):
        later = max(attempt.day for attempt in others)
        return (
            f"You entered an attempt on {later}, and a pass cannot be taken again. "
            "Correct that attempt first, or this date."
        )
    return None
