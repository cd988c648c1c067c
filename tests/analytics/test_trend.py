"""M10: known epochs, the scan, and oracles."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.results import Verdict
from drill.analytics.sample import prepare
from drill.analytics.scope import select_blocks
from drill.analytics.study_days import study_days
from drill.analytics.trend import DayValue, Epoch, Kind, accuracy_day, change, pace_day, scan, verdict
from drill.analytics.trend_metrics import RANGE_CAPTION, blocks_to_verdict, nbs_history
from tests.analytics import oracles
from tests.analytics.histories import attempt, block, made_up_history, scored_block, timed_block

GAIN_8 = [12, 13, 13, 14, 12, 15, 14, 16]
GAIN_20 = [10, 11, 9, 12, 11, 13, 12, 14, 12, 13, 15, 13, 14, 16, 14, 15, 17, 15, 16, 17]
FLAT_20 = [14, 14, 13, 15, 14, 12, 14, 15, 13, 14] * 2
LOSS_22 = [16, 17, 15, 16, 14, 15, 14, 15, 13, 14, 12, 14, 13, 12, 11, 12, 10, 11, 12, 9, 11, 10]
WILD_12 = [8, 19, 7, 18, 9, 19, 8, 20, 9, 18, 10, 20]
PACE_16 = [
    4.654,
    4.561,
    4.640,
    4.577,
    4.602,
    4.492,
    4.570,
    4.483,
    4.523,
    4.422,
    4.499,
    4.436,
    4.461,
    4.378,
    4.447,
    4.365,
]


def nbs_scan(blocks):
    return nbs_history(select_blocks(blocks, since=None, last=None, bank=None))


def accuracy_epoch(rights, n=20, t=None):
    epoch = Epoch()
    sizes = [n] * len(rights) if isinstance(n, int) else n
    for place, (right, size) in enumerate(zip(rights, sizes, strict=True)):
        epoch.add(t[place] if t else place + 1, *accuracy_day(right, size))
    return epoch


def pace_epoch(means):
    epoch = Epoch()
    for place, mean in enumerate(means, start=1):
        epoch.add(place, *pace_day(mean, 20, 0.40))
    return epoch


def accuracy_days(rights, n=20):
    return [DayValue(f"day {k:03}", k, *accuracy_day(x, n), k) for k, x in enumerate(rights, start=1)]


@pytest.mark.parametrize(
    ("rights", "value", "half_width", "word"),
    [(GAIN_8, 15.2, 35.1, Verdict.TOO_EARLY), (GAIN_20, 32.1, 20.4, Verdict.IMPROVING),
     (FLAT_20, -0.3, 20.1, Verdict.NO_EVIDENCE), (LOSS_22, -31.9, 20.1, Verdict.DECLINING)],
)  # fmt: skip
def test_known_accuracy_epochs(rights, value, half_width, word):
    epoch = accuracy_epoch(rights)
    found = change(epoch, Kind.ACCURACY)
    assert (round(found.value, 1), round(found.half_width, 1)) == (value, half_width)
    assert verdict(epoch, Kind.ACCURACY, len(rights)) is word


def test_days_that_vary_a_lot_widen_the_interval():
    epoch = accuracy_epoch(WILD_12)
    assert round(epoch.phi, 3) == 4.885
    assert verdict(epoch, Kind.ACCURACY, 12) is Verdict.NO_EVIDENCE


def test_unequal_days():
    epoch = accuracy_epoch([6, 15, 13, 30], [10, 20, 20, 40], [1, 2, 3, 4.5])
    assert (round(epoch.slope, 6), round(epoch.v, 2)) == (0.029506, 513.80)


def test_known_pace_epochs():
    whole, first = pace_epoch(PACE_16), pace_epoch(PACE_16[:8])
    assert [round(x, 1) for x in change(whole, Kind.PACE)[:3]] == [-22.0, -38.6, -0.9]
    assert verdict(whole, Kind.PACE, 16) is Verdict.FASTER
    assert [round(x, 1) for x in change(first, Kind.PACE)[:3]] == [-12.3, -40.4, 29.2]
    assert round(change(first, Kind.PACE).half_width, 3) == 0.387
    assert verdict(first, Kind.PACE, 8) is Verdict.TOO_EARLY


def test_looked_at_after_every_block_the_known_series_are_detected_when_they_should_be():
    assert next((r.last + 1, r.verdict) for r in scan(accuracy_days(GAIN_20), Kind.ACCURACY)) == (
        14,
        Verdict.IMPROVING,
    )
    assert next((r.last + 1, r.verdict) for r in scan(accuracy_days(LOSS_22), Kind.ACCURACY)) == (
        15,
        Verdict.DECLINING,
    )
    assert len(scan(accuracy_days(FLAT_20), Kind.ACCURACY)) == 1


@pytest.mark.slow
def test_slope_and_information_are_those_of_weighted_least_squares():
    epoch = accuracy_epoch(GAIN_8)
    y, v = zip(*(accuracy_day(x, 20) for x in GAIN_8), strict=True)
    fit = oracles.sm.WLS(y, oracles.sm.add_constant(np.arange(1, 9)), weights=1 / np.array(v)).fit()
    assert epoch.slope == pytest.approx(fit.params[1], rel=1e-9)
    assert round(epoch.slope, 6) == 0.023200
    assert 1 / epoch.v == pytest.approx(fit.normalized_cov_params[1, 1], rel=1e-9)


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 4)), min_size=2, max_size=25))
def test_the_running_sums_are_weighted_least_squares_whatever_the_days(days):
    epoch, rows, t = Epoch(), [], 0.0
    for right, step in days:
        t += step
        y, v = accuracy_day(right, 30)
        epoch.add(t, y, v)
        rows.append((t, y, v))
    times, ys, vs = map(np.array, zip(*rows, strict=True))
    fit = oracles.sm.WLS(ys, oracles.sm.add_constant(times), weights=1 / vs).fit()
    assert epoch.slope == pytest.approx(fit.params[1], rel=1e-6, abs=1e-10)
    assert epoch.z_squares - epoch.m**2 / epoch.v == pytest.approx(
        float(fit.ssr_w if hasattr(fit, "ssr_w") else (fit.wresid**2).sum()), abs=1e-7
    )
    assert epoch.phi >= 1


@pytest.mark.slow
def test_mann_kendall_says_what_the_specification_quotes():
    found = oracles.pymannkendall.original_test(GAIN_8)
    assert (found.s, round(found.var_s, 2), round(found.z, 4), round(found.p, 4), round(found.slope, 4)) == (
        17,
        62.33,
        2.0266,
        0.0427,
        0.5,
    )
    assert verdict(accuracy_epoch(GAIN_8), Kind.ACCURACY, 8) is Verdict.TOO_EARLY, (
        "where Mann-Kendall says increasing"
    )
    second = oracles.pymannkendall.original_test([11, 14, 12, 13, 15])
    assert (second.s, round(second.p, 4), round(second.slope, 4)) == (6, 0.2207, 0.8333)
    third = oracles.pymannkendall.original_test(FLAT_20[:10])
    assert (third.s, round(third.var_s, 2), third.p) == (-1, 106.33, 1.0)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=40))
def test_worse_is_better_turned_over(rights):
    up, down = (change(accuracy_epoch(r), Kind.ACCURACY) for r in (rights, [20 - x for x in rights]))
    assert up.value == pytest.approx(-down.value, abs=1e-6)
    assert (up.low, up.high) == pytest.approx((-down.high, -down.low), abs=1e-6)
    assert up.low <= up.value <= up.high


@settings(max_examples=40)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=60))
def test_the_scan_restarts_after_each_verdict_and_never_speaks_before_10_blocks(rights):
    records = scan(accuracy_days(rights), Kind.ACCURACY)
    assert [r.first for r in records[1:]] == [r.last + 1 for r in records[:-1]]
    assert records[-1].last == len(rights) - 1
    assert all(r.verdict.decided and r.blocks >= 10 for r in records[:-1])
    # Each epoch is what it would be alone.
    for record in records:
        alone = accuracy_epoch(rights[record.first : record.last + 1])
        assert alone.fitted == record.epoch.fitted
        if alone.fitted:
            assert alone.slope == pytest.approx(record.epoch.slope, abs=1e-9)


def test_however_plain_the_change_9_blocks_are_too_early():
    rights = [1, 3, 5, 7, 9, 12, 14, 16, 18, 20]
    assert accuracy_epoch(rights[:9]).excludes_zero
    assert verdict(accuracy_epoch(rights[:9]), Kind.ACCURACY, 9) is Verdict.TOO_EARLY
    assert verdict(accuracy_epoch(rights), Kind.ACCURACY, 10) is Verdict.IMPROVING


def test_no_day_or_one_shows_nothing():
    assert scan([], Kind.PACE) == []
    one = next_step_report([scored_block(1, (5, 8), (6, 12))]).nbs_trend
    assert (one.estimate, one.fit, one.shown, one.verdict) == (None, None, False, Verdict.TOO_EARLY)
    none = next_step_report([]).nbs_trend
    assert (none.estimate, none.n, none.epoch_start, none.shown) == (None, 0, None, False)


def test_a_reported_trend_is_detected_kept_and_followed_by_a_new_epoch():
    blocks = [scored_block(k, (x, 20)) for k, x in enumerate(GAIN_20, start=1)]
    on_the_day = next_step_report(blocks[:14]).nbs_trend
    assert on_the_day.verdict is Verdict.IMPROVING
    assert [point.x for point in on_the_day.line] == list(range(1, 15))
    assert on_the_day.line[0].value < on_the_day.line[-1].value
    later = next_step_report(blocks).nbs_trend
    assert later.verdict is Verdict.TOO_EARLY
    assert (later.blocks, later.epoch_start, later.line) == (6, blocks[14].study_day, ())
    (kept,) = later.detected
    assert (kept.block, kept.day, kept.verdict) == (14, blocks[13].study_day, Verdict.IMPROVING)
    assert (kept.value, kept.low, kept.high) == on_the_day.estimate
    assert kept.line == on_the_day.line


def test_blocks_of_one_day_are_pooled():
    blocks = [scored_block(k, (x, 20), day=(k - 1) // 2) for k, x in enumerate(GAIN_20, start=1)]
    days = study_days(prepare(blocks).eligible)
    assert [day.t for day in days] == [1.5 + 2 * k for k in range(10)]
    trend = next_step_report(blocks[:12]).nbs_trend
    assert (trend.n, trend.blocks) == (6, 12)
    pairs = [a + b for a, b in zip(GAIN_20[:12:2], GAIN_20[1:12:2], strict=True)]
    pooled = accuracy_epoch(pairs, 40, [1.5 + 2 * k for k in range(6)])
    assert trend.fit.slope == pytest.approx(pooled.slope)
    whole = next_step_report(blocks).nbs_trend
    assert whole.detected[0].block % 2 == 0, "a day is looked at once it is whole"


def test_days_without_the_kind_are_skipped_but_their_blocks_keep_their_ranks():
    blocks = [
        scored_block(k, (0, 0) if k in (3, 4) else (12, 20), (10, 20) if k in (3, 4) else (0, 0))
        for k in range(1, 9)
    ]
    trend = next_step_report(blocks).nbs_trend
    assert (trend.n, trend.blocks) == (6, 8)
    assert trend.fit.slope == pytest.approx(accuracy_epoch([12] * 6, 20, [1, 2, 5, 6, 7, 8]).slope, abs=1e-12)


def test_a_window_chosen_afterwards_gets_no_verdict():
    blocks = [scored_block(k, (x, 20)) for k, x in enumerate(GAIN_20, start=1)]
    for trend in (next_step_report(blocks, last=14).nbs_trend, pacing_report(blocks, last=14).pace_trend):
        assert (trend.estimate, trend.fit, trend.verdict, trend.shown) == (None, None, None, False)
        assert trend.caption == RANGE_CAPTION
        assert len(trend.series) == 14


def test_a_block_of_answers_too_fast_to_be_read_has_no_dot_in_the_pace_trend():
    quick = [attempt(p, time_ms=1_500 if p <= 17 else 35_000) for p in range(1, 21)]
    report = pacing_report([block(1, quick)])
    assert report.pace.estimate is None
    assert report.pace_trend.series[0].n == 3
    assert [point.estimate for point in (*report.pace_trend.series, *report.pace.series)] == [None, None]
    ten = [attempt(p, time_ms=1_500 if p <= 10 else 35_000) for p in range(1, 21)]
    assert round(pacing_report([block(1, ten)]).pace_trend.series[0].estimate.value) == 35


def test_a_harder_bank_is_a_new_series():
    first = [scored_block(k, (18, 20), filters=("bank:easy",)) for k in range(1, 13)]
    second = [scored_block(k, (8, 20), filters=("bank:hard",)) for k in range(13, 25)]
    report = next_step_report(first + second)
    assert report.scope.pool.banks == ("hard",)
    assert (report.scope.pool_blocks, report.scope.other_pool_blocks) == (12, 12)
    assert report.nbs_trend.detected == ()
    assert report.nbs_trend.blocks == 12
    assert next_step_report(first + second, bank="easy").nbs_trend.blocks == 12
    together = [replace(b, filters=("bank:both",)) for b in first + second]
    assert next_step_report(together).nbs_trend.detected[0].verdict is Verdict.DECLINING


def test_a_steady_speed_up_is_faster_and_pace_is_told_in_per_cent():
    rng = random.Random(4)
    blocks = [
        timed_block(k, [round(100_000 * 0.96**k * rng.lognormvariate(0, 0.3)) for _ in range(20)])
        for k in range(1, 21)
    ]
    trend = pacing_report(blocks).pace_trend
    assert trend.detected[0].verdict is Verdict.FASTER
    assert trend.detected[0].high < 0


def test_how_many_more_blocks_until_a_verdict():
    assert blocks_to_verdict(nbs_scan([])) >= 10
    flat = [scored_block(k, (x, 20)) for k, x in enumerate(FLAT_20, start=1)]
    left = [blocks_to_verdict(nbs_scan(flat[:k])) for k in (1, 5, 12, 20)]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_the_band_holds_the_level():
    trend = next_step_report([scored_block(k, (14, 20)) for k in range(1, 9)]).nbs_trend
    assert trend.band.low < 0.7 < trend.band.high
    assert trend.band.value == pytest.approx(0.7, abs=0.01)


def test_hollow_dots_are_drawn_and_counted_nowhere():
    blocks = [
        *made_up_history(12, seed=9),
        block(13, [attempt(p, next_best_step=True) for p in range(1, 21)], retest=True),
    ]
    report = next_step_report(blocks)
    assert report.nbs_trend.series[-1].eligible is False
    assert report.nbs_trend.series[-1].estimate.value == 1.0
    assert report.nbs_accuracy.n == next_step_report(blocks[:-1]).nbs_accuracy.n


@pytest.mark.parametrize(("kind", "up", "down"), [
    (Kind.PACE, Verdict.SLOWER, Verdict.FASTER), (Kind.ACCURACY, Verdict.IMPROVING, Verdict.DECLINING),
])  # fmt: skip
def test_a_small_change_that_is_sure_is_told_the_right_way_round(kind, up, down):
    for slope, word in ((0.005, up), (-0.005, down)):
        epoch = Epoch()
        for day in range(40):
            epoch.add(float(day), slope * day, 1e-5)
        assert verdict(epoch, kind, 40) is word
