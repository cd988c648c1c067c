"""The plan: made anew each day, possible or said not to be."""

from __future__ import annotations

from datetime import date, timedelta
from math import asin, sqrt
from random import Random
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.trend import Epoch, Kind, accuracy_day, change
from drill.core.road.days import BusyRange
from drill.core.road.minutes import NEEDED_DAYS, DayMinutes, Minutes, Range, Watch, measured, quartiles
from drill.core.road.plan import BLOCK_ITEMS, DETECTABLE, DayKind, Fit, Plan, PlanInput, make_plan
from tests.core.road.samples import MINUTES, TODAY, plan_input


def kinds(plan: Plan) -> dict[str, list[int]]:
    """Days to the test of each kind of day."""
    test = plan.days[-1].day
    return {kind: [(test - day.day).days for day in plan.days if day.kind is kind] for kind in DayKind}


def test_blocks_are_spread_evenly_over_the_days_and_all_are_placed() -> None:
    plan = make_plan(plan_input(unused=620))
    blocks = [day.blocks for day in plan.days if day.kind is DayKind.STUDY]
    assert plan.needed == 31 - 15, "the full day asks 316 questions, 15 blocks of 20"
    assert sum(blocks) == plan.needed
    assert max(blocks) - min(blocks) <= 1
    assert (plan.fit, plan.short_by, plan.gives) == (Fit.FITS, 0, None)


def test_long_sittings_stand_at_sensible_distances_and_the_eve_is_light() -> None:
    found = kinds(make_plan(plan_input(unused=620)))
    assert found["assessment"] == [35, 21, 7]
    assert found["full day"] == [12]
    assert found["eve"] == [1]
    assert found["test"] == [0]


def test_a_full_day_is_planned_only_where_its_questions_are_left() -> None:
    assert kinds(make_plan(plan_input(unused=315)))["full day"] == []


def test_no_assessment_follows_close_upon_one_taken() -> None:
    test = date(2027, 1, 7)
    found = kinds(make_plan(plan_input(unused=100, assessed=(test - timedelta(days=33),))))
    assert found["assessment"] == [21, 7]


def test_rest_days_and_busy_days_hold_nothing() -> None:
    busy = (BusyRange(date(2026, 12, 20), date(2026, 12, 27), "ward"),)
    plan = make_plan(plan_input(busy=busy, rest=(6,)))
    for day in plan.days:
        if day.kind in (DayKind.REST, DayKind.BUSY):
            assert (day.blocks, day.retests) == (0, 0)
    assert {day.day.weekday() for day in plan.days if day.kind is DayKind.REST} == {6}
    assert [day.title for day in plan.days if day.kind is DayKind.BUSY] == ["ward"] * 8


