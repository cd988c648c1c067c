"""A block as it stands: frozen, built only by `drill.core.block.evolve`."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from drill.core.clock import WallTime
from drill.core.events import Place
from drill.core.frozen import dataclass
from drill.core.items import LETTERS
from drill.core.vocabulary import BlockEnd


class Mode(StrEnum):
    """How a block treats the clock and the learner."""

    EXAM = "exam"
    TIMED = "timed"
    TUTOR = "tutor"
    UNTIMED = "untimed"

    @property
    def has_limit(self) -> bool:
        """A hard stop at the limit; the others count up."""
        return self in (Mode.EXAM, Mode.TIMED)

    @property
    def may_suspend(self) -> bool:
        """Whether the learner may put the block away."""
        return self is not Mode.EXAM


class Phase(StrEnum):
    """Where a block is in its life."""

    NEW = "new"
    RUNNING = "running"
    AWAY = "away"
    """Suspended or interrupted: the clock stands."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class BlockConfig:
    """What is fixed before the clock starts."""

    mode: Mode
    limit_ms: int | None
    """Active ms until the hard stop; None = counts up."""
    option_counts: tuple[int, ...]
    """Options of each item, in the order shown."""
    sets: tuple[int | None, ...] = ()
    """Number of the sequential set each item belongs to; empty = no sets."""
    commit_first: bool = False
    """Options stay covered until the learner has said, or skipped, what to do first."""

    def __post_init__(self) -> None:
        if not self.option_counts:
            raise ValueError("a block has at least one item")
        if self.mode.has_limit != (self.limit_ms is not None):
            raise ValueError("exam and timed blocks have a limit, the others none")
        if self.limit_ms is not None and self.limit_ms <= 0:
            raise ValueError("the limit must be positive")
        if self.sets and len(self.sets) != len(self.option_counts):
            raise ValueError("sets must name every item or none")

    @property
    def length(self) -> int:
        """Number of items."""
        return len(self.option_counts)

    def letters(self, position: int) -> str:
        """Letters shown for the item at a position."""
        return LETTERS[: self.option_counts[position - 1]]

    def set_members(self, position: int) -> range:
        """Positions of the set an item belongs to; the item alone when it is in none."""
        number = self.sets[position - 1] if self.sets else None
        if number is None:
            return range(position, position + 1)
        first = self.sets.index(number) + 1
        return range(first, first + self.sets.count(number))


class Selection(NamedTuple):
    """A press of a letter, or a clearing (None)."""

    at_ms: int
    letter: str | None


class Visit(NamedTuple):
    """An unbroken stretch of active time with the item on screen."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item of a block so far."""

    selections: tuple[Selection, ...] = ()
    visits: tuple[Visit, ...] = ()
    """The last one grows while the item is on screen."""
    struck: frozenset[str] = frozenset()
    flagged: bool = False
    locked: bool = False
    interrupted: bool = False
    """A suspension or an interruption came while the item was on screen."""
    idle: bool = False
    """Nobody touched key or mouse for IDLE_MS while it was on screen."""
    note: str = ""
    highlights: tuple[tuple[int, int], ...] = ()
    committed_at_ms: int | None = None
    """When the learner said, or skipped, what to do first."""
    committed_text: str | None = None
    confidence: str | None = None
    """How sure the learner is of the answer that stands; None: not said."""

    @property
    def seen(self) -> bool:
        """Whether it was ever on screen."""
        return bool(self.visits)

    @property
    def chosen(self) -> str | None:
        """The letter that stands, None when blank."""
        return self.selections[-1].letter if self.selections else None

    @property
    def time_ms(self) -> int:
        """Response time: active ms over all visits."""
        return sum(visit.end_ms - visit.start_ms for visit in self.visits)

    @property
    def commit_ms(self) -> int | None:
        """Response time until it was said, or skipped, what to do first; None: neither."""
        at_ms = self.committed_at_ms
        if at_ms is None:
            return None
        return sum(max(min(visit.end_ms, at_ms) - visit.start_ms, 0) for visit in self.visits)


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block after some prefix of its log."""

    config: BlockConfig
    items: tuple[ItemState, ...]
    phase: Phase = Phase.NEW
    at_ms: int = 0
    """Active ms of the last event."""
    position: int = 1
    """The item on screen, or behind the list."""
    place: Place = 1
    """Who owns the running clock."""
    list_ms: int = 0
    feedback_ms: int = 0
    away_ms: int = 0
    """Wall ms suspended or interrupted, up to the last resumption or the end."""
    started: WallTime | None = None
    away_since: WallTime | None = None
    ended: WallTime | None = None
    end_reason: BlockEnd | None = None

    def item(self, position: int) -> ItemState:
        """The item at a position."""
        return self.items[position - 1]

    @property
    def current(self) -> ItemState:
        """The item on screen, or behind the list."""
        return self.items[self.position - 1]

    @property
    def covered(self) -> bool:
        """Commit-first: the options of the item on screen are not shown yet."""
        return self.config.commit_first and self.current.committed_at_ms is None

    @property
    def blank(self) -> tuple[int, ...]:
        """Positions seen and without an answer."""
        return tuple(p for p, item in enumerate(self.items, 1) if item.seen and item.chosen is None)

    @property
    def unseen(self) -> tuple[int, ...]:
        """Positions never shown."""
        return tuple(p for p, item in enumerate(self.items, 1) if not item.seen)

    def time_ms(self, position: int, at_ms: int) -> int:
        """Response time of an item if now is `at_ms` of active block time."""
        running = self.phase is Phase.RUNNING and self.place == position
        return self.item(position).time_ms + (max(at_ms - self.at_ms, 0) if running else 0)


def new_block(config: BlockConfig) -> BlockState:
    """A block before its clock starts."""
    return BlockState(config, (ItemState(),) * config.length)
