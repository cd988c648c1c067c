"""Kaplan-Meier against known answers and scipy."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.survival import km_median, km_share_done, median
from tests.analytics import oracles

cases = st.lists(st.tuples(st.integers(1, 30), st.booleans()), min_size=1, max_size=40)


def test_known_medians():
    assert km_median([50, 60, 70, 80, 40], [False] * 4 + [True]) == 65
    assert km_median([52, 70, 81, 104, 66], [False] * 4 + [True]) == 81
    assert km_median([52, 70, 81, 104, 98], [False] * 5) == 81
    assert median([4.0, 1.0, 3.0, 2.0]) == 2.5


def test_known_share_by_90_seconds():
    times, censored = [50, 60, 70, 80, 95, 120, 40, 150], [False] * 6 + [True] * 2
    assert round(100 * km_share_done([(times, censored)], 90).value, 1) == 57.1


def test_a_median_never_reached_is_none():
    assert km_median([], []) is None
    assert km_median([40, 50, 60], [True] * 3) is None
    assert km_median([40, 50, 60], [False, True, True]) is None
    assert km_median([40, 60], [False, True]) is None, "one half exactly, and no next event"


def test_an_event_goes_before_a_censoring_at_the_same_time():
    assert km_median([50, 50, 60, 70], [False, True, False, False]) == 60
    assert km_median([50, 50, 50, 70], [True, False, True, False]) == 70


@given(cases)
def test_without_censoring_it_is_the_sample_median(pairs):
    times = [time for time, _ in pairs]
    assert km_median(times, [False] * len(times)) == median(times)


@pytest.mark.slow
@settings(max_examples=200)
@given(cases)
def test_the_median_is_where_scipys_curve_falls_below_one_half(pairs):
    events = [time for time, censored in pairs if not censored]
    cuts = [time for time, censored in pairs if censored]
    found = km_median([t for t, _ in pairs], [c for _, c in pairs])
    curve = (
        oracles.stats.ecdf(oracles.stats.CensoredData(uncensored=events, right=cuts)).sf if events else None
    )
    steps = (
        []
        if curve is None
        else [
            (time, share)
            for time, share in zip(curve.quantiles, curve.probabilities, strict=True)
            if time in events
        ]
    )
    below = [time for time, share in steps if share < 0.5 - 1e-9]
    level = [time for time, share in steps if abs(share - 0.5) <= 1e-9]
    if level:
        following = [time for time, _ in steps if time > level[0]]
        assert found == ((level[0] + following[0]) / 2 if following else None)
    else:
        assert found == (below[0] if below else None)


@pytest.mark.slow
@settings(max_examples=100)
@given(cases, st.integers(1, 30), st.integers(0, 40))
def test_the_share_done_is_scipys_with_its_log_log_interval(pairs, by, first):
    events = [time for time, censored in pairs if not censored]
    cuts = [time for time, censored in pairs if censored]
    blocks = [([t for t, _ in some], [c for _, c in some]) for some in (pairs[:first], pairs[first:])]
    share = km_share_done(blocks, by)
    curve = oracles.stats.ecdf(oracles.stats.CensoredData(uncensored=events, right=cuts))
    assert share.value == pytest.approx(float(curve.cdf.evaluate(by)), abs=1e-12)
    assert 0 <= share.low <= share.value <= share.high <= 1
    if 0 < share.value < 1:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # undefined at other times, not at this one
            interval = curve.sf.confidence_interval(0.95, method="log-log")
        assert share.low == pytest.approx(1 - float(interval.high.evaluate(by)), abs=1e-9)
        assert share.high == pytest.approx(1 - float(interval.low.evaluate(by)), abs=1e-9)


def test_no_times_no_share():
    assert km_share_done([], 90) is None
    assert km_share_done([([], [])], 90) is None
