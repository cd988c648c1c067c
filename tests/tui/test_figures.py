"""Figures on the screen: opened from a question without leaving its clock, and from a page of review."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from drill.core.items import Bank, Item
from drill.core.state import Mode
from drill.storage.store import Store
from drill.tui.block.figure import FigureMode
from drill.tui.screens.figures import FigureScreen
from drill.tui.screens.review import ReviewScreen
from drill.usecases.viewer import Ending, Viewer
from tests.factories import import_bank, make_figure, make_item, make_pictured, make_png
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import Desk, desk, press

ECG = make_item(
    "q1",
    stem="The strip is shown [figure ecg]. Which of the following is the diagnosis?",
    explanation="Compare [figure later].",
    figures=(make_figure(title="Rhythm strip"), make_figure("later", title="Another strip")),
)
ITEMS = (ECG, make_item("q2"))


async def settled(d: Desk) -> str:
    """What the screen shows once nothing is on its way."""
    for _ in range(4):
        await d.app.workers.wait_for_complete()
        await d.pilot.pause()
    return d.text


def drawn(text: str) -> int:
    """How many cells hold dots of a drawing."""
    return sum("\u2800" < character <= "\u28ff" for character in text)


async def test_a_figure_opens_under_the_clock_and_esc_leads_back(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        assert "The strip is shown [Figure 1]." in d.text
        assert "Figure 1  Rhythm strip" in d.text
        assert "Another strip" not in d.text
        assert "; Figure" in d.foot
        await d.press(";")
        shown = await settled(d)
        assert isinstance(d.screen.mode, FigureMode)
        assert "1 of 2" in shown
        assert "3:00" in shown
        assert "ms a dot" in shown
        assert drawn(shown) > 200
        await d.press("escape")
        assert "The strip is shown" in d.text
        assert d.letters == "--"


async def test_letters_do_not_answer_while_a_figure_is_open(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press(";", "b", "1")
        await settled(d)
        assert d.letters == "--"
        await d.press("escape", "b")
        assert d.letters == "B-"


@pytest.mark.parametrize("key", [";", "f2"])
async def test_the_key_again_leads_back_after_the_last_figure(store: Store, key: str) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press(key)
        await d.press(key)
        assert "The strip is shown" in d.text


async def test_a_question_without_figures_has_no_such_key(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press("right")
        assert "Figure" not in d.foot
        await d.press(";")
        assert not isinstance(d.screen.mode, FigureMode)


async def test_arrows_move_and_page_keys_zoom_and_the_whole_is_a_key_away(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press(";")
        whole = await settled(d)
        await d.press("pageup", "pageup", "pageup")
        near = await settled(d)
        assert "3 times" in near
        await d.press("right")
        assert await settled(d) != near
        await d.press("home")
        assert drawn(await settled(d)) == drawn(whole)
        assert d.state.position == 1


async def test_time_runs_out_under_a_figure_and_ends_the_block(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press(";")
        await settled(d)
        d.clock.advance(200_000)
        d.screen.beat()
        await d.pilot.pause()
        assert "Time. The block ended" in text_of(d.app)


async def test_another_question_closes_the_figure(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press(";")
        await d.press("tab", "escape")
        assert "The strip is shown" in d.text


async def test_tutor_feedback_has_the_figures_of_the_explanation_too(store: Store) -> None:
    async with desk(store, Mode.TUTOR, items=ITEMS, limit_ms=None) as d:
        await d.press("a", "enter")
        assert "Compare [Figure 2]." in d.text
        await d.press(";", ";")
        shown = await settled(d)
        assert "Figure 2 of 2" in shown
        assert "Another strip" in shown


async def test_in_commit_first_a_semicolon_is_typed_and_f2_opens(store: Store) -> None:
    async with desk(store, items=ITEMS, commit_first=True) as d:
        assert "F2 opens it" in d.text
        await d.press("x", ";")
        assert "x;" in d.text
        await d.press("f2")
        assert isinstance(d.screen.mode, FigureMode)
        await d.press("escape")
        assert "x;" in d.text


async def test_a_click_on_its_name_opens_it(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.click("Rhythm strip")
        assert isinstance(d.screen.mode, FigureMode)


async def test_a_figure_in_every_size_leaves_the_clock_and_the_keys_in_view(store: Store) -> None:
    async with desk(store, items=ITEMS, size=(60, 16)) as d:
        await d.press(";")
        for size in ((60, 16), (80, 24), (200, 60)):
            await d.pilot.resize_terminal(*size)
            shown = await settled(d)
            assert "3:00" in shown
            assert "Esc" in d.foot


def picture_store(store: Store, **fields: object) -> Sequence[Item]:
    item, media = make_pictured("q1", make_png(40, 30), **fields)
    import_bank(store, Bank("notes", "Notes", items=(item,), media=(media,)))
    return (item,)


async def test_a_picture_is_painted_in_its_colours(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    items = picture_store(store)
    async with desk(store, items=items) as d:
        await d.press(";")
        assert "▀" in await settled(d)
        inks = {span.ink for row in d.screen.canvas.lines for span in row.spans if span.ink is not None}
        assert {ink.upper for ink in inks} == {(200, 24, 24)}
        await d.press("pageup", "down")
        assert "▀" in await settled(d)


async def test_without_colour_a_picture_is_shades_of_ink(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    items = picture_store(store)
    async with desk(store, items=items) as d:
        await d.press(";")
        assert "-" * 40 in await settled(d)


async def test_a_picture_that_cannot_be_decoded_is_told_and_the_block_goes_on(store: Store) -> None:
    items = picture_store(store)
    store.connection.execute("UPDATE media SET data = substr(data, 1, 50)")
    async with desk(store, items=items) as d:
        await d.press(";")
        assert "This picture cannot be shown" in await settled(d)
        await d.press("escape", "b")
        assert d.letters == "B"


async def test_a_picture_that_went_with_its_bank_is_told(store: Store) -> None:
    items = picture_store(store)
    async with desk(store, items=items) as d:
        store.connection.execute("DELETE FROM media")
        await d.press(";")
        assert "went with its bank" in await settled(d)


class Shelf(Viewer):
    """A viewer that keeps what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[tuple[bytes, Ending]] = []

    def show(self, data: bytes, ending: Ending) -> Path:
        self.shown.append((data, ending))
        return Path(f"figure{ending}")


