"""Importing as a diff by id and fingerprint, and reading banks back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from drill.core.items import LETTERS, Bank, Item, Option, When
from drill.errors import BankError, StorageError
from drill.storage.annotations import correct_next_best_step, retire
from drill.storage.banks import (
    bank_ids,
    check_banks,
    list_banks,
    list_items,
    read_item,
    remove_bank,
    stored_bank,
)
from drill.storage.candidates import Filter, read_candidates
from drill.storage.importing import apply_import, plan_import
from drill.storage.item_rows import meta_hash
from drill.storage.shipped import keep_stamp, shipped_banks
from drill.storage.store import Store, open_memory
from tests import strategies
from tests.factories import NOW, import_bank, make_bank, make_item, make_items, make_options


def rows(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(query).fetchall()


def drawable_ids(store: Store) -> list[str]:
    return sorted(one.item for one in read_candidates(store.connection, Filter(pool="all")))


def sizes(store: Store) -> dict[str, int]:
    return {one.item: one.set_size for one in read_candidates(store.connection, Filter(pool="all"))}


def ids(items: Iterable[Item]) -> list[str]:
    return [item.id for item in items]


@settings(max_examples=15)
@given(strategies.banks())
def test_a_bank_comes_back_as_it_went_in(bank: Bank) -> None:
    with open_memory() as store:
        import_bank(store, bank)
        assert stored_bank(store.connection, bank.id) == bank
        assert rows(store, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("when", When)
def test_what_an_option_can_say_passes_the_checks_that_an_import_leaves_out(store: Store, when: When) -> None:
    options = tuple(Option(f"Option {letter}", when=None if letter == "A" else when) for letter in LETTERS)
    import_bank(store, make_bank(items=[make_item(options=options)]))
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]


def test_the_checks_are_back_after_an_import(store: Store) -> None:
    import_bank(store)
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute("""UPDATE options SET "when" = 'perhaps'""")


def test_sets_come_back_in_the_files_order(store: Store) -> None:
    items = [make_item("z", set="s"), make_item("a", set="s"), make_item("m")]
    bank = import_bank(store, make_bank(items=items))
    assert stored_bank(store.connection, "notes") == bank
    assert sizes(store) == {"z": 2, "a": 2, "m": 1}


def test_importing_the_same_again_changes_nothing(store: Store) -> None:
    bank = import_bank(store)
    before = [
        rows(store, f"SELECT * FROM {table}") for table in ("items", "item_revisions", "options", "tags")
    ]
    plan = plan_import(store.connection, bank)
    assert (plan.added, plan.revised, plan.relabelled, plan.unchanged, plan.missing, plan.moved) == (
        (), (), (), 3, (), ()
    )  # fmt: skip
    import_bank(store, bank, now="2027-01-01T00:00:00.000Z")
    after = [
        rows(store, f"SELECT * FROM {table}") for table in ("items", "item_revisions", "options", "tags")
    ]
    assert after == before


def test_a_plan_tells_added_revised_relabelled_unchanged_and_missing_apart(store: Store) -> None:
    old = make_items(4)
    import_bank(store, make_bank(items=old))
    new = (
        replace(old[0], stem="Another stem."), replace(old[1], subject="Surgery"), old[2], make_item("new"),
    )  # fmt: skip
    plan = plan_import(store.connection, make_bank(items=new))
    assert (ids(plan.revised), ids(plan.relabelled), plan.unchanged, ids(plan.added), plan.missing) == (
        ["q01"], ["q02"], 1, ["new"], ("q04",)
    )  # fmt: skip
    assert plan.changed == 2
    assert plan_import(store.connection, make_bank(items=new)) == plan, "planning writes nothing"


def test_a_changed_text_is_a_new_revision_and_the_old_one_stays(store: Store) -> None:
    old = make_item("q", stem="Old?", tags=("one", "two"))
    import_bank(store, make_bank(items=[old]))
    new = replace(old, stem="New?", options=make_options(5), answer="E", tags=("three",))
    import_bank(store, make_bank(items=[new]))
    assert read_item(store.connection, "notes", "q") == new
    shown = read_item(store.connection, "notes", "q", 1)
    assert (shown.stem, len(shown.options), shown.answer) == ("Old?", 4, "A")
    assert [one.revision for one in read_candidates(store.connection, Filter(pool="all"))] == [2]


@pytest.mark.parametrize(
    "changes",
    [{"subject": "Surgery"}, {"tags": ("a", "b")}, {"references": ("A book",)}, {"next_best_step": True},
     {"task": "Diagnosis"}, {"set": "s"}, {"topic": "Stones"}, {"system": "Renal"}],
)  # fmt: skip
def test_changed_labels_change_the_item_and_not_its_revision(store: Store, changes: dict[str, Any]) -> None:
    import_bank(store, make_bank(items=[make_item("q", tags=("old",))]))
    new = make_item("q", **{"tags": ("old",), **changes})
    import_bank(store, make_bank(items=[new]))
    assert read_item(store.connection, "notes", "q") == new
    assert rows(store, "SELECT revision FROM item_revisions") == [(1,)]


def test_labels_taken_away_are_gone(store: Store) -> None:
    import_bank(
        store, make_bank(items=[make_item("q", subject="S", tags=("a",), next_best_step=True, task="T")])
    )
    import_bank(store, make_bank(items=[make_item("q")]))
    assert read_item(store.connection, "notes", "q") == make_item("q")


def test_going_back_to_the_old_text_is_a_third_revision(store: Store) -> None:
    first, second = make_item("q", stem="One?"), make_item("q", stem="Two?")
    for item in (first, second, first):
        import_bank(store, make_bank(items=[item]))
    assert rows(store, "SELECT revision, item_hash = ? FROM item_revisions".replace("?", f"'{first.item_hash}'")) == [
        (1, 1), (2, 0), (3, 1)
    ]  # fmt: skip


def test_items_that_stand_elsewhere_in_the_file_take_their_new_place(store: Store) -> None:
    items = make_items(3)
    import_bank(store, make_bank(items=items))
    turned = make_bank(items=items[::-1])
    assert plan_import(store.connection, turned).unchanged == 3
    import_bank(store, turned)
    assert stored_bank(store.connection, "notes") == turned


def test_missing_items_are_kept_unless_asked(store: Store) -> None:
    items = make_items(3)
    import_bank(store, make_bank(items=items))
    import_bank(store, make_bank(items=items[:2]))
    assert drawable_ids(store) == ["q01", "q02", "q03"]
    import_bank(store, make_bank(items=items[:2]), retire_missing=True)
    assert drawable_ids(store) == ["q01", "q02"]
    assert ids(stored_bank(store.connection, "notes").items) == ["q01", "q02"]
    assert plan_import(store.connection, make_bank(items=items[:2])).missing == (), "told once"
    assert read_item(store.connection, "notes", "q03") == items[2], "its history can be shown"


@pytest.mark.parametrize("change", [{}, {"stem": "Changed?"}, {"subject": "Surgery"}])
def test_a_missing_item_that_comes_back_is_drawn_again(store: Store, change: dict[str, Any]) -> None:
    items = make_items(2)
    import_bank(store, make_bank(items=items))
    import_bank(store, make_bank(items=items[:1]), retire_missing=True)
    import_bank(store, make_bank(items=(items[0], replace(items[1], **change))))
    assert drawable_ids(store) == ["q01", "q02"]


def test_what_the_learner_retired_stays_retired_through_an_import(store: Store) -> None:
    item = make_item("q")
    import_bank(store, make_bank(items=[item]))
    retire(store, "notes", "q", "wrong key", 1)
    import_bank(store, make_bank(items=[replace(item, stem="New?")]))
    assert drawable_ids(store) == []
    retire(store, "notes", "q", None, 2)
    assert drawable_ids(store) == ["q"]


# Sets


def make_set(*names: str) -> list[Item]:
    return [make_item(name, set="s") for name in names]


def test_a_set_that_lost_a_member_is_a_smaller_set(store: Store) -> None:
    import_bank(store, make_bank(items=make_set("a", "b", "c")))
    import_bank(store, make_bank(items=make_set("a", "b")), retire_missing=True)
    assert sizes(store) == {"a": 2, "b": 2}, "else it could never be drawn whole again"


def test_a_set_whose_missing_member_is_kept_stays_whole(store: Store) -> None:
    import_bank(store, make_bank(items=make_set("a", "b", "c")))
    import_bank(
        store, make_bank(items=[replace(make_item("a", set="s"), stem="New?"), make_item("b", set="s")])
    )
    assert sizes(store) == {"a": 3, "b": 3, "c": 3}


def test_a_set_grows_and_dissolves(store: Store) -> None:
    import_bank(store, make_bank(items=make_set("a", "b")))
    import_bank(store, make_bank(items=make_set("a", "b", "c")))
    assert sizes(store) == {"a": 3, "b": 3, "c": 3}
    import_bank(store, make_bank(items=[make_item("a"), *make_set("b", "c")]))
    assert sizes(store) == {"a": 1, "b": 2, "c": 2}


def test_a_set_that_comes_back_is_whole_again(store: Store) -> None:
    everything = [*make_set("a", "b"), make_item("m")]
    import_bank(store, make_bank(items=everything))
    import_bank(store, make_bank(items=everything[2:]), retire_missing=True)
    assert drawable_ids(store) == ["m"]
    import_bank(store, make_bank(items=everything))
    assert sizes(store) == {"a": 2, "b": 2, "m": 1}


# Banks


def test_an_import_that_fails_midway_leaves_the_bank_as_it_was(store: Store) -> None:
    bank = import_bank(store)
    items = (*make_items(2), make_item("long", tags=("fine", None)))  # type: ignore[arg-type] - NOT NULL refuses it
    plan = plan_import(store.connection, make_bank(items=items, title="New title"))
    with pytest.raises(StorageError):
        apply_import(store, plan, now=NOW)
    assert stored_bank(store.connection, "notes") == bank


@pytest.mark.parametrize("tag", ["fine", None])  # NOT NULL refuses the second
def test_pages_are_held_for_an_import_alone_even_for_one_that_fails(store: Store, tag: Any) -> None:
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    with suppress(StorageError):
        import_bank(store, make_bank(items=[make_item(tags=(tag,))]))
    store.connection.set_trace_callback(None)
    before = sqlite3.connect(":memory:").execute("PRAGMA cache_size").fetchone()
    sizes = [statement for statement in asked if statement.startswith("PRAGMA cache_size =")]
    assert sizes == ["PRAGMA cache_size = -32768", f"PRAGMA cache_size = {before[0]}"]
    assert store.connection.execute("PRAGMA cache_size").fetchone() == before


def test_what_the_file_says_of_the_bank_is_kept(store: Store) -> None:
    bank = make_bank(author="A", description="D", license="L", source="S", url="U")
    import_bank(store, bank)
    assert stored_bank(store.connection, "notes") == bank
    import_bank(store, make_bank(title="Other"))
    assert stored_bank(store.connection, "notes") == make_bank(title="Other")


def test_the_list_of_banks_counts(store: Store) -> None:
    items = [make_item("a", next_best_step=True), make_item("b"), make_item("c"), make_item("d")]
    import_bank(store, make_bank("two", items=items, author="Au", license="CC0"), shipped=True)
    import_bank(store, make_bank("two", items=items[:3]), shipped=True, retire_missing=True)
    retire(store, "two", "c", "other", 1)
    correct_next_best_step(store, "two", "b", True, 1)
    import_bank(store, make_bank("one", items=0))
    one, two = list_banks(store.connection)
    assert (one.bank, one.items, one.next_best_step, one.retired, one.shipped) == ("one", 0, 0, 0, False)
    assert (two.bank, two.items, two.next_best_step, two.retired, two.shipped) == ("two", 4, 2, 2, True)


def test_a_file_imported_under_a_shipped_id_is_the_learners_own_from_then_on(store: Store) -> None:
    import_bank(store, make_bank("two"), shipped=True)
    import_bank(store, make_bank("two", title="Mine"))
    assert [bank.shipped for bank in list_banks(store.connection)] == [False]


def test_the_list_of_items_says_who_decided(store: Store) -> None:
    asked = "Which of the following is the most appropriate next step in management?"
    items = [
        make_item("a", next_best_step=False, lead_in=asked), make_item("b", lead_in=asked), make_item("c"),
        make_item("d", subject="Surgery", system="Renal", task="Diagnosis", options=make_options(5)),
    ]  # fmt: skip
    import_bank(store, make_bank(items=items))
    correct_next_best_step(store, "notes", "c", True, 1)
    retire(store, "notes", "d", "wrong key", 1)
    listed = {row.item: row for row in list_items(store.connection)}
    assert list(listed) == ["a", "b", "c", "d"]
    assert (listed["a"].next_best_step, listed["a"].decided_by) == (False, "author")
    assert listed["b"].next_best_step
    assert listed["b"].decided_by not in ("author", "learner")
    assert (listed["c"].next_best_step, listed["c"].decided_by) == (True, "learner")
    assert listed["d"][2:5] == ("Surgery", "Renal", "Diagnosis")
    assert (listed["d"].options, listed["d"].words, listed["d"].retired) == (5, items[3].words, "wrong key")
    correct_next_best_step(store, "notes", "c", None, 2)
    assert not {row.item: row for row in list_items(store.connection)}["c"].next_best_step


def test_a_removed_bank_is_hidden_until_it_is_imported_again(store: Store) -> None:
    bank = import_bank(store)
    remove_bank(store, "notes", 1)
    assert bank_ids(store.connection) == []
    assert list_banks(store.connection) == []
    assert list_items(store.connection) == []
    assert drawable_ids(store) == []
    with pytest.raises(BankError, match="none yet; 'drill import FILE' adds one"):
        check_banks(store.connection, ["notes"])
    import_bank(store, bank)
    assert drawable_ids(store) == ["q01", "q02", "q03"]


def test_an_unknown_bank_or_question_is_named(store: Store) -> None:
    import_bank(store)
    with pytest.raises(BankError, match=r"There is no bank 'noets'. Banks: notes."):
        stored_bank(store.connection, "noets")
    with pytest.raises(BankError, match=r"There is no question 'q99' in bank 'notes'."):
        read_item(store.connection, "notes", "q99")
    with pytest.raises(BankError, match="no question"):
        read_item(store.connection, "notes", "q01", 2)


def test_shipped_banks_are_known_by_their_file(store: Store) -> None:
    import_bank(store, make_bank("own"), file_hash="mine")
    import_bank(store, make_bank("with-drill"), shipped=True, file_hash="abc")
    assert shipped_banks(store.connection) == [("with-drill", "abc", None, False)]
    keep_stamp(store.connection, "with-drill", "there, 7 bytes")
    remove_bank(store, "with-drill", 1)
    assert shipped_banks(store.connection) == [("with-drill", "abc", "there, 7 bytes", True)]


def test_ids_are_text_and_case_matters(store: Store) -> None:
    names = ["1.1", "1.10", "a", "A", "01", "1"]
    import_bank(store, make_bank(items=[make_item(name) for name in names]))
    assert ids(stored_bank(store.connection, "notes").items) == names


def test_the_same_id_in_two_banks_is_two_items(store: Store) -> None:
    import_bank(store, make_bank("one", items=[make_item("q", stem="One?")]))
    import_bank(store, make_bank("two", items=[make_item("q", stem="Two?")]))
    assert read_item(store.connection, "one", "q").stem == "One?"
    assert read_item(store.connection, "two", "q").stem == "Two?"


def test_the_label_fingerprint_sees_every_label() -> None:
    plain = make_item()
    changed = [
        replace(plain, **change)
        for change in ({"next_best_step": False}, {"next_best_step": True}, {"task": "x"}, {"subject": "x"},
                       {"system": "x"}, {"topic": "x"}, {"tags": ("x",)}, {"references": ("x",)}, {"set": "x"})
    ]  # fmt: skip
    assert len({meta_hash(item) for item in (plain, *changed)}) == 1 + len(changed)
    assert meta_hash(replace(plain, stem="Other?", answer="B")) == meta_hash(plain)


def test_text_is_stored_as_text(store: Store) -> None:
    odd = make_item(
        "q", stem="'; DROP TABLE items; -- \u2028 é 😀\n\ttable | x", options=(Option("NULL"), Option("0x10"))
    )
    import_bank(store, make_bank(items=[odd]))
    assert read_item(store.connection, "notes", "q") == odd
