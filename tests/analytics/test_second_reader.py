"""Known answers, worked out by hand, for what a second reader of docs/metrics.md had to ask (its decision 24)."""

from __future__ import annotations

from math import asin, sin, sqrt

import pytest

from drill.analytics.document import to_document
from drill.analytics.finish import pace_spread
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.results import Verdict
from drill.analytics.speed_accuracy import bin_edges
from drill.core.vocabulary import Exclusion
from tests.analytics.histories import attempt, block, scored_block, timed_block

RISING = (10, 11, 9, 12, 11, 13, 12, 14, 12, 13, 15, 13, 14, 16)
"""Right of 20 a day; improving on the 14th."""


def test_the_baselines_mean_counts_rapid_and_cut_items_as_far_as_they_went() -> None:
    times = [91_600] * 97 + [91_800]
    blocks = [timed_block(n, times[20 * n - 20 : 20 * n], limit_ms=2_000_000) for n in range(1, 5)]
    last = [attempt(place, time_ms=time) for place, time in enumerate(times[80:], start=1)]
    last += [attempt(19, time_ms=3_000), attempt(20, time_ms=20_000, status="cut_blank")]
    blocks.append(block(5, last, limit_ms=2_000_000, block_end="expired"))
    assert sum(a.response_time_ms or 0 for b in blocks for a in b.attempts) == 100 * 90_000
    assert pacing_report(blocks).target.start_rung_s == 90, "without either it would be 95"


def test_the_forecasts_spread_takes_each_blocks_own_variance() -> None:
    spread = pace_spread([[0.0, 0.2], [0.1, 0.3], [0.4, 0.2]])
    assert spread is not None
    # Means .1 .2 .3; s^2/n = .02/2; est 0; s_b^2 = 4 (.06^2) / 6; shared = s_b^2 + (s_b^2 + .01) / 3.
    assert spread.mu == pytest.approx(0.2)
    assert spread.shared_sd == pytest.approx(sqrt(0.0024 + 0.0124 / 3))


def test_a_bin_of_the_pace_within_a_block_is_a_median() -> None:
    times = [50_000, 60_000, 70_000, 80_000, 500_000, *[90_000] * 15]
    bins = pacing_report([timed_block(n, times, limit_ms=9_000_000) for n in range(1, 7)]).drift_speed.bins
    assert [each.value for each in bins] == pytest.approx([70.0, 90.0, 90.0, 90.0])


def test_the_last_five_blocks_are_five_also_where_one_has_no_pace() -> None:
    blocks = [timed_block(n, [10_000 * (n + 5)] * 20, limit_ms=9_000_000) for n in range(1, 6)]
    unknown = [
        attempt(place, time_excluded_because="interrupted" if place > 9 else None) for place in range(1, 21)
    ]
    pace = pacing_report([*blocks, block(6, unknown)]).pace
    assert pace.estimate is not None
    assert (pace.estimate.value, pace.n) == (pytest.approx(85.0), 80), "of 70, 80, 90 and 100 s"


def test_the_band_is_95_per_cent_of_the_epochs_level() -> None:
    band = next_step_report([scored_block(1, (13, 20))]).nbs_trend.band
    assert band is not None
    y, half = asin(sqrt(13.375 / 20.75)), 1.959964 * sqrt(1 / 82 + 0.04**2)
    assert (band.value, band.low, band.high) == pytest.approx(
        (sin(y) ** 2, sin(y - half) ** 2, sin(y + half) ** 2)
    )


def test_an_epoch_that_a_verdict_ended_stands_until_the_next_study_day() -> None:
    days = [scored_block(n, (right, 20)) for n, right in enumerate(RISING, start=1)]
    ended = next_step_report(days).nbs_trend
    assert (ended.verdict, ended.n, ended.blocks, len(ended.detected)) == (Verdict.IMPROVING, 14, 14, 1)
    after = next_step_report([*days, scored_block(15, (16, 20))]).nbs_trend
    assert (after.verdict, after.n, after.blocks, len(after.detected)) == (Verdict.TOO_EARLY, 1, 1, 1)


def test_a_wrong_key_in_a_block_set_aside_is_counted_with_its_block_and_named_in_the_document() -> None:
    items = [attempt(place, wrong_key=place == 1) for place in range(1, 21)]
    aside = block(1, items, set_aside=True)
    counts = {reason: n for reason, n in pacing_report([aside]).scope.excluded.items() if n}
    assert counts == {Exclusion.SET_ASIDE: 20}
    written = [one["ineligible_because"] for one in to_document([aside])["attempts"]]
    assert written == ["wrong_key", *["set_aside"] * 19]


def test_quarters_end_at_ranks_rounded_up() -> None:
    assert list(bin_edges(62)) == [0, 16, 31, 47, 62]
