"""Export and merge: nothing is lost, nothing is doubled, and a bad file changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.history import AttemptDetail, AttemptRecord
from drill.core.items import Bank, Option, When
from drill.errors import DrillError
from drill.storage.banks import stored_bank
from drill.storage.candidates import Filter, count_candidates
from drill.storage.doctor import examine
from drill.storage.export import export_history
from drill.storage.history import read_history
from drill.storage.merge import MergeReport, merge_history
from drill.storage.store import Store, open_memory
from tests.factories import NOON, NOW, import_bank, make_bank, make_item, make_items, make_options
from tests.sittings import ANSWERS, annotate, dump, sit, steps

NOTE = "line\x1bone\ntwo 💊 " + "as long as it was pasted " * 1_000
LATER = "2026-12-01T08:00:00.000Z"


def exported(store: Store) -> list[str]:
    return list(export_history(store, NOW))


def merged(into: Store, *histories: Iterable[str]) -> list[MergeReport]:
    return [merge_history(into, lines, LATER) for lines in histories]


def details(store: Store) -> list[tuple[AttemptRecord, AttemptDetail]]:
    """Every attempt with its detail."""
    history = read_history(store.connection, detailed=True)
    return [(one, one.detail) for block in history for one in block.attempts if one.detail]


def hours(count: int) -> WallTime:
    return WallTime(NOON.utc_ms + count * 3_600_000, NOON.offset_minutes)


def rich_bank(word: str = "first", **fields: Any) -> Bank:
    """A bank with everything an item may have."""
    option = Option(f"Give fluids {word}", why="Not yet.", action=None, when=When.LATER)
    items = (
        make_item("q01", stem=f"The {word} text.", lead_in="What is the best next step?", options=make_options(B=option),
                  explanation="Because.", subject="Medicine", tags=("a", "b"), references=("A book",)),
        make_item("q02", task="Diagnosis", next_best_step=True),
        *make_items(4)[2:],
    )  # fmt: skip
    return make_bank(items=items, author="Somebody", license="CC0", **fields)


@pytest.fixture
def full(store: Store) -> Store:
    """Two blocks, the second after an item got a new revision, with annotations of every kind."""
    import_bank(store, rich_bank())
    sit(store, "b1", items=4, at=hours(0))
    import_bank(store, rich_bank("second"))
    sit(store, "b2", items=4, at=hours(2), seed=9)
    annotate(store, "miss_reason", "knowledge", 5, block="b1", position=1)
    annotate(store, "note", NOTE, 6, bank="notes", item="q01")
    annotate(store, "next_best_step", "0", 7, bank="notes", item="q02")
    annotate(store, "retired", "wrong key", 8, bank="notes", item="q03")
    return store


def test_merging_into_an_empty_database_gives_the_same_history(full: Store) -> None:
    with open_memory() as other:
        report = merge_history(other, exported(full), LATER)
        assert report == MergeReport(2, 0, (), 5, 4, 0, 0)
        assert read_history(other.connection) == read_history(full.connection)
        assert exported(other) == exported(full)
        assert examine(other, repair=False).ok
        for table in (
            "blocks",
            "block_items",
            "block_events",
            "attempts",
            "item_records",
            "annotations",
            "options",
        ):
            assert dump(other)[table] == dump(full)[table], table


def test_what_came_for_its_history_is_never_drawn(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, make_bank("mine", 2))
        merged(other, exported(full))
        assert count_candidates(other.connection, Filter(pool="all")) == 2
        assert count_candidates(other.connection, Filter(banks=("notes",), pool="all")) == 0
        assert other.connection.execute("SELECT bank FROM banks WHERE removed = 0").fetchall() == [("mine",)]


def test_a_bank_that_is_imported_later_takes_up_its_history(full: Store) -> None:
    with open_memory() as other:
        merged(other, exported(full))
        import_bank(other, rich_bank("third"))
        assert stored_bank(other.connection, "notes").items[0].stem == "The third text."
        assert count_candidates(other.connection, Filter(pool="all")) == 3  # q03 stays retired
        shown = {detail.revision for _, detail in details(other)}
        assert shown == {1, 2}
        assert merged(other, exported(full))[0].texts_added == 0
        assert stored_bank(other.connection, "notes").items[0].stem == "The third text."


def test_an_open_block_is_left_out_and_counted(full: Store) -> None:
    sit(full, "still open", items=2, at=hours(4), end=False)
    annotate(full, "miss_reason", "misread", 9, block="still open", position=1)
    lines = exported(full)
    assert not any("still open" in line for line in lines)
    with open_memory() as other:
        report = merge_history(other, lines, LATER)
        assert (report.blocks_added, report.open_blocks_left_out) == (2, 1)


def test_merging_leaves_an_open_block_running(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, make_bank("mine", 2))
        runner = sit(other, "mine-1", items=2, end=False)
        merged(other, exported(full))
        runner.dispatch(c.GoTo(1))
        runner.dispatch(c.End())
        assert len(read_history(other.connection)) == 3


def test_a_known_block_with_other_events_is_refused_and_the_rest_merged(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, rich_bank())
        sit(other, "b1", (*ANSWERS, (9_000, c.Choose("A"))), items=4, at=hours(0))
        annotate(other, "miss_reason", "misread", 1, block="b1", position=1)
        before = dump(other)["block_events"]
        report = merge_history(other, exported(full), LATER)
        assert not report.ok
        assert [(refused.block, refused.why) for refused in report.refused] == [
            ("b1", "it has other events or questions here")
        ]
        assert report.blocks_added == 1
        after = dump(other)
        assert set(before) <= set(after["block_events"])
        reasons = [row for row in after["annotations"] if row[0] == "miss_reason"]
        assert reasons == [("miss_reason", "b1", 1, "", "", "misread", 1)]


def test_a_block_that_is_still_open_here_is_refused(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, rich_bank())
        sit(other, "b1", items=4, at=hours(0), end=False)
        assert merged(other, exported(full))[0].refused[0].why == "it is still open here"


def test_another_text_of_the_same_revision_gets_the_next_free_number(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, rich_bank("other"))
        sit(other, "mine-1", items=4, at=hours(1))
        import_bank(other, rich_bank("newest"))
        merged(other, exported(full))
        hashes = {
            detail.item_hash: detail.revision for attempt, detail in details(other) if attempt.item == "q01"
        }
        assert sorted(hashes.values()) == [1, 3, 4]
        assert examine(other, repair=False).ok
        assert merged(other, exported(full))[0] == MergeReport(0, 2, (), 0, 0, 0, 0)
        # The bank's own file goes on from there.
        import_bank(other, rich_bank("newer still"))
        assert stored_bank(other.connection, "notes").items[0].stem == "The newer still text."


def test_a_text_that_got_another_number_keeps_it_when_more_blocks_come(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, rich_bank("other"))
        first = merged(other, exported(full))[0]
        sit(full, "b3", items=4, at=hours(5))
        second = merged(other, exported(full))[0]
        assert (first.texts_added, second.texts_added) == (2, 0)
        assert second.blocks_added == 1
        assert examine(other, repair=False).ok


def test_a_text_that_came_back_keeps_both_its_revisions(store: Store) -> None:
    for number, word in enumerate(("first", "second", "first")):
        import_bank(store, rich_bank(word))
        sit(store, f"b{number}", items=4, at=hours(number))
    with open_memory() as other:
        merged(other, exported(store))
        assert exported(other) == exported(store)


def test_of_two_annotations_the_later_stands(full: Store) -> None:
    with open_memory() as other:
        import_bank(other, rich_bank("second"))
        annotate(other, "note", "older", 5, bank="notes", item="q01")
        annotate(other, "next_best_step", None, 70, bank="notes", item="q02")
        assert merged(other, exported(full))[0].annotations_changed == 3
        values = {(row[0], row[4]): row[5] for row in dump(other)["annotations"]}
        assert values["note", "q01"] == NOTE
        assert values["next_best_step", "q02"] is None
        retired = other.connection.execute("SELECT item FROM items WHERE retired = 'wrong key'").fetchall()
        assert retired == [("q03",)]


def test_the_labels_of_a_bank_that_is_here_stay(full: Store) -> None:
    with open_memory() as other:
        bank = rich_bank("second")
        import_bank(other, replace(bank, items=(replace(bank.items[0], subject="Surgery"), *bank.items[1:])))
        merged(other, exported(full))
        subjects = {
            a.subject for block in read_history(other.connection) for a in block.attempts if a.item == "q01"
        }
        assert subjects == {"Surgery"}


def test_the_labels_of_a_bank_that_is_not_here_are_the_newest(full: Store) -> None:
    old = exported(full)
    bank = rich_bank("third")
    import_bank(
        full, replace(bank, items=(replace(bank.items[0], subject="Surgery"), *bank.items[1:])), now=LATER
    )
    new = exported(full)
    for histories in ((old, new), (new, old)):
        with open_memory() as other:
            merged(other, *histories)
            row = other.connection.execute(
                "SELECT subject, next_best_step FROM items WHERE item = 'q01'"
            ).fetchone()
            assert row == ("Surgery", 1)
            assert read_history(other.connection) == read_history(full.connection)


# Properties


@st.composite
def histories(draw: st.DrawFn, prefix: str = "b", blocks: int = 3) -> list[str]:
    """An exported history of up to three blocks, sat anyhow, with annotations."""
    with open_memory() as store:
        for number in range(draw(st.integers(1, blocks))):
            if number == 0 or draw(st.booleans()):
                import_bank(store, rich_bank(draw(st.sampled_from(["first", "second", "third"]))))
            at = hours(draw(st.integers(0, 50)))
            sit(store, f"{prefix}{number}", draw(steps()), items=draw(st.integers(1, 4)), at=at,
                seed=draw(st.integers(0, 3)))  # fmt: skip
        for _ in range(draw(st.integers(0, 3))):
            kind, value = draw(
                st.sampled_from([("note", "x"), ("note", "y"), ("next_best_step", "1"), ("retired", None)])
            )
            annotate(
                store,
                kind,
                value,
                draw(st.integers(0, 3)),
                bank="notes",
                item=draw(st.sampled_from(["q01", "q02"])),
            )
        return exported(store)


def unnumbered_history(store: Store) -> list[Any]:
    """The history without the numbers of revisions."""
    lean = read_history(store.connection)
    return [*lean, *(detail._replace(revision=0) for _, detail in details(store))]


@given(histories())
def test_export_merge_export_gives_the_same_lines_and_merging_twice_changes_nothing(lines: list[str]) -> None:
    with open_memory() as store:
        merged(store, lines)
        assert sorted(exported(store)) == sorted(lines)
        before = dump(store)
        again = merged(store, lines)[0]
        assert dump(store) == before
        assert (again.blocks_added, again.texts_added, again.annotations_changed) == (0, 0, 0)
        assert examine(store, repair=False).ok


@given(histories("a"), histories("b"))
def test_two_histories_merged_in_either_order_agree(one: list[str], other: list[str]) -> None:
    with open_memory() as left, open_memory() as right:
        merged(left, one, other)
        merged(right, other, one)
        assert unnumbered_history(left) == unnumbered_history(right)
        for table in ("annotations", "item_records", "attempts", "block_events"):
            assert dump(left)[table] == dump(right)[table]
        assert examine(left, repair=False).ok


# Files nobody vouches for


def refused(store: Store, lines: Iterable[str]) -> str:
    """What is said of a bad file; it must have changed nothing."""
    before = dump(store)
    with pytest.raises(DrillError) as caught:
        merge_history(store, lines, LATER)
    assert dump(store) == before
    assert not store.connection.in_transaction
    return str(caught.value)


def changed(lines: list[str], kind: str, change: Callable[[dict[str, Any]], object]) -> list[str]:
    """The lines with the first of a kind changed."""
    for number, line in enumerate(lines):
        values = json.loads(line)
        if values.get("kind") == kind:
            change(values)
            return [*lines[:number], json.dumps(values) + "\n", *lines[number + 1 :]]
    raise AssertionError(kind)


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("block", lambda b: b["events"].pop(), "has not ended"),
        ("block", lambda b: b["events"].pop(1), "does not replay"),
        ("block", lambda b: b["events"][2].__setitem__(0, "soon"), "does not replay"),
        ("block", lambda b: b["events"][2].__setitem__(2, 99), "does not replay"),
        ("block", lambda b: b["events"][2].__setitem__(3, {"letter": ["A"], "position": 1}), "does not replay"),
        ("block", lambda b: b["events"][2].append(1), "does not replay"),
        ("block", lambda b: b["events"][0][3].update(utc_ms=-5), "does not replay"),
        ("block", lambda b: b.update(started_at=NOW), "start is not the one"),
        ("block", lambda b: b.update(mode="marathon"), "'marathon' is no mode"),
        ("block", lambda b: b.update(limit_ms=None), "does not replay"),
        ("block", lambda b: b.update(target_ms=10**12), "'target_ms' is no whole number from 1 to 3,600,000"),
        ("block", lambda b: b.update(limit_ms=10**10), "'limit_ms' is no whole number from 1 to 1,000,000,000"),
        ("block", lambda b: b.update(seed=2**70), "'seed' is no whole number"),
        ("block", lambda b: b.update(seed=1.5), "'seed' is no whole number"),
        ("block", lambda b: b.update(retest=1), "'retest' is neither true nor false"),
        ("block", lambda b: b.update(block=["b1"]), "'block' is no plain text"),
        ("block", lambda b: b.update(form=[]), "does not replay"),
        ("block", lambda b: b.update(form={}), "'form' is no list"),
        ("block", lambda b: b["form"][0].update(order="ABCC"), "in no order"),
        ("block", lambda b: b["form"][0].update(order=b["form"][0]["order"][::-1]), "keys of block b1"),
        ("block", lambda b: b["form"][0].update(key="Z"), "none of its letters"),
        ("block", lambda b: b["form"][0].update(key="ABCD".strip(b["form"][0]["key"])[0]), "keys of block b1"),
        ("block", lambda b: b["form"][0].update(item="nowhere"), "no line before gives the text"),
        ("block", lambda b: b["form"][0].update(item_hash="0" * 64), "another text"),
        ("block", lambda b: b.pop("pool"), "lacks 'pool'"),
        ("item", lambda i: i.update(stem="Another text."), "does not fit its item_hash"),
        ("item", lambda i: i.update(stem="\x1b[2J"), "'stem' is no plain text"),
        ("item", lambda i: i.update(stem="x" * 20_001), "longer than 20,000"),
        ("item", lambda i: i.update(answer="Z"), "answer 'Z' is none"),
        ("item", lambda i: i["options"][0].update(letter="B"), "not lettered in order"),
        ("item", lambda i: i["options"][1].update(when="soon"), "'soon' is no when"),
        ("item", lambda i: i.update(options=[]), "an item has 2 to 26 options"),
        ("item", lambda i: i.update(revision=0), "'revision' is no whole number"),
        ("item", lambda i: i.update(bank="elsewhere"), "no line before tells of bank"),
        ("item", lambda i: i.update(created_at="yesterday"), "is no instant"),
        ("bank", lambda b: b.update(title=None), "no title"),
        ("annotation", lambda a: a.update(annotation="spell"), "no kind of annotation"),
        ("annotation", lambda a: a.update(made_at_ms=2**62), "'made_at_ms' is no whole number"),
        ("annotation", lambda a: a.update(made_at_ms=True), "'made_at_ms' is no whole number"),
        ("end", lambda e: e.update(lines=3), "3 lines should stand before it"),
        ("end", lambda e: e.update(kind="finis"), "no kind of line"),
    ],
)  # fmt: skip
def test_a_line_that_is_not_sound_is_named_and_nothing_is_written(
    full: Store, kind: str, change: Callable[[dict[str, Any]], object], said: str
) -> None:
    lines = changed(exported(full), kind, change)
    number = next(at for at, line in enumerate(lines, 1) if line not in exported(full))
    with open_memory() as other:
        import_bank(other, make_bank("mine", 2))
        text = refused(other, lines)
        assert text.startswith(f"Line {number} cannot be merged: ")
        assert said in text
        assert text.endswith("Nothing was changed.")


@pytest.mark.parametrize(
    "line",
    ["", "{", "[]", "null", "7", '{"kind": 5}', '{"kind": "bank"}', "[" * 100_000, '{"kind": NaN}', "1" * 5000,
     '{"kind": "\\ud800"}', "\ud800", "\0", "\ufeff{}"],
)  # fmt: skip
def test_a_line_that_is_no_line_is_refused(full: Store, line: str) -> None:
    with open_memory() as other:
        for at in (0, 1, 3):
            lines = exported(full)
            lines[at] = line
            assert refused(other, lines).startswith(f"Line {at + 1} cannot be merged")


def test_half_a_character_is_refused(full: Store) -> None:
    lines = changed(exported(full), "annotation", lambda values: values.update(value="\ud83d"))
    with open_memory() as other:
        assert "characters that are none" in refused(other, lines)


def test_a_file_cut_short_is_refused(full: Store) -> None:
    lines = exported(full)
    with open_memory() as other:
        assert "Line 1 " in refused(other, [])
        assert "cut short" in refused(other, lines[:-1])
        assert "Line 5" in refused(other, [*lines[:4], lines[4][:50]])
        assert "should stand before it" in refused(other, [*lines[:-2], lines[-1]])
        assert "more after the last line" in refused(other, [*lines, lines[-1]])


def test_a_history_of_a_newer_drill_is_refused(full: Store) -> None:
    lines = exported(full)
    with open_memory() as other:
        assert "newer drill" in refused(
            other, [lines[0].replace('"drill_export":1', '"drill_export":2'), *lines[1:]]
        )


@settings(max_examples=60)
@given(st.data())
def test_no_damage_to_a_file_makes_more_than_a_drill_error(data: st.DataObject) -> None:
    with open_memory() as store:
        import_bank(store, rich_bank())
        sit(store, "b1", items=2)
        annotate(store, "note", "x", 1, bank="notes", item="q01")
        lines = exported(store)
    at = data.draw(st.integers(0, len(lines) - 1))
    values = json.loads(lines[at])
    junk = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
    junk |= st.just([]) | st.just({}) | st.just([[]]) | st.just({"a": 1}) | st.just("A") | st.just(10**30)
    place: Any = values
    for _ in range(data.draw(st.integers(1, 5))):
        names: list[Any] = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not names:
            break
        name = data.draw(st.sampled_from(names))
        if not isinstance(place[name], dict | list) or data.draw(st.booleans()):
            place[name] = data.draw(junk)
            break
        place = place[name]
    if data.draw(st.booleans()):
        values.pop("log_digest", None)  # as a drill before 0.3 exported it: the digest finds nothing for us
    lines[at] = json.dumps(values) + "\n"
    with open_memory() as other:
        try:
            report = merge_history(other, lines, LATER)
        except DrillError:
            assert dump(other) == _EMPTY
        else:
            assert examine(other, repair=False).ok
            assert report.blocks_added + len(report.refused) == 1
            assert len(read_history(other.connection)) == report.blocks_added
            list(export_history(other, NOW))


with open_memory() as _store:
    _EMPTY = dump(_store)
