"""The words of the road. None of them predicts a score, a pass or a place on a list."""

from __future__ import annotations

from datetime import date

from drill.core.clock import MONTHS, WEEKDAYS
from drill.core.counts import count_text
from drill.core.next_block import NextBlock
from drill.core.road.calendar import KeyDate, Origin, Rule
from drill.core.road.days import ADVISED_DAYS, FreeDays
from drill.core.road.minutes import Minutes, Range
from drill.core.road.plan import DayKind, Fit, Plan, PlanDay, VerdictReach
from drill.core.road.scores import RelativeTo
from drill.render.named_keys import DAY_WAY, IMPORT_WAY
from drill.render.text import clock_text, month_day_text
from drill.usecases.road import Road
from drill.usecases.road_plan import Now, countdown

_NEAR_DAYS = 300
"""A day farther off is told with its year."""
RELATIVE = {
    RelativeTo.OWN: "compared with your own result over all areas",
    RelativeTo.PASSING: "compared with passing",
    RelativeTo.GROUP: "compared with the report's comparison group",
}
CAUTION = {
    RelativeTo.OWN: "Lower means lower than your own other areas, not below passing.",
    RelativeTo.PASSING: "Levels are words of the report; drill makes no numbers of them.",
    RelativeTo.GROUP: "Levels are words of the report; drill makes no numbers of them.",
}
SCHOOL_RULES = "Schools and state boards have rules of their own, and tighter ones: add them as dates."


def long_day(day: date, today: date) -> str:
    """ "3 March"; with its year where it is far off."""
    year = "" if abs((day - today).days) < _NEAR_DAYS else f" {day.year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def short_day(day: date) -> str:
    """ "Wed 3 Mar 2027"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {dated(day)}"


def dated(day: date) -> str:
    """ "3 Mar 2027"."""
    return f"{month_day_text(day)} {day.year}"


def trust_text(origin: Origin, today: date) -> str:
    """How far a date or rule may be trusted: "not confirmed, check NRMP, Main Residency Match calendar"."""
    if not origin.to_check(today):
        by = "you" if origin.verified_by == "you" else "on the official page"
        return f"confirmed {by} {dated(origin.verified_on)}".replace("confirmed you", "confirmed by you")
    if origin.verified_by == "secondary":
        return f"not confirmed, check {origin.page}"
    return f"looked up {dated(origin.verified_on)}, check {origin.page}"


def rule_text(rule: Rule, today: date) -> str:
    """A rule's source behind its number: "USMLE, Bulletin of Information, not confirmed, check"."""
    check = ", not confirmed, check" if rule.origin.to_check(today) else ""
    return f"{rule.origin.page}{check}"


def deadline_text(found: KeyDate, today: date, *, short: bool = False) -> str:
    """ "Rank lists certified: 3 March, not confirmed, check NRMP ..."; `short`: without where to check.

    A countdown stands only with a date that is confirmed.
    """
    days = countdown(found, today)
    day = long_day(found.day, today)
    if days is None:
        trust = "not confirmed" if short else trust_text(found.origin, today)
        return f"{found.title}: {day}, {trust}"
    when = "today" if not days else f"in {count_text(days, 'day')}, {day}"
    return f"{found.title}: {when}"


def now_text(now: Now, today: date, *, short: bool = False) -> str:
    """The one thing to do now and why: what Road leads with, and `short`, for it is read daily, Home."""
    parts = [_first(now, today)]
    if now.days_to_test is not None and now.days_to_test > 1 and now.test_day is not None:
        parts.append(f"{now.days_to_test} days to your test.")
    if now.deadline is not None:
        parts.append(f"{deadline_text(now.deadline, today, short=short)}.")
    if now.season_over is not None:
        parts.append(f"The season {now.season_over} is over: its dates are old. Add those of the next.")
    return " ".join(parts)


def _first(now: Now, today: date) -> str:
    if now.unentered_test is not None:
        day = long_day(now.unentered_test, today)
        return f"Your test was on {day}: enter the attempt, or book another date."
    if now.days_to_test == 0:
        return "Your test is today."
    plan = now.plan
    if plan is None:
        return "Book a test date, and the days until then become a plan."
    return f"{_today(plan, now.coming)}{' Your test is tomorrow.' if now.days_to_test == 1 else ''}"


def _today(plan: Plan, coming: NextBlock | None) -> str:
    day = plan.today
    first = f"{count_text(day.retests, 'retest')} first" if day.retests else ""
    match day.kind:
        case DayKind.BUSY:
            return f"Busy today: {day.title}."
        case DayKind.REST:
            return "A rest day."
        case DayKind.ASSESSMENT:
            return "A self-assessment today, under its full clock; its review tomorrow."
        case DayKind.FULL_DAY:
            return f"A full day today: 16 blocks. {DAY_WAY}."
        case _:
            pass
    if plan.blocks_today < day.blocks:
        block = f"block {plan.blocks_today + 1} of {day.blocks} today"
        if coming is not None:
            block = f"{block}, {coming.items} questions in {clock_text(coming.limit_ms)}"
        return f"{first}, then {block}." if first else f"{block[0].upper()}{block[1:]}."
    if first:
        return f"{count_text(day.retests, 'retest')} today."
    if day.blocks:
        return f"Today's {count_text(day.blocks, 'block')} {'is' if day.blocks == 1 else 'are'} done."
    if plan.retests_today:
        return "Today's retests are done."
    if day.kind is DayKind.STUDY and plan.idle is not None:
        return "Nothing new is left for today: import more questions."
    return "Nothing is planned today."


