"""How many are right, with intervals: against the rest, by block, lately."""

from __future__ import annotations

from dataclasses import replace

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import Accuracy, Level, WhenTable
from drill.analytics.results import Verdict
from drill.analytics.subjects import WEAKER
from drill.analytics.trend_metrics import NBS_BLOCK_ITEMS
from drill.core.counts import count_text
from drill.render.charts.scales import label_text
from drill.render.numbers import counted_share, share, share_interval
from drill.render.report.part import Part, Statement, Weight, waits
from drill.render.report.shares import bank_rows, cut_forest, difference_row, share_row
from drill.render.report.trend import has_chart, trend_figure
from drill.render.report.verdicts import TrendWords, verdict_statements
from drill.render.report.words import NOTHING_TO_DO, not_enough, points_words, sentences
from drill.render.wordings import WHEN_WORDS

CHART_FROM = 10
"""Next-best-step questions until there is anything to draw."""


_TREND = TrendWords(
    now={
        Verdict.IMPROVING: "You get more next-best-step questions right than before.",
        Verdict.DECLINING: "You get fewer next-best-step questions right than before.",
    },
    unchanged="No change can be seen in how many next-best-step questions you get right.",
    question="Whether you get more next-best-step questions right",
    less="fewer",
    more="more",
    empty="",
    then={
        Verdict.IMPROVING: "Go on as you do.",
        Verdict.DECLINING: "Open Missed and Why it was wrong to see what.",
        Verdict.NO_EVIDENCE: "Nothing to change: go on, and look again after some blocks.",
    },
    withheld="Whether more are right is left open: the blocks you set aside decide it.",
)


def next_step_statements(
    report: NextStepReport, unused_left: int | None, damage: str = ""
) -> tuple[Statement, ...]:
    """The verdict, its interval, and when one will be possible.

    `unused_left` is how many unused next-best-step questions the pool still has; None: not known. `damage`
    as in `verdict_statements`.
    """
    many = report.nbs_accuracy.n
    answered = f"{count_text(many, 'next-best-step question')} answered." if many else ""
    found = verdict_statements(report.nbs_trend, replace(_TREND, empty=answered), damage)
    more = report.blocks_to_verdict
    if more and report.nbs_trend.verdict is Verdict.TOO_EARLY:
        found.append(Statement("", _to_know(more, unused_left), Weight.QUIET))
    return tuple(found)


def _to_know(blocks: int, unused_left: int | None) -> str:
    """How many more blocks it takes, and whether there are questions for them; what to do stands above."""
    needed = blocks * NBS_BLOCK_ITEMS
    more = count_text(blocks, "more next-best-step block")
    needs = f"About {more} until drill can say: {needed} questions"
    if unused_left is None:
        return f"{needs}."
    left = f"{unused_left} unused {'is' if unused_left == 1 else 'are'} left"
    if unused_left >= needed:
        return f"{needs}, and {left}."
    return f"{needs}, but only {left}, {needed - unused_left} too few. Import more: Ctrl+O, or drill import."


def how_many_right(report: NextStepReport) -> str:
    """Next-best-step questions against the rest."""
    nbs, other, difference = report.nbs_accuracy, report.other_accuracy, report.difference
    if nbs.estimate is None:
        return "No next-best-step question counts yet."
    steps = f"{_right(nbs)} of the next-best-step questions"
    if other.estimate is None:
        return f"{steps}."
    both = f"{steps}, {_right(other)} of the others."
    if difference.estimate is None:
        return f"{both} {not_enough(difference, 'of each')} to compare them."
    change, ends = points_words(difference.estimate)
    if not change:
        return f"{both} Whether that differs cannot be told: {ends}."
    return f"{both} That is {change} ({ends})."


def _right(metric: Accuracy) -> str:
    assert metric.estimate is not None
    return counted_share(metric.estimate, metric.right, metric.n)


