"""The road in a database: what is refused, what the plan goes by, and what Home leads with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from drill.core.clock import WallTime
from drill.core.road.assessments import OutsideWork
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.calendar import VerifiedBy
from drill.core.road.days import BusyRange
from drill.core.road.minutes import measured
from drill.core.road.plan import DayKind, PlanInput, make_plan
from drill.core.road.scores import Area, Axis, Level, RelativeTo, ScoreReport
from drill.core.state import Mode
from drill.errors import DrillError
from drill.render.road.words import due_text, now_text
from drill.storage.store import Store
from drill.usecases import road as roads
from drill.usecases import road_dates, road_entries
from drill.usecases.road import Road
from drill.usecases.road_plan import countdown, due_dates, now_of, past_days, plan_of, whole_plan
from drill.usecases.score_entry import read_areas
from tests.core.road.samples import assessment, key_date
from tests.factories import import_bank, make_bank
from tests.sittings import sit

WALL = WallTime(1_795_867_200_000, -300)
"""Saturday 28 November 2026, 07:00 in New York."""
TODAY = date(2026, 11, 28)
DAY_MS = 86_400_000


def read(store: Store, days: int = 0) -> Road:
    return roads.read_road(store, WallTime(WALL.utc_ms + days * DAY_MS, WALL.offset_minutes))


def words(store: Store, days: int = 0, *, short: bool = False) -> str:
    wall = WallTime(WALL.utc_ms + days * DAY_MS, WALL.offset_minutes)
    road = roads.read_road(store, wall)
    now = now_of(road, plan_of(store, road, wall))
    assert now is not None
    return now_text(now, road.today, short=short)


def test_the_day_is_the_one_the_tests_think() -> None:
    assert WALL.local.date() == TODAY


REFUSALS: dict[str, tuple[Callable[[Store], object], str]] = {
    "a test day that has passed": (lambda s: road_dates.book_test(s, date(2026, 11, 1), WALL), "has passed"),
    "an attempt still to come": (
        lambda s: road_entries.enter_attempt(s, Attempt(date(2026, 12, 1), Outcome.FAILED), WALL), "still to come",
    ),
    "a date without a source": (
        lambda s: road_dates.own_date("x", "Pass", (TODAY, None), "my school", " ", WALL), "A date needs a source",
    ),
    "a date nobody set": (
        lambda s: road_dates.own_date("x", "Pass", (TODAY, None), "", "handbook", WALL), "A date needs a word on who set it",
    ),
    "a date that is not there": (lambda s: road_dates.confirm_date(s, "rolcc", WALL), "There is no date 'rolcc'. Dates: myeras"),
    "taking a shipped date away": (lambda s: road_dates.remove_date(s, "rolc", WALL), "no date 'rolc' of your own"),
    "levels compared with nothing": (
        lambda s: road_entries.enter_score(
            s, ScoreReport(TODAY, 209, 218, None, (Area(Axis.SYSTEM, "Renal", Level.LOWER, "Lower"),)), WALL
        ),
        "Say what the levels compare with",
    ),
    "an assessment without a total": (
        lambda s: road_entries.enter_assessment(s, assessment(" "), WALL), "An assessment has a total",
    ),
    "an assessment still to come": (
        lambda s: road_entries.enter_assessment(s, assessment(day=date(2026, 12, 24)), WALL), "still to come",
    ),
    "more right than asked": (
        lambda s: road_entries.log_outside(s, OutsideWork("a", TODAY, "UWorld", 40, 41, None, True), WALL),
        "41 of 40 cannot be right",
    ),
    "a range that ends before it begins": (
        lambda s: road_entries.add_busy(s, BusyRange(date(2026, 12, 5), date(2026, 12, 4), "x"), WALL), "is before",
    ),
    "signs that steer a terminal": (
        lambda s: road_entries.log_outside(s, OutsideWork("a", TODAY, "\x1b[31m", 40, None, None, True), WALL),
        "cannot be kept: .* 'source' is no plain text",
    ),
    "a title of two lines": (
        lambda s: road_entries.add_busy(s, BusyRange(TODAY, TODAY, "two\nlines"), WALL), "'title' is no name",
    ),
    "no day left to study": (lambda s: road_entries.set_rest(s, range(7), WALL), "Every day of the week"),
    "deleting what is not there": (lambda s: road_entries.delete(s, "busy", "2026-12-01", WALL), "'drill busy list'"),
    "an unknown weekday": (lambda s: road_entries.weekday_of("Someday"), "Mon, Tue, Wed"),
    "an ambiguous weekday": (lambda s: road_entries.weekday_of("t"), "is no weekday"),
    "an id of other signs": (lambda s: road_dates.check_id("My School"), "small letters"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSALS)
def test_bad_input_is_refused_in_a_sentence_and_nothing_is_kept(store: Store, case: str) -> None:
    act, said = REFUSALS[case]
    with pytest.raises(DrillError, match=said):
        act(store)
    assert store.connection.execute("SELECT count(*) FROM road").fetchone() == (0,)


def test_an_attempt_after_a_pass_is_refused(store: Store) -> None:
    road_entries.enter_attempt(store, Attempt(date(2026, 3, 1), Outcome.PASSED), WALL)
    with pytest.raises(DrillError, match="a pass cannot be taken again"):
        road_entries.enter_attempt(store, Attempt(date(2026, 6, 1), Outcome.FAILED), WALL)
    assert len(read(store).attempts) == 1


def test_ranges_that_share_a_day_are_refused_by_name(store: Store) -> None:
    road_entries.add_busy(store, BusyRange(date(2026, 12, 20), date(2026, 12, 27), "Holidays"), WALL)
    wedding = BusyRange(date(2026, 12, 27), date(2026, 12, 28), "Wedding")
    with pytest.raises(DrillError, match=r"shares days with 'Holidays'.*drill busy delete 2026-12-20"):
        road_entries.add_busy(store, wedding, WALL)
    longer = BusyRange(date(2026, 12, 19), date(2026, 12, 28), "Holidays")
    road_entries.add_busy(store, longer, WALL, replaces="2026-12-20")
    assert read(store).busy == (longer,)


def test_a_season_file_with_mistakes_changes_nothing_and_names_their_places(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "season.yaml"
    path.write_text(
        "drill-dates: 1\nseason: 2028\ndates:\n  - id: rolc\n    at: 2028-02-30\n", encoding="utf-8"
    )
    with pytest.raises(DrillError, match=r"season.yaml:5:9: error: \"2028-02-30\" is no date"):
        road_dates.read_dates(store, path, WALL)
    assert read(store).own_dates == frozenset()


def test_a_season_file_that_is_right_overrides_by_id(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "season.yaml"
    path.write_text(
        "drill-dates: 1\nseason: 2027\ndates:\n  - id: rolc\n    title: Rank lists\n    at: 2027-03-04\n"
        "    set_by: NRMP\n    for: [us, img]\n    source: https://www.nrmp.org\n    verified_on: 2026-11-28\n"
        "    verified_by: official\n",
        encoding="utf-8",
    )
    assert road_dates.read_dates(store, path, WALL) == 1
    found = read(store).calendar.find("rolc")
    assert found is not None
    assert (found.day, countdown(found, TODAY)) == (date(2027, 3, 4), 96)


def test_a_date_has_a_countdown_only_once_it_is_confirmed_and_not_for_ever(store: Store) -> None:
    rolc = read(store).calendar.find("rolc")
    assert rolc is not None
    assert countdown(rolc, TODAY) is None
    stamped = road_dates.confirm_date(store, "rolc", WALL)
    assert stamped.origin.verified_by is VerifiedBy.YOU
    assert countdown(stamped, TODAY) == 95
    assert countdown(stamped, TODAY + timedelta(days=61)) is None


def test_an_own_word_on_a_shipped_date_can_be_taken_back(store: Store) -> None:
    road_dates.confirm_date(store, "rolc", WALL)
    assert road_dates.remove_date(store, "rolc", WALL)
    found = read(store).calendar.find("rolc")
    assert found is not None
    assert found.origin.verified_by is VerifiedBy.SECONDARY


def test_a_new_date_gets_an_id_of_its_own(store: Store) -> None:
    road = read(store)
    assert road_dates.free_id("Pass reported, at last!", road) == "pass-reported-at-last"
    assert road_dates.free_id("Rolc", road) == "rolc-2"
    assert road_dates.free_id("…", road) == "date"


def test_lines_of_areas_are_read_under_the_outlines_names() -> None:
    found = read_areas(
        "# pasted\nsystem: Pulmonary & Critical Care = Lower\n\nTask: Diagnosis = About the same\n"
    )
    assert [(a.axis, a.name, a.level, a.printed) for a in found] == [
        ("system", "Respiratory", "lower", "Lower"), ("task", "Diagnosis", "same", "About the same"),
    ]  # fmt: skip


def test_lines_of_areas_that_cannot_be_read_are_named() -> None:
    with pytest.raises(DrillError, match=r"line 1: write it as .*; line 3: Respiratory stands there twice"):
        read_areas("Renal is low\nsystem: Respiratory = Lower\nsystem: Pulmonary & Critical Care = Lower\n")


# The plan


@pytest.fixture
def studied(store: Store) -> Store:
    """A bank of 100, and a block of 20 on each of six days before today."""
    import_bank(store, make_bank("notes", 100))
    for days in range(6, 0, -1):
        at = WallTime(WALL.utc_ms - days * DAY_MS, WALL.offset_minutes)
        sit(store, f"block-{days}", items=20, mode=Mode.EXAM, at=at, seed=days)
    return store


def test_the_plan_goes_by_the_minutes_that_were_measured(studied: Store) -> None:
    road_dates.book_test(studied, TODAY + timedelta(days=40), WALL)
    road = read(studied)
    plan = whole_plan(studied, road, WALL)
    assert plan is not None
    took = studied.connection.execute("SELECT block_active_ms FROM blocks LIMIT 1").fetchone()[0] / 60_000
    assert plan.minutes.study_days == 6
    shown = took * 20 / 3
    """A block of 20, at the minutes of the 3 questions that were shown before it was ended."""
    assert plan.minutes.a_block.low == pytest.approx(2 * shown), "review is assumed to take as long"
    assert len(due_dates(studied)) == sum(day.retests for day in plan.days) + plan.retests_left


def test_review_that_was_measured_takes_the_place_of_what_was_assumed(studied: Store) -> None:
    for days in range(1, 7):
        road_entries.note_review(studied, f"block-{days}", 300_000, WALL)
        road_entries.note_review(studied, f"block-{days}", 300_000, WALL)
    road_dates.book_test(studied, TODAY + timedelta(days=40), WALL)
    plan = plan_of(studied, read(studied), WALL)
    assert plan is not None
    took = studied.connection.execute("SELECT block_active_ms FROM blocks LIMIT 1").fetchone()[0] / 60_000
    assert plan.minutes.a_block.low == pytest.approx((took + 10) * 20 / 3)
    assert plan.minutes.assumed == ("1.5 minutes a question of a retest",)


def test_days_without_a_block_are_no_study_days(studied: Store) -> None:
    from drill.storage.road import read_block_times

    times = read_block_times(studied.connection)
    assert len(past_days(times, (), TODAY)) == 6
    assert len(past_days(times, (), TODAY - timedelta(days=2))) == 4


def test_no_plan_without_a_test_ahead(studied: Store) -> None:
    assert plan_of(studied, read(studied), WALL) is None
    road_dates.book_test(studied, TODAY, WALL)
    assert plan_of(studied, read(studied), WALL) is None


# What Home leads with


def test_home_leads_with_nothing_before_anything_is_entered(store: Store) -> None:
    assert now_of(read(store), None) is None


def test_home_leads_with_the_block_of_today_the_days_and_the_deadline(store: Store) -> None:
    import_bank(store, make_bank("notes", 100))
    road_dates.book_test(store, TODAY + timedelta(days=34), WALL)
    assert words(store) == (
        "Block 1 of 1 today. 34 days to your test. Rank lists certified: 3 March, not confirmed, "
        "check NRMP, Main Residency Match calendar."
    )
    assert words(store, short=True).endswith("Rank lists certified: 3 March, not confirmed."), "on Home"
    road_dates.confirm_date(store, "rolc", WALL)
    assert words(store).endswith("Rank lists certified: in 95 days, 3 March.")


def test_home_says_which_block_of_today_is_next_and_when_they_are_done(store: Store) -> None:
    import_bank(store, make_bank("notes", 100))
    road_dates.book_test(store, TODAY + timedelta(days=4), WALL)
    assert words(store).startswith("Block 1 of 2 today.")
    _sit_today(store, "one", 1)
    assert words(store).startswith("Block 2 of 2 today.")
    _sit_today(store, "two", 2)
    assert words(store).startswith("Today's 2 blocks are done.")


def test_a_block_ended_after_a_look_at_it_is_not_the_block_of_today(store: Store) -> None:
    import_bank(store, make_bank("notes", 100))
    road_dates.book_test(store, TODAY + timedelta(days=4), WALL)
    _sit_today(store, "one", 1, seen=2)
    assert words(store).startswith("Block 1 of 2 today.")


def test_home_counts_the_retests_of_today_down_and_says_when_they_are_done(store: Store) -> None:
    import_bank(store, make_bank("notes", 100))
    road_dates.book_test(store, TODAY + timedelta(days=40), WALL)
    given = PlanInput(TODAY, TODAY + timedelta(days=40), measured(()), 0, 0, due=(TODAY,) * 200)

    def lead(**done: object) -> str:
        now = now_of(read(store), make_plan(replace(given, **done)))  # type: ignore[arg-type]
        assert now is not None
        return now_text(now, TODAY).partition(".")[0]

    assert lead() == "60 retests today"
    assert lead(retests_today=45, due=(TODAY,) * 155) == "15 retests today"
    assert lead(retests_today=60, due=(TODAY,) * 140) == "Today's retests are done"
    _sit_today(store, "back", 1, seen=7, retest=True)
    plan = plan_of(store, read(store), WALL)
    assert plan is not None
    assert (plan.retests_today, plan.blocks_today) == (7, 0)


def test_a_day_without_a_new_question_asks_for_an_import(store: Store) -> None:
    road_dates.book_test(store, TODAY + timedelta(days=40), WALL)
    assert words(store).startswith("Nothing new is left for today: import more questions.")


def test_a_full_day_says_what_starts_it(store: Store) -> None:
    import_bank(store, make_bank("notes", 330))
    road_dates.book_test(store, TODAY + timedelta(days=12), WALL)
    assert words(store).startswith("A full day today: 16 blocks. Ctrl+P, Exam day, or drill day starts it.")


def _sit_today(store: Store, block: str, seed: int, *, seen: int = 20, retest: bool = False) -> None:
    from drill.storage.candidates import Filter, read_candidates
    from tests.sittings import plan_of as planned

    unused = read_candidates(store.connection, Filter())
    plan = planned(store, block, items=100, mode=Mode.EXAM, seed=seed)
    names = {one.item for one in unused}
    form = tuple(item for item in plan.form if item.item in names)[:20]
    plan = replace(plan, form=form, option_counts=tuple(len(item.order) for item in form), retest=retest,
                   pool="incorrect" if retest else "unused")  # fmt: skip
    from drill.core import commands as c
    from drill.runner import BlockRunner
    from drill.storage import blocks
    from drill.storage.block_log import StoreLog
    from tests.factories import FakeClock

    keys = blocks.read_keys(store.connection, plan.form)
    runner = BlockRunner.start(plan, keys, FakeClock(wall_time=WALL), StoreLog(store))
    for _ in range(seen if seen == 20 else seen - 1):
        runner.dispatch(c.Next())
    runner.dispatch(c.End())


def test_home_says_what_to_do_once_the_test_has_been(store: Store) -> None:
    road_dates.book_test(store, TODAY + timedelta(days=1), WALL)
    assert "Your test is tomorrow." in words(store)
    assert words(store, days=1).startswith("Your test is today.")
    assert words(store, days=3).startswith(
        "Your test was on 29 November: enter the attempt, or book another date."
    )
    later = WallTime(WALL.utc_ms + 3 * DAY_MS, WALL.offset_minutes)
    road_entries.enter_attempt(store, Attempt(date(2026, 11, 29), Outcome.UNKNOWN), later)
    assert words(store, days=3).startswith("Book a test date")


def test_rest_days_and_busy_days_are_told(store: Store) -> None:
    road_dates.book_test(store, TODAY + timedelta(days=34), WALL)
    road_entries.set_rest(store, [5], WALL)
    assert words(store).startswith("A rest day.")
    road_entries.add_busy(store, BusyRange(TODAY, TODAY, "night shift"), WALL)
    assert words(store).startswith("Busy today: night shift.")


def test_own_deadlines_go_before_the_rank_list_and_an_ended_season_is_told(store: Store) -> None:
    road_dates.add_date(store, key_date(date(2026, 12, 18), title="Dean's letter"), WALL)
    assert "Dean's letter: in 20 days, 18 December." in words(store)
    after = words(store, days=140)
    assert "The season 2027 is over: its dates are old." in after


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ((7, 3, 34), "7 retests, 3 blocks, 34 days"),
        ((0, 0, None), "nothing due"),
        ((1, 1, 1), "1 retest, 1 block, 1 day"),
    ],
)
def test_the_line_for_a_prompt_is_short(given: tuple[int, int, int | None], text: str) -> None:
    assert due_text(*given) == text


def test_a_long_sitting_is_the_thing_to_do_on_its_day(store: Store) -> None:
    import_bank(store, make_bank("notes", 40))
    road_dates.book_test(store, TODAY + timedelta(days=21), WALL)
    plan = plan_of(store, read(store), WALL)
    assert plan is not None
    assert plan.today.kind is DayKind.ASSESSMENT
    assert words(store).startswith("A self-assessment today, under its full clock")


def test_a_score_keeps_its_relative(store: Store) -> None:
    report = ScoreReport(
        TODAY, 209, 218, RelativeTo.GROUP, (Area(Axis.SYSTEM, "Renal", Level.LOWER, "Lower"),)
    )
    road_entries.enter_score(store, report, WALL)
    assert read(store).scores == (report,)
