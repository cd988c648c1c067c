"""The next-best-step report: is accuracy changing, against what, and which steps were chosen instead."""

from __future__ import annotations

from drill.analytics.models import Metric, Verdict
from drill.analytics.report_models import NextStepReport
from drill.render.lines import Line, Role
from drill.render.next_step_accuracy import (
    against_section,
    flags_section,
    level_section,
    subject_section,
)
from drill.render.next_step_choices import (
    changes_section,
    chosen_section,
    chosen_widths,
    missed_section,
    reasons_section,
    when_section,
)
from drill.render.report_parts import (
    COLUMN_GAP,
    Body,
    Page,
    Section,
    below,
    caption,
    heading,
    placed,
    prose,
    side_by_side,
    stack,
)
from drill.render.report_scope import not_yet_section, scope_section
from drill.render.text import count_text
from drill.render.trend_chart import chart_rows, share_chart
from drill.render.trend_text import Wording, verdict_rows

CHART_FROM = 10
"""Next-best-step questions until there is anything to draw."""
MISSED_SHOWN = 10
_MISSED_WIDTH = 42
"""Cells the names of misses get beside the level, which has a picture."""
_WHEN_WIDTH = 38
"""Cells the reasons need beside the table."""


def paint_next_step(
    report: NextStepReport, width: int, height: int | None = None, *, unused_left: int | None = None
) -> list[Line]:
    """The whole report at a width, margins included, at most `width` cells a line.

    `height` is that of the window (it decides the rows of the chart, nothing is left out); None is a
    text report. `unused_left` is how many unused next-best-step questions the pool still has.
    """
    return next_step_page(report, width, height, unused_left=unused_left).lines


def next_step_page(
    report: NextStepReport, width: int, height: int | None = None, *, unused_left: int | None = None
) -> Page:
    """The same with the rows where its sections begin, for `more_line` and for jumps."""
    body = Body.of(width)
    gap = 2 if body.wide and (height is None or height >= 36) else 1
    rows = chart_rows(height)
    head = Section("verdict", step_words(report, body.width, unused_left))
    trend = Section("trend", _trend(report, body.width, rows))
    scope = scope_section(report.scope, body.width)
    if report.nbs_accuracy.n == 0:
        return placed(stack([head, trend, scope], 1), body, width)
    against = against_section(report, body.width)
    waiting = not_yet_section(waiting_metrics(report), body.width)
    if not body.wide:
        sections = _narrow(report, body.width, against, trend)
        return placed(stack([head, *sections, waiting, scope], gap), body, width)
    return placed(_wide(report, body, gap, head, against, trend, stack([waiting, scope], 1)), body, width)


def leads_with_level(report: NextStepReport) -> bool:
    """Until a verdict is possible, level, reasons and misses come before the comparison."""
    return report.nbs_trend.verdict is Verdict.TOO_EARLY and not report.nbs_trend.detected


def _narrow(report: NextStepReport, width: int, against: Section, trend: Section) -> list[Section]:
    level = level_section(report, width)
    when = when_section(report.when_table, width)
    missed = missed_section(report.missed, width, MISSED_SHOWN)
    chosen = chosen_section(report.action_table, width)
    rest = [
        subject_section(report.by_subject, width),
        changes_section(report.answer_changes, width),
        flags_section(report.flagged, width),
        reasons_section(report.miss_reasons, width),
    ]
    if leads_with_level(report):
        return [level, when, missed, against, chosen, trend, *rest]
    return [against, chosen, when, trend, level, *rest, missed]


