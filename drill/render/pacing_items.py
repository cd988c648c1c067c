"""Where the seconds of single questions go: drift within a block, time sinks, too fast, answered by 90 s."""

from __future__ import annotations

import math

from drill.analytics.models import Metric
from drill.analytics.pacing_models import Rapid, TimeSinks
from drill.analytics.report_models import PacingReport
from drill.render.chart_bars import BarRow, bars, columns
from drill.render.chart_forest import ForestRow, Layout, forest
from drill.render.chart_strips import Mark, mark_strip
from drill.render.charts import Label, Scale, axis_labels
from drill.render.lines import BLANK, Line, Role, line
from drill.render.report_parts import (
    Section,
    caption,
    figures,
    heading,
    indented,
    prose,
    share,
    signed,
    span_text,
    whole,
)
from drill.render.text import clock_text, count_text


def drift_section(report: PacingReport, width: int) -> Section:
    """The four-bin pace curve, first to last, and the accuracy of the two halves once it can be told."""
    speed = report.drift_speed
    rows: list[Line] = []
    if speed.value is not None:
        ends = f"{_faster(speed.value)}{_faster_range(speed.low, speed.high)}"
        words = f"you end {ends}, {count_text(speed.n, 'block')}."
        rows += heading(width, "Within a block", words)
    curve = [part for part in speed.bins if part.value is not None]
    if rows and curve:
        last = max(len(str(part.last)) for part in curve)
        table = [
            BarRow(
                f"items {part.first:>{last}}-{part.last:<{last}}",
                part.value,
                f"{whole(part.value or 0)} s",
                f"n {part.n}",
            )
            for part in curve
        ]
        rows += [BLANK, *indented(bars(table, width - 2))]
        rows += caption(width, speed.caption or "Tiredness, warming up and the clock are mixed in this.")
    if rows:
        rows += prose(width, (_halves(report), Role.MUTED))
    return Section("drift", rows)


def _faster(percent: float) -> str:
    size = whole(abs(percent))
    return f"{size}% {'faster' if percent < 0 else 'slower'}" if size else "at the same pace"


def _faster_range(low: float | None, high: float | None) -> str:
    """In brackets: one word when both ends agree, else both spelt out."""
    if low is None or high is None:
        return ""
    if (low < 0) == (high < 0):
        near, far = sorted((abs(low), abs(high)))
        return f" ({whole(near)} to {whole(far)})"
    return f" ({_faster(low)} to {_faster(high)})"


def _halves(report: PacingReport) -> str:
    accuracy = report.drift_accuracy
    if accuracy.value is not None and accuracy.low is not None and accuracy.high is not None:
        change = f"{signed(accuracy.value * 100)} points"
        interval = f"{signed(accuracy.low * 100)} to {signed(accuracy.high * 100)}"
        over = count_text(accuracy.n, "block")
        return f"Right in the second half against the first: {change} ({interval}), {over}."
    if accuracy.n < accuracy.minimum:
        return f"Right by halves: n too small ({accuracy.n} of {accuracy.minimum} blocks)."
    wide = f"{whole(accuracy.half_width * 100)} by now, " if accuracy.half_width is not None else ""
    return f"Right by halves waits until it is known within 10 points ({wide}{accuracy.n} blocks)."


def sinks_section(sinks: TimeSinks, width: int) -> Section:
    """Long looks on a time axis, right and wrong apart."""
    if sinks.count == 0:
        return Section("time sinks", [])
    cost = f"{clock_text(int(sinks.over_ms))}, {sinks.questions_worth:.1f} questions' worth"
    rows = heading(width, "Time sinks", f"{sinks.count}, over by {cost}.")
    if sinks.value is not None:
        interval = span_text(sinks.low, sinks.high)
        right = f"{sinks.right} of {sinks.total} right, {share(sinks.value)} ({interval})."
        rows += prose(width, (right, Role.MUTED))
    if sinks.dots:
        rows += [BLANK, *indented(_sink_dots(sinks, width - 2))]
    per_block = [point.value or 0 for point in sinks.series]
    if len(per_block) > 1 and any(per_block):
        rows += _per_block(per_block, width)
    returns = f"Times include {count_text(sinks.returns, 'return')}." if sinks.returns else ""
    worth = sinks.caption or "A long look that ended right bought a point."
    return Section("time sinks", [*rows, *caption(width, worth, returns)])


