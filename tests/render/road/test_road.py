"""The road as painted: pictures at two sizes, and words that promise nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from drill.core.road.minutes import Range
from drill.core.road.plan import Plan
from drill.core.road.scores import RelativeTo
from drill.render.lines import plain
from drill.render.page import stack
from drill.render.road.form import FormRow, FormView, form_lines
from drill.render.road.html import road_html
from drill.render.road.sections import road_sections
from drill.render.road.words import (
    CAUTION,
    RELATIVE,
    fit_text,
    idle_text,
    minutes_text,
    short_day,
    verdict_text,
)
from drill.usecases.road import Road
from drill.usecases.road_plan import now_of
from tests.core.road.samples import TODAY, origin
from tests.render.road import samples


def text(road: Road, plan: Plan | None, width: int = 80) -> str:
    return plain(stack(road_sections(road, plan, now_of(road, plan), width)).lines)


STATES: dict[str, tuple[Road, Plan | None]] = {
    "whole": (samples.road(), samples.plan()),
    "short": (samples.road(), samples.plan(4000)),
    "empty": (samples.empty(), None),
    "over": (samples.road(today=date(2027, 8, 1), test_day=None), None),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_row_is_broader_than_the_window(state: str, width: int) -> None:
    road, plan = STATES[state]
    rows = stack(road_sections(road, plan, now_of(road, plan), width)).lines
    assert max(row.width for row in rows) <= width


@pytest.mark.parametrize("state", STATES)
def test_nothing_promises_a_place_or_a_pass_or_calls_anything_enough(state: str) -> None:
    road, plan = STATES[state]
    said = f"{text(road, plan)} {road_html(road, plan, samples.RECORD)}".casefold()
    for word in (
        "may rank",
        "enough",
        "on track",
        "behind schedule",
        "streak",
        "backlog",
        "will pass",
        "predicted",
    ):
        assert word not in said, word


def test_the_two_latest_days_stand_side_by_side_with_their_names() -> None:
    said = text(samples.road(), samples.plan())
    assert "usual (28 days)" in said
    assert "safe (56 days)" in said
    row = next(row for row in said.splitlines() if "Rank lists certified" in row and "3 Feb" in row)
    days = ("Wed 3 Mar 2027", "Wed 3 Feb 2027", "Wed 6 Jan 2027")
    assert " ".join(row.split()) == f"Rank lists certified {' '.join(days)}"


def test_a_date_to_be_checked_has_no_countdown_and_a_confirmed_one_has() -> None:
    road = samples.road()
    said = " ".join(text(road, None).split())
    assert (
        "21:00 UTC-05:00; not confirmed, check NRMP, Main Residency Match calendar; read today your test"
        in said
    )
    assert "confirmed by you 28 Nov 2026; in 154 days" in said
    old = samples.road(today=TODAY + timedelta(days=61))
    assert "looked up 28 Nov 2026, check Handbook" in " ".join(text(old, None).split())


def test_the_age_of_a_date_is_told_in_words() -> None:
    for days, words in ((0, "; read today"), (1, "; read 1 day ago"), (40, "; read 40 days ago")):
        road = samples.road(today=TODAY + timedelta(days=days))
        assert words in " ".join(text(road, None).split()), days


def test_what_is_not_entered_names_the_key_and_the_command() -> None:
    said = " ".join(text(samples.empty(), None).split())
    for command in ("drill dates --test DAY", "drill score add", "drill assessment add"):
        assert command in said


def test_an_ended_season_is_said_to_be_over() -> None:
    assert "The season 2027 is over: its dates are old." in text(*STATES["over"])


def test_levels_stand_as_printed_with_what_they_compare_with() -> None:
    said = " ".join(text(samples.road(), None).split())
    assert "Levels as printed, compared with your own result over all areas:" in said
    assert "system, Lower: Cardiovascular; Respiratory" in said
    assert "Lower means lower than your own other areas, not below passing." in said
    assert "9 below: 1.5 standard errors." in said


@pytest.mark.parametrize("relative", RelativeTo)
def test_every_comparison_has_its_words(relative: RelativeTo) -> None:
    road = samples.road(scores=(replace(samples.SCORE, relative_to=relative),))
    said = " ".join(text(road, None).split())
    assert RELATIVE[relative] in said
    assert CAUTION[relative] in said


def test_assessments_are_judged_within_their_family_alone() -> None:
    said = text(samples.road(), None)
    assert "1 Nov 2026 and 20 Nov 2026 apart by 9: within noise; 22 would not be." in said
    assert said.count("apart by") == 1
    assert "a total from 202 to 234 is not clear of it" in " ".join(said.split())


def test_a_plan_that_does_not_fit_says_what_gives() -> None:
    plan = samples.plan(4000)
    assert plan.gives is not None
    said = fit_text(plan)
    assert said.startswith(f"It does not fit: {plan.short_by} blocks too many. What gives: ")
    assert f"{plan.gives.questions:,} questions stay unused" in said
    one = replace(plan, gives=replace(plan.gives, minutes_a_day=1, days=1))
    assert fit_text(one).endswith("or 1 more minute on each study day; or 1 more study day.")


def test_a_plan_that_runs_out_of_questions_says_when_and_how_many_to_import() -> None:
    plan = samples.plan(300)
    assert plan.idle is not None
    assert plan.idle.after is not None
    said = " ".join(text(samples.road(), plan).split())
    assert "It fits: 15 blocks of unused questions until the day before the test." in said
    assert (
        f"After 15 December no new question is left, and {plan.idle.days} study days have time for more: "
        f"import up to {plan.idle.questions:,} questions (Ctrl+O on Home, or drill import)."
    ) in said
    assert idle_text(samples.plan(4000), samples.TODAY) == "", "every day has a block"
    assert idle_text(samples.plan(0), samples.TODAY) == "", "the first sentence says it"
    assert "16 blocks of unused questions and a full day until" in fit_text(samples.plan(620))


@pytest.mark.parametrize(
    ("test_day", "means"),
    [
        (date(2027, 1, 6), "on or before both days, with time for a late score"),
        (date(2027, 1, 7), "after the safe day; most scores are out in time, a late one is not"),
        (date(2027, 2, 3), "after the safe day; most scores are out in time, a late one is not"),
        (date(2027, 2, 4), "after both days; the score may come too late"),
    ],
)
def test_a_booked_day_is_told_with_what_it_means_for_the_deadline(test_day: date, means: str) -> None:
    said = " ".join(text(samples.road(test_day=test_day), None).split())
    mine = said.partition("Rank lists certified")[2].partition("SOAP")[0]
    assert f"your test on {short_day(test_day)}: {means}" in mine


def test_on_the_day_of_the_test_nobody_is_asked_for_a_test_date() -> None:
    said = " ".join(text(samples.road(today=samples.TEST_DAY), None).split())
    assert "Your test is today." in said
    assert "Plan the test is today. Free days the test is today." in said
    assert "no test date" not in said
    assert "0 free days" not in said


def test_blocks_of_seconds_leave_no_gap_where_their_minutes_stand() -> None:
    short = Range(0.1, 0.4)
    said = minutes_text(replace(samples.plan().minutes, a_day=short, a_block=short))
    assert "Your study days: under 1 min, a block with its review under 1 min (the middle half of" in said


def test_a_verdict_out_of_reach_says_by_how_many_blocks() -> None:
    plan = samples.plan(60)
    assert "7 blocks short." in verdict_text(plan.verdict, TODAY)


@pytest.mark.parametrize("height", [16, 24, 40])
@pytest.mark.parametrize("cursor", [0, 14, 39])
def test_a_form_keeps_its_cursor_in_view(height: int, cursor: int) -> None:
    rows = [FormRow(f"Field {number}", "", 0) for number in range(40)]
    painted = form_lines(FormView("Form", rows, cursor, "A hint."), 80, height)
    assert len(painted) <= height - 1
    assert any(f"› Field {cursor}" in row.text for row in painted)
    assert painted[-1].text.strip() == "A hint."


def test_the_page_holds_what_a_school_asks_for() -> None:
    page = road_html(samples.road(), samples.plan(), samples.RECORD)
    for part in ("Attempts", "Last two assessments", "Schedule asked for", "Plan by week", "Record"):
        assert f"<h2>{part}</h2>" in page
    for figure in ("62 to 81 s", "57 to 71%", "not shown: too few questions", "common advice asks for 30"):
        assert figure in page
    assert "<script" not in page


def test_names_that_hold_markup_are_shown_as_text() -> None:
    evil = "<script>alert(1)</script>"
    road = samples.road(
        busy=(replace(samples.BUSY[0], title=evil),),
        outside=(replace(samples.road().outside[0], source=evil),),
    )
    page = road_html(road, samples.plan(), samples.RECORD)
    assert "<script" not in page
    assert "[red]" in text(samples.road(busy=(replace(samples.BUSY[0], title="[red]"),)), samples.plan())


def test_confirmed_by_the_official_page_is_told() -> None:
    road = samples.road()
    mine = replace(road.calendar.dates[-1], origin=origin(verified_by="official"))
    shown = replace(road, calendar=replace(road.calendar, dates=(mine,)))
    assert "confirmed on the official page 28 Nov 2026" in " ".join(text(shown, None).split())
