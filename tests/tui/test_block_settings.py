"""What Settings ask for is done in a block, and what they do not ask for is not."""

from __future__ import annotations

import pytest

from drill.core.pace import length_fair_line
from drill.render.text import pace_text
from drill.storage.settings import write_setting
from drill.storage.store import Store
from tests.factories import make_item
from tests.tui.pilots import desk


@pytest.mark.parametrize("asked", ["on", "off"])
async def test_a_word_stands_at_the_sixth_question_where_checkpoints_are_asked_for(
    store: Store, asked: str
) -> None:
    write_setting(store, "checkpoints", asked)
    async with desk(store, items=[make_item(f"q{number}") for number in range(1, 8)]) as d:
        for _ in range(5):
            await d.press("a", "enter", wait_ms=80_000)
        assert d.state.position == 6
        assert ("5 done: due 7:30, 0:50 ahead." in d.text) is (asked == "on")


@pytest.mark.parametrize("asked", ["120", "0"])
async def test_a_question_that_takes_long_is_nudged_where_that_is_asked_for(store: Store, asked: str) -> None:
    write_setting(store, "nudge_s", asked)
    async with desk(store) as d:
        d.clock.advance(119_000)
        assert "move on." not in await d.tick()
        d.clock.advance(1_000)
        assert ("2:00 on this question: choose, flag, move on." in await d.tick()) is (asked == "120")


@pytest.mark.parametrize("line", ["even", "fair"])
async def test_ahead_and_behind_go_by_the_line_that_was_chosen(store: Store, line: str) -> None:
    write_setting(store, "pace_line", line)
    async with desk(store) as d:
        await d.press("a", "enter", wait_ms=50_000)
        words = [item.words for item in d.runner.plan.form]
        fair = length_fair_line(words, 360_000)[0]
        ahead = pace_text(int((90_000 if line == "even" else fair) // 1000 * 1000) - 50_000)
        assert ahead in d.text.splitlines()[0]
