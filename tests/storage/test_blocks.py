"""Blocks in the database: an append-only log, one open block, and projections that equal the fold."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import fold
from drill.core.items import Action, Option, When
from drill.core.state import Mode
from drill.errors import IllegalCommand, OpenBlockExists, StorageError
from drill.runner import BlockRunner
from drill.storage import blocks, item_records
from drill.storage.block_log import Commit, StoreLog, attempt_columns
from drill.storage.importing import apply_import, plan_import
from drill.storage.rows import named
from drill.storage.store import Store, open_memory, open_reader, open_writer
from tests import strategies
from tests.factories import (
    NOON,
    NOW,
    FakeClock,
    import_bank,
    make_bank,
    make_form_item,
    make_item,
    make_options,
    make_plan,
    sit_block,
    start_block,
    stored_form,
)  # fmt: skip


def rows(store: Store, query: str, *values: object) -> list[tuple[Any, ...]]:
    return store.connection.execute(query, values).fetchall()


@pytest.fixture
def bank(store: Store) -> Store:
    """A store with bank "notes" of four items."""
    import_bank(store, make_bank(items=4))
    return store


# The log


def test_a_block_is_read_back_as_it_was_planned_and_run(bank: Store, clock: FakeClock) -> None:
    runner = start_block(
        bank, clock, "q03", "q01", mode=Mode.TIMED, filters=("bank:notes", "subject:X"), target_ms=80_000,
        order="CADB", commit_first=True, retest=True, seed=99, pool="flagged",
    )  # fmt: skip
    clock.advance(1_500)
    runner.dispatch(c.Commit("Give fluids – first"))
    runner.dispatch(c.Choose("B"))
    saved = blocks.read_block(bank.connection, "block-1")
    assert saved.plan == runner.plan
    assert saved.keys == runner.keys
    assert saved.last_at_ms == 1_500
    assert saved.last_wall_ms == clock.wall().utc_ms
    assert fold(saved.plan.config, saved.events) == runner.state
    assert rows(bank, "SELECT seq, at_ms, kind, version FROM block_events") == [
        (1, 0, "started", 1), (2, 0, "moved", 1), (3, 1_500, "committed", 1), (4, 1_500, "chose", 1),
    ]  # fmt: skip


ANOTHER = "SELECT block, seq, 99, kind, version, payload FROM block_events WHERE seq = 2"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE block_events SET at_ms = 0",
        "UPDATE OR REPLACE block_events SET seq = 1",
        "DELETE FROM block_events",
        f"INSERT OR REPLACE INTO block_events {ANOTHER}",
        f"REPLACE INTO block_events {ANOTHER}",
        f"INSERT INTO block_events {ANOTHER} ON CONFLICT DO UPDATE SET at_ms = excluded.at_ms",
    ],
)
def test_the_log_is_append_only(bank: Store, clock: FakeClock, statement: str) -> None:
    start_block(bank, clock)
    before = rows(bank, "SELECT * FROM block_events")
    with pytest.raises(StorageError, match="append-only"), bank.transaction() as connection:
        connection.execute(statement)
    assert rows(bank, "SELECT * FROM block_events") == before


def test_an_event_number_is_given_once(bank: Store, clock: FakeClock) -> None:
    runner = start_block(bank, clock)
    before = rows(bank, "SELECT * FROM attempts")
    with pytest.raises(StorageError):
        StoreLog(bank).append(Commit(runner.plan, runner.keys, 2, (e.Chose(5, 1, "B"),), (), 0, runner.state))
    assert rows(bank, "SELECT * FROM attempts") == before


@pytest.mark.parametrize(
    "payload", ['{"position": 1}', "[1]", '"text"', "null", '{"position": "x", "letter": "A"}']
)
def test_a_log_that_makes_no_sense_is_told_of(bank: Store, clock: FakeClock, payload: str) -> None:
    start_block(bank, clock)
    with bank.transaction() as connection:
        connection.execute("INSERT INTO block_events VALUES ('block-1', 3, 9, 'chose', 1, ?)", (payload,))
    with pytest.raises(StorageError, match=r"log of block block-1 cannot be read.*drill doctor"):
        blocks.read_block(bank.connection, "block-1")


def test_an_unknown_block_is_told_of(bank: Store) -> None:
    with pytest.raises(StorageError, match="There is no block block-9"):
        blocks.read_block(bank.connection, "block-9")


# One open block


def test_at_most_one_block_is_open(bank: Store, clock: FakeClock) -> None:
    first = start_block(bank, clock, block="first")
    with pytest.raises(OpenBlockExists, match="drill resume"):
        start_block(bank, clock, block="second")
    assert rows(bank, "SELECT block FROM blocks") == [("first",)]
    assert blocks.open_block_id(bank.connection) == "first"
    first.dispatch(c.End())
    assert blocks.open_block_id(bank.connection) is None
    start_block(bank, clock, block="second")


def test_the_database_itself_refuses_a_second_open_block(bank: Store, clock: FakeClock) -> None:
    start_block(bank, clock, block="first")
    with pytest.raises(StorageError, match="UNIQUE"), bank.transaction() as connection:
        connection.execute(
            """INSERT INTO blocks (block, preset, mode, pool, filters, seed, items, started_at,
                                   utc_offset_minutes, study_day)
               VALUES ('second', 'exam20', 'exam', 'all', '[]', 1, 1, '', 0, '')"""
        )


def test_a_block_that_cannot_be_written_never_began(bank: Store, clock: FakeClock) -> None:
    plan = make_plan(form=stored_form(bank, "q01", "q01"))
    keys = blocks.read_keys(bank.connection, plan.form)
    wrong = make_plan(form=[*plan.form, plan.form[0]])
    with pytest.raises(
        ValueError, match="zip"
    ):  # a form and keys that do not fit: written in part, rolled back
        BlockRunner.start(wrong, keys, clock, StoreLog(bank))
    for table in ("blocks", "block_items", "block_events", "attempts"):
        assert rows(bank, f"SELECT * FROM {table}") == []


# The heartbeat


def test_the_heartbeat_only_goes_forward(bank: Store, clock: FakeClock) -> None:
    start_block(bank, clock)
    StoreLog(bank).heartbeat("block-1", 5_000, 7)
    StoreLog(bank).heartbeat("block-1", 4_000, 8)
    assert rows(bank, "SELECT last_at_ms, last_wall_ms FROM blocks") == [(5_000, 8)]
    assert len(rows(bank, "SELECT * FROM block_events")) == 2, "no event"


def test_a_block_that_has_ended_has_no_heartbeat(bank: Store, clock: FakeClock) -> None:
    start_block(bank, clock).dispatch(c.End())
    ended = rows(bank, "SELECT last_at_ms, last_wall_ms FROM blocks")
    StoreLog(bank).heartbeat("block-1", 5_000, 7)
    assert rows(bank, "SELECT last_at_ms, last_wall_ms FROM blocks") == ended


def test_a_tick_beats(bank: Store, clock: FakeClock) -> None:
    runner = start_block(bank, clock)
    clock.advance(500)
    runner.tick()
    assert blocks.read_block(bank.connection, "block-1").last_at_ms == 500


def test_a_block_without_a_heartbeat_was_last_seen_at_its_start(bank: Store, clock: FakeClock) -> None:
    start_block(bank, clock)
    assert blocks.read_block(bank.connection, "block-1").last_wall_ms == NOON.utc_ms


# Keys under the letters shown


def test_keys_actions_and_whens_stand_under_the_letters_shown(store: Store, clock: FakeClock) -> None:
    options = make_options(
        A=Option("ECG", action=Action.TEST), B=Option("Angiography", action=Action.TREAT, when=When.LATER),
        C=Option("Wait", when=When.HARMFUL),
    )  # fmt: skip
    import_bank(store, make_bank(items=[make_item("q", options=options)]))
    form = stored_form(store, order="CADB")
    assert blocks.read_keys(store.connection, form) == (
        blocks.AnswerKey("B", {"B": "test", "D": "treat"}, {"A": "harmful", "D": "later"}),
    )
    runner = start_block(store, clock, order="CADB")
    runner.dispatch(c.Choose("D"))
    assert rows(store, 'SELECT chosen, correct, chosen_action, chosen_when, key_action FROM attempts') == [
        ("D", 0, "treat", "later", "test")
    ]  # fmt: skip
    runner.dispatch(c.Choose("B"))
    assert rows(store, "SELECT correct, chosen_action, chosen_when FROM attempts") == [(1, "test", None)]


def test_keys_are_those_of_the_revision_administered(store: Store) -> None:
    import_bank(store, make_bank(items=[make_item("q1", answer="C"), make_item("q2", answer="B")]))
    drawn = stored_form(store, "q2", "q1")
    import_bank(store, make_bank(items=[make_item("q1", answer="D"), make_item("q2", answer="B")]))
    assert [key.letter for key in blocks.read_keys(store.connection, drawn)] == ["B", "C"]
    assert [key.letter for key in blocks.read_keys(store.connection, stored_form(store, "q2", "q1"))] == [
        "B",
        "D",
    ]


def test_a_block_of_nothing_but_sets_keeps_them() -> None:
    form = (make_form_item(1, set_number=1), make_form_item(2, set_number=1))
    assert make_plan(form=form).config.sets == (1, 1)
    assert make_plan(2).config.sets == ()


def test_a_form_is_frozen_as_administered(store: Store, clock: FakeClock) -> None:
    item = make_item("q", answer="B")
    import_bank(store, make_bank(items=[item]))
    runner = start_block(store, clock)
    new = make_bank(items=[make_item("q", answer="C", stem="Quite another and longer stem?")])
    apply_import(store, plan_import(store.connection, new), now=NOW)
    saved = blocks.read_block(store.connection, "block-1")
    assert saved.plan == runner.plan
    assert [key.letter for key in saved.keys] == ["B"]
    resumed = BlockRunner.resume(saved, clock, StoreLog(store))
    resumed.dispatch(c.Choose("B"))
    resumed.dispatch(c.End())
    assert rows(store, "SELECT correct FROM attempts") == [(1,)]


# The end


def test_the_end_writes_the_totals(bank: Store, clock: FakeClock) -> None:
    runner = start_block(bank, clock, mode=Mode.TIMED)
    clock.advance(4_000)
    runner.dispatch(c.OpenList())
    clock.advance(1_000)
    runner.dispatch(c.Suspend())
    clock.sleep(60_000)
    runner.dispatch(c.Resume())
    clock.advance(500)
    runner.dispatch(c.End())
    assert rows(
        bank,
        "SELECT block_end, block_active_ms, list_ms, feedback_ms, away_ms, ended_at, last_at_ms FROM blocks",
    ) == [("ended", 5_500, 1_500, 0, 60_000, clock.wall().iso, 5_500)]
    assert [status for (status,) in rows(bank, "SELECT status FROM attempts ORDER BY position")] == [
        "omitted", "unreached", "unreached", "unreached",
    ]  # fmt: skip


# Projections


@settings(max_examples=25)
@given(
    st.sampled_from(Mode),
    st.lists(st.tuples(st.integers(0, 4_000), strategies.commands()), max_size=20),
    strategies.endings,
)
def test_stored_attempts_equal_the_fold_of_the_log_at_every_moment(
    mode: Mode, steps: list[tuple[int, c.Command]], ending: c.Command
) -> None:
    clock = FakeClock()
    with open_memory() as store:
        import_bank(
            store, make_bank(items=[make_item("a", set="s"), make_item("b", set="s"), make_item("c")])
        )
        runner = start_block(store, clock, mode=mode, limit_ms=25_000)
        for passed_ms, command in [*steps, (0, ending)]:
            clock.advance(passed_ms)
            with suppress(IllegalCommand):
                runner.dispatch(command)
            saved = blocks.read_block(store.connection, "block-1")
            state = fold(saved.plan.config, saved.events)
            assert state == runner.state
            ended = state.end_reason is not None
            expected = [
                attempt_columns("block-1", attempt(state, position, key.letter), key)
                for position, key in enumerate(saved.keys, 1)
            ]
            stored = {row["position"]: dict(row) for row in named(store.connection, "SELECT * FROM attempts")}
            seen = {position for position, item in enumerate(state.items, 1) if item.seen or ended}
            assert seen <= stored.keys()
            assert all(stored[position] == expected[position - 1] for position in stored)
        totals = rows(store, "SELECT block_end, block_active_ms, list_ms, feedback_ms, away_ms FROM blocks")
        assert totals == [(state.end_reason, state.at_ms, state.list_ms, state.feedback_ms, state.away_ms)]


def records(store: Store) -> list[tuple[Any, ...]]:
    return rows(store, "SELECT * FROM item_records ORDER BY bank, item")


def test_an_items_record_is_its_latest_ended_attempt(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A", "q02": "B!", "q03": None}, block="one")
    assert records(bank) == [
        ("notes", "q01", "one", 1, 1, 1, 0, 0), ("notes", "q02", "one", 2, 1, 0, 0, 1), ("notes", "q03", "one", 3, 1, 0, 1, 0),
    ]  # fmt: skip
    sit_block(bank, clock, {"q03": "A", "q01": None}, block="two")
    assert records(bank)[0] == ("notes", "q01", "two", 2, 2, 0, 1, 0)
    assert records(bank)[2] == ("notes", "q03", "two", 1, 2, 1, 0, 0)


def test_an_unreached_item_has_no_record_and_keeps_an_older_one(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A"}, block="one")
    runner = start_block(bank, clock, "q02", "q01", "q03", block="two")
    runner.dispatch(c.End())
    assert [(row[1], row[2]) for row in records(bank)] == [("q01", "one"), ("q02", "two")]


def test_an_open_block_makes_no_record(bank: Store, clock: FakeClock) -> None:
    start_block(bank, clock).dispatch(c.Choose("A"))
    assert records(bank) == []


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(st.sampled_from(["A", "B", None, "A!", "!"]), min_size=1, max_size=4), min_size=1, max_size=4
    ),
    st.randoms(),
)
def test_records_written_along_equal_records_rebuilt(sat: list[list[str | None]], order: Any) -> None:
    clock = FakeClock()
    with open_memory() as store:
        import_bank(store, make_bank(items=4))
        for number, answers in enumerate(sat):
            items = order.sample(["q01", "q02", "q03", "q04"], len(answers))
            sit_block(store, clock, dict(zip(items, answers, strict=True)), block=f"block-{number}")
        along = records(store)
        with store.transaction() as connection:
            item_records.rebuild(connection)
        assert records(store) == along
        assert len(along) > 0


def test_a_block_survives_the_process(tmp_path: Any, clock: FakeClock) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        runner = start_block(store, clock)
        clock.advance(3_000)
        runner.dispatch(c.Choose("B"))
        reader = open_reader(path)
        assert reader is not None
        with reader:
            assert rows(reader, "SELECT chosen FROM attempts") == [("B",)]
    with open_writer(path) as store:
        resumed = BlockRunner.resume(blocks.read_block(store.connection, "block-1"), clock, StoreLog(store))
        assert resumed.state.current.chosen == "B"
        assert resumed.now_ms() == 3_000


def test_views_answer_the_common_questions(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A", "q02": "B", "q03": None}, block="one")
    start_block(bank, clock, "q04", block="open")
    assert rows(bank, "SELECT item, chosen, key, correct, seconds FROM answers ORDER BY position") == [
        ("q01", "A", "A", 1, 60.0), ("q02", "B", "A", 0, 60.0), ("q03", None, "A", 0, 60.0),
    ]  # fmt: skip
    assert rows(bank, "SELECT block, items, right, blank, seconds, limit_seconds FROM block_summaries") == [
        ("one", 3, 1, 1, 180.0, 270.0)
    ]  # fmt: skip
    assert rows(bank, "SELECT count(*) FROM current_items") == [(4,)]


def test_payloads_are_readable_json(bank: Store, clock: FakeClock) -> None:
    start_block(bank, clock).dispatch(c.Note("é ü"))
    payload = rows(bank, "SELECT payload FROM block_events WHERE kind = 'noted'")[0][0]
    assert payload == '{"position": 1, "text": "é ü"}'
    assert json.loads(payload) == {"position": 1, "text": "é ü"}
