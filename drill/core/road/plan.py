"""The plan until the test, made anew from today every time.

There is no backlog: what was not done yesterday is spread over the days that are left, and when it no longer
fits the plan says by how many blocks and what gives. The rules, in this order:

1. Days with something else, and rest days, are left free. The day before the test has retests only.
2. A self-assessment stands on the last study day at or before 7, 21 and 35 days to the test, a full day on
   that at or before 12; none within 6 days of an assessment taken or planned.
3. A retest is asked on the first study day from its due day on, on the last study day at the latest; retests
   take at most half of a day, with those asked today already, and move on to the next where there are more.
4. Unused questions are spread evenly over the other study days, as far as the learner's own minutes
   reach; what is over goes to the first days, so that a missed one costs least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from drill.core.frozen import dataclass
from drill.core.road.days import BusyRange, FreeDays, free_days
from drill.core.road.exam_day import BLOCKS as FULL_DAY_BLOCKS
from drill.core.road.exam_day import ITEMS as FULL_DAY_ITEMS
from drill.core.road.minutes import Minutes, Range

BLOCK_ITEMS = 20
ASSESSMENT_AT = (7, 21, 35)
"""Days before the test."""
FULL_DAY_AT = 12
FEWEST_APART = 6
"""Days that lie between two long sittings at the least."""
STUDY_DAYS_FOR_LONG = 5
"""With fewer study days left no assessment is planned."""
VERDICT_BLOCKS = 10
"""Eligible blocks before the trend of next-best-step accuracy may say a word (docs/metrics.md)."""
NEXT_STEP_A_BLOCK = 5
"""Next-best-step questions that a block of 20 holds at the least, as the outline has it."""
OVERHANG = 0.25
"""A block is planned though this much of it reaches beyond the day: days are ranges, blocks are whole."""
DETECTABLE = {
    20: ((100, 12), (40, 17), (20, 21), (10, 29)),
    8: ((100, 18), (40, 24), (20, 31), (10, 51)),
    5: ((100, 22), (40, 29), (20, 38), (10, 71)),
}
"""By next-best-step questions a block: (blocks, the smallest change in points that can be seen after them).
Half-width of "The trend rule" in docs/metrics.md, a block a day, at 65 %."""


NO_TIME = Range(0, 0)


class DayKind(StrEnum):
    """What a day is for."""

    STUDY = "study"
    REST = "rest"
    BUSY = "busy"
    ASSESSMENT = "assessment"
    FULL_DAY = "full day"
    EVE = "eve"
    """The day before the test."""
    TEST = "test"


class Fit(StrEnum):
    """Whether the unused questions fit before the test."""

    FITS = "fits"
    LONG_DAYS = "long days"
    """Only on days as long as the learner's longer ones."""
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class PlanInput:
    """What a plan is made from."""

    today: date
    test_day: date
    minutes: Minutes
    unused: int
    """Questions never shown, now."""
    unused_next_step: int
    """Those of them that ask for the next best step."""
    due: tuple[date, ...] = ()
    """The day on which each question comes back, past ones too."""
    busy: tuple[BusyRange, ...] = ()
    rest: tuple[int, ...] = ()
    """Weekdays, Monday 0."""
    assessed: tuple[date, ...] = ()
    """Days on which assessments were taken."""
    blocks_today: int = 0
    """Blocks of unused questions that ended today."""
    retests_today: int = 0
    """Questions that were asked in retests today."""
    verdict_blocks: int = 0
    """Eligible blocks that the next-best-step trend has so far."""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One day of the plan."""

    day: date
    kind: DayKind
    blocks: int = 0
    """Blocks of 20 unused questions; today those that ended already too."""
    retests: int = 0
    """Questions that come back; today those that still wait."""
    minutes: Range = NO_TIME
    title: str = ""
    """What a busy day is busy with."""


@dataclass(frozen=True, slots=True)
class VerdictReach:
    """Whether the next-best-step trend can come to a verdict before the test."""

    needed: int
    """Blocks that are still wanted."""
    possible: int
    """Blocks with next-best-step questions that the plan holds."""
    day: date | None
    """When they are reached; None: not before the test, or already."""
    detectable_points: int | None
    """The smallest change that all blocks by the test can show, with as many next-best-step questions a block
    as are unused; None under 10 blocks or 5 such questions a block."""

    @property
    def short_by(self) -> int:
        """Blocks that are missing, 0 when it can be reached."""
        return max(self.needed - self.possible, 0)


@dataclass(frozen=True, slots=True)
class Gives:
    """What would make it fit; each alone."""

    questions: int
    """Unused questions that stay unused otherwise."""
    minutes_a_day: int
    """More minutes on each study day."""
    days: int
    """More study days."""


@dataclass(frozen=True, slots=True)
class Idle:
    """Study days with time for a block and no unused question left for one."""

    days: int
    questions: int
    """As many as they have time for, on days as short as the learner's shorter ones."""
    after: date | None
    """The last day with a block; None: there is no such day."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The days from today to the test."""

    days: tuple[PlanDay, ...]
    free: FreeDays
    minutes: Minutes
    needed: int
    """Blocks that ask every unused question, today's included."""
    fit: Fit
    short_by: int
    """Blocks that do not fit."""
    retests_left: int
    """Questions due that no study day has room for."""
    gives: Gives | None
    """None where it fits."""
    verdict: VerdictReach
    blocks_today: int
    retests_today: int
    idle: Idle | None
    """None where every such day has a block, or where it fits on long days alone."""

    @property
    def today(self) -> PlanDay:
        """The first day."""
        return self.days[0]


