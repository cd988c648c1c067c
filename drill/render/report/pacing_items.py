"""Where the seconds of single questions go: drift within a block, time sinks, too fast."""

from __future__ import annotations

import math
from collections.abc import Sequence

from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import DayPlaces, Drift, TimeSinks
from drill.analytics.results import Point
from drill.core.counts import count_text
from drill.core.pace import EXAM_ITEM_S
from drill.render.charts.bars import Bar, Bars, Column, Columns
from drill.render.charts.figures import Key, Shape, Table, Tick
from drill.render.charts.strips import Dots, Lane
from drill.render.numbers import in_brackets, points_interval, share_interval, signed, whole
from drill.render.report.part import Part, waits
from drill.render.report.shares import cut_forest, share_row
from drill.render.report.words import (
    NOTHING_TO_DO,
    not_enough,
    points_words,
    range_words,
    sentences,
    span_words,
)
from drill.render.text import clock_text


def drift(report: PacingReport) -> Part:
    """The pace by quarters of a block, and the accuracy of its two halves once it can be told."""
    speed = report.drift_speed
    if speed.estimate is None:
        return Part(waiting=waits("Within a block", speed, "blocks"))
    bins = [part for part in speed.bins if part.value is not None]
    last = max((len(str(part.last)) for part in bins), default=0)
    bars = Bars(
        about="Pace per 120-word question",
        heads=("", "seconds per 120-word question", "questions"),
        rows=tuple(
            Bar(
                f"questions {part.first:>{last}}-{part.last:<{last}}",
                (part.value or 0,),
                (f"{whole(part.value or 0)} s", f"n {part.n}"),
            )
            for part in bins
        ),
        most=24,
    )
    return Part(
        head="Within a block",
        said=f"{_ending(speed)} ({count_text(speed.n, 'block')}). {_AS_USUAL}",
        notes=(_halves(report),),
        figures=(bars,) if bins else (),
        captions=(sentences([speed.caption]),) if bins else (),
        explains="drift_speed",
    )


_AS_USUAL = "Nothing to change, unless more of the last ones are wrong."


def _ending(speed: Drift) -> str:
    """How the last questions go against the first, as far as it can be told."""
    estimate = speed.estimate
    assert estimate is not None
    value, low, high = estimate.value, estimate.low, estimate.high
    word = "faster" if value < 0 else "slower"
    if low is None or high is None:
        return f"Your last questions go {whole(abs(value))}% {word} than your first"
    ends = span_words(low, high, "%", "faster", "slower")
    if low <= 0 <= high:
        could = range_words(low, high, "%", "faster", "slower")
        return f"Whether your last questions go faster or slower than your first cannot be told: {could}"
    return f"Your last questions go {whole(abs(value))}% {word} than your first: {ends}"


def _halves(report: PacingReport) -> str:
    accuracy = report.drift_accuracy
    if accuracy.estimate is not None:
        change = f"{signed(accuracy.estimate.value * 100)} points"
        interval = in_brackets(points_interval(accuracy.estimate))
        over = count_text(accuracy.n, "block")
        return f"Right in the second half against the first: {change}{interval}, {over}."
    if accuracy.n < accuracy.minimum:
        return f"Right by halves: {not_enough(accuracy, 'blocks').lower()}."
    wide = f"{whole(accuracy.half_width * 100)} by now, " if accuracy.half_width is not None else ""
    return f"Right by halves waits until it is known within 10 points ({wide}{accuracy.n} blocks)."


_PLACES = {1: "first block", 2: "second", 3: "third", 4: "fourth and later"}


def later_blocks(report: PacingReport) -> Part:
    """Right in the first, second, third and later blocks of the same days, and the pace there."""
    metric = report.block_of_day
    if metric.estimate is None:
        return Part(waiting=waits("Later blocks", metric, "days with several blocks"))
    rows = [share_row(_PLACES[row.place], row.estimate, f"{row.right}/{row.n}") for row in metric.rows]
    paces = [f"{_PLACES[row.place]} {whole(row.pace_s)} s" for row in metric.rows if row.pace_s is not None]
    return Part(
        head="Later blocks",
        said=_against_first(metric),
        notes=(f"A 120-word question takes: {', '.join(paces)}.",) if paces else (),
        figures=(cut_forest("Right by block of the day, 95% interval", rows),),
        captions=(sentences([metric.caption]),),
        explains="block_of_day",
    )


def _against_first(metric: DayPlaces) -> str:
    estimate = metric.estimate
    assert estimate is not None
    over = f"{count_text(metric.n, 'day')} with several blocks"
    change, ends = points_words(estimate)
    if not change:
        unclear = f"Whether you get fewer right than in the first block cannot be told: {ends} ({over})."
        return f"{unclear} {NOTHING_TO_DO}"
    return (
        f"{change} are right than in the first block: {ends} ({over}). "
        "Other questions and hours are mixed in: nothing to change for that alone."
    )


