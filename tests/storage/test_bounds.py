"""Rows that another program wrote: no absurd number reaches a figure, and the doctor names each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from drill.cli.main import main
from drill.core.ranges import MAX_WALL_MS, RANGES
from drill.errors import DatabaseDamaged, StorageError
from drill.storage import bounds, history, road
from drill.storage.blocks import read_block
from drill.storage.store import Store, open_reader, open_writer
from drill.tui.screens.questions import QuestionsScreen
from drill.usecases.damage import damage_text
from drill.usecases.retests import pending, rebuild_retests
from tests.factories import import_bank, make_bank
from tests.sittings import ANSWERS, sit
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import press

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank(items=8))
        for number in range(2):
            sit(store, f"b{number}", ANSWERS, items=4, seed=number)
        rebuild_retests(store)
        store.connection.execute("INSERT INTO settings VALUES ('pace', '90', 5)")
        store.connection.execute("INSERT INTO road VALUES ('rest', '', '{\"weekdays\": [6]}', 5)")
        store.connection.execute("INSERT INTO blocks_set_aside VALUES ('b0', 5, 1, 'noise')")
        for table, column in (("annotations", ""), ("annotation_words", ", NULL")):
            store.connection.execute(
                f"INSERT INTO {table} VALUES ('note', '', 0, 'notes', 'q1', 'x', 5{column})"
            )
    return path


@contextmanager
def another_program(path: Path) -> Iterator[sqlite3.Connection]:
    """A stock connection that takes the guards away for as long as it writes, and minds no check."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        guards = connection.execute(GUARDS).fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)


@contextmanager
def reading(path: Path) -> Iterator[Store]:
    with open_reader(path) or pytest.fail("gone") as store:
        yield store


NUMBERS = [
    (table, bound.column, int(end.replace(",", "")) + step)
    for table, columns in bounds.BOUNDS.items()
    for bound in columns
    if "whole number" in bound.wanted
    for end, step in zip(bound.wanted.split(" from ")[1].split(" to "), (-1, 1), strict=True)
]
DAYS = [("blocks", "study_day", day) for day in ("x", "2026-02-30", "1969-12-31", "3000-01-01", "")] + [
    (table, column, instant)
    for table, column in (("blocks", "started_at"), ("blocks", "ended_at"), ("retests", "due_at"))
    for instant in (
        "zzz",
        "now",
        "0000-00-00",
        "9999-12-31T23:59:59.999Z",
        "2026-13-01T00:00:00.000Z",
        "2026-02-30T00:00:00Z",
        "2026-11-29",
    )
]
WORDS = [
    *(("blocks", "filters", words) for words in ("[1]", '["x", 0.5]', '{"a": "b"}', '"x"', "[oh")),
    ("annotations", "kind = 'next_best_step', value", "1000000000030"),
]


def test_what_drill_wrote_is_within_its_bounds(path: Path) -> None:
    with reading(path) as store:
        assert bounds.faults(store.connection) == []
        for table in bounds.BOUNDS:
            assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] > 0


def test_a_value_just_outside_is_named_with_its_row_and_what_it_may_be(path: Path) -> None:
    with another_program(path) as connection:
        for table, column, value in [*NUMBERS, *DAYS, *WORDS]:
            connection.execute("BEGIN")
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ?", (value,))
            (said,) = bounds.faults(connection)
            assert said.startswith(f"{column.rpartition(' ')[2]} of {table} (")
            assert f"is {value}; it must be" in said.replace('\\\\"', '"')
            connection.execute("ROLLBACK")


