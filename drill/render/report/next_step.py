"""How many are right, with intervals: against the rest, by block, lately, by subject, flagged or not."""

from __future__ import annotations

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import BySubject
from drill.analytics.results import Verdict
from drill.render.charts.scales import label_text
from drill.render.numbers import share
from drill.render.report.part import Part, Statement, Weight, waits
from drill.render.report.shares import FEW, bank_rows, counted_row, cut_forest, difference_row, share_row
from drill.render.report.trend import trend_figure
from drill.render.report.verdicts import verdict_statements
from drill.render.report.words import sentences, too_small
from drill.render.text import count_text

CHART_FROM = 10
"""Next-best-step questions until there is anything to draw."""


def next_step_statements(report: NextStepReport, unused_left: int | None) -> tuple[Statement, ...]:
    """The verdict, its interval, and when one will be possible.

    `unused_left` is how many unused next-best-step questions the pool still has; None: not known.
    """
    many = report.nbs_accuracy.n
    answered = count_text(many, "next-best-step question") if many else "No next-best-step question"
    empty = f"{answered} answered; the chart starts at {CHART_FROM}."
    found = verdict_statements(report.nbs_trend, "Next best step", empty)
    more = report.blocks_to_verdict
    if more and report.nbs_trend.verdict is Verdict.TOO_EARLY:
        blocks = count_text(more, "more next-best-step block")
        stock = ""
        if unused_left is not None:
            stock = f"; {unused_left} unused {'is' if unused_left == 1 else 'are'} left"
        found.append(Statement("", f"A verdict needs about {blocks}{stock}.", Weight.QUIET))
    return tuple(found)


def comes_first_level(report: NextStepReport) -> bool:
    """Until a verdict is possible, level, reasons and misses come before the comparison."""
    return report.nbs_trend.verdict is Verdict.TOO_EARLY and not report.nbs_trend.detected


def by_block(report: NextStepReport) -> Part:
    """Proportion right by block."""
    trend = report.nbs_trend
    figure = trend_figure(
        trend,
        trend.series,
        about="Next-best-step questions right in each block",
        unit="right",
        proportions=True,
        empty=(0.5, 1),
    )
    line_only = "" if trend.line or not trend.series else "A line is drawn only with a verdict."
    caption = sentences([trend.caption, line_only])
    few = report.nbs_accuracy.n < CHART_FROM and bool(trend.series)
    if few:
        answered = count_text(report.nbs_accuracy.n, "question")
        caption = f"{answered} answered; the chart starts at {CHART_FROM}."
    return Part(
        head="By block",
        said="% of next-best-step questions right",
        is_description=True,
        figures=() if few else (figure,),
        captions=(caption,),
        explains="nbs_trend",
    )


def comparison(report: NextStepReport) -> Part:
    """Next best step over all others, and their difference over a rule at zero."""
    nbs, others = (
        share_row(name, metric.estimate, f"{metric.right}/{metric.n}", why_not=too_small(metric))
        for name, metric in (("Next best step", report.nbs_accuracy), ("All others", report.other_accuracy))
    )
    difference = difference_row(report.difference.estimate, too_small(report.difference, "of each"))
    rows = [nbs, *bank_rows(report.nbs_accuracy.by_bank), others]
    return Part(
        head="Next best step and the rest",
        headless=True,
        said="right, with intervals",
        is_description=True,
        figures=(cut_forest("Right, 95% interval", rows, difference=difference, most=58),),
        captions=(sentences([report.difference.caption]),),
        flush=True,
        explains="difference",
        waiting=waits("Difference", report.difference, "of each"),
    )


def lately(report: NextStepReport) -> Part:
    """The last days and the discounted level; a level is never a verdict."""
    recent, level = report.nbs_recent, report.nbs_level
    rows = []
    if recent.estimate is not None:
        rows.append(share_row("Last 5 study days", recent.estimate, f"{recent.right}/{recent.n}"))
    if level.estimate is not None:
        rows += [share_row("Level now", level.estimate, f"n {level.n}"), *bank_rows(level.by_bank)]
    waiting = waits("Level now", level, "questions")
    if not rows:
        return Part(waiting=waiting)
    return Part(
        head="Lately",
        said="next-best-step questions right",
        is_description=True,
        figures=(cut_forest("Next-best-step questions right", rows, most=48),),
        captions=(sentences([level.caption]),),
        explains="nbs_level",
        waiting=waiting,
    )


MOST_ROWS = 12
"""Rows of a label that are drawn: the lowest; the JSON has all."""


def by_subject(report: NextStepReport) -> Part:
    """Subjects from low to high over the rule of all together; few items are dim."""
    return _by_label(report.by_subject, "subject")


def by_system(report: NextStepReport) -> Part | None:
    """The same by organ system."""
    return _by_label(report.by_system, "system") if report.by_system.n else None


def by_topic(report: NextStepReport) -> Part | None:
    """The same by topic."""
    return _by_label(report.by_topic, "topic") if report.by_topic.n else None


def _by_label(metric: BySubject, name: str) -> Part:
    if not metric.series or metric.estimate is None:
        return Part(waiting=waits(f"By {name}", metric, "questions"))
    rows = [
        share_row(
            label_text(row.x),
            row.estimate,
            f"{row.right}/{row.n}",
            dim=row.n < FEW,
            mark="weaker" if row.verdict == "weaker" else "",
        )
        for row in metric.series[:MOST_ROWS]
    ]
    together = f"all together {share(metric.estimate.value)}"
    figure = cut_forest(f"Right by {name}, {together}", rows, rule=metric.estimate.value, most=48)
    left_out = len(metric.series) - len(rows)
    more = f"The lowest {len(rows)} of {len(metric.series)}." if left_out > 0 else ""
    return Part(
        head=f"By {name}",
        said=f"{together}, {metric.n} questions.",
        is_description=True,
        figures=(figure,),
        captions=(sentences([more, metric.caption]),),
        explains=f"by_{name}",
    )


def flags(report: NextStepReport) -> Part:
    """Right among flagged and unflagged, and the difference."""
    flagged = report.flagged
    if flagged.estimate is None:
        return Part(waiting=waits("Flagged questions", flagged, "of each"))
    rows = [counted_row(flagged.flagged, "Flagged"), counted_row(flagged.unflagged, "Not flagged")]
    return Part(
        head="Flagged questions",
        said="right with and without a flag",
        is_description=True,
        figures=(cut_forest("Right, 95% interval", rows, difference=difference_row(flagged.estimate)),),
        captions=(sentences([flagged.caption]),),
        explains="flagged",
    )
