"""How long the learner's own study takes, from the log: the plan's only measure of time."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass

NEEDED_DAYS = 5
"""Study days before own minutes are believed."""


@dataclass(frozen=True, slots=True)
class Range:
    """From the 25th to the 75th percentile; all in minutes."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class DayMinutes:
    """What one past study day held. Minutes are active minutes, pauses left out."""

    blocks: float
    """Blocks of 20 new questions; one of 10 is half a block."""
    block_minutes: float
    retests: int
    """Questions asked in retests."""
    retest_minutes: float
    review_minutes: float | None
    """Spent in review; None: not measured on that day."""

    @property
    def total(self) -> float:
        """All that was measured."""
        return self.block_minutes + self.retest_minutes + (self.review_minutes or 0)


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the plan goes by."""

    a_day: Range
    """Minutes of study on a study day."""
    a_block: Range
    """Of one block, with its review."""
    a_retest: Range
    """Of one question that comes back."""
    study_days: int
    assumed: tuple[str, ...]
    """What is assumed and not measured, in words; empty: all is measured."""


AWAY_MS = 300_000
"""A longer gap without a sign of the learner is no study: as in a block."""


class Watch:
    """Adds up how long somebody has been there, from signs of them."""

    def __init__(self) -> None:
        self.active_ms = 0.0
        self._last_ms: float | None = None

    def seen(self, now_ms: float) -> None:
        """A sign of them at this monotonic time."""
        if self._last_ms is not None and 0 <= now_ms - self._last_ms <= AWAY_MS:
            self.active_ms += now_ms - self._last_ms
        self._last_ms = now_ms


ASSUMED_DAY = Range(120, 180)
ASSUMED_BLOCK = Range(30, 30)
ASSUMED_REVIEW = Range(30, 30)
ASSUMED_RETEST = Range(1.5, 1.5)


def quartiles(values: Sequence[float]) -> Range:
    """The 25th and 75th percentile, linear between the values (Hyndman and Fan 1996, type 7)."""
    ordered = sorted(values)

    def at(share: float) -> float:
        place = share * (len(ordered) - 1)
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)

    return Range(at(0.25), at(0.75))


def measured(days: Sequence[DayMinutes]) -> Minutes:
    """What past study days came to. Under 5 of them, and for what was never measured, it is assumed."""
    if len(days) < NEEDED_DAYS:
        return Minutes(
            ASSUMED_DAY,
            Range(ASSUMED_BLOCK.low + ASSUMED_REVIEW.low, ASSUMED_BLOCK.high + ASSUMED_REVIEW.high),
            ASSUMED_RETEST,
            len(days),
            (
                f"{ASSUMED_DAY.low:g} to {ASSUMED_DAY.high:g} minutes a study day",
                f"{ASSUMED_BLOCK.low:g} minutes a block and as many for its review",
                "1.5 minutes a question of a retest",
            ),
        )
    assumed = []
    block = [day.block_minutes / day.blocks for day in days if day.blocks]
    review = [
        day.review_minutes / day.blocks for day in days if day.blocks and day.review_minutes is not None
    ]
    retest = [day.retest_minutes / day.retests for day in days if day.retests]
    a_block = quartiles(block) if block else ASSUMED_BLOCK
    if not block:
        assumed.append(f"{ASSUMED_BLOCK.low:g} minutes a block")
    day_totals = [day.total for day in days]
    if len(review) >= NEEDED_DAYS:
        a_review = quartiles(review)
    else:
        a_review = a_block
        assumed.append("as long for the review of a block as for the block")
        # What was not measured was spent all the same: else days would look shorter than they were.
        day_totals = [day.total + (day.block_minutes if day.review_minutes is None else 0) for day in days]
    if len(retest) >= NEEDED_DAYS:
        a_retest = quartiles(retest)
    else:
        a_retest = ASSUMED_RETEST
        assumed.append("1.5 minutes a question of a retest")
    return Minutes(
        quartiles(day_totals),
        Range(a_block.low + a_review.low, a_block.high + a_review.high),
        a_retest,
        len(days),
        tuple(assumed),
    )
