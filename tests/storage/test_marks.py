"""One list of notes, flags, highlights and misses: what bears which mark, and how it is narrowed and searched."""

from __future__ import annotations

import pytest

from drill.core import commands as c
from drill.core.vocabulary import Mark
from drill.storage.annotations import write_note
from drill.storage.marks import marked_items, read_notes
from drill.storage.questions import Search, find_questions, label_values
from drill.storage.store import Store
from tests.factories import FakeClock, import_bank, make_bank, make_item, start_block


@pytest.fixture
def marked(store: Store) -> Store:
    """Of six questions a is noted, b flagged, c highlighted, d missed, e highlighted and cleared, f not met."""
    topics = {"a": "Sepsis", "b": "Shock", "f": "Secret"}
    items = [
        make_item(
            name, topic=topics.get(name), subject="Surgery" if name in "ab" else "Medicine", system="Heart",
            answer="A",
        )
        for name in "abcdef"
    ]  # fmt: skip
    import_bank(store, make_bank("notes", items))
    clock = FakeClock()
    runner = start_block(store, clock, *"abcde", block="one")
    steps: dict[str, list[c.Command]] = {
        "a": [c.Choose("A"), c.Note("remember lactate"), c.Note("remember Lactate")],
        "b": [c.Choose("A"), c.Flag()],
        "c": [c.Choose("A"), c.Highlight(0, 5), c.Highlight(7, 9), c.Highlight(7, 9, on=False)],
        "d": [c.Choose("B")],
        "e": [c.Choose("A"), c.Highlight(0, 5), c.Highlight(0, 5, on=False), c.Note("x"), c.Note("")],
    }
    for number, commands in enumerate(steps.values()):
        if number:
            runner.dispatch(c.Next())
        for command in commands:
            clock.advance(3_000)
            runner.dispatch(command)
    runner.dispatch(c.End())
    return store


def named(store: Store, **search: object) -> str:
    return "".join(q.item for q in find_questions(store.connection, Search(**search)))  # type: ignore[arg-type]


def test_each_mark_lists_what_bears_it_and_any_lists_all(marked: Store) -> None:
    found = {
        mark: "".join(sorted(item for _, item in marked_items(marked.connection, mark))) for mark in Mark
    }
    assert found == {Mark.NOTE: "a", Mark.FLAG: "b", Mark.HIGHLIGHT: "c", Mark.MISS: "d", Mark.ANY: "abcd"}
    assert {mark: named(marked, mark=mark) for mark in Mark} == found
    assert named(marked) == "abcdef"


def test_marks_narrow_with_every_other_filter(marked: Store) -> None:
    assert named(marked, mark=Mark.ANY, subject="Surgery") == "ab"
    assert named(marked, mark=Mark.ANY, system="Heart", subject="Medicine") == "cd"
    assert named(marked, mark=Mark.ANY, task="no such") == ""
    assert named(marked, mark=Mark.FLAG, topic="Shock") == "b"
    assert named(marked, mark=Mark.FLAG, words="sepsis") == ""


def test_words_are_found_in_notes_of_blocks_and_of_review(marked: Store) -> None:
    write_note(marked, "notes", "f", "about potassium", 5)
    assert read_notes(marked.connection) == {
        ("notes", "a"): "remember Lactate",
        ("notes", "f"): "about potassium",
    }
    assert named(marked, words="LACTATE") == "a"
    assert named(marked, words="potassium") == "f"
    assert named(marked, mark=Mark.NOTE) == "af"
    write_note(marked, "notes", "f", "", 6)
    assert named(marked, mark=Mark.NOTE) == "a"


def test_a_topic_never_met_is_no_filter_and_finds_nothing(marked: Store) -> None:
    assert label_values(marked.connection, "topic") == ["Sepsis", "Shock"]
    assert label_values(marked.connection, "subject", "notes") == ["Medicine", "Surgery"]
    assert named(marked, topic="Secret") == ""


def test_an_open_block_is_not_in_the_list(marked: Store) -> None:
    runner = start_block(marked, FakeClock(), "f", block="open")
    runner.dispatch(c.Flag())
    assert named(marked, mark=Mark.ANY) == "abcd"
