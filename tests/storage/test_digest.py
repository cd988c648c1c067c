"""The digest over each block's log: a rewrite past the guards is noticed, named and not built upon."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.storage.digest import NONE, digest_of, extended, log_digest
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.merge import merge_history
from drill.storage.store import Store, open_memory, open_writer
from tests.factories import NOW, import_bank
from tests.sittings import dump, sit, steps
from tests.storage.test_doctor import rewrite_log


@pytest.fixture
def sat(store: Store) -> Store:
    """An ended block and one that is open."""
    import_bank(store)
    sit(store, "b1")
    sit(store, "b2", seed=9, end=False)
    return store


def test_a_link_is_the_hash_of_the_one_before_and_of_the_event_as_sorted_json() -> None:
    row = {
        "block": "b",
        "seq": 1,
        "at_ms": 5,
        "kind": "noted",
        "version": 1,
        "payload": '{"text": "é", "position": 2}',
    }
    told = r'["b",1,5,"noted",1,{"position":2,"text":"\u00e9"}]'
    first = hashlib.sha256(told.encode()).hexdigest()
    assert extended(NONE, [row]) == first
    assert extended(first, [row]) == hashlib.sha256((first + told).encode()).hexdigest()


@given(steps(), st.booleans())
def test_however_a_block_is_sat_its_digest_is_that_of_its_log(asked: object, ends: bool) -> None:
    with open_memory() as store:
        import_bank(store)
        sit(store, "b1", asked, end=ends)  # type: ignore[arg-type]
        assert log_digest(store.connection, "b1") == digest_of(store.connection, "b1") != NONE


@pytest.mark.parametrize(
    "rewrite",
    [
        """UPDATE block_events SET payload = json_set(payload, '$.letter', 'D') WHERE kind = 'chose'""",
        "UPDATE block_events SET at_ms = at_ms + 1 WHERE kind = 'chose'",
        "DELETE FROM block_events WHERE block = 'b2' AND seq = (SELECT max(seq) FROM block_events WHERE block = 'b2')",
        """INSERT INTO block_events SELECT block, max(seq) + 1, max(at_ms), 'flagged', 1,
           '{"position": 1, "flagged": true}' FROM block_events WHERE block = 'b2'""",
    ],
)
def test_a_log_rewritten_behind_the_guards_is_named_and_its_answers_are_left(
    sat: Store, rewrite: str
) -> None:
    rewrite_log(sat, f"{rewrite}{'' if 'b2' in rewrite else ' AND block = ' + repr('b2')}")
    before = dump(sat)
    report = examine(sat)
    assert not report.ok
    assert [problem.split(" (")[0] for problem in report.problems] == ["The log of block b2"]
    assert "its digest is another" in report.problems[0]
    assert dump(sat) == before, "attempts are not made anew from a log nobody vouches for"


def test_a_digest_that_was_taken_away_is_named(sat: Store) -> None:
    sat.connection.execute("UPDATE blocks SET log_digest = '' WHERE block = 'b1'")
    assert "its digest is another" in examine(sat).problems[0]


def test_a_database_of_before_gets_the_digests_of_its_logs(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        sit(store, "b1")
        sit(store, "b2", seed=9, end=False)
        now = dump(store)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE blocks DROP COLUMN log_digest")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'add_log_digests'")
        connection.commit()
    with open_writer(path) as store:
        assert dump(store) == now
        assert examine(store).ok


def test_a_block_whose_events_changed_on_the_way_is_refused_and_the_rest_merged(sat: Store) -> None:
    lines = list(export_history(sat, NOW))
    [at] = [number for number, line in enumerate(lines) if '"kind":"block"' in line]
    assert json.loads(lines[at])["log_digest"] == log_digest(sat.connection, "b1")
    flipped = lines[at].replace('"letter":"C"', '"letter":"D"')
    assert flipped != lines[at]
    with open_memory() as other:
        report = merge_history(other, [*lines[:at], flipped, *lines[at + 1 :]], NOW)
        assert [(refused.block, refused.why) for refused in report.refused] == [
            ("b1", "its events are not those its digest was made of")
        ]
        assert report.blocks_added == 0
        assert merge_history(other, lines, NOW).blocks_added == 1, "the sound file still comes in"
        assert log_digest(other.connection, "b1") == log_digest(sat.connection, "b1")
        assert list(export_history(other, NOW)) == [
            *lines[:-1],
            lines[-1].replace('"open_blocks":1', '"open_blocks":0'),
        ]


def test_a_history_of_a_drill_without_digests_gets_them(sat: Store) -> None:
    lines = [json.loads(line) for line in export_history(sat, NOW)]
    for line in lines:
        line.pop("log_digest", None)
    with open_memory() as other:
        assert merge_history(other, map(json.dumps, lines), NOW).blocks_added == 1
        assert log_digest(other.connection, "b1") == log_digest(sat.connection, "b1")
        assert examine(other).ok