def free_text(free: FreeDays) -> str:
    """ "34 free days, longest run 21; common advice asks for 30"."""
    rest = len(free.free) - len(free.study)
    rest_text = f", {count_text(rest, 'rest day')} among them" if rest else ""
    return (
        f"{count_text(len(free.free), 'free day')}{rest_text}, longest run {free.longest_run}; "
        f"common advice asks for {ADVISED_DAYS}"
    )


def span(minutes: Range) -> str:
    """ "110-150 min"; nothing for none."""
    low, high = round(minutes.low), round(minutes.high)
    if not high:
        return ""
    return f"{low} min" if low == high else f"{low}-{high} min"


_SHORT = "under 1 min"


def minutes_text(minutes: Minutes) -> str:
    """What the plan takes its minutes from."""
    days = count_text(minutes.study_days, "study day")
    if minutes.assumed and minutes.study_days < 5:
        so_far = f"you have {days} so far" if minutes.study_days else "there is no study day yet"
        return f"Assumed, for {so_far}: {'; '.join(minutes.assumed)}."
    own = (
        f"Your study days: {span(minutes.a_day) or _SHORT}, a block with its review "
        f"{span(minutes.a_block) or _SHORT} "
        f"(the middle half of {days})."
    )
    return f"{own} Assumed: {'; '.join(minutes.assumed)}." if minutes.assumed else own


def fit_text(plan: Plan) -> str:
    """Whether the unused questions fit; where not, by how many blocks, and what gives."""
    ahead = max(plan.needed - plan.blocks_today, 0)
    if not ahead:
        return "No unused question is left to plan: import more, or go by retests and assessments."
    blocks = count_text(ahead, "block")
    match plan.fit:
        case Fit.FITS:
            full = any(day.kind is DayKind.FULL_DAY for day in plan.days)
            day = " and a full day" if full else ""
            return f"It fits: {blocks} of unused questions{day} until the day before the test."
        case Fit.LONG_DAYS:
            longer = f"{round(plan.minutes.a_day.high)} min"
            return f"It fits on days as long as your longer ones ({longer}): {blocks}."
        case Fit.SHORT:
            assert plan.gives is not None
            gives = plan.gives
            return (
                f"It does not fit: {count_text(plan.short_by, 'block')} too many. What gives: "
                f"{count_text(gives.questions, 'question')} stay unused; or "
                f"{count_text(gives.minutes_a_day, 'more minute')} on each study day; or "
                f"{count_text(gives.days, 'more study day')}."
            )


def idle_text(plan: Plan, today: date) -> str:
    """From when on unused questions are missing, and what to do; nothing where they last, or none is left."""
    idle = plan.idle
    if idle is None or idle.after is None or plan.needed <= plan.blocks_today:
        return ""
    days = count_text(idle.days, "study day")
    return (
        f"After {long_day(idle.after, today)} no new question is left, and {days} "
        f"{'has' if idle.days == 1 else 'have'} time for more: import up to "
        f"{count_text(idle.questions, 'question')} ({IMPORT_WAY})."
    )


NEXT_STEPS = "To look for a change in next steps takes at least"


def verdict_text(verdict: VerdictReach, today: date) -> str:
    """Whether a next-step verdict can be reached before the test, and how large a change it takes."""
    seen = (
        f" By the test one of about {verdict.detectable_points} points or more can be seen."
        if verdict.detectable_points is not None
        else ""
    )
    if not verdict.needed:
        return f"There are blocks enough to look for a change in next steps.{seen}"
    wanted = count_text(verdict.needed, "more block")
    if verdict.day is None:
        return (
            f"{NEXT_STEPS} {wanted} with such questions; before the test there is room and questions for "
            f"{verdict.possible}: {count_text(verdict.short_by, 'block')} short."
        )
    return f"{NEXT_STEPS} {wanted}: planned by {long_day(verdict.day, today)}.{seen}"


def day_words(day: PlanDay) -> str:
    """What a day of the plan holds."""
    match day.kind:
        case DayKind.BUSY:
            return f"busy: {day.title}"
        case DayKind.REST:
            return "rest"
        case DayKind.ASSESSMENT:
            return "self-assessment, full clock"
        case DayKind.FULL_DAY:
            return "full day, 16 blocks"
        case DayKind.TEST:
            return "the test"
        case _:
            pass
    parts = [count_text(day.blocks, "block")] if day.blocks else []
    parts += [count_text(day.retests, "retest")] if day.retests else []
    eve = "the day before: " if day.kind is DayKind.EVE else ""
    return eve + (", ".join(parts) or "nothing new")


def due_text(retests: int, blocks: int, days: int | None) -> str:
    """One short line for a prompt: "7 retests, 3 blocks, 34 days"."""
    parts = [count_text(retests, "retest")] if retests else []
    parts += [count_text(blocks, "block")] if blocks else []
    parts += [count_text(days, "day")] if days else []
    return ", ".join(parts) or "nothing due"


def calendar_words(plan: Plan, road: Road) -> tuple[dict[date, str], dict[str, str]]:
    """What each day and each deadline is called in a calendar."""
    titles = {}
    for day in plan.days:
        took = span(day.minutes)
        words = day_words(day)
        titles[day.day] = f"{words} ({took})" if took else words
    notes = {
        found.id: f"{found.title} ({trust_text(found.origin, road.today)})"
        for found in road.calendar.deadlines
    }
    return titles, notes
