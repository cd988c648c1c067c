"""Files are made for their owner, and connections are defensive where Python can make them so."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drill.errors import DatabaseGone
from drill.storage.backup import make_backup
from drill.storage.settings import write_setting
from drill.storage.store import open_reader, open_writer
from tests.factories import import_bank


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
@pytest.mark.usefixtures("open_umask")
def test_what_drill_makes_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store)
        make_backup(path, date(2026, 11, 20))
        modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.rglob("*")}
        path.unlink()
        with pytest.raises(DatabaseGone):
            write_setting(store, "a", "b")
    modes["drill-rescued.db"] = stat.S_IMODE((tmp_path / "drill-rescued.db").stat().st_mode)
    assert modes == {
        "drill.db": 0o600, "drill.db-wal": 0o600, "drill.db-shm": 0o600, "drill.db.lock": 0o600,
        "backups": 0o700, "drill-2026-11-20.db": 0o600, "drill-rescued.db": 0o600,
    }  # fmt: skip
    assert os.umask(0) == 0, "the mask is put back"


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python before 3.12 cannot set it")
def test_no_connection_may_write_past_sqlites_own_checks(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as writer:
        assert writer.connection.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)  # type: ignore[attr-defined,unused-ignore]
    with open_reader(path) or pytest.fail("gone") as reader:
        assert reader.connection.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)  # type: ignore[attr-defined,unused-ignore]
