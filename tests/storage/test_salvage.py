"""What can be read of a damaged database: each block as it was, or named as lost."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from drill.core.clock import WallTime
from drill.errors import DrillError
from drill.storage import schema
from drill.storage.backup import make_backup
from drill.storage.pages import wal_pages
from drill.storage.salvage import TABLES, salvage
from drill.storage.set_aside import SetAside, write_word
from drill.storage.settings import write_setting
from drill.storage.store import open_reader, open_writer
from drill.usecases.salvaging import salvage_to
from drill.usecases.upkeep import check_database
from tests.factories import import_bank, make_bank
from tests.sittings import ANSWERS, annotate, sit

BLOCKS = 5
Pages = dict[int, bytes]
State = dict[str, set[tuple[object, ...]]]
BY_BLOCK = ("blocks", "block_items", "block_events", "attempts")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank(items=60))
        for number in range(BLOCKS):
            sit(store, f"b{number}", ANSWERS * 4, items=20, seed=number)
        annotate(store, "miss_reason", "misread", 5, block="b1", position=2)
        annotate(store, "note", "look this up", 6, bank="notes", item="q05")
        write_setting(store, "theme", "dark")
        with store.transaction() as connection:
            write_word(connection, SetAside("b2", 7, True, "was ill"))
    return path


@pytest.fixture
def damaged(sound: Path, tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    path.write_bytes(sound.read_bytes())
    return path


def overwrite(path: Path, pages: Pages) -> None:
    with path.open("r+b") as file:
        for number, data in pages.items():
            file.seek((number - 1) * 4096)
            file.write(data)


def page(path: Path, number: int) -> bytes:
    return path.read_bytes()[(number - 1) * 4096 : number * 4096]


def swapped(path: Path, one: int, other: int) -> Pages:
    return {one: page(path, other), other: page(path, one)}


def roots(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0"))


def state(path: Path) -> State:
    with closing(sqlite3.connect(path)) as connection:
        found = {
            table: set(connection.execute(f"SELECT * FROM {table}").fetchall())
            for table in (*TABLES, "attempts")
        }
    found["settings"] = {
        row for row in found["settings"] if not str(row[0]).startswith("retests_")
    }  # derived
    return found


def check(sound: Path, damaged: Path, target: Path) -> int:
    """Every row that was saved is as it was, and what is not there is named. How many blocks are lost."""
    found = salvage_to(damaged, target).read
    before, after = state(sound), state(target)
    lost = {each.block for each in found.lost}
    assert (found.blocks, found.known) == (BLOCKS - len(lost), BLOCKS)
    for table in BY_BLOCK:
        assert after[table] == {row for row in before[table] if row[0] not in lost}, table
    for table in ("annotations", "annotation_words", "blocks_set_aside", "settings"):
        gone = {row for row in before[table] - after[table] if row[0] not in lost}
        assert not gone or table in found.doubtful, table
    texts = before["item_revisions"] - after["item_revisions"]
    assert {f"the text of question {row[1]} of bank notes, revision 1" for row in texts} <= set(
        found.lost_texts
    )
    if found.complete:
        assert after == before
    if not found.lost_texts and "banks" not in found.doubtful:
        assert check_database(target).ok
    return len(lost)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Path]:
    return tmp_path / "new.db"


def test_of_a_sound_database_nothing_is_missing(sound: Path, target: Path) -> None:
    assert check(sound, sound, target) == 0
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "table",
    [
        "block_events",
        "block_items",
        "blocks",
        "items",
        "options",
        "annotations",
        "settings",
        "blocks_by_start",
    ],
)
def test_a_lost_root_costs_what_stood_on_it(sound: Path, damaged: Path, target: Path, table: str) -> None:
    overwrite(damaged, {roots(sound)[table]: bytes(4096)})
    lost = check(sound, damaged, target)
    assert lost == (BLOCKS if table == "blocks" else min(lost, 3))


def test_a_lost_first_page_costs_no_block(sound: Path, damaged: Path, target: Path) -> None:
    overwrite(damaged, {1: b"\x5a" * 4096})
    assert check(sound, damaged, target) == 0


def test_a_torn_list_of_migrations_costs_nothing(sound: Path, damaged: Path, target: Path) -> None:
    number = roots(sound)["_sqlite_migrations"]
    whole = page(sound, number)
    newest = int.from_bytes(whole[5:7])
    overwrite(damaged, {number: whole[:newest] + bytes(300) + whole[newest + 300 :]})
    assert check(sound, damaged, target) == 0


@pytest.mark.parametrize("seed", range(4))
def test_any_page_zeroed_and_any_two_that_changed_places(
    sound: Path, damaged: Path, target: Path, seed: int
) -> None:
    """Each page and many pairs: benchmarks/damage.py."""
    last = sound.stat().st_size // 4096
    one, other, third = Random(seed).sample(range(1, last + 1), 3)
    overwrite(damaged, swapped(sound, one, other) | {third: bytes(4096)})
    check(sound, damaged, target)


@pytest.mark.parametrize(
    ("one", "other"), [("annotations", "sync_later"), ("settings", "road"), ("tags", "former_ids")]
)
def test_tables_on_one_page_that_changed_places_are_told_apart(
    sound: Path, damaged: Path, target: Path, one: str, other: str
) -> None:
    overwrite(damaged, swapped(sound, roots(sound)[one], roots(sound)[other]))
    assert check(sound, damaged, target) == 0
    assert state(target) == state(sound)


def test_a_changed_answer_is_not_taken_for_what_was_answered(
    sound: Path, damaged: Path, target: Path
) -> None:
    chosen = b'{"position": 2, "letter": "B"}'
    data = damaged.read_bytes()
    assert chosen in data
    damaged.write_bytes(data.replace(chosen, chosen.replace(b"B", b"D"), 1))
    assert check(sound, damaged, target) == 1


def test_what_a_wal_holds_is_read_too(damaged: Path, sound: Path, target: Path, tmp_path: Path) -> None:
    killed = tmp_path / "killed.db"
    with open_writer(damaged) as store:
        sit(store, "late", ANSWERS, items=3)
        killed.write_bytes(damaged.read_bytes())
        killed.with_name("killed.db-wal").write_bytes(damaged.with_name("drill.db-wal").read_bytes())
    found = salvage_to(killed, target).read
    assert (found.blocks, found.lost, found.complete) == (BLOCKS + 1, (), True)


@pytest.mark.parametrize("number", [0, 2**32 - 1])
def test_a_wal_that_tells_of_a_page_far_away_is_no_reason_to_make_room_for_it(
    sound: Path, damaged: Path, target: Path, number: int
) -> None:
    page_of_wal = bytes(512)
    head = struct.pack(">7I", 0x377F0683, 3007000, 512, 0, 1, 2, 0)[:24]
    sums = _wal_sums(head, (0, 0))
    frame = struct.pack(">2I", number, 1)
    last = _wal_sums(page_of_wal, _wal_sums(frame, sums))
    wal = head + struct.pack(">2I", *sums) + frame + head[16:24] + struct.pack(">2I", *last) + page_of_wal
    assert [name for name, _ in wal_pages(wal)] == [number]
    damaged.with_name("drill.db-wal").write_bytes(wal)
    assert check(sound, damaged, target) == 0


def _wal_sums(data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    one, other = sums
    for even, odd in struct.iter_unpack(">2I", data):
        one = (one + even + other) % 2**32
        other = (other + odd + one) % 2**32
    return one, other


def test_a_database_of_an_earlier_version_is_brought_up_to_date(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlite_utils import Database

    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as old, monkeypatch.context() as before:
        before.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:3])
        schema.migrate(Database(old))
        old.execute("INSERT INTO settings (name, value) VALUES ('theme', 'dark')")
        old.execute(
            """INSERT INTO banks (bank, title, imported_at, file_hash, shipped, removed)
               VALUES ('notes', 'Notes', '2026-11-20T08:00:00Z', 'x', 0, 0)"""
        )
    salvage(path, target)
    with open_writer(target):
        assert {row[:2] for row in state(target)["settings"]} == {("theme", "dark")}
        assert [row[0] for row in state(target)["banks"]] == ["notes"]


def test_a_backup_that_has_more_is_named(damaged: Path, target: Path) -> None:
    with open_writer(damaged) as store:
        sit(store, "late", ANSWERS, items=3, at=WallTime(1_800_000_000_000, 0))
    backup = make_backup(damaged, date(2026, 11, 20))
    overwrite(damaged, {roots(damaged)["blocks"]: bytes(4096)})
    found = salvage_to(damaged, target)
    assert (found.backup, found.in_backup, found.read.blocks) == (backup, BLOCKS + 1, 0)
    assert any(f"6 of the lost stand in the backup {backup}" in line for line in found.lines())


@pytest.mark.parametrize("table", ["options", "item_revisions"])
def test_importing_a_bank_again_brings_lost_texts_back(
    sound: Path, damaged: Path, target: Path, table: str
) -> None:
    with closing(sqlite3.connect(damaged)) as connection:
        connection.execute(f"DELETE FROM {table} WHERE item IN ('q05', 'q06')")
        connection.commit()
    assert len(salvage_to(damaged, target).read.lost_texts) == 2
    assert not check_database(target).ok
    with open_writer(target) as store:
        import_bank(store, make_bank(items=60))
    assert check_database(target).ok
    before, after = state(sound), state(target)
    for name in ("options", "block_items"):
        assert after[name] == before[name], name
    assert {row[:-1] for row in after["item_revisions"]} == {row[:-1] for row in before["item_revisions"]}


def test_importing_a_bank_again_brings_lost_labels_back(damaged: Path, target: Path) -> None:
    bank = make_bank(items=60)
    tagged = replace(bank, items=tuple(replace(item, tags=("a", "b")) for item in bank.items))
    with open_writer(damaged) as store:
        import_bank(store, tagged)
        store.connection.execute("DELETE FROM tags WHERE item = 'q05'")
    assert salvage_to(damaged, target).read.lost_texts == ("the labels of question q05 of bank notes",)
    with open_writer(target) as store:
        import_bank(store, tagged)
        found = store.connection.execute("SELECT tag FROM tags WHERE item = 'q05' ORDER BY ordinal")
        assert found.fetchall() == [("a",), ("b",)]


def test_a_text_that_was_lost_and_has_changed_is_another_revision(damaged: Path, target: Path) -> None:
    with closing(sqlite3.connect(damaged)) as connection:
        for table in ("options", "item_revisions"):
            connection.execute(f"DELETE FROM {table} WHERE item IN ('q05', 'q06')")
        connection.execute("DELETE FROM items WHERE item = 'q06'")
        connection.commit()
    with open_writer(damaged) as store:
        changed = [replace(item, stem=f"{item.stem} Now.") for item in make_bank(items=60).items]
        import_bank(store, replace(make_bank(items=60), items=tuple(changed)))
        revisions = dict(store.connection.execute("SELECT item, revision FROM items"))
    assert (revisions["q05"], revisions["q06"]) == (2, 2)


def test_nothing_is_written_over_and_nothing_made_of_another_file(
    damaged: Path, target: Path, tmp_path: Path
) -> None:
    with pytest.raises(DrillError, match="exists already"):
        salvage_to(damaged, damaged)
    other = tmp_path / "other.db"
    other.write_bytes(b"no database" * 1000)
    with pytest.raises(DrillError, match="Nothing of drill's can be read"):
        salvage_to(other, target)
    with pytest.raises(DrillError, match="There is no database"):
        salvage_to(tmp_path / "absent.db", target)
    assert not target.exists()
    with open_reader(damaged) or pytest.fail("gone") as store:
        assert store.connection.execute("SELECT count(*) FROM blocks").fetchone() == (BLOCKS,)
