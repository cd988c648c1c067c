"""M1: the length slope, block paces and what is left out of them."""

from __future__ import annotations

from itertools import chain
from math import exp, log

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drill.analytics.length_slope import fit_length_slope
from drill.analytics.pace_metrics import pace_metric
from drill.analytics.pace_model import fit_pace_model, rolling_prediction
from drill.analytics.sample import prepare
from tests.analytics import oracles
from tests.analytics.histories import attempt, block, made_up_history, timed_block

WORDS = ([60, 90, 120, 150, 180], [70, 100, 130, 110, 160])
TIMES = ([52, 70, 81, 104, 98], [50, 61, 190, 66, 83])


def logs(columns):
    return [[log(value) for value in column] for column in columns]


def model_of(blocks):
    return fit_pace_model(prepare(blocks).eligible)


def test_the_known_slope_within_blocks():
    slope = fit_length_slope(zip(logs(WORDS), logs(TIMES), strict=True))
    assert (round(slope.b_hat, 4), round(slope.se, 4), round(slope.b, 4)) == (0.6268, 0.1619, 0.5370)
    assert slope.pairs == 20


def test_pooling_the_blocks_would_give_another_slope():
    words, times = logs([WORDS[0] + WORDS[1], TIMES[0] + TIMES[1]])
    assert round(fit_length_slope([(words, times)]).b_hat, 4) == 0.6552


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(20, 300), st.floats(1, 400)), min_size=4, max_size=25))
def test_over_one_block_slope_and_interval_are_those_of_scipy(pairs):
    words, times = [float(w) for w, _ in pairs], [t for _, t in pairs]
    assume(len(set(words)) > 2 and len(set(times)) == len(times))  # scipy's variance fails on heavy ties
    slope = fit_length_slope([(words, times)])
    expected = oracles.stats.theilslopes(times, words, alpha=0.95)
    assert slope.b_hat == pytest.approx(expected.slope, rel=1e-9, abs=1e-12)
    assert slope.se == pytest.approx(max((expected.high_slope - expected.low_slope) / 3.92, 0.02), rel=1e-9)


def test_getting_faster_between_blocks_does_not_leak_into_the_slope():
    # Later blocks have longer items and are faster: over all items together, time hardly grows with words.
    lengths = [[w + 12 * k for w in range(60, 200, 12)] for k in range(10)]
    times = [[1000 * 80 * (w / 120) ** 0.5 * exp(-0.1 * k) for w in words] for k, words in enumerate(lengths)]
    blocks = [timed_block(k + 1, [round(t) for t in times[k]], lengths[k]) for k in range(10)]
    assert model_of(blocks).slope.b_hat == pytest.approx(0.5, abs=1e-4)
    assert (
        fit_length_slope([(*logs([chain.from_iterable(lengths), chain.from_iterable(times)]),)]).b_hat < 0.2
    )


def test_too_little_to_fit_leaves_the_slope_assumed():
    words = [60, 80, 100, 120, 140, 160, 180, 200, 90, 110]
    four = [timed_block(k, [70_000 + 100 * w for w in words], words) for k in range(1, 5)]
    assert model_of(four).slope is None, "a fit waits for 5 eligible blocks"
    assert model_of(four).b == 0.4
    five = [*four, timed_block(5, [70_000 + 100 * w for w in words], words)]
    assert model_of(five).slope is not None
    same_length = [timed_block(k, [70_000 + 1000 * i for i in range(20)]) for k in range(1, 6)]
    assert model_of(same_length).slope is None, "no pairs of different length"


def test_the_fit_moves_only_every_5_blocks():
    history = made_up_history(14, seed=3)
    eligible = [b for b in history if not b.retest]
    slopes = [model_of(eligible[:k]).b for k in range(5, 13)]
    assert len(set(slopes[0:5])) == 1
    assert slopes[5] != slopes[0]


