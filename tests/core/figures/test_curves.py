"""Cardiotocogram, spirometry, audiogram, survival, ROC: their numbers measured back from what is drawn."""

from __future__ import annotations

from itertools import pairwise
from statistics import NormalDist

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drill.core.figures.plot import Estimate, Style
from drill.core.figures.waves.audiogram import Audiogram
from drill.core.figures.waves.fetal import SAMPLES_A_MINUTE, Deceleration, Fetal, Variability
from drill.core.figures.waves.forest import Forest
from drill.core.figures.waves.roc import Curve, Roc
from drill.core.figures.waves.spirometry import STEP_S, Airway, Spirometry
from drill.core.figures.waves.survival import Group, Survival


def lowest_s(rate: list[float], start_s: float, end_s: float) -> float:
    """When the rate is lowest between two times; in a flat bottom its middle."""
    near = range(round(max(start_s, 0) / 60 * SAMPLES_A_MINUTE), round(end_s / 60 * SAMPLES_A_MINUTE))
    low = min(rate[index] for index in near if index < len(rate))
    at = [index for index in near if index < len(rate) and rate[index] < low + 2]
    return 60 * sum(at) / len(at) / SAMPLES_A_MINUTE


def peaks_s(pressure: list[float]) -> list[float]:
    """Times of the tops of the contractions."""
    return [
        60 * index / SAMPLES_A_MINUTE
        for index, (a, b, c) in enumerate(zip(pressure, pressure[1:], pressure[2:], strict=False), 1)
        if a < b >= c
    ]


@pytest.mark.parametrize("kind", [Deceleration.EARLY, Deceleration.LATE])
def test_an_early_deceleration_mirrors_its_contraction_and_a_late_one_follows_it(kind: Deceleration) -> None:
    fetal = Fetal(decelerations=kind, variability=Variability.ABSENT, depth=30, minutes=12)
    tops = peaks_s(fetal.uterus())
    assert len(tops) == 4
    for top in tops[:3]:
        delay = lowest_s(fetal.rate(), top - 40, top + 70) - top
        assert delay == pytest.approx(30 if kind is Deceleration.LATE else 0, abs=4)


def test_depth_and_baseline_are_drawn_as_claimed() -> None:
    rate = Fetal(decelerations=Deceleration.LATE, variability=Variability.ABSENT, depth=30).rate()
    assert sorted(rate)[len(rate) * 3 // 4] == pytest.approx(140, rel=0.05)
    assert 140 - min(rate) == pytest.approx(30, rel=0.05)


def test_a_variable_deceleration_falls_within_30_seconds_and_a_prolonged_one_lasts_2_to_10_minutes() -> None:
    variable = Fetal(decelerations=Deceleration.VARIABLE, variability=Variability.ABSENT, depth=50).rate()
    bottom = variable.index(min(variable))
    onset = max(index for index in range(bottom) if variable[index] > 138)
    assert (bottom - onset) / SAMPLES_A_MINUTE * 60 < 30
    prolonged = Fetal(decelerations=Deceleration.PROLONGED, variability=Variability.ABSENT, depth=50).rate()
    low = sum(value < 125 for value in prolonged) / SAMPLES_A_MINUTE
    assert 2 <= low <= 10


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [(Variability.ABSENT, 0, 2), (Variability.MINIMAL, 1, 5), (Variability.MODERATE, 6, 25),
     (Variability.MARKED, 25, 60)],
)  # fmt: skip
def test_variability_lies_in_the_range_its_name_stands_for(
    kind: Variability, low: float, high: float
) -> None:
    rate = Fetal(variability=kind).rate()
    assert low <= max(rate) - min(rate) <= high


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(st.floats(1, 5), st.floats(0.35, 0.92), st.floats(1.2, 3.2))
def test_fev1_fvc_and_peak_flow_are_drawn_as_claimed(fvc: float, ratio: float, steepness: float) -> None:
    fev1 = fvc * ratio
    given_ = Spirometry(fev1, fvc, fev1 * steepness + 1)
    assume(not list(given_.problems()))
    volumes, flows = given_.curve()
    assert volumes[round(1 / STEP_S)] == pytest.approx(fev1, rel=0.05)
    assert max(flows) == pytest.approx(given_.pef, rel=0.05)
    assert volumes[-1] <= fvc
    loop = given_.drawing().rows[0][0].series[0]
    assert max(loop.x) == pytest.approx(fvc, rel=0.05)


def test_an_obstructed_loop_is_scooped_and_a_restricted_one_is_not() -> None:
    obstructed, restricted = Spirometry(1.2, 3.1, 4), Spirometry(1.85, 2.0, 5)
    for one, below in ((obstructed, True), (restricted, False)):
        volumes, flows = one.curve()
        top = flows.index(max(flows))
        middle = next(i for i, v in enumerate(volumes) if v >= (volumes[top] + one.fvc) / 2)
        assert (flows[middle] < max(flows) / 2) is below


