"""A file that was asked for is whole or not there, and nothing half-written stays beside it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from drill.errors import DrillError
from drill.usecases.whole_file import whole_file, write_new, write_new_folder, write_new_with_folder

NAMES = () if sys.platform == "win32" else ("names",)
"""What is brought to the disk of a folder."""


def test_a_file_has_its_name_only_once_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "history.jsonl"
    target.write_bytes(b"before")
    with whole_file(target) as file:
        file.write(b"after")
        file.flush()
        assert target.read_bytes() == b"before"
    assert target.read_bytes() == b"after"
    assert os.listdir(tmp_path) == ["history.jsonl"]


def test_what_fails_in_the_middle_leaves_what_was_there(tmp_path: Path) -> None:
    target = tmp_path / "history.jsonl"
    target.write_bytes(b"before")
    said = r"cannot be written: No space left on device\. Check the folder"
    with pytest.raises(DrillError, match=said), whole_file(target) as file:
        raise OSError(file.write(b"half") and 28, "No space left on device")
    with pytest.raises(ValueError, match="of the caller"), whole_file(target):
        raise ValueError("of the caller")
    assert target.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["history.jsonl"]


def test_what_a_killed_process_left_is_cleared_and_what_a_running_one_writes_is_not(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    (tmp_path / f"report.html.{child.pid}.unfinished").write_bytes(b"half")
    (tmp_path / f"media.{child.pid}.unfinished").mkdir()
    (tmp_path / f"media.{child.pid}.unfinished" / "half.png").write_bytes(b"half")
    running = tmp_path / f"report.html.{os.getppid()}.unfinished"
    running.write_bytes(b"on its way")
    others = [tmp_path / "report.html.unfinished", tmp_path / f"other.html.{child.pid}.unfinished"]
    for each in others:
        each.write_bytes(b"not of this file")
    write_new(target, b"whole")
    write_new_folder(tmp_path / "media", {"whole.png": b"whole"})
    assert sorted(tmp_path.iterdir()) == sorted([target, tmp_path / "media", running, *others])
    assert os.listdir(tmp_path / "media") == ["whole.png"]


def test_a_folder_goes_again_where_the_file_it_belongs_to_gets_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, folder = tmp_path / "out.txt", tmp_path / "out-media"
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda old, new: (_ for _ in ()).throw(OSError(28, "No space left")))
        with pytest.raises(DrillError, match="No space left"):
            write_new_with_folder(target, b"text", folder, {"one.png": b"1"})
    assert os.listdir(tmp_path) == []
    write_new_with_folder(target, b"text", folder, {"one.png": b"1"})
    assert sorted(os.listdir(tmp_path)) == ["out-media", "out.txt"]
    with pytest.raises(DrillError, match="exists already"):
        write_new_with_folder(tmp_path / "other.txt", b"text", folder, {})
    assert os.listdir(folder) == ["one.png"], "it is another's"
    assert sorted(os.listdir(tmp_path)) == ["out-media", "out.txt"]


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "bank.yaml"
    target.write_bytes(b"mine")
    with pytest.raises(DrillError, match=r"exists already\. Give another name\."):
        write_new(target, b"new")
    with pytest.raises(DrillError, match=r"exists already\. Give another name\."):
        write_new_folder(target, {})
    assert target.read_bytes() == b"mine"


def test_a_file_and_its_name_are_on_the_disk_before_it_is_said_to_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append("names" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def renamed(old: Path, new: Path) -> None:
        done.append("renamed")
        replace(old, new)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    write_new(tmp_path / "history.jsonl", b"whole")
    assert done == ["file", "renamed", *NAMES]
    done.clear()
    write_new_folder(tmp_path / "media", {"one.png": b"1", "two.png": b"2"})
    assert done == ["file", "file", *NAMES, *NAMES]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_a_file_for_its_owner_is_so_from_its_first_byte(tmp_path: Path) -> None:
    with whole_file(tmp_path / "copy.db", own=True) as file:
        assert stat.S_IMODE(os.fstat(file.fileno()).st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
