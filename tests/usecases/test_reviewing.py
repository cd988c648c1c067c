"""Corrections of a question: the learner's word stands until it is taken back."""

from __future__ import annotations

from drill.storage.store import Store
from drill.usecases import reviewing
from tests.factories import FakeClock, import_bank, make_bank, make_item


def test_a_correction_that_is_taken_back_leaves_the_word_to_the_bank(store: Store) -> None:
    import_bank(store, make_bank("notes", [make_item("q1", next_best_step=True)]))
    told = []
    for _ in range(2):
        now = reviewing.turn_next_best_step(store, FakeClock(), "notes", "q1")
        told.append((now, reviewing.standing(store, "notes", "q1").decided_by))
    assert told == [(False, "learner"), (True, "author")]
