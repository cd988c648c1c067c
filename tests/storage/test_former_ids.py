"""Questions that get a new id keep their history, whichever of two machines learns of it first."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.core.items import Bank, Item, Option, When
from drill.importers import read_bank
from drill.storage import former_ids, schema
from drill.storage.banks import read_item, stored_bank
from drill.storage.candidates import Filter, read_candidates
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.history import read_history
from drill.storage.importing import plan_import
from drill.storage.merge import merge_history
from drill.storage.store import Store, open_memory
from drill.usecases.retests import pending, write_update
from tests.factories import NOW, import_bank, make_bank, make_items, make_options
from tests.sittings import annotate, dump, sit

STARTER = Path(__file__).parents[2] / "question_banks" / "step2ck-starter.yaml"
LATER = "2026-12-01T08:00:00.000Z"
NAMES = {"q01": "n1", "q02": "n2", "q03": "n3"}


def renamed(bank: Bank, names: dict[str, str] = NAMES, **changes: object) -> Bank:
    """The bank with new ids and the old ones beside them."""
    return replace(
        bank,
        items=tuple(
            replace(item, id=names[item.id], formerly=(*item.formerly, item.id), **changes)  # type: ignore[arg-type]
            if item.id in names
            else item
            for item in bank.items
        ),
    )


def asked(store: Store) -> list[tuple[str, str | None, bool]]:
    """The history: which question, what was chosen, and whether the question was new."""
    return [
        (attempt.item, attempt.chosen, attempt.exposure == 1)
        for block in read_history(store.connection)
        for attempt in block.attempts
    ]


def unused(store: Store) -> set[str]:
    return {one.item for one in read_candidates(store.connection, Filter())}


@pytest.fixture
def old() -> Bank:
    return make_bank(items=make_items(4))


@pytest.mark.parametrize("mended", [False, True])
def test_a_history_follows_its_question_to_the_new_id(store: Store, old: Bank, mended: bool) -> None:
    import_bank(store, old)
    sit(store, "b1", items=3)
    annotate(store, "note", "Mine.", 5, bank="notes", item="q01")
    annotate(store, "retired", "other", 6, bank="notes", item="q02")
    if (cards := pending(store)) is not None:
        write_update(store, cards)
    before, left, due = asked(store), unused(store), dump(store)["retests"]
    new = renamed(old, explanation="Mended.") if mended else renamed(old)

    plan = plan_import(store.connection, new)
    assert (plan.renamed, plan.added, plan.missing) == (NAMES, (), ())
    assert len(plan.revised if mended else plan.relabelled) == 3
    import_bank(store, new)

    assert asked(store) == [(NAMES.get(item, item), *rest) for item, *rest in before]
    assert unused(store) == {NAMES.get(item, item) for item in left}
    assert dump(store)["retests"] == [(bank, NAMES.get(item, item), *rest) for bank, item, *rest in due]
    assert due
    spoken = {(row[0], row[4]) for row in dump(store)["annotations"]}
    assert spoken == {("note", "n1"), ("retired", "n2")}
    assert stored_bank(store.connection, "notes") == new
    report = examine(store, repair=False)
    assert report.ok, report
    sit(store, "b2", items=4)
    assert sum(new for _, _, new in asked(store)) == 4, "each question was new once"


def test_the_starter_banks_questions_keep_their_history_under_their_neutral_ids(store: Store) -> None:
    new = read_bank(STARTER.read_bytes(), name=STARTER.name).bank
    assert new is not None
    earlier = [item for item in new.items if item.formerly]
    assert len(earlier) == 160
    items = tuple(
        replace(item, id=item.formerly[0], formerly=(), stem=f"As it was. {item.stem}", set=None)
        for item in earlier
    )
    import_bank(store, replace(new, items=items), shipped=True)
    sit(store, "b1", items=20)
    before = asked(store)
    import_bank(store, new, shipped=True)
    ids = {item.formerly[0]: item.id for item in earlier}
    assert asked(store) == [(ids[item], *rest) for item, *rest in before]
    seen = {ids[item] for item, _, first in before if first}
    assert seen
    assert unused(store) == {item.id for item in new.items} - seen
    assert examine(store, repair=False).ok


def test_an_id_that_changed_twice_is_followed_from_the_first(store: Store, old: Bank) -> None:
    import_bank(store, old)
    sit(store, "b1", items=3)
    twice = renamed(renamed(old), {"n1": "z1", "n3": "z3"})
    import_bank(store, twice)
    assert {item for item, *_ in asked(store)} <= {"z1", "n2", "z3", "q04"}
    assert former_ids.read(store.connection, "notes", "z1") == ("q01", "n1")


def test_an_id_in_use_again_is_no_former_one(store: Store, old: Bank) -> None:
    import_bank(store, renamed(old))
    import_bank(store, old)
    assert former_ids.now(store.connection, "notes", "q01") is None
    assert examine(store, repair=False).ok


def test_two_questions_that_became_one_share_their_history(store: Store) -> None:
    items = make_items(3)
    import_bank(store, make_bank(items=items))
    sit(store, "b1", items=3)
    annotate(store, "note", "Earlier.", 5, bank="notes", item="q01")
    annotate(store, "note", "Later.", 6, bank="notes", item="q02")
    one = replace(items[1], formerly=("q01",))
    import_bank(store, make_bank(items=(one, items[2])))
    assert sorted(item for item, *_ in asked(store)) == ["q02", "q02", "q03"]
    assert [row[5] for row in dump(store)["annotations"]] == ["Later."]
    assert read_item(store.connection, "notes", "q02") == one
    assert examine(store, repair=False).ok


@pytest.mark.parametrize("here_first", [False, True])
def test_a_history_from_before_the_renaming_is_found_and_not_doubled(old: Bank, here_first: bool) -> None:
    """A machine that has the new ids takes in what one with the old ids exported, before and after."""
    with open_memory() as one, open_memory() as other:
        import_bank(one, old)
        sit(one, "b1", items=3)
        lines = list(export_history(one, NOW))
        if here_first:
            merge_history(other, lines, LATER)
        import_bank(other, renamed(old))
        report = merge_history(other, lines, LATER)
        assert report.ok
        assert (report.blocks_added, report.blocks_known) == ((0, 1) if here_first else (1, 0))
        assert asked(other) == [(NAMES.get(item, item), *rest) for item, *rest in asked(one)]
        assert examine(other, repair=False).ok
        # and back: the bank that is here has the old ids, and keeps them
        back = merge_history(one, list(export_history(other, NOW)), LATER)
        assert (back.blocks_known, back.texts_added, back.ok) == (1, 0, True)
        assert set(stored_bank(one.connection, "notes").items) == set(old.items)


def test_the_doctor_makes_one_of_a_question_under_two_ids(store: Store, old: Bank) -> None:
    import_bank(store, old)
    sit(store, "b1", items=3)
    with store.transaction() as connection:
        connection.execute("INSERT INTO former_ids VALUES ('notes', 'q01', 'q04', 0)")
    assert "stands under its former id" in examine(store, repair=False).problems[0]
    examine(store)
    assert examine(store, repair=False).ok
    assert "q01" not in {item for item, *_ in asked(store)}


texts = st.sampled_from(["one", "two"])


@st.composite
def machines(draw: st.DrawFn, prefix: str) -> list[str]:
    """The history of a machine that had the bank in one, two or three of its ages."""
    bank = make_bank(items=make_items(4))
    ages = [bank, renamed(bank), renamed(renamed(bank), {"n1": "z1", "q04": "z4"})]
    with open_memory() as store:
        for number, which in enumerate(sorted(draw(st.lists(st.integers(0, 2), min_size=1, max_size=3)))):
            age = ages[which]
            import_bank(store, replace(age, items=tuple(_told(each, draw(texts)) for each in age.items)))
            sit(store, f"{prefix}{number}", items=draw(st.integers(1, 4)), seed=draw(st.integers(0, 3)))
        annotate(store, "note", draw(texts), draw(st.integers(0, 3)), bank="notes", item=age.items[0].id)
        return list(export_history(store, NOW))


def _told(item: Item, text: str) -> Item:
    return replace(item, explanation=text, options=make_options(B=Option("Wait", when=When.ONLY_IF)))


def renumbered(store: Store) -> object:
    """All of the history but the numbers of revisions, and where a text came from."""
    rows = dump(store)
    return asked(store), rows["annotations"], rows["item_records"], rows["attempts"], rows["former_ids"]


@settings(max_examples=25)
@given(machines("a"), machines("b"), st.booleans())
def test_import_rename_import_and_merge_agree_in_either_order(
    one: list[str], other: list[str], bank_is_here: bool
) -> None:
    with open_memory() as left, open_memory() as right:
        for store, histories in ((left, (one, other)), (right, (other, one))):
            if bank_is_here:
                import_bank(store, renamed(make_bank(items=make_items(4))))
            for lines in histories:
                assert merge_history(store, lines, LATER).ok
            before = dump(store)
            for lines in histories:
                merge_history(store, lines, LATER)
            assert dump(store) == before, "again changes nothing"
            assert examine(store, repair=False).ok
        names = {name for name, *_ in asked(left)}
        assert names == {name for name, *_ in asked(right)}
        for store in (left, right):
            import_bank(store, renamed(renamed(make_bank(items=make_items(4))), {"n1": "z1", "q04": "z4"}))
            assert examine(store, repair=False).ok
        assert renumbered(left) == renumbered(right)
        assert {name for name, *_ in asked(left)} <= {"z1", "n2", "n3", "z4"}


def test_options_of_a_database_of_before_stay_and_only_if_is_a_reason_from_then_on() -> None:
    db = sqlite_utils.Database(memory=True)
    for migration in schema.MIGRATIONS[:7]:
        migration(db)
    row = {
        "bank": "notes",
        "item": "q",
        "revision": 1,
        "letter": "A",
        "text": "Wait",
        "why": None,
        "action": None,
    }
    db["options"].insert({**row, "when": "later"})
    with pytest.raises(sqlite3.IntegrityError):
        db["options"].insert({**row, "letter": "B", "when": "only_if"})
    schema.add_groups_former_ids_and_only_if(db)
    db["options"].insert({**row, "letter": "B", "when": "only_if"})
    assert [(each["letter"], each["when"]) for each in db["options"].rows] == [
        ("A", "later"),
        ("B", "only_if"),
    ]
    with pytest.raises(sqlite3.IntegrityError):
        db["options"].insert({**row, "letter": "C", "when": "sometime"})
    db.close()
