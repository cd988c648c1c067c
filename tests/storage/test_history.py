"""The record every report reads: exposure, unreached items, corrections, retired items."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from drill.analytics.document import to_document
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.report_json import report_json
from drill.core import commands as c
from drill.core.change import Change
from drill.core.history import AttemptDetail, BlockRecord
from drill.core.items import Action, Option, When
from drill.core.state import Mode
from drill.storage.annotations import correct_next_best_step, retire, write_miss_reason
from drill.storage.banks import remove_bank
from drill.storage.history import read_history, read_recent, read_record
from drill.storage.store import Store
from tests.factories import (
    NOON,
    FakeClock,
    import_bank,
    make_bank,
    make_item,
    make_options,
    sit_block,
    start_block,
)  # fmt: skip


@pytest.fixture
def bank(store: Store) -> Store:
    """A store with bank "notes" of four items."""
    import_bank(store, make_bank(items=4))
    return store


def exposures(blocks: list[BlockRecord]) -> list[list[tuple[str, int | None]]]:
    return [[(one.item, one.exposure) for one in block.attempts] for block in blocks]


def test_no_block_is_no_history(store: Store) -> None:
    assert read_history(store.connection) == []
    assert read_recent(store.connection, 5) == []
    assert read_record(store.connection, "block-1") is None


def test_a_record_holds_the_whole_outcome(store: Store, clock: FakeClock) -> None:
    options = make_options(
        A=Option("ECG", action=Action.TEST), B=Option("Angiography", action=Action.TREAT, when=When.LATER)
    )
    item = make_item(
        "q",
        options=options,
        subject="Medicine",
        system="Heart",
        topic="Shock",
        task="Mixed Management",
        next_best_step=True,
    )
    import_bank(store, make_bank(items=[item]))
    runner = start_block(
        store, clock, order="BADC", mode=Mode.TIMED, limit_ms=90_000, filters=("bank:notes", "next_best_step"),
        target_ms=80_000,
    )  # fmt: skip
    clock.advance(10_000)
    runner.dispatch(c.Choose("B"))
    clock.advance(20_000)
    runner.dispatch(c.Choose("A"))
    runner.dispatch(c.Strike("D"))
    runner.dispatch(c.Flag())
    clock.advance(5_000)
    runner.dispatch(c.OpenList())
    clock.advance(1_000)
    runner.dispatch(c.End())
    write_miss_reason(store, "block-1", 1, "sequence", 1)
    (block,) = read_history(store.connection, detailed=True)
    (record,) = block.attempts
    assert (block.block, block.block_index, block.mode, block.pool, block.filters) == (
        "block-1", 1, "timed", "unused", ("bank:notes", "next_best_step"),
    )  # fmt: skip
    assert (block.commit_first, block.retest, block.target_ms, block.limit_ms) == (
        False,
        False,
        80_000,
        90_000,
    )
    assert (block.block_active_ms, block.list_ms, block.feedback_ms, block.block_end, block.away_ms) == (
        36_000, 1_000, 0, "ended", 0,
    )  # fmt: skip
    assert (block.started_at, block.utc_offset_minutes, block.study_day) == (NOON.iso, -300, "2026-11-26")
    assert record._asdict() == {
        "position": 1, "bank": "notes", "item": "q", "subject": "Medicine", "system": "Heart",
        "task": "Mixed Management", "words": item.words, "next_best_step": True, "exposure": 1, "status": "revised", "censored": False,
        "time_excluded_because": None, "first": "B", "chosen": "A", "key": "B", "correct": False,
        "response_time_ms": 35_000, "first_visit_ms": 35_000,
        "first_shown_ms": 0, "last_left_ms": 35_000, "visits": 1, "flagged": True,
        "key_action": "test", "chosen_action": "treat", "chosen_when": "later", "miss_reason": "sequence",
        "wrong_key": False, "topic": "Shock", "confidence": None,
        "detail": AttemptDetail(1, item.item_hash, 4, "BADC", (Change(30_000, "B", "A"),), "D"),
    }  # fmt: skip


def test_exposure_counts_showings_across_blocks_whatever_the_revision(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A", "q02": "A"}, block="c")
    import_bank(bank, make_bank(items=[make_item("q01", stem="New?")]))
    sit_block(bank, clock, {"q02": "A", "q01": "A", "q03": None}, block="b")
    sit_block(bank, clock, {"q03": "A"}, block="a")
    history = read_history(bank.connection, detailed=True)
    assert exposures(history) == [
        [("q01", 1), ("q02", 1)], [("q02", 2), ("q01", 2), ("q03", 1)], [("q03", 2)],
    ]  # fmt: skip
    assert [block.block for block in history] == ["c", "b", "a"], "oldest first, not by id"
    assert [block.block_index for block in history] == [1, 2, 3]
    assert [one.detail.revision for one in history[1].attempts if one.detail] == [1, 2, 1]


def test_an_unreached_item_was_not_shown_and_stays_new(bank: Store, clock: FakeClock) -> None:
    runner = start_block(bank, clock, "q01", "q02", block="one")
    runner.dispatch(c.End())
    sit_block(bank, clock, {"q02": "A"}, block="two")
    clock.advance(1)
    first, second = read_history(bank.connection)
    assert exposures([first, second]) == [[("q01", 1), ("q02", None)], [("q02", 1)]]
    unreached = first.attempts[1]
    assert (unreached.status, unreached.response_time_ms, unreached.visits, unreached.correct) == (
        "unreached", None, 0, False,
    )  # fmt: skip


def test_an_open_block_is_no_history(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A"}, block="one")
    start_block(bank, clock, "q01", "q02", block="two").dispatch(c.Choose("A"))
    assert exposures(read_history(bank.connection)) == [[("q01", 1)]]
    assert read_record(bank.connection, "two") is None


def test_labels_are_those_of_now_and_outcomes_those_of_then(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A"}, block="one")
    changed = make_item("q01", subject="Surgery", system="Renal", task="Diagnosis", next_best_step=True,
                        answer="B", stem="Quite another and much longer stem?")  # fmt: skip
    before = read_history(bank.connection)[0].attempts[0]
    import_bank(bank, make_bank(items=[changed]))
    after = read_history(bank.connection)[0].attempts[0]
    assert (after.subject, after.system, after.task, after.next_best_step) == (
        "Surgery",
        "Renal",
        "Diagnosis",
        True,
    )
    assert (
        after._replace(subject=None, system=None, task=before.task, next_best_step=before.next_best_step)
        == before
    )


def test_the_learners_correction_overrules_the_author(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A", "q02": "A"}, block="one")
    correct_next_best_step(bank, "notes", "q01", True, 1)
    assert [one.next_best_step for one in read_history(bank.connection)[0].attempts] == [True, False]
    correct_next_best_step(bank, "notes", "q01", False, 2)
    assert not read_history(bank.connection)[0].attempts[0].next_best_step
    correct_next_best_step(bank, "notes", "q01", None, 3)
    import_bank(bank, make_bank(items=[make_item("q01", next_best_step=True)]))
    assert read_history(bank.connection)[0].attempts[0].next_best_step, "taken back: the author's word stands"


@pytest.mark.parametrize(("reason", "out"), [("wrong key", True), ("other", False), (None, False)])
def test_only_a_wrong_key_takes_attempts_out(
    bank: Store, clock: FakeClock, reason: str | None, out: bool
) -> None:
    sit_block(bank, clock, {"q01": "A", "q02": "A"}, block="one")
    retire(bank, "notes", "q01", reason, 1)
    first, second = read_history(bank.connection)[0].attempts
    assert (first.wrong_key, second.wrong_key) == (out, False)
    assert first.correct, "not scored again"


def test_a_reason_for_a_miss_belongs_to_one_attempt(bank: Store, clock: FakeClock) -> None:
    for block in ("one", "two"):
        sit_block(bank, clock, {"q01": "B", "q02": "B"}, block=block)
    write_miss_reason(bank, "two", 1, "misread", 1)
    reasons = [[one.miss_reason for one in block.attempts] for block in read_history(bank.connection)]
    assert reasons == [[None, None], ["misread", None]]
    write_miss_reason(bank, "two", 1, None, 2)
    assert read_history(bank.connection)[1].attempts[0].miss_reason is None


def test_history_outlives_its_bank(bank: Store, clock: FakeClock) -> None:
    sit_block(bank, clock, {"q01": "A"}, block="one")
    remove_bank(bank, "notes", 1)
    assert exposures(read_history(bank.connection)) == [[("q01", 1)]]


def test_the_last_blocks_and_one_block_read_as_in_the_whole_history(bank: Store, clock: FakeClock) -> None:
    answers: list[dict[str, Any]] = [
        {"q01": "A", "q02": "B"},
        {"q02": "A!"},
        {"q02": None, "q01": "A"},
        {"q03": "A"},
    ]
    for number, given in enumerate(answers):
        sit_block(bank, clock, given, block=f"block-{9 - number}")
    start_block(bank, clock, "q01", "q04", block="block-5").dispatch(c.End())  # q04 unreached
    clock.advance(60_000)
    sit_block(bank, clock, {"q04": "A"}, block="block-4")
    start_block(bank, clock, "q04", block="open")
    write_miss_reason(bank, "block-8", 1, "misread", 1)
    correct_next_best_step(bank, "notes", "q01", True, 1)
    retire(bank, "notes", "q02", "wrong key", 1)
    history = read_history(bank.connection)
    for count in range(8):
        assert read_recent(bank.connection, count) == (history[-count:] if count else [])
    for block in history:
        assert read_record(bank.connection, block.block) == block


def test_detail_is_read_for_the_document_alone_and_changes_no_report(store: Store, clock: FakeClock) -> None:
    import_bank(store, make_bank(items=12))
    for number in range(3):
        answers = {f"q{item:02}": ("A" if (item + number) % 3 else "B") for item in range(1, 13)}
        sit_block(store, clock, answers, block=f"block-{number}")
        clock.advance(3_600_000)
    full, lean = read_history(store.connection, detailed=True), read_history(store.connection)
    assert all(one.detail is not None for block in full for one in block.attempts)
    plain = [replace(block, attempts=block.attempts.with_column("detail", [None] * 12)) for block in full]
    assert plain == lean
    assert report_json(pacing_report(lean)) == report_json(pacing_report(full))
    assert report_json(next_step_report(lean)) == report_json(next_step_report(full))
    with pytest.raises(ValueError, match="without detail"):
        to_document(lean)
