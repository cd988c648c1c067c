"""The list of a report's parts is whole: every metric is told once, every part has its place, each waits or speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace

import pytest

from drill.analytics.intervals import Interval, PointEstimate
from drill.analytics.results import Metric, Point
from drill.render.charts.trend import Trend
from drill.render.report import pages
from drill.render.report.part import Abreast, View
from tests.render import report_samples as samples

REPORTS = {"pacing": samples.pacing_report(), "next-step": samples.next_step_report()}
LISTS = {"pacing": pages.PACING, "next-step": pages.NEXT_STEP}


def placed(arrangement: Sequence[Abreast]) -> list[str]:
    return [name for row in arrangement for name in (*row.left, *row.right)]


@pytest.mark.parametrize("name", REPORTS)
def test_every_metric_of_a_report_is_told_by_one_part(name: str) -> None:
    report = REPORTS[name]
    held = [f.name for f in fields(report) if isinstance(getattr(report, f.name), Metric)]
    assert sorted(pages.metrics(LISTS[name])) == sorted(held)


@pytest.mark.parametrize(
    ("name", "arrangement"),
    [
        ("pacing", pages.PACING_PAGE),
        ("next-step", pages.NEXT_STEP_PAGE),
    ],
)
def test_every_part_has_one_place(name: str, arrangement: Sequence[Abreast]) -> None:
    parts = [entry.name for entry in LISTS[name] if entry.name not in ("pace", "trend")]
    assert sorted(placed(arrangement)) == sorted(parts)


def unshown(view: View) -> list[str]:
    return [waiting.title for waiting in view.waiting]


def test_a_part_speaks_or_waits_and_never_both() -> None:
    whole = pages.pacing_view(samples.pacing_report())
    assert unshown(whole) == []
    assert whole.parts["wrong answers"].head == "Wrong answers"
    ratio = replace(samples.pacing_report().wrong_right_ratio, estimate=None, n=5)
    view = pages.pacing_view(replace(samples.pacing_report(), wrong_right_ratio=ratio))
    assert view.parts["wrong answers"].head == ""
    assert [(w.title, w.why) for w in view.waiting] == [
        ("Wrong answers", "Not enough of each yet (5, needs 8)")
    ]


def test_where_no_block_counts_nothing_waits() -> None:
    assert unshown(pages.pacing_view(samples.empty_pacing_report())) == []
    assert unshown(pages.next_step_view(samples.empty_next_step_report())) == []


def test_a_dot_gives_back_the_estimate_it_was_made_of() -> None:
    for estimate in (None, PointEstimate(3), Interval(0.5, 0.2, 0.8)):
        assert Point.of(7, estimate, 20).estimate == estimate


def test_far_whiskers_do_not_dwarf_the_dots() -> None:
    series = tuple(Point.of(n, Interval(90 + n, 0, 500), 20) for n in range(1, 5))
    report = samples.pacing_report()
    trend = replace(report.pace_trend, series=series, line=(), detected=(), band=None)
    (figure,) = pages.pacing_view(replace(report, pace_trend=trend)).parts["pace"].figures
    assert isinstance(figure, Trend)
    assert figure.extent == pytest.approx((91 - 9.4, 94 + 9.4))
