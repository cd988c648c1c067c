"""The block screen: what each key and click does to the block, and what the screen says of it."""

from __future__ import annotations

import signal

import pytest
from textual import events

from drill.core.events import Cause
from drill.core.items import Option
from drill.core.state import Mode, Phase
from drill.render.lines import Role
from drill.storage.store import Store
from drill.tui.block import screen as block_screen
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.results import ResultsScreen
from drill.tui.signals import go
from drill.tui.widgets.note_area import NoteArea
from drill.usecases import looking_back
from tests.factories import make_item, make_options
from tests.tui.pilots import ITEMS, LONG, REFUSED, desk, key_event, press, row_with, where


async def test_letters_of_either_case_choose_and_only_what_changes_something_is_logged(store: Store) -> None:
    async with desk(store) as d:
        await d.press("a")
        await d.press("A", "a", wait_ms=3_000)
        assert d.item.chosen == "A"
        assert d.kinds == ["started", "moved", "chose"], "the same letter again changes nothing"
        assert "● " in row_with(d.app, "Option text A").text
        await d.press("C", wait_ms=3_000)
        assert d.item.chosen == "C"
        said = await d.press("e")
        assert "This question has options A to D." in said
        assert d.item.chosen == "C"
        await d.press("backspace")
        assert d.item.chosen is None
        await d.press("backspace")
        assert d.kinds[2:] == ["chose", "chose", "cleared"], "clearing a blank is nothing"


async def test_arrows_and_enter_move_and_the_first_has_none_before(store: Store) -> None:
    async with desk(store) as d:
        await d.press("left")
        assert d.state.position == 1
        await d.press("enter", "right")
        assert d.state.position == 3
        await d.press("left")
        assert d.state.position == 2
        assert "2 of 4" in d.text
        assert len(d.kinds) == 2 + 3


async def test_hammering_enter_never_ends_a_block(store: Store) -> None:
    async with desk(store) as d:
        text = await d.press("enter", "enter", "enter", "enter")
        assert "End this block?" in text
        assert "4 are blank: 1, 2, 3, 4. Blank counts as wrong." in text
        await d.press(*["enter"] * 23)
        assert d.state.phase is Phase.RUNNING
        assert isinstance(d.app.screen, BlockScreen)
        await d.press(*"4", "enter", "right")
        assert "End this block?" in d.text, "→ on the last question opens the list too"
        assert d.state.phase is Phase.RUNNING


async def test_ctrl_e_twice_ends_and_anything_between_asks_anew(store: Store) -> None:
    async with desk(store) as d:
        await d.press("b")
        text = await d.press("ctrl+e")
        assert "End this block?" in text
        assert "3 were never seen: 2" in text
        for back in ("escape", "tab"):
            await d.press(back)
            assert d.state.place == 1
            assert "End this block?" in await d.press("ctrl+e")
        await d.press("tab", "tab")
        assert "End this block?" not in d.text, "Tab only looks"
        assert "End this block?" in await d.press("ctrl+e")
        assert d.state.phase is Phase.RUNNING
        text = await d.press("enter")
        assert d.state.position == 2, "Enter opens the first question without an answer"
        await d.press("ctrl+e", "ctrl+e")
        assert isinstance(d.app.screen, ResultsScreen)
    block = looking_back.record(store, "block-1")
    assert block is not None
    assert block.block_end == "ended"
    assert [(a.chosen, a.status) for a in block.attempts] == [
        ("B", "answered"), (None, "omitted"), (None, "unreached"), (None, "unreached"),
    ]  # fmt: skip


async def test_the_list_says_when_everything_is_answered(store: Store) -> None:
    async with desk(store) as d:
        await d.press("a", "enter", "b", "enter", "c", "enter", "d")
        text = await d.press("enter")
        assert "All 4 are answered." in text
        assert "Blank counts" not in text
        assert "never seen:" not in text


async def test_ctrl_e_twice_ends_from_a_note_and_keeps_it(store: Store) -> None:
    async with desk(store) as d:
        await d.press("comma", *"see abc")
        assert d.item.chosen is None, "letters belong to the note"
        await d.press("ctrl+e")
        assert "End this block?" in d.text
        assert d.item.note == "see abc"
        await d.press("ctrl+e")
        assert isinstance(d.app.screen, ResultsScreen)


