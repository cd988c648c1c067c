"""Looking back: the record of ended blocks, and what can still be drawn."""

from __future__ import annotations

from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.core.history import BlockRecord
from drill.core.vocabulary import Status
from drill.storage import candidates
from drill.storage.banks import bank_ids
from drill.storage.blocks import BlockPlan, read_plan
from drill.storage.candidates import Filter
from drill.storage.history import read_history, read_presets, read_recent, read_record
from drill.storage.soundness import check_history
from drill.storage.store import Store
from drill.usecases.titles import block_title


def history(store: Store | None, *, detailed: bool = False) -> list[BlockRecord]:
    """Every ended block, oldest first; none where there is no database yet.

    `detailed`: with what only the history document needs. Read as of one instant: a block may end meanwhile.
    Raises DatabaseDamaged where one is missing.
    """
    if store is None:
        return []
    with store.snapshot() as connection:
        blocks = read_history(connection, detailed=detailed)
        check_history(connection, blocks)
        return blocks


def recent(store: Store, count: int) -> list[BlockRecord]:
    """The last ended blocks, latest first; without the labels of their questions."""
    return read_recent(store.connection, count, labelled=False)[::-1]


def record(store: Store, block: str) -> BlockRecord | None:
    """One ended block."""
    return read_record(store.connection, block)


def plan_of(store: Store, block: str) -> BlockPlan:
    """What was fixed before a block began."""
    return read_plan(store.connection, block)[0]


def title_of(block: BlockRecord, preset: str = "") -> str:
    """A block in two or three words."""
    return block_title(preset, block.mode, len(block.attempts), block.filters, block.retest)


def titles(store: Store, records: Sequence[BlockRecord]) -> dict[str, str]:
    """The titles of blocks, by block."""
    presets = read_presets(store.connection, [block.block for block in records])
    return {block.block: title_of(block, presets[block.block]) for block in records}


@dataclass(frozen=True, slots=True)
class Unused:
    """What can still be drawn."""

    questions: int
    banks: int


def unused(store: Store) -> Unused:
    """Questions never shown, in how many banks."""
    return Unused(
        candidates.count_candidates(store.connection, Filter()),
        len(bank_ids(store.connection)),
    )


def unused_next_step(store: Store) -> int:
    """Next-best-step questions never shown."""
    return candidates.count_candidates(store.connection, Filter(next_best_step=True))


def slow_items(store: Store) -> set[tuple[str, str]]:
    """(bank, item) whose latest ended attempt was a time sink (M4)."""
    from drill.analytics.pace_model import fit_pace_model
    from drill.analytics.sample import prepare
    from drill.analytics.sinks import block_sinks

    blocks = read_history(store.connection)
    model = fit_pace_model(prepare(blocks).eligible)
    sinks = {(sink.block, sink.position) for paced in model.blocks for sink, _ in block_sinks(paced, model.b)}
    latest = {
        (attempt.bank, attempt.item): (block.block_index, attempt.position)
        for block in blocks
        for attempt in block.attempts
        if attempt.status is not Status.UNREACHED
    }
    return {item for item, place in latest.items() if place in sinks}
