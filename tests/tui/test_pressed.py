"""One name for one key, from the bytes a terminal sends to what a block does."""

from __future__ import annotations

import pytest
from textual import events
from textual._xterm_parser import XTermParser

from drill.storage.store import Store
from drill.tui.pressed import as_pressed, command_key, foreign_letter, tell_esc_and_letters
from drill.tui.screens.form import Asked, FormScreen
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.pick_file import PickFileScreen
from drill.tui.screens.road import RoadScreen
from drill.tui.screens.settings import DATE_ROW, SettingsScreen
from tests.tui.apps import make_app, sat_store, text_of
from tests.tui.pilots import desk, key_event, press

KEYPAD = {57409: ".", 57410: "/", 57411: "*", 57412: "-", 57413: "+", 57415: "=", 57416: ","}
"""kitty's code points of the keypad; others as https://sw.kovidgoyal.net/kitty/keyboard-protocol has them."""


@pytest.fixture(autouse=True)
def told_apart() -> None:
    """As the app does when it starts."""
    tell_esc_and_letters()


def keys_of(sent: str) -> list[tuple[str, str | None]]:
    """What drill takes a terminal's bytes for."""
    parser = XTermParser()
    found = [event for part in (sent, "") for event in parser.feed(part)]
    return [
        (key.key, key.character)
        for event in found
        if isinstance(event, events.Key)
        for key in as_pressed(event)
    ]


@pytest.mark.parametrize(("code", "sign"), KEYPAD.items())
@pytest.mark.parametrize("form", ["\x1b[{code}u", "\x1b[{code};129u", "\x1b[{code};129;{text}u"])
def test_the_keypads_signs_are_those_of_the_other_keys(code: int, sign: str, form: str) -> None:
    assert keys_of(form.format(code=code, text=ord(sign))) == keys_of(sign) == [(key_event(sign).key, sign)]


@pytest.mark.parametrize("code", [57441, 57447, 57442, 57443, 57444, 57453, 57358, 57359, 57360])
@pytest.mark.parametrize("form", ["\x1b[{code}u", "\x1b[{code};2u", "\x1b[{code};65u"])
def test_shift_and_its_like_alone_are_no_keys(code: int, form: str) -> None:
    assert keys_of(form.format(code=code)) == []


@pytest.mark.parametrize("sent", ["A", "\x1b[97;2;65u", "\x1b[97;65;65u", "\x1b[97;2u"])
def test_a_letter_with_shift_or_caps_lock_is_that_letter(sent: str) -> None:
    assert keys_of(sent) == [("A", "A")]
    assert command_key("A") == "a"


def test_esc_and_a_letter_in_one_instant_are_two_keys_and_alt_is_alt() -> None:
    assert keys_of("\x1ba") == [("escape", "\x1b"), ("a", "a")]
    assert keys_of("\x1bA") == [("escape", "\x1b"), ("A", "A")]
    assert keys_of("\x1b[97;3u") == [("alt+a", None)], "the terminal tells Alt from Esc"
    assert keys_of("\x1bb") == [("escape", "\x1b"), ("b", "b")]
    assert keys_of("\x1b[1;5D") == [("ctrl+left", None)]
    assert keys_of("\x1b\x7f") != [("escape", "\x1b"), ("backspace", "\x7f")], (
        "Alt+Backspace takes a word back"
    )


def test_ctrl_with_shift_is_ctrl() -> None:
    assert keys_of("\x1b[101;6u") == keys_of("\x1b[101;5u") == [("ctrl+e", None)]


@pytest.mark.parametrize(
    ("letter", "said"),
    [("ф", True), ("α", True), ("א", True), ("字", True), ("é", False), ("a", False), ("1", False)],
)
def test_a_letter_of_another_script_says_which_keys_are_meant(letter: str, said: bool) -> None:
    assert (foreign_letter(letter) is not None) is said
    assert foreign_letter(None) is None


async def send(d: object, sent: str) -> str:
    """Bytes as the terminal sends them, through Textual's parser into the app."""
    parser = XTermParser()
    driver = d.app._driver  # type: ignore[attr-defined]
    for part in (sent, ""):
        for event in parser.feed(part):
            driver.send_message(event)
    await d.pilot.pause()  # type: ignore[attr-defined]
    await d.pilot.pause()  # type: ignore[attr-defined]
    return d.text  # type: ignore[attr-defined, no-any-return]


