"""How exam, timed, tutor and untimed blocks differ on the screen, and commit-first and sequential sets."""

from __future__ import annotations

import asyncio
import re
import signal

import pytest
from textual import events

from drill.analytics.eligibility import block_exclusion
from drill.core.state import Mode, Phase
from drill.storage.store import Store
from drill.tui.app import DrillApp
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.results import ResultsScreen
from drill.tui.signals import go
from drill.usecases import looking_back, sitting
from tests.factories import make_item
from tests.tui.apps import explained_item, text_of
from tests.tui.pilots import ITEMS, REFUSED, desk, press

TOLD = tuple(explained_item(f"q{number}") for number in range(1, 4))


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_leaving_an_exam_asks_and_enter_stays(store: Store, key: str) -> None:
    async with desk(store) as d:
        await d.press("b", key)
        await d.pilot.pause()
        assert "Leave this block?" in d.text
        await d.press("enter")
        assert "Leave this block?" not in d.text
        assert d.runner.running
        await d.press("enter", key)
        await d.pilot.pause()
        await d.press("escape")
        assert (d.state.place, d.state.phase, d.letters) == (2, Phase.RUNNING, "B---")
        await d.press(key)
        await d.pilot.pause()
        await d.press("down", "enter")
        assert not d.app.is_running
    assert d.app.return_value is not None
    assert "has ended" in d.app.return_value
    block = looking_back.record(store, "block-1")
    assert block is not None
    assert (block.block_end, block.attempts[0].chosen) == ("left", "B")


async def test_the_question_of_leaving_is_seen_over_help_and_from_the_palette(store: Store) -> None:
    async with desk(store) as d:
        await press(d.pilot, "question_mark", "ctrl+q")
        await d.pilot.pause()
        assert "Leave this block?" in d.text
        await d.press("escape")
        commands = {command.title: command.callback for command in d.app.get_system_commands(d.app.screen)}
        commands["Quit"]()
        await d.pilot.pause()
        assert "Leave this block?" in d.text
        assert "Suspend" not in commands


@pytest.mark.parametrize(
    ("mode", "key"), [(Mode.TIMED, "ctrl+q"), (Mode.UNTIMED, "ctrl+c"), (Mode.TUTOR, "ctrl+q")]
)
async def test_leaving_other_modes_suspends_and_says_how_to_go_on(store: Store, mode: Mode, key: str) -> None:
    async with desk(store, mode) as d:
        await press(d.pilot, "b", "right", "a")
        d.clock.advance(60_000)
        await press(d.pilot, key)
        await d.pilot.pause()
        assert d.kinds[-1] == "suspended"
    left = " with 5:00 left" if mode is Mode.TIMED else ""
    assert d.app.return_value == f"Suspended at question 2{left}. 'drill resume' goes on from there."
    unfinished = sitting.unfinished(store)
    assert unfinished is not None
    assert unfinished.cause == "suspended"

    d.clock.advance(3_600_000)
    app = DrillApp(store, d.clock, resume=True)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        runner = app.runner
        assert runner is not None
        assert [item.chosen for item in runner.state.items] == ["B", "A", None, None]
        assert (runner.state.position, runner.now_ms()) == (2, 60_000)
        assert runner.state.items[1].interrupted
        assert not runner.state.items[0].interrupted
        assert "2 of 4" in text_of(app)


async def test_suspending_from_the_menu_goes_home_where_it_waits(store: Store) -> None:
    async with desk(store, Mode.TIMED) as d:
        await d.press("a", "escape", "down", "down")
        await press(d.pilot, "enter")
        await d.pilot.pause()
        assert isinstance(d.app.screen, HomeScreen)
        text = text_of(d.app)
        assert "Resume" in text
        assert "timed 4, question 1 of 4, 6:00 left" in text
        assert "Suspended at 07:00. No answer was lost." in text
        await press(d.pilot, "enter")
        await d.pilot.pause()
        assert isinstance(d.app.screen, BlockScreen)
        assert d.app.runner is not None
        assert d.app.runner.state.current.chosen == "A"


