"""Copies, the doctor and histories as files: what a person meets when something is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from drill.errors import DrillError
from drill.storage.doctor_report import DoctorReport
from drill.storage.history import read_history
from drill.storage.store import Store, open_memory, open_writer
from drill.usecases.transfer import export_to, merge_from
from drill.usecases.upkeep import (
    back_up_daily,
    check_database,
    doctor_lines,
    newest_sound_backup,
)
from tests.factories import FakeClock, import_bank
from tests.sittings import sit


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A file with a block in it, closed."""
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        sit(store, "b1")
    return path


@pytest.fixture
def sat(database: Path) -> Iterator[Store]:
    with open_writer(database) as store:
        yield store


def test_a_copy_is_made_once_a_day(database: Path, clock: FakeClock) -> None:
    first = back_up_daily(database, clock)
    assert first is not None
    assert first.path == database.parent / "backups" / "drill-2026-11-26.db"
    assert back_up_daily(database, clock) is None
    clock.advance(13 * 3_600_000)
    second = back_up_daily(database, clock)
    assert second is not None
    assert second.path == database.parent / "backups" / "drill-2026-11-27.db"


def test_a_copy_that_cannot_be_made_is_told_and_not_fatal(database: Path, clock: FakeClock) -> None:
    (database.parent / "backups").write_text("in the way")
    result = back_up_daily(database, clock)
    assert result is not None
    assert result.path is None
    assert "backups" in result.problem


def test_no_database_is_sound_and_none_is_made(tmp_path: Path) -> None:
    assert check_database(tmp_path / "none.db").ok
    (tmp_path / "empty.db").touch()
    assert check_database(tmp_path / "empty.db").ok
    assert [path.name for path in tmp_path.iterdir()] == ["empty.db"]


def test_a_database_is_repaired(database: Path) -> None:
    with open_writer(database) as store:
        store.connection.execute("UPDATE attempts SET visits = 9 WHERE position = 1")
    looked = check_database(database, repair=False)
    assert not looked.ok
    assert doctor_lines(looked)[:2] == [
        "1 row of attempts differ from what the log and the texts come to.",
        "  b1, 1: visits was 9, comes to 1.",
    ]
    mended = check_database(database)
    assert mended.ok
    assert doctor_lines(mended)[-1].startswith("The database is sound: 1 block (0 open)")
    assert check_database(database).rows == 0


def test_while_another_drill_writes_the_doctor_only_looks(database: Path) -> None:
    with open_writer(database) as store:
        store.connection.execute("UPDATE attempts SET visits = 9")
        report = check_database(database)
        assert not report.ok
        assert not report.repaired
        assert report.problems[-1].startswith("Nothing was repaired: Another drill has")
    with open_writer(database):
        assert check_database(database).rows == 3


def test_a_file_that_is_no_database_is_a_problem_and_the_newest_sound_copy_is_named(
    database: Path, clock: FakeClock
) -> None:
    back_up_daily(database, clock)
    clock.advance(86_400_000)
    back_up_daily(database, clock)
    newest = database.parent / "backups" / "drill-2026-11-27.db"
    newest.write_bytes(newest.read_bytes()[:9_000])
    database.write_bytes(b"not a database, whatever its name " * 300)
    report = check_database(database)
    assert "not a drill database" in report.problems[0]
    assert newest_sound_backup(database) == database.parent / "backups" / "drill-2026-11-26.db"
    assert report.problems[-1].endswith("drill-2026-11-26.db.")
    assert "--salvage" not in " ".join(report.problems), "no page of it holds a row"


def test_a_history_goes_through_a_file(sat: Store, tmp_path: Path, clock: FakeClock) -> None:
    sit(sat, "b2", end=False)
    file = tmp_path / "history.jsonl"
    assert export_to(sat, file, clock) == 1
    assert export_to(sat, file, clock) == 1  # an earlier export may be written over
    with open_memory() as other:
        assert merge_from(other, file, clock).blocks_added == 1
        assert len(read_history(other.connection)) == 1
    assert not list(tmp_path.glob("*.unfinished"))


def test_an_export_never_writes_over_anything_else(sat: Store, database: Path, clock: FakeClock) -> None:
    before = database.read_bytes()
    bank = database.parent / "bank.yaml"
    bank.write_text("drill: 1")
    for target in (database, bank):
        with pytest.raises(DrillError, match="no exported history"):
            export_to(sat, target, clock)
    assert (database.read_bytes(), bank.read_text()) == (before, "drill: 1")
    for target in (database.parent, database.parent / "no folder" / "x.jsonl"):
        with pytest.raises(DrillError):
            export_to(sat, target, clock)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b'{"drill_export":1}\n', b"", b"\x00" * 50, b"{}\r\n" * 3])
def test_a_file_that_is_no_history_is_refused(
    sat: Store, tmp_path: Path, clock: FakeClock, data: bytes
) -> None:
    file = tmp_path / "history.jsonl"
    file.write_bytes(data)
    with pytest.raises(DrillError, match="Nothing was changed"):
        merge_from(sat, file, clock)
    with pytest.raises(DrillError, match="cannot be read"):
        merge_from(sat, tmp_path / "none.jsonl", clock)


def test_line_ends_of_other_systems_do_no_harm(sat: Store, tmp_path: Path, clock: FakeClock) -> None:
    file = tmp_path / "history.jsonl"
    export_to(sat, file, clock)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    with open_memory() as other:
        assert merge_from(other, file, clock).blocks_added == 1


def test_the_doctor_says_how_many_reviews_were_taken_at_another_instant() -> None:
    said = "Reviews dated before the one they follow, and taken at its instant: 3."
    assert said in doctor_lines(DoctorReport(retests_clamped=3))
    assert not any("Reviews" in line for line in doctor_lines(DoctorReport()))