def test_a_plan_that_does_not_fit_says_by_how_many_blocks_and_what_gives() -> None:
    plan = make_plan(plan_input(test_day=TODAY + timedelta(days=6), unused=800, unused_next_step=320))
    # Five study days, of which the eve has retests only and none an assessment within reach: 4 or 5 x 3 blocks.
    assert plan.fit is Fit.SHORT
    placed = sum(day.blocks for day in plan.days)
    assert plan.short_by == plan.needed - placed > 0
    assert plan.gives is not None
    assert plan.gives.questions == plan.short_by * BLOCK_ITEMS
    assert plan.gives.days == -(-plan.short_by // 3)


def test_blocks_that_ended_today_are_part_of_todays_number() -> None:
    before = make_plan(plan_input(unused=400))
    after = make_plan(plan_input(unused=380, blocks_today=1))
    assert before.today.blocks == after.today.blocks
    assert (after.blocks_today, after.needed) == (1, before.needed)


def test_retests_stand_on_the_first_study_day_from_their_due_day_and_are_capped_at_the_test() -> None:
    due = (TODAY - timedelta(days=3), TODAY + timedelta(days=1), date(2027, 2, 20))
    plan = make_plan(plan_input(due=due))
    asked = {(day.day - TODAY).days: day.retests for day in plan.days if day.retests}
    assert asked == {0: 1, 1: 1, 39: 1}
    assert plan.retests_left == 0


def test_many_retests_never_fill_more_than_half_a_day() -> None:
    plan = make_plan(plan_input(due=(TODAY,) * 200))
    assert [day.retests for day in plan.days[:4]] == [60, 60, 60, 20]


def test_retests_asked_today_are_taken_off_todays_share() -> None:
    """Else a plan made anew would ask for as many again, however many were done."""
    due = (TODAY,) * 200
    half = make_plan(plan_input(due=due[40:], retests_today=40))
    assert [day.retests for day in half.days[:4]] == [20, 60, 60, 20]
    done = make_plan(plan_input(due=due[60:], retests_today=60))
    assert (done.today.retests, done.retests_today) == (0, 60)
    assert done.today.blocks <= 1, "half of the day is spent"


def test_study_days_without_unused_questions_are_told_with_what_would_fill_them() -> None:
    plan = make_plan(plan_input(unused=300))
    with_new = [day for day in plan.days if day.blocks]
    empty = [day for day in plan.days if day.kind is DayKind.STUDY and not day.blocks]
    assert plan.idle is not None
    assert plan.idle.after == with_new[-1].day == empty[0].day - timedelta(days=1)
    assert (plan.idle.days, plan.idle.questions) == (len(empty), len(empty) * 2 * BLOCK_ITEMS)
    assert make_plan(plan_input(unused=2000)).idle is None


def test_days_full_of_retests_want_no_new_questions() -> None:
    plan = make_plan(plan_input(test_day=TODAY + timedelta(days=3), unused=20, due=(TODAY,) * 400,
                                minutes=Minutes(Range(60, 60), Range(60, 60), Range(1.5, 1.5), 12, ())))  # fmt: skip
    assert plan.idle is None


def test_a_test_that_is_not_ahead_has_no_plan() -> None:
    with pytest.raises(ValueError, match="not ahead"):
        make_plan(plan_input(test_day=TODAY))


def test_a_verdict_is_reached_on_the_day_of_its_tenth_block() -> None:
    plan = make_plan(plan_input(verdict_blocks=4, unused=300, unused_next_step=160))
    total = 4
    for day in plan.days:
        total += day.blocks
        if total >= 10:
            break
    assert plan.verdict.day == day.day
    assert (plan.verdict.needed, plan.verdict.short_by) == (6, 0)


@pytest.mark.parametrize(("next_step", "points"), [(600, 12), (240, 18), (239, 22), (150, 22), (149, None)])
def test_the_smallest_change_that_can_be_seen_goes_by_the_next_steps_in_a_block(
    next_step: int, points: int | None
) -> None:
    plan = make_plan(plan_input(verdict_blocks=100, unused=600, unused_next_step=next_step))
    assert plan.verdict.detectable_points == points


@pytest.mark.parametrize("a_block", DETECTABLE)
def test_the_smallest_changes_are_half_widths_of_the_trend_rule(a_block: int) -> None:
    for blocks, points in DETECTABLE[a_block]:
        epoch = Epoch()
        for day in range(1, blocks + 1):
            _, v = accuracy_day(0, a_block)
            epoch.add(day, asin(sqrt((0.65 * a_block + 0.375) / (a_block + 0.75))), v)
        found = change(epoch, Kind.ACCURACY)
        assert found is not None
        assert found.half_width == pytest.approx(points, abs=0.6)


def test_a_verdict_that_cannot_be_reached_says_how_many_blocks_are_short() -> None:
    plan = make_plan(plan_input(unused=140, unused_next_step=60))
    assert (plan.verdict.needed, plan.verdict.possible, plan.verdict.short_by) == (10, 7, 3)
    assert (plan.verdict.day, plan.verdict.detectable_points) == (None, None)
    few = make_plan(plan_input(unused=400, unused_next_step=15))
    assert (few.verdict.possible, few.verdict.short_by) == (3, 7)


@given(
    st.integers(1, 90), st.integers(0, 2000), st.lists(st.integers(-5, 100), max_size=60),
    st.sets(st.integers(0, 6), max_size=6), st.integers(0, 5),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 9)), max_size=4),
)  # fmt: skip
def test_every_plan_adds_up(
    length: int, unused: int, due: list[int], rest: set[int], done: int, busy: list[tuple[int, int]]
) -> None:
    plan = make_plan(
        plan_input(
            test_day=TODAY + timedelta(days=length),
            unused=unused,
            unused_next_step=unused // 3,
            due=tuple(TODAY + timedelta(days=offset) for offset in due),
            rest=tuple(rest),
            blocks_today=done,
            retests_today=10 * done,
            busy=tuple(
                BusyRange(TODAY + timedelta(days=start), TODAY + timedelta(days=start + days), "ward")
                for start, days in busy
            ),
        )
    )
    assert [day.day for day in plan.days] == [TODAY + timedelta(days=i) for i in range(length + 1)]
    assert sum(day.blocks for day in plan.days) + plan.short_by == max(plan.needed, done)
    assert sum(day.retests for day in plan.days) + plan.retests_left == len(due)
    assert (plan.fit is Fit.SHORT) == (plan.short_by > 0) == (plan.gives is not None)
    assert plan.idle is None or (plan.fit is Fit.FITS and plan.idle.questions >= BLOCK_ITEMS * plan.idle.days)
    for day in plan.days[1:]:
        idle = day.kind not in (DayKind.STUDY, DayKind.EVE)
        assert not (idle and (day.blocks or day.retests))
        assert day.minutes.low <= day.minutes.high
        assert day.blocks * 60 + day.retests * 1.5 <= MINUTES.a_day.high + 15


