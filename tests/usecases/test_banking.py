"""Reading files: how large they may be, and what of a large change is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from drill.importers.yaml_writer import bank_to_yaml
from drill.storage.store import Store
from drill.usecases.banking import check_file, read_file
from drill.usecases.import_view import LISTED, view_of
from tests.factories import import_bank, make_bank, make_item

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


def test_of_a_large_change_the_first_items_are_told_and_all_are_counted(store: Store, tmp_path: Path) -> None:
    import_bank(store, make_bank(items=[make_item(f"q{number:03}") for number in range(LISTED + 5)]))
    path = tmp_path / "notes.yaml"
    changed = [make_item(f"q{number:03}", stem="A man. What is it?") for number in range(LISTED + 5)]
    path.write_text(bank_to_yaml(make_bank(items=changed)))
    view = view_of(check_file(path, store))
    assert (len(view.changed), view.counts["changed"]) == (LISTED, LISTED + 5)
    assert [(each.field, each.after) for each in view.changed[0].changes] == [("stem", "A man. What is it?")]
