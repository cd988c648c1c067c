"""M2 to M6 and M14: allowance, drift, sinks, rapid answers, wrong against right, speed and accuracy."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.allowance import allowance_metric, allowance_point, left_in_order
from drill.analytics.drift import drift_accuracy_metric, drift_slope, drift_speed_metric, half_difference
from drill.analytics.pace_model import fit_pace_model
from drill.analytics.pacing_report import pacing_report
from drill.analytics.ranked_differences import ranked_differences
from drill.analytics.rapid import rapid_metric
from drill.analytics.rapid_rule import expected_s, rapid_threshold_s, tier_of
from drill.analytics.sample import log_words, prepare
from drill.analytics.sinks import is_sink, sinks_metric
from drill.analytics.speed_accuracy import bin_edges, speed_accuracy_metric
from drill.analytics.wrong_right import hodges_lehmann_ratio, wrong_right_metric
from drill.core.history import Attempts
from tests.analytics import oracles
from tests.analytics.histories import attempt, block, timed_block

WRONG = [95, 120, 88, 140, 101, 77, 160, 110]
RIGHT = [60, 72, 85, 90, 66, 78, 81, 70, 95, 55]


def paced_of(blocks):
    return fit_pace_model(prepare(blocks).eligible).blocks


def test_slack_is_told_at_5_10_15_and_the_end():
    point = allowance_point(timed_block(1, [100_000] * 5 + [80_000] * 15), 0.4, eligible=True)
    assert (point.slack_5_ms, point.slack_10_ms, point.slack_15_ms) == (-50_000, 0, 50_000)
    assert point.end_slack_ms == 1_800_000 - 1_700_000
    assert point.unreached == 0


def test_slack_stops_where_the_learner_jumped_ahead():
    sitting = timed_block(1, [80_000] * 20)
    attempts = list(sitting.attempts)
    # Item 12 was opened and left before item 8.
    attempts[11] = attempts[11]._replace(first_shown_ms=500_000, first_visit_ms=10_000, visits=2)
    point = allowance_point(replace(sitting, attempts=Attempts.of(attempts)), 0.4, eligible=True)
    assert point.slack_5_ms == 50_000
    assert point.slack_10_ms is None
    assert point.slack_15_ms is None
    assert point.end_slack_ms == 200_000


@pytest.mark.parametrize(
    ("leavings", "count"),
    [
        ([1, 2, 3], 3),
        ([1, 2, None], 2),
        ([None, 2, 3], 0),
        ([2, 1, 3], 0),
        ([1, 4, 3, 5], 1),
        ([], 0),
        ([1, None, 3], 1),
    ],
)
def test_positions_left_in_order(leavings, count):
    assert left_in_order(leavings) == count


def test_without_a_limit_there_is_no_allowance():
    assert allowance_point(block(1, limit_ms=None), 0.4, eligible=True) is None
    metric = allowance_metric(prepare([block(1, limit_ms=None)]).in_range, 0.4)
    assert (metric.estimate, metric.shown, metric.n) == (None, False, 0)


def test_a_tutor_block_is_a_hollow_point_and_not_the_value():
    report = pacing_report([timed_block(1, [80_000] * 20), timed_block(2, [50_000] * 20, mode="tutor")])
    assert report.allowance.estimate.value == 200_000
    assert [point.eligible for point in report.allowance.series] == [True, False]


def test_the_known_drift_slope():
    slope, _ = drift_slope([1, 2, 3, 4, 5, 6], [0.10, 0.05, 0, -0.02, -0.10, -0.15], 6)
    assert round(slope, 4) == -0.2457


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.floats(-2, 2), min_size=3, max_size=20))
def test_drift_slope_is_least_squares(x):
    slope, _ = drift_slope(range(1, len(x) + 1), x, len(x))
    u = [i / (len(x) - 1) for i in range(len(x))]
    assert slope == pytest.approx(oracles.stats.linregress(u, x).slope, abs=1e-9)


def test_speed_drift_needs_6_blocks_of_12_clean_items():
    faster = [round(1000 * 80 * exp(-0.2 * i / 19 + 0.01 * ((i * 7) % 5))) for i in range(20)]
    uneven = [[t + 400 * k for t in faster[:10]] + faster[10:] for k in range(6)]
    blocks = [timed_block(k, times) for k, times in enumerate(uneven, start=1)]
    five = drift_speed_metric(paced_of(blocks[:5]), 0.4)
    assert (five.estimate, five.n, five.shown) == (None, 5, False)
    six = drift_speed_metric(paced_of(blocks), 0.4)
    assert six.estimate.low < six.estimate.value < six.estimate.high < 0
    assert six.estimate.value == pytest.approx(-18, abs=4)
    eleven = [timed_block(k, [80_000] * 11) for k in range(1, 9)]
    assert drift_speed_metric(paced_of(eleven), 0.4).n == 0


def test_the_four_bins_are_the_quarters_of_the_block():
    blocks = [timed_block(1, [100_000] * 5 + [90_000] * 5 + [80_000] * 5 + [70_000] * 5)]
    bins = drift_speed_metric(paced_of(blocks), 0.4).bins
    assert [(b.first, b.last, b.n) for b in bins] == [(1, 5, 5), (6, 10, 5), (11, 15, 5), (16, 20, 5)]
    assert [round(b.value) for b in bins] == [100, 90, 80, 70]


def test_with_an_odd_number_of_items_the_middle_one_is_in_neither_half():
    attempts = [attempt(p, correct=p >= 6) for p in range(1, 12)]
    sitting = prepare([block(1, attempts)]).sittings[0]
    assert half_difference(sitting) == 1.0
    blank = [attempt(p, status="cut_blank" if p > 6 else "answered") for p in range(1, 12)]
    assert half_difference(prepare([block(1, blank)]).sittings[0]) is None, "a half without a known item"


def halves_block(index, points):
    right = 7 + round(10 * points)
    marks = [p <= 7 for p in range(1, 11)] + [p <= right for p in range(1, 11)]
    return block(index, [attempt(p, correct=c) for p, c in enumerate(marks, start=1)])


def test_the_known_accuracy_drift():
    changes = [0.1, -0.2, 0.1, 0, -0.1, 0.2, -0.1, 0.1, 0, -0.1]
    metric = drift_accuracy_metric(prepare([halves_block(k, d) for k, d in enumerate(changes, 1)]).eligible)
    assert metric.shown
    assert [
        round(100 * v, 1) for v in (metric.estimate.value + 0.0, metric.estimate.low, metric.estimate.high)
    ] == [0.0, -8.9, 8.9]


def test_accuracy_drift_stays_hidden_while_its_interval_is_wide():
    changes = [0.3, -0.4, 0.3, -0.3, 0.2, -0.4, 0.3, -0.2, 0.3, -0.3]
    metric = drift_accuracy_metric(prepare([halves_block(k, d) for k, d in enumerate(changes, 1)]).eligible)
    assert (metric.n, metric.estimate, metric.shown) == (10, None, False)
    assert metric.half_width > 0.10


def test_known_predictions_and_sinks():
    expected = [expected_s(80, log_words(w), 0.5) for w in (60, 120, 180, 240)]
    assert [round(e, 1) for e in expected] == [56.6, 80.0, 98.0, 113.1]
    assert is_sink(200_000, 80_000)
    assert is_sink(160_000, 100_000)
    assert not is_sink(159_999, 100_000)
    assert is_sink(135_000, 50_000)
    assert not is_sink(150_000, 1000 * expected[3]), "only 1.33 times what its length predicts"
    assert is_sink(140_000, 80_000)
    assert not is_sink(130_000, 50_000), "under 135 s"


def test_a_sink_counts_what_is_over_the_prediction():
    plain = [attempt(p, time_ms=80_000) for p in range(1, 19)]
    sinks = [attempt(19, time_ms=200_000, visits=3), attempt(20, time_ms=140_000, status="cut_blank")]
    metric = sinks_metric(paced_of([block(1, plain + sinks, block_end="expired")]), 0.5)
    assert (metric.count, metric.right, metric.total, metric.returns) == (2, 1, 1, 2)
    assert metric.over_ms == pytest.approx(180_000)
    assert metric.questions_worth == pytest.approx(2.0)
    assert [(d.position, d.right, d.censored) for d in metric.dots] == [(19, True, False), (20, False, True)]


def test_known_rapid_thresholds():
    assert rapid_threshold_s(expected_s(80, log_words(60), 0.5)) == pytest.approx(5.66, abs=0.005)
    assert rapid_threshold_s(113.1) == 10.0
    assert [tier_of(t, 120, 80.0) for t in (7_999, 8_000, 11_999, 12_000)] == [1, 2, 2, None]
    assert tier_of(5_000, 40, None) is None
    assert tier_of(3_000, 40, None) == 2


def test_rapid_answers_are_split_by_whether_the_clock_was_behind_them():
    times = [80_000] * 10 + [4_000] + [80_000] * 6 + [4_000] * 3
    metric = rapid_metric(paced_of([timed_block(1, times)]))
    assert (metric.tier1, metric.tier2, metric.speeded, metric.disengaged) == (4, 0, 3, 1)
    assert (metric.estimate, metric.shown, metric.right, metric.total) == (None, False, 4, 4)


def test_an_item_met_with_under_a_minute_left_is_speeded():
    times = [110_000] * 15 + [90_500] + [4_000] * 4
    metric = rapid_metric(paced_of([timed_block(1, times)]))
    assert (metric.speeded, metric.disengaged) == (4, 0)


def test_a_blank_left_at_once_is_no_rapid_answer():
    attempts = [attempt(p, time_ms=80_000) for p in range(1, 20)] + [
        attempt(20, time_ms=2_000, status="omitted")
    ]
    assert rapid_metric(paced_of([block(1, attempts)])).total == 0


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [(WRONG, RIGHT, (1.44, 1.16, 1.83)),
     ([80, 95, 70, 110, 88, 91, 76, 102], [82, 90, 75, 105, 85, 99, 71, 96], (1.01, 0.84, 1.21))],
)  # fmt: skip
def test_known_ratios_of_wrong_to_right(wrong, right, expected):
    ratio = hodges_lehmann_ratio(sorted(map(log, wrong)), sorted(map(log, right)))
    assert tuple(round(value, 2) for value in ratio) == expected


def test_the_ratio_needs_8_of_each():
    wrong, right = sorted(map(log, WRONG)), sorted(map(log, RIGHT))
    assert not wrong_right_metric(wrong[:7], right, []).shown
    metric = wrong_right_metric(wrong, right, [95_000, 120_000, 60_000])
    assert metric.shown
    assert metric.wrong_over_90_ms == 35_000
    assert len(metric.wrong_dots_s) == 20
    assert metric.wrong_dots_s == tuple(sorted(metric.wrong_dots_s))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.integers(100, 300),
    st.integers(100, 300),
    st.sampled_from(["smooth", "ties", "lumps"]),
)
def test_ranked_differences_are_those_of_the_sorted_matrix(seed, n, m, kind):
    rng = np.random.default_rng(seed)

    def draw(size):
        if kind == "smooth":
            return rng.normal(4, 0.4, size)
        if kind == "ties":
            return rng.normal(4, 0.4, size).round(1)
        return rng.choice([1.0, 2.0, 9.0], size)

    a, b = np.sort(draw(n)), np.sort(draw(m))
    matrix = np.sort(np.subtract.outer(a, b).ravel())
    ranks = [1, n * m, n * m // 2, n * m // 2 + 1, 1 + seed % (n * m)]
    found = ranked_differences(a.tolist(), b.tolist(), ranks)
    assert found == pytest.approx([matrix[rank - 1] for rank in ranks], abs=1e-11)


def test_thinning_a_large_sample_hardly_moves_the_ratio():
    rng = np.random.default_rng(3)
    wrong, right = (
        np.sort(rng.normal(4.5, 0.4, 9_000)).tolist(),
        np.sort(rng.normal(4.3, 0.4, 14_000)).tolist(),
    )
    pairs = len(wrong) * len(right)
    rank = round(pairs / 2 - 1.959964 * (pairs * (len(wrong) + len(right) + 1) / 12) ** 0.5)
    low, middle, high = ranked_differences(wrong, right, [rank, pairs // 2, pairs + 1 - rank])
    ratio = hodges_lehmann_ratio(wrong, right)
    assert tuple(map(log, ratio)) == pytest.approx((middle, low, high), abs=1e-4)


def quarter_block(index, rights):
    attempts = []
    for quarter, right in enumerate(rights):
        for i in range(5):
            attempts.append(
                attempt(len(attempts) + 1, time_ms=60_000 + 10_000 * quarter + i, correct=i < right)
            )
    return block(index, attempts)


def test_the_known_quarters_of_time():
    rights = (44, 40, 34, 28)
    blocks = [quarter_block(k, [r // 10 + (k <= r % 10) for r in rights]) for k in range(1, 11)]
    bins = pacing_report(blocks).speed_accuracy.bins
    assert [(b.right, b.n) for b in bins] == [(r, 50) for r in rights]
    assert [round(100 * b.estimate.value) for b in bins] == [88, 80, 68, 56]


def test_ties_across_an_edge_go_by_block_and_position():
    # All times alike: the first quarter is then the first 15 of 60 items, block by block.
    blocks = [block(k, [attempt(p, correct=k == 1) for p in range(1, 21)]) for k in (1, 2, 3)]
    bins = pacing_report(blocks).speed_accuracy.bins
    assert [b.right for b in bins] == [15, 5, 0, 0]


def test_quarters_need_60_items():
    paced = paced_of([timed_block(k, [80_000] * 20) for k in (1, 2)])
    assert not speed_accuracy_metric([], [0.0] * 40, paced).shown
    assert bin_edges(61) == [0, 16, 31, 46, 61]


def test_the_known_share_answered_by_90_seconds_needs_20_items():
    few = pacing_report([timed_block(1, [80_000] * 19)])
    assert (few.answered_by_90.estimate, few.answered_by_90.n) == (None, 19)
    enough = pacing_report([timed_block(1, [80_000] * 15 + [100_000] * 5)])
    assert enough.answered_by_90.estimate.value == 0.75
