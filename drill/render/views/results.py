"""From an ended block's record to the results painter's view model. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.eligibility import is_known
from drill.analytics.intervals import wilson
from drill.core.block_filters import is_replay
from drill.core.counts import count_text
from drill.core.history import AttemptRecord, BlockRecord
from drill.core.pace import EXAM_ITEM_MS
from drill.core.pace_experiment import arm_of
from drill.core.progress import due_at
from drill.core.vocabulary import BlockEnd, Exclusion, Status
from drill.render.item_table import ResultItem
from drill.render.results import Checkpoint, ResultsView
from drill.render.text import interval_text
from drill.render.verdict import Figures, Proportion
from drill.render.views.ribbon import ribbon, steps_of
from drill.render.wordings import EXCLUSION_WORDINGS, EXPERIMENT_SENTENCE, REPLAY_SENTENCE
from drill.usecases.replaying import Replayed


def share_ms(block: BlockRecord) -> int:
    """One item's share of the limit, the exam's where there is none."""
    return EXAM_ITEM_MS if block.limit_ms is None else block.limit_ms // max(len(block.attempts), 1)


def figures(block: BlockRecord) -> Figures:
    """What the verdict's sentences are made of."""
    attempts = block.attempts
    steps = [attempt for attempt in attempts if attempt.next_best_step]
    return Figures(
        times_ms=tuple(attempt.response_time_ms for attempt in attempts),
        rights=tuple(attempt.correct for attempt in attempts),
        share_ms=share_ms(block),
        used_ms=block.block_active_ms,
        limit_ms=block.limit_ms,
        expired=block.block_end is BlockEnd.EXPIRED,
        blank=sum(a.chosen is None and a.status is not Status.UNREACHED for a in attempts),
        accuracy=_proportion(attempts),
        next_step=_proportion(steps) if steps else None,
    )


def _proportion(attempts: Sequence[AttemptRecord]) -> Proportion:
    right = sum(attempt.correct for attempt in attempts)
    interval = wilson(right, len(attempts))
    low, high = (0.0, 1.0) if interval is None else (interval.low, interval.high)
    return Proportion(right, len(attempts), low, high, sum(a.chosen is not None for a in attempts))


def checkpoints(block: BlockRecord) -> tuple[Checkpoint, ...]:
    """Due and used when each fifth item was done, and at the end."""
    limit_ms = block.limit_ms
    if limit_ms is None:
        return ()
    steps, count = steps_of(block), len(block.attempts)
    marks = [*range(5, count, 5), count]
    return tuple(
        Checkpoint(done, due_at(done / count, limit_ms), steps[done - 1][1])
        for done in marks
        if done <= len(steps)
    )


def result_items(block: BlockRecord) -> tuple[ResultItem, ...]:
    """The table's rows."""
    return tuple(
        ResultItem(
            attempt.position,
            attempt.response_time_ms,
            attempt.chosen,
            attempt.correct,
            attempt.first if attempt.first != attempt.chosen else None,
            attempt.flagged,
            attempt.next_best_step,
        )
        for attempt in block.attempts
    )


def results_view(
    block: BlockRecord,
    title: str,
    cursor: int,
    *,
    reason: Exclusion | None,
    misses_only: bool,
    order: Sequence[ResultItem] | None = None,
    replayed: Replayed | None = None,
    notice: str = "",
    aside: str | None = None,
) -> ResultsView:
    """One ended block, as the painter wants it. `aside`: why the learner set it aside; None: it is not."""
    set_aside = "" if aside is None else f"You set it aside: {aside}"
    remark = " ".join(filter(None, (known_text(block), _why_not(block, reason), set_aside)))
    if any(attempt.time_excluded_because for attempt in block.attempts):
        remark = f"{remark} Interrupted: the time of the question on screen does not count.".strip()
    return ResultsView(
        title=title,
        figures=figures(block),
        items=tuple(order) if order is not None else result_items(block),
        cursor=cursor,
        ribbon=ribbon(block),
        checkpoints=checkpoints(block),
        remark=remark,
        misses_only=misses_only,
        notice=notice,
        replay=replay_text(replayed) if replayed is not None and replayed.count else "",
    )


def _why_not(block: BlockRecord, reason: Exclusion | None) -> str:
    """Why the block is in no trend, as a sentence; empty when it is."""
    if is_replay(block.filters):
        return REPLAY_SENTENCE
    if reason is None:
        return ""
    if arm_of(block.filters, block.target_ms) is not None:
        return EXPERIMENT_SENTENCE
    return EXCLUSION_WORDINGS[reason].sentence


def known_text(block: BlockRecord) -> str:
    """Accuracy without what the clock or the end took, where it differs by more than 2 points."""
    known = [a for a in block.attempts if is_known(a.status, a.time_excluded_because)]
    if not known or len(known) == len(block.attempts):
        return ""
    reached = _proportion(known)
    every = _proportion(block.attempts)
    if abs(reached.right / reached.count - every.right / every.count) <= 0.02:
        return ""
    interval = interval_text(reached.low, reached.high)
    counted = f"Of the {reached.count} you had the chance to answer, {reached.right}"
    return f"{counted} right, 95% interval {interval}%."


def replay_text(replayed: Replayed) -> str:
    """What a replay says of the points a block lost, as one estimate with its interval and no verdict.

    A point is a hundredth of the block's items.
    """
    right, count, missed = replayed.right, replayed.count, replayed.missed
    interval = wilson(right, count)
    low, high = (0.0, 1.0) if interval is None else (interval.low, interval.high)
    each = 100 / replayed.items
    points = round(each * count)
    part = "" if count == missed else f", the {count} replayed {points} of them"
    known = f"({round(each * count * low)} to {round(each * count * high)})"
    lost = (
        f"went to the clock {known}, the rest to knowledge"
        if replayed.ran_out
        else f"were for questions you knew {known}, and there was time left; the rest went to knowledge"
    )
    return (
        f"{count_text(missed, 'miss', 'misses')} cost {count_text(round(each * missed), 'point')} of 100 "
        f"in this block{part}. Untimed, {right} of {count} {'was' if right == 1 else 'were'} right "
        f"(95% interval {interval_text(low, high)}%): about {round(each * right)} of those "
        f"{count_text(points, 'point')} {lost}. "
        "One replay is an estimate: you knew these were missed, and it came later."
    )
