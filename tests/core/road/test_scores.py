"""Margins, printed words, and totals that differ by noise."""

from __future__ import annotations

from datetime import date
from statistics import NormalDist

import pytest

from drill.core.road.assessments import Family, Pacing, apart, apart_text, band_of, by_family
from drill.core.road.scores import Area, Axis, Level, ScoreReport, margin, margin_text, reading
from tests.core.road.samples import assessment, calendar


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (209, "9 below: 1.5 standard errors"),
        (212, "6 below: 1 standard error"),
        (218, "at the pass mark"),
        (230, "12 above: 2 standard errors"),
        (214, "4 below: 0.7 standard errors"),
    ],
)
def test_the_margin_is_told_in_points_and_standard_errors(total: int, text: str) -> None:
    assert margin_text(margin(ScoreReport(date(2026, 10, 14), total, 218), calendar())) == text


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("Lower", Level.LOWER),
        ("Lower Performance", Level.LOWER),
        ("About the same", Level.SAME),
        ("Higher", Level.HIGHER),
        ("Borderline", Level.SAME),
        ("Further study", None),
        ("lower or higher", None),
    ],
)
def test_printed_words_are_read_as_one_of_three_levels_or_none(printed: str, level: Level | None) -> None:
    assert reading(printed) is level


def test_lower_areas_keep_the_order_of_the_report() -> None:
    names = ("Respiratory", "Endocrine", "Cardiovascular")
    areas = tuple(Area(Axis.SYSTEM, name, Level.LOWER, "Lower") for name in names)
    report = ScoreReport(
        date(2026, 10, 14), 209, 218, None, (*areas, Area(Axis.TASK, "x", Level.SAME, "Same"))
    )
    assert report.lower() == areas


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("212", "221", "apart by 9: within noise; 22 would not be"),
        ("221", "212", "apart by 9: within noise; 22 would not be"),
        ("200", "221", "apart by 21: within noise; 22 would not be"),
        ("200", "222", "apart by 22: more than noise (22 or more)"),
    ],
)
def test_two_totals_of_ccssa_are_judged_by_its_own_error(first: str, second: str, text: str) -> None:
    found = apart(assessment(first), assessment(second), calendar())
    assert found is not None
    assert apart_text(found) == text


def test_the_noise_of_two_totals_is_that_of_a_normal_difference() -> None:
    difference = NormalDist(0, 8) - NormalDist(0, 8)
    assert round(difference.inv_cdf(0.975)) == 22


def test_a_family_without_a_published_error_is_not_judged() -> None:
    found = apart(
        assessment("68%", family=Family.FREE_120), assessment("74%", family=Family.FREE_120), calendar()
    )
    assert found is not None
    assert apart_text(found) == "apart by 6: no standard error is published, so drill does not judge"
    assert band_of(Family.FREE_120, calendar()) is None


def test_totals_of_different_families_are_never_compared() -> None:
    assert apart(assessment("221"), assessment("221", family=Family.UWSA), calendar()) is None
    assert apart(assessment("221"), assessment("pass"), calendar()) is None


def test_the_band_at_the_pass_mark_is_1_96_errors_wide_on_each_side() -> None:
    band = band_of(Family.CCSSA, calendar())
    assert band is not None
    assert (round(band.low), round(band.high)) == (202, 234)


def test_assessments_stand_by_family_oldest_first() -> None:
    late, early = assessment(day=date(2026, 11, 1)), assessment(day=date(2026, 10, 1))
    other = assessment("70%", family=Family.FREE_120, form="")
    assert by_family([late, other, early]) == {Family.CCSSA: (early, late), Family.FREE_120: (other,)}
    assert other.name == "Free 120"
    assert assessment(pacing=Pacing.SELF_PACED, seen_before=True).doubts == ("self-paced", "seen before")