def where_lost(report: NextStepReport) -> str:
    """The commonest reason why a chosen step was wrong, and subjects that are separably lower."""
    said = [_commonest(report.when_table)]
    weaker = [row for row in report.by_subject.series if row.verdict == WEAKER]
    if weaker:
        pulled = share(report.by_subject.level or 0)
        rows = (f"{label_text(row.x)} {counted_share(row.estimate, row.right, row.n)}" for row in weaker)
        said.append(f"Below your own average (pulled to it, {pulled} interval): {', '.join(rows)}.")
    elif report.by_subject.shrunken:
        said.append("No subject stands out from the others.")
    return " ".join(filter(None, said)) or "Not enough questions yet."


def _commonest(table: WhenTable) -> str:
    """Nothing where no author of a missed question says why its steps are wrong; one miss is not often."""
    rows = [point for point in table.series if point.estimate is not None]
    if not rows:
        return ""
    count = max(table.counts.get(str(point.x), 0) for point in rows)
    top = [point for point in rows if table.counts.get(str(point.x), 0) == count]
    if len(top) > 1 or count == 1:
        return f"No reason why a chosen step was wrong stands out ({count_text(table.n, 'miss', 'misses')})."
    assert top[0].estimate is not None
    often = counted_share(top[0].estimate, count, table.n)
    return f"The step you chose instead was most often {WHEN_WORDS[str(top[0].x)]}: {often}."


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
        axis_title="% of next-best-step questions right",
    )
    line_only = "" if trend.line or not trend.series else "A line is drawn only with a verdict."
    few = report.nbs_accuracy.n < CHART_FROM
    drawn = () if few or not has_chart(figure) else (figure,)
    notes: tuple[str, ...] = ()
    if few and trend.series:
        counted = count_text(report.nbs_accuracy.n, "question")
        notes = (f"{counted} counted; the chart starts at {CHART_FROM}.",)
    return Part(
        head="By block",
        notes=notes,
        figures=drawn,
        captions=(sentences([trend.caption, line_only]),) if drawn else (),
        explains="nbs_trend",
    )


def comparison(report: NextStepReport) -> Part:
    """Next best step over all others, and their difference over a rule at zero."""
    nbs, others = (
        share_row(name, metric.estimate, f"{metric.right}/{metric.n}", why_not=not_enough(metric))
        for name, metric in (("Next best step", report.nbs_accuracy), ("All others", report.other_accuracy))
    )
    difference = difference_row(report.difference.estimate, not_enough(report.difference, "of each"))
    rows = [nbs, *bank_rows(report.nbs_accuracy.by_bank), others]
    found = report.difference.estimate
    is_open = found is not None and (found.low or 0) <= 0 <= (found.high or 0)
    return Part(
        head="Compared",
        said=f"{how_many_right(report)} {NOTHING_TO_DO if is_open else ''}".rstrip(),
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
        name = f"Level now, {share(level.level or 0)}"
        rows += [share_row(name, level.estimate, f"n {level.n}"), *bank_rows(level.by_bank, levels=True)]
    waiting = waits("Level now", level, "questions")
    if not rows:
        return Part(waiting=waiting)
    return Part(
        head="Lately",
        said=_lately(recent, level),
        figures=(cut_forest("Next-best-step questions right", rows, most=48),),
        captions=(sentences([level.caption]),),
        explains="nbs_level",
        waiting=waiting,
    )


def _lately(recent: Accuracy, level: Level) -> str:
    said = []
    if recent.estimate is not None:
        said.append(f"{_right(recent)} of the next-best-step questions of your last 5 study days are right.")
    if level.estimate is not None:
        ends = f"{share(level.level or 0)} interval {share_interval(level.estimate)}"
        now = f"{share(level.estimate.value)} ({ends}, n {level.n})"
        said.append(f"Over all days, the recent ones counting most, {now}: go by this, it rests on more.")
    return " ".join(said)