def _wide(
    report: NextStepReport, body: Body, gap: int, head: Section, against: Section, trend: Section, tail: Page
) -> Page:
    """Table and reasons abreast where they fit; the rest in two equal columns under the charts."""
    column = body.column
    level = level_section(report, column)
    missed = missed_section(report.missed, column, MISSED_SHOWN)
    choices = _choices(report, body, gap)
    subjects = subject_section(report.by_subject, body.width)
    left = [flags_section(report.flagged, column), reasons_section(report.miss_reasons, column)]
    right = [changes_section(report.answer_changes, column)]
    if leads_with_level(report):
        broad = body.width - COLUMN_GAP - _MISSED_WIDTH
        level = level_section(report, broad)
        missed = missed_section(report.missed, _MISSED_WIDTH, MISSED_SHOWN)
        first = side_by_side(stack([level], gap), stack([missed], gap), broad + COLUMN_GAP)
        parts = [first, choices, stack([against], gap), stack([trend, subjects], gap)]
    else:
        parts = [stack([against], gap), choices, stack([trend, subjects], gap)]
        left.insert(0, level)
        right.append(missed)
    page = stack([head], gap)
    for part in [*parts, side_by_side(stack(left, gap), stack(right, gap), column + COLUMN_GAP), tail]:
        page = below(page, part, gap)
    return page


def _choices(report: NextStepReport, body: Body, gap: int) -> Page:
    """The action table and, at its right or below, when the step was wrong."""
    least, most = chosen_widths(report.action_table)
    left = min(max(most, body.column), body.width - _WHEN_WIDTH - COLUMN_GAP)
    if left < least:
        chosen = chosen_section(report.action_table, body.width)
        return stack([chosen, when_section(report.when_table, body.width)], gap)
    chosen = chosen_section(report.action_table, left)
    when = when_section(report.when_table, body.width - left - COLUMN_GAP)
    if not chosen.rows:
        return stack([when], gap)
    return side_by_side(stack([chosen], 1), stack([when], 1), left + COLUMN_GAP)


def waiting_metrics(report: NextStepReport) -> list[tuple[str, Metric, str]]:
    """Metrics below their minimum: name, metric, what it counts."""
    metrics: list[tuple[str, Metric, str]] = [
        ("Level now", report.nbs_level, "questions"),
        ("Difference", report.difference, "of each"),
        ("By subject", report.by_subject, "questions"),
        ("Answer changes", report.answer_changes, "changes"),
        ("Flagged questions", report.flagged, "of each"),
        ("What you chose", report.action_table, "questions"),
        ("When it was wrong", report.when_table, "misses"),
        ("Miss reasons", report.miss_reasons, "misses"),
    ]
    return [(name, metric, noun) for name, metric, noun in metrics if not metric.shown]


def step_words(report: NextStepReport, width: int, unused_left: int | None = None) -> list[Line]:
    """The verdict, its interval, and when one will be possible."""
    many = report.nbs_accuracy.n
    answered = count_text(many, "next-best-step question") if many else "No next-best-step question"
    empty = f"{answered} answered; the chart starts at {CHART_FROM}."
    rows = verdict_rows(report.nbs_trend, Wording("Next best step", empty), width)
    more = report.blocks_to_verdict
    if more and report.nbs_trend.verdict is Verdict.TOO_EARLY:
        blocks = count_text(more, "more next-best-step block")
        rows += prose(width, (f"A verdict needs about {blocks}{_stock(unused_left)}.", Role.MUTED))
    return rows


def _stock(unused_left: int | None) -> str:
    if unused_left is None:
        return ""
    return f"; {unused_left} unused {'is' if unused_left == 1 else 'are'} left"


def _trend(report: NextStepReport, width: int, rows: int) -> list[Line]:
    trend = report.nbs_trend
    head = heading(width, "By block", "% of next-best-step questions right", role=Role.MUTED)
    if report.nbs_accuracy.n < CHART_FROM and trend.series:
        answered = count_text(report.nbs_accuracy.n, "question")
        return [*head, *caption(width, f"{answered} answered; the chart starts at {CHART_FROM}.")]
    line_only = "" if trend.line or not trend.series else "A line is drawn only with a verdict."
    return [*head, *share_chart(trend, width, rows), *caption(width, trend.caption, line_only)]
