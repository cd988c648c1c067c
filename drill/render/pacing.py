"""The pacing report: is the pace changing, will the next block finish, and where the seconds go."""

from __future__ import annotations

from drill.analytics.models import Metric
from drill.analytics.report_models import PacingReport
from drill.render.lines import BLANK, Line, Role
from drill.render.pacing_experiment import experiment_section
from drill.render.pacing_finish import allowance_section, finish_section
from drill.render.pacing_items import answered_section, drift_section, rapid_section, sinks_section
from drill.render.pacing_speed import ratio_section, speed_section
from drill.render.pacing_target import target_section
from drill.render.report_parts import (
    COLUMN_GAP,
    Body,
    Page,
    Section,
    below,
    caption,
    placed,
    prose,
    side_by_side,
    stack,
    whole,
)
from drill.render.report_scope import not_yet_section, scope_section
from drill.render.text import clock_text, count_text
from drill.render.trend_chart import chart_rows, pace_chart
from drill.render.trend_text import Wording, verdict_rows

_WORDING = Wording("Pace", "One block already shows its own pace in Results.")


def paint_pacing(
    report: PacingReport, width: int, height: int | None = None, *, selected: int | None = None
) -> list[Line]:
    """The whole report at a width, margins included, at most `width` cells a line.

    `height` is that of the window (it decides the rows of the chart, nothing is left out); None is a
    text report. `selected` is the block_index whose figures are read out under the chart.
    """
    return pacing_page(report, width, height, selected=selected).lines


def pacing_page(
    report: PacingReport, width: int, height: int | None = None, *, selected: int | None = None
) -> Page:
    """The same with the rows where its sections begin, for `more_line` and for jumps."""
    body = Body.of(width)
    rows = chart_rows(height)
    head = Section(
        "pace", [*pace_words(report, body.width), BLANK, *_chart(report, body.width, rows, selected)]
    )
    scope = scope_section(report.scope, body.width)
    if report.scope.blocks == 0:
        experiment = experiment_section(report.pace_experiment, body.width)
        return placed(stack([head, experiment, scope], 1), body, width)
    if not body.wide:
        return placed(stack([head, *_narrow(report, body.width), scope], 1), body, width)
    gap = 2 if height is None or height >= 36 else 1
    column = body.column
    left, right = _columns(report, column)
    abreast = side_by_side(stack(left, gap), stack(right, gap), column + COLUMN_GAP)
    tail = stack([not_yet_section(waiting_metrics(report), body.width), scope], 1)
    page = below(stack([head], gap), abreast, gap)
    return placed(below(page, tail, gap), body, width)


def _narrow(report: PacingReport, width: int) -> list[Section]:
    return [
        target_section(report.target, width),
        finish_section(report, width),
        allowance_section(report.allowance, width),
        drift_section(report, width),
        sinks_section(report.time_sinks, width),
        ratio_section(report.wrong_right_ratio, width),
        speed_section(report.speed_accuracy, width),
        experiment_section(report.pace_experiment, width),
        answered_section(report.answered_by_90, width),
        rapid_section(report.rapid, width),
        not_yet_section(waiting_metrics(report), width),
    ]


def _columns(report: PacingReport, width: int) -> tuple[list[Section], list[Section]]:
    left = [
        finish_section(report, width),
        allowance_section(report.allowance, width),
        drift_section(report, width),
        speed_section(report.speed_accuracy, width),
        experiment_section(report.pace_experiment, width),
    ]
    right = [
        target_section(report.target, width),
        sinks_section(report.time_sinks, width),
        ratio_section(report.wrong_right_ratio, width),
        answered_section(report.answered_by_90, width),
        rapid_section(report.rapid, width),
    ]
    return left, right


def waiting_metrics(report: PacingReport) -> list[tuple[str, Metric, str]]:
    """Metrics below their minimum: name, metric, what it counts."""
    metrics: list[tuple[str, Metric, str]] = [
        ("Pace now", report.pace, "questions"),
        ("Next block", report.finish_probability, "questions"),
        ("Finished", report.finish_record, "blocks"),
        ("Within a block", report.drift_speed, "blocks"),
        ("Wrong and right", report.wrong_right_ratio, "of each"),
        ("Speed and accuracy", report.speed_accuracy, "questions"),
        ("Answered by 90 s", report.answered_by_90, "questions"),
    ]
    return [(name, metric, noun) for name, metric, noun in metrics if not metric.shown]


def pace_words(report: PacingReport, width: int) -> list[Line]:
    """The verdict, its interval, and the pace now."""
    return [*verdict_rows(report.pace_trend, _WORDING, width), *_now(report, width)]


def _now(report: PacingReport, width: int) -> list[Line]:
    pace, finish = report.pace, report.finish_probability
    if pace.value is None:
        return []
    now = f"{whole(pace.value)} s per 120-word question now"
    if pace.low is not None and pace.high is not None:
        now += f", {whole(pace.low)}-{whole(pace.high)}"
    now += f", n {pace.n}."
    if finish.expected_ms is not None:
        now += f" A block of {finish.items}: about {clock_text(int(finish.expected_ms))}."
    return prose(width, (now, Role.MUTED))


def _chart(report: PacingReport, width: int, rows: int, selected: int | None) -> list[Line]:
    pace, trend = report.pace, report.pace_trend
    series = trend.series or pace.series
    painted = pace_chart(trend, series, width, rows, selected)
    for point in series:
        if point.x == selected and point.value is not None:
            counts = "counts" if point.eligible else "not in trends"
            spread = ""
            if point.low is not None and point.high is not None:
                spread = f" ({whole(point.low)}-{whole(point.high)})"
            words = f"{whole(point.value)} s{spread}, {count_text(point.n, 'question')}, {counts}"
            painted += prose(width, (f"› Block {point.x}", Role.ACCENT_STRONG), f"  {words}")
    return [*painted, *caption(width, *pace_captions(report))] if series else painted


def pace_captions(report: PacingReport) -> tuple[str, str]:
    """What the chart of the pace cannot tell apart, and what longer stems are allowed."""
    pace = report.pace
    if pace.b_source == "fitted":
        error = f" (se {pace.b_se:.2f})" if pace.b_se is not None else ""
        length = f"Longer stems are allowed time by words to the power {pace.b:.2f}{error}."
    else:
        length = f"Longer stems are allowed time by words to the power {pace.b:.1f}, assumed."
    return report.pace_trend.caption or pace.caption or "Stems differ between blocks.", length
