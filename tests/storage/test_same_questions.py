"""A question that stands in two banks is one question: asked once, and seen wherever it was seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils

from drill.storage import same_questions, schema
from drill.storage.banks import read_item, remove_bank
from drill.storage.candidates import Filter, count_candidates, read_candidates
from drill.storage.doctor import examine
from drill.storage.history import read_history, read_recent, read_record
from drill.storage.importing import plan_import
from drill.storage.store import Store
from drill.usecases import retests
from tests.factories import FakeClock, import_bank, make_bank, make_item, make_options, sit_block


@pytest.fixture
def doubled(store: Store) -> Store:
    """Banks "notes" (one, two) and "other" (the same two under other ids, and three)."""
    one, two = make_item("one"), make_item("two")
    import_bank(store, make_bank(items=[one, two]))
    others = [
        replace(one, id="uno"),
        replace(two, id="due", stem=f"7. {two.stem.upper()}"),
        make_item("three"),
    ]
    import_bank(store, make_bank("other", items=others))
    return store


def found(store: Store, *banks: str, pool: str = "all") -> set[tuple[str, str]]:
    wanted = Filter(banks, pool)
    names = {(one.bank, one.item) for one in read_candidates(store.connection, wanted)}
    assert count_candidates(store.connection, wanted) == len(names)
    return names


def test_of_two_places_one_is_drawn(doubled: Store) -> None:
    assert found(doubled) == {("notes", "one"), ("notes", "two"), ("other", "three")}
    assert found(doubled, "other") == {("other", "uno"), ("other", "due"), ("other", "three")}


def test_seen_in_one_bank_is_used_in_the_other(doubled: Store, clock: FakeClock) -> None:
    sit_block(doubled, clock, {"one": "A"}, block="first")
    assert found(doubled, "other", pool="unused") == {("other", "due"), ("other", "three")}


def test_an_exposure_counts_wherever_it_was(doubled: Store, clock: FakeClock) -> None:
    connection = doubled.connection
    sit_block(doubled, clock, {"one": "A", "two": "A"}, block="first")
    sit_block(doubled, clock, {"uno": "A", "three": "A"}, block="second", bank="other")
    expected = {("first", "one"): 1, ("first", "two"): 1, ("second", "uno"): 2, ("second", "three"): 1}
    histories = [read_history(connection), read_recent(connection, 5)]
    histories.append([record for name in ("first", "second") if (record := read_record(connection, name))])
    for records in histories:
        shown = {(block.block, a.item): a.exposure for block in records for a in block.attempts}
        assert shown == expected


def test_an_import_made_later_counts_the_whole_history_anew(store: Store, clock: FakeClock) -> None:
    one = make_item("one")
    import_bank(store, make_bank(items=[one]))
    import_bank(store, make_bank("other", items=[make_item("uno")]))
    sit_block(store, clock, {"one": "A"}, block="first")
    sit_block(store, clock, {"uno": "A"}, block="second", bank="other")
    assert [block.attempts[0].exposure for block in read_history(store.connection)] == [1, 1]
    import_bank(store, make_bank("other", items=[replace(one, id="uno")]))
    assert [block.attempts[0].exposure for block in read_history(store.connection)] == [1, 2]


def test_an_import_says_what_is_elsewhere_and_what_has_another_key(doubled: Store) -> None:
    one, two = (read_item(doubled.connection, "notes", name) for name in ("one", "two"))
    bank = make_bank("third", items=[one, replace(two, answer="B"), make_item("new")])
    same, other_key = plan_import(doubled.connection, bank).overlap
    assert same == (("one", "notes", "one"),)
    assert other_key == (("two", "notes", "two"),)


def test_a_removed_bank_is_no_other_place(doubled: Store) -> None:
    one = read_item(doubled.connection, "notes", "one")
    for name in ("notes", "other"):
        remove_bank(doubled, name, 1)
    assert (
        plan_import(doubled.connection, make_bank("third", items=[one])).overlap == same_questions.Overlap()
    )


def test_a_changed_text_is_another_question(doubled: Store) -> None:
    import_bank(doubled, make_bank("other", items=[make_item("uno", stem="Something else?")]))
    assert ("other", "uno") in found(doubled)


def test_a_retest_asks_a_doubled_question_once(doubled: Store, clock: FakeClock) -> None:
    sit_block(doubled, clock, {"one": "B"}, block="first")
    sit_block(doubled, clock, {"uno": "B"}, block="second", bank="other")
    due, others = retests.candidates(doubled, Filter(()), "2100-01-01T00:00:00Z")
    assert len(due) + len(others) == 1


def test_the_doctor_rebuilds_what_says_so(doubled: Store) -> None:
    assert not examine(doubled).differences
    with doubled.transaction() as connection:
        connection.execute("DELETE FROM same_questions")
        connection.execute("UPDATE items SET identity = 'x' WHERE item = 'one'")
    assert examine(doubled).repaired
    assert found(doubled) == {("notes", "one"), ("notes", "two"), ("other", "three")}


def test_a_database_of_version_0_1_gets_its_fingerprints(tmp_path: Path) -> None:
    db = sqlite_utils.Database(tmp_path / "old.db")
    schema.MIGRATIONS[0](db)
    item = make_item("one", options=make_options(3))
    for bank in ("a", "b"):
        db["banks"].insert({"bank": bank, "title": bank, "imported_at": "2026-01-01"})
        db["items"].insert(
            {"bank": bank, "item": "one", "ordinal": 0, "revision": 1, "item_hash": item.item_hash, "meta_hash": "m",
             "words": 1, "option_count": 3, "shuffles": 0, "next_best_step": 0, "next_best_step_rule": "author"}
        )  # fmt: skip
        db["item_revisions"].insert(
            {"bank": bank, "item": "one", "revision": 1, "item_hash": item.item_hash, "stem": item.stem,
             "lead_in": item.lead_in, "answer": item.answer, "created_at": "2026-01-01"}
        )  # fmt: skip
        for letter, option in zip(item.letters, item.options, strict=True):
            db["options"].insert(
                {"bank": bank, "item": "one", "revision": 1, "letter": letter, "text": option.text}
            )
    schema.add_same_questions(db)
    assert same_questions.twins(db.conn) == dict.fromkeys(
        (("a", "one"), ("b", "one")), same_questions.identity(item)
    )
    db.close()
