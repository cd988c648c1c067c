"""The next-best-step part of the report page."""

from __future__ import annotations

from drill.analytics.report_models import NextStepReport
from drill.render.charts import label_text
from drill.render.html_choices import changes, chosen, missed, reasons, when
from drill.render.html_parts import (
    UNWRAPPED,
    ShareRow,
    Told,
    article,
    not_yet,
    picture,
    raw_row,
    share_rows,
    share_words,
    told,
    verdict,
)
from drill.render.html_trend import NEXT_STEP, trend_block, trend_picture
from drill.render.next_step import CHART_FROM, leads_with_level, step_words, waiting_metrics
from drill.render.next_step_accuracy import against_section, flags_section, level_section, subject_section
from drill.render.next_step_choices import action_names
from drill.render.report_parts import share, signed

_NAMES_ABREAST = 7
"""Kinds of action that fit half the page."""


def next_step_part(report: NextStepReport) -> str:
    """Verdict, comparison, choices, trend and the rest.

    Until a verdict is possible, level, reasons and misses come before the comparison.
    """
    parts = _parts(report) if report.nbs_accuracy.n else []
    return (
        '<section class="part" id="next-step" aria-labelledby="next-step-verdict">'
        + verdict(step_words(report, UNWRAPPED), identity="next-step")
        + "".join(parts)
        + (not_yet(waiting_metrics(report)) if parts else "")
        + "</section>"
    )


def _parts(report: NextStepReport) -> list[str]:
    table, misses = chosen(report.action_table), when(report.when_table)
    by_block, others, lately = _trend(report), against(report), level(report)
    left = subjects(report) + flags(report)
    right = changes(report.answer_changes) + reasons(report.miss_reasons)
    latest = missed(report.missed)
    if leads_with_level(report):
        first = _columns(lately + misses, latest)
        return [first, _columns(table, others, _kind(report)), by_block, _columns(left, right)]
    choices = _columns(table, misses, _kind(report))
    return [_columns(others, lately), choices, by_block, _columns(left, right + latest)]


def _kind(report: NextStepReport) -> str:
    """A broad table of actions gets the broader column."""
    broad = len(action_names(report.action_table)) > _NAMES_ABREAST
    return "columns table-first" if broad else "columns"


def _columns(left: str, right: str, kind: str = "columns") -> str:
    if not left or not right:
        return left + right
    return f'<div class="{kind}"><div>{left}</div><div>{right}</div></div>'


def _trend(report: NextStepReport) -> str:
    trend = report.nbs_trend
    if report.nbs_accuracy.n < CHART_FROM:
        return ""
    head = '<h3>By block</h3><p class="said muted">% of next-best-step questions right</p>'
    line_only = "" if trend.line else "A line is drawn only with a verdict."
    chart = trend_picture(NEXT_STEP, trend, trend.series)
    return trend_block(chart, (trend.caption, line_only), "nbs_trend", head)


def against(report: NextStepReport) -> str:
    """Next best step over all others, and their difference over a rule at zero."""
    nbs, other, gap = report.nbs_accuracy, report.other_accuracy, report.difference
    rows = [
        ("Next best step", nbs.value, nbs.low, nbs.high, f"{nbs.right}/{nbs.n}"),
        *(raw_row(bank) for bank in nbs.by_bank),
        ("All others", other.value, other.low, other.high, f"{other.right}/{other.n}"),
    ]
    spoken = [share_words(*row) for row in rows]
    if gap.value is not None:
        spoken.append(difference_words(gap.value, gap.low, gap.high))
    alt = f"Right, 95% interval: {'; '.join(spoken)}."
    painted = told(against_section(report, UNWRAPPED), bare_picture=True)
    captions = painted.captions if painted else ()
    words = Told("Next best step and the rest", "right, with intervals", True, (), captions)
    note = spoken[-1] if gap.value is not None else ""
    return article(words, [picture("against", alt, share_rows(rows) + figures_note(note))], "difference")


def figures_note(text: str) -> str:
    """A sentence under a table of figures."""
    return f"<p>{text}.</p>" if text else ""


def difference_words(value: float, low: float | None, high: float | None) -> str:
    """A difference of proportions read out, in points."""
    interval = (
        f", {signed(low * 100)} to {signed(high * 100)}" if low is not None and high is not None else ""
    )
    return f"Difference {signed(value * 100)} points{interval}"


def level(report: NextStepReport) -> str:
    """The last days and the discounted level."""
    words = told(level_section(report, UNWRAPPED))
    recent, now = report.nbs_recent, report.nbs_level
    rows: list[ShareRow] = []
    if recent.value is not None:
        right = f"{recent.right}/{recent.n}"
        rows.append(("Last 5 study days", recent.value, recent.low, recent.high, right))
    if now.value is not None:
        rows.append(("Level now", now.value, now.low, now.high, f"n {now.n}"))
        rows += [raw_row(bank) for bank in now.by_bank]
    alt = f"Next-best-step questions right: {'; '.join(share_words(*row) for row in rows)}."
    return article(words, [picture("level", alt, share_rows(rows))], "nbs_level")


def subjects(report: NextStepReport) -> str:
    """Subjects from low to high over the rule of all together."""
    metric = report.by_subject
    words = told(subject_section(metric, UNWRAPPED))
    if words is None or metric.value is None:
        return ""
    rows = [
        (
            f"{label_text(row.x)}{' · weaker' if row.verdict == 'weaker' else ''}",
            row.value,
            row.low,
            row.high,
            f"{row.right}/{row.n}",
        )
        for row in metric.series
    ]
    spoken = "; ".join(share_words(*row) for row in rows)
    alt = f"Right by subject, all together {share(metric.value)}: {spoken}."
    return article(words, [picture("subjects", alt, share_rows(rows))], "by_subject")


def flags(report: NextStepReport) -> str:
    """Right among flagged and unflagged, and the difference."""
    metric = report.flagged
    words = told(flags_section(metric, UNWRAPPED))
    if words is None or metric.value is None:
        return ""
    rows = [raw_row(metric.flagged, "Flagged"), raw_row(metric.unflagged, "Not flagged")]
    gap = difference_words(metric.value, metric.low, metric.high)
    alt = f"Right, 95% interval: {'; '.join([*(share_words(*each) for each in rows), gap])}."
    return article(words, [picture("flags", alt, share_rows(rows) + figures_note(gap))], "flagged")
