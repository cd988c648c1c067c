"""Which items a block may draw: pools go by the latest ended attempt, filters by labels as they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.core import commands as c
from drill.storage.annotations import correct_next_best_step, retire
from drill.storage.banks import remove_bank
from drill.storage.candidates import Filter, count_candidates, distinct_labels, read_candidates
from drill.storage.store import Store
from tests.factories import FakeClock, import_bank, make_bank, make_item, make_items, sit_block, start_block


@pytest.fixture
def sat(store: Store, clock: FakeClock) -> Store:
    """Bank "notes": right, wrong (flagged), blank, unreached and unused items; "other": two unused ones."""
    import_bank(
        store, make_bank(items=[make_item(name) for name in ("right", "wrong", "blank", "unreached", "new")])
    )
    import_bank(store, make_bank("other", items=2))
    runner = start_block(store, clock, "right", "wrong", "blank", "unreached")
    for command in (c.Choose("A"), c.Next(), c.Choose("B"), c.Flag(), c.Next(), c.End()):
        clock.advance(5_000)
        runner.dispatch(command)
    return store


def found(store: Store, wanted: Filter) -> set[str]:
    names = {one.item for one in read_candidates(store.connection, wanted)}
    assert count_candidates(store.connection, wanted) == len(names)
    return names


@pytest.mark.parametrize(
    ("pool", "names"),
    [
        ("all", {"right", "wrong", "blank", "unreached", "new"}),
        ("unused", {"unreached", "new"}),
        ("incorrect", {"wrong", "blank"}),
        ("flagged", {"wrong"}),
        ("omitted", {"blank"}),
        ("slow", {"right", "wrong", "blank"}),
        ("retest", {"wrong", "blank"}),
    ],
)
def test_pools_go_by_the_latest_ended_attempt(sat: Store, pool: str, names: set[str]) -> None:
    assert found(sat, Filter(("notes",), pool)) == names


def test_a_later_attempt_moves_an_item_to_another_pool(sat: Store, clock: FakeClock) -> None:
    sit_block(sat, clock, {"wrong": "A", "right": None}, block="later")
    assert found(sat, Filter(("notes",), "incorrect")) == {"right", "blank"}
    assert found(sat, Filter(("notes",), "flagged")) == set()
    assert found(sat, Filter(("notes",), "omitted")) == {"right", "blank"}


def test_an_open_block_moves_nothing(sat: Store, clock: FakeClock) -> None:
    start_block(sat, clock, "new", block="open").dispatch(c.Choose("B"))
    assert found(sat, Filter(("notes",), "unused")) == {"unreached", "new"}


def test_a_flagged_right_answer_is_for_a_retest(sat: Store, clock: FakeClock) -> None:
    sit_block(sat, clock, {"right": "A!"}, block="later")
    assert "right" in found(sat, Filter(("notes",), "retest"))
    assert "right" not in found(sat, Filter(("notes",), "incorrect"))


def test_a_new_revision_is_the_same_item(sat: Store) -> None:
    import_bank(sat, make_bank(items=[make_item("right", stem="New words?")]))
    assert found(sat, Filter(("notes",), "unused")) == {"unreached", "new"}


def test_banks_are_all_unless_named(sat: Store) -> None:
    assert found(sat, Filter((), "unused")) == {"unreached", "new", "q01", "q02"}
    assert found(sat, Filter(("other",), "unused")) == {"q01", "q02"}
    assert found(sat, Filter(("other", "notes"), "unused")) == {"unreached", "new", "q01", "q02"}
    remove_bank(sat, "other", 1)
    assert found(sat, Filter((), "unused")) == {"unreached", "new"}


def test_the_same_id_in_another_bank_has_a_history_of_its_own(sat: Store, clock: FakeClock) -> None:
    import_bank(sat, make_bank("third", items=[make_item("right", stem="Another question?")]))
    assert "right" in found(sat, Filter(("third",), "unused"))


@pytest.fixture
def labelled(store: Store) -> Store:
    """Items that differ in one label each."""
    items = make_items(5)
    changes = [
        {"subject": "Surgery"},
        {"system": "Renal"},
        {"task": "Diagnosis"},
        {"next_best_step": True},
        {},
    ]
    import_bank(store, make_bank(items=[replace(i, **one) for i, one in zip(items, changes, strict=True)]))  # type: ignore[arg-type]
    return store


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter(subject=("Surgery",)), {"q01"}), (Filter(system=("Renal",)), {"q02"}),
        (Filter(next_best_step=True), {"q04"}), (Filter(subject=("surgery",)), set()),
        (Filter(subject=("Surgery",), system=("Renal",)), set()), (Filter(), {"q01", "q02", "q03", "q04", "q05"}),
    ],
)  # fmt: skip
def test_filters_narrow(labelled: Store, wanted: Filter, names: set[str]) -> None:
    assert found(labelled, wanted) == names


def test_the_task_filter_narrows(labelled: Store) -> None:
    assert "q03" in found(labelled, Filter(task=("Diagnosis",)))
    assert "q03" not in found(labelled, Filter(task=("Mixed Management",)))


def test_the_learners_correction_decides_what_is_a_next_best_step(labelled: Store) -> None:
    correct_next_best_step(labelled, "notes", "q04", False, 1)
    correct_next_best_step(labelled, "notes", "q05", True, 1)
    assert found(labelled, Filter(next_best_step=True)) == {"q05"}


def test_what_is_retired_or_missing_is_never_drawn(labelled: Store) -> None:
    retire(labelled, "notes", "q01", "other", 1)
    import_bank(labelled, make_bank(items=make_items(5)[:4]), retire_missing=True)
    for pool in ("all", "unused"):
        assert found(labelled, Filter(pool=pool)) == {"q02", "q03", "q04"}


def test_a_set_with_a_retired_member_shows_its_whole_size(store: Store) -> None:
    import_bank(store, make_bank(items=[make_item(name, set="s") for name in "ab"]))
    retire(store, "notes", "a", "other", 1)
    (left,) = read_candidates(store.connection, Filter())
    assert (left.item, left.set_size) == ("b", 2), "so it is never drawn alone"


def test_a_candidate_tells_all_that_a_form_needs(store: Store) -> None:
    item = make_item("q", explanation="The answer is A.")
    import_bank(store, make_bank(items=[item, make_item("r")]))
    first, second = sorted(read_candidates(store.connection, Filter()))
    assert first == ("notes", "q", 0, 1, item.item_hash, item.words, 4, None, 1, 0, None)
    assert (second.ordinal, second.shuffles) == (1, 1)


def test_filters_name_themselves_for_the_history() -> None:
    wanted = Filter(("notes",), next_best_step=True, subject=("A",), system=("B",), task=("C",))
    assert wanted.words == ("next_best_step", "subject:A", "system:B", "task:C")
    assert Filter(subject=("A", "B")).words == ("subject:A", "subject:B")
    assert Filter().words == ()


def test_several_labels_are_any_of_them(labelled: Store) -> None:
    both = Filter(pool="all", system=("Renal", "Nowhere"))
    assert found(labelled, both) == found(labelled, Filter(pool="all", system=("Renal",))) == {"q02"}
    assert found(labelled, Filter(pool="all", subject=("Surgery",), system=("Renal",))) == set()


def test_labels_to_filter_by_are_those_that_can_be_drawn(labelled: Store) -> None:
    import_bank(labelled, make_bank("other", items=[make_item("x", subject="Anatomy")]))
    assert distinct_labels(labelled.connection, "subject") == ["Anatomy", "Surgery"]
    assert distinct_labels(labelled.connection, "subject", ("notes",)) == ["Surgery"]
    retire(labelled, "notes", "q01", "other", 1)
    assert distinct_labels(labelled.connection, "subject", ("notes",)) == []
    with pytest.raises(ValueError, match="no label"):
        distinct_labels(labelled.connection, "stem")


def test_a_due_retest_narrows(labelled: Store) -> None:
    with labelled.transaction() as connection:
        connection.executemany(
            "INSERT INTO retests VALUES ('notes', ?, ?, '{}')",
            [("q01", "2026-11-20T00:00:00.000Z"), ("q02", "2026-11-21T00:00:00.000Z")],
        )
    assert found(labelled, Filter(pool="all", due_at="2026-11-20T12:00:00.000Z")) == {"q01"}