async def test_enter_opens_a_plot_as_a_page_and_a_picture_as_a_new_file(store: Store) -> None:
    item, media = make_pictured("q1", make_png(40, 30))
    both = make_item(
        "q1", stem="See [figure rash] and [figure ecg]. What is it?", figures=(*item.figures, make_figure())
    )
    import_bank(store, Bank("notes", "Notes", items=(both,), media=(media,)))
    async with desk(store, items=(both,)) as d:
        d.app._viewer = shelf = Shelf()
        await d.press(";")
        await settled(d)
        await d.press("enter")
        await settled(d)
        await d.press(";")
        await settled(d)
        await d.press("enter")
        assert "opened in the system's viewer" in await settled(d)
    (first, png), (second, page) = shelf.shown
    assert (png, page) == (Ending.PNG, Ending.HTML)
    assert first.startswith(b"\x89PNG")
    assert b"drill-figures" in second


async def test_review_opens_figures_over_its_page(store: Store) -> None:
    async with desk(store, items=ITEMS) as d:
        await d.press("a", "ctrl+e", "ctrl+e")
    app = make_app(store)
    async with app.run_test(size=(100, 40)) as pilot:
        app.push_screen(ReviewScreen(d.runner.plan.block, 1))
        await pilot.pause()
        assert "; Figure" in text_of(app)
        await press(pilot, ";")
        for _ in range(4):
            await app.workers.wait_for_complete()
            await pilot.pause()
        assert isinstance(app.screen, FigureScreen)
        assert drawn(text_of(app)) > 200
        assert "Figure 1 of 2" in text_of(app)
        await press(pilot, ";", ";")
        assert isinstance(app.screen, ReviewScreen)