async def test_a_full_disk_holds_nobody_in_a_block(store: Store) -> None:
    async with desk(store, Mode.TIMED) as d:
        await d.press("a", "enter")
        d.fail()
        await press(d.pilot, "ctrl+q")
        await d.pilot.pause()
        assert REFUSED in " ".join(d.text.split())
        assert isinstance(d.app.screen, BlockScreen)
        await press(d.pilot, "ctrl+q")
        await d.pilot.pause()
    assert d.app.return_value == (
        "The last change could not be saved. 'drill resume' goes on from what was saved before it."
    )
    assert sitting.unfinished(store) is not None


async def test_tutor_submits_locks_and_opens_the_feedback_with_the_clock_stopped(store: Store) -> None:
    async with desk(store, Mode.TUTOR, items=TOLD, size=(100, 40)) as d:
        assert "Enter Submit" in d.foot
        text = await d.press("enter")
        assert "Choose an answer first" in text
        await d.press("b", wait_ms=20_000)
        assert "Pressure first" not in d.text
        text = await d.press("enter", wait_ms=10_000)
        assert d.state.place == "feedback"
        assert re.match(r" *1 of \d+   × wrong, [A-F] is right   tutor  ", d.text.splitlines()[0])
        assert "Pressure first in q1." in text
        assert "your answer" in text
        await d.press("a", "backspace", wait_ms=60_000)
        assert d.item.chosen == "B", "a locked answer stays"
        await d.press("enter")
        assert d.state.position == 2
        assert "wrong" not in d.text.splitlines()[0]
        await d.press("right", "c", wait_ms=5_000)
        assert (d.state.position, d.letters) == (3, "B-C"), "→ leaves it blank without submitting"
        await d.press("left", "left", wait_ms=1_000)
        assert d.state.place == "feedback", "back on a submitted question"
        await d.press("tab", "ctrl+e", "ctrl+e", wait_ms=2_000)
        assert isinstance(d.app.screen, ResultsScreen)
    block = looking_back.record(store, "block-1")
    assert block is not None
    assert [a.response_time_ms for a in block.attempts] == [30_000, 5_000, 1_000]
    assert block.feedback_ms == 62_000
    assert block.limit_ms is None
    assert block_exclusion(block) == "tutor"


async def test_an_untimed_block_counts_up_and_gives_no_feedback(store: Store) -> None:
    async with desk(store, Mode.UNTIMED, items=TOLD) as d:
        await d.press("a", "enter", wait_ms=600_000)
        assert d.state.place == 2
        await d.tick()
        assert "10:00" in d.text.splitlines()[0]
        assert "ahead" not in d.text
        assert "behind" not in d.text


async def test_commit_first_takes_words_before_the_options_show(store: Store) -> None:
    async with desk(store, items=TOLD, commit_first=True) as d:
        assert "Fluids" not in d.text
        await d.press(*"iv", "space", *"fl./")
        assert d.letters == "---"
        assert "iv fl./" in d.text
        assert not d.item.flagged
        await d.press("backspace", "backspace", "enter")
        assert "Fluids" in d.text
        assert d.item.committed_text == "iv fl"
        await d.press("a", "enter")
        assert d.letters == "A--"
        assert "Fluids" not in d.text, "the next question is covered again"
        await d.press("enter")
        assert "Fluids" in d.text, "Enter skips"
        assert d.item.committed_text is None


async def test_half_a_plan_waits_while_one_looks_elsewhere(store: Store) -> None:
    async with desk(store, items=TOLD, commit_first=True) as d:
        await d.press(*"iv", "tab", "tab")
        assert "› iv" in d.text
        await d.press("right")
        assert "› iv" not in d.text, "each question has its own"
        await d.press("left", "x", "enter")
        assert d.item.committed_text == "ivx"


async def test_review_tells_what_was_said_first_and_after_how_long_on_the_question(store: Store) -> None:
    async with desk(store, items=TOLD, commit_first=True) as d:
        await d.press("right", wait_ms=10_000)
        await d.press("left", wait_ms=60_000)
        await d.press(*"iv", wait_ms=5_000)
        await d.press("enter", "b", "ctrl+e", "ctrl+e")
        said = await d.press("enter", "0")
        assert "iv (after 0:15)" in said, "the minute spent elsewhere is no time on this one"


