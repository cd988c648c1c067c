"""The score report as printed, assessments family by family, and work done elsewhere."""

from __future__ import annotations

from itertools import pairwise

from drill.core.road.assessments import apart, apart_text, by_family
from drill.core.road.calendar import RuleId
from drill.core.road.scores import Axis, ScoreReport, margin, margin_text
from drill.render.frame import indented
from drill.render.lines import BLANK, Line, Role, line
from drill.render.prose import prose
from drill.render.road.chart import family_chart
from drill.render.road.parts import Section, heading
from drill.render.road.words import CAUTION, RELATIVE, dated, rule_text
from drill.usecases.road import Road

LAST_OUTSIDE = 8


def score_section(road: Road, width: int) -> Section:
    """The latest score report: margin and levels, as printed."""
    if not road.scores:
        return Section(
            "score",
            prose(
                width,
                ("Score report  ", Role.STRONG),
                ("none entered: s on Road, or drill score add.", Role.MUTED),
            ),
        )
    report = road.scores[-1]
    error = road.calendar.rule(RuleId.SCORE_ERROR)
    rows = heading(
        width, "Score report",
        f"{report.total} on {dated(report.day)}, pass mark then {report.pass_mark}. "
        f"{margin_text(margin(report, road.calendar)).capitalize()}.",
    )  # fmt: skip
    rows += prose(
        width,
        (
            f"One standard error of measurement is about {error.value} points "
            f"({rule_text(error, road.today)}).",
            Role.MUTED,
        ),
    )
    rows += _levels(report, width)
    earlier = road.scores[:-1]
    if earlier:
        before = ", ".join(f"{one.total} on {dated(one.day)} (pass mark {one.pass_mark})" for one in earlier)
        rows += prose(width, (f"Before: {before}.", Role.MUTED))
    return Section("score", rows)


def _levels(report: ScoreReport, width: int) -> list[Line]:
    rows: list[Line] = []
    if not report.areas or report.relative_to is None:
        return rows
    rows += prose(width, f"Levels as printed, {RELATIVE[report.relative_to]}:")
    for axis in Axis:
        words = dict.fromkeys(area.printed for area in report.areas if area.axis is axis)
        for word in words:
            names = [a.name for a in report.areas if a.axis is axis and a.printed == word]
            rows += indented(
                prose(max(width - 2, 20), (f"{axis}, {word}: ", Role.STRONG), "; ".join(names)), 2
            )
    return rows + prose(width, (CAUTION[report.relative_to], Role.MUTED))


def assessments_section(road: Road, width: int) -> Section:
    """Each family with its own band, and whether two totals differ by more than noise."""
    rows = heading(width, "Assessments", "each family on its own scale; nothing is converted or averaged")
    families = by_family(road.assessments)
    if not families:
        rows += prose(width, ("None entered: m on Road, or drill assessment add.", Role.MUTED))
    for family, found in families.items():
        rows += [BLANK, *family_chart(family, found, road.calendar, width)]
        for earlier, later in pairwise(found):
            judged = apart(earlier, later, road.calendar)
            if judged is not None:
                pair = f"{dated(earlier.day)} and {dated(later.day)}"
                rows += indented(prose(max(width - 2, 20), f"{pair} {apart_text(judged)}."), 2)
    if road.outside:
        rows += [BLANK, *_outside(road, width)]
    return Section("assessments", rows)


def _outside(road: Road, width: int) -> list[Line]:
    rows = heading(width, "Elsewhere", "beside drill's trends, never in them")
    for one in road.outside[-LAST_OUTSIDE:]:
        right = "" if one.right is None else f", {one.right} right"
        took = "" if one.minutes is None else f", {one.minutes} min"
        ended = "finished" if one.finished else "not finished"
        rows.append(
            line("  ", f"{dated(one.day):<13}", f"{one.source} {one.questions}{right}{took}, {ended}")
        )
    return rows
