"""Settings: what is changed holds at once and the next time; the exam date is typed."""

from __future__ import annotations

import pytest

from drill.storage.settings import read_settings
from drill.storage.store import Store
from drill.tui import theme as themes
from drill.tui.app import DrillApp
from drill.tui.screens.home import HomeScreen
from drill.tui.screens.settings import SYNC_ROW, SettingsScreen
from tests.factories import FakeClock
from tests.tui.apps import make_app, text_of
from tests.tui.pilots import press, where

CHANGED = {
    "theme": themes.THEME_NAMES[1], "clock": "hidden", "pace": "hidden", "pace_line": "fair",
    "checkpoints": "on", "nudge_s": "120", "confidence": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colours."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLORTERM", "truecolor")


async def test_every_setting_turns_in_a_ring_and_is_kept(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5")
        await press(pilot, "right")
        assert app.theme == themes.THEME_NAMES[1]
        await press(pilot, *["down", "right"] * (SYNC_ROW - 1))
        assert CHANGED.items() <= read_settings(store.connection).items()
        await press(pilot, "left")
        assert read_settings(store.connection)["confidence"] == "off"
        await press(pilot, "up", "left")
        assert read_settings(store.connection)["nudge_s"] == "0"
        await press(pilot, "left")
        assert read_settings(store.connection)["nudge_s"] == "240"
    again = DrillApp(store, FakeClock())
    assert again.theme == themes.THEME_NAMES[1]


async def test_the_exam_date_is_typed_and_its_digits_are_no_screens(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(120, 30)) as pilot:
        await press(pilot, "5")
        await press(pilot, "end", "enter", *"2027-01-10", "enter")
        assert isinstance(app.screen, SettingsScreen)
        assert read_settings(store.connection)["exam_date"] == "2027-01-10"
        assert "exam in 44 days" in text_of(app)
        await press(pilot, "enter", *"2027-02-30", "enter")
        assert "2027-02-30 is no date." in " ".join(text_of(app).split())
        await press(pilot, "escape")
        assert app.settings["exam_date"] == "2027-01-10"
        await press(pilot, "enter", *"12", "backspace", "backspace", "enter")
        assert app.settings["exam_date"] == "", "nothing typed: no date"
        assert "exam in" not in text_of(app)
        await press(pilot, *"2027-03-01", "enter")
        assert app.settings["exam_date"] == "2027-03-01", "the first digit begins the date"
        await press(pilot, *"2020-01-01", "enter")
        assert "2020-01-01 is past." in " ".join(text_of(app).split())
        await press(pilot, "escape", "home", "1")
        assert isinstance(app.screen, HomeScreen)


async def test_a_second_click_on_the_exam_date_takes_nothing_away(store: Store) -> None:
    app = make_app(store)
    app.save_setting("exam_date", "2027-01-10")
    async with app.run_test(size=(120, 30)) as pilot:
        await press(pilot, "5")
        for _ in range(2):
            await pilot.click(offset=(100, where(app, "Exam date")[1]))
            await pilot.pause()
        assert app.settings["exam_date"] == "2027-01-10"
        await press(pilot, *"2028")
        await pilot.click(offset=where(app, "Nudge"))
        await press(pilot, "end")
        assert "2028" not in text_of(app), "half typed: dropped on another row"
        assert app.settings["exam_date"] == "2027-01-10"


async def test_a_setting_that_is_none_of_ours_falls_back(store: Store) -> None:
    with store.transaction() as connection:
        for name, value in (("theme", "no-such"), ("exam_date", "soon"), ("nudge_s", "x"), ("clock", "?")):
            connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5")
        await pilot.pause()
        assert app.theme == themes.DARK
        assert app.exam_date is None
        assert app.number_setting("nudge_s") == 0
        assert "not set" in text_of(app)
        assert "soon" not in text_of(app)
