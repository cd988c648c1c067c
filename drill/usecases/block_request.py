"""What kind of block is wanted: a preset, and what the learner has changed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drill.core.forms import POOLS, PRESETS, Preset
from drill.core.frozen import dataclass
from drill.core.pace import EXAM_ITEM_MS, block_limit_ms
from drill.core.state import Mode
from drill.errors import DrillError
from drill.storage.candidates import Filter

if TYPE_CHECKING:
    from drill.core.road.outline import Weighting


@dataclass(frozen=True, slots=True)
class BlockRequest:
    """What kind of block is wanted. None = as the preset has it."""

    preset: str = "exam20"
    banks: tuple[str, ...] = ()
    items: int | None = None
    minutes: float | None = None
    mode: Mode | None = None
    pool: str | None = None
    next_best_step: bool | None = None
    subject: tuple[str, ...] = ()
    """Any of these, and so for system and task; none: all."""
    system: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    seed: int | None = None
    shuffle_options: bool = False
    commit_first: bool = False
    target_ms: int | None = None
    """The ladder's target for an item; sets the limit unless minutes are given."""
    weighting: Weighting | None = None
    """Shares after an outline, perhaps leaning to a weak area; keeps the block out of every metric."""
    due_at: str | None = None
    """A retest asks first what is due by this instant (ISO 8601 UTC); None = now."""

    @property
    def is_retest(self) -> bool:
        """Whether missed and flagged questions come back as they fall due."""
        return self.base.retest and self.pool is None

    @property
    def base(self) -> Preset:
        """The preset, by name. Raises DrillError naming them all when there is none."""
        preset = PRESETS.get(self.preset)
        if preset is None:
            raise DrillError(f"There is no preset {self.preset!r}. Presets: {', '.join(PRESETS)}.")
        return preset

    @property
    def count(self) -> int:
        """Items asked for."""
        return self.base.items if self.items is None else self.items

    @property
    def how(self) -> Mode:
        """The mode."""
        return self.mode or self.base.mode

    @property
    def aims(self) -> bool:
        """Whether the block is sat for the ladder's target: own minutes, or no clock, leave it aside."""
        return self.target_ms is not None and self.how.has_limit and self.minutes is None

    @property
    def limit_ms(self) -> int | None:
        """The hard stop, None where the mode has none."""
        if not self.how.has_limit:
            return None
        if self.minutes is not None:
            return round(self.minutes * 60_000)
        if self.target_ms is not None:
            return block_limit_ms(self.target_ms, self.count)
        if self.items is None or self.items == self.base.items:
            return self.base.limit_ms
        return self.count * EXAM_ITEM_MS

    @property
    def filter(self) -> Filter:
        """What may be drawn."""
        wanted = self.base.next_best_step if self.next_best_step is None else self.next_best_step
        pool = self.pool or ("retest" if self.base.retest else "unused")
        return Filter(self.banks, pool, wanted, self.subject, self.system, self.task)

    def check(self) -> None:
        """Raises DrillError when a number or word makes no sense."""
        _ = self.base
        if self.pool is not None and self.pool not in POOLS:
            raise DrillError(f"There is no pool {self.pool!r}. Pools: {', '.join(POOLS)}.")
        if not 1 <= self.count <= 400:
            raise DrillError(f"A block has 1 to 400 questions, not {self.count}. Change --items.")
        if self.minutes is not None and not 0.001 <= self.minutes <= 600:
            raise DrillError(
                f"A block lasts more than 0 and up to 600 minutes, not {self.minutes:g}. Change --minutes."
            )
