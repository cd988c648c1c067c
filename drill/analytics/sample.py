"""The history made ready for the metrics: blocks in order, with what of each counts.

Reports over 100,000 attempts must stay well under a second in plain Python, so the metrics run over the
columns of the blocks as they are, with a mask where not all of a block counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import compress
from math import log
from operator import and_
from typing import Any, NamedTuple

from drill.analytics.eligibility import LOST_TO_THE_CLOCK, block_exclusion, is_known, own_exclusion
from drill.core.columns import compact
from drill.core.frozen import dataclass
from drill.core.history import Attempts, BlockRecord
from drill.core.pace import STANDARD_WORDS
from drill.core.vocabulary import Exclusion

TIME_FLOOR_MS = 100
"""Shorter times are taken as this in logarithms."""

_LOG_1000 = log(1000.0)


@lru_cache(maxsize=65_536)
def log_words(words: int) -> float:
    """log(W / 120), with at least one word."""
    return log(max(words, 1) / STANDARD_WORDS)


Mask = bytes | None
"""For each attempt of a block 1 or 0; None: 1 for all."""


def masked(column: Sequence[Any], mask: Mask) -> Sequence[Any]:
    """What a mask lets through."""
    return column if mask is None else tuple(compress(column, mask))


class Timed(NamedTuple):
    """The items of a block whose time counts, in the order shown; columns of equal length."""

    places: Sequence[int]
    """Where each stands among the block's attempts, from 0."""
    positions: Sequence[int]
    words: Sequence[int]
    time_ms: Sequence[int]
    censored: Sequence[bool]
    """The time is a lower bound: cut by the clock, or left blank."""
    any_censored: bool
    correct: Sequence[bool]

    @property
    def log_words(self) -> list[float]:
        """log(W / 120) of each."""
        return list(map(log_words, self.words))

    @property
    def log_time(self) -> list[float]:
        """log of the time in seconds, floored at 0.1 s."""
        times = self.time_ms
        if times and min(times) < TIME_FLOOR_MS:
            times = [max(time_ms, TIME_FLOOR_MS) for time_ms in times]
        return [value - _LOG_1000 for value in map(log, times)]


class Sitting(NamedTuple):
    """One block, its reason for not counting (None: it counts) and which of its attempts count."""

    block: BlockRecord
    reason: Exclusion | None
    counted: Mask
    """Eligible attempts; for an ineligible block all attempts, for its hollow dot."""
    known: Mask
    """Attempts that count in known accuracy."""
    n: int
    """Attempts that count."""
    right: int
    """Exam accuracy is right / n."""
    known_n: int
    known_right: int
    nbs_right: int
    """Of the known next-best-step attempts."""
    nbs_n: int
    nbs_exam_n: int
    """Next-best-step items among all attempts that count, those the clock took too."""
    one_bank: str | None
    """The bank of all its attempts, or None when there are several."""

    @property
    def eligible(self) -> bool:
        """True when the block counts."""
        return self.reason is None

    def rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The values of these fields, of each attempt that counts."""
        return _rows(self.block.attempts, names, self.counted)

    def known_rows(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The same of each that counts in known accuracy."""
        return _rows(self.block.attempts, names, self.known)

    def timed(self) -> Timed:
        """Those whose time counts. Made anew each time: nobody but the model of pace needs it often."""
        attempts, mask = self.block.attempts, self.counted
        times, untimed = attempts.response_time_ms, attempts.time_excluded_because
        if None in times or untimed.count(None) < len(untimed):
            there = bytes(t is not None and why is None for t, why in zip(times, untimed, strict=True))
            mask = there if mask is None else bytes(map(and_, mask, there))
        columns: list[Sequence[Any]] = [
            range(len(attempts)), attempts.position, attempts.words, attempts.response_time_ms,
            attempts.censored, attempts.correct,
        ]  # fmt: skip
        if mask is not None:
            columns = [compact(masked(column, mask)) for column in columns]
        places, positions, words, time_ms, censored, correct = columns
        return Timed(places, positions, words, time_ms, censored, True in censored, correct)


