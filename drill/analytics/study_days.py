"""Study days: the unit of a trend. Blocks of one day share its good or bad luck, so they are pooled."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.sample import Sitting
from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class StudyDay:
    """The eligible blocks of one pool on one day (04:00 cut)."""

    day: str
    sittings: tuple[Sitting, ...]
    ranks: tuple[int, ...]
    """1-based ranks of the blocks among the pool's eligible blocks."""

    @property
    def t(self) -> float:
        """Mean rank: where the day stands in the series."""
        return sum(self.ranks) / len(self.ranks)


def study_days(sittings: Sequence[Sitting]) -> list[StudyDay]:
    """Group eligible blocks, oldest first, by study day, oldest first."""
    by_day: dict[str, list[tuple[int, Sitting]]] = {}
    for rank, sitting in enumerate(sittings, start=1):
        by_day.setdefault(sitting.block.study_day, []).append((rank, sitting))
    return [
        StudyDay(day, tuple(s for _, s in found), tuple(rank for rank, _ in found))
        for day, found in sorted(by_day.items())
    ]
