"""The learner's rows of the road: kept, exported, merged, checked and backed up."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.road.assessments import Family, OutsideWork
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import Rule, RuleId, Unit, Whom
from drill.core.road.days import BusyRange
from drill.core.road.scores import Area, Axis, Level, RelativeTo, ScoreReport
from drill.errors import DrillError
from drill.storage.backup import make_backup
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.merge import merge_history
from drill.storage.road import put, read_entries, take_away, write_entries
from drill.storage.road_entries import (
    KINDS,
    BookedTest,
    Entry,
    ExamDay,
    RestDays,
    ReviewTime,
    from_row,
    to_row,
)
from drill.storage.settings import write_setting
from drill.storage.store import Store, open_memory, open_reader, open_writer
from drill.storage.test_day import read_test_day
from drill.storage.untrusted import BadLine
from tests.core.road.samples import assessment, key_date, origin
from tests.factories import NOW

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
WORDS = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=30)
EVERY: tuple[Entry, ...] = (
    key_date(date(2027, 5, 1), at="21:00-05:00"),
    Rule(RuleId.PASS_MARK, "Pass mark", 220, Unit.POINTS, (Whom.US,), origin()),
    BookedTest(date(2027, 1, 20)),
    Attempt(date(2026, 10, 14), Outcome.FAILED),
    ScoreReport(
        date(2026, 10, 14), 209, 218, RelativeTo.OWN,
        (Area(Axis.SYSTEM, "Cardiovascular", Level.LOWER, "Lower"), Area(Axis.TASK, "Diagnosis", None, "?")),
    ),
    assessment(),
    OutsideWork("0a1b", date(2026, 11, 28), "UWorld", 40, 25, None, False),
    BusyRange(date(2026, 12, 20), date(2026, 12, 27), "Holidays"),
    RestDays((6,)),
    ReviewTime("block-1", 90_000),
    ExamDay(1_795_867_200_000, 7, (20, 19, 18), ("block-1",), is_left=True),
)  # fmt: skip


def test_there_is_an_example_of_every_kind() -> None:
    assert {to_row(entry)[0] for entry in EVERY} == set(KINDS)


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: to_row(entry)[0])
def test_every_entry_comes_back_as_it_was(entry: Entry) -> None:
    kind, name, values = to_row(entry)
    assert from_row(kind, name, json.loads(json.dumps(values))) == entry


@pytest.mark.parametrize("entry", EVERY, ids=lambda entry: to_row(entry)[0])
def test_an_entry_that_lacks_a_field_is_refused(entry: Entry) -> None:
    kind, name, values = to_row(entry)
    for field in values:
        with pytest.raises(BadLine):
            from_row(kind, name, {key: value for key, value in values.items() if key != field})


@pytest.mark.parametrize(
    ("kind", "name", "change"),
    [
        ("attempt", "2026-02-30", {}),
        ("attempt", "20261014", {}),
        ("score", "2026-10-14", {"total": 301}),
        ("score", "2026-10-14", {"total": True}),
        ("outside", "0a1b", {"right": 41}),
        ("busy", "2026-12-20", {"last": "2026-12-19"}),
        ("rest", "", {"weekdays": [7]}),
        ("date", "school", {"title": "two\nlines"}),
        ("date", "school", {"title": "\x1b[31mred"}),
        ("assessment", "2026-11-20-uwsa-14", {}),
        ("planet", "mars", {}),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(kind: str, name: str, change: dict[str, object]) -> None:
    values = next((to_row(entry)[2] for entry in EVERY if to_row(entry)[0] == kind), {})
    with pytest.raises(BadLine):
        from_row(kind, name, {**values, **change})


@pytest.fixture
def road() -> Iterator[Store]:
    with open_memory() as store:
        write_entries(store, EVERY, 1_000)
        take_away(store, "busy", "2026-12-20", 2_000)
        yield store


def rows(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute("SELECT * FROM road ORDER BY kind, id").fetchall()


def exported(store: Store) -> list[str]:
    return list(export_history(store, NOW))


def test_an_export_carries_every_row_and_what_was_taken_away(road: Store) -> None:
    with open_memory() as other:
        assert merge_history(other, exported(road), NOW).road_changed == len(EVERY)
        assert rows(other) == rows(road)
        assert exported(other) == exported(road)
        assert merge_history(other, exported(road), NOW).road_changed == 0


def test_what_was_taken_away_stays_away_after_a_merge(road: Store) -> None:
    with open_memory() as other:
        write_entries(other, EVERY, 1_500)
        merge_history(other, exported(road), NOW)
        entries, _ = read_entries(other.connection)
        assert not [entry for entry in entries if isinstance(entry, BusyRange)]


CHANGES = st.lists(st.tuples(st.integers(0, len(EVERY) - 1), st.integers(0, 5), st.booleans()), max_size=12)


def changed(changes: list[tuple[int, int, bool]]) -> Store:
    store = open_memory()
    for index, at_ms, away in changes:
        kind, name, values = to_row(EVERY[index])
        put(store.connection, kind, name, None if away else json.dumps(values, sort_keys=True), at_ms)
    return store


@given(CHANGES, CHANGES)
def test_two_roads_merged_in_either_order_agree(
    one: list[tuple[int, int, bool]], two: list[tuple[int, int, bool]]
) -> None:
    with changed(one) as first, changed(two) as second, changed(one) as again:
        other = exported(second)
        merge_history(second, exported(first), NOW)
        merge_history(again, other, NOW)
        assert rows(second) == rows(again)


@pytest.mark.parametrize(
    "change",
    [
        {"value": {"outcome": "won"}},
        {"value": []},
        {"road": "planet"},
        {"id": "14 October"},
        {"made_at_ms": -1},
    ],
)
def test_a_bad_line_of_the_road_changes_nothing(road: Store, change: dict[str, object]) -> None:
    lines = exported(road)
    at = next(i for i, text in enumerate(lines) if '"road":"attempt"' in text)
    lines[at] = json.dumps({**json.loads(lines[at]), **change}) + "\n"
    with open_memory() as other:
        with pytest.raises(DrillError, match=f"Line {at + 1} cannot be merged"):
            merge_history(other, lines, NOW)
        assert rows(other) == []


def test_the_doctor_names_rows_that_make_no_sense_and_ranges_that_overlap(road: Store) -> None:
    assert examine(road).ok
    put(road.connection, "attempt", "2026-10-14", '{"outcome": "won"}', 3_000)
    busy = [BusyRange(date(2026, 12, day), date(2026, 12, day + 5), f"trip {day}") for day in (1, 4)]
    write_entries(road, busy, 3_000)
    problems = examine(road).problems
    assert any("attempt 2026-10-14" in problem and "Enter it again" in problem for problem in problems)
    assert any("from 2026-12-01 and from 2026-12-04 share a day" in problem for problem in problems)


def test_a_backup_holds_the_road(tmp_path: Path) -> None:
    with open_writer(tmp_path / "drill.db") as store:
        write_entries(store, EVERY, 1_000)
        before = rows(store)
    copy = open_reader(make_backup(tmp_path / "drill.db", date(2026, 11, 28)))
    assert copy is not None
    with copy:
        assert rows(copy) == before


def test_a_test_date_of_version_0_1_is_read_until_the_road_says_otherwise(store: Store) -> None:
    write_setting(store, "exam_date", "2027-01-20")
    assert read_test_day(store.connection) == date(2027, 1, 20)
    write_entries(store, [BookedTest(date(2027, 2, 1))], 1)
    assert read_test_day(store.connection) == date(2027, 2, 1)
    take_away(store, "test", "", 2)
    assert read_test_day(store.connection) is None


def test_an_assessment_of_the_same_form_on_another_day_is_another_row(store: Store) -> None:
    first = assessment(day=date(2026, 11, 1))
    again = assessment(day=first.day + timedelta(days=9), seen_before=True)
    other = assessment(day=first.day, family=Family.FREE_120, form="")
    write_entries(store, [first, again, other], 1)
    assert len(read_entries(store.connection)[0]) == 3


def test_a_row_that_is_no_json_is_named_by_the_doctor(store: Store) -> None:
    store.connection.execute("PRAGMA ignore_check_constraints = ON")
    store.connection.execute("INSERT INTO road VALUES ('outside', 'a', '0000-00-00', 5)")
    store.connection.execute("PRAGMA ignore_check_constraints = OFF")
    assert any("The outside a of the road cannot be read" in problem for problem in examine(store).problems)
