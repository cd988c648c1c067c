"""Time and right or wrong: how long each takes, how many are right by quarter of time, and the experiment."""

from __future__ import annotations

import math
from collections.abc import Sequence

from drill.analytics.intervals import Estimate
from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import PaceExperiment, WrongRight
from drill.analytics.results import Row
from drill.core.counts import count_text
from drill.core.pace import EXAM_ITEM_S
from drill.render.charts.figures import Table, Tick
from drill.render.charts.strips import Dots, Lane
from drill.render.numbers import counted_share, ends_text, in_brackets, share, share_interval, whole
from drill.render.report.part import Part, waits
from drill.render.report.shares import counted_row, cut_forest, difference_row, share_row, whole_forest
from drill.render.report.words import not_enough, points_words, sentences
from drill.render.text import clock_text

_HARD_ONES = "Hard questions take longer: nothing to change for that alone."
_WAIT = "No figure before its last block has ended: a look on the way would mislead."


def wrong_and_right(report: PacingReport) -> Part:
    """Two lanes of 20 dots, and how many times as long a wrong answer takes."""
    ratio = report.wrong_right_ratio
    if ratio.estimate is None:
        return Part(waiting=waits("Wrong answers", ratio, "of each"))
    interval = in_brackets(ends_text(ratio.estimate, "{:.2f}".format))
    counted = f"{ratio.wrong_n} wrong, {ratio.right_n} right."
    beyond = f"{clock_text(ratio.wrong_over_90_ms)} beyond {EXAM_ITEM_S} s"
    return Part(
        head="Wrong answers",
        said=f"One takes you {ratio.estimate.value:.2f} times as long as a right one{interval}: {counted} "
        f"{_HARD_ONES}",
        notes=(f"{beyond} went into questions that ended wrong.",),
        figures=(_ratio_dots(ratio),) if ratio.wrong_dots_s and ratio.right_dots_s else (),
        captions=(sentences([ratio.caption]),),
        explains="wrong_right_ratio",
    )


def _ratio_dots(ratio: WrongRight) -> Dots:
    both = [*ratio.wrong_dots_s, *ratio.right_dots_s, float(EXAM_ITEM_S)]
    low = math.floor(min(both) / 10) * 10
    high = max(math.ceil(max(both) / 10) * 10, low + 10)
    lanes = (Lane("wrong", ratio.wrong_dots_s, result=False), Lane("right", ratio.right_dots_s, result=True))
    spoken = [
        f"{lane.label.capitalize()} (n {n}): {', '.join(str(whole(value)) for value in lane.values)} s."
        for lane, n in zip(lanes, (ratio.wrong_n, ratio.right_n), strict=True)
    ]
    pairs = enumerate(zip(*(map(_seconds, lane.values) for lane in lanes), strict=False), 1)
    return Dots(
        about=" ".join(["Time of each twentieth, made as long as 120 words.", *spoken]),
        table=Table(
            ("twentieth", f"wrong, n {ratio.wrong_n}", f"right, n {ratio.right_n}"),
            tuple((str(number), *pair) for number, pair in pairs),
        ),
        lanes=lanes,
        low=Tick(low, f"{low} s"),
        high=Tick(high, f"{high} s"),
        rule=Tick(EXAM_ITEM_S, str(EXAM_ITEM_S)),
        stacked=3,
        notes=("Each dot is a twentieth of them, made as long as 120 words.",),
    )


def _seconds(value: float) -> str:
    return f"{whole(value)} s"


def speed_and_accuracy(report: PacingReport) -> Part:
    """Right by quarter of length-adjusted time, fastest first."""
    metric = report.speed_accuracy
    if not metric.shown:
        return Part(waiting=waits("Fast and slow", metric, "questions"))
    rows = [counted_row(row) for row in metric.bins]
    return Part(
        head="Fast and slow",
        said=_fastest_and_slowest(metric.bins),
        figures=(whole_forest("Right by quarter of time, 95% interval", rows),),
        captions=(sentences([metric.caption]),),
        explains="speed_accuracy",
    )


def _fastest_and_slowest(bins: Sequence[Row]) -> str:
    fast, slow = bins[0], bins[-1]
    return (
        f"Of your fastest quarter of answers {_right(fast)} are right, of the slowest {_right(slow)}. "
        f"{_HARD_ONES}"
    )


def _right(row: Row) -> str:
    if row.estimate is None:
        return f"{row.right} of {row.n}"
    return counted_share(row.estimate, row.right, row.n)


_TOGETHER = "Not each has to be: all together have to fit in the limit."


def answered_by_90(report: PacingReport) -> Part:
    """How many questions are answered by 90 s."""
    metric = report.answered_by_90
    head = f"Answered by {EXAM_ITEM_S} s"
    if metric.estimate is None:
        return Part(waiting=waits(head, metric, "questions"))
    row = share_row(f"by {EXAM_ITEM_S} s", metric.estimate, f"n {metric.n}")
    ends = share_interval(metric.estimate)
    behind = f"{f'{ends}, ' if ends else ''}{count_text(metric.n, 'question')}"
    return Part(
        head=head,
        said=f"{share(metric.estimate.value)} of your questions ({behind}). {_TOGETHER}",
        figures=(whole_forest("Answered, 95% interval", [row]),),
        captions=(sentences([metric.caption]),),
        explains="answered_by_90",
    )


def pace_experiment(report: PacingReport) -> Part | None:
    """Two rows and their difference; how far it is while it runs; nothing before its first block."""
    metric = report.pace_experiment
    if metric.n == 0:
        return None
    if metric.estimate is None:
        sat = ", ".join(f"{arm.blocks} at {arm.target_s} s" for arm in metric.arms)
        return Part(
            head="Pace experiment",
            said=f"{not_enough(metric, 'blocks')} ({sat}).",
            captions=(_WAIT,),
            explains="pace_experiment",
        )
    rows = [
        share_row(f"{arm.target_s} s", arm.estimate, f"{arm.right}/{arm.n}") for arm in reversed(metric.arms)
    ]
    difference = difference_row(metric.estimate)
    return Part(
        head="Pace experiment",
        said=f"{_points(metric.estimate)} in {_compared(metric)}, dealt by a coin.",
        figures=(cut_forest("Right, 95% interval", rows, difference=difference),),
        captions=(sentences([metric.caption]),),
        explains="pace_experiment",
    )


def _points(estimate: Estimate) -> str:
    """What the longer limit brought, as far as it can be told."""
    change, ends = points_words(estimate)
    if not change:
        return f"Whether the longer limit brings more right cannot be told: {ends}"
    return f"The longer limit brought {change} right ({ends})"


def _compared(metric: PaceExperiment) -> str:
    short, long = metric.arms
    longer = f"{count_text(long.blocks, 'block')} at {long.target_s} s a question"
    return f"{longer} and {short.blocks} at {short.target_s} s"
