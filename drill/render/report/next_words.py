"""What to do next, and why the next block has the limit it has: words for Home and the reports."""

from __future__ import annotations

from drill.analytics.ladder import CEILING_S, FLOOR_S
from drill.analytics.next_step_report import NextStepReport
from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import LadderAction, Target
from drill.analytics.results import Trend
from drill.core.counts import count_text
from drill.core.next_block import PRESET, NextBlock
from drill.core.pace import EXAM_ITEM_S
from drill.render.charts.scales import label_text
from drill.render.named_keys import KEEP_KEY, TAKE_KEY
from drill.render.text import clock_text
from drill.usecases.advice import AdviceKind, AdvisedBlock, next_step_advice, pacing_advice

_EXAM_LIMIT = clock_text(PRESET.limit_ms)


def limit_words(target: Target, coming: NextBlock) -> str:
    """Why the next block has its limit; nothing where its own blocks have no say in it."""
    if not coming.is_changed:
        own = target.shown and target.action is not LadderAction.PINNED and target.rung_s == EXAM_ITEM_S
        return f"{_EXAM_LIMIT} as in the exam, because {limit_reason(target)}." if own else ""
    suggested = clock_text(coming.suggested_ms)
    if coming.target_ms is None:
        return f"You chose to keep {_EXAM_LIMIT}. {suggested} is suggested, because {limit_reason(target)}."
    return f"{suggested} instead of {_EXAM_LIMIT}, because {limit_reason(target)}."


def keep_words(coming: NextBlock) -> str:
    """What the key of Home does to the limit; nothing where there is no choice."""
    if not coming.is_changed:
        return ""
    if coming.target_ms is None:
        return f"{KEEP_KEY} takes {clock_text(coming.suggested_ms)}."
    return f"{KEEP_KEY} keeps {_EXAM_LIMIT}."


def limit_reason(target: Target) -> str:
    """Why the ladder is where it is, as a clause."""
    if not target.history:
        return f"your first {target.baseline_n} questions took {_about(target.rung_s)} each"
    last = target.history[-1]
    if target.rung_s < last.rung_s:
        return f"with {last.rung_s} s a question you were right about as often as before"
    if target.rung_s == last.rung_s:
        return f"{last.rung_s} s a question is still on trial ({count_text(last.blocks, 'block')} so far)"
    if target.because_missed:
        return f"five blocks in a row took longer than {last.rung_s} s a question"
    return f"with {last.rung_s} s a question you were right less often"


def _about(rung_s: int) -> str:
    """What the first questions took, told from the rung they lead to, which lies within the ladder's ends."""
    if rung_s >= CEILING_S:
        return f"about {rung_s} s or more"
    return f"{rung_s} s or less" if rung_s <= FLOOR_S else f"about {rung_s} s"


def pacing_next(report: PacingReport, *, on_screen: bool) -> str:
    """The block to sit next, why it has its limit, and the key or command that starts it."""
    coming = report.next_block
    block = f"Sit {coming.items} questions in {clock_text(coming.limit_ms)}"
    return " ".join(
        filter(
            None,
            (
                f"{block}: {_way(pacing_advice(report), on_screen=on_screen)}.",
                _waits(report.pace_trend),
                limit_words(report.target, coming),
                f"On Home {keep_words(coming)}" if on_screen and coming.is_changed else "",
            ),
        )
    )


def next_step_next(report: NextStepReport, *, on_screen: bool) -> str:
    """What is weak, or what was missed; and the key or command that starts such a block."""
    advice = next_step_advice(report)
    way = _way(advice, on_screen=on_screen)
    match advice.kind:
        case AdviceKind.SUBJECT:
            subject = label_text(", ".join(advice.request.subject))
            return f"Sit 20 questions of {subject}: {way}. It counts in no trend."
        case AdviceKind.NEXT_STEP:
            return f"Sit 20 next-best-step questions: {way}."
        case AdviceKind.RETEST:
            many = count_text(len(report.missed), "missed question")
            return f"Sit missed questions once more, untimed: {way}. {many} so far."
        case _:
            return f"Sit the next block: {way}."


def speed_word(trend: Trend) -> str:
    """What drill can say once there are blocks enough for the pace, at first or after a change was found."""
    return "judge your speed again" if trend.detected else "first say if you get faster"


def _waits(trend: Trend) -> str:
    """How many blocks a word on speed is away; nothing in a chosen range, where there is none."""
    blocks = trend.blocks_minimum - trend.blocks
    if trend.verdict is None or blocks <= 0:
        return ""
    return f"After {count_text(blocks, 'more block')} drill can {speed_word(trend)}."


def _way(advice: AdvisedBlock, *, on_screen: bool) -> str:
    if on_screen:
        return f"{TAKE_KEY} starts it"
    return f"`{advice.command}`" + (" offers it first" if advice.kind is AdviceKind.LIMIT else "")
