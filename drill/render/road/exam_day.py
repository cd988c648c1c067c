"""The exam day: its breaks while it lasts, and at its end block by block."""

from __future__ import annotations

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.core.road.exam_day import BLOCK_MS, BLOCKS, DayState
from drill.render.frame import MARGIN, indented
from drill.render.lines import BLANK, Line, Role, line
from drill.render.prose import prose
from drill.render.road.parts import Section, heading
from drill.render.text import clock_text, left_text, percent
from drill.usecases.exam_day import BlockFigures, DayReport

_BAR_CELLS = 40
_WIDEST = 96


@dataclass(frozen=True, slots=True)
class DayView:
    """Where the day stands."""

    state: DayState | None
    """None: no day is going on."""
    items: int
    """Questions of the next block."""
    shortage: str
    """What is missing for a day of unused questions; empty: nothing."""
    report: DayReport | None
    """Once it is over."""
    clock: str
    """The time on the wall, "14:05"."""


def day_lines(view: DayView, width: int, height: int) -> list[Line]:
    """The body of a window of this size, at most height - 1 rows."""
    room = min(max(width - 2 * MARGIN, 20), _WIDEST)
    if view.report is not None:
        rows = list(report_section(view.report, room).rows)
    elif view.state is None:
        rows = _before(view, room)
    else:
        rows = _break(view, view.state, room)
    return [BLANK, *indented(rows, MARGIN)][: height - 1]


def _before(view: DayView, room: int) -> list[Line]:
    rows = prose(room, ("Exam day", Role.STRONG))
    rows.append(BLANK)
    rows += prose(
        room,
        f"{BLOCKS} blocks of 18 to 20 questions, 30:00 each. Breaks come out of one pool: 55:00, the 5:00 of "
        "the tutorial you skip, and whatever a block leaves. What you overspend shortens the next block. "
        "A break runs on when you close drill. Eat when you like.",
    )
    if view.shortage:
        rows += [BLANK, *prose(room, (view.shortage, Role.WARNING))]
    return rows


def _break(view: DayView, state: DayState, room: int) -> list[Line]:
    rows = prose(
        room, ("Exam day", Role.STRONG), (f"   block {state.ended + 1} of {BLOCKS} is next", Role.MUTED)
    )
    rows.append(BLANK)
    if state.pool_ms >= 0:
        rows.append(line("Break time left  ", (left_text(state.pool_ms), Role.STRONG)))
    else:
        over = clock_text(-state.pool_ms)
        rows.append(line("Break time overspent  ", (over, Role.WARNING)))
    limit = clock_text(state.next_limit_ms)
    shorter = " (shortened by the break)" if state.next_limit_ms < BLOCK_MS else ""
    rows.append(line(f"Next block       {view.items} questions in ", (limit, Role.STRONG), shorter))
    rows += [
        BLANK,
        line((f"{'━' * state.ended}{'─' * (BLOCKS - state.ended)}", Role.ACCENT), f"  {state.ended} done"),
    ]
    rows += [BLANK, line((f"It is {view.clock}.", Role.MUTED))]
    return rows


def report_section(report: DayReport, width: int) -> Section:
    """Accuracy and pace of each block with 95 % intervals, the halves, and what one day can show."""
    rows = heading(
        width, "Exam day", f"{count_text(len(report.blocks), 'block')}, unanswered counts as wrong"
    )
    rows.append(line((f"  {'block':<7}{'right':<11}{'%':<5}{'95%':<9}{'s a question':<21}limit", Role.MUTED)))
    rows += [_block(one) for one in report.blocks]
    if report.change is not None:
        change = report.change
        first, second = (
            f"{right} of {items} right, {percent(right / items)}%"
            for right, items in (report.first_half, report.second_half)
        )
        points = [round(100 * value) for value in change]
        rows += [
            BLANK,
            *prose(
                width,
                f"Blocks 1-8: {first}. Blocks 9-16: {second}. Difference {points[0]:+} points "
                f"(95% interval {points[1]:+} to {points[2]:+}).",
            ),
        ]
        half = round(100 * change.half_width)
        rows += prose(
            width,
            (
                f"One day shows a fall of about {half} points or more between its halves, nothing smaller. "
                "What it shows may be stamina, the hour or harder questions: only several days could tell.",
                Role.MUTED,
            ),
        )
    return Section("exam day", rows)


def _block(one: BlockFigures) -> Line:
    low, high = percent(one.accuracy.low), percent(one.accuracy.high)
    pace = ""
    if one.seconds is not None:
        pace = f"{one.seconds.value:.0f} ({one.seconds.low:.0f}-{one.seconds.high:.0f}, n {one.timed})"
    limit = "" if one.limit_ms >= BLOCK_MS else clock_text(one.limit_ms)
    share = f"{percent(one.accuracy.value)}"
    return line(
        f"  {one.number:<7}{f'{one.right} of {one.items}':<11}",
        (f"{share:<5}", Role.STRONG),
        (f"{f'{low}-{high}':<9}", Role.MUTED),
        f"{pace:<21}",
        (limit, Role.WARNING),
    )
