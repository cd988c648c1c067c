"""Every metric of the reports can be explained, and the explanation agrees with the code."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.results import Metric
from drill.errors import DrillError
from drill.render.lines import ASCII, plain
from drill.render.report.explain import explained, explanation, paint_explanation

METRICS = {
    field.name: getattr(report, field.name)
    for report in (pacing_report([]), next_step_report([]))
    for field in fields(report)
    if isinstance(getattr(report, field.name), Metric)
}


def test_every_metric_of_both_reports_is_explained_and_nothing_else() -> None:
    assert list(explained()) == list(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_the_minimum_told_is_the_minimum_used(name: str) -> None:
    assert explanation(name).minimum == METRICS[name].minimum


@pytest.mark.parametrize("name", METRICS)
def test_an_explanation_has_formula_minimum_and_source_in_eighty_columns(name: str) -> None:
    text = plain(paint_explanation(name, 80))
    for label in ("Formula", "Needs", "Interval", "Caution", "Source"):
        assert f"\n  {label}" in text
    assert max(map(len, text.splitlines())) <= 80
    assert text.translate(ASCII).isascii()


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].minimum == 1])
def test_a_minimum_of_one_is_told_in_the_singular(name: str) -> None:
    thing = re.split(" with | between ", explanation(name).counts)[0]
    assert thing.endswith("miss") or not thing.endswith("s")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pace", "95%"),
        ("wrong_right_ratio", "normal approximation"),
        ("answered_by_90", "Greenwood"),
        ("by_subject", "90%"),
    ],
)
def test_an_interval_is_named_with_its_level_or_its_method(name: str, words: str) -> None:
    assert words in explanation(name).interval


def test_hyphens_will_do_for_underscores() -> None:
    assert explanation("time-sinks") is explanation("time_sinks")


def test_an_unknown_name_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(DrillError, match=r"No metric is called 'sinks'\..*time_sinks"):
        explanation("sinks")


@given(name=st.sampled_from(sorted(METRICS)), width=st.integers(1, 220))
def test_an_explanation_fits_any_width(name: str, width: int) -> None:
    assert max(row.width for row in paint_explanation(name, width)) <= width
