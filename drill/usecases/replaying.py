"""Replay: the misses of a timed block once more without the clock, before their keys are seen.

What is right then was known and lost to the pace; the rest was not known. One replay is an estimate, no
verdict, and counts in no metric.
"""

from __future__ import annotations

from dataclasses import replace

from drill import system
from drill.core.block_filters import bank_filter, banks_of, is_replay, replay_filter, replayed_block
from drill.core.forms import FormItem
from drill.core.frozen import dataclass
from drill.core.history import BlockRecord
from drill.core.state import Mode
from drill.core.vocabulary import BlockEnd, Status
from drill.errors import DrillError, OpenBlockExists
from drill.storage import blocks
from drill.storage.annotations import read_miss_reasons
from drill.storage.blocks import BlockPlan, read_plan
from drill.storage.history import read_record
from drill.storage.store import Store


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay came to, beside its block."""

    right: int
    count: int
    """Misses replayed."""
    missed: int
    """Misses of the block among what was shown."""
    items: int
    """Items of the block."""
    ran_out: bool
    """Whether the block's time ran out; else it was ended with time left."""


def plan_replay(store: Store, block: str) -> BlockPlan:
    """The misses of a block whose keys were not seen yet, untimed. Raises DrillError when there is none."""
    if blocks.open_block_id(store.connection) is not None:
        raise OpenBlockExists("A block is still open. Resume it at Home, or end it for good there.")
    return replay_plan(store, block, system.new_id())


def replay_plan(store: Store, block: str, new_id: str) -> BlockPlan:
    """The same with a given id. Options keep their order: only the clock is gone."""
    record = read_record(store.connection, block)
    if record is None:
        raise DrillError("Only a block that has ended can be replayed.")
    if is_replay(record.filters) or record.limit_ms is None:
        raise DrillError("A replay sits a timed block again without its clock; this block had none.")
    if _ended_replays(store, block):
        raise DrillError("The misses of this block were replayed already.")
    seen = read_miss_reasons(store.connection, block)
    missed = [
        a.position
        for a in record.attempts
        if not a.correct and not a.wrong_key and a.status is not Status.UNREACHED
    ]
    unseen = [position for position in missed if position not in seen]
    if not missed:
        raise DrillError("Nothing was missed: there is nothing to replay.")
    if not unseen:
        raise DrillError("Every miss was reviewed already. A replay comes before the keys are seen.")
    plan, _ = read_plan(store.connection, block)
    form = _whole_sets([plan.form[position - 1] for position in unseen])
    return BlockPlan(
        block=new_id,
        preset=plan.preset,
        mode=Mode.UNTIMED,
        pool="incorrect",
        filters=(*map(bank_filter, banks_of(plan.filters)), replay_filter(block)),
        seed=plan.seed,
        limit_ms=None,
        form=form,
        option_counts=tuple(len(item.order) for item in form),
        retest=True,
    )


def _whole_sets(form: list[FormItem]) -> tuple[FormItem, ...]:
    """A question that is left alone of its set is a set no more."""
    numbers = [item.set_number for item in form]
    return tuple(
        item if numbers.count(item.set_number) > 1 else replace(item, set_number=None) for item in form
    )


def _ended_replays(store: Store, block: str) -> list[str]:
    """The ended replays of a block, oldest first."""
    found = blocks.blocks_with_filter(store.connection, replay_filter(block))
    return [replay.block for replay in found if replay.ended]


def replay_outcome(store: Store, record: BlockRecord) -> Replayed | None:
    """What the replay came to: of this block, or that this block is. None: there is none."""
    block = replayed_block(record.filters)
    if block is None:
        done = _ended_replays(store, record.block)
        replay = read_record(store.connection, done[0]) if done else None
        original: BlockRecord | None = record
    else:
        replay, original = record, read_record(store.connection, block)
    if replay is None or original is None:
        return None
    seen = [attempt for attempt in replay.attempts if attempt.status is not Status.UNREACHED]
    return Replayed(
        right=sum(attempt.correct for attempt in seen),
        count=len(seen),
        missed=sum(not a.correct and a.status is not Status.UNREACHED for a in original.attempts),
        items=len(original.attempts),
        ran_out=original.block_end is BlockEnd.EXPIRED,
    )
