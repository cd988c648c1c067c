"""A file that was imported is not read again where that could change nothing; in any other case it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from drill.core.items import Item
from drill.importers.yaml_writer import bank_to_yaml
from drill.storage.banks import remove_bank
from drill.storage.store import Store
from drill.usecases import banking, own_code
from drill.usecases.banking import Reading, import_file
from drill.usecases.file_result import FileResult
from tests.factories import FakeClock, make_bank, make_item

Import = Callable[..., FileResult]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A bank in which all is well."""
    path = tmp_path / "notes.yaml"
    path.write_text(bank_to_yaml(make_bank(items=well())), encoding="utf-8")
    return path


def well(count: int = 4) -> list[Item]:
    return [
        make_item(
            f"q{number}", stem=f"A man of {number} has a cough. Which is the most likely diagnosis?",
            answer="ABCD"[number % 4], explanation="It follows from the cough.",
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.fixture
def again(file: Path, store: Store, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Imports the file; `reads` says whether it had to be read for that."""
    read, there = banking.read_bank, []

    def counted(*args: object, **named: object) -> object:
        there.append(True)
        return read(*args, **named)

    monkeypatch.setattr(banking, "read_bank", counted)

    def run(*, reads: bool, **asked: object) -> FileResult:
        there.clear()
        found = import_file(file, store, clock, **asked)
        assert bool(there) is reads
        return found

    first = run(reads=True)
    assert first.read.diagnostics == ()
    return run


def test_nothing_changed_and_the_result_is_the_same_as_of_reading(
    again: Import, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = again(reads=False)
    monkeypatch.setattr(banking, "code_digest", lambda: "other code, which reads for itself")
    read = again(reads=True)
    assert known.counts() == read.counts()
    assert known.counts()["unchanged"] == 4
    assert known.ok
    assert (known.read.bank.id, known.read.bank.title) == (read.read.bank.id, read.read.bank.title)
    assert known.plan.overlap == read.plan.overlap
    assert known.plan.identities == read.plan.identities


def test_when_it_was_imported_last_is_noted(again: Import, store: Store, clock: FakeClock) -> None:
    clock.advance(60_000)
    again(reads=False)
    ((at,),) = store.connection.execute("SELECT imported_at FROM banks WHERE bank = 'notes'").fetchall()
    assert at == clock.wall().iso


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE items SET item_hash = 'by hand' WHERE item = 'q1'",
        "UPDATE items SET meta_hash = 'by hand' WHERE item = 'q1'",
        "UPDATE items SET missing = 1 WHERE item = 'q1'",
        "UPDATE items SET ordinal = 9 WHERE item = 'q1'",
        "UPDATE banks SET imported_as = 'by hand'",
    ],
)
def test_whatever_happened_to_an_item_the_file_is_read(again: Import, store: Store, statement: str) -> None:
    store.connection.execute(statement)
    again(reads=True)
    again(reads=False)


def test_another_file_is_read(again: Import, file: Path) -> None:
    file.write_text(bank_to_yaml(make_bank(items=well(5))), encoding="utf-8")
    assert again(reads=True).counts()["added"] == 1
    file.write_text(bank_to_yaml(make_bank(items=well(4))), encoding="utf-8")
    assert again(reads=True).counts()["missing"] == 1
    assert again(reads=True).counts()["missing"] == 1, "a missing question is told each time"
    assert again(reads=True, retire_missing=True).counts()["missing"] == 1
    assert again(reads=False).counts()["missing"] == 0


def test_read_in_another_way_it_is_read(again: Import) -> None:
    again(reads=True, reading=Reading(strict=True))


def test_a_bank_that_was_removed_comes_back(again: Import, store: Store) -> None:
    remove_bank(store, "notes", 0)
    again(reads=True)
    again(reads=False)


def test_warnings_are_told_each_time(again: Import, file: Path) -> None:
    bank = make_bank(items=[replace(well()[0], explanation=None), *well()[1:]])
    file.write_text(bank_to_yaml(bank), encoding="utf-8")
    for _ in range(2):
        assert [each.code for each in again(reads=True).read.diagnostics] == ["no-explanation"]


def test_the_digest_of_the_code_is_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(own_code.drill, "__file__", str(tmp_path / "__init__.py"))
    found = []
    for text in ("x = 1", "x = 1 ", "x = 2  "):
        (tmp_path / "code.py").write_text(text, encoding="utf-8")
        own_code.code_digest.cache_clear()
        found.append(own_code.code_digest())
    own_code.code_digest.cache_clear()
    assert len(set(found)) == 3
