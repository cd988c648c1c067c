"""The two reports as a whole: order, ranges, emptiness, JSON."""

from __future__ import annotations

import json
import random
from dataclasses import fields
from datetime import date, timedelta
from math import inf, isfinite

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.explanations import explanations
from drill.analytics.intervals import Interval
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.report_json import plain, report_json
from drill.analytics.results import Metric, Trend, Verdict
from tests.analytics.histories import FIRST_DAY, attempt, block, made_up_history

REPORTS = (pacing_report, next_step_report)
COMMON = {"value", "unit", "low", "high", "level", "n", "minimum", "shown", "caption"}
EXTRA = {
    "pace": {"b", "b_hat", "b_se", "b_source", "series"},
    "pace_trend": {"verdict", "half_width", "detectable", "phi", "epoch_start", "detected", "series"},
    "nbs_trend": {"verdict", "half_width", "detectable", "phi", "epoch_start", "detected", "series"},
    "allowance": {"series"}, "drift_speed": set(), "drift_accuracy": set(),
    "time_sinks": {"count", "over_ms", "questions_worth", "right", "total"},
    "rapid": {"tier1", "tier2", "speeded", "disengaged", "right", "total"},
    "wrong_right_ratio": set(), "finish_probability": set(), "finish_record": {"finished"},
    "target": {"rung_s", "action", "bf", "baseline_right", "baseline_n", "blocks_at_rung", "lock"},
    "speed_accuracy": {"bins"}, "answered_by_90": set(), "pace_experiment": {"arms"},
    "nbs_accuracy": {"right"}, "other_accuracy": {"right"},
    "difference": set(), "nbs_recent": {"right"}, "nbs_level": set(), "by_subject": {"series"},
    "by_system": {"series"}, "by_topic": {"series"}, "block_of_day": {"rows"},
    "confidence": {"series"},
    "answer_changes": {"wr", "rw", "ww", "net", "p_sign"}, "flagged": {"flagged", "unflagged"},
    "action_table": {"counts"}, "when_table": {"counts"}, "miss_reasons": {"counts"},
}  # fmt: skip


def metrics(report):
    found = {f.name: getattr(report, f.name) for f in fields(report)}
    return {name: metric for name, metric in found.items() if isinstance(metric, Metric)}


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from numbers(part)
    elif isinstance(value, float):
        yield value


@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 1000))
def test_the_order_of_blocks_does_not_matter(report, seed):
    history = made_up_history(15, seed=seed)
    shuffled = history.copy()
    random.Random(seed).shuffle(shuffled)
    assert report(shuffled) == report(history)


@pytest.mark.parametrize("report", REPORTS)
@settings(max_examples=12, deadline=None)
@given(blocks=st.integers(0, 25), seed=st.integers(0, 1000), pace=st.sampled_from([50.0, 85.0, 130.0]))
def test_numbers_are_finite_ordered_and_absent_below_their_minimum(report, blocks, seed, pace):
    for name, metric in metrics(report(made_up_history(blocks, seed=seed, pace_s=pace))).items():
        if metric.n < metric.minimum:
            assert not metric.shown, name
        if metric.estimate is not None:
            assert metric.shown, name
            assert isfinite(metric.estimate.value), name
        if isinstance(metric.estimate, Interval):
            low, high = metric.estimate.low, metric.estimate.high
            assert -inf < low <= metric.estimate.value <= high < inf, name


@pytest.mark.parametrize("report", REPORTS)
def test_an_empty_history_shows_nothing_and_no_zero(report):
    made = report([])
    for name, metric in metrics(made).items():
        assert (metric.estimate, metric.n, metric.shown) == (None, 0, False), name
        if isinstance(metric, Trend):
            assert metric.verdict is Verdict.TOO_EARLY
    assert made.scope.as_of is None
    assert made.scope.pool.banks == ()


@pytest.mark.parametrize("report", REPORTS)
def test_only_blocks_that_do_not_count_show_nothing(report):
    made = report([block(k, mode="tutor") for k in range(1, 12)])
    assert not any(metric.shown for metric in metrics(made).values())
    assert made.scope.excluded == {"tutor": 220}


