"""Retests: cards follow from the history alone, and what is due is asked first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.items import Item
from drill.core.state import Mode
from drill.runner import BlockRunner
from drill.storage.annotations import retire
from drill.storage.banks import remove_bank
from drill.storage.block_log import StoreLog
from drill.storage.blocks import BlockPlan, read_keys
from drill.storage.candidates import Filter
from drill.storage.store import Store, open_memory
from drill.usecases import retests, sitting
from drill.usecases.block_request import BlockRequest
from drill.usecases.road_plan import due_dates
from tests.factories import NOON, FakeClock, import_bank, make_bank, make_item, make_options, start_block

DAY_MS = 86_400_000
HOUR_MS = 3_600_000


def items(count: int = 12) -> tuple[Item, ...]:
    """Items long enough that a pace means something."""
    return tuple(
        make_item(f"q{n:02}", stem="word " * 100 + f"{n}.", lead_in="What is it?", options=make_options(4))
        for n in range(count)
    )


def after(days: float) -> WallTime:
    return WallTime(NOON.utc_ms + int(days * DAY_MS), NOON.offset_minutes)


def sit_block(
    store: Store,
    block: str,
    marks: str,
    *,
    days: float = 0,
    seconds: float = 60,
    mode: Mode = Mode.EXAM,
    flag: Sequence[int] = (),
    filters: tuple[str, ...] = ("bank:notes",),
    skip: int = 0,
) -> None:
    """One mark an item in the bank's order: R right, W wrong, - blank."""
    form = sitting.plan_block(store, BlockRequest(items=12, pool="all", seed=1), block, 1).form
    form = tuple(sorted(form, key=lambda item: item.item))[skip : skip + len(marks)]
    limit = 12 * 90_000 if mode.has_limit else None
    plan = BlockPlan(
        block,
        "exam20",
        mode,
        "all",
        filters,
        1,
        limit,
        form,
        tuple(4 for _ in form),
        retest=not mode.has_limit,
    )
    clock = FakeClock(wall_time=after(days))
    runner = BlockRunner.start(plan, read_keys(store.connection, form), clock, StoreLog(store))
    for position, mark in enumerate(marks, 1):
        clock.advance(seconds * 1000)
        if mark != "-":
            runner.dispatch(c.Choose("A" if mark == "R" else "B"))
        if position in flag:
            runner.dispatch(c.Flag())
        runner.dispatch(c.Next())
    runner.dispatch(c.End())


def cards(store: Store) -> dict[str, tuple[str, str]]:
    rows = store.connection.execute("SELECT item, due_at, card FROM retests ORDER BY item")
    return {item: (due, card) for item, due, card in rows}


def follow(store: Store) -> None:
    update = retests.pending(store)
    if update is not None:
        retests.write_update(store, update)


@pytest.fixture
def filled(store: Store) -> Store:
    import_bank(store, make_bank("notes", items()))
    return store


def test_missed_blank_and_flagged_questions_get_a_card_and_no_others(filled: Store) -> None:
    sit_block(filled, "one", "RW-RRRRRRRRR", flag=(5,))
    follow(filled)
    assert list(cards(filled)) == ["q01", "q02", "q04"]


def test_a_question_that_was_never_shown_gets_no_card(filled: Store) -> None:
    runner = start_block(filled, FakeClock(), "q00", "q01", "q02")
    runner.dispatch(c.Choose("B"))
    runner.dispatch(c.Next())
    runner.dispatch(c.End())
    follow(filled)
    assert set(cards(filled)) == {"q00", "q01"}, "q01 was left blank"


def test_a_missed_question_is_due_from_the_start_of_the_next_study_day(filled: Store) -> None:
    sit_block(filled, "one", "W" + "R" * 11)
    follow(filled)
    assert cards(filled)["q00"][0] == "2026-11-27T09:00:00.000Z"  # 04:00 at -05:00
    assert retests.due_count(filled, "2026-11-27T08:59:59.999Z") == 0
    assert retests.due_count(filled, "2026-11-27T09:00:00.000Z") == 1


def test_right_in_time_comes_back_later_than_right_but_slow_and_wrong_soonest(filled: Store) -> None:
    sit_block(filled, "one", "WWW" + "R" * 9)
    sit_block(filled, "slow", "R", days=2, seconds=100, mode=Mode.UNTIMED)
    sit_block(filled, "quick", "R", days=2.01, seconds=50, mode=Mode.UNTIMED, skip=1)
    sit_block(filled, "again", "W", days=2.02, seconds=50, mode=Mode.UNTIMED, skip=2)
    follow(filled)
    stability = {item: json.loads(card)["stability"] for item, (_, card) in cards(filled).items()}
    assert stability["q02"] < stability["q00"] < stability["q01"]


def test_a_review_dated_before_the_last_one_is_clamped_to_it_and_recorded(filled: Store) -> None:
    sit_block(filled, "b1", "W")
    sit_block(filled, "b2", "R", days=3)
    # Another tool wrote an instant with its offset: later as text, earlier as time.
    filled.connection.execute("UPDATE blocks SET started_at = '2026-11-29T00:00:00+14:00' WHERE block = 'b1'")
    filled.connection.execute("UPDATE blocks SET started_at = '2026-11-30T00:00:00+14:00' WHERE block = 'b2'")
    retests.rebuild_retests(filled)
    assert retests.clamped_reviews(filled) == 0
    filled.connection.execute("UPDATE blocks SET started_at = '2026-11-29T00:00:00-12:00' WHERE block = 'b1'")
    filled.connection.execute("UPDATE blocks SET started_at = '2026-11-29T09:00:00+14:00' WHERE block = 'b2'")
    retests.rebuild_retests(filled)
    (card,) = filled.connection.execute("SELECT card FROM retests").fetchone()
    assert json.loads(card)["last_review"] == "2026-11-29T12:00:00+00:00", "no review goes back in time"
    assert retests.clamped_reviews(filled) == 1


