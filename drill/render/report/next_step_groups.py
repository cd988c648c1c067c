"""How many are right of the questions of a kind: by subject, system, topic, by how sure, flagged or not."""

from __future__ import annotations

from collections.abc import Iterable

from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import BySubject
from drill.analytics.results import Row
from drill.analytics.subjects import WEAKER
from drill.core.counts import count_text
from drill.core.vocabulary import Confidence
from drill.render.charts.scales import label_text
from drill.render.numbers import counted, share
from drill.render.report.part import Part, waits
from drill.render.report.shares import FEW, counted_row, cut_forest, difference_row, share_row
from drill.render.report.words import NOTHING_TO_DO, sentences
from drill.render.wordings import CONFIDENCE_WORDS

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
    weaker = [label_text(row.x) for row in metric.series if row.verdict == WEAKER]
    stands, then = f"No {name} stands out", NOTHING_TO_DO
    if weaker:
        stands, then = f"Below your own average: {', '.join(weaker)}", "Study what is below first."
    if not metric.shrunken:
        stands = f"Too few {name}s to compare them"
    title = "Pulled to your average, 90% interval, right of questions" if metric.shrunken else ""
    figure = cut_forest(
        f"Right by {name}, {together}", rows, rule=metric.estimate.value, most=48, title=title
    )
    left_out = len(metric.series) - len(rows)
    more = f"The lowest {len(rows)} of {len(metric.series)}." if left_out > 0 else ""
    return Part(
        head=f"By {name}",
        said=f"{stands}; {together} of {count_text(metric.n, 'question')} right. {then}",
        figures=(figure,),
        captions=(sentences([more, metric.caption]),),
        explains=f"by_{name}",
    )


_FELT = {"sure": "answers you were sure of", "unsure": "unsure ones", "guess": "guesses"}


def confidence(report: NextStepReport) -> Part | None:
    """Right by how sure the learner was; nothing where it was never said."""
    calibration = report.confidence
    if not calibration.n:
        return None
    rows = [
        share_row(
            CONFIDENCE_WORDS[Confidence(row.label)].capitalize(),
            row.estimate,
            f"{row.right}/{row.n}",
            why_not=f"not enough yet: {row.n} of {calibration.minimum} answers",
        )
        for row in calibration.series
    ]
    shares = _shares_right((row, _FELT[row.label]) for row in calibration.series)
    few = f"Not enough answers of a kind yet: {calibration.minimum} are needed."
    return Part(
        head="How sure you were",
        said=f"{shares} Look again at what you were least sure of." if shares else few,
        figures=(cut_forest("Right by how sure you were, 95% interval", rows),),
        captions=(sentences([calibration.caption]),),
        explains="confidence",
    )


def _shares_right(rows: Iterable[tuple[Row, str]]) -> str:
    """The share right of each, with its interval and n; nothing where none has an estimate."""
    shares: list[str] = []
    for row, words in rows:
        if row.estimate is not None:
            verb = "" if shares else "are right "
            part = f"{share(row.estimate.value)} of the {words}"
            shares.append(f"{part} {verb}{counted(row.estimate, row.right, row.n)}")
    return f"{', '.join(shares)}." if shares else ""


def flags(report: NextStepReport) -> Part:
    """Right among flagged and unflagged, and the difference."""
    flagged = report.flagged
    if flagged.estimate is None:
        return Part(waiting=waits("Flagged questions", flagged, "of each"))
    rows = [counted_row(flagged.flagged, "Flagged"), counted_row(flagged.unflagged, "Not flagged")]
    shares = _shares_right(((flagged.flagged, "flagged"), (flagged.unflagged, "others")))
    return Part(
        head="Flagged questions",
        said=f"{shares} Look at the flagged ones again while there is time.",
        figures=(cut_forest("Right, 95% interval", rows, difference=difference_row(flagged.estimate)),),
        captions=(sentences([flagged.caption]),),
        explains="flagged",
    )
