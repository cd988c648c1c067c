"""Single questions on the report page: drift, time sinks, wrong and right, speed, by 90 s, too fast."""

from __future__ import annotations

from collections.abc import Sequence

from drill.analytics.models import Point
from drill.analytics.report_models import PacingReport
from drill.render.html_parts import (
    UNWRAPPED,
    Key,
    Picture,
    article,
    picture,
    raw_row,
    share_rows,
    share_words,
    table,
    told,
)
from drill.render.pacing_items import answered_section, drift_section, rapid_section, sinks_section
from drill.render.pacing_speed import ratio_section, speed_section
from drill.render.report_parts import whole
from drill.render.text import count_text

_RIGHT, _WRONG = Key("right", "right"), Key("cross", "wrong")


def drift(report: PacingReport) -> str:
    """Pace by quarter of the block."""
    bins = [part for part in report.drift_speed.bins if part.value is not None]
    words = told(drift_section(report, UNWRAPPED))
    if words is None or not bins:
        return article(words, [], "drift_speed")
    rows = [(f"items {part.first}-{part.last}", f"{whole(part.value or 0)} s", str(part.n)) for part in bins]
    alt = "; ".join(f"{name} {pace}, n {n}" for name, pace, n in rows)
    chart = picture(
        "drift",
        f"Pace per 120-word question: {alt}.",
        table(("", "seconds per 120-word question", "n"), rows),
    )
    return article(words, [chart], "drift_speed")


def sinks(report: PacingReport) -> str:
    """Long looks on a time axis, right and wrong apart, and how many each block had."""
    metric = report.time_sinks
    words = told(sinks_section(metric, UNWRAPPED))
    if words is None:
        return ""
    drawn: list[Picture] = []
    if metric.dots:
        right = sum(dot.right for dot in metric.dots)
        shown = len(metric.dots)
        latest = [Key("none", f"the latest {shown} of {metric.count}")] if shown < metric.count else []
        longest = max(dot.time_ms for dot in metric.dots)
        alt = (
            f"{count_text(len(metric.dots), 'long look')} by time against 90 s: {right} right, "
            f"{len(metric.dots) - right} wrong, the longest {longest // 1000} s."
        )
        rows = [
            (
                str(dot.block),
                str(dot.position),
                f"{'at least ' if dot.censored else ''}{dot.time_ms // 1000} s",
                f"{whole(dot.expected_ms / 1000)} s",
                "right" if dot.right else "wrong",
            )
            for dot in metric.dots
        ]
        sunk = picture(
            "sinks",
            alt,
            table(("block", "item", "took", "expected by length", "answer"), rows, words=(0, 4)),
            [_RIGHT, _WRONG, Key("rule", "90 s"), *latest],
        )
        drawn.append(sunk)
    drawn += _per_block("sinks_by_block", "Time sinks", metric.series)
    return article(words, drawn, "time_sinks")


def _per_block(chart: str, name: str, series: Sequence[Point]) -> list[Picture]:
    """A small column a block, where there are two blocks and anything to show."""
    counted = [point for point in series if point.value is not None]
    if len(counted) < 2 or not any(point.value for point in counted):
        return []
    counts = ", ".join(str(whole(point.value or 0)) for point in counted[-30:])
    alt = f"{name} of each block, the last {min(len(counted), 30)}: {counts}."
    rows = [(str(point.x), str(whole(point.value or 0)), str(point.n)) for point in counted]
    figures = table(("block", name.lower(), "questions"), rows)
    return [picture(chart, alt, figures, [Key("second", f"{name.lower()} by block")])]


def ratio(report: PacingReport) -> str:
    """Two rows of 20 dots."""
    metric = report.wrong_right_ratio
    words = told(ratio_section(metric, UNWRAPPED))
    if words is None or not metric.wrong_dots_s or not metric.right_dots_s:
        return article(words, [], "wrong_right_ratio")
    lists = [("wrong", metric.wrong_n, metric.wrong_dots_s), ("right", metric.right_n, metric.right_dots_s)]
    alt = "Time of each twentieth, made as long as 120 words. " + " ".join(
        f"{name.capitalize()} (n {n}): {', '.join(str(whole(value)) for value in values)} s."
        for name, n, values in lists
    )
    rows = [
        (str(number), f"{whole(wrong)} s", f"{whole(right)} s")
        for number, (wrong, right) in enumerate(zip(metric.wrong_dots_s, metric.right_dots_s, strict=True), 1)
    ]
    chart = picture(
        "ratio",
        alt,
        table(("twentieth", f"wrong, n {metric.wrong_n}", f"right, n {metric.right_n}"), rows),
        [
            Key("cross", "wrong"),
            Key("right", "right; each mark a twentieth of them, made as long as 120 words"),
        ],
    )
    return article(words, [chart], "wrong_right_ratio")


def speed(report: PacingReport) -> str:
    """Right by quarter of length-adjusted time."""
    words = told(speed_section(report.speed_accuracy, UNWRAPPED))
    rows = [raw_row(row) for row in report.speed_accuracy.bins if row.value is not None]
    alt = f"Right by quarter of time, 95% interval: {'; '.join(share_words(*row) for row in rows)}."
    return article(words, [picture("speed", alt, share_rows(rows))], "speed_accuracy") if words else ""


def answered(report: PacingReport) -> str:
    """How many questions are answered by 90 s."""
    metric = report.answered_by_90
    words = told(answered_section(metric, UNWRAPPED))
    row = ("by 90 s", metric.value, metric.low, metric.high, f"n {metric.n}")
    alt = f"Answered {share_words(*row)}, 95% interval."
    return article(words, [picture("by_90", alt, share_rows([row]))], "answered_by_90") if words else ""


def rapid(report: PacingReport) -> str:
    """Answers too fast to be reading."""
    words = told(rapid_section(report.rapid, UNWRAPPED))
    return article(words, _per_block("rapid_by_block", "Too fast", report.rapid.series), "rapid")
