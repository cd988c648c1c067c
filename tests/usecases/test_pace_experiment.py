"""Sitting the pace experiment: which arm, which pool, what is refused, and where it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from drill.analytics.eligibility import block_exclusion
from drill.analytics.pacing_report import pacing_report
from drill.core import commands as c
from drill.core.pace_experiment import ARMS_MS, tally
from drill.core.state import Mode
from drill.errors import BankError, DrillError, NothingToDraw
from drill.storage.banks import remove_bank
from drill.storage.history import read_history
from drill.storage.store import Store
from drill.usecases.block_request import BlockRequest
from drill.usecases.pace_experiment import begun_blocks
from drill.usecases.sitting import (
    check_request,
    matching,
    plan_block,
    plan_new_block,
    start_block,
)
from drill.usecases.titles import plan_title
from tests.factories import FakeClock, import_bank, make_bank, make_items

PACE20 = BlockRequest("pace20")


@pytest.fixture
def stocked(store: Store) -> Store:
    """Bank "notes" with all the questions an experiment takes, next-best-step ones all."""
    import_bank(store, make_bank(items=make_items(420, next_best_step=True)))
    return store


def sit(store: Store, clock: FakeClock, request: BlockRequest = PACE20, *, leave: bool = False) -> Any:
    """Sit a block, or leave it at once; its plan."""
    runner = start_block(store, plan_new_block(store, request), clock)
    clock.advance(60_000)
    runner.dispatch(c.Choose("A"))
    runner.dispatch(c.Leave() if leave else c.End())
    clock.advance(3_600_000)
    return runner.plan


def refused(store: Store, request: BlockRequest, kind: type[DrillError] = DrillError) -> str:
    """What every way of asking says."""
    said = set()
    for ask in (
        lambda: check_request(store, request),
        lambda: matching(store, request),
        lambda: plan_block(store, request, "new", 7),
    ):
        with pytest.raises(kind) as caught:
            ask()
        said.add(str(caught.value))
    (one,) = said
    return one


def test_a_block_of_the_experiment_is_an_exam_of_20_unused_questions_at_the_arms_target(
    stocked: Store, clock: FakeClock
) -> None:
    limits = {80_000: 26 * 60_000 + 45_000, 100_000: 33 * 60_000 + 30_000}
    for _ in range(2):
        plan = sit(stocked, clock, replace(PACE20, target_ms=85_000))
        assert (plan.preset, plan.mode, plan.pool, len(plan.form)) == ("pace20", Mode.EXAM, "unused", 20)
        assert plan.limit_ms == limits[plan.target_ms]
        assert plan.filters == ("bank:notes", "pace_experiment")
        assert plan_title(plan) == "experiment 20"
    records = read_history(stocked.connection)
    assert {record.target_ms for record in records} == set(limits)
    assert {block_exclusion(record) for record in records} == {"filtered"}


def test_blocks_left_for_good_count_for_their_pair_and_after_ten_pairs_there_is_no_more(
    stocked: Store, clock: FakeClock
) -> None:
    arms = [sit(stocked, clock, leave=number % 3 == 0).target_ms for number in range(20)]
    assert all(set(arms[k : k + 2]) == set(ARMS_MS) for k in range(0, 20, 2))
    assert "10 blocks were begun at 80 s a question and 10 at 100 s. 'drill pacing' shows" in refused(
        stocked, PACE20
    )
    assert pacing_report(read_history(stocked.connection)).pace_experiment.shown


def test_a_block_begun_and_not_ended_counts_too(stocked: Store, clock: FakeClock) -> None:
    first = start_block(stocked, plan_new_block(stocked, PACE20), clock).plan
    assert tally(begun.arm_ms for begun in begun_blocks(stocked))[first.target_ms or 0] == 1
    second = {plan_block(stocked, PACE20, "new", seed).target_ms for seed in range(20)}
    assert second == set(ARMS_MS) - {first.target_ms}


def test_the_coin_is_the_blocks_seed(stocked: Store) -> None:
    dealt = [plan_block(stocked, PACE20, "new", seed).target_ms for seed in range(60)]
    assert dealt == [plan_block(stocked, PACE20, "new", seed).target_ms for seed in range(60)]
    assert min(Counter(dealt)[arm] for arm in ARMS_MS) > 15


def test_the_arm_says_nothing_about_the_questions_drawn(stocked: Store) -> None:
    exam = plan_block(stocked, BlockRequest(), "new", 7)
    assert plan_block(stocked, PACE20, "new", 7).form == exam.form


@pytest.mark.parametrize(
    ("own", "options"),
    [
        ({"items": 10}, "--items"), ({"minutes": 30}, "--minutes"), ({"mode": Mode.TIMED}, "--mode"),
        ({"pool": "all"}, "--pool"), ({"subject": "Surgery"}, "--subject"), ({"system": "Heart"}, "--system"),
        ({"task": "diagnosis"}, "--task"), ({"seed": 3}, "--seed"), ({"commit_first": True}, "--commit-first"),
        ({"minutes": 40, "pool": "slow"}, "--minutes and --pool"),
    ],
)  # fmt: skip
def test_what_would_make_its_blocks_unlike_is_refused_by_name(
    stocked: Store, own: dict[str, Any], options: str
) -> None:
    assert refused(stocked, replace(PACE20, **own)).endswith(f"Leave {options} out.")


def test_what_the_experiment_has_anyway_may_be_said(stocked: Store) -> None:
    plan = plan_block(stocked, replace(PACE20, items=20, mode=Mode.EXAM, pool="unused"), "new", 7)
    assert len(plan.form) == 20


def test_its_pool_is_that_of_its_first_block(stocked: Store, clock: FakeClock) -> None:
    first = sit(stocked, clock, replace(PACE20, banks=("notes",), next_best_step=True))
    import_bank(stocked, make_bank("other", 30))
    assert sit(stocked, clock).filters == first.filters == ("bank:notes", "next_best_step", "pace_experiment")
    same = replace(PACE20, banks=("notes",), next_best_step=True)
    assert matching(stocked, same) == matching(stocked, PACE20) > 0
    for other in ({"banks": ("other",)}, {"banks": ("notes", "other")}, {"next_best_step": False}):
        said = refused(stocked, replace(PACE20, **other))
        assert (
            "keeps to the pool of its first block: notes, next-best-step questions only. Leave --bank" in said
        )


def test_the_first_block_is_the_first_by_its_start(stocked: Store, clock: FakeClock) -> None:
    for banks in (("notes",), ("other",)):
        plan = replace(
            plan_block(stocked, PACE20, banks[0], 7), filters=(f"bank:{banks[0]}", "pace_experiment")
        )
        start_block(stocked, plan, clock).dispatch(c.End())
        clock.advance(60_000)
    assert [begun.banks for begun in begun_blocks(stocked)] == [("notes",), ("other",)]


def test_a_removed_bank_of_the_experiment_is_named(stocked: Store, clock: FakeClock) -> None:
    sit(stocked, clock)
    import_bank(stocked, make_bank("other", 30))
    remove_bank(stocked, "notes", 1)
    assert "notes" in refused(stocked, PACE20, BankError)


def test_it_does_not_begin_where_it_cannot_end(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank(items=make_items(399)))
    said = refused(store, PACE20, NothingToDraw)
    assert "shows nothing before its end and takes 400 unused questions; 399 match. Import more first" in said
    assert "another bank" in refused(store, replace(PACE20, banks=("notes",)), NothingToDraw)


def test_an_experiment_that_has_run_out_of_questions_asks_for_more_of_its_banks(
    store: Store, clock: FakeClock
) -> None:
    import_bank(store, make_bank(items=make_items(405)))
    sit(store, clock)
    draws = replace(BlockRequest("exam20"), items=390)
    start_block(store, plan_new_block(store, draws), clock)
    runner_ends(store, clock)
    with pytest.raises(NothingToDraw) as caught:
        plan_block(store, PACE20, "new", 7)
    assert "a block of the pace experiment asks 20. Import more questions of its banks (notes)" in str(
        caught.value
    )


def runner_ends(store: Store, clock: FakeClock) -> None:
    """Look at every question of the open block and end it."""
    from drill.usecases.sitting import resume_block

    runner = resume_block(store, clock)
    for _ in range(runner.state.config.length - 1):
        runner.dispatch(c.Next())
    runner.dispatch(c.End())


def test_a_replay_of_an_experiment_block_is_none_of_it(stocked: Store, clock: FakeClock) -> None:
    from drill.usecases.replaying import replay_plan

    runner = start_block(stocked, plan_new_block(stocked, PACE20), clock)
    runner.dispatch(c.Choose("B"))
    runner.dispatch(c.End())
    replay = start_block(stocked, replay_plan(stocked, runner.plan.block, "again"), clock)
    replay.dispatch(c.End())
    assert len(begun_blocks(stocked)) == 1
    assert pacing_report(read_history(stocked.connection)).pace_experiment.n == 1