def test_both_ends_are_allowed(path: Path) -> None:
    with another_program(path) as connection:
        for end in RANGES["target_ms"]:
            connection.execute("UPDATE blocks SET target_ms = ?", (end,))
            assert bounds.faults(connection) == []
        connection.execute("UPDATE road SET made_at_ms = ?", (MAX_WALL_MS,))
        connection.execute("UPDATE blocks SET started_at = '2026-11-29T00:00:00+14:00'")
        assert bounds.faults(connection) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE blocks SET target_ms = 1000000000000", "UPDATE blocks SET limit_ms = 1000000000000000",
        "UPDATE blocks SET items = 1000000000000", "UPDATE block_items SET words = -5 WHERE position = 2",
    ],
)  # fmt: skip
def test_no_report_is_made_of_absurd_numbers_and_the_sentence_says_what_to_do(
    path: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    with another_program(path) as connection:
        connection.execute(change)
    for command in ("history", "pacing", "next-step", "plan"):
        assert main(["--db", str(path), command]) == 1
        out, said = capsys.readouterr()
        assert said.startswith("drill: The database was changed by another program: ")
        assert f"Run 'drill --db {path} doctor'" in said
        assert "000000000" not in out
    assert main(["--db", str(path), "doctor"]) == 1
    assert " of block" in capsys.readouterr().out.partition(" must be ")[0]


def test_what_follows_from_the_log_is_mended_by_the_doctor(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with another_program(path) as connection:
        connection.execute("UPDATE attempts SET response_time_ms = 1000000000000000")
        connection.execute("UPDATE items SET words = -1")
        connection.execute("UPDATE retests SET due_at = 'zzz'")
    main(["--db", str(path), "doctor"])
    with reading(path) as store:
        assert bounds.faults(store.connection) == []
    assert main(["--db", str(path), "history"]) == 0
    assert main(["--db", str(path), "plan"]) == 0
    capsys.readouterr()


def test_only_the_rows_that_are_read_are_asked(path: Path) -> None:
    with another_program(path) as connection:
        connection.execute("UPDATE block_items SET words = -1 WHERE block = 'b0'")
        assert history.read_record(connection, "b1") is not None
        for read in (
            lambda: history.read_record(connection, "b0"),
            lambda: history.read_recent(connection, 2),
            lambda: history.read_history(connection),
            lambda: read_block(connection, "b0"),
        ):
            with pytest.raises(DatabaseDamaged, match="words of block_items \\(b0, 1\\) is -1"):
                read()
        connection.execute("UPDATE retests SET due_at = '0000'")
        with pytest.raises(DatabaseDamaged, match="due_at of retests"):
            road.read_due(connection)


def test_a_block_whose_log_can_be_none_is_not_gone_on_with(path: Path) -> None:
    with another_program(path) as connection:
        connection.execute(
            "UPDATE block_events SET at_ms = 9223372036854775807 WHERE block = 'b0' AND seq > 2"
        )
        with pytest.raises(StorageError, match=r"event 3 \(\w+\) has no sound time"):
            read_block(connection, "b0")


def test_a_card_the_scheduler_cannot_read_is_made_anew(path: Path) -> None:
    with open_writer(path) as store:
        sit(store, "b2", ANSWERS, items=4, seed=1)
    with another_program(path) as connection:
        for card in ("[]", '{"stability": "x"}', '{"card_id": 1}'):
            connection.execute("UPDATE retests SET card = ?", (card,))
            update = pending(Store(connection, None))
            assert update is not None
            assert update.anew


def test_values_of_another_type_are_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tool copied the rows into tables of its own making."""
    with another_program(path) as connection:
        connection.executescript(
            """PRAGMA writable_schema = ON;
               UPDATE sqlite_master SET sql = replace(replace(sql, 'STRICT, ', ''), 'NOT NULL', '')
               WHERE name = 'road'"""
        )
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE road SET made_at_ms = NULL")
    assert main(["--db", str(path), "doctor"]) == 1
    assert "1 values of made_at_ms in road have another type than integer" in capsys.readouterr().out
    assert "made_at_ms in road" in str(damage_text(path, TypeError("'>' not supported")))


async def test_the_app_says_so_too_and_goes_on(path: Path) -> None:
    with another_program(path) as connection:
        connection.execute("UPDATE blocks SET limit_ms = 1000000000000000 WHERE block = 'b0'")
    with open_writer(path) as store:
        app = make_app(store)
        async with app.run_test(size=(100, 30)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.pause()
            said = " ".join(text_of(app).split())
            assert "The database was changed by another program: limit_ms of blocks (b0) is" in said
            assert "Your blocks cannot be read." in said
            await press(pilot, "2")
            await app.workers.wait_for_complete()
            await pilot.pause()
            assert "The reports cannot be read: The database was changed" in " ".join(text_of(app).split())
            await press(pilot, "4")
            assert isinstance(app.screen, QuestionsScreen)
        assert app.fault is None
