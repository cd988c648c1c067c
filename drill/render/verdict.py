"""What a block was, in plain words: a pure function of its figures."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.render.text import clock_text, interval_text, left_text, percent

WORTH_SAYING_MS = 30_000
"""A stretch is named only when it cost at least this much over its share."""
SLOWEST = 4
SLOW_MS = 30_000
"""Where even the slowest item took less, none is called slow."""
_STRETCH = 5


@dataclass(frozen=True, slots=True)
class Proportion:
    """x of n right, with the interval of the share."""

    right: int
    count: int
    low: float
    """Lower end of the 95% interval, 0-1."""
    high: float
    answered: int | None = None
    """How many of the n were answered; None: all."""

    @property
    def text(self) -> str:
        """ "14 of 20 right"; where some were left without an answer: "3 of 7 answered, 0 right"."""
        if self.answered is None or self.answered == self.count:
            return f"{self.right} of {self.count} right"
        return f"{self.answered} of {self.count} answered, {self.right} right"

    @property
    def whole(self) -> str:
        """What the interval is of, where not all were answered: " of all 7"."""
        return "" if self.answered in (None, self.count) else f" of all {self.count}"


@dataclass(frozen=True, slots=True)
class Figures:
    """What the sentences of the verdict are made of."""

    times_ms: tuple[int | None, ...]
    """By position; None: never seen."""
    rights: tuple[bool, ...]
    """By position; blank is wrong."""
    share_ms: int
    """One item's share of the limit, 90,000 in a block of 20 in 30:00."""
    used_ms: int
    limit_ms: int | None
    """None: nothing ran out and nothing was early."""
    expired: bool
    blank: int
    """Seen and left blank."""
    accuracy: Proportion
    next_step: Proportion | None
    """None: no next-best-step items."""


def verdict_text(figures: Figures) -> str:
    """How it ended, the costliest stretch of five, and how the slowest four went."""
    parts = [_ending(figures)]
    stretch = costliest_stretch(figures.times_ms, figures.share_ms)
    if stretch is not None and figures.limit_ms is not None:
        first, last, over_ms = stretch
        parts.append(f"Questions {first}-{last}: {clock_text(over_ms)} over.")
    slow = slowest(figures.times_ms)
    if slow and worth_naming(figures, slow):
        wrong = sum(not figures.rights[position - 1] for position in slow)
        were = "was" if wrong == 1 else "were"
        parts.append(
            f"{wrong} of the {len(slow)} slowest {were} wrong."
            if wrong
            else f"The {len(slow)} slowest were all right."
        )
    return " ".join(parts)


def _ending(figures: Figures) -> str:
    unseen = sum(time is None for time in figures.times_ms)
    open_items = [
        text
        for count, text in (
            (figures.blank, f"{figures.blank} blank"),
            (unseen, f"{unseen} never seen"),
        )
        if count
    ]
    left = f", {' and '.join(open_items)}" if open_items else ""
    if figures.limit_ms is None:
        return f"Took {clock_text(figures.used_ms)}, untimed{left}."
    if figures.expired:
        return f"Ran out of time{left}."
    if unseen:
        return f"Ended with {left_text(figures.limit_ms - figures.used_ms)} left{left}."
    return f"Finished {left_text(figures.limit_ms - figures.used_ms)} early{left}."


def costliest_stretch(times_ms: Sequence[int | None], share_ms: int) -> tuple[int, int, int] | None:
    """The fifth-by-fifth stretch (1-5, 6-10 ...) furthest over its share: first, last, ms over.

    Only whole stretches of items that were all seen count; None if none cost WORTH_SAYING_MS.
    """
    worst: tuple[int, int, int] | None = None
    for start in range(0, len(times_ms) - _STRETCH + 1, _STRETCH):
        seen = [time for time in times_ms[start : start + _STRETCH] if time is not None]
        over = sum(seen) - _STRETCH * share_ms
        if len(seen) == _STRETCH and over >= WORTH_SAYING_MS and (worst is None or over > worst[2]):
            worst = (start + 1, start + _STRETCH, over)
    return worst


def slowest(times_ms: Sequence[int | None]) -> tuple[int, ...]:
    """Positions of the four slowest items, slowest first; empty where fewer than eight were seen."""
    seen = [(-time, position) for position, time in enumerate(times_ms, start=1) if time is not None]
    return tuple(position for _, position in sorted(seen)[:SLOWEST]) if len(seen) >= 2 * SLOWEST else ()


def worth_naming(figures: Figures, slow: Sequence[int]) -> bool:
    """Whether the slowest of them, the first, took long enough to be called slow."""
    return (figures.times_ms[slow[0] - 1] or 0) >= SLOW_MS


def accuracy_parts(figures: Figures, *, long: bool) -> tuple[tuple[str, str], ...]:
    """Bold words and what follows them, for accuracy and next-best-step accuracy; `long` adds the caution."""
    every = figures.accuracy
    if every.answered == 0:
        return (("Nothing was answered.", ""),)
    parts = [
        (
            every.text,
            f", 95% interval {interval_text(every.low, every.high)}%{every.whole}.",
        )
    ]
    step = figures.next_step
    if step is not None:
        low, high = percent(step.low), percent(step.high)
        caution = f", 95% interval {low}-{high}%{step.whole}. One block shows no trend."
        right = step.text if step.whole else step.text.removesuffix(" right")
        parts.append((f"Next best step {right}", caution if long else f" ({low}-{high}%{step.whole})."))
    elif long:
        parts.append(("", "One block shows no trend."))
    return tuple(parts)


def slowest_text(figures: Figures) -> tuple[str, str] | None:
    """ "questions 4, 2, 15, 12:", "9:00 together, 1 right"; None in short blocks and where none was slow."""
    slow = slowest(figures.times_ms)
    if not slow or not worth_naming(figures, slow):
        return None
    total = sum(figures.times_ms[position - 1] or 0 for position in slow)
    right = sum(figures.rights[position - 1] for position in slow)
    named = ", ".join(map(str, slow))
    return f"questions {named}:", f"{clock_text(total)} together, {count_text(right, 'right', 'right')}"