def _rows(attempts: Attempts, names: tuple[str, ...], mask: Mask) -> Iterator[tuple[Any, ...]]:
    rows = zip(*(getattr(attempts, name) for name in names), strict=True)
    return rows if mask is None else compress(rows, mask)


def known_cells(sittings: Iterable[Sitting], *names: str) -> Counter[tuple[Any, ...]]:
    """How often each combination of these fields occurs among the attempts that count in known accuracy."""
    cells: Counter[tuple[Any, ...]] = Counter()
    for sitting in sittings:
        cells.update(sitting.known_rows(*names))
    return cells


@dataclass(frozen=True, slots=True)
class History:
    """All blocks, oldest first, and the part of them a report is about."""

    sittings: tuple[Sitting, ...]
    in_range: tuple[Sitting, ...]
    excluded: dict[Exclusion, int]
    """Attempts in range that are in no metric, by reason."""
    ranged: bool

    @property
    def eligible(self) -> list[Sitting]:
        """Eligible blocks of the whole history."""
        return [s for s in self.sittings if s.reason is None]

    @property
    def any_set_aside(self) -> bool:
        """Whether a block of the whole history would count had the learner not set it aside."""
        return any(s.reason is Exclusion.SET_ASIDE for s in self.sittings)

    @property
    def eligible_in_range(self) -> list[Sitting]:
        """Eligible blocks a report is about."""
        return [s for s in self.in_range if s.reason is None]


def in_order(blocks: Iterable[BlockRecord]) -> list[BlockRecord]:
    """Blocks oldest first, whatever the order given."""
    return sorted(blocks, key=lambda b: (b.block_index, b.started_at, b.block))


def prepare(blocks: Iterable[BlockRecord], *, since: date | None = None, last: int | None = None) -> History:
    """Lay the blocks out. `since` keeps study days from that day on, `last` the last so many blocks."""
    ordered = in_order(blocks)
    excluded: Counter[Exclusion] = Counter()
    kept = set(range(len(ordered)))
    if since is not None:
        first_day = since.isoformat()
        kept = {i for i in kept if ordered[i].study_day >= first_day}
    if last is not None:
        kept = set(sorted(kept)[-last:]) if last > 0 else set()
    sittings = tuple(
        _sitting(block, excluded if index in kept else None) for index, block in enumerate(ordered)
    )
    return History(
        sittings,
        tuple(s for i, s in enumerate(sittings) if i in kept),
        dict(sorted(excluded.items())),
        since is not None or last is not None,
    )


def _sitting(block: BlockRecord, excluded: Counter[Exclusion] | None) -> Sitting:
    attempts = block.attempts
    reason = block_exclusion(block) if attempts else Exclusion.SHORT
    counted: Mask = None
    if reason is not None:
        if excluded is not None:
            excluded[reason] += len(attempts)
    elif True in attempts.wrong_key or attempts.exposure.count(1) < len(attempts):
        reasons = list(map(own_exclusion, attempts.exposure, attempts.wrong_key))
        if reasons.count(None) < len(reasons):
            counted = bytes(why is None for why in reasons)
            if excluded is not None:
                excluded.update(filter(None, reasons))
    known = counted
    if not LOST_TO_THE_CLOCK.isdisjoint(attempts.status):
        known = bytes(map(is_known, attempts.status, attempts.time_excluded_because))
        known = known if counted is None else bytes(map(and_, known, counted))
    correct, nbs = masked(attempts.correct, counted), masked(attempts.next_best_step, counted)
    known_correct, known_nbs = correct, nbs
    if known is not counted:
        known_correct, known_nbs = masked(attempts.correct, known), masked(attempts.next_best_step, known)
    banks = masked(attempts.bank, counted)
    return Sitting(
        block=block,
        reason=reason,
        counted=counted,
        known=known,
        n=len(correct),
        right=sum(correct),
        known_n=len(known_correct),
        known_right=sum(known_correct),
        nbs_right=sum(map(and_, known_nbs, known_correct)),
        nbs_n=sum(known_nbs),
        nbs_exam_n=sum(nbs),
        one_bank=banks[0] if banks and banks.count(banks[0]) == len(banks) else None,
    )
