"""The plan from today to the test, from the learner's own log; and the one thing to do now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from drill.core.block_filters import is_replay
from drill.core.clock import WallTime, study_day
from drill.core.frozen import dataclass
from drill.core.next_block import NextBlock
from drill.core.road.calendar import KeyDate
from drill.core.road.minutes import DayMinutes, measured
from drill.core.road.plan import BLOCK_ITEMS, Plan, PlanInput, make_plan
from drill.storage.candidates import Filter, count_candidates
from drill.storage.road import BlockTime, read_block_times, read_due
from drill.storage.road_entries import ReviewTime
from drill.storage.store import Store
from drill.usecases.road import Road

_HOME_DEADLINE = "rolc"
"""The shipped deadline that leads Home: a rank list is what a score is asked for."""


def study_today(wall: WallTime) -> date:
    """The study day (04:00 cut) it is now."""
    return date.fromisoformat(wall.study_day)


def past_days(times: Iterable[BlockTime], reviews: Iterable[ReviewTime], today: date) -> list[DayMinutes]:
    """What each study day before today held."""
    reviewed = {review.block: review.active_ms for review in reviews}
    by_day: dict[str, list[BlockTime]] = {}
    for one in times:
        if one.study_day < today.isoformat():
            by_day.setdefault(one.study_day, []).append(one)
    return [_day(blocks, reviewed) for _, blocks in sorted(by_day.items())]


def _day(blocks: Sequence[BlockTime], reviewed: dict[str, int]) -> DayMinutes:
    new = [one for one in blocks if not one.retest]
    back = [one for one in blocks if one.retest]
    spent = [reviewed[one.block] for one in blocks if one.block in reviewed]
    return DayMinutes(
        sum(one.seen for one in new) / BLOCK_ITEMS,
        sum(one.active_ms for one in new) / 60_000,
        sum(one.seen for one in back),
        sum(one.active_ms for one in back) / 60_000,
        sum(spent) / 60_000 if spent else None,
    )


def due_dates(store: Store) -> list[str]:
    """When each question comes back (ISO 8601 UTC), with what blocks ended since the cards were last kept."""
    from drill.usecases.retests import pending

    update = pending(store)
    if update is None:
        return read_due(store.connection)
    return read_due(store.connection, update.cards, anew=update.anew)


def plan_of(
    store: Store, road: Road, wall: WallTime, *, verdict_blocks: int = 0, due: Sequence[str] | None = None
) -> Plan | None:
    """The plan; None when no test is ahead.

    `verdict_blocks`: those that the next-step trend has. `due`: `due_dates`; None = as the cards are kept.
    """
    today = study_today(wall)
    if road.test_day is None or road.test_day <= today:
        return None
    connection = store.connection
    times = read_block_times(connection)
    sat_today = [one for one in times if one.study_day == today.isoformat() and not is_replay(one.filters)]
    new_today = sum(one.seen for one in sat_today if one.pool == "unused")
    return make_plan(
        PlanInput(
            today=today,
            test_day=road.test_day,
            minutes=measured(past_days(times, road.reviews, today)),
            unused=count_candidates(connection, Filter()),
            unused_next_step=count_candidates(connection, Filter(next_best_step=True)),
            due=tuple(_study_day(due_at, wall) for due_at in (read_due(connection) if due is None else due)),
            busy=road.busy,
            rest=road.rest,
            assessed=tuple(one.day for one in road.assessments),
            blocks_today=round(new_today / BLOCK_ITEMS),
            retests_today=sum(one.seen for one in sat_today if one.retest),
            verdict_blocks=verdict_blocks,
        )
    )


def _study_day(instant: str, wall: WallTime) -> date:
    return date.fromisoformat(study_day(instant, wall.offset_minutes))


def verdict_blocks(store: Store) -> int:
    """Eligible blocks that the next-best-step trend has so far."""
    from drill.analytics.next_step_report import next_step_report
    from drill.usecases import looking_back

    return next_step_report(looking_back.history(store)).nbs_trend.blocks


def whole_plan(store: Store, road: Road, wall: WallTime) -> Plan | None:
    """The plan with everything read anew: the whole history for the verdict, and what is due."""
    return plan_of(store, road, wall, verdict_blocks=verdict_blocks(store), due=due_dates(store))


@dataclass(frozen=True, slots=True)
class Now:
    """What Home leads with."""

    plan: Plan | None
    test_day: date | None
    days_to_test: int | None
    """None without a test ahead."""
    unentered_test: date | None
    """A booked test that has passed with no attempt entered."""
    deadline: KeyDate | None
    """The deadline ahead that matters most: one's own, or the rank list."""
    season_over: int | None
    """The season of the shipped calendar when it is over."""
    coming: NextBlock | None = None
    """The block that Home suggests; None where it is not known."""


def now_of(road: Road, plan: Plan | None) -> Now | None:
    """What to do now; None while the learner has entered nothing."""
    if not road.is_used:
        return None
    deadline = next_deadline(road)
    missed = road.test_day is not None and road.test_day < road.today
    entered = any(road.test_day is not None and attempt.day >= road.test_day for attempt in road.attempts)
    over = road.calendar.is_over(road.today)
    return Now(
        plan,
        road.test_day,
        road.days_to_test,
        road.test_day if missed and not entered else None,
        deadline,
        road.calendar.season if over and deadline is None else None,
    )


def next_deadline(road: Road) -> KeyDate | None:
    """The first of the learner's own deadlines ahead and the rank list's."""
    mine = [
        found
        for found in road.calendar.deadlines
        if found.day >= road.today and (found.id in road.own_dates or found.id == _HOME_DEADLINE)
    ]
    return mine[0] if mine else None


def countdown(found: KeyDate, today: date) -> int | None:
    """Days until a date; None when it has passed, or has to be checked first."""
    days = (found.day - today).days
    return None if days < 0 or found.origin.to_check(today) else days
