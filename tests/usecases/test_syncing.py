"""A synced folder: what is carried, what is kept, and what is never half-read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drill.core.clock import WallTime
from drill.errors import DrillError
from drill.storage.annotations import read_conflicts
from drill.storage.banks import remove_bank, stored_bank
from drill.storage.candidates import Filter, count_candidates
from drill.storage.doctor import examine
from drill.storage.media import read_media
from drill.storage.settings import LEARNERS, read_settings, write_setting
from drill.storage.store import Store
from drill.tui.screens.settings import CHOICES
from drill.usecases.sync_folder import SyncFolder, digest, packed, unpacked
from drill.usecases.syncing import SyncReport, sync, sync_folder
from tests.factories import NOON, FakeClock, import_bank, make_bank, make_items, make_pictured
from tests.sittings import annotate, dump, sit
from tests.sync_world import Crash, Fragile, fresh_store, state

CLOCK = FakeClock(wall_time=NOON)


def synced(store: Store, folder: Path, machine: str) -> SyncReport:
    return sync(store, SyncFolder(folder, machine), CLOCK)


@pytest.fixture
def laptop() -> Iterator[Store]:
    with fresh_store() as opened:
        yield opened


@pytest.fixture
def desktop() -> Iterator[Store]:
    with fresh_store() as opened:
        yield opened


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def only_file(folder: Path) -> Path:
    (path,) = files(folder)
    return path


def test_a_synced_bank_with_figures_can_be_drawn_from(laptop: Store, desktop: Store, tmp_path: Path) -> None:
    item, media = make_pictured()
    made = make_bank("skin", [item, *make_items(2)], author="Somebody", license="CC0", media=(media,))
    import_bank(laptop, made)
    bank = stored_bank(laptop.connection, "skin")
    assert bank.media == (media,)
    went = synced(laptop, tmp_path, "laptop")
    assert (went.files_written, went.came) == (1, False)
    assert synced(desktop, tmp_path, "desktop").banks_came == ("skin",)
    assert stored_bank(desktop.connection, "skin") == bank
    assert read_media(desktop.connection, media.sha256) == media
    sit(desktop, "on the desktop", items=3)
    assert synced(desktop, tmp_path, "desktop").blocks_went == 1
    assert synced(laptop, tmp_path, "laptop").blocks_came == 1
    assert state(laptop) == state(desktop)
    assert examine(laptop, repair=False).ok
    assert examine(desktop, repair=False).ok


def test_a_removed_bank_is_removed_everywhere_and_one_imported_again_comes_back(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    import_bank(laptop)
    synced(laptop, tmp_path, "laptop")
    synced(desktop, tmp_path, "desktop")
    remove_bank(desktop, "notes", 1)  # a clock that was never set: it is still the later change
    synced(desktop, tmp_path, "desktop")
    assert synced(laptop, tmp_path, "laptop").banks_removed == ("notes",)
    assert count_candidates(laptop.connection, Filter(pool="all")) == 0
    import_bank(laptop)
    synced(laptop, tmp_path, "laptop")
    synced(desktop, tmp_path, "desktop")
    assert count_candidates(desktop.connection, Filter(pool="all")) == 3


def test_what_comes_with_drill_is_carried_only_when_it_is_removed(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    for store in (laptop, desktop):
        import_bank(store, shipped=True)
    assert not synced(laptop, tmp_path, "laptop").files_written
    remove_bank(laptop, "notes", NOON.utc_ms)
    assert synced(laptop, tmp_path, "laptop").files_written == 1
    assert synced(desktop, tmp_path, "desktop").banks_removed == ("notes",)


def test_importing_the_same_file_again_is_no_news(laptop: Store, tmp_path: Path) -> None:
    import_bank(laptop)
    synced(laptop, tmp_path, "laptop")
    import_bank(laptop, now="2027-01-01T00:00:00.000Z")
    assert not synced(laptop, tmp_path, "laptop").files_written


def test_a_file_that_has_not_come_whole_is_never_read(laptop: Store, desktop: Store, tmp_path: Path) -> None:
    source, target = tmp_path / "a", tmp_path / "b"
    source.mkdir()
    target.mkdir()
    import_bank(laptop)
    synced(laptop, source, "laptop")
    whole = only_file(source).read_bytes()
    there = target / only_file(source).name
    before = dump(desktop)
    for length in range(0, len(whole), 7):
        there.write_bytes(whole[:length])
        report = synced(desktop, target, "desktop")
        assert (report.not_whole, report.came) == (1, False)
    there.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert synced(desktop, target, "desktop").not_whole == 1
    assert dump(desktop) == before
    there.write_bytes(whole)
    assert synced(desktop, target, "desktop").banks_came == ("notes",)


@pytest.mark.parametrize(
    "rename",
    [
        lambda stem: f"{stem}.jsonl (Ann's conflicted copy 2026-11-28).gz",
        lambda stem: f"{stem} (1).jsonl.gz",
        lambda stem: f"{stem}.jsonl.sync-conflict-20261128-120000-ABCDEFG.gz",
        lambda stem: f"{stem}.jsonl-DESKTOP.gz",
        lambda stem: f".syncthing.{stem}.jsonl.gz.tmp",
        lambda stem: f"{stem.upper()}.JSONL.GZ",
    ],
)
def test_a_copy_under_another_name_is_read_if_it_is_whole_and_no_copy_counts_twice(
    laptop: Store, desktop: Store, tmp_path: Path, rename: Callable[[str], str]
) -> None:
    import_bank(laptop)
    synced(laptop, tmp_path, "laptop")
    path = only_file(tmp_path)
    name = rename(path.name.removesuffix(".jsonl.gz"))
    if name.startswith(".") or name != path.name:
        (path.parent / name).write_bytes(path.read_bytes())
    path.write_bytes(path.read_bytes()[:50])  # the one that bears the name is cut
    if "(1)" in name:
        assert synced(desktop, tmp_path, "desktop").not_whole == 1  # its digest stands apart from its ending
        return
    assert synced(desktop, tmp_path, "desktop").banks_came == ("notes",)
    assert not synced(desktop, tmp_path, "desktop").came


def test_power_may_go_at_any_moment_of_writing(laptop: Store, desktop: Store, tmp_path: Path) -> None:
    import_bank(laptop)
    sit(laptop, "b1")
    for moment in ("before", "after", "before", None):
        folder = Fragile(tmp_path, "laptop")
        folder.crash_at = moment
        if moment:
            with pytest.raises(Crash):
                sync(laptop, folder, CLOCK)
        else:
            sync(laptop, folder, CLOCK)
        assert not laptop.connection.in_transaction
    report = synced(desktop, tmp_path, "desktop")
    assert (report.blocks_came, report.banks_came, report.not_whole) == (1, ("notes",), 0)
    assert state(laptop) == state(desktop)


def test_another_folder_and_an_emptied_one_get_all_of_it(laptop: Store, tmp_path: Path) -> None:
    import_bank(laptop)
    sit(laptop, "b1")
    for name in ("one", "two", "one"):
        (tmp_path / name).mkdir(exist_ok=True)
        synced(laptop, tmp_path / name, "laptop")
    assert len(files(tmp_path / "one")) == len(files(tmp_path / "two")) == 2
    files(tmp_path / "one")[0].unlink()
    synced(laptop, tmp_path / "one", "laptop")
    with fresh_store() as desktop:
        synced(desktop, tmp_path / "one", "desktop")
        assert state(desktop) == state(laptop)


def test_a_file_damaged_in_the_folder_is_written_anew(laptop: Store, tmp_path: Path) -> None:
    import_bank(laptop)
    synced(laptop, tmp_path, "laptop")
    only_file(tmp_path).write_bytes(b"")
    assert synced(laptop, tmp_path, "laptop").files_written == 1


def test_a_database_put_back_from_a_copy_gets_back_what_it_wrote(laptop: Store, tmp_path: Path) -> None:
    import_bank(laptop)
    copy = laptop.connection.serialize()
    sit(laptop, "after the copy")
    synced(laptop, tmp_path, "laptop")
    with fresh_store() as restored:
        restored.connection.deserialize(copy)
        assert synced(restored, tmp_path, "laptop").blocks_came == 1
        assert state(restored) == state(laptop)


def test_two_databases_of_one_machine_id_lose_nothing(laptop: Store, desktop: Store, tmp_path: Path) -> None:
    for store, block in ((laptop, "one"), (desktop, "two")):
        import_bank(store)
        sit(store, block)
    (tmp_path / "a").mkdir()
    synced(laptop, tmp_path / "a", "same")
    (tmp_path / "b").mkdir()
    synced(desktop, tmp_path / "b", "same")
    for path in files(tmp_path / "b"):
        (tmp_path / "a" / path.name).write_bytes(path.read_bytes())
    for store in (laptop, desktop, laptop):
        synced(store, tmp_path / "a", "same")
    assert {block.block for block in state(laptop)["attempts"]} == {"one", "two"}
    assert state(laptop)["attempts"] == state(desktop)["attempts"]


# What the learner said


def test_of_two_notes_at_once_the_later_stands_and_both_are_kept(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    import_bank(laptop)
    for store, text, made in ((laptop, "earlier", 5), (desktop, "later", 6)):
        annotate(store, "note", text, made, bank="notes", item="q01")
    synced(laptop, tmp_path, "laptop")
    assert synced(desktop, tmp_path, "desktop").kept == 1
    assert synced(laptop, tmp_path, "laptop").kept == 1
    for store in (laptop, desktop):
        assert [(kept.value, stands.value) for kept, stands in read_conflicts(store.connection)] == [
            ("earlier", "later")
        ]


def test_a_note_that_was_seen_and_replaced_is_no_conflict_whatever_the_clocks_say(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    import_bank(laptop)
    annotate(laptop, "note", "by a clock a day ahead", 86_400_000, bank="notes", item="q01")
    synced(laptop, tmp_path, "laptop")
    synced(desktop, tmp_path, "desktop")
    annotate(desktop, "note", "seen and replaced", 5, bank="notes", item="q01")
    synced(desktop, tmp_path, "desktop")
    synced(laptop, tmp_path, "laptop")
    for store in (laptop, desktop):
        assert store.connection.execute("SELECT value FROM annotations").fetchall() == [
            ("seen and replaced",)
        ]
        assert read_conflicts(store.connection) == []


def test_a_question_retired_before_its_bank_comes_is_not_drawn(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    annotate(laptop, "retired", "wrong key", 5, bank="notes", item="q01")
    synced(laptop, tmp_path, "laptop")
    synced(desktop, tmp_path, "desktop")
    import_bank(desktop)
    assert count_candidates(desktop.connection, Filter(pool="all")) == 2


def test_settings_of_the_learner_are_carried_and_those_of_a_machine_are_not(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    write_setting(laptop, "clock", "hidden", 9)
    write_setting(laptop, "theme", "drill-light")
    write_setting(desktop, "clock", "shown", 8)
    synced(laptop, tmp_path, "laptop")
    assert synced(desktop, tmp_path, "desktop").settings_came == 1
    assert read_settings(desktop.connection) == {"clock": "hidden"}


def test_each_setting_belongs_to_the_learner_or_to_a_machine() -> None:
    assert {choice.name for choice in CHOICES} - LEARNERS == {"theme", "sync"}


# Files that cannot be taken in


def segment(folder: Path, *lines: dict[str, object]) -> None:
    """A whole file, as a drill that knows more or means ill might write it."""
    header = {"drill_export": 1, "drill_version": "9", "exported_at": "2026-11-28T00:00:00.000Z"}
    rows = [header, *lines, {"kind": "end", "lines": len(lines), "open_blocks": 0}]
    data = packed(f"{json.dumps(row)}\n" for row in rows)
    (folder / f"000001-{digest(data)}.jsonl.gz").write_bytes(data)


def setting(name: str, value: str = "x") -> dict[str, object]:
    return {"kind": "setting", "name": name, "value": value, "made_at_ms": 10**12}


def test_a_file_of_a_newer_drill_is_left_out_whole_named_and_tried_again(
    laptop: Store, tmp_path: Path
) -> None:
    segment(tmp_path, setting("clock", "hidden"), {"kind": "dream"})
    before = dump(laptop)
    for _ in range(2):
        (problem,) = synced(laptop, tmp_path, "laptop").problems
        assert "perhaps a newer drill wrote it" in problem
        assert ".jsonl.gz was left out: Line 3" in problem
    assert dump(laptop) == before


@pytest.mark.parametrize("name", ["theme", "sync", "sync_folder", "sync_machine", "demo", "retests_through"])
def test_no_file_can_set_what_belongs_to_this_machine(laptop: Store, tmp_path: Path, name: str) -> None:
    segment(tmp_path, setting(name))
    assert not synced(laptop, tmp_path, "laptop").came
    assert name not in read_settings(laptop.connection)


def test_a_setting_chosen_over_one_of_a_clock_ahead_is_the_later(laptop: Store) -> None:
    for value, made_at_ms in (("hidden", 2_000), ("shown", 1_000)):
        write_setting(laptop, "clock", value, made_at_ms)
    row = laptop.connection.execute("SELECT value, made_at_ms FROM settings WHERE name = 'clock'").fetchone()
    assert row == ("shown", 2_001)


def test_a_bank_that_is_not_what_it_says_is_refused(laptop: Store, tmp_path: Path) -> None:
    about = dict.fromkeys(("author", "description", "license", "source", "url"))
    segment(
        tmp_path,
        {"kind": "bank", "bank": "x", "title": "X", **about},
        {
            "kind": "bank_state", "bank": "x", "removed": False, "items": ["q1"], "changed_at_ms": 5,
            "imported_at": "2026-11-28T00:00:00.000Z", "digest": "0" * 32,
        },
    )  # fmt: skip
    (problem,) = synced(laptop, tmp_path, "laptop").problems
    assert "the questions of bank 'x' are not those it names" in problem


def test_a_block_ended_in_two_copies_of_one_database_is_refused_by_name(
    laptop: Store, desktop: Store, tmp_path: Path
) -> None:
    for store, items in ((laptop, 2), (desktop, 3)):
        import_bank(store)
        sit(store, "b1", items=items)
    synced(laptop, tmp_path, "laptop")
    (problem,) = synced(desktop, tmp_path, "desktop").problems
    assert "Block b1 was refused" in problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_not_opened(laptop: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f"000001-{'0' * 32}.jsonl.gz")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert synced(laptop, tmp_path, "laptop") == SyncReport()


def test_lines_that_are_no_gzip_are_told_of(tmp_path: Path) -> None:
    with pytest.raises(DrillError, match="cannot be unpacked"):
        list(unpacked(b"plain"))
    assert list(unpacked(packed(["ä\n", "b\n"]))) == ["ä\n", "b\n"]


# The folder


def test_the_folder_and_the_machine_are_remembered(laptop: Store, tmp_path: Path) -> None:
    first = sync_folder(laptop, tmp_path, lambda: "machine-1")
    again = sync_folder(laptop, None, lambda: "machine-2")
    assert (again.folder, again.machine) == (first.folder, "machine-1")


@pytest.mark.parametrize("name", ["missing", "file"])
def test_a_folder_that_cannot_be_used_is_named(laptop: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DrillError, match=r"(is not there|is no folder)\. "):
        sync_folder(laptop, tmp_path / name)


def test_no_folder_and_a_made_up_history_are_refused(laptop: Store, tmp_path: Path) -> None:
    with pytest.raises(DrillError, match="drill sync FOLDER"):
        sync_folder(laptop, None)
    write_setting(laptop, "demo", "made-up history")
    with pytest.raises(DrillError, match="demonstration"):
        sync_folder(laptop, tmp_path)


def test_it_stops_between_two_files_when_asked(laptop: Store, desktop: Store, tmp_path: Path) -> None:
    for number in range(3):
        import_bank(laptop, make_bank(f"bank{number}"))
    synced(laptop, tmp_path, "laptop")
    asked = iter([True, False])
    report = sync(desktop, SyncFolder(tmp_path, "desktop"), CLOCK, lambda: next(asked))
    assert (report.is_cut, len(report.banks_came), report.files_written) == (True, 1, 0)
    assert len(synced(desktop, tmp_path, "desktop").banks_came) == 2


def test_long_histories_come_in_portions(laptop: Store, desktop: Store, tmp_path: Path) -> None:
    import_bank(laptop, make_bank(items=1))
    for number in range(101):
        sit(laptop, f"b{number}", (), items=1, at=WallTime(NOON.utc_ms + number * 60_000, 0))
    assert synced(laptop, tmp_path, "laptop").files_written == 3  # blocks, blocks, the bank
    assert synced(desktop, tmp_path, "desktop").blocks_came == 101
    assert state(desktop) == state(laptop)
