"""What a replay takes of a block, beyond what its screen shows."""

from __future__ import annotations

import pytest

from drill.errors import DrillError
from drill.storage.store import Store
from drill.usecases import looking_back, replaying
from tests.factories import FakeClock, import_bank, make_bank, make_item, sit_block
from tests.tui.apps import sat_store


def test_questions_never_shown_are_not_replayed(store: Store) -> None:
    sat_store(store, ("B", "A", "B"), shown=2)
    plan = replaying.replay_plan(store, "first", "again")
    assert plan.form == (looking_back.plan_of(store, "first").form[0],)
    sat_store(store, ("A", "B"), block="second", shown=1)
    with pytest.raises(DrillError, match="Nothing was missed"):
        replaying.replay_plan(store, "second", "more")


def test_a_question_that_is_left_alone_of_its_set_locks_nothing(store: Store) -> None:
    pair = [make_item(name, set="pair", stem=f"{name} asks. What?") for name in ("a1", "a2")]
    import_bank(store, make_bank("notes", [*pair, make_item("b")]))
    for block, wrong in (("one", ("a2",)), ("both", ("a1", "a2"))):
        answers = {item: "B" if item in wrong else "A" for item in ("a1", "a2", "b")}
        sit_block(store, FakeClock(), answers, block=block)
        replayed = replaying.replay_plan(store, block, f"{block} again").form
        assert [(one.item, one.set_number) for one in replayed] == [
            (item, None if len(wrong) == 1 else 1) for item in wrong
        ]