@pytest.mark.parametrize(
    ("size", "left", "right"), [((60, 16), 2, 58), ((80, 24), 2, 78), ((120, 40), 2, 38), ((200, 60), 18, 54)]
)
async def test_a_note_leaves_the_footer_in_view_and_where_it_can_the_question(
    store: Store, size: tuple[int, int], left: int, right: int
) -> None:
    async with desk(store, size=(70, 20)) as d:
        await d.press("comma")
        await d.pilot.resize_terminal(*size)
        await d.pilot.pause()
        area = d.app.screen.query_one("NoteArea").region
        assert (area.x, area.right) == (left, right)
        assert (area.y, area.bottom) == (4, size[1] - 1)
        assert ("Option text A" in d.text) is (size[0] >= 100)


async def test_a_note_is_kept_by_escape_and_can_be_gone_on_with(store: Store) -> None:
    async with desk(store) as d:
        await d.press("comma", *"x.-1/", "escape")
        assert d.item.note == "x.-1/"
        assert (d.item.flagged, d.item.struck, d.screen.mode.name) == (False, frozenset(), "question")
        await d.press("comma", *"y", "tab")
        assert d.item.note == "x.-1/y"
        assert d.state.place == "list"


@pytest.mark.parametrize(
    ("number", "cause"), [(signal.SIGHUP, "terminal_closed"), (signal.SIGTERM, "terminated")]
)
async def test_being_sent_away_keeps_what_stands_in_an_open_note(
    store: Store, monkeypatch: pytest.MonkeyPatch, number: signal.Signals, cause: Cause
) -> None:
    monkeypatch.setattr(
        block_screen, "HEARTBEAT_S", 60.0
    )  # or the note may be saved before, on a busy machine
    async with desk(store) as d:
        await d.press("a", "comma", *"half")
        note = d.app.focused
        assert isinstance(note, NoteArea)
        note.insert(" a no")  # nothing is awaited from here on: no heartbeat saves it first
        go(d.app, number, cause)
        assert d.item.note == "half a no"
        assert d.kinds[-2:] == ["noted", "interrupted"]


