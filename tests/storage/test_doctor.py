"""The doctor finds what differs from the log, writes it right, and says what it cannot mend."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.errors import StorageError
from drill.storage import guards
from drill.storage.doctor import examine
from drill.storage.doctor_report import Difference, DoctorReport
from drill.storage.store import Store, open_memory, open_reader, open_writer
from tests.factories import NOON, NOW, import_bank, make_bank, make_items
from tests.sittings import ANSWERS, Steps, annotate, dump, sit, steps


@pytest.fixture
def sat(store: Store) -> Store:
    """Two ended blocks and one that was cut off."""
    import_bank(store, make_bank(items=(*make_items(4), *make_items(6, subject="Medicine")[4:])))
    sit(store, "b1")
    sit(store, "b2", seed=9, items=5)
    sit(store, "b3", seed=11, items=5, end=False)
    return store


def rewrite_log(store: Store, *statements: str) -> None:
    """Do what only another program can: change the log."""
    connection = store.connection
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.execute("PRAGMA ignore_check_constraints = OFF")
    for _, sql in triggers:
        connection.execute(sql)


def test_a_sound_database_has_nothing_to_repair(sat: Store) -> None:
    before = dump(sat)
    assert examine(sat) == DoctorReport(
        blocks=3, open_blocks=1, items=6,
        events=sat.connection.execute("SELECT count(*) FROM block_events").fetchone()[0],
    )  # fmt: skip
    assert dump(sat) == before


def test_an_empty_database_is_sound(store: Store) -> None:
    assert examine(store) == DoctorReport()


@given(st.lists(st.tuples(steps(), st.integers(1, 4), st.integers(0, 9)), max_size=3), st.booleans())
def test_however_blocks_are_sat_the_projections_are_those_of_the_log(
    blocks: list[tuple[Steps, int, int]], last_ends: bool
) -> None:
    with open_memory() as store:
        import_bank(store, make_bank(items=4))
        for number, (asked, items, day) in enumerate(blocks):
            end = last_ends or number < len(blocks) - 1
            at = WallTime(NOON.utc_ms + day * 86_400_000)  # the clock on the wall may be set back
            sit(store, f"b{number}", asked, items=items, seed=number, end=end, at=at)
        report = examine(store, repair=False)
        assert report.ok, report


def test_projections_that_were_lost_or_changed_are_rebuilt(sat: Store) -> None:
    before = dump(sat)
    connection = sat.connection
    connection.execute(
        "UPDATE attempts SET chosen = 'D', response_time_ms = 5 WHERE block = 'b1' AND position = 1"
    )
    connection.execute("DELETE FROM attempts WHERE block = 'b2'")
    connection.execute("INSERT INTO attempts SELECT 'b1', 9, status, censored, time_excluded_because, first, chosen, "
                       "correct, changes, response_time_ms, first_visit_ms, first_shown_ms, last_left_ms, visits, flagged, "
                       "struck, chosen_action, chosen_when, key_action, confidence FROM attempts WHERE block = 'b1' AND position = 1")  # fmt: skip
    connection.execute("UPDATE blocks SET list_ms = 1, study_day = '1999-01-01' WHERE block = 'b1'")
    connection.execute("UPDATE blocks SET last_at_ms = 0 WHERE block = 'b3'")
    connection.execute("DELETE FROM item_records")
    connection.execute("UPDATE items SET next_best_step = 1, words = 3 WHERE item = 'q02'")
    broken = dump(sat)
    looked = examine(sat, repair=False)
    assert not looked.ok
    assert not looked.repaired
    assert dump(sat) == broken
    mended = examine(sat)
    assert mended.ok
    assert mended.repaired
    assert dump(sat) == before
    assert mended.differences == looked.differences
    assert {table.table: table.rows for table in mended.differences} == {
        "blocks": 2, "attempts": 1 + 5 + 1, "item_records": len(before["item_records"]), "items": 1
    }  # fmt: skip
    found = {
        (d.table, d.row, d.column): (d.was, d.now) for table in mended.differences for d in table.examples
    }
    assert found["attempts", ("b1", 1), "response_time_ms"] == (5, 20_000 + 3_000 + 4_000)
    assert found["blocks", ("b1",), "study_day"] == ("1999-01-01", "2026-11-26")
    assert found["items", ("notes", "q02"), "next_best_step"] == (1, 0)
    assert examine(sat).rows == 0


def test_of_many_differences_a_few_are_shown(sat: Store) -> None:
    sat.connection.execute("UPDATE attempts SET visits = visits + 1")
    table = examine(sat).differences[0]
    assert table.rows == sat.connection.execute("SELECT count(*) FROM attempts").fetchone()[0]
    assert len(table.examples) == 5
    assert table.examples[0] == Difference("attempts", ("b1", 1), "visits", 2, 1)


def test_a_row_without_reason_and_a_row_that_is_missing_are_named(sat: Store) -> None:
    sat.connection.execute("DELETE FROM attempts WHERE block = 'b1' AND position = 2")
    sat.connection.execute("UPDATE attempts SET position = 8 WHERE block = 'b1' AND position = 3")
    assert set(examine(sat).differences[0].examples) == {
        Difference("attempts", ("b1", 2), "", None, "there"),
        Difference("attempts", ("b1", 3), "", None, "there"),
        Difference("attempts", ("b1", 8), "", "there", None),
    }


def test_the_latest_word_on_retiring_stands_in_the_items(sat: Store) -> None:
    annotate(sat, "retired", "wrong key", 5, bank="notes", item="q02")
    sat.connection.execute("UPDATE items SET retired = NULL WHERE item = 'q02'")
    assert examine(sat).differences[0].examples == (
        Difference("items", ("notes", "q02"), "retired", None, "wrong key"),
    )


def test_a_heartbeat_after_the_last_event_is_no_difference(sat: Store) -> None:
    sat.connection.execute(
        "UPDATE blocks SET last_at_ms = last_at_ms + 500, last_wall_ms = 1 WHERE block = 'b3'"
    )
    assert examine(sat).rows == 0


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DELETE FROM block_events WHERE block = 'b1' AND seq = 4", "event 4 is missing"),
        ("DELETE FROM block_events WHERE block = 'b1' AND seq = 1", "event 1 is missing"),
        ("DELETE FROM block_events WHERE block = 'b1'", "it breaks off before the first question"),
        ("UPDATE block_events SET kind = 'danced' WHERE block = 'b1' AND seq = 3", "unknown event 'danced'"),
        ("UPDATE block_events SET payload = '[1]' WHERE block = 'b1' AND seq = 3", "no sound payload"),
        ("UPDATE block_events SET payload = '{\"position\": 77, \"letter\": \"A\"}' WHERE block = 'b1' AND seq = 3",
         "names no question"),
        ("UPDATE block_events SET at_ms = 999999999 WHERE block = 'b1' AND seq = 3", "comes after the limit"),
        ("DELETE FROM block_events WHERE block = 'b1' AND kind = 'ended'", "its log has no end"),
        ("DELETE FROM block_items WHERE block = 'b1' AND position = 2", "its form has others"),
        ("UPDATE blocks SET filters = '{' WHERE block = 'b1'", "cannot be relied on"),
        ("UPDATE block_items SET option_actions = '[1]' WHERE block = 'b1'", "cannot be relied on"),
    ],
)  # fmt: skip
def test_a_log_that_does_not_replay_is_named_and_left_alone(sat: Store, damage: str, said: str) -> None:
    rewrite_log(sat, damage)
    attempts = dump(sat)["attempts"]
    sat.connection.execute("DELETE FROM attempts WHERE block = 'b2'")
    report = examine(sat)
    assert not report.ok
    named = [problem for problem in report.problems if problem.startswith("The log of block b1 ")]
    assert len(named) == 1
    assert said in named[0]
    damaged = any("file is damaged" in problem for problem in report.problems)
    assert report.repaired != damaged
    assert (dump(sat)["attempts"] == attempts) != damaged


def test_nothing_is_written_into_a_damaged_file(sat: Store) -> None:
    sat.connection.execute("PRAGMA ignore_check_constraints = ON")
    sat.connection.execute("UPDATE banks SET shipped = 7")
    sat.connection.execute("PRAGMA ignore_check_constraints = OFF")
    sat.connection.execute("UPDATE attempts SET visits = 9")
    before = dump(sat)
    report = examine(sat)
    assert report.problems[0].startswith("The file is damaged: CHECK constraint failed in banks")
    assert not report.repaired
    assert dump(sat) == before


def test_a_clock_that_was_set_back_makes_no_difference(store: Store) -> None:
    import_bank(store)
    sit(store, "b1", at=WallTime(NOON.utc_ms + 3_600_000))
    sit(store, "b2", at=NOON)
    assert store.connection.execute("SELECT DISTINCT block, seen FROM item_records").fetchall() == [("b1", 2)]
    assert examine(store).rows == 0


def test_a_text_that_is_not_the_imported_one_is_named(sat: Store) -> None:
    sat.connection.execute("UPDATE item_revisions SET answer = 'B' WHERE item = 'q03'")
    sat.connection.execute("UPDATE items SET revision = 7 WHERE item = 'q04'")
    sat.connection.execute("UPDATE options SET action = 'dance' WHERE item = 'q05'")
    problems = examine(sat).problems
    assert len(problems) == 3
    assert problems[0].startswith("The text of question q03 of bank notes, revision 1, is not the one")
    assert problems[1].startswith("The text of question q05 of bank notes, revision 1, cannot be read")
    assert problems[2].startswith("The text of question q04 of bank notes, revision 7, is missing")


def test_orphans_and_lost_triggers_are_named(sat: Store) -> None:
    sat.connection.execute("PRAGMA foreign_keys = OFF")
    sat.connection.execute("DELETE FROM banks")
    sat.connection.execute("DROP TRIGGER block_events_are_never_deleted")
    problems = examine(sat, repair=False).problems
    assert "6 rows of items point to banks that are not there." in problems
    assert any("append-only" in problem for problem in problems)


def test_guards_of_the_log_that_are_gone_or_hollow_are_put_back_and_named(sat: Store) -> None:
    connection = sat.connection
    stood = guards.missing_guards(connection)
    connection.execute("DROP TRIGGER block_events_are_never_deleted")
    connection.execute("DROP TRIGGER block_events_are_never_replaced")
    connection.execute(
        "CREATE TRIGGER block_events_are_never_replaced BEFORE INSERT ON block_events BEGIN SELECT 1; END"
    )
    connection.execute("CREATE TRIGGER spy AFTER INSERT ON block_events BEGIN SELECT 1; END")
    looked = examine(sat, repair=False).problems
    assert [problem.split()[2] for problem in looked] == [
        "'spy'", "block_events_are_never_deleted", "block_events_are_never_replaced",
    ]  # fmt: skip
    assert all("'drill doctor' puts it back" in problem for problem in looked[1:])
    report = examine(sat)
    assert not report.ok, "what was written meanwhile cannot be vouched for"
    assert all("It was put back" in problem for problem in report.problems[1:])
    assert stood == guards.missing_guards(connection) == []
    connection.execute("DROP TRIGGER spy")
    assert examine(sat).ok
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute("DELETE FROM block_events")


def test_projections_are_repaired_beside_orphans(sat: Store) -> None:
    sat.connection.execute("PRAGMA foreign_keys = OFF")
    sat.connection.execute("DELETE FROM banks")
    sat.connection.execute("UPDATE attempts SET visits = 9")
    report = examine(sat)
    assert report.repaired
    assert not report.ok
    assert examine(sat).rows == 0


def test_a_live_connection_works_on_after_an_examination(sat: Store) -> None:
    examine(sat)
    temporary = sat.connection.execute("SELECT name FROM temp.sqlite_master").fetchall()
    assert temporary == []
    assert not sat.connection.in_transaction


def test_a_read_only_database_is_examined_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        sit(store, "b1")
        store.connection.execute("UPDATE attempts SET visits = 9")
    with open_reader(path) or pytest.fail("no database") as reader:
        report = examine(reader)
        assert report.rows == 3
        assert not report.repaired
        assert not report.ok


def test_a_repair_that_cannot_be_written_is_told_and_changes_nothing(sat: Store) -> None:
    sat.connection.execute("UPDATE attempts SET visits = 9")
    sat.connection.execute("UPDATE items SET words = 1")
    before = dump(sat)
    sat.connection.execute(
        "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.items BEGIN SELECT raise(ABORT, 'full'); END"
    )
    with pytest.raises(StorageError):
        examine(sat)
    assert dump(sat) == before


@pytest.mark.parametrize("fill", [0x00, 0x5A, 0xFF])
def test_damaged_pages_give_problems_and_never_a_traceback(tmp_path: Path, fill: int) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank(items=40))
        sit(store, "b1", ANSWERS * 4, items=20)
    whole = path.read_bytes()
    pages = len(whole) // 4096
    noticed = 0
    for page in range(1, pages):
        damaged = bytearray(whole)
        damaged[4096 * page : 4096 * page + 2048] = bytes([fill]) * 2048
        path.write_bytes(damaged)
        try:
            with open_writer(path) as store:
                report = examine(store)
        except StorageError:
            noticed += 1
            continue
        assert not report.repaired or not any("file is damaged" in problem for problem in report.problems)
        noticed += not report.ok
    assert noticed >= pages * 0.9  # a page that is free may hold anything


def test_what_is_reported_can_be_written_as_json(sat: Store) -> None:
    sat.connection.execute("UPDATE attempts SET visits = 9")
    rows = [d.row for table in examine(sat).differences for d in table.examples]
    assert json.loads(json.dumps(rows)) == [list(row) for row in rows] != []


def test_a_table_that_is_gone_is_a_problem_too(store: Store) -> None:
    import_bank(store, now=NOW)
    sit(store, "b1", [(5, c.Choose("A"))])
    store.connection.execute("DROP TABLE annotations")
    assert examine(store).problems == ("The file cannot be read to its end: no such table: annotations.",)
    assert store.connection.execute("SELECT count(*) FROM blocks").fetchone() == (1,)
