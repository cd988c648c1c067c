"""What a report is about: the range and pool that were chosen, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from drill.analytics.pools import choose_pool, pool_of
from drill.analytics.results import Pool
from drill.analytics.sample import History, Sitting, prepare
from drill.core.frozen import dataclass
from drill.core.history import BlockRecord
from drill.core.vocabulary import Exclusion


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a report is about."""

    as_of: str | None
    """Study day of the last block in range."""
    pool: Pool
    """The pool of the trends, of finish_* and of target."""
    blocks: int
    """Eligible blocks in range, of any pool."""
    study_days: int
    excluded: dict[Exclusion, int]
    """Attempts in range that are in no metric, by reason."""
    excluded_blocks: int
    """Blocks in range that are in no metric."""
    set_aside_blocks: int
    """Blocks in range that would count had the learner not set them aside."""
    pool_blocks: int
    """Eligible blocks in range that stand in the pool."""
    other_pool_blocks: int
    """Eligible blocks in range that stand in other pools."""
    ranged: bool
    """True with --since or --last: trends have no verdict."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The blocks a report is about."""

    history: History
    in_range: list[Sitting]
    """Eligible blocks in range, of any pool."""
    pool: Pool
    members: list[Sitting]
    """Eligible blocks of the pool, of the whole history."""
    _ids: frozenset[int]
    whole: Selection | None
    """The same with what the learner set aside, in the same pool; None: nothing is.

    A word about a change stands only where both say it: leaving out what was seen is a window of one's own
    choosing.
    """

    def is_member(self, sitting: Sitting) -> bool:
        """Whether a block counts in the pool."""
        return id(sitting) in self._ids

    def trend_sittings(self) -> list[Sitting]:
        """The dots of a trend: the pool's eligible blocks in range, and hollow ones."""
        return [s for s in self.history.in_range if not s.eligible or self.is_member(s)]

    def scope(self) -> Scope:
        """All of it counted."""
        pool_blocks = sum(map(self.is_member, self.in_range))
        everything = self.history.in_range
        return Scope(
            as_of=everything[-1].block.study_day if everything else None,
            pool=self.pool,
            blocks=len(self.in_range),
            study_days=len({s.block.study_day for s in self.in_range}),
            excluded=self.history.excluded,
            excluded_blocks=len(everything) - len(self.in_range),
            set_aside_blocks=sum(s.reason is Exclusion.SET_ASIDE for s in everything),
            pool_blocks=pool_blocks,
            other_pool_blocks=len(self.in_range) - pool_blocks,
            ranged=self.history.ranged,
        )


def select_blocks(
    blocks: Iterable[BlockRecord], *, since: date | None, last: int | None, bank: str | None
) -> Selection:
    """Blocks in any order -> those of a range (study days from `since` on, the `last` so many) and a pool."""
    history = prepare(blocks, since=since, last=last)
    pool = choose_pool([s.block for s in history.eligible], [s.block for s in history.sittings], bank)
    whole = None
    if history.any_set_aside:
        taken_back = [replace(s.block, set_aside=False) for s in history.sittings]
        whole = _selected(prepare(taken_back, since=since, last=last), pool, None)
    return _selected(history, pool, whole)


def _selected(history: History, pool: Pool, whole: Selection | None) -> Selection:
    members = [s for s in history.eligible if pool_of(s.block) == pool]
    return Selection(history, history.eligible_in_range, pool, members, frozenset(map(id, members)), whole)