def test_json_has_the_fields_of_the_contract_and_no_others_at_the_top():
    history = made_up_history(12)
    pacing, next_step = report_json(pacing_report(history)), report_json(next_step_report(history))
    assert [*pacing["metrics"], *next_step["metrics"]] == list(explanations())
    for document in (pacing, next_step):
        assert {"as_of", "pool", "blocks", "study_days", "excluded", "metrics"} <= set(document)
        assert set(document["pool"]) == {"banks", "next_best_step_only"}
        for name, metric in document["metrics"].items():
            assert COMMON | EXTRA[name] <= set(metric), name
    points = pacing["metrics"]["pace"]["series"]
    assert set(points[0]) == {"x", "value", "low", "high", "n", "eligible"}
    assert {"x", "end_slack_ms", "slack_5_ms", "slack_10_ms", "slack_15_ms", "unreached"} <= set(
        pacing["metrics"]["allowance"]["series"][0]
    )
    assert {"x", "right", "n", "value", "low", "high", "p_below", "verdict"} == set(
        next_step["metrics"]["by_subject"]["series"][0]
    )
    assert len(pacing["metrics"]["finish_probability"]["dots_ms"]) == 20


@pytest.mark.parametrize("report", REPORTS)
def test_json_knows_no_nan_and_no_infinity(report):
    for blocks in (0, 1, 3, 12):
        text = json.dumps(report_json(report(made_up_history(blocks))), allow_nan=False)
        assert all(map(isfinite, numbers(json.loads(text))))
    assert plain(float("nan")) is None
    assert plain([float("inf"), 1.5]) == [None, 1.5]


def test_what_has_no_json_is_refused():
    with pytest.raises(TypeError, match="set"):
        plain({1, 2})


def test_two_halves_combine_to_the_whole():
    history = made_up_history(20, seed=11)
    for report, counts in (
        (pacing_report, lambda r: (r.time_sinks.series, r.answered_by_90.n, r.allowance.n, r.scope.blocks)),
        (
            next_step_report,
            lambda r: (r.nbs_accuracy.right, r.nbs_accuracy.n, r.other_accuracy.n, r.answer_changes.wr),
        ),
    ):
        first, second, whole = (counts(report(part)) for part in (history[:10], history[10:], history))
        if report is pacing_report:
            first, second, whole = first[1:], second[1:], whole[1:]
        assert tuple(a + b for a, b in zip(first, second, strict=True)) == whole


def test_the_range_keeps_the_last_blocks_or_the_days_since():
    history = made_up_history(12, seed=4)
    for report in REPORTS:
        last = report(history, last=5)
        assert len(last.scope.excluded) <= 11
        assert last.scope.blocks + last.scope.excluded_blocks == 5
        assert last.scope.ranged
        since = report(history, since=FIRST_DAY + timedelta(days=4))
        assert since.scope.blocks + since.scope.excluded_blocks == 4
        assert report(history, since=date(2030, 1, 1)).scope.as_of is None
        assert report(history, last=0).scope.blocks == 0
    whole, windowed = pacing_report(history), pacing_report(history, last=4)
    assert windowed.pace.series == whole.pace.series[-4:], "a window does not change the scale"
    assert windowed.pace.b == whole.pace.b
    assert windowed.target == whole.target, "the baseline is frozen whatever is looked at"


def test_a_pure_function_leaves_its_blocks_alone():
    history = made_up_history(6)
    before = list(history)
    pacing_report(history)
    next_step_report(history)
    assert history == before


def test_blocks_may_come_as_an_iterator():
    history = made_up_history(3)
    assert pacing_report(iter(history)) == pacing_report(history)


def test_an_eligible_block_of_wrong_keys_alone_breaks_nothing():
    made = [block(1, [attempt(p, wrong_key=True) for p in range(1, 21)])]
    assert pacing_report(made).pace.estimate is None
    assert next_step_report(made).nbs_accuracy.estimate is None
    assert pacing_report(made).scope.excluded == {"wrong_key": 20}


def test_a_block_without_attempts_breaks_nothing():
    assert pacing_report([block(1, [])]).scope.blocks == 0
    assert next_step_report([block(1, [])]).scope.blocks == 0


def test_every_metric_is_explained_in_two_sentences():
    for name, explanation in explanations().items():
        assert explanation.means.count(". ") == 1, name
        assert explanation.means.endswith("."), name
        assert explanation.formula, name
        assert explanation.source, name
        assert "!" not in explanation.means, name
