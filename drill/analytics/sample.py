"""The history made ready for the metrics: blocks in order, with what counts laid out in columns.

Reports over 100,000 attempts must stay well under a second in plain Python, so each block is turned
into columns once and the metrics run over columns.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import compress
from math import log
from operator import and_, itemgetter
from typing import Any, NamedTuple

from drill.analytics.eligibility import LOST_TO_THE_CLOCK, attempt_exclusion, block_exclusion, is_known
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.pace import STANDARD_WORDS
from drill.core.vocabulary import Exclusion, Status

TIME_FLOOR_MS = 100
"""Shorter times are taken as this in logarithms."""

_FIELDS = (
    "exposure", "wrong_key", "response_time_ms", "time_excluded_because", "censored", "position", "words",
    "correct", "status", "next_best_step", "bank",
)  # fmt: skip
"""The columns that decide what counts. Copying all 33 fields would cost more than all the sums."""
_values = itemgetter(*map(AttemptRecord._fields.index, _FIELDS))
(
    _EXPOSURE, _WRONG_KEY, _TIME, _NOT_TIMED, _CENSORED, _POSITION, _WORDS, _CORRECT, _STATUS, _NBS, _BANK,
) = range(len(_FIELDS))  # fmt: skip
_LOG_1000 = log(1000.0)


@lru_cache(maxsize=65_536)
def log_words(words: int) -> float:
    """log(W / 120), with at least one word."""
    return log(max(words, 1) / STANDARD_WORDS)


class Timed(NamedTuple):
    """The items of a block whose time counts, in the order shown; columns of equal length."""

    attempts: tuple[AttemptRecord, ...]
    positions: Sequence[int]
    words: Sequence[int]
    log_words: Sequence[float]
    time_ms: Sequence[int]
    log_time: Sequence[float]
    """log of the time in seconds, floored at 0.1 s."""
    censored: Sequence[bool]
    """The time is a lower bound: cut by the clock, or left blank."""
    any_censored: bool
    correct: Sequence[bool]


_NOTHING_TIMED = Timed((), (), (), (), (), (), (), False, ())


class Sitting(NamedTuple):
    """One block, its reason for not counting (None: it counts) and the attempts that count."""

    block: BlockRecord
    reason: Exclusion | None
    attempts: tuple[AttemptRecord, ...]
    """Eligible attempts; for an ineligible block all attempts, for its hollow dot."""
    timed: Timed
    known: tuple[AttemptRecord, ...]
    """Attempts that count in known accuracy."""
    nbs_right: int
    """Of the known next-best-step attempts."""
    nbs_n: int
    nbs_exam_n: int
    """Next-best-step items among all attempts that count, those the clock took too."""
    right: int
    """Exam accuracy is right / len(attempts)."""
    one_bank: str | None
    """The bank of all its attempts, or None when there are several."""

    @property
    def eligible(self) -> bool:
        """True when the block counts."""
        return self.reason is None


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


def _columns(attempts: tuple[AttemptRecord, ...]) -> list[tuple[Any, ...]]:
    """The values of each of _FIELDS over the attempts."""
    return list(zip(*map(_values, attempts), strict=True))


def _sitting(block: BlockRecord, excluded: Counter[Exclusion] | None) -> Sitting:
    attempts = block.attempts
    columns = _columns(attempts)
    reason = block_exclusion(block, columns[_STATUS], columns[_EXPOSURE]) if columns else Exclusion.SHORT
    if reason is not None:
        if excluded is not None:
            excluded[reason] += len(attempts)
    elif any(columns[_WRONG_KEY]) or columns[_EXPOSURE].count(1) < len(attempts):
        counted = []
        for attempt in attempts:
            why = attempt_exclusion(attempt, None)
            if why is None:
                counted.append(attempt)
            elif excluded is not None:
                excluded[why] += 1
        if len(counted) < len(attempts):
            attempts = tuple(counted)
            columns = _columns(attempts)
    if not attempts:
        return Sitting(block, reason, (), _NOTHING_TIMED, (), 0, 0, 0, 0, None)
    known = attempts
    status = columns[_STATUS]
    if Status.CUT_BLANK in status or Status.UNREACHED in status:
        known = tuple(
            a
            for a, word, why in zip(attempts, status, columns[_NOT_TIMED], strict=True)
            if word not in LOST_TO_THE_CLOCK or is_known(word, why)
        )
    correct, nbs = columns[_CORRECT], columns[_NBS]
    banks = columns[_BANK]
    return Sitting(
        block,
        reason,
        attempts,
        _timed(attempts, columns),
        known,
        sum(map(and_, nbs, correct)),
        sum(nbs) if known is attempts else sum([a.next_best_step for a in known]),
        sum(nbs),
        sum(correct),
        banks[0] if banks.count(banks[0]) == len(banks) else None,
    )


def _timed(attempts: tuple[AttemptRecord, ...], columns: list[tuple[Any, ...]]) -> Timed:
    times, excluded = columns[_TIME], columns[_NOT_TIMED]
    if None in times or excluded.count(None) < len(excluded):
        counts = [t is not None and why is None for t, why in zip(times, excluded, strict=True)]
        if True not in counts:
            return _NOTHING_TIMED
        attempts = tuple(compress(attempts, counts))
        columns = [tuple(compress(column, counts)) for column in columns]
        times = columns[_TIME]
    words, censored = columns[_WORDS], columns[_CENSORED]
    floored = times if min(times) >= TIME_FLOOR_MS else [max(t, TIME_FLOOR_MS) for t in times]
    return Timed(
        attempts,
        columns[_POSITION],
        words,
        tuple(map(log_words, words)),
        times,
        [value - _LOG_1000 for value in map(log, floored)],
        censored,
        True in censored,
        columns[_CORRECT],
    )
