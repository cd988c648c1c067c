"""What a replay takes of a block, beyond what its screen shows."""

from __future__ import annotations

import pytest

from drill.errors import DrillError
from drill.storage.store import Store
from drill.usecases import looking_back, replaying
from tests.tui.apps import sat_store


def test_questions_never_shown_are_not_replayed(store: Store) -> None:
    sat_store(store, ("B", "A", "B"), shown=2)
    plan = replaying.replay_plan(store, "first", "again")
    assert plan.form == (looking_back.plan_of(store, "first").form[0],)
    sat_store(store, ("A", "B"), block="second", shown=1)
    with pytest.raises(DrillError, match="Nothing was missed"):
        replaying.replay_plan(store, "second", "more")
