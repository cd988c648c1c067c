"""One key says how sure one is of an answer: where it is asked, what it keeps, and what it brings back."""

from __future__ import annotations

import pytest

from drill.cli.plain import HELP
from drill.core import commands as c
from drill.core.state import Mode
from drill.errors import IllegalCommand
from drill.storage.candidates import Filter, read_candidates
from drill.storage.history import read_history
from drill.storage.settings import write_setting
from drill.storage.store import Store
from drill.usecases import retests
from tests.factories import FakeClock, import_bank, make_bank
from tests.sittings import sit
from tests.tui.pilots import desk


async def test_one_key_goes_through_sure_unsure_guess_and_not_said(store: Store) -> None:
    write_setting(store, "confidence", "on")
    async with desk(store, mode=Mode.TIMED) as d:
        assert "Choose an answer first" in await d.press("apostrophe")
        await d.press("b")
        for word, said in (
            ("sure", "B: sure."),
            ("unsure", "B: unsure."),
            ("guess", "B: a guess."),
            (None, "not said"),
        ):
            assert said in await d.press("apostrophe")
            assert d.item.confidence == word
        await d.press("apostrophe", "c")
        assert d.item.confidence is None, "it was said of another answer"
        await d.press("apostrophe", "apostrophe")
        assert "unsure" in d.text.splitlines()[0]


@pytest.mark.parametrize(("mode", "setting"), [(Mode.EXAM, "on"), (Mode.TIMED, "off")])
async def test_it_is_not_asked_in_an_exam_nor_unless_it_was_wanted(
    store: Store, mode: Mode, setting: str
) -> None:
    write_setting(store, "confidence", setting)
    async with desk(store, mode=mode) as d:
        assert "Sure?" not in d.text
        await d.press("b", "apostrophe")
        assert d.item.confidence is None
        if mode is Mode.EXAM:
            with pytest.raises(IllegalCommand, match="exam block does not ask"):
                d.runner.dispatch(c.Rate("sure"))


async def test_a_locked_answer_takes_no_word(store: Store) -> None:
    write_setting(store, "confidence", "on")
    async with desk(store, mode=Mode.TUTOR) as d:
        await d.press("b", "apostrophe", "enter")
        assert d.item.locked
        assert d.item.confidence == "sure"
        with pytest.raises(IllegalCommand):
            d.runner.dispatch(c.Rate("guess"))


@pytest.mark.parametrize(
    ("word", "comes_back"), [("sure", False), ("unsure", True), ("guess", True), (None, False)]
)
def test_right_but_doubted_comes_back_in_retests(store: Store, word: str | None, comes_back: bool) -> None:
    import_bank(store, make_bank(items=1))
    clock = FakeClock()
    runner = sit(store, "b1", (), items=1, clock=clock, end=False)
    clock.advance(30_000)
    runner.dispatch(c.Choose(runner.keys[0].letter))
    if word is not None:
        runner.dispatch(c.Rate(word))
    runner.dispatch(c.End())
    attempt = read_history(store.connection)[0].attempts[0]
    assert (attempt.correct, attempt.confidence) == (True, word)
    assert len(read_candidates(store.connection, Filter(pool="retest"))) == comes_back
    assert retests.rebuild_retests(store) == comes_back


def test_plain_mode_names_the_words() -> None:
    assert "sure, unsure or guess" in HELP
