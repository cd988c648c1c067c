"""Sitting a block: what to draw, starting it, and what becomes of an unfinished one.

Home asks only whether one is unfinished: what runs a block is loaded where a block is run.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from drill import system
from drill.core import events as e
from drill.core.block_filters import bank_filter
from drill.core.clock import Clock, WallTime
from drill.core.forms import POOLS, Candidate, FormItem, draw, drawable
from drill.core.frozen import dataclass
from drill.core.pace_experiment import MARKER
from drill.core.state import BlockState
from drill.errors import DrillError, NothingToDraw, OpenBlockExists
from drill.storage import blocks
from drill.storage.banks import bank_ids, check_banks, read_item
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import check_drawn, count_candidates, distinct_labels, read_candidates
from drill.storage.store import Store
from drill.usecases.block_request import BlockRequest
from drill.usecases.titles import plan_title

if TYPE_CHECKING:
    from drill.core.items import Item
    from drill.runner import BlockRunner


def matching(store: Store, request: BlockRequest) -> int:
    """How many items match, before sets are weighed."""
    request.check()
    if request.base.experiment:
        from drill.usecases import pace_experiment

        request = pace_experiment.joined(store, request)
    if request.is_retest or request.filter.pool == "slow":
        return len(_candidates(store, request))
    return count_candidates(store.connection, request.filter)


def labels(store: Store, column: str, banks: tuple[str, ...] = ()) -> list[str]:
    """The subjects, systems or tasks that can be filtered by."""
    return distinct_labels(store.connection, column, banks)


def _retest_candidates(store: Store, request: BlockRequest) -> tuple[list[Candidate], list[Candidate]]:
    """What is due, and the other missed, flagged or doubted ones."""
    from drill.usecases import retests

    return retests.candidates(store, request.filter, request.due_at or system.SystemClock().wall().iso)


def _candidates(store: Store, request: BlockRequest) -> list[Candidate]:
    if request.is_retest:
        due, others = _retest_candidates(store, request)
        return due + others
    found = read_candidates(store.connection, request.filter)
    if request.filter.pool != "slow":
        return found
    from drill.usecases.looking_back import slow_items

    slow = slow_items(store)
    return [candidate for candidate in found if (candidate.bank, candidate.item) in slow]


def plan_block(store: Store, request: BlockRequest, block: str, seed: int) -> BlockPlan:
    """Draw a form. Raises NothingToDraw, naming the nearest ways out, when too few items match."""
    request = check_request(store, request)
    wanted = request.filter
    random = Random(seed)
    if request.is_retest:
        from drill.usecases import retests

        due, others = _retest_candidates(store, request)
        candidates = due + others
        form = retests.draw_due_first(due, others, request.count, random)
    else:
        candidates = _candidates(store, request)
        shuffle_options = request.shuffle_options or request.base.retest
        form = _drawn(store, request, candidates, random, shuffle=shuffle_options)
    if len(form) < request.count:
        fitting = 0 if request.base.experiment else drawable(candidates, request.count)
        raise NothingToDraw(_ways_out(store, request, candidates), fitting)
    check_drawn(store.connection, form)
    if request.base.experiment:
        from drill.usecases import pace_experiment

        request = pace_experiment.dealt(store, request, random)
    banks = request.banks or tuple(bank_ids(store.connection))
    marker = (MARKER,) if request.base.experiment else ()
    if request.weighting is not None:
        marker = (*marker, request.weighting.dealt(request.count).filter_word)
    return BlockPlan(
        block=block,
        preset=request.preset,
        mode=request.how,
        pool=wanted.pool if wanted.pool in POOLS else "incorrect",
        filters=(*(bank_filter(bank) for bank in sorted(banks)), *wanted.words, *marker),
        seed=seed,
        limit_ms=request.limit_ms,
        form=form,
        option_counts=tuple(len(item.order) for item in form),
        commit_first=request.commit_first,
        retest=request.base.retest,
        target_ms=request.target_ms if request.aims else None,
    )


def _drawn(
    store: Store, request: BlockRequest, candidates: list[Candidate], random: Random, *, shuffle: bool
) -> tuple[FormItem, ...]:
    if request.weighting is None:
        return draw(candidates, request.count, random, shuffle_options=shuffle)
    from drill.usecases import weights

    return weights.draw_by(store, request, candidates, random, shuffle=shuffle).form


def _ways_out(store: Store, request: BlockRequest, candidates: list[Candidate]) -> str:
    pool = request.filter.pool
    there, fitting = drawable(candidates), drawable(candidates, request.count)
    questions = "question matches" if there == 1 else "questions match"
    if request.base.experiment:
        return (
            f"{there} {questions}; a block of the pace experiment asks {request.count}. Import more "
            f"questions of its banks ({', '.join(request.banks)}): 'drill import FILE'."
        )
    ways = []
    if fitting:
        ways.append(f"ask for fewer (--items {fitting})")
    if pool not in ("all", "retest"):
        everything = _candidates(store, replace(request, pool="all"))
        if drawable(everything, request.count) == request.count:
            ways.append(f"draw from all {len(everything)}, used ones too (--pool all)")
    narrowed = request.filter.words
    if narrowed:
        ways.append("take a filter away (" + ", ".join(word.replace("_", " ") for word in narrowed) + ")")
    if request.banks:
        ways.append("take another bank (--bank)")
    ways.append("import more questions ('drill import FILE')")
    sets = ", in sets that are asked whole and do not fit" if there >= request.count else ""
    return f"{there} {questions}{sets}; {request.count} were asked for. You can " + ", or ".join(ways) + "."


def check_request(store: Store, request: BlockRequest) -> BlockRequest:
    """The request with all that its kind of block fixes.

    Raises DrillError when a word, number or bank of it makes no sense.
    """
    request.check()
    check_banks(store.connection, request.banks)
    if request.weighting is not None:
        from drill.usecases import weights

        weights.check(request)
    if not request.base.experiment:
        return request
    from drill.usecases import pace_experiment

    return pace_experiment.joined(store, request)


def plan_new_block(store: Store, request: BlockRequest) -> BlockPlan:
    """Draw a block to be started. Raises OpenBlockExists when one is open, NothingToDraw."""
    if blocks.open_block_id(store.connection) is not None:
        raise OpenBlockExists(
            "A block is still open. Resume it with 'drill resume', or end it for good there or at Home."
        )
    seed = system.new_seed() if request.seed is None else request.seed
    plan = plan_block(store, request, system.new_id(), seed)
    store.forget_pages()  # drawing reads every question, a block forty
    return plan


def start_block(store: Store, plan: BlockPlan, clock: Clock) -> BlockRunner:
    """Start the clock of a drawn block. Raises OpenBlockExists when one is open."""
    from drill.runner import BlockRunner
    from drill.storage.block_log import StoreLog

    return BlockRunner.start(plan, blocks.read_keys(store.connection, plan.form), clock, StoreLog(store))


def read_form(store: Store, plan: BlockPlan) -> tuple[Item, ...]:
    """The items of a form as administered, in the order shown, options in the bank's order."""
    items = tuple(read_item(store.connection, item.bank, item.item, item.revision) for item in plan.form)
    store.forget_pages()  # what is read once: 0.6 MiB of a block
    return items


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A block that waits to be resumed."""

    state: BlockState
    title: str
    remaining_ms: int | None
    cause: str
    """suspended, or the cause of the interruption."""
    since: WallTime


def unfinished(store: Store) -> Unfinished | None:
    """The open block as it stands, None when there is none. Reads only."""
    block = blocks.open_block_id(store.connection)
    if block is None:
        return None
    from drill.core.block import fold

    saved = blocks.read_block(store.connection, block)
    state = fold(saved.plan.config, saved.events)
    at_ms = max(saved.last_at_ms, state.at_ms)
    limit = saved.plan.limit_ms
    cause = "crash"
    for event in reversed(saved.events):
        if isinstance(event, e.Suspended):
            cause = "suspended"
        elif isinstance(event, e.Interrupted):
            cause = event.cause
        elif not isinstance(event, e.Resumed):
            continue
        break
    offset = state.started.offset_minutes if state.started else 0
    since = state.away_since or WallTime(saved.last_wall_ms, offset)
    return Unfinished(
        state,
        plan_title(saved.plan),
        None if limit is None else max(limit - at_ms, 0),
        cause,
        since,
    )


def unfinished_plan(store: Store) -> BlockPlan:
    """What the open block asks. Raises DrillError when there is none."""
    return blocks.read_plan(store.connection, _open_block(store))[0]


def resume_block(store: Store, clock: Clock) -> BlockRunner:
    """Take up the open block. Raises DrillError when there is none."""
    from drill.runner import BlockRunner
    from drill.storage.block_log import StoreLog

    return BlockRunner.resume(blocks.read_block(store.connection, _open_block(store)), clock, StoreLog(store))


def _open_block(store: Store) -> str:
    block = blocks.open_block_id(store.connection)
    if block is None:
        raise DrillError("There is no unfinished block. 'drill block' starts one.")
    return block


def end_unfinished(store: Store, clock: Clock) -> None:
    """End the open block for good, keeping every answer."""
    block = blocks.open_block_id(store.connection)
    if block is None:
        raise DrillError("There is no unfinished block.")
    from drill.core.commands import Leave
    from drill.runner import BlockRunner
    from drill.storage.block_log import StoreLog

    runner = BlockRunner.reopen(blocks.read_block(store.connection, block), clock, StoreLog(store))
    if runner.state.end_reason is None:
        runner.dispatch(Leave())
