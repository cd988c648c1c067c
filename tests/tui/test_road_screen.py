"""Road: forms that keep or say why not, a list of what was entered, and blocks that lean to a weak area."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot

from drill.core.road.assessments import Family
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import VerifiedBy
from drill.core.road.days import BusyRange
from drill.core.road.scores import Axis, Level
from drill.core.state import Mode
from drill.storage.road import read_block_times
from drill.storage.road_entries import ReviewTime
from drill.storage.store import Store
from drill.tui.block.screen import BlockScreen
from drill.tui.screens.choose import ChooseScreen
from drill.tui.screens.form import FormScreen
from drill.tui.screens.review import ReviewScreen
from drill.tui.screens.road import COMMANDS, RoadScreen
from drill.usecases import road as roads
from drill.usecases import road_entries
from drill.usecases.road import Road
from tests.factories import FakeClock, import_bank, make_bank, make_item
from tests.tui import pilots
from tests.tui.apps import LATER, make_app, sat_store, text_of
from tests.usecases.test_weights import SYSTEMS

SIZES = [(80, 24), (120, 40)]
OPENS = {"6", *"tasmodbrcwe", "enter", "escape"}
"""Keys that may open or close a screen: a person's next key comes after it."""


async def press(pilot: Pilot[str], *keys: str) -> None:
    """Press keys as a person does on Road: nothing is typed into a form before it stands."""
    for key in keys:
        await pilots.press(pilot, key)
        if key in OPENS:
            await pilot.pause()


def read(store: Store) -> Road:
    return roads.read_road(store, LATER)


@pytest.fixture
def banked(store: Store) -> Store:
    """Six questions of each system."""
    items = [make_item(f"q{p}-{n}", system=name) for p, name in enumerate(SYSTEMS) for n in range(6)]
    import_bank(store, make_bank("notes", items))
    return store


@pytest.mark.parametrize("size", SIZES)
async def test_road_opens_by_its_number_and_says_what_to_enter_first(
    store: Store, size: tuple[int, int]
) -> None:
    app = make_app(store)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "6")
        assert isinstance(app.screen, RoadScreen)
        assert "On Road T books your test date" in text_of(app)
        await press(pilot, "escape")
        assert "Road" in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_test_date_is_booked_and_leads_home(banked: Store, size: tuple[int, int]) -> None:
    app = make_app(banked)
    async with app.run_test(size=size) as pilot:
        await press(pilot, "6", "t", *"2027-02-30", "enter")
        assert isinstance(app.screen, FormScreen)
        assert "2027-02-30 is no date." in " ".join(text_of(app).split())
        await press(pilot, "ctrl+u", *"2027-01-20", "enter")
        assert read(banked).test_day == date(2027, 1, 20)
        road = " ".join(text_of(app).split())
        assert "54 days to your test." in road
        assert "Block 1 of 1 today, 20 questions in 30:00." in road, "the block that Home suggests"
        await press(pilot, "escape")
        assert "Block 1 of 1 today. 54 days to your test." in " ".join(text_of(app).split())
        assert app.exam_in_days() == 54
        assert text_of(app).count("54 days") == (1 if size[0] < 100 else 2), "once, and in a broad top line"


async def test_a_form_that_is_left_keeps_nothing(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "t", *"2027-01-20", "escape")
        assert isinstance(app.screen, RoadScreen)
        assert read(store).test_day is None


async def test_twenty_levels_are_entered_with_one_letter_each(store: Store) -> None:
    app = make_app(store)
    levels = "lshlsllhhsslshlsshlh"
    keys = [*"2026-10-14", "down", *"209", *["down"] * 6, *levels, "enter"]
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "s", *keys)
        assert isinstance(app.screen, RoadScreen)
    assert len(keys) < 60, "at two keys a second well under two minutes"
    (report,) = read(store).scores
    assert (report.total, report.pass_mark, report.relative_to, len(report.areas)) == (209, 218, "own", 20)
    words = {"l": "Lower", "s": "About the same", "h": "Higher"}
    assert [area.printed for area in report.areas] == [words[letter] for letter in levels]
    assert report.areas[0].axis is Axis.SYSTEM
    assert report.areas[-1].axis is Axis.TASK


async def test_printed_words_are_kept_and_other_names_are_mapped(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(
            pilot,
            "6",
            "s",
            *"2026-10-14",
            "down",
            *"209",
            "down",
            "down",
            "down",
            "ctrl+u",
            *"Lower Performance",
        )
        await press(pilot, "down", "down", "down", "l", "end", *["pagedown"] * 4)
        await press(pilot, *"task: Patient Care: Diagnosis = Odd", "enter")
    (report,) = read(store).scores
    assert [(a.name, a.printed, a.level) for a in report.areas] == [
        (SYSTEMS[0], "Lower Performance", Level.LOWER), ("Diagnosis", "Odd", None),
    ]  # fmt: skip


async def test_what_is_wrong_in_a_form_is_said_and_the_form_stays(store: Store) -> None:
    road_entries.enter_attempt(store, Attempt(date(2026, 3, 1), Outcome.PASSED), LATER)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "a", *"2026-06-01", "enter")
        assert "a pass cannot be taken again" in " ".join(text_of(app).split())
        await press(pilot, "escape", "b", *"2026-12-20", "down", *"2026-12-19", "enter")
        assert "is before 2026-12-20" in " ".join(text_of(app).split())
        await press(pilot, "escape", "o", "down", "ctrl+u", *"many", "enter")
        assert "Questions: type a whole number" in " ".join(text_of(app).split())
        await press(pilot, "escape", "o", "question_mark")
        assert "? Keys" not in text_of(app), "a question mark is typed"
        assert "F1 Keys" in text_of(app)
        await press(pilot, "f1")
        assert "Keep the form" in text_of(app)
        await press(pilot, "escape", "escape", "r", *"Someday", "enter")
        assert "is no weekday" in " ".join(text_of(app).split())
        await press(pilot, "escape", "d", *"Pass", "down", *"soon", "enter")
        assert "By: type a day that exists" in " ".join(text_of(app).split())
    assert len(read(store).attempts) == 1


