"""A report is given again only while everything it was made from is as it was."""

import os
import sqlite3
import stat
import time
from contextlib import closing

import pytest

from drill.usecases import kept_report
from drill.usecases.kept_report import SETTLED_NS, KeptReport

LATER_NS = 10 * SETTLED_NS


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "drill.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE attempts (chosen TEXT)")
        connection.execute("INSERT INTO attempts VALUES ('A')")
    return path


def report(database, asked=(80,), name="pacing", after_ns=LATER_NS):
    """As asked for so long after the last change."""
    return KeptReport(database, name, asked, time.time_ns() + after_ns)


def change_answer(database):
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE attempts SET chosen = 'B'")


def test_what_was_kept_is_given_again(database):
    report(database).keep("14 s a question – n = 20\n")
    assert report(database).read() == "14 s a question – n = 20\n"


def test_each_report_is_kept_by_itself(database):
    report(database).keep("pace")
    assert report(database, name="next-step").read() is None


def test_something_else_is_asked_for(database):
    report(database).keep("wide")
    assert report(database, asked=(100,)).read() is None


def test_an_answer_changed_by_hand_is_noticed(database):
    size = database.stat().st_size
    report(database).keep("old")
    change_answer(database)
    assert database.stat().st_size == size
    assert report(database).read() is None


def test_an_answer_is_noticed_that_is_still_in_the_wal_of_a_running_drill(database):
    report(database).keep("old")
    with closing(sqlite3.connect(database)) as running, running:
        running.execute("UPDATE attempts SET chosen = 'B'")
        running.commit()
        assert database.with_name("drill.db-wal").stat().st_size
        assert report(database).read() is None


def test_a_change_whose_time_was_put_back_is_noticed(database):
    before = database.stat()
    report(database).keep("old")
    change_answer(database)
    os.utime(database, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert report(database).read() is None


def test_a_database_reached_by_a_link_is_the_one_it_links_to(database, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(database)
    report(link).keep("kept")
    assert report(database).read() == "kept"


def test_nothing_is_kept_of_a_database_that_changed_just_now(database):
    report(database, after_ns=0).keep("too soon")
    assert report(database).read() is None


def test_nothing_is_kept_when_the_database_changed_while_it_was_read(database):
    asked_for = report(database)
    change_answer(database)
    asked_for.keep("of which answer?")
    assert report(database).read() is None


def test_other_code_makes_it_anew(database, monkeypatch):
    report(database).keep("old")
    monkeypatch.setattr(kept_report, "code_digest", lambda: "other")
    assert report(database).read() is None


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: data.replace(b"1", b"2", 1), lambda data: b""]
)
def test_a_damaged_file_is_not_believed(database, damage):
    report(database).keep("15 of 20")
    (file,) = database.parent.glob("*kept-pacing")
    file.write_bytes(damage(file.read_bytes()))
    assert report(database).read() is None


def test_it_is_its_owners_alone(database):
    report(database).keep("mine")
    (file,) = database.parent.glob("*kept-pacing")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_said(database, monkeypatch):
    def full(target, *, own):
        raise kept_report.DrillError("the disk is full")

    monkeypatch.setattr(kept_report, "whole_file", full)
    report(database).keep("text")
    assert report(database).read() is None


def test_without_a_database_there_is_nothing(tmp_path):
    report(tmp_path / "none.db").keep("text")
    assert list(tmp_path.iterdir()) == []
