"""Sitting a block of the pace experiment: what may be asked for, which pool, and which arm."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import NamedTuple

from drill.core.block_filters import NEXT_BEST_STEP, banks_of
from drill.core.pace_experiment import ITEMS, MARKER, PAIRS, QUESTIONS, arm_of, next_arm, tally
from drill.core.state import Mode
from drill.errors import DrillError, NothingToDraw
from drill.storage.banks import check_banks
from drill.storage.blocks import blocks_with_filter
from drill.storage.candidates import count_candidates
from drill.storage.store import Store
from drill.usecases.block_request import BlockRequest

COMPLETE = (
    f"The pace experiment is complete: {PAIRS} blocks were begun at 80 s a question and {PAIRS} at 100 s. "
    "'drill pacing' shows what came of it."
)


class Begun(NamedTuple):
    """A block of the experiment, ended or not."""

    arm_ms: int
    banks: tuple[str, ...]
    """Sorted ids."""
    next_best_step: bool


def begun_blocks(store: Store) -> list[Begun]:
    """Every block of the experiment, oldest first."""
    found = blocks_with_filter(store.connection, MARKER)
    return [
        Begun(arm, tuple(sorted(banks_of(block.filters))), NEXT_BEST_STEP in block.filters)
        for block in found
        if (arm := arm_of(block.filters, block.target_ms)) is not None
    ]


def check_own(request: BlockRequest) -> None:
    """Raises DrillError naming the options that would make a block unlike the others of the experiment."""
    own = {
        "--items": request.items not in (None, ITEMS),
        "--minutes": request.minutes is not None,
        "--mode": request.how is not Mode.EXAM,
        "--pool": request.filter.pool != "unused",
        "--subject": bool(request.subject),
        "--system": bool(request.system),
        "--task": bool(request.task),
        "--seed": request.seed is not None,
        "--commit-first": request.commit_first,
        "--weights": request.weighting is not None,
    }
    named = [option for option, is_own in own.items() if is_own]
    if named:
        raise DrillError(
            f"Blocks of the pace experiment are alike but for the time: {ITEMS} unused questions in exam "
            f"mode, 80 or 100 s a question, dealt by a coin. Leave {' and '.join(named)} out."
        )


def joined(store: Store, request: BlockRequest) -> BlockRequest:
    """The request with the pool of the experiment's first block.

    Raises DrillError when it changes what these blocks share, when all are begun or another pool is asked
    for, and NothingToDraw when too few questions are left to bring a new experiment to its end.
    """
    check_own(request)
    begun = begun_blocks(store)
    if not begun:
        there = count_candidates(store.connection, request.filter)
        if there < QUESTIONS:
            raise NothingToDraw(
                f"The pace experiment shows nothing before its end and takes {QUESTIONS} unused questions; "
                f"{there} match. Import more first ('drill import FILE')"
                f"{', or take another bank (--bank)' if request.banks else ''}."
            )
        return request
    if next_arm(tally(block.arm_ms for block in begun), Random(0)) is None:
        raise DrillError(COMPLETE)
    first = begun[0]
    banks = tuple(sorted(set(request.banks))) or first.banks
    only = first.next_best_step if request.next_best_step is None else request.next_best_step
    if (banks, only) != (first.banks, first.next_best_step):
        kind = "next-best-step questions only" if first.next_best_step else "all kinds of question"
        raise DrillError(
            f"The pace experiment keeps to the pool of its first block: {', '.join(first.banks)}, {kind}. "
            "Leave --bank and --next-best-step out."
        )
    check_banks(store.connection, first.banks)
    return replace(request, banks=first.banks, next_best_step=first.next_best_step)


def dealt(store: Store, request: BlockRequest, random: Random) -> BlockRequest:
    """The request at the arm whose turn it is; `random` decides where both have as many blocks."""
    arm_ms = next_arm(tally(block.arm_ms for block in begun_blocks(store)), random)
    if arm_ms is None:
        raise DrillError(COMPLETE)
    return replace(request, target_ms=arm_ms)