async def test_what_is_typed_replaces_what_a_form_brought_and_a_changed_value_is_typed_on(
    store: Store,
) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "o", *"Amboss", "down")
        assert "Typing replaces it; Backspace changes it." in " ".join(text_of(app).split())
        await press(pilot, "backspace", *"4")
        assert "Typing replaces it" not in text_of(app)
        await press(pilot, "enter")
        await press(pilot, "o", "end", *"s", "down", *"2", "0", "enter")
    assert sorted((one.source, one.questions) for one in read(store).outside) == [
        ("Amboss", 44),
        ("UWorlds", 20),
    ]


async def test_every_other_form_keeps_what_it_asks(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(
            pilot, "6", "m", "f", "up", "n", *"14", "down", "ctrl+u", *"2026-11-20", "down", *"221", "enter"
        )
        await press(pilot, "o", "down", "down", *"25", "down", *"58", "down", "n", "enter")
        await press(pilot, "b", *"2026-12-20", "down", *"2026-12-27", "down", *"Holidays", "enter")
        await press(pilot, "r", *"Sun, wed", "enter")
        await press(
            pilot,
            "d",
            *"Pass reported",
            "down",
            *"2027-05-01",
            "down",
            *"school",
            "down",
            *"handbook",
            "enter",
        )
        assert isinstance(app.screen, RoadScreen)
    road = read(store)
    assert (road.assessments[0].family, road.assessments[0].form, road.assessments[0].total) == (
        Family.CCSSA,
        "14",
        "221",
    )
    assert (road.outside[0].right, road.outside[0].minutes, road.outside[0].finished) == (25, 58, False)
    assert road.busy == (BusyRange(date(2026, 12, 20), date(2026, 12, 27), "Holidays"),)
    assert road.rest == (2, 6)
    assert road.own_dates == {"pass-reported"}


async def test_a_date_is_confirmed_or_changed_to_what_its_page_says(store: Store) -> None:
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "c")
        assert isinstance(app.screen, ChooseScreen)
        await press(pilot, "enter")
        assert "https://www.nrmp.org" in text_of(app)
        await press(pilot, "enter")
        assert read(store).own_dates == frozenset(), "the first answer changes nothing"
        await press(pilot, "c", "enter", "down", "enter")
        assert "Confirmed by you: NRMP standard registration ends" in " ".join(text_of(app).split())
        await press(pilot, "c", "enter", "down", "down", "enter", "down", "ctrl+u", *"2027-02-02", "enter")
    road = read(store)
    changed = road.calendar.find("ranking-opens")
    assert changed is not None
    assert (changed.day, changed.origin.verified_by) == (date(2027, 2, 2), VerifiedBy.YOU)
    assert changed.origin.page == "NRMP, Main Residency Match calendar"


async def test_entries_are_changed_and_deleted(store: Store) -> None:
    road_entries.enter_attempt(store, Attempt(date(2026, 10, 14), Outcome.FAILED), LATER)
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "e", "enter", "down", "enter", "down", "i", "enter")
        assert read(store).attempts == (Attempt(date(2026, 10, 14), Outcome.INCOMPLETE),)
        await press(pilot, "e", "enter", "enter")
        assert len(read(store).attempts) == 1
        await press(pilot, "e", "enter", "end", "enter")
        assert read(store).attempts == ()
        await press(pilot, "e")
        assert "Nothing is entered yet." in text_of(app)


async def test_a_weak_area_makes_a_block_that_is_in_no_metric(banked: Store) -> None:
    app = make_app(banked)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "w")
        assert "No area is known to be weak yet: S enters your score report." in " ".join(
            text_of(app).split()
        )
        await press(pilot, "s", *"2026-10-14", "down", *"209", *["down"] * 8, "l", "enter", "w")
        said = " ".join(text_of(app).split())
        assert "Lower in your report: 2 of 20 (10%; usmle-outline: 6-12%), 6 unused" in said
        assert "Enter starts the clock." in said
        await press(pilot, "enter")
        assert isinstance(app.screen, BlockScreen)
        assert app.screen.runner is not None
        assert app.screen.runner.plan.filters == ("bank:notes", "weights:usmle-outline")
        assert app.screen.runner.plan.mode is Mode.EXAM
    assert read_block_times(banked.connection) == [], "not ended"


async def test_a_read_only_road_is_shown_and_takes_nothing(store: Store) -> None:
    store.read_only = True
    app = make_app(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "t")
        assert isinstance(app.screen, RoadScreen)


async def test_pasting_goes_into_the_field_under_the_cursor(store: Store) -> None:
    from textual import events

    app = make_app(store, FakeClock(wall_time=LATER))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "6", "t")
        app.screen.post_message(events.Paste("2027-01-20\n"))
        await pilot.pause()
        await press(pilot, "enter")
        assert read(store).test_day == date(2027, 1, 20)


def test_every_key_of_road_says_what_it_does() -> None:
    assert all(command.about or command.short for command in COMMANDS)


async def test_how_long_a_review_takes_is_kept_and_added_up(store: Store) -> None:
    sat_store(store)
    clock = FakeClock(wall_time=LATER)
    app = make_app(store, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        for minutes in (3, 2):
            app.push_screen(ReviewScreen("first", 1))
            await pilot.pause()
            clock.advance(minutes * 60_000)
            await press(pilot, "escape")
            await pilot.pause()
        assert read(store).reviews == (ReviewTime("first", 300_000),)