async def test_an_open_note_is_saved_and_the_clock_runs_without_a_key(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("drill.tui.block.screen.HEARTBEAT_S", 0.01)
    monkeypatch.setattr("drill.tui.block.screen.CLOCK_S", 0.01)
    async with desk(store) as d:
        await d.press("comma", *"abc")
        d.clock.advance(7_000)
        for _ in range(1_000):
            if d.item.note == "abc" and "5:53" in d.text:
                break
            await d.pilot.pause(0.01)
        assert d.item.note == "abc"
        assert "5:53" in d.text


async def test_a_heartbeat_comes_half_a_second_after_the_last_commit(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recorded_ms() -> int:
        return int(store.connection.execute("SELECT last_at_ms FROM blocks").fetchone()[0])

    async with desk(store) as d:
        monkeypatch.setattr(block_screen, "HEARTBEAT_S", 0.5)
        await d.press("a", wait_ms=400)
        chosen_ms = recorded_ms()
        assert chosen_ms == d.runner.now_ms()
        d.clock.advance(480)
        d.screen._beat_when_due()
        assert recorded_ms() == chosen_ms
        d.clock.advance(20)
        d.screen._beat_when_due()
        assert recorded_ms() == chosen_ms + 500


async def test_a_note_typed_up_to_the_last_moment_is_kept_when_time_runs_out(store: Store) -> None:
    async with desk(store) as d:
        await d.press("comma", *"to the end")
        d.clock.advance(400_000)
        await d.tick()
        assert isinstance(d.app.screen, ResultsScreen)
        assert (d.item.note, d.state.at_ms, d.state.end_reason) == ("to the end", 360_000, "expired")


async def test_digits_and_enter_go_to_a_question(store: Store) -> None:
    async with desk(store) as d:
        assert "Go to 3" in await d.press("3")
        await d.press("enter")
        assert d.state.position == 3
        assert "There is no question 12." in await d.press("1", "2", "enter")
        assert d.state.position == 3
        await d.press("4", "backspace", "enter")
        assert d.state.position == 4, "nothing typed any more: Enter is next"
        await d.press("1", "escape", "left")
        assert d.state.position == 3
        await d.press("2", "b")
        assert (d.state.position, d.item.chosen) == (3, "B")
        assert "Go to" not in d.text
        assert "There is no question 0." in await d.press("0", "enter")


async def test_minus_and_a_letter_strike_and_restore(store: Store) -> None:
    async with desk(store) as d:
        assert "Strike which? A-D" in await d.press("minus")
        await d.press("b")
        assert d.item.struck == {"B"}
        assert d.item.chosen is None
        assert any(span.role is Role.STRUCK for span in row_with(d.app, "Option text B").spans)
        assert row_with(d.app, "Option text B").text.split()[-5] == "-"
        await d.press("minus", "B")
        assert d.item.struck == frozenset()
        await d.press("minus", "escape", "c")
        assert (d.item.struck, d.item.chosen) == (frozenset(), "C")
        assert "C is your answer." in await d.press("minus", "c")
        await d.press("minus", "a", "a")
        assert (d.item.struck, d.item.chosen) == (frozenset(), "A"), "choosing a struck option restores it"
        assert "options A to D" in await d.press("minus", "z")
        await d.press("minus", "enter", "a")
        assert d.item.chosen == "A", "on the next question nothing waits for a letter"


async def test_flags_here_and_in_the_list(store: Store) -> None:
    async with desk(store) as d:
        assert "flagged" in (await d.press("full_stop")).splitlines()[0]
        await d.press("tab", "down", "down", "full_stop")
        assert [item.flagged for item in d.state.items] == [True, False, True, False]
        await d.press("up", "up", "full_stop")
        assert [item.flagged for item in d.state.items] == [False, False, True, False]
        await d.press("asterisk", "down", "enter")
        assert d.state.place in (1, 2, 3, 4)


async def test_letters_in_the_list_and_in_the_menu_answer_nothing(store: Store) -> None:
    async with desk(store) as d:
        await d.press("tab", *"abc", "tab")
        await d.press("escape", *"abc", "escape")
        assert d.letters == "----"
        assert "chose" not in d.kinds


async def test_a_paste_is_ignored(store: Store) -> None:
    async with desk(store) as d:
        d.app.post_message(events.Paste("abcd"))
        await d.pilot.pause()
        d.app.screen.post_message(events.Paste("b\n"))
        await d.pilot.pause()
        assert d.kinds == ["started", "moved"]


async def test_labs_and_calculator_take_the_letters_while_open(store: Store) -> None:
    async with desk(store) as d:
        await d.press("slash", *"sod")
        assert "Sodium" in d.text
        assert "Potassium" not in d.text
        await d.press("enter", "full_stop", "minus", "escape")
        assert d.state.position == 1
        await d.press("equals_sign", "2", "plus", "2", "enter")
        assert "4" in d.text
        await d.press("escape", "b")
        assert d.letters == "B---"
        assert d.item.flagged is False
        await d.press("slash", "ctrl+e")
        assert "End this block?" in d.text


async def test_the_stem_scrolls_and_a_new_question_starts_at_its_top(store: Store) -> None:
    async with desk(store, size=(80, 24)) as d:
        await d.press("4", "enter")
        first = d.text
        assert "word0 " in first
        assert "more lines" in first
        for key, back in (("space", "pageup"), ("pagedown", "home"), ("down", "up"), ("end", "home")):
            await d.press(key)
            assert "word0 " not in d.text, key
            assert "Option text D" in d.text, "the options stay"
            await d.press(back)
            assert d.text.splitlines()[3:-1] == first.splitlines()[3:-1], back
        await d.press("end", "left", "right")
        assert "word0 " in d.text
        await d.pilot._post_mouse_events([events.MouseScrollDown], offset=(10, 6), times=3)
        await d.pilot.pause()
        assert "word0 " not in d.text


async def test_clicks_choose_strike_go_and_end(store: Store) -> None:
    async with desk(store, size=(120, 40)) as d:
        await d.click("Option text C")
        assert d.letters == "C---"
        await d.click("Option text B", button=3)
        assert d.item.struck == {"B"}
        await d.click("Option text B", button=3)
        assert d.item.struck == frozenset()
        rail = next(
            (row, text) for row, text in enumerate(d.text.splitlines()) if text.strip().startswith("3 ")
        )
        await d.pilot.click(offset=(rail[1].index("3"), rail[0]))
        await d.pilot.pause()
        assert d.state.position == 3
        await d.press("ctrl+e")
        await d.click("Ctrl+E")
        assert isinstance(d.app.screen, ResultsScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_click_anywhere_on_an_options_row_chooses_it_and_one_between_nothing(
    store: Store, size: tuple[int, int]
) -> None:
    folded = "long words of an option " * 6
    item = make_item("q1", options=make_options(4, B=Option(folded)))
    async with desk(store, items=(item, *ITEMS[1:]), size=size) as d:
        rows = d.text.splitlines()
        x, stem = where(d.app, "A 40-year-old")
        at = {letter: next(y for y, row in enumerate(rows) if f" {letter}  " in row[x:]) for letter in "ABC"}
        assert at["C"] > at["B"] + 1, "B is folded"
        end = where(d.app, "Serum")[0] - 2 if "Serum" in d.text else size[0]
        clicks = {
            (x - 2, at["A"]): "A",
            (end - 1, at["C"]): "C",
            (end - 1, at["B"] + 1): "B",
            (x, at["C"]): "C",
        }
        for (column, row), letter in clicks.items():
            await d.pilot.click(offset=(column, row))
            await d.pilot.pause()
            assert d.item.chosen == letter, (column, row)
        kinds = d.kinds
        for row in (stem, stem + 1, at["A"] - 1):
            await d.pilot.click(offset=(x + 70, row))
            await d.pilot.pause()
        assert d.kinds == kinds


async def test_a_click_in_the_list_opens_that_question_and_on_the_clock_hides_the_pace(store: Store) -> None:
    async with desk(store, size=(80, 24)) as d:
        pace, clock = where(d.app, "6:00")[0], d.text.splitlines()[0]
        assert pace > 60, clock
        assert "pace" in clock
        await d.click("6:00")
        assert "pace" not in d.text.splitlines()[0]
        assert "6:00" in d.text.splitlines()[0]
        await d.press("ctrl+t")
        assert "clock hidden" in d.text.splitlines()[0]
        assert d.app.settings["clock"] == "hidden"
        await d.press("tab")
        row = next(y for y, text in enumerate(d.text.splitlines()) if text.strip().startswith("4 "))
        await d.pilot.click(offset=(70, row))
        await d.pilot.pause()
        assert d.state.place == 4


async def test_pressed_and_let_go_on_one_option_it_is_chosen_and_between_two_nothing_is(store: Store) -> None:
    async with desk(
        store, items=(make_item("q1", options=make_options(4, B=Option("long words " * 12))),)
    ) as d:
        x, b = where(d.app, " B  ")
        c = where(d.app, " C  ")[1]
        for start, end, chosen in (
            ((x + 1, b), (x + 3, b), "B"),
            ((x + 4, b), (x + 4, c), "B"),
            ((x + 4, c), (x + 5, c), "C"),
            ((x + 60, b + 1), (x + 4, b), "B"),
        ):
            await d.pilot.mouse_down(offset=start)
            await d.pilot.mouse_up(offset=end)
            await d.pilot.pause()
            assert d.item.chosen == chosen
        assert not d.item.highlights


async def test_a_drag_over_the_stem_marks_words_and_takes_the_mark_away(store: Store) -> None:
    async with desk(store, size=(80, 24)) as d:
        x, y = where(d.app, "40-year-old")
        for marked in (True, False):
            await d.pilot.mouse_down(offset=(x, y))
            await d.pilot.mouse_up(offset=(x + 3, y))
            await d.pilot.pause()
            assert bool(d.item.highlights) is marked
        assert d.item.chosen is None


async def test_below_the_smallest_size_letters_are_ignored_and_nothing_is_lost(store: Store) -> None:
    async with desk(store) as d:
        await d.pilot.resize_terminal(59, 30)
        await d.press("b", "enter", "c", "full_stop", "2", "enter")
        assert d.kinds == ["started", "moved"]
        await d.pilot.resize_terminal(100, 30)
        await d.press("b", "comma", *"my note")
        for size in ((59, 30), (100, 15), (20, 5), (3, 3), (1, 1)):
            await d.pilot.resize_terminal(*size)
            await d.pilot.pause()
        await d.pilot.resize_terminal(20, 5)
        await d.pilot.pause()
        shown = " ".join(d.text.split())
        assert "Make the window at least" in shown
        assert "6:00" in shown, "the clock stays"
        await d.press("escape", *"acd", "enter", "right", "backspace", "full_stop", "minus", "2", "tab")
        await d.press("ctrl+e", "ctrl+e")
        assert d.state.phase is Phase.RUNNING
        await d.pilot.resize_terminal(100, 30)
        await d.pilot.pause()
        await d.press("escape")
        assert (d.item.chosen, d.item.flagged, d.state.place) == ("B", False, 1)
        assert d.item.note.startswith("my note")
        assert "1 of 4" in d.text


async def test_what_cannot_be_saved_is_said_and_the_same_key_tries_again(store: Store) -> None:
    async with desk(store) as d:
        await d.press("b", "enter")
        d.fail()
        for key in ("a", "full_stop", "enter", "left", "tab", "ctrl+e"):
            text = await d.press(key)
            assert REFUSED in " ".join(text.split()), key
            assert "2 of 4" in text, "what was on the screen stays on it"
            assert (d.letters, d.state.place, d.item.flagged) == ("B---", 2, False), key
        await d.tick()
        assert REFUSED in " ".join(d.text.split()), "the heartbeat fails too"
        d.fail(on=False)
        text = await d.press("a")
        assert "Saved again." in text
        assert REFUSED not in text
        assert d.letters == "BA--"
        assert d.kinds[-1] == "chose"


async def test_a_note_that_cannot_be_saved_is_not_thrown_away(store: Store) -> None:
    async with desk(store) as d:
        await d.press("comma")
        d.fail()  # first: twice a second what was typed is saved
        text = await d.press(*"keep me", "escape")
        assert REFUSED in " ".join(text.split())
        await d.press("tab")
        await d.press("ctrl+e")
        d.fail(on=False)
        await d.press("escape")
        assert d.item.note == "keep me"
        assert d.screen.mode.name == "question"


async def test_a_block_that_cannot_be_ended_stays_until_it_can(store: Store) -> None:
    async with desk(store) as d:
        await d.press("b", "ctrl+e")
        d.fail()
        assert REFUSED in " ".join((await d.press("ctrl+e")).split())
        assert isinstance(d.app.screen, BlockScreen)
        d.fail(on=False)
        await d.press("ctrl+e")
        assert isinstance(d.app.screen, ResultsScreen)


async def test_an_expired_block_that_cannot_be_saved_ends_when_it_can(store: Store) -> None:
    async with desk(store) as d:
        await d.press("b")
        d.fail()
        d.clock.advance(400_000)
        assert REFUSED in " ".join((await d.tick()).split())
        d.fail(on=False)
        await d.tick()
        assert isinstance(d.app.screen, ResultsScreen)
        assert (d.letters, d.state.end_reason, d.state.at_ms) == ("B---", "expired", 360_000)


@pytest.mark.parametrize("over", ["", "comma x", "slash", "escape", "question_mark", "ctrl+p"])
async def test_at_zero_the_block_ends_by_itself_whatever_is_open(store: Store, over: str) -> None:
    async with desk(store) as d:
        await d.press("c", "enter", "a")
        await press(d.pilot, *over.split())
        d.clock.advance(400_000)
        await d.tick()
        assert isinstance(d.app.screen, ResultsScreen)
        assert "Time. The block ended and every answer is kept." in d.text
    block = looking_back.record(store, "block-1")
    assert block is not None
    assert (block.block_end, block.block_active_ms) == ("expired", 360_000)
    assert [a.chosen for a in block.attempts] == ["C", "A", None, None]


async def test_keys_that_come_at_once_are_done_in_their_order(store: Store) -> None:
    async with desk(store) as d:
        await press(d.pilot, "c", "enter", "e", "right", "b", "left", "a", "tab")
        assert d.letters == "CAB-"
        assert d.state.place == "list"
        await press(d.pilot, "4", "enter", "d", "ctrl+e", "ctrl+e")
        await d.pilot.pause()
        assert isinstance(d.app.screen, ResultsScreen)
        assert d.letters == "CABD"


async def test_answers_to_many_questions_at_once_are_no_paste(store: Store) -> None:
    async with desk(store) as d:
        await press(d.pilot, "a", "enter", "b", "enter", "c", "enter", "d", "left", "a", "left", "d")
        assert d.letters == "ADAD"


async def test_a_letter_typed_before_leaving_is_kept(store: Store) -> None:
    async with desk(store, Mode.TIMED) as d:
        await press(d.pilot, "c", "ctrl+q")
        await d.pilot.pause()
        assert d.letters == "C---"
        assert d.kinds[-2:] == ["chose", "suspended"]


async def test_a_note_covers_neither_the_footer_nor_what_is_said(store: Store) -> None:
    async with desk(store, size=(80, 24)) as d:
        await d.press("comma", *"abc")
        note = d.app.screen.query_one("NoteArea")
        assert "Keep and close" in d.foot
        assert note.region.bottom == 23
        d.fail()
        await d.press("escape")
        rows = d.text.splitlines()
        assert note.region.bottom == next(y for y, row in enumerate(rows) if "Not saved" in row)
        d.fail(on=False)
        await d.press("escape")
        assert d.item.note == "abc"


async def test_what_is_typed_right_after_opening_a_note_is_in_it(store: Store) -> None:
    async with desk(store) as d:
        for key in ("comma", "a", "b", "escape"):
            d.app._driver.send_message(key_event(key))  # type: ignore[union-attr]
        await d.pilot.pause()
        await d.pilot.pause()
        assert (d.item.note, d.letters) == ("ab", "----")


async def test_five_minutes_and_one_minute_are_said_once_and_a_hidden_clock_returns(store: Store) -> None:
    async with desk(store) as d:
        await d.press("ctrl+t", "ctrl+t")
        assert "clock hidden" in d.text
        d.clock.advance(60_500)
        text = await d.tick()
        assert "5:00 left" in d.foot
        assert text.splitlines()[0].endswith(" 5:00"), "of 4:59.5 the second that has begun"
        d.clock.advance(240_000)
        await d.tick()
        assert "1:00 left" in d.foot
        assert any(span.role is Role.ALARM for row in d.screen.canvas.lines[:1] for span in row.spans)


@pytest.mark.parametrize(("begun", "asks"), [("minus", "Strike which?"), ("1", "Go to 1")])
async def test_a_warning_is_not_swallowed_by_a_key_that_was_begun(
    store: Store, begun: str, asks: str
) -> None:
    async with desk(store) as d:
        await d.press(begun)
        d.clock.advance(60_500)
        asked = await d.tick()
        assert asks in asked
        await d.press("escape")
        assert "5:00 left" in d.foot


async def test_an_answer_does_not_take_a_warning_away(store: Store) -> None:
    async with desk(store) as d:
        d.clock.advance(60_500)
        await d.tick()
        await d.press("a")
        assert "5:00 left" in d.foot


async def test_a_warning_is_seen_over_the_keys_too(store: Store) -> None:
    async with desk(store) as d:
        await d.press("question_mark")
        d.clock.advance(60_500)
        assert "5:00 left" in (await d.tick()).splitlines()[-1]
        assert "5:00 left" in (await d.press("escape")).splitlines()[-1]


async def test_sleep_is_said_whatever_key_is_the_first_after_it(store: Store) -> None:
    async with desk(store) as d:
        await d.press("a")
        d.clock.sleep(3_600_000)
        assert "The clock stood still while the machine was away." in await d.press("enter")
        assert d.state.position == 2


async def test_sleep_is_said_and_is_no_time_on_the_question(store: Store) -> None:
    async with desk(store) as d:
        d.clock.advance(10_000)
        await d.tick()
        d.clock.sleep(3_600_000)
        text = await d.tick()
        assert "The clock stood still while the machine was away." in text
        await d.press("a")
        assert d.runner.now_ms() == 10_000
        assert d.item.interrupted


async def test_text_of_a_bank_is_shown_as_text(store: Store) -> None:
    evil = "[b]bold[/b] [red]x \x1b[31mred\x1b[0m \x1b]0;title\x07 \u202eback \x9b31m a\tb [@click=app.quit]quit[/]"
    item = make_item(
        "q1",
        stem=f"{evil}. Which of the following is [bold]best[/bold] \x1b[2J?",
        options=make_options(4, B=Option(f"two {evil}")),
    )
    async with desk(store, items=(item,)) as d:
        assert "[b]bold[/b] [red]x" in d.text
        assert "[@click=app.quit]quit[/]" in d.text
        rows = [d.screen.canvas.render_line(y).text for y in range(30)]
        assert not {c for row in rows for c in row if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c == "\u202e"}
        assert all(len(row) >= 99 for row in rows)


async def test_a_question_with_one_answer_fewer_or_more_has_its_own_letters(store: Store) -> None:
    async with desk(store) as d:
        await d.press("enter", "e")
        assert d.item.chosen == "E"
        assert "A-E" in d.foot
        await d.press("enter")
        assert "options A to C" in await d.press("d")


async def test_esc_closes_what_is_open_and_else_opens_the_menu(store: Store) -> None:
    async with desk(store) as d:
        text = await d.press("escape")
        assert "The clock runs on." in text
        assert "Suspend" not in text, "an exam cannot be suspended"
        await d.press("enter")
        assert "Menu" not in d.text.splitlines()[2:4]
        await d.press("escape", "down", "enter")
        assert d.state.place == "list"
        await d.press("escape", "escape", "up", "enter")
        assert "End this block?" in d.text


async def test_words_are_highlighted_by_keys_and_letters_still_answer(store: Store) -> None:
    async with desk(store, size=(80, 24), items=(ITEMS[3], ITEMS[0])) as d:
        text = await d.press("plus", "right")
        assert "Highlight: word1" in text
        assert "Start here" in d.foot
        await d.press("space", "right", "right", "enter")
        first, last = d.item.highlights[0]
        assert LONG[first:last] == "word1 word2 word3"
        assert "Highlight:" not in d.text
        assert (d.state.position, d.letters) == (1, "--")
        await d.press("plus", "down", "end", "b")
        assert d.letters == "B-", "a letter is an answer and ends the marking"
        assert "Highlight:" not in d.text
        await d.press("home", "plus", "right", "space", "right", "right", "enter")
        assert (d.state.position, d.item.highlights) == (1, ()), (
            "over marked words alone it takes the mark away"
        )
        await d.press("plus", "escape", "plus", "plus", "right")
        assert d.state.position == 2


async def test_labs_and_calculator_take_a_paste_and_are_edited_within(store: Store) -> None:
    async with desk(store) as d:
        await d.press("slash", *"sox", "left", "backspace", *"o", "delete")
        assert "Sodium" in await d.press("end", *"d")
        assert "ctrl" not in await d.press("ctrl+u")
        d.app.post_message(events.Paste("potas\n"))
        await d.pilot.pause()
        assert "Potassium" in d.text
        assert "Sodium" not in d.text
        await d.press("escape", "equals_sign", *"12", "home", "minus", "end", "plus", *"2", "enter")
        assert "= -10" in d.text
        await d.press("ctrl+w")
        d.app.post_message(events.Paste("6 * 7"))
        await d.pilot.pause()
        assert "= 42" in d.text
        assert d.kinds == ["started", "moved"], "nothing of it was a key of the block"


async def test_a_key_of_another_mode_is_not_done_later_in_that_mode(store: Store) -> None:
    async with desk(store) as d:
        await press(d.pilot, "slash", "enter", "escape")
        assert d.state.position == 1
        await press(d.pilot, "escape", "full_stop", "enter")
        assert not d.item.flagged


async def test_a_digit_that_is_no_number_is_no_key(store: Store) -> None:
    async with desk(store) as d:
        for character in "²٣５":
            d.app._driver.send_message(events.Key(character, character))  # type: ignore[union-attr]
        await d.press("enter")
        assert d.state.position == 2