def test_a_learner_who_misses_a_third_of_forty_days_keeps_a_plan_that_is_possible_or_says_it_is_not() -> None:
    """No day is ever planned fuller than the learner's own long days, however many were missed."""
    for seed in range(30):
        random = Random(seed)
        test = TODAY + timedelta(days=40)
        unused, short_days = 60 * BLOCK_ITEMS, 0
        missed = set(random.sample(range(40), 13))
        due: list[date] = []
        for number in range(40):
            today = TODAY + timedelta(days=number)
            given = plan_input(
                today=today,
                test_day=test,
                unused=unused,
                unused_next_step=unused // 3,
                due=tuple(due),
                rest=(6,),
            )
            plan = make_plan(given)
            assert plan.days[0].day == today
            for day in plan.days:
                assert day.blocks * 60 + day.retests * 1.5 <= MINUTES.a_day.high + 15
            room = sum(day.blocks for day in plan.days)
            if plan.short_by:
                short_days += 1
                assert plan.gives is not None
                assert room + plan.short_by == plan.needed
            else:
                assert room == plan.needed
            if number in missed:
                continue
            unused = max(unused - plan.today.blocks * BLOCK_ITEMS, 0)
            due = [day for day in due if day > today][plan.today.retests :]
            due += [today + timedelta(days=random.randint(1, 12)) for _ in range(4 * plan.today.blocks)]
        assert short_days or unused == 0 or unused <= 15 * BLOCK_ITEMS


NUMBERS = st.lists(st.floats(0, 500), min_size=2, max_size=40)


@given(NUMBERS)
def test_quartiles_are_those_of_the_standard_library(values: list[float]) -> None:
    low, _, high = quantiles(values, n=4, method="inclusive")
    found = quartiles(values)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


def day(
    blocks: float = 2, block: float = 60, retests: int = 0, retest: float = 0, review: float | None = None
) -> DayMinutes:
    return DayMinutes(blocks, block, retests, retest, review)


def test_under_five_study_days_the_minutes_are_assumed_and_it_is_said_what() -> None:
    found = measured([day()] * (NEEDED_DAYS - 1))
    assert found.assumed == (
        "120 to 180 minutes a study day",
        "30 minutes a block and as many for its review",
        "1.5 minutes a question of a retest",
    )
    assert found.a_day == Range(120, 180)


def test_from_five_study_days_on_the_minutes_are_the_learners_own() -> None:
    days = [day(2, minutes, 10, 20, minutes / 2) for minutes in (40.0, 50.0, 60.0, 70.0, 80.0)]
    found = measured(days)
    assert found == Minutes(Range(95, 125), Range(25 + 12.5, 35 + 17.5), Range(2, 2), 5, ())


def test_a_review_that_was_never_measured_is_assumed_and_lengthens_the_day() -> None:
    found = measured([day(2, 60)] * 5)
    assert (found.a_block, found.a_day) == (Range(60, 60), Range(120, 120))
    assert found.assumed == (
        "as long for the review of a block as for the block",
        "1.5 minutes a question of a retest",
    )


def test_time_is_counted_between_signs_of_the_learner_and_not_while_they_are_away() -> None:
    watch = Watch()
    for minute in (0, 1, 4, 9, 60, 61):
        watch.seen(minute * 60_000.0)
    assert watch.active_ms == 10 * 60_000, "the gap from minute 9 to 60 is none"


def test_an_input_is_never_changed_by_making_a_plan() -> None:
    given = plan_input()
    assert make_plan(given) == make_plan(given)
    assert given == PlanInput(**{name: getattr(given, name) for name in PlanInput.__slots__})
