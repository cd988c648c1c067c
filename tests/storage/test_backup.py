"""A copy a day, ten kept, made beside a running block; what goes wrong leaves every earlier copy."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from drill.core import commands as c
from drill.errors import StorageError
from drill.storage.backup import KEPT, backup_due, backup_path, backups, is_sound, make_backup
from drill.storage.store import Store, open_reader, open_writer
from tests.factories import import_bank
from tests.sittings import dump, sit

TODAY = date(2026, 11, 20)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Store]:
    with open_writer(tmp_path / "my drill.db") as opened:
        import_bank(opened)
        yield opened


def path_of(store: Store) -> Path:
    assert store.path is not None
    return store.path


def test_a_copy_holds_what_was_committed_and_opens_by_itself(writer: Store, tmp_path: Path) -> None:
    sit(writer, "b1")
    made = make_backup(path_of(writer), TODAY)
    assert made == tmp_path / "backups" / "my drill-2026-11-20.db"
    assert [path.name for path in made.parent.iterdir()] == [made.name]
    with open_reader(made) or pytest.fail("no copy") as copy:
        assert dump(copy) == dump(writer)
    assert made.read_bytes()[18:20] == b"\x01\x01"  # no write-ahead log: one file is the whole of it
    assert is_sound(made)


def test_a_copy_is_due_once_a_day(writer: Store) -> None:
    database = path_of(writer)
    assert backup_due(database, TODAY)
    make_backup(database, TODAY)
    assert not backup_due(database, TODAY)
    assert backup_due(database, TODAY + timedelta(days=1))


def test_no_copy_is_due_of_nothing(tmp_path: Path) -> None:
    assert not backup_due(tmp_path / "none.db", TODAY)
    (tmp_path / "empty.db").touch()
    assert not backup_due(tmp_path / "empty.db", TODAY)
    assert not (tmp_path / "backups").exists()


def test_the_last_ten_are_kept_and_nothing_else_is_touched(writer: Store) -> None:
    database = path_of(writer)
    folder = backup_path(database, TODAY).parent
    folder.mkdir()
    others = ["notes.txt", "other-2020-01-01.db", "my drill-2020-01-01.db.old", "my drill-2020-13-01.db",
              "my drill-old.db", "xmy drill-2020-01-01.db", "my drill-20200101.db"]  # fmt: skip
    for name in others:
        (folder / name).write_text("mine")
    (folder / "my drill-2020-01-02.db").mkdir()
    days = [TODAY + timedelta(days=number) for number in range(13)]
    for day in days:
        make_backup(database, day)
    assert backups(database) == [backup_path(database, day) for day in reversed(days[-10:])]
    assert {path.name for path in folder.iterdir()} == {
        *others, "my drill-2020-01-02.db", *(backup_path(database, day).name for day in days[-10:])
    }  # fmt: skip


def test_a_damaged_database_is_not_copied_over_good_copies(tmp_path: Path) -> None:
    database = tmp_path / "drill.db"
    with open_writer(database) as store:
        import_bank(store)
        sit(store, "b1")
    good = [make_backup(database, TODAY + timedelta(days=number)) for number in range(KEPT)]
    whole = database.read_bytes()
    damaged = bytearray(whole)
    damaged[4096 * 3 : 4096 * 30] = b"\x5a" * (4096 * 27)
    database.write_bytes(bytes(damaged))
    with pytest.raises(StorageError, match="damaged"):
        make_backup(database, TODAY + timedelta(days=50))
    database.write_bytes(b"no database at all " * 1000)
    with pytest.raises(StorageError):
        make_backup(database, TODAY + timedelta(days=51))
    assert backups(database) == good[::-1]
    assert len(list(good[0].parent.iterdir())) == KEPT
    assert not is_sound(database)
    assert all(is_sound(path) for path in good)


def test_no_copy_with_a_damaged_page_is_kept(tmp_path: Path) -> None:
    database = tmp_path / "drill.db"
    with open_writer(database) as store:
        import_bank(store)
        sit(store, "b1")
    whole = database.read_bytes()
    refused = 0
    for page in range(1, len(whole) // 4096):
        damaged = bytearray(whole)
        damaged[4096 * page : 4096 * (page + 1)] = bytes(4096)
        database.write_bytes(damaged)
        try:
            made = make_backup(database, TODAY)
        except StorageError:
            refused += 1
            continue
        connection = sqlite3.connect(made)
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        connection.close()
    assert refused > len(whole) // 4096 / 2


def test_a_folder_that_cannot_be_written_is_told(writer: Store) -> None:
    database = path_of(writer)
    (database.parent / "backups").write_text("a file stands where the folder should be")
    with pytest.raises(StorageError):
        make_backup(database, TODAY)
    assert backups(database) == []


def test_a_copy_that_was_cut_off_is_made_anew(writer: Store) -> None:
    database = path_of(writer)
    folder = database.parent / "backups"
    folder.mkdir()
    (folder / "my drill.unfinished").write_bytes(b"half")
    make_backup(database, TODAY)
    assert [path.name for path in folder.iterdir()] == ["my drill-2026-11-20.db"]


def test_a_copy_is_on_the_disk_before_it_gets_its_name(
    writer: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    made = backup_path(path_of(writer), TODAY)
    fsync, rename = os.fsync, os.replace

    def synced(handle: int) -> None:
        found = os.fstat(handle)
        folder = {name.stat().st_ino: name for name in (path_of(writer).parent, made.parent)}
        done.append(folder[found.st_ino].name if stat.S_ISDIR(found.st_mode) else "copy synced")
        fsync(handle)

    def renamed(source: Path, target: Path) -> None:
        done.append("named")
        rename(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    make_backup(path_of(writer), TODAY)
    folders = [] if os.name == "nt" else ["backups", path_of(writer).parent.name]
    assert done == ["copy synced", "named", *folders]


def test_a_worker_thread_copies_while_answers_are_committed(writer: Store) -> None:
    runner = sit(writer, "b1", end=False)
    failed: list[BaseException] = []
    stop = threading.Event()

    def work() -> None:
        try:
            day = TODAY
            while not stop.is_set():
                make_backup(path_of(writer), day)
                day += timedelta(days=1)
        except BaseException as error:
            failed.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    for number in range(200):
        runner.dispatch(c.GoTo(1 + number % 3))
        runner.dispatch(c.Choose("ABC"[number % 3]))
    stop.set()
    worker.join()
    assert not failed
    copies = backups(path_of(writer))
    assert copies
    for copy in copies:
        connection = sqlite3.connect(copy)
        seqs = [
            seq
            for (seq,) in connection.execute("SELECT seq FROM block_events WHERE block = 'b1' ORDER BY seq")
        ]
        connection.close()
        assert seqs == list(range(1, len(seqs) + 1))