async def test_a_block_is_driven_by_the_keypad(store: Store) -> None:
    async with desk(store) as d:
        await send(d, "\x1b[57409;129u")
        assert d.item.flagged
        assert "Lab values" in await send(d, "\x1b[57410;129u")
        await d.press("escape")
        await send(d, "\x1b[57415;129u")
        for sent in ("\x1b[57406u", "\x1b[57411u", "\x1b[57407u", "\x1b[57412u", "\x1b[57400u"):
            await send(d, sent)
        assert "7*8-1" in d.text
        assert "55" in d.text
        await d.press("escape")
        await send(d, "\x1b[57412;129u")
        await send(d, "\x1b[98;65;66u")
        assert d.item.struck == frozenset("B")
        await d.press("tab")
        assert "Open ones only" in d.text
        before = d.text
        assert await send(d, "\x1b[57411;129u") != before


async def test_the_keypads_signs_are_text_where_text_is_typed(store: Store) -> None:
    async with desk(store) as d:
        await d.press("slash")
        for sent in ("\x1b[57413u", "\x1b[57412u", "\x1b[57409u"):
            await send(d, sent)
        assert "+-." in d.text


async def test_esc_with_a_letter_closes_the_panel_and_answers(store: Store) -> None:
    async with desk(store) as d:
        await d.press("slash")
        await send(d, "\x1bc")
        assert "Lab values" not in d.text
        assert d.item.chosen == "C"


async def test_esc_with_b_answers_but_what_option_and_an_arrow_send_in_a_text_does_not(store: Store) -> None:
    async with desk(store) as d:
        await d.press("slash")
        await send(d, "\x1bb")
        assert d.item.chosen == "B"
        await d.press("c", "slash", "s", "o")
        await send(d, "\x1bb")
        assert "/ so" in d.text, "words are being typed: a word back"
        assert d.item.chosen == "C"
        await d.press("escape", "comma", "x")
        await send(d, "\x1bb")
        assert d.item.chosen == "C"
        assert d.screen.mode.name == "note"


async def test_shift_alone_changes_nothing_that_was_begun(store: Store) -> None:
    async with desk(store) as d:
        await d.press("minus")
        await send(d, "\x1b[57441u")
        assert "Strike which?" in d.text
        await send(d, "\x1b[97;2;65u")
        assert d.item.struck == frozenset("A")


async def test_a_cyrillic_layout_says_which_keys_are_meant(store: Store) -> None:
    async with desk(store) as d:
        assert "ф is no key here" in await send(d, "ф")
        assert d.item.chosen is None
        await d.press("slash")
        assert "/ ф" in await send(d, "ф"), "where text is typed it is text"


async def test_a_letter_with_caps_lock_opens_the_form_of_road(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.go_to_screen(6)
        await pilot.pause()
        assert isinstance(app.screen, RoadScreen)
        await press(pilot, "O")
        assert isinstance(app.screen, FormScreen)


async def test_the_date_row_takes_no_screen_numbers(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.go_to_screen(5)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, SettingsScreen)
        await press(pilot, *["down"] * DATE_ROW)
        for typed in ("enter", "2", "backspace", "2", "0", "2", "7", "minus", "0", "1", "question_mark", "1"):
            await press(pilot, typed)
            assert app.screen is screen, typed
        assert "2027-011" in text_of(app)
        await press(pilot, "escape", "up", "1")
        assert isinstance(app.screen, HomeScreen)


async def test_a_question_mark_is_text_in_every_field(store: Store) -> None:
    sat_store(store)
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        for screen in (PickFileScreen("/tmp/"), FormScreen("Title", [Asked("a", "Label")], lambda _: None)):
            app.push_screen(screen)
            await pilot.pause()
            await press(pilot, "w", "question_mark", "x")
            assert app.screen is screen
            assert "w?x" in text_of(app)
            app.pop_screen()
        app.go_to_screen(4)
        await pilot.pause()
        await press(pilot, "slash", "w", "question_mark", "x")
        assert "w?x" in text_of(app)


@pytest.mark.parametrize("opens", ["slash", "equals_sign", "comma"])
async def test_a_question_mark_is_text_in_every_panel_of_a_block(store: Store, opens: str) -> None:
    async with desk(store) as d:
        await d.press(opens)
        await d.press("7", "question_mark")
        area = getattr(d.screen.mode, "area", None)
        assert "7?" in (d.text if area is None else area.text)


async def test_a_question_mark_is_text_over_covered_options(store: Store) -> None:
    async with desk(store, commit_first=True) as d:
        await d.press("w", "question_mark")
        assert "w?" in d.text