def test_a_replay_is_no_review(filled: Store) -> None:
    sit_block(filled, "one", "W" + "R" * 11)
    follow(filled)
    before = cards(filled)
    sit_block(filled, "again", "R", days=1, mode=Mode.UNTIMED, filters=("bank:notes", "replay:one"))
    follow(filled)
    assert cards(filled) == before


def test_nothing_to_follow_changes_nothing(filled: Store) -> None:
    assert retests.pending(filled) is None
    sit_block(filled, "one", "W" + "R" * 11)
    follow(filled)
    assert retests.pending(filled) is None


@given(st.lists(st.text("RW-", min_size=12, max_size=12), min_size=1, max_size=7), st.data())
def test_cards_grown_block_by_block_are_those_rebuilt_from_the_history(
    blocks: list[str], data: st.DataObject
) -> None:
    with open_memory() as store:
        import_bank(store, make_bank("notes", items()))
        for number, marks in enumerate(blocks):
            seconds = data.draw(st.integers(20, 85))
            sit_block(store, f"block{number}", marks, days=number, seconds=seconds)
            if data.draw(st.booleans()):
                follow(store)
        follow(store)
        grown = cards(store)
        assert retests.rebuild_retests(store) == len(grown)
        assert cards(store) == grown
        assert retests.pending(store) is None


def test_a_block_merged_in_between_makes_all_cards_anew(filled: Store) -> None:
    sit_block(filled, "late", "RW" + "R" * 10, days=5)
    follow(filled)
    sit_block(filled, "early", "WR" + "R" * 10, days=1)  # as if from another machine
    update = retests.pending(filled)
    assert update is not None
    assert update.anew
    retests.write_update(filled, update)
    grown = cards(filled)
    retests.rebuild_retests(filled)
    assert cards(filled) == grown
    assert set(grown) == {"q00", "q01"}


def test_a_retest_asks_what_is_due_first_and_then_other_misses(filled: Store) -> None:
    sit_block(filled, "one", "WWWW" + "R" * 8)
    follow(filled)
    sit_block(filled, "two", "RR", days=3, mode=Mode.UNTIMED)  # q00, q01: due later now
    sit_block(filled, "three", "WW", days=3, mode=Mode.UNTIMED, skip=10)  # due on the next day
    follow(filled)
    now = after(3.1).iso
    assert retests.due_count(filled, now) == 2
    request = BlockRequest("retest", items=3, due_at=now)
    for seed in range(5):
        plan = sitting.plan_block(filled, request, "new", seed)
        drawn = [item.item for item in plan.form]
        assert set(drawn[:2]) == {"q02", "q03"}
        assert drawn[2] in ("q10", "q11")
        assert plan.retest
        assert plan.mode is Mode.UNTIMED
    assert sitting.matching(filled, request) == 4


def test_a_retest_of_now_asks_nothing_but_what_was_missed(filled: Store) -> None:
    sit_block(filled, "one", "WRW")
    follow(filled)
    request = BlockRequest("retest", items=2)
    assert sitting.matching(filled, request) == 2
    assert {item.item for item in sitting.plan_block(filled, request, "new", 1).form} == {"q00", "q02"}


def test_a_question_that_is_retired_or_whose_bank_is_removed_is_due_no_more(filled: Store) -> None:
    sit_block(filled, "one", "WW" + "R" * 10)
    follow(filled)
    now = after(2).iso
    assert (retests.due_count(filled, now), len(due_dates(filled))) == (2, 2)
    retire(filled, "notes", "q00", "wrong key", 1)
    assert (retests.due_count(filled, now), len(due_dates(filled))) == (1, 1)
    remove_bank(filled, "notes", 1)
    assert (retests.due_count(filled, now), len(due_dates(filled))) == (0, 0)


def test_with_a_pool_of_its_own_a_retest_asks_that_and_not_what_is_due(filled: Store) -> None:
    sit_block(filled, "one", "WRR", flag=[2])
    follow(filled)
    missed = BlockRequest("retest", pool="incorrect", items=1)
    assert sitting.matching(filled, missed) == 1
    assert sitting.matching(filled, BlockRequest("retest", items=1)) == 2


def test_a_set_of_which_one_was_missed_is_asked_whole(store: Store) -> None:
    pair = [make_item(name, set="pair", stem=f"{name} asks. What?") for name in ("a1", "a2")]
    import_bank(store, make_bank("notes", [*pair, *items(10)]))
    sit_block(store, "one", "RW" + "R" * 8)
    follow(store)
    due, others = retests.candidates(store, Filter(pool="retest"), after(2).iso)
    assert {one.item for one in due} == {"a1", "a2"}
    assert others == []
    form = retests.draw_due_first(due, others, 2, Random(1))
    assert [item.item for item in form] == ["a1", "a2"]