async def test_what_enter_does_to_covered_options_is_said(store: Store) -> None:
    async with desk(store, items=TOLD, commit_first=True) as d:
        assert "Enter Skip" in d.foot
        assert "Enter Uncover" in (await d.press("i")).splitlines()[-1]
        assert "Enter Skip" in (await d.press("backspace", "space")).splitlines()[-1]


async def test_moving_on_in_a_set_asks_once_and_locks(store: Store) -> None:
    items = (make_item("q1", set="s"), make_item("q2", set="s"), make_item("q3"))
    async with desk(store, items=items) as d:
        assert "Question 1 of 2 in a set. Moving on locks it." in d.text
        assert "locks question 1 with it blank" in " ".join((await d.press("enter")).split())
        assert d.state.position == 1
        await d.press("b", "right")
        assert d.state.position == 2
        await d.press("left", "c")
        assert d.letters == "B--"
        assert "locked" in d.text.lower()
        await d.press("right", "a", "right", wait_ms=5_000)
        assert (d.state.position, d.letters) == (2, "BA-"), "the last of the set is asked about too"
        await d.press("right", "left", "c")
        assert d.letters == "BA-"


@pytest.mark.parametrize("turns", range(4))
async def test_being_sent_away_while_the_palette_opens_ends_quietly(store: Store, turns: int) -> None:
    async with desk(store) as d:
        d.app.action_command_palette()
        for _ in range(turns):
            await asyncio.sleep(0)
        go(d.app, signal.SIGTERM, "terminated")
        assert d.kinds[-1] == "interrupted"
        await d.pilot.pause(0.1)
    assert d.app.return_code == 128 + signal.SIGTERM


async def test_what_is_said_first_can_hold_any_sign_and_be_mended_within(store: Store) -> None:
    async with desk(store, items=TOLD, commit_first=True) as d:
        await d.press(*"iv", "question_mark")
        assert "iv?_" in d.text, "a question mark is a sign like another"
        await d.press("left", "left", *"x ", "home", *"no ")
        await d.press("end", "ctrl+w", "backspace")
        assert "no ix_" in d.text
        d.app.post_message(events.Paste("saline\nnow"))
        await d.pilot.pause()
        await d.press("enter")
        assert d.item.committed_text == "no ixsaline now"


async def test_a_caret_that_can_go_no_further_leaves_the_arrows_to_the_block(store: Store) -> None:
    async with desk(store, items=TOLD, commit_first=True) as d:
        await d.press(*"iv", "left")
        assert d.state.position == 1
        await d.press("right", "right")
        assert d.state.position == 2
        await d.press("left")
        assert d.state.position == 1
        await d.press("ctrl+u", "space", "home", "ctrl+u", "enter")
        assert (d.state.current.committed_at_ms is not None, d.item.committed_text) == (True, None)


async def test_the_head_tells_what_is_done_and_going_back_says_looking_back(store: Store) -> None:
    async with desk(store, items=TOLD) as d:
        await d.press("a", "3", "enter", wait_ms=1_000)
        await d.tick()
        there = d.text.splitlines()[0]
        assert "ahead" in there
        await d.press("left", wait_ms=1_000)
        assert "looking back" not in d.text.splitlines()[0], "2 was never seen: work"
        await d.press("left", wait_ms=1_000)
        assert "looking back" in d.text.splitlines()[0]


async def test_uncovering_leaves_the_text_where_it_was_scrolled_to(store: Store) -> None:
    async with desk(store, items=(ITEMS[3],), commit_first=True, size=(80, 24)) as d:
        await d.press("end", *"iv")
        before = d.text.splitlines()[2]
        assert "word0 " not in d.text
        await d.press("enter")
        assert "Option text A" in d.text
        assert "word0 " not in d.text
        await d.press("home")
        assert d.text.splitlines()[2] != before