def test_block_pace_is_the_median_and_one_long_question_does_not_move_it():
    times = [70_000] * 6 + [81_000] * 3 + [100_000] * 6
    long_one = [*times[:-1], 900_000]
    first, second = (model_of([timed_block(1, column)]).blocks[0].log_pace for column in (times, long_one))
    assert exp(first) == pytest.approx(81.0)
    assert exp(second) == pytest.approx(81.0)


def test_known_block_medians():
    # Twice each known block, so that there are ten items; a median does not mind.
    for words, times, pace in zip(WORDS, TIMES, (81.0, 69.16), strict=True):
        model = fit_pace_model(prepare([timed_block(1, [1000 * t for t in times] * 2, words * 2)]).eligible)
        adjusted = sorted(log(t) - 0.5370 * log(w / 120) for w, t in zip(words, times, strict=True))
        assert exp(adjusted[2]) == pytest.approx(pace, abs=0.005)
        assert model.blocks[0].n == 10


def test_interrupted_unreached_and_rapid_items_are_no_part_of_pace():
    plain = [attempt(p, time_ms=80_000) for p in range(1, 11)]
    others = [
        attempt(11, time_ms=999_000, time_excluded_because="interrupted"),
        attempt(12, status="unreached"),
        attempt(13, time_ms=3_000),
    ]
    with_others = model_of([block(1, plain + others, block_end="expired")]).blocks[0]
    assert with_others.n == 10
    assert exp(with_others.log_pace) == pytest.approx(80.0)
    assert with_others.rapid


def test_a_cut_item_counts_as_at_least_so_long():
    answered = [attempt(p, time_ms=60_000 + 1000 * p) for p in range(1, 11)]
    cut = [*answered, attempt(11, time_ms=66_000, status="cut_blank")]
    without, with_cut = (model_of([block(1, a)]).blocks[0].log_pace for a in (answered, cut))
    assert with_cut > without


def test_under_10_items_there_is_no_block_pace():
    nine = [attempt(p, time_ms=80_000) for p in range(1, 10)]
    rest = [attempt(p, time_ms=80_000, time_excluded_because="interrupted") for p in range(10, 21)]
    assert model_of([block(1, nine + rest)]).blocks[0].log_pace is None


def test_prediction_is_the_median_of_the_last_5_paces_there_are():
    paces = [log(x) for x in (100, 90, 80, 70, 60, 50)]
    assert [round(p, 6) for p in rolling_prediction(paces)] == [100, 95, 90, 85, 80, 70]
    assert rolling_prediction([None, log(80.0), None])[0] is None
    assert rolling_prediction([None, log(80.0), None])[2] == pytest.approx(80.0)


def test_spread_is_assumed_until_40_clean_items_and_never_below_a_tenth():
    assert model_of([timed_block(1, [80_000] * 20)]).s_item == 0.40
    assert model_of([timed_block(k, [80_000] * 20) for k in range(1, 6)]).s_item == 0.10


def test_the_interval_of_pace_holds_an_items_spread_and_a_days_wander():
    history = prepare([timed_block(1, [80_000] * 20)])
    model = fit_pace_model(history.eligible)
    metric = pace_metric(model, model.blocks, history.in_range)
    se = (1.2533141 * 0.40 / 20**0.5) ** 2
    half = 1.959964 * (se + 0.08**2) ** 0.5
    assert metric.estimate.value == pytest.approx(80)
    assert (metric.estimate.low, metric.estimate.high) == pytest.approx((80 * exp(-half), 80 * exp(half)))
    dot = metric.series[0]
    assert (dot.estimate.low, dot.estimate.high) == pytest.approx(
        (80 * exp(-(se**0.5)), 80 * exp(se**0.5))
    ), "one standard error"


def test_no_blocks_no_pace():
    metric = pace_metric(fit_pace_model([]), [], [])
    assert (metric.estimate, metric.n, metric.shown) == (None, 0, False)


def test_times_of_zero_are_taken_as_a_tenth_of_a_second():
    assert model_of([timed_block(1, [0] * 5 + [80_000] * 15)]).blocks[0].x[0] == pytest.approx(log(0.1))
