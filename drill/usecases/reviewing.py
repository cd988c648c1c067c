"""Reviewing an ended block's items: why each was missed, notes, earlier attempts, and corrections."""

from __future__ import annotations

from drill.core.block import fold
from drill.core.clock import Clock
from drill.core.frozen import dataclass
from drill.core.history import BlockRecord
from drill.core.items import Item
from drill.core.state import BlockState
from drill.core.vocabulary import MissReason, RetireReason, Status
from drill.errors import StorageError
from drill.storage import annotations as words
from drill.storage.banks import read_item
from drill.storage.blocks import BlockPlan, read_block
from drill.storage.history import read_record
from drill.storage.item_attempts import ItemAttempt, read_attempts_at
from drill.storage.questions import Standing, read_standing
from drill.storage.store import Store
from drill.usecases.sitting import read_form

MISS_REASONS = tuple(MissReason)
"""In the order of their keys 1-5."""


@dataclass(frozen=True, slots=True)
class EndedBlock:
    """A block to be looked through: its record, its form as administered and the learner's marks."""

    record: BlockRecord
    plan: BlockPlan
    state: BlockState
    """After its last event: highlights, notes and strikes of every item."""
    items: tuple[Item, ...]

    @property
    def misses(self) -> tuple[int, ...]:
        """Positions that were shown and not right, blank ones too."""
        return tuple(at for at in self.shown if not self.record.attempts[at - 1].correct)

    @property
    def shown(self) -> tuple[int, ...]:
        """Positions that were shown. The others stay unseen: their texts are not opened here."""
        return tuple(a.position for a in self.record.attempts if a.status is not Status.UNREACHED)


def ended_block(store: Store, block: str) -> EndedBlock:
    """Read an ended block whole. Raises DrillError when there is none, or its log cannot be read."""
    record = read_record(store.connection, block)
    if record is None:
        raise StorageError("There is no ended block of that name.")
    saved = read_block(store.connection, block)
    return EndedBlock(record, saved.plan, fold(saved.plan.config, saved.events), read_form(store, saved.plan))


def read_question(store: Store, bank: str, item: str) -> Item:
    """A question as it stands now. Raises BankError when there is none."""
    return read_item(store.connection, bank, item)


def named_reasons(store: Store, block: str) -> dict[int, str | None]:
    """By position, the reason of each miss that was asked about; None: skipped. The others were not yet."""
    return words.read_miss_reasons(store.connection, block)


def name_reason(store: Store, clock: Clock, block: str, position: int, reason: str | None) -> None:
    """Keep why an item was missed, one of MISS_REASONS; None: the learner skips it."""
    if reason is not None and reason not in MISS_REASONS:
        raise ValueError(f"no reason {reason!r}")
    store.check_writable("write")
    words.write_miss_reason(store, block, position, reason, clock.wall().utc_ms)


def note_on(store: Store, bank: str, item: str) -> str:
    """The learner's note on a question, made outside a block; empty when there is none."""
    return words.read_note(store.connection, bank, item)


def keep_note(store: Store, clock: Clock, bank: str, item: str, text: str) -> None:
    """Keep a note on a question, or take it away when empty."""
    store.check_writable("write")
    words.write_note(store, bank, item, text.strip(), clock.wall().utc_ms)


def attempts_at(store: Store, bank: str, item: str, before: BlockRecord | None = None) -> list[ItemAttempt]:
    """Ended attempts at a question, oldest first; `before`: only those of earlier blocks."""
    found = read_attempts_at(store.connection, bank, item)
    if before is None:
        return found
    return [a for a in found if (a.started_at, a.block) < (before.started_at, before.block)]


def standing(store: Store, bank: str, item: str) -> Standing:
    """Whether a question is drawn and how it is filed, the learner's corrections applied."""
    return read_standing(store.connection, bank, item)


def turn_next_best_step(store: Store, clock: Clock, bank: str, item: str) -> bool:
    """Overrule whether this is a next-best-step question, or take that back; what it is now."""
    store.check_writable("write")
    now = read_standing(store.connection, bank, item)
    wanted = not now.next_best_step
    value = None if wanted == now.own_next_best_step else wanted
    words.correct_next_best_step(store, bank, item, value, clock.wall().utc_ms)
    return wanted


def retire(store: Store, clock: Clock, bank: str, item: str, reason: str | None) -> None:
    """Never draw a question again, for one of RetireReason; None brings it back."""
    if reason is not None and reason not in tuple(RetireReason):
        raise ValueError(f"no reason {reason!r}")
    store.check_writable("write")
    words.retire(store, bank, item, reason, clock.wall().utc_ms)
