"""The shipped banks are kept in the database, and their files read only when they changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from drill.storage.banks import bank_ids, list_items, remove_bank
from drill.usecases.opening import open_for_writing
from tests.factories import FakeClock

BANK = """drill: 1
bank: {{id: shipped, title: T}}
items:
  - id: one
    stem: {stem}
    lead_in: Which is it?
    options: {{A: {{text: This}}, B: {{text: That}}}}
    answer: A
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """The file of a shipped bank."""
    path = tmp_path / "shipped.yaml"
    path.write_text(BANK.format(stem="A man coughs."))
    return path


def stems(database: Path, bank: Path) -> list[str]:
    """Open the database once, and what the shipped bank asks then."""
    with open_for_writing(database, FakeClock(), [bank]) as store:
        assert bank_ids(store.connection) == ["shipped"]
        query = "SELECT stem FROM item_revisions ORDER BY revision"
        assert len(list_items(store.connection)) == 1
        return [stem for (stem,) in store.connection.execute(query)]


def test_a_shipped_bank_whose_file_changed_is_imported_anew(tmp_path: Path, bank: Path) -> None:
    database = tmp_path / "drill.db"
    assert stems(database, bank) == ["A man coughs."]
    bank.write_text(BANK.format(stem="A man sneezes."))
    assert stems(database, bank) == ["A man coughs.", "A man sneezes."]


def test_a_shipped_bank_that_was_removed_stays_away_when_its_file_changes(tmp_path: Path, bank: Path) -> None:
    database = tmp_path / "drill.db"
    with open_for_writing(database, FakeClock(), [bank]) as store:
        remove_bank(store, "shipped", 1)
    bank.write_text(BANK.format(stem="A man sneezes."))
    with open_for_writing(database, FakeClock(), [bank]) as store:
        assert bank_ids(store.connection) == []


def test_a_file_of_the_same_size_and_time_is_not_read_again(tmp_path: Path, bank: Path) -> None:
    database = tmp_path / "drill.db"
    stems(database, bank)
    stat = bank.stat()
    bank.write_bytes(b"?" * stat.st_size)
    os.utime(bank, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert stems(database, bank) == ["A man coughs."]


def test_a_file_that_was_only_touched_is_known_again(tmp_path: Path, bank: Path) -> None:
    database = tmp_path / "drill.db"
    stems(database, bank)
    os.utime(bank, ns=(1, 1))
    assert stems(database, bank) == ["A man coughs."]
    stat = bank.stat()
    bank.write_bytes(b"?" * stat.st_size)
    os.utime(bank, ns=(1, 1))
    assert stems(database, bank) == ["A man coughs."]
