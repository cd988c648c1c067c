"""Sitting a block: what a request comes to, the ways out, and what becomes of an unfinished block."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drill.core import commands as c
from drill.core.items import Item
from drill.core.state import Mode, Phase
from drill.errors import BankError, DrillError, NothingToDraw, OpenBlockExists
from drill.runner import BlockRunner
from drill.storage.banks import read_item, remove_bank
from drill.storage.history import read_history
from drill.storage.store import Store
from drill.usecases.block_request import BlockRequest
from drill.usecases.sitting import (
    end_unfinished,
    labels,
    matching,
    plan_block,
    plan_new_block,
    read_form,
    resume_block,
    start_block,
    unfinished,
)
from tests.factories import FakeClock, import_bank, make_bank, make_item, make_items, sit_block


@pytest.fixture
def stocked(store: Store) -> Store:
    """Bank "notes" with 25 items, the first five next-best-step ones of surgery."""
    items = [
        replace(item, next_best_step=number < 5, subject="Surgery" if number < 5 else "Medicine")
        for number, item in enumerate(make_items(25))
    ]
    import_bank(store, make_bank(items=items))
    return store


def plan(store: Store, **request: Any) -> Any:
    return plan_block(store, BlockRequest(**request), "block-1", request.get("seed", 7))


def begin(store: Store, request: BlockRequest, clock: FakeClock) -> BlockRunner:
    """Draw a block and start its clock."""
    return start_block(store, plan_new_block(store, request), clock)


def way_out(store: Store, **request: Any) -> str:
    with pytest.raises(NothingToDraw) as caught:
        plan(store, **request)
    return str(caught.value)


# What a request comes to


@pytest.mark.parametrize(
    ("request_", "minutes"),
    [
        ({}, 30),
        ({"preset": "exam18"}, 30),
        ({"preset": "exam19"}, 30),
        ({"preset": "exam18", "items": 18}, 30),
        ({"preset": "exam18", "items": 20}, 30),
        ({"preset": "sprint10"}, 15),
        ({"preset": "classic40"}, 60),
        ({"items": 7}, 10.5),
        ({"items": 7, "minutes": 8}, 8),
        ({"minutes": 0.5}, 0.5),
        ({"mode": Mode.TIMED}, 30),
        ({"mode": Mode.TUTOR}, None),
        ({"mode": Mode.UNTIMED, "minutes": 10}, None),
        ({"preset": "retest"}, None),
        ({"preset": "retest", "mode": Mode.TIMED}, 15),
        ({"target_ms": 80_000}, 80_000 * 20 / 60_000 + 5 / 60),  # 26:40 rounded up to 26:45
        ({"target_ms": 90_000}, 30),
        ({"target_ms": 80_000, "minutes": 12}, 12),
    ],
)
def test_minutes_are_one_and_a_half_an_item_unless_given(
    request_: dict[str, Any], minutes: float | None
) -> None:
    assert BlockRequest(**request_).limit_ms == (None if minutes is None else round(minutes * 60_000))


def test_options_override_the_preset() -> None:
    plain, other = (
        BlockRequest(preset="nbs20"),
        BlockRequest(preset="nbs20", items=5, mode=Mode.TIMED, next_best_step=False),
    )
    assert (plain.count, plain.how, plain.filter.next_best_step) == (20, Mode.EXAM, True)
    assert (other.count, other.how, other.filter.next_best_step) == (5, Mode.TIMED, False)


def test_the_default_pool_is_unused_and_a_retest_takes_what_was_missed() -> None:
    assert BlockRequest().filter.pool == "unused"
    assert BlockRequest(pool="all").filter.pool == "all"
    assert BlockRequest(preset="retest").filter.pool == "retest"


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"preset": "exam99"}, "There is no preset 'exam99'. Presets: exam20"),
        ({"pool": "best"}, "There is no pool 'best'. Pools: unused"),
        ({"items": 0}, "1 to 400 questions, not 0. Change --items"),
        ({"items": 401}, "not 401"),
        ({"items": -3}, "not -3"),
        ({"minutes": 0}, "Change --minutes"),
        ({"minutes": -1}, "Change --minutes"),
        ({"minutes": 601}, "Change --minutes"),
        ({"minutes": float("nan")}, "Change --minutes"),
        ({"minutes": float("inf")}, "Change --minutes"),
        ({"minutes": 1e-9}, "Change --minutes"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_with_words(
    stocked: Store, request_: dict[str, Any], words: str
) -> None:
    for ask in (plan, lambda store, **request: matching(store, BlockRequest(**request))):
        with pytest.raises(DrillError) as caught:
            ask(stocked, **request_)
        assert words in str(caught.value)


def test_the_shortest_block_that_is_allowed_can_start(stocked: Store, clock: FakeClock) -> None:
    assert begin(stocked, BlockRequest(minutes=0.001), clock).plan.limit_ms == 60


def test_an_unknown_bank_is_named(stocked: Store) -> None:
    with pytest.raises(BankError, match=r"There is no bank 'x'. Banks: notes"):
        plan(stocked, banks=("x",))


# Drawing


def test_a_plan_says_what_the_history_will_say(stocked: Store) -> None:
    import_bank(stocked, make_bank("another"))
    drawn = plan(
        stocked, items=3, next_best_step=True, subject=("Surgery",), commit_first=True, target_ms=80_000
    )
    assert (drawn.preset, drawn.mode, drawn.pool, drawn.seed) == ("exam20", Mode.EXAM, "unused", 7)
    assert drawn.filters == ("bank:another", "bank:notes", "next_best_step", "subject:Surgery")
    assert (drawn.commit_first, drawn.retest, drawn.target_ms, drawn.limit_ms) == (
        True,
        False,
        80_000,
        240_000,
    )
    assert drawn.option_counts == (4, 4, 4)
    assert {item.bank for item in drawn.form} == {"notes"}
    assert plan(stocked, banks=("notes",), items=1).filters == ("bank:notes",)


def test_a_target_without_a_limit_is_no_target(stocked: Store) -> None:
    assert plan(stocked, items=3, mode=Mode.UNTIMED, target_ms=80_000).target_ms is None
    assert plan(stocked, items=3, minutes=4.5, target_ms=80_000).target_ms is None, "own minutes, no rung"


def test_the_same_seed_draws_the_same_form(stocked: Store) -> None:
    assert plan(stocked, seed=5).form == plan(stocked, seed=5).form
    assert plan(stocked, seed=5).form != plan(stocked, seed=6).form


def test_filters_narrow_the_drawing(stocked: Store) -> None:
    drawn = plan(stocked, items=5, next_best_step=True)
    assert sorted(item.item for item in drawn.form) == ["q01", "q02", "q03", "q04", "q05"]
    assert matching(stocked, BlockRequest(next_best_step=True)) == 5
    assert matching(stocked, BlockRequest(subject=("Medicine",))) == 20
    assert labels(stocked, "subject") == ["Medicine", "Surgery"]


def test_options_move_only_when_asked_or_in_a_retest(stocked: Store, clock: FakeClock) -> None:
    assert {item.order for item in plan(stocked).form} == {"ABCD"}
    assert len({item.order for item in plan(stocked, shuffle_options=True).form}) > 1
    sit_block(stocked, clock, {f"q{n:02}": "B" for n in range(1, 11)}, block="one")
    retest = plan(stocked, preset="retest")
    assert len({item.order for item in retest.form}) > 1
    assert (retest.retest, retest.pool, retest.mode, retest.limit_ms) == (
        True,
        "incorrect",
        Mode.UNTIMED,
        None,
    )


def test_the_slow_pool_holds_time_sinks(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(items=12), clock)
    for number in range(12):
        clock.advance(300_000 if number == 5 else 40_000)
        runner.dispatch(c.Choose("A"))
        runner.dispatch(c.Next())
    runner.dispatch(c.End())
    sink = runner.plan.form[5].item
    assert matching(stocked, BlockRequest(pool="slow")) == 1
    assert [item.item for item in plan(stocked, pool="slow", items=1).form] == [sink]


# Ways out


def test_too_few_questions_name_the_nearest_ways_out(stocked: Store, clock: FakeClock) -> None:
    sit_block(stocked, clock, {f"q{n:02}": "A" for n in range(1, 21)}, block="one")
    assert way_out(stocked) == (
        "5 questions match; 20 were asked for. You can ask for fewer (--items 5), or draw from all 25, "
        "used ones too (--pool all), or import more questions ('drill import FILE')."
    )


def test_a_way_out_that_is_none_is_not_named(stocked: Store) -> None:
    words = way_out(stocked, items=30)
    assert "--items 25" in words
    assert "--pool all" not in words, "25 of 30 there as well"
    assert "filter" not in words
    assert "--bank" not in words
    assert "--items" not in way_out(stocked, subject=("Dentistry",)), "nothing to ask fewer of"


def test_filters_and_banks_are_ways_out(stocked: Store) -> None:
    words = way_out(stocked, banks=("notes",), next_best_step=True, subject=("Surgery",))
    assert "5 questions match; 20 were asked for." in words
    assert "take a filter away (next best step, subject:Surgery)" in words
    assert "take another bank (--bank)" in words


def test_one_question_is_one_question(store: Store) -> None:
    import_bank(store, make_bank(items=1))
    assert way_out(store).startswith("1 question matches; 20 were asked for.")


def test_an_empty_database_says_import(store: Store) -> None:
    assert (
        way_out(store)
        == "0 questions match; 20 were asked for. You can import more questions ('drill import FILE')."
    )


def in_sets(*sizes: int) -> list[Item]:
    return [
        make_item(f"s{number}-{part}", set=f"s{number}")
        for number, size in enumerate(sizes)
        for part in range(size)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_offered_can_be_drawn(store: Store, seed: int) -> None:
    import_bank(store, make_bank(items=in_sets(3, 3, 2)))
    words = way_out(store, items=7, seed=seed)
    assert words.startswith(
        "8 questions match, in sets that are asked whole and do not fit; 7 were asked for."
    )
    assert "--items 6" in words
    assert len(plan(store, items=6, seed=seed).form) == 6
    assert len(plan(store, items=5, seed=seed).form) == 5


def test_the_way_out_by_another_pool_is_there(stocked: Store, clock: FakeClock) -> None:
    sit_block(stocked, clock, {f"q{n:02}": "A" for n in range(1, 21)}, block="one")
    assert "--pool all" in way_out(stocked)
    assert len(plan(stocked, pool="all").form) == 20


def test_another_pool_is_no_way_out_when_its_sets_do_not_fit(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank(items=in_sets(2, 2)))
    sit_block(store, clock, {"s0-0": "A", "s0-1": "A"}, block="one")
    assert "--pool all" not in way_out(store, items=3)
    assert "--pool all" in way_out(store, items=4)


# A block from start to end


def test_a_block_starts_with_a_seed_and_an_id_of_its_own(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(items=3), clock)
    assert runner.running
    assert 0 <= runner.plan.seed < 10**6
    assert len(runner.plan.block) == 36
    assert [item.item for item in plan(stocked, items=3, seed=runner.plan.seed).form] == [
        item.item for item in runner.plan.form
    ]  # fmt: skip
    runner.dispatch(c.End())
    assert begin(stocked, BlockRequest(items=3, seed=123), clock).plan.seed == 123


def test_the_form_is_read_as_administered(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(items=1, subject=("Surgery",)), clock)
    (shown,) = read_form(stocked, runner.plan)
    import_bank(stocked, make_bank(items=[replace(shown, stem="New words?")]))
    assert read_form(stocked, runner.plan) == (shown,)
    assert read_item(stocked.connection, "notes", shown.id).stem == "New words?"


def test_a_second_block_is_refused_while_one_is_open(stocked: Store, clock: FakeClock) -> None:
    drawn = plan_new_block(stocked, BlockRequest(items=3))
    begin(stocked, BlockRequest(items=3), clock)
    with pytest.raises(OpenBlockExists, match="drill resume"):
        plan_new_block(stocked, BlockRequest(items=3))
    with pytest.raises(OpenBlockExists, match="drill resume"):
        start_block(stocked, drawn, clock)


def test_used_items_leave_the_default_pool(stocked: Store, clock: FakeClock) -> None:
    first = begin(stocked, BlockRequest(items=20), clock)
    first.dispatch(c.GoTo(20))
    first.dispatch(c.End())
    seen = {first.plan.form[0].item, first.plan.form[19].item}
    assert matching(stocked, BlockRequest()) == 23
    assert not seen & {item.item for item in plan(stocked, items=23).form}


# Unfinished blocks


def test_nothing_is_unfinished_at_first(stocked: Store, clock: FakeClock) -> None:
    assert unfinished(stocked) is None
    for act in (resume_block, end_unfinished):
        with pytest.raises(DrillError, match="no unfinished block"):
            act(stocked, clock)


def test_a_suspended_block_waits_and_goes_on(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(items=4, mode=Mode.TIMED), clock)
    clock.advance(60_000)
    runner.dispatch(c.Choose("B"))
    runner.dispatch(c.Suspend())
    put_away = clock.wall()
    clock.sleep(9_000_000)
    waiting = unfinished(stocked)
    assert waiting is not None
    assert (waiting.title, waiting.remaining_ms, waiting.cause) == ("timed 4", 300_000, "suspended")
    assert waiting.since == put_away
    assert waiting.state == runner.state
    resumed = resume_block(stocked, clock)
    assert resumed.running
    assert (resumed.now_ms(), resumed.state.current.chosen) == (60_000, "B")
    assert resumed.state.away_ms == 9_000_000


def test_a_crashed_block_waits_from_its_last_heartbeat(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(), clock)
    clock.advance(10_000)
    runner.tick()
    seen = clock.wall()
    clock.advance(400)
    waiting = unfinished(stocked)
    assert waiting is not None
    assert (waiting.title, waiting.remaining_ms, waiting.cause, waiting.since) == (
        "exam 20",
        1_790_000,
        "crash",
        seen,
    )
    assert unfinished(stocked) == waiting, "looking changes nothing"
    assert resume_block(stocked, clock).now_ms() == 10_000


@pytest.mark.parametrize("cause", ["terminated", "terminal_closed", "sleep"])
def test_the_cause_of_an_interruption_is_told(stocked: Store, clock: FakeClock, cause: Any) -> None:
    begin(stocked, BlockRequest(), clock).dispatch(c.Interrupt(cause))
    waiting = unfinished(stocked)
    assert waiting is not None
    assert waiting.cause == cause


def test_a_crash_after_a_resumption_is_a_crash(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(mode=Mode.TIMED), clock)
    runner.dispatch(c.Suspend())
    resume_block(stocked, clock).dispatch(c.Choose("A"))
    waiting = unfinished(stocked)
    assert waiting is not None
    assert waiting.cause == "crash"


def test_an_unfinished_block_without_a_limit_has_no_time_left(stocked: Store, clock: FakeClock) -> None:
    begin(stocked, BlockRequest(items=2, mode=Mode.TUTOR), clock).dispatch(c.Suspend())
    waiting = unfinished(stocked)
    assert waiting is not None
    assert (waiting.title, waiting.remaining_ms) == ("tutor 2", None)


def test_an_unfinished_block_is_ended_for_good_with_its_answers(stocked: Store, clock: FakeClock) -> None:
    runner = begin(stocked, BlockRequest(items=3), clock)
    clock.advance(5_000)
    runner.dispatch(c.Choose("A"))
    end_unfinished(stocked, clock)
    assert unfinished(stocked) is None
    (block,) = read_history(stocked.connection)
    assert (block.block_end, block.block_active_ms) == ("left", 5_000)
    assert [one.chosen for one in block.attempts] == ["A", None, None]


def test_a_block_whose_time_ran_out_unseen_is_ended_at_its_limit(stocked: Store, clock: FakeClock) -> None:
    """The last heartbeat fell upon the limit, and the process died before it could end the block."""
    runner = begin(stocked, BlockRequest(items=3), clock)
    with stocked.transaction() as connection:
        connection.execute("UPDATE blocks SET last_at_ms = 270000")
    waiting = unfinished(stocked)
    assert waiting is not None
    assert waiting.remaining_ms == 0
    end_unfinished(stocked, clock)
    assert read_history(stocked.connection)[0].block_end == "expired"
    assert runner.state.phase is Phase.RUNNING, "the dead process knows nothing of it"


def test_a_block_outlives_its_bank(stocked: Store, clock: FakeClock) -> None:
    begin(stocked, BlockRequest(items=3, mode=Mode.TIMED), clock).dispatch(c.Suspend())
    remove_bank(stocked, "notes", 1)
    runner = resume_block(stocked, clock)
    assert len(read_form(stocked, runner.plan)) == 3
