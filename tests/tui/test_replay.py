"""Replay: the misses once more without the clock, and what that says of the points lost."""

from __future__ import annotations

import pytest

from drill.analytics.eligibility import block_exclusion
from drill.core import commands as c
from drill.core.state import Mode
from drill.errors import DrillError
from drill.render.history_table import history_table
from drill.render.views.results import replay_text
from drill.runner import BlockRunner
from drill.storage.annotations import write_miss_reason
from drill.storage.block_log import StoreLog
from drill.storage.blocks import read_keys
from drill.storage.store import Store
from drill.tui.screens.results import ResultsScreen
from drill.usecases import looking_back, replaying
from drill.usecases.replaying import Replayed
from tests.factories import FakeClock
from tests.tui.apps import LATER, make_app, sat_store, text_of


def test_points_are_told_as_an_estimate_with_n_and_interval() -> None:
    assert replay_text(Replayed(right=4, count=9, missed=9, items=20, ran_out=True)) == (
        "9 misses cost 45 points of 100 in this block. Untimed, 4 of 9 were right (95% interval 19-73%): about "
        "20 of those 45 points went to the clock (8 to 33), the rest to knowledge. One replay is an estimate: "
        "you knew these were missed, and it came later."
    )
    partly = replay_text(Replayed(1, 1, 3, 20, ran_out=True))
    assert partly.startswith(
        "3 misses cost 15 points of 100 in this block, the 1 replayed 5 of them. Untimed, 1 of 1 was right"
    )
    assert "about 5 of those 5 points" in partly


def test_a_block_ended_with_time_left_lost_nothing_to_the_clock() -> None:
    text = replay_text(Replayed(right=4, count=9, missed=9, items=20, ran_out=False))
    assert "clock" not in text
    assert (
        "about 20 of those 45 points were for questions you knew (8 to 33), and there was time left" in text
    )


def test_only_misses_whose_key_was_not_seen_are_replayed_in_their_order_of_options(store: Store) -> None:
    sat_store(store, ("B", "A", "-", "B"))
    write_miss_reason(store, "first", 4, None, 1)
    form = looking_back.plan_of(store, "first").form
    plan = replaying.replay_plan(store, "first", "again")
    assert plan.form == (form[0], form[2])
    assert plan.mode is Mode.UNTIMED
    assert plan.retest
    assert plan.filters == ("bank:notes", "replay:first")


@pytest.mark.parametrize(
    ("letters", "mode", "said"),
    [
        ("AA", Mode.EXAM, "Nothing was missed"),
        ("AB", Mode.UNTIMED, "had none"),
        ("AB", Mode.TUTOR, "had none"),
    ],
)
def test_what_cannot_be_replayed_is_refused_in_words(
    store: Store, letters: str, mode: Mode, said: str
) -> None:
    sat_store(store, tuple(letters), mode=mode)
    with pytest.raises(DrillError, match=said):
        replaying.replay_plan(store, "first", "again")


def test_a_block_is_replayed_once_and_after_review_not_at_all(store: Store) -> None:
    sat_store(store, ("B", "A"))
    plan = replaying.replay_plan(store, "first", "again")
    runner = BlockRunner.start(plan, read_keys(store.connection, plan.form), FakeClock(), StoreLog(store))
    runner.dispatch(c.End())
    with pytest.raises(DrillError, match="replayed already"):
        replaying.replay_plan(store, "first", "more")
    sat_store(store, ("B", "A"), block="second")
    write_miss_reason(store, "second", 1, "timing", 1)
    with pytest.raises(DrillError, match="reviewed already"):
        replaying.replay_plan(store, "second", "more")


async def test_ctrl_r_sits_the_misses_untimed_and_results_tell_what_was_pace(store: Store) -> None:
    sat_store(store, ("B", "A", "-", "A"))
    clock = FakeClock(wall_time=LATER)
    app = make_app(store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_results("first")
        await pilot.pause()
        footer = text_of(app).rstrip().split("\n")[-1]
        assert "Ctrl+R Replay   * Misses " in footer
        assert footer.endswith("Esc Home   ? Keys")
        await pilot.press("ctrl+r")
        runner = app.runner
        assert runner is not None
        assert runner.state.config.length == 2
        assert runner.state.config.limit_ms is None
        assert "1 of 2   replay" in text_of(app)
        await pilot.press(runner.keys[0].letter.lower(), "enter")
        await pilot.press("b" if runner.keys[1].letter == "A" else "a", "ctrl+e", "ctrl+e")
        await pilot.pause()
        assert isinstance(app.screen, ResultsScreen)
        shown = " ".join(text_of(app).split())
        assert "Results replay 2" in shown
        assert "Untimed, 1 of 2 was right" in shown
        assert "about 25 of those 50 points were for questions you knew" in shown
        assert "A replay counts in no trend." in shown
        records = looking_back.history(store)
        rows = list(history_table(records, looking_back.titles(store, records)))
        assert [row[17:35].rstrip() for row in rows[1:3]] == ["exam 4", "replay 2"], "as Home calls them"
        app.open_results("first")
        await pilot.pause()
        assert "Untimed, 1 of 2 was right" in " ".join(text_of(app).split())
        assert "Ctrl+R Replay" not in text_of(app), "it can be done once"
    block = looking_back.recent(store, 1)[0]
    assert block_exclusion(block) is not None