def where_time_goes(report: PacingReport) -> str:
    """Long looks and what they cost; questions that were never reached."""
    sinks = report.time_sinks
    unreached = sum(point.unreached for point in report.allowance.series if point.eligible)
    never = f" {count_text(unreached, 'question')} never seen." if unreached else ""
    if not report.scope.blocks:
        return "The first block that counts will show it."
    if not sinks.count:
        look = " Open Time left to see where the clock went." if never else f" {NOTHING_TO_DO}"
        return f"No question took far longer than its length asks for.{never}{look}"
    return f"{_long_looks(sinks)}{never}"


_COME_BACK = "Flag such a question and come back to it."


def _long_looks(sinks: TimeSinks) -> str:
    whose = "its" if sinks.count == 1 else "their"
    took = f"{count_text(sinks.count, 'question')} took {clock_text(int(sinks.over_ms))} more than"
    cost = f"{took} {whose} length asks for"
    many = f"{sinks.questions_worth:.0f} questions"
    worth = f", the time of {many} at {EXAM_ITEM_S} s" if sinks.questions_worth >= 1.5 else ""
    if sinks.estimate is None:
        return f"{cost}{worth}."
    interval = in_brackets(f"{share_interval(sinks.estimate)}%")
    return f"{cost}{worth}. {sinks.right} of {sinks.total} were right{interval}."


def time_sinks(report: PacingReport) -> Part | None:
    """Long looks on a time axis, right and wrong apart, and how many each block had."""
    sinks = report.time_sinks
    if sinks.count == 0:
        return None
    returns = f"Times include {count_text(sinks.returns, 'return')}." if sinks.returns else ""
    return Part(
        head="Long looks",
        said=f"{_long_looks(sinks)} {_COME_BACK}",
        figures=(*([_sink_dots(sinks)] if sinks.dots else []), *_per_block("Long looks", sinks.series)),
        captions=(sentences([sinks.caption, returns]),),
        explains="time_sinks",
    )


def _sink_dots(sinks: TimeSinks) -> Dots:
    lanes = [
        Lane(name, tuple(dot.time_ms / 1000 for dot in sinks.dots if dot.right is right), right)
        for name, right in (("right", True), ("wrong", False))
    ]
    longest = max(dot.time_ms for dot in sinks.dots) / 1000
    high = math.ceil(max(longest, 150) / 30) * 30
    shown = len(sinks.dots)
    latest = [f"The latest {shown} of {sinks.count}."] if shown < sinks.count else []
    cut = "Unfinished and blank questions took at least this long; blank ones stand with the wrong."
    looks = f"{count_text(shown, 'long look')} by time against {EXAM_ITEM_S} s"
    ended = f"{len(lanes[0].values)} right, {len(lanes[1].values)} wrong"
    return Dots(
        about=f"{looks}: {ended}, the longest {int(longest)} s.",
        table=Table(
            ("block", "item", "took", "expected by length", "answer"),
            tuple(
                (
                    str(dot.block),
                    str(dot.position),
                    f"{'at least ' if dot.censored else ''}{dot.time_ms // 1000} s",
                    f"{whole(dot.expected_ms / 1000)} s",
                    "right" if dot.right else "wrong",
                )
                for dot in sinks.dots
            ),
            texts=(0, 4),
        ),
        lanes=tuple(lanes),
        low=Tick(60, "60 s"),
        high=Tick(high, f"{high} s"),
        rule=Tick(EXAM_ITEM_S, f"{EXAM_ITEM_S} s"),
        notes=(*latest, *([cut] if any(dot.censored for dot in sinks.dots) else [])),
    )


def _per_block(name: str, series: Sequence[Point]) -> list[Columns]:
    """A small column a block, where there are two blocks and anything to show."""
    counts = [
        Column(point.x, point.estimate.value, (str(whole(point.estimate.value)), str(point.n)))
        for point in series
        if point.estimate is not None and isinstance(point.x, int)
    ]
    if len(counts) < 2 or not any(column.value for column in counts):
        return []
    most = whole(max(column.value for column in counts))
    return [
        Columns(
            about=f"{name} of each block",
            heads=("block", name.lower(), "questions"),
            rows=tuple(counts),
            keys=(Key(Shape.SECOND, f"{name.lower()} by block"),),
            top=str(most),
        )
    ]


_READ_ON = "Read each to its end before you answer."


def rapid(report: PacingReport) -> Part | None:
    """Answers too fast to be reading, counted; their accuracy from 10 on."""
    metric = report.rapid
    if metric.tier1 + metric.tier2 == 0:
        return None
    many = metric.tier1 + metric.tier2
    if metric.estimate is not None:
        interval = in_brackets(f"{share_interval(metric.estimate)}%")
        right = f"{metric.right} of {metric.total} were right{interval}."
    else:
        right = f"{not_enough(metric)} to say how many are right."
    return Part(
        head="Too fast",
        said=f"{count_text(many, 'answer')} came too fast for the question to have been read. "
        f"{right} {_READ_ON}",
        notes=(
            f"{metric.speeded} at the end of a block or in its last minute, {metric.disengaged} elsewhere; "
            f"{metric.tier1} so fast that they look like guesses.",
        ),
        figures=tuple(_per_block("Too fast", metric.series)),
        captions=(sentences([metric.caption]),),
        explains="rapid",
    )
