"""Whole histories in a database: banks imported and blocks sat, any way a learner may sit them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from hypothesis import strategies as st

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.forms import draw
from drill.core.state import Mode, Phase
from drill.core.vocabulary import AnnotationKind
from drill.errors import IllegalCommand
from drill.runner import BlockRunner
from drill.storage import annotations, blocks
from drill.storage.annotations import Annotation
from drill.storage.block_log import StoreLog
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, read_candidates
from drill.storage.store import Store
from tests.factories import NOON, FakeClock
from tests.strategies import commands

Steps = Sequence[tuple[int, c.Command]]
"""(ms that pass before, command)."""

ANSWERS: Steps = (
    (20_000, c.Choose("A")), (3_000, c.Strike("B")), (4_000, c.Next()),
    (30_000, c.Choose("B")), (5_000, c.Choose("C")), (100, c.Flag()), (4_000, c.Next()),
)  # fmt: skip
"""Two answers, one of them changed, and a look at the third question."""


def plan_of(
    store: Store, block: str, *, items: int = 3, mode: Mode = Mode.TIMED, seed: int = 7, target_s: int = 80
) -> BlockPlan:
    """A block of up to so many items of all banks, options shuffled where they may be."""
    form = draw(
        read_candidates(store.connection, Filter(pool="all")), items, Random(seed), shuffle_options=True
    )
    return BlockPlan(
        block=block, preset="exam20", mode=mode, pool="all", filters=("bank:notes",), seed=seed,
        limit_ms=400_000 if mode.has_limit else None, form=form,
        option_counts=tuple(len(item.order) for item in form), target_ms=target_s * 1000 if mode.has_limit else None,
    )  # fmt: skip


def sit(
    store: Store,
    block: str,
    steps: Steps = ANSWERS,
    *,
    at: WallTime = NOON,
    clock: FakeClock | None = None,
    end: bool = True,
    **planned: object,
) -> BlockRunner:
    """Sit a block begun `at`, or by `clock`; what the rules refuse is skipped. end=False leaves it open."""
    clock = clock or FakeClock(wall_time=at)
    plan = plan_of(store, block, **planned)  # type: ignore[arg-type]
    runner = BlockRunner.start(plan, blocks.read_keys(store.connection, plan.form), clock, StoreLog(store))
    for wait_ms, command in steps:
        clock.advance(wait_ms)
        try:
            runner.dispatch(command)
        except IllegalCommand:
            continue
    if end and runner.state.phase is not Phase.ENDED:
        clock.advance(1_000)
        runner.dispatch(c.End())
    return runner


def annotate(store: Store, kind: str, value: str | None, made_at_ms: int, **about: Any) -> None:
    """Write an annotation as the screens do; `about` says of what."""
    annotations.annotate(store, Annotation(AnnotationKind(kind), value, made_at_ms, **about))


def steps() -> st.SearchStrategy[Steps]:
    """Any way to sit a block."""
    waits = st.sampled_from([0, 1, 500, 1_999, 2_000, 15_000, 120_000])
    return st.lists(st.tuples(waits, commands()), max_size=25)


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of drill's own."""
    tables = [
        name
        for (name,) in store.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
        if not name.startswith("_")
    ]
    return {
        table: sorted(store.connection.execute(f'SELECT * FROM main."{table}"').fetchall(), key=repr)
        for table in tables
    }