def _sink_dots(sinks: TimeSinks, width: int) -> list[Line]:
    label = 8
    longest = max(dot.time_ms for dot in sinks.dots) / 1000
    high = math.ceil(max(longest, 150) / 30) * 30
    scale = Scale(60, high, max(min(width - label - 12, 40), 1))
    rows = []
    for right, glyph, name, role in ((True, "✓", "right", Role.RIGHT), (False, "×", "wrong", Role.WRONG)):
        group = [dot for dot in sinks.dots if dot.right is right]
        strip = mark_strip([Mark(dot.time_ms / 1000, glyph, role) for dot in group], scale, rule=90)
        fill = " " * (scale.cells - strip.width)
        count = f"{fill}  {len(group)}" if group else f"{fill}  none"
        rows.append(line((f"{name:<{label}}", Role.MUTED), *strip.spans, (count, Role.MUTED)))
    labels = [Label(90.0, "90 s"), Label(high, f"{high} s")]
    rows.append(line(" " * label, *axis_labels(labels, scale).spans))
    if any(dot.censored for dot in sinks.dots):
        cut = "Cut or blank questions took at least this long; blank ones stand with the wrong."
        rows += prose(width, (cut, Role.MUTED))
    return rows


def _per_block(values: list[float], width: int) -> list[Line]:
    """A small column a block."""
    room = max(width - 24, 1)
    drawn = columns(values, room)
    name = "by block" if len(values) <= room else f"last {len(drawn)} blocks"
    most = whole(max(values[-room:], default=0))
    return indented(prose(width - 2, (f"{name}  ", Role.MUTED), drawn, (f"  most {most}", Role.MUTED)))


def rapid_section(rapid: Rapid, width: int) -> Section:
    """Answers too fast to be reading, counted; their accuracy from 10 on."""
    both = rapid.tier1 + rapid.tier2
    if both == 0:
        return Section("too fast", [])
    rows = heading(
        width,
        "Too fast",
        f"{count_text(rapid.tier1, 'rapid guess', 'rapid guesses')}, {rapid.tier2} too fast to read it all.",
    )
    where = f"{rapid.speeded} at the end of the block or under 1:00, {rapid.disengaged} elsewhere."
    rows += prose(width, (where, Role.MUTED))
    per_block = [point.value or 0 for point in rapid.series]
    if len(per_block) > 1 and any(per_block):
        rows += _per_block(per_block, width)
    if rapid.value is not None:
        interval = span_text(rapid.low, rapid.high)
        right = f"{rapid.right} of {rapid.total} right, {share(rapid.value)} ({interval})."
    else:
        right = f"Right among them: n too small ({rapid.n} of {rapid.minimum})."
    rows += prose(width, (right, Role.MUTED))
    return Section("too fast", [*rows, *caption(width, rapid.caption)])


def answered_section(metric: Metric, width: int) -> Section:
    """How many questions are answered by 90 s."""
    if metric.value is None:
        return Section("by 90 s", [])
    row = ForestRow(
        "by 90 s",
        metric.value,
        metric.low,
        metric.high,
        figures(metric.value, metric.low, metric.high, None, metric.n),
    )
    layout = Layout.of([row], width - 2, most=40)
    rows = heading(width, "Answered by 90 s", f"{share(metric.value)} of {count_text(metric.n, 'question')}.")
    ticks = [Label(0, "0%"), Label(0.5, "50%"), Label(1, "100%")]
    rows += [BLANK, *indented(forest([row], layout, 0, 1, ticks=ticks))]
    return Section("by 90 s", [*rows, *caption(width, metric.caption)])
