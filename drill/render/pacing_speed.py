"""Time and right or wrong: how long each takes, and how many are right by quarter of time."""

from __future__ import annotations

import math

from drill.analytics.pacing_models import SpeedAccuracy, WrongRight
from drill.render.chart_forest import ForestRow, Layout, forest
from drill.render.chart_strips import dot_strip
from drill.render.charts import Label, Scale, axis_labels, label_text
from drill.render.lines import BLANK, Line, Role, line
from drill.render.report_parts import Section, caption, figures, heading, indented, prose
from drill.render.text import clock_text


def ratio_section(ratio: WrongRight, width: int) -> Section:
    """Two rows of 20 dots, and how many times as long a wrong answer takes."""
    if ratio.value is None:
        return Section("wrong and right", [])
    interval = ""
    if ratio.low is not None and ratio.high is not None:
        interval = f" ({ratio.low:.2f}-{ratio.high:.2f})"
    rows = heading(width, "Wrong and right", f"wrong answers take {ratio.value:.2f} times as long{interval}.")
    counted = f"{ratio.wrong_n} wrong, {ratio.right_n} right."
    over = f"{clock_text(ratio.wrong_over_90_ms)} beyond 90 s went into questions that ended wrong."
    rows += prose(width, (f"{counted} {over}", Role.MUTED))
    if ratio.wrong_dots_s and ratio.right_dots_s:
        rows += [BLANK, *indented(_dot_rows(ratio, width - 2))]
    why = ratio.caption or "Wrong answers usually take longer because harder questions do."
    return Section("wrong and right", [*rows, *caption(width, why)])


def _dot_rows(ratio: WrongRight, width: int) -> list[Line]:
    label = 8
    both = [*ratio.wrong_dots_s, *ratio.right_dots_s, 90.0]
    low = math.floor(min(both) / 10) * 10
    high = max(math.ceil(max(both) / 10) * 10, low + 10)
    scale = Scale(low, high, max(min(width - label - 1, 44), 1))
    rows: list[Line] = []
    for name, values in (("wrong", ratio.wrong_dots_s), ("right", ratio.right_dots_s)):
        strip = dot_strip(values, scale, rule=90, most=3)
        for number, drawn in enumerate(strip):
            text = name if number == len(strip) - 1 else ""
            rows.append(line((f"{text:<{label}}", Role.MUTED), *drawn.spans))
    labels = [
        Label(90.0, "90", Role.STRONG),
        Label(low, f"{low} s"),
        Label(high, f"{high} s"),
    ]
    rows.append(line(" " * label, *axis_labels(labels, scale).spans))
    return [*rows, *prose(width, ("Each dot is a twentieth of them, made as long as 120 words.", Role.MUTED))]


def speed_section(metric: SpeedAccuracy, width: int) -> Section:
    """Right by quarter of length-adjusted time, fastest first."""
    bins = [row for row in metric.bins if row.value is not None]
    if not bins or not metric.shown:
        return Section("speed and accuracy", [])
    rows = [
        ForestRow(
            label_text(row.label),
            row.value,
            row.low,
            row.high,
            figures(row.value, row.low, row.high, row.right, row.n),
        )
        for row in bins
    ]
    layout = Layout.of(rows, width - 2, most=40)
    ticks = [Label(0, "0%"), Label(0.5, "50%"), Label(1, "100%")]
    painted = heading(width, "Speed and accuracy", "right by quarter of time, fastest first", role=Role.MUTED)
    painted += [BLANK, *indented(forest(rows, layout, 0, 1, ticks=ticks))]
    fixed = "Slow questions are mostly the hard ones; this does not show what happens if you hurry."
    return Section("speed and accuracy", [*painted, *caption(width, metric.caption or fixed)])
