"""Where the seconds of single questions go: drift within a block, time sinks, too fast."""

from __future__ import annotations

import math
from collections.abc import Sequence

from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import TimeSinks
from drill.analytics.results import Point
from drill.core.pace import EXAM_ITEM_S
from drill.render.charts.bars import Bar, Bars, Column, Columns
from drill.render.charts.figures import Key, Shape, Table, Tick
from drill.render.charts.strips import Dots, Lane
from drill.render.numbers import in_brackets, points_interval, share, share_interval, signed, whole
from drill.render.report.part import Part, waits
from drill.render.report.shares import cut_forest, share_row
from drill.render.report.words import sentences
from drill.render.text import clock_text, count_text


def drift(report: PacingReport) -> Part:
    """The pace by quarters of a block, and the accuracy of its two halves once it can be told."""
    speed = report.drift_speed
    if speed.estimate is None:
        return Part(waiting=waits("Within a block", speed, "blocks"))
    change, low, high = speed.estimate.value, speed.estimate.low, speed.estimate.high
    ends = _faster(change) if low is None or high is None else f"{_faster(change)}{_faster_range(low, high)}"
    bins = [part for part in speed.bins if part.value is not None]
    last = max((len(str(part.last)) for part in bins), default=0)
    bars = Bars(
        about="Pace per 120-word question",
        heads=("", "seconds per 120-word question", "questions"),
        rows=tuple(
            Bar(
                f"items {part.first:>{last}}-{part.last:<{last}}",
                (part.value or 0,),
                (f"{whole(part.value or 0)} s", f"n {part.n}"),
            )
            for part in bins
        ),
        most=24,
    )
    return Part(
        head="Within a block",
        said=f"you end {ends}, {count_text(speed.n, 'block')}.",
        figures=(bars,) if bins else (),
        captions=(*([sentences([speed.caption])] if bins else []), _halves(report)),
        explains="drift_speed",
    )


def _faster(percent: float) -> str:
    size = whole(abs(percent))
    return f"{size}% {'faster' if percent < 0 else 'slower'}" if size else "at the same pace"


def _faster_range(low: float, high: float) -> str:
    """In brackets: one word when both ends agree, else both spelt out."""
    if (low < 0) == (high < 0):
        near, far = sorted((abs(low), abs(high)))
        return f" ({whole(near)} to {whole(far)})"
    return f" ({_faster(low)} to {_faster(high)})"


def _halves(report: PacingReport) -> str:
    accuracy = report.drift_accuracy
    if accuracy.estimate is not None:
        change = f"{signed(accuracy.estimate.value * 100)} points"
        interval = in_brackets(points_interval(accuracy.estimate))
        over = count_text(accuracy.n, "block")
        return f"Right in the second half against the first: {change}{interval}, {over}."
    if accuracy.n < accuracy.minimum:
        return f"Right by halves: n too small ({accuracy.n} of {accuracy.minimum} blocks)."
    wide = f"{whole(accuracy.half_width * 100)} by now, " if accuracy.half_width is not None else ""
    return f"Right by halves waits until it is known within 10 points ({wide}{accuracy.n} blocks)."


_PLACES = {1: "first block", 2: "second", 3: "third", 4: "fourth and later"}


def later_blocks(report: PacingReport) -> Part:
    """Right in the first, second, third and later blocks of the same days, and the pace there."""
    metric = report.block_of_day
    if metric.estimate is None:
        return Part(waiting=waits("Later blocks of a day", metric, "days with several blocks"))
    change = f"{signed(metric.estimate.value * 100)} points{in_brackets(points_interval(metric.estimate))}"
    rows = [share_row(_PLACES[row.place], row.estimate, f"{row.right}/{row.n}") for row in metric.rows]
    paces = [f"{_PLACES[row.place]} {whole(row.pace_s)} s" for row in metric.rows if row.pace_s is not None]
    return Part(
        head="Later blocks of a day",
        said=f"{change} against the first block, {count_text(metric.n, 'day')} with several.",
        notes=(f"A 120-word question takes: {', '.join(paces)}.",) if paces else (),
        figures=(cut_forest("Right by block of the day, 95% interval", rows),),
        captions=(sentences([metric.caption]),),
        explains="block_of_day",
    )


def time_sinks(report: PacingReport) -> Part | None:
    """Long looks on a time axis, right and wrong apart, and how many each block had."""
    sinks = report.time_sinks
    if sinks.count == 0:
        return None
    cost = f"{clock_text(int(sinks.over_ms))}, {sinks.questions_worth:.1f} questions' worth"
    right = ""
    if sinks.estimate is not None:
        interval = in_brackets(share_interval(sinks.estimate))
        right = f"{sinks.right} of {sinks.total} right, {share(sinks.estimate.value)}{interval}."
    returns = f"Times include {count_text(sinks.returns, 'return')}." if sinks.returns else ""
    return Part(
        head="Time sinks",
        said=f"{sinks.count}, over by {cost}.",
        notes=(right,) if right else (),
        figures=(*([_sink_dots(sinks)] if sinks.dots else []), *_per_block("Time sinks", sinks.series)),
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
    cut = "Cut or blank questions took at least this long; blank ones stand with the wrong."
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


def rapid(report: PacingReport) -> Part | None:
    """Answers too fast to be reading, counted; their accuracy from 10 on."""
    metric = report.rapid
    if metric.tier1 + metric.tier2 == 0:
        return None
    guesses = count_text(metric.tier1, "rapid guess", "rapid guesses")
    if metric.estimate is not None:
        interval = in_brackets(share_interval(metric.estimate))
        right = f"{metric.right} of {metric.total} right, {share(metric.estimate.value)}{interval}."
    else:
        right = f"Right among them: n too small ({metric.n} of {metric.minimum})."
    return Part(
        head="Too fast",
        said=f"{guesses}, {metric.tier2} too fast to read it all.",
        notes=(f"{metric.speeded} at the end of the block or under 1:00, {metric.disengaged} elsewhere.",),
        figures=tuple(_per_block("Too fast", metric.series)),
        captions=(right, sentences([metric.caption])),
        explains="rapid",
    )