def make_plan(given: PlanInput) -> Plan:
    """The plan from `given.today` to the test. Raises ValueError when the test is not ahead."""
    if given.test_day <= given.today:
        raise ValueError("the test is not ahead")
    free = free_days(given.today, given.test_day, given.busy, given.rest)
    days = _kinds(given, free)
    days, retests_left = _with_retests(given, days)
    needed = -(-given.unused // BLOCK_ITEMS) + given.blocks_today
    full = sum(day.kind is DayKind.FULL_DAY for day in days)
    needed = max(needed - full * (FULL_DAY_ITEMS // BLOCK_ITEMS), given.blocks_today)
    low, high = (_room(given, days, long=long) for long in (False, True))
    dealt = _spread(needed, high)
    if dealt[0] < given.blocks_today:  # more was done today than its even share: the others have less
        dealt = [given.blocks_today, *_spread(needed - given.blocks_today, high[1:])]
    short_by = needed - sum(dealt)
    fit = Fit.SHORT if short_by else Fit.LONG_DAYS if needed > sum(low) else Fit.FITS
    planned = [replace(day, blocks=blocks) for day, blocks in zip(days, dealt, strict=True)]
    timed = tuple(replace(day, minutes=_minutes(given.minutes, day)) for day in planned)
    gives = _gives(given, days, high, short_by) if short_by else None
    verdict = _verdict(given, timed)
    idle = _idle(timed, low) if fit is Fit.FITS else None
    return Plan(
        (*timed, PlanDay(given.test_day, DayKind.TEST)), free, given.minutes, needed, fit, short_by,
        retests_left, gives, verdict, given.blocks_today, given.retests_today, idle,
    )  # fmt: skip


def _kinds(given: PlanInput, free: FreeDays) -> list[PlanDay]:
    """Rules 1 and 2."""
    study = set(free.study)
    eve = given.test_day - timedelta(days=1)
    kinds: dict[date, DayKind] = {}
    if eve in study and len(study) > 1:
        kinds[eve] = DayKind.EVE
    if len(study) >= STUDY_DAYS_FOR_LONG:
        sittings = [given.test_day, *given.assessed]
        wanted = [(days, DayKind.ASSESSMENT) for days in ASSESSMENT_AT]
        if given.unused >= FULL_DAY_ITEMS:
            wanted.append((FULL_DAY_AT, DayKind.FULL_DAY))
        for days, kind in sorted(wanted):
            target = given.test_day - timedelta(days=days)
            day = max((d for d in free.study if d <= target and d not in kinds), default=None)
            if day is None or (target - day).days > FEWEST_APART:
                continue
            if all(abs((day - other).days) >= _apart(kind, other, given) for other in sittings):
                kinds[day] = kind
                sittings.append(day)
    busy = {day: next((b.title for b in given.busy if b.holds(day)), None) for day in free.days}
    found = []
    for day in free.days:
        title = busy[day]
        if title is not None:
            found.append(PlanDay(day, DayKind.BUSY, title=title))
        elif day not in study:
            found.append(PlanDay(day, DayKind.REST))
        else:
            found.append(PlanDay(day, kinds.get(day, DayKind.STUDY)))
    return found


def _apart(kind: DayKind, other: date, given: PlanInput) -> int:
    """Days between two long sittings; a full day may be nearer to an assessment than two assessments."""
    if other == given.test_day:
        return 1
    return 4 if kind is DayKind.FULL_DAY else FEWEST_APART


_ASKS_BACK = (DayKind.STUDY, DayKind.EVE)


def _with_retests(given: PlanInput, days: list[PlanDay]) -> tuple[list[PlanDay], int]:
    """Rule 3."""
    slots = [index for index, day in enumerate(days) if day.kind in _ASKS_BACK]
    waiting = 0
    due = sorted(given.due)
    a_retest = _middle(given.minutes.a_retest)
    a_day = int(given.minutes.a_day.high / 2 / a_retest)
    taken = 0
    found = list(days)
    for place, index in enumerate(slots):
        is_last = place == len(slots) - 1
        until = date.max if is_last else days[index].day
        while taken < len(due) and due[taken] <= until:
            taken += 1
            waiting += 1
        asked = min(waiting, a_day if index else max(a_day - given.retests_today, 0))
        waiting -= asked
        found[index] = replace(found[index], retests=asked)
    return found, waiting if slots else len(due)


def _middle(span: Range) -> float:
    return (span.low + span.high) / 2


def _room(given: PlanInput, days: Sequence[PlanDay], *, long: bool) -> list[int]:
    """Blocks that each day has room for: on days as short, or as long, as the learner's."""
    minutes = given.minutes
    a_day = minutes.a_day.high if long else minutes.a_day.low
    a_block, a_retest = _middle(minutes.a_block), _middle(minutes.a_retest)
    asked = [day.retests for day in days]
    if asked:
        asked[0] += given.retests_today
    room = [
        int(max(a_day - retests * a_retest, 0) / a_block + OVERHANG) if day.kind is DayKind.STUDY else 0
        for day, retests in zip(days, asked, strict=True)
    ]
    if room:
        room[0] = max(room[0], given.blocks_today)
    return room


def _spread(blocks: int, room: Sequence[int]) -> list[int]:
    """Rule 4: evenly over the days with room, what one cannot take going to the others."""
    dealt = [0] * len(room)
    left = blocks
    while left:
        open_days = [i for i, most in enumerate(room) if dealt[i] < most]
        if not open_days:
            break
        each, more = divmod(left, len(open_days))
        for place, i in enumerate(open_days):
            given = min(each + (place < more), room[i] - dealt[i])
            dealt[i] += given
            left -= given
    return dealt


def _minutes(minutes: Minutes, day: PlanDay) -> Range:
    low = day.blocks * minutes.a_block.low + day.retests * minutes.a_retest.low
    high = day.blocks * minutes.a_block.high + day.retests * minutes.a_retest.high
    return Range(low, high)


def _gives(given: PlanInput, days: Sequence[PlanDay], room: Sequence[int], short_by: int) -> Gives:
    study = sum(day.kind is DayKind.STUDY for day in days)
    a_block = _middle(given.minutes.a_block)
    a_day = max(int(given.minutes.a_day.high / a_block), 1)
    more = -(-int(short_by * a_block) // study) if study else 0
    return Gives(min(short_by * BLOCK_ITEMS, given.unused), more, -(-short_by // a_day))


def _idle(days: Sequence[PlanDay], room: Sequence[int]) -> Idle | None:
    idle = [blocks for day, blocks in zip(days, room, strict=True) if blocks and not day.blocks]
    if not idle:
        return None
    last = max((day.day for day in days if day.blocks), default=None)
    return Idle(len(idle), sum(idle) * BLOCK_ITEMS, last)


def _verdict(given: PlanInput, days: Sequence[PlanDay]) -> VerdictReach:
    needed = max(VERDICT_BLOCKS - given.verdict_blocks, 0)
    ahead = [day.blocks + FULL_DAY_BLOCKS * (day.kind is DayKind.FULL_DAY) for day in days]
    ahead[0] -= given.blocks_today
    possible = min(sum(ahead), given.unused_next_step // NEXT_STEP_A_BLOCK)
    reached = None
    total = 0
    for day, blocks in zip(days, ahead, strict=True):
        total += blocks
        if needed and needed <= possible and total >= needed:
            reached = day.day
            break
    all_blocks = given.verdict_blocks + possible
    share = BLOCK_ITEMS * given.unused_next_step // given.unused if given.unused else 0
    steps = next((table for a_block, table in DETECTABLE.items() if share >= a_block), ())
    points = next((points for blocks, points in steps if all_blocks >= blocks), None)
    return VerdictReach(needed, possible, reached, points)
