"""Typing a path: what it may become."""

from __future__ import annotations

from pathlib import Path

import pytest

from drill.usecases import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("notes.yaml", "notice.csv", "photo.jpg", ".hidden.yaml", "Big.XML"):
        (tmp_path / name).write_text("x")
    (tmp_path / "nested").mkdir()
    (tmp_path / "nested" / "inner.gift").write_text("x")
    return tmp_path


def names(typed: str) -> list[str]:
    return [entry.name for entry in files.listing(typed).entries]


def test_a_folder_shows_folders_then_files_drill_may_read(folder: Path) -> None:
    assert names(f"{folder}/") == ["..", "nested", "Big.XML", "notes.yaml", "notice.csv"]
    assert names(f"{folder}/.h") == [".hidden.yaml"]
    assert names(f"{folder}/b") == ["Big.XML"]


def test_tab_completes_as_far_as_all_names_agree(folder: Path) -> None:
    typed = f"{folder}/no"
    assert files.completed(typed, files.listing(typed)) == f"{folder}/not"
    typed = f"{folder}/ne"
    assert files.completed(typed, files.listing(typed)) == f"{folder}/nested/"
    typed = f"{folder}/zzz"
    assert files.completed(typed, files.listing(typed)) == typed


def test_the_way_up_and_back_in(folder: Path) -> None:
    inner = f"{folder}/nested/"
    assert files.path_of(files.above(inner)) == folder
    assert files.above(f"{folder}/no") == f"{folder}/"
    up, *_ = files.listing(inner).entries
    assert files.path_of(files.into(inner, up)) == folder


def test_a_folder_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    assert "cannot be opened: no such file" in files.listing(f"{tmp_path}/none/").problem


def test_home_is_shown_as_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert files.shown(tmp_path) == "~/"
    assert files.shown(tmp_path / "a b") == "~/a b/"
    assert files.path_of("~/a b") == tmp_path / "a b"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("/home//tmp", "/tmp"),
        ("/home/~", "~"),
        ("~/x//etc", "/etc"),
        ("/tmp/a", "/tmp/a"),
        ("//", "/"),
        ("a~b", "a~b"),
    ],
)
def test_a_slash_or_tilde_after_a_slash_begins_anew(typed: str, kept: str) -> None:
    assert files.restarted(typed) == kept


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("'/a b/c.yaml' \n", "/a b/c.yaml"),
        (r"/a\ b/c.yaml", "/a b/c.yaml"),
        ("it's", "it's"),
        ("/a b", "/a b"),
    ],
)
def test_a_dropped_path_comes_without_quotes(pasted: str, path: str) -> None:
    assert files.pasted(pasted) == path
