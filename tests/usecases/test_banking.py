"""Reading files: how large they may be."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from drill.usecases.banking import read_file

MIB = 1024 * 1024


@pytest.mark.parametrize(
    ("name", "head", "size", "limit"),
    [("a.yaml", b"drill", 65 * MIB, "64 MiB"), ("a.apkg", b"PK\x03\x04", 513 * MIB, "512 MiB")],
)
def test_a_larger_file_is_refused_before_it_is_read(
    tmp_path: Path, name: str, head: bytes, size: int, limit: str
) -> None:
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)
    result, digest = read_file(path)
    assert [each.code for each in result.diagnostics] == ["file-too-large"]
    assert f"the limit is {limit}" in result.diagnostics[0].message
    assert digest == ""


def test_pictures_do_not_count_for_the_size_of_the_questions(tmp_path: Path) -> None:
    deck = Path(__file__).parent.parent / "data" / "anki" / "today.apkg"
    path = tmp_path / "deck.apkg"
    path.write_bytes(deck.read_bytes())
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("99", bytes(65 * MIB))
    result, _ = read_file(path)
    assert result.bank is not None, result.diagnostics
    assert len(result.bank.items) == 5
