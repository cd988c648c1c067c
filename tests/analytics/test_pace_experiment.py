"""M14c: the pace experiment's figure, when it is shown, and what goes into it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.document import to_document
from drill.analytics.document_reading import from_document
from drill.analytics.eligibility import block_exclusion
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pace_experiment import pace_experiment_metric
from drill.analytics.pacing_report import pacing_report
from drill.core.history import Attempts
from drill.core.pace import block_limit_ms
from drill.core.pace_experiment import ARMS_MS
from tests.analytics import oracles
from tests.analytics.histories import FIRST_DAY, attempt, block, made_up_history

SHORT, LONG = ARMS_MS


def sat(index, target_ms, right=14, attempts=None, **changes):
    """A block of the experiment with so many of 20 right."""
    held = attempts or [attempt(p, correct=p <= right) for p in range(1, 21)]
    fields = {
        "filters": ("bank:core", "pace_experiment"), "target_ms": target_ms,
        "limit_ms": block_limit_ms(target_ms, 20),
    }  # fmt: skip
    return block(index, held, **{**fields, **changes})


def whole(short=13, long=14):
    """All 20 blocks, the arms in turn."""
    return [sat(k, (SHORT, LONG)[k % 2], (short, long)[k % 2]) for k in range(1, 21)]


def known_answer():
    """140 of 200 right at 100 s, 128 of 200 at 80 s."""
    rights = [13] * 8 + [12] * 2
    return [
        *(sat(2 * k + 1, SHORT, right) for k, right in enumerate(rights)),
        *(sat(2 * k + 2, LONG, 14) for k in range(10)),
    ]


@pytest.mark.slow
def test_the_known_experiment_gives_the_known_answer():
    metric = pace_experiment_metric(known_answer())
    assert [(a.target_s, a.blocks, a.right, a.n) for a in metric.arms] == [
        (80, 10, 128, 200),
        (100, 10, 140, 200),
    ]
    assert [round(100 * x, 1) for x in metric.estimate] == [6.0, -3.2, 15.1]
    assert (metric.n, metric.minimum, metric.shown, metric.level) == (20, 20, True, 0.95)
    oracle = oracles.proportion.confint_proportions_2indep(140, 200, 128, 200, method="newcomb")
    assert (metric.estimate.low, metric.estimate.high) == pytest.approx(oracle, abs=1e-12)


@settings(max_examples=40)
@given(
    short=st.lists(st.integers(0, 20), max_size=13), long=st.lists(st.integers(0, 20), max_size=13),
    seed=st.integers(0, 1000),
)  # fmt: skip
def test_nothing_is_shown_before_both_arms_have_ten_blocks_and_the_order_does_not_matter(short, long, seed):
    arms = [*((SHORT, right) for right in short), *((LONG, right) for right in long)]
    random.Random(seed).shuffle(arms)
    blocks = [sat(k, arm, right) for k, (arm, right) in enumerate(arms, 1)]
    metric = pace_experiment_metric(blocks)
    assert metric.shown == (len(short) >= 10 and len(long) >= 10)
    assert metric.n == min(len(short), 10) + min(len(long), 10)
    if not metric.shown:
        assert metric.estimate is None
        assert all((a.right, a.estimate) == (None, None) for a in metric.arms), "no peeking"
    else:
        assert metric.estimate.low <= metric.estimate.value <= metric.estimate.high
    random.Random(seed + 1).shuffle(blocks)
    assert pace_experiment_metric(blocks) == metric


def test_blocks_beyond_ten_at_an_arm_change_nothing():
    blocks = whole()
    more = [sat(k, LONG, 0) for k in range(21, 24)]
    assert pace_experiment_metric([*blocks, *more]) == pace_experiment_metric(blocks)


@pytest.mark.parametrize("end", ["expired", "ended", "left"])
def test_a_block_counts_where_it_was_dealt_however_it_ended_and_the_unreached_are_wrong(end):
    broken = [attempt(p) if p <= 3 else attempt(p, status="unreached") for p in range(1, 21)]
    blocks = whole()
    blocks[0] = sat(1, LONG, attempts=broken, block_end=end, away_ms=900_000)
    arm = pace_experiment_metric(blocks).arms[1]
    assert (arm.blocks, arm.right, arm.n) == (10, 9 * 14 + 3, 200)


def test_wrong_keys_and_repeats_are_left_out_and_blanks_are_wrong():
    held = [
        attempt(1, wrong_key=True), attempt(2, exposure=2), attempt(3, status="cut_blank"),
        attempt(4, status="omitted"), *(attempt(p) for p in range(5, 21)),
    ]  # fmt: skip
    blocks = whole()
    blocks[0] = sat(1, LONG, attempts=held)
    arm = pace_experiment_metric(blocks).arms[1]
    assert (arm.right, arm.n) == (9 * 14 + 16, 198)


def test_an_arm_of_nothing_but_wrong_keys_shows_nothing():
    held = [attempt(p, wrong_key=True) for p in range(1, 21)]
    blocks = [sat(k, (SHORT, LONG)[k % 2], attempts=held if k % 2 else None) for k in range(1, 21)]
    metric = pace_experiment_metric(blocks)
    assert (metric.shown, metric.estimate, metric.n) == (False, None, 20)
    assert {arm.right for arm in metric.arms} == {None}


def test_a_block_of_the_ladder_at_the_same_target_is_none_of_the_experiment():
    assert pace_experiment_metric([block(1, target_ms=80_000)]).n == 0


def test_the_experiment_is_in_no_other_metric_nor_in_ladder_forecast_or_pool():
    others = made_up_history(12, seed=3)
    blocks = [sat(k, (SHORT, LONG)[k % 2], day=40) for k in range(101, 121)]
    assert {block_exclusion(b) for b in blocks} == {"filtered"}
    before, after = pacing_report(others), pacing_report([*others, *blocks])
    for name in (
        "target", "finish_probability", "finish_record", "time_sinks", "rapid", "wrong_right_ratio", "drift_speed",
        "drift_accuracy", "speed_accuracy", "answered_by_90",
    ):  # fmt: skip
        assert getattr(after, name) == getattr(before, name), name
    assert (after.pace.estimate.value, after.pace.n) == (before.pace.estimate.value, before.pace.n)
    assert not any(point.eligible for point in after.pace.series[-20:]), "hollow dots"
    assert (after.scope.pool, after.scope.blocks) == (before.scope.pool, before.scope.blocks)
    assert after.scope.excluded["filtered"] == 400
    steps = next_step_report([*others, *blocks])
    assert steps.nbs_accuracy == next_step_report(others).nbs_accuracy


def test_a_window_leaves_the_experiment_whole():
    blocks = whole()
    report = pacing_report(blocks)
    assert report.pace_experiment.shown
    windows = ({"last": 3}, {"last": 0}, {"since": FIRST_DAY + timedelta(days=15)}, {"bank": "another"})
    for window in windows:
        assert pacing_report(blocks, **window).pace_experiment == report.pace_experiment


def test_a_document_gives_the_same_figure_wrong_keys_left_out_too():
    blocks = whole()
    held = [attempt(p, wrong_key=p < 4, correct=p > 2) for p in range(1, 21)]
    blocks[4] = replace(blocks[4], attempts=Attempts.of(held))
    document = to_document(blocks)
    assert {a["ineligible_because"] for a in document["attempts"]} == {"filtered", "wrong_key"}
    again = pacing_report(from_document(document))
    assert again == pacing_report(blocks)
    assert again.pace_experiment.arms[1].n == 197
