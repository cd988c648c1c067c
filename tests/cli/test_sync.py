"""drill sync as a shell runs it: two databases, one folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from drill.storage.settings import SYNC, write_setting
from drill.usecases.opening import open_for_writing
from tests.cli.commands import Shell, sit_blocks, write_bank
from tests.factories import FakeClock
from tests.sittings import annotate


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A database with a bank and a block, and a folder beside it."""
    with open_for_writing(tmp_path / "drill.db", FakeClock(), []):
        pass
    (tmp_path / "carried").mkdir()
    found = Shell(tmp_path / "drill.db", capsys)
    found("import", write_bank(tmp_path))
    sit_blocks(found.db, "first")
    return found


def test_what_one_machine_did_is_there_on_the_other(shell: Shell, tmp_path: Path) -> None:
    carried, other = tmp_path / "carried", tmp_path / "other.db"
    assert shell("sync", carried).out == "Nothing new came; 2 files with 1 block written for the others.\n"
    assert shell("sync").out == "Nothing new came; nothing was to be written.\n"
    came = shell("sync", carried, db=other).out
    assert came == "Came: 1 block, bank notes; nothing was to be written.\n"
    assert "notes" in shell("banks", db=other).out
    assert shell("history", "--json", db=other).json == shell("history", "--json").json
    document = shell("sync", "--json", db=other).json
    assert document == document | {"ok": True, "blocks_came": 0, "problems": []}


def test_both_notes_are_shown_where_two_machines_wrote_at_once(shell: Shell, tmp_path: Path) -> None:
    carried, other = tmp_path / "carried", tmp_path / "other.db"
    assert shell("sync", "--kept").out.startswith("No two machines")
    for db, text, made in ((shell.db, "one\x1b[31m", 1_000), (other, "two", 2_000)):
        with open_for_writing(db, FakeClock(), []) as store:
            annotate(store, "note", text, made, bank="notes", item="q1")
        shell("sync", carried, db=db)
    assert "1 question or block two machines said something at once" in shell("sync").out
    shown = shell("sync", "--kept").out
    assert shown == (
        "notes, q1: note\n  kept, 1970-01-01 00:00:   one[31m\n  stands, 1970-01-01 00:00: two\n"
    )


def test_a_file_that_cannot_be_taken_in_is_named_and_the_status_is_1(shell: Shell, tmp_path: Path) -> None:
    from tests.usecases.test_syncing import segment

    segment(tmp_path / "carried", {"kind": "dream"})
    done = shell("sync", tmp_path / "carried", status=1, tells=True)
    assert "was left out: Line 2 cannot be merged" in done.err
    assert "2 files with 1 block written" in done.out


def test_a_folder_that_is_not_there_is_said_with_what_to_do(shell: Shell, tmp_path: Path) -> None:
    assert "plug in the stick" in shell("sync", tmp_path / "nowhere", status=1).err
    assert "drill sync FOLDER" in shell("sync", status=1).err


@pytest.mark.parametrize("folder", ["carried", "unplugged"])
def test_a_plain_block_syncs_before_and_after_where_settings_say_so(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    import io

    shell("sync", tmp_path / "carried")
    with open_for_writing(shell.db, FakeClock(), []) as store:
        write_setting(store, SYNC, "on")
    (tmp_path / "carried").rename(tmp_path / folder)
    monkeypatch.setattr("sys.stdin", io.StringIO("A\nend\nend\n"))
    done = shell("block", "--plain", "--items", "1", "--minutes", "5")
    if folder == "carried":
        assert "Nothing new came; 1 file with 1 block written for the others." in done.err
    else:
        assert done.err.count("Not synced: ") == 2
        assert "plug in the stick" in done.err
