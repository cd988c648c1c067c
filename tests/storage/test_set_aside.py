"""Words on whole blocks: append-only, the latest stands, and they travel with the history."""

from __future__ import annotations

import json
import sqlite3

import pytest

from drill.core.clock import WallTime
from drill.errors import DrillError
from drill.storage import set_aside as words
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.history import read_history, read_recent, read_record
from drill.storage.merge import merge_history
from drill.storage.set_aside import SetAside
from drill.storage.store import Store, open_memory
from drill.usecases import setting_aside
from tests.factories import NOON, FakeClock, import_bank
from tests.sittings import sit

NOW = "2026-11-28T12:00:00Z"


@pytest.fixture
def sat(store: Store) -> Store:
    """Two ended blocks and one that runs."""
    import_bank(store)
    clock = FakeClock()
    sit(store, "block-1", clock=clock)
    clock.advance(3_600_000)
    sit(store, "block-2", clock=clock)
    return store


def exported(store: Store) -> list[str]:
    return list(export_history(store, NOW))


def test_the_latest_word_stands_and_every_word_is_kept(sat: Store, clock: FakeClock) -> None:
    setting_aside.set_aside(sat, clock, "block-1", "  fire   alarm ")
    setting_aside.take_back(sat, clock, "block-1")
    setting_aside.set_aside(sat, clock, "block-1", "ill")
    assert setting_aside.reason_of(sat, "block-1") == "ill"
    said = [(word.set_aside, word.reason) for word in words.read_words(sat.connection)]
    assert said == [(True, "fire alarm"), (False, ""), (True, "ill")], (
        "in order, though the clock stood still"
    )


def test_every_way_to_read_a_block_knows_it(sat: Store, clock: FakeClock) -> None:
    setting_aside.set_aside(sat, clock, "block-2", "ill")
    assert [b.set_aside for b in read_history(sat.connection)] == [False, True]
    assert [b.set_aside for b in read_recent(sat.connection, 2)] == [False, True]
    record = read_record(sat.connection, "block-2")
    assert record is not None
    assert record.set_aside


@pytest.mark.parametrize(
    "statement", ["UPDATE blocks_set_aside SET reason = 'x'", "DELETE FROM blocks_set_aside"]
)
def test_the_words_are_append_only(sat: Store, clock: FakeClock, statement: str) -> None:
    setting_aside.set_aside(sat, clock, "block-1", "ill")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        sat.connection.execute(statement)


def test_a_guard_that_is_gone_is_put_back(sat: Store) -> None:
    sat.connection.execute("DROP TRIGGER blocks_set_aside_are_never_deleted")
    assert any("blocks_set_aside_are_never_deleted" in text for text in examine(sat).problems)
    assert examine(sat).ok


def test_what_cannot_be_set_aside_is_said(sat: Store, clock: FakeClock) -> None:
    sit(sat, "block-3", end=False, clock=FakeClock(wall_time=clock.wall()))
    with pytest.raises(DrillError, match="has ended"):
        setting_aside.set_aside(sat, clock, "block-3", "ill")
    with pytest.raises(DrillError, match="Say why"):
        setting_aside.set_aside(sat, clock, "block-1", "  ")
    with pytest.raises(DrillError, match="500 are kept"):
        setting_aside.set_aside(sat, clock, "block-1", "x" * 501)
    assert words.read_words(sat.connection) == []


def test_a_block_is_found_by_number_and_by_the_beginning_of_its_id(sat: Store) -> None:
    assert setting_aside.find_block(sat, "2") == "block-2"
    assert setting_aside.find_block(sat, "BLOCK-1") == "block-1"
    sit(sat, "xyz9", clock=FakeClock(wall_time=WallTime(NOON.utc_ms + 86_400_000)))
    assert setting_aside.find_block(sat, "xyz9") == "xyz9"
    for name in ("block", "4", "0", "xyz", "zzzz"):
        with pytest.raises(DrillError, match="drill history"):
            setting_aside.find_block(sat, name)


def test_words_travel_and_both_orders_of_merging_agree(sat: Store, clock: FakeClock) -> None:
    plain = exported(sat)
    with open_memory() as here, open_memory() as there, open_memory() as third:
        for store, reason, back in ((here, "here", False), (there, "there", True)):
            merge_history(store, plain, NOW)
            setting_aside.set_aside(store, clock, "block-1", reason)
            clock.advance(1_000)
            if back:
                setting_aside.take_back(store, clock, "block-1", "was fine")
        one, other = exported(here), exported(there)
        assert merge_history(here, other, NOW).annotations_changed == 2
        merge_history(there, one, NOW)
        merge_history(third, exported(here), NOW)
        assert exported(here) == exported(there) == exported(third)
        assert words.read_reasons(here.connection) == {}
        assert merge_history(here, other, NOW).annotations_changed == 0


def test_a_word_on_a_block_that_is_nowhere_is_left_out(sat: Store, clock: FakeClock) -> None:
    setting_aside.set_aside(sat, clock, "block-1", "ill")
    lines = [text for text in exported(sat) if '"kind":"block"' not in text]
    lines[-1] = json.dumps({"kind": "end", "lines": len(lines) - 2, "open_blocks": 0}) + "\n"
    with open_memory() as other:
        merge_history(other, lines, NOW)
        assert words.read_words(other.connection) == []


@pytest.mark.parametrize(
    "change", [{"reason": ""}, {"set_aside": 1}, {"made_at_ms": -1}, {"reason": "\x1b[2J"}]
)
def test_a_word_that_is_not_sound_is_refused(sat: Store, clock: FakeClock, change: dict[str, object]) -> None:
    setting_aside.set_aside(sat, clock, "block-1", "ill")
    lines = [
        json.dumps(json.loads(text) | change) + "\n" if '"kind":"set_aside"' in text else text
        for text in exported(sat)
    ]
    with open_memory() as other, pytest.raises(DrillError, match="cannot be merged"):
        merge_history(other, lines, NOW)


def test_a_word_is_written_once(sat: Store) -> None:
    said = SetAside("block-1", 5, True, "ill")
    assert words.write_word(sat.connection, said)
    assert not words.write_word(sat.connection, said)