def test_most_of_the_vital_capacity_is_out_after_six_seconds_even_when_obstructed() -> None:
    volumes, _ = Spirometry(1.2, 3.1, 4).curve()
    assert volumes[round(6 / STEP_S)] > 0.85 * 3.1


@pytest.mark.parametrize(
    ("airway", "out", "in_"),
    [(Airway.FIXED, True, True), (Airway.EXTRATHORACIC, False, True), (Airway.INTRATHORACIC, True, False)],
)
def test_an_obstructed_large_airway_flattens_the_limb_it_should(airway: Airway, out: bool, in_: bool) -> None:
    series = Spirometry(2.5, 3.5, 7, airway=airway, plateau=2).drawing().rows[0][0].series[0]
    assert (max(series.y) == pytest.approx(2)) is out
    assert (min(series.y) == pytest.approx(-2)) is in_


def test_an_audiogram_joins_air_and_leaves_bone_apart() -> None:
    plot = Audiogram(right_air=(10, 20), left_air=(40, 50, 60), left_bone=(5, 5)).drawing().rows[0][0]
    lines = [each for each in plot.series if each.style is Style.LINE]
    assert [each.y for each in lines] == [(10, 20), (40, 50, 60)]
    assert plot.y is not None
    assert plot.y.downward
    assert lines[1].x == (250.0, 500.0, 1000.0)


def test_kaplan_meier_of_a_worked_example() -> None:
    """Freireich's 6-mercaptopurine arm, 21 patients, as worked through in Collett's textbook."""
    group = Group(
        "6-MP", 21, events=(6, 6, 6, 7, 10, 13, 16, 22, 23),
        censored=(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35),
    )  # fmt: skip
    _, shares, risk = group.curve()
    assert risk == [21, 21, 17, 15, 12, 11, 7, 6]
    assert [round(share, 3) for share in shares] == [1, 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert group.at(12) == (pytest.approx(0.753, abs=0.001),)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 20), max_size=10), st.lists(st.integers(1, 20), max_size=5))
def test_survival_only_falls_and_without_losses_counts_who_is_left(
    events: list[int], lost: list[int]
) -> None:
    group = Group("g", 20, tuple(map(float, events)), tuple(map(float, lost)))
    _, shares, _ = group.curve()
    assert all(after <= before for before, after in pairwise(shares))
    if not lost:
        assert group.at(20) == (pytest.approx(1 - len(events) / 20),)
    drawn = Survival((group,), 24, "months").drawing().rows[0][0].series[0]
    assert drawn.y[-1] == pytest.approx(100 * group.at(20)[0])


@pytest.mark.parametrize("auc", [0.5, 0.7, 0.85, 0.95])
def test_the_area_under_a_roc_curve_is_the_one_claimed(auc: float) -> None:
    series = Roc((Curve("t", auc=auc),)).drawing().rows[0][0].series[0]
    pairs = list(zip(series.x, series.y, strict=True))
    area = sum((x1 - x0) * (y0 + y1) / 2 for (x0, y0), (x1, y1) in pairwise(pairs)) / 10_000
    assert area == pytest.approx(auc, abs=0.01)
    assert NormalDist().cdf(0) == 0.5


def test_roc_points_stand_where_sensitivity_and_specificity_put_them() -> None:
    curve = Curve("t", (55, 80, 95), (97, 85, 50), cutoffs="30; 20; 10")
    assert curve.points() == [(0, 0), (3, 55), (15, 80), (50, 95), (100, 100)]
    assert [label.text for label in Roc((curve,)).drawing().rows[0][0].labels] == ["30", "20", "10"]


def test_a_forest_of_ratios_stands_on_a_logarithmic_axis_around_1() -> None:
    rows = (Estimate("A", 0.8, 0.6, 1.07), Estimate("All", 0.78, 0.66, 0.92, pooled=True))
    plot = Forest(rows, "Risk ratio").drawing().rows[0][0]
    assert plot.x.log
    assert plot.x.low < 0.6
    assert plot.x.high > 1.07
    assert [mark.x for mark in plot.marks] == [1.0]
    assert list(plot.problems()) == []
    assert list(plot.x.problems()) == []


@pytest.mark.parametrize(
    ("made", "field"),
    [
        (Fetal(duration=200, every=2), "duration"),
        (Fetal(baseline=60, decelerations=Deceleration.LATE, depth=40), "depth"),
        (Spirometry(3, 2, 5), "fev1"),
        (Spirometry(2, 3, 1), "pef"),
        (Spirometry(2, 3, 5, predicted_fev1=3), "predicted_fev1"),
        (Audiogram(), "right_air"),
        (Audiogram(left_air=(1,) * 7), "left_air"),
        (Group("g", 2, (1, 2, 3)), "at_start"),
        (Survival((Group("g", 5, (30,)),), 24, "months"), "until"),
        (Curve("t"), "auc"),
        (Curve("t", (1, 2), (3,)), "specificity"),
        (Forest((Estimate("A", 0, -1, 1),), "RR"), "rows"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_field(made: object, field: str) -> None:
    assert [problem.field for problem in made.problems()] == [field]  # type: ignore[attr-defined]
