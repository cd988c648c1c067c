"""M12 and M13: the forecast against its closed form, and the ladder's rule, evidence and record."""

from __future__ import annotations

import random
from datetime import date
from math import erfc, exp, expm1, log, log1p, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.evidence import bayes_factor
from drill.analytics.finish import (
    PaceSpread,
    block_effect_variance,
    finish_record_metric,
    simulate_totals,
)
from drill.analytics.ladder import climb, start_rung_s, step, target_met
from drill.analytics.pacing_report import pacing_report
from drill.analytics.pacing_results import LadderAction
from drill.analytics.sample import prepare
from tests.analytics import oracles
from tests.analytics.histories import attempt, block, made_up_history, timed_block

HOLD, TIGHTEN, EASE = LadderAction.HOLD, LadderAction.TIGHTEN, LadderAction.EASE


def finish_closed_form(pace_s: float, s: float, s_block: float, items: int, limit_s: float) -> float:
    """P(run out) for equal lengths by Fenton and Wilkinson's lognormal for a sum of lognormals."""
    mean = items * pace_s * exp(s * s / 2.0)
    sum_variance = log1p(expm1(s * s) / items)
    mu = log(mean) - sum_variance / 2.0
    return 0.5 * erfc((log(limit_s) - mu) / sqrt(sum_variance + s_block**2) / sqrt(2.0))


@pytest.mark.parametrize(
    ("pace", "s", "s_block", "percent"),
    [(75, 0.45, 0.06, 23.8), (80, 0.45, 0.06, 42.8), (85, 0.45, 0.06, 62.4), (90, 0.45, 0.06, 78.5),
     (75, 0.40, 0, 12.6), (80, 0.40, 0, 32.5), (85, 0.40, 0, 57.9)],
)  # fmt: skip
def test_known_chances_of_running_out(pace, s, s_block, percent):
    assert 100 * finish_closed_form(pace, s, s_block, 20, 1800) == pytest.approx(percent, abs=0.06)


@pytest.mark.slow
@pytest.mark.parametrize(("pace", "percent"), [(75, 12.6), (80, 32.4), (85, 57.9)])
def test_the_simulation_agrees_with_the_known_monte_carlo(pace, percent):
    residuals = [0.40 * oracles.stats.norm.ppf((i + 0.5) / 200) for i in range(200)]
    totals = simulate_totals(PaceSpread(log(pace), 0.0, 10, 200), residuals, [1.0], 20)
    # Standard error of 4,000 draws at one half: 0.8 points.
    assert 100 * sum(total > 1800 for total in totals) / len(totals) == pytest.approx(percent, abs=2.5)


@pytest.mark.slow
def test_the_simulation_agrees_with_the_closed_form_with_a_block_effect():
    residuals = [0.45 * oracles.stats.norm.ppf((i + 0.5) / 200) for i in range(200)]
    totals = simulate_totals(PaceSpread(log(80), 0.06, 10, 200), residuals, [1.0], 20)
    assert sum(t > 1800 for t in totals) / len(totals) == pytest.approx(
        finish_closed_form(80, 0.45, 0.06, 20, 1800), abs=0.025
    )


def test_the_block_effect_is_shrunken_to_its_prior():
    assert block_effect_variance([4.0, 4.5], 0.0) == pytest.approx(4 * 0.06**2 / 5)
    assert block_effect_variance([4.4] * 10, 0.01) == pytest.approx(max(4 * 0.06**2 / 13, 0.03**2))
    assert block_effect_variance([4.0, 4.4, 4.8], 0.06) == pytest.approx((4 * 0.06**2 + 2 * 0.10) / 6)
    assert block_effect_variance([4.4] * 100, 0.01) == 0.03**2


def test_a_forecast_needs_3_blocks_and_50_items():
    history = [b for b in made_up_history(12, seed=5) if not b.retest]
    two = pacing_report(history[:2]).finish_probability
    assert (two.estimate, two.shown, two.dots_ms, two.expected_ms) == (None, False, (), None)
    three = pacing_report(history[:4]).finish_probability
    assert three.shown
    assert 0 <= three.estimate.value <= 1
    assert len(three.dots_ms) == 20
    assert list(three.dots_ms) == sorted(three.dots_ms)
    assert abs(three.runs_out_dots / 20 - three.estimate.value) <= 0.05


def test_a_slower_learner_runs_out_more_often():
    chances = [
        pacing_report(made_up_history(10, seed=2, pace_s=pace)).finish_probability.estimate.value
        for pace in (60.0, 78.0, 90.0)
    ]
    assert chances == sorted(chances)
    assert chances[0] < 0.1
    assert chances[2] > 0.5


def test_the_forecast_and_the_record_are_of_one_pool():
    other = [timed_block(k, [100_000] * 20, filters=("bank:slow",), block_end="expired") for k in range(1, 9)]
    own = [timed_block(k, [60_000 + 300 * i for i in range(20)]) for k in range(9, 17)]
    report = pacing_report(other + own)
    assert report.finish_probability.estimate.value < 0.05
    assert report.finish_probability.blocks == report.finish_record.n == 8
    kept = pacing_report(other + own, bank="slow", keep_exam_limit=True).finish_probability
    assert kept.estimate.value > 0.9


def test_the_forecast_is_for_exactly_the_block_that_is_suggested():
    slow = [timed_block(k, [100_000] * 20) for k in range(1, 9)]
    suggested, kept = pacing_report(slow), pacing_report(slow, keep_exam_limit=True)
    assert (suggested.finish_probability.limit_ms, suggested.next_block.target_ms) == (2_010_000, 100_000)
    assert suggested.next_block.limit_ms == suggested.finish_probability.limit_ms
    assert (kept.finish_probability.limit_ms, kept.next_block.target_ms) == (1_800_000, None)
    assert kept.next_block.suggested_ms == 2_010_000
    assert suggested.finish_probability.estimate.value < kept.finish_probability.estimate.value
    few = pacing_report(slow[:4])
    assert (few.next_block.limit_ms, few.next_block.is_changed) == (1_800_000, False)


def test_the_same_history_makes_the_same_forecast():
    history = made_up_history(10, seed=2)
    assert pacing_report(history).finish_probability == pacing_report(history).finish_probability


def test_the_record_counts_blocks_the_clock_did_not_end():
    done = [timed_block(k, [80_000] * 20) for k in range(1, 13)]
    cut = block(
        13, [attempt(p) for p in range(1, 20)] + [attempt(20, status="cut_blank")], block_end="expired"
    )
    record = finish_record_metric(prepare([*done, cut]).eligible)
    assert (record.finished, record.n) == (9, 10)
    assert (round(100 * record.estimate.low, 1), round(100 * record.estimate.high, 1)) == (59.6, 98.2)
    reviewing = block(
        14, [attempt(p) for p in range(1, 20)] + [attempt(20, status="cut_chosen")], block_end="expired"
    )
    assert finish_record_metric(prepare([reviewing]).eligible).finished == 1
    assert finish_record_metric([]).estimate is None


def test_a_block_that_the_learner_ended_is_finished_and_one_cut_with_a_blank_is_not():
    items = [attempt(p) for p in range(1, 20)] + [attempt(20, status="omitted")]
    ends = [block(1, items, block_end=end) for end in ("ended", "expired")]
    assert [finish_record_metric(prepare([one]).eligible).finished for one in ends] == [1, 0]


@pytest.mark.parametrize(
    ("right", "n", "bf"),
    [(42, 60, 2.430), (47, 60, 12.00), (30, 60, 0.0919), (20, 40, 0.1593), (44, 60, 4.502), (59, 80, 6.774)],
)
def test_known_evidence(right, n, bf):
    assert bayes_factor(70, 100, right, n) == pytest.approx(bf, rel=2e-3)


@pytest.mark.slow
def test_evidence_is_that_of_quadrature():
    posterior = oracles.stats.beta(71, 31)
    above = oracles.integrate.quad(lambda p: posterior.pdf(p) * oracles.stats.binom.pmf(47, 60, p), 0, 1)[0]
    below = oracles.integrate.quad(
        lambda p: posterior.pdf(p) * oracles.stats.binom.pmf(47, 60, max(p - 0.1, 1e-9)), 0, 1, points=[0.1]
    )[0]
    assert bayes_factor(70, 100, 47, 60) == pytest.approx(above / below, rel=1e-4)


@given(st.integers(0, 200), st.integers(0, 200))
def test_more_right_answers_are_more_evidence(n, right):
    right = min(right, n)
    if right < n:
        assert bayes_factor(70, 100, right + 1, n) > bayes_factor(70, 100, right, n)


def test_evidence_stays_finite_over_long_stays_and_none_without_items():
    assert bayes_factor(70, 100, 0, 0) == 1.0
    assert bayes_factor(70, 100, 9_000, 10_000) < float("inf")
    assert bayes_factor(70, 100, 0, 10_000) >= 0.0


@pytest.mark.parametrize(
    ("blocks", "hits", "bf", "more", "action"),
    [(3, 2, 12.0, {}, TIGHTEN), (1, 1, 20.0, {}, HOLD), (3, 1, 12.0, {}, HOLD), (3, 2, 12.0, {"lock": 4}, HOLD),
     (2, 2, 6.0, {}, TIGHTEN), (3, 2, 5.99, {}, HOLD), (1, 1, 1 / 6, {}, EASE), (3, 3, 0.17, {}, HOLD),
     (5, 0, 3.0, {"misses": 5}, EASE), (4, 0, 3.0, {"misses": 4}, HOLD), (9, 3, 0.1, {"lock": 4}, EASE)],
)  # fmt: skip
def test_the_rule(blocks, hits, bf, more, action):
    assert step(blocks, hits, bf, **more) is action


@pytest.mark.parametrize(
    ("mean", "rung"),
    [(71.0, 80), (80.0, 80), (80.1, 85), (94.9, 95), (95.0, 95), (119.0, 120), (160.0, 120)],
)
def test_the_first_rung(mean, rung):
    assert start_rung_s(mean) == rung


def rung_block(index, target_s, right, *, pace_s=None, items=20, **changes):
    time_ms = round(1000 * (pace_s or target_s))
    attempts = [
        attempt(
            p, time_ms=time_ms, correct=p <= right, first_shown_ms=(p - 1) * time_ms, last_left_ms=p * time_ms
        )
        for p in range(1, items + 1)
    ]
    return block(
        index, attempts, target_ms=None if target_s is None else 1000 * target_s, limit_ms=10**7, **changes
    )


def ladder_of(blocks, fresh_after=()):
    return climb(prepare(blocks).eligible, 0.4, fresh_after)


BASELINE = [rung_block(k, None, 14, pace_s=93) for k in range(1, 6)]


def test_until_the_baseline_stands_the_target_is_90_s_and_there_is_no_ladder():
    target = pacing_report(BASELINE[:4]).target
    assert (target.estimate, target.rung_s, target.shown, target.n, target.baseline_n) == (
        None,
        90,
        False,
        80,
        80,
    )
    assert target.rungs == ()
    whole = pacing_report(BASELINE).target
    assert (whole.estimate.value, whole.start_rung_s, whole.baseline_right, whole.baseline_n) == (
        95,
        95,
        70,
        100,
    )
    assert whole.rungs == (95, 90, 85, 80)


def test_accuracy_that_holds_passes_the_rung():
    blocks = [*BASELINE, *[rung_block(k, 95, 16) for k in (6, 7, 8)]]
    ladder = ladder_of(blocks)
    assert ladder.stays[0].bf == pytest.approx(bayes_factor(70, 100, 48, 60))
    assert (ladder.action, ladder.rung_s) == (TIGHTEN, 90)
    target = pacing_report(blocks).target
    assert (target.blocks_at_rung, target.bf) == (0, 1.0), "evidence starts anew at the next rung"
    assert [(stay.rung_s, stay.blocks, stay.met, stay.outcome) for stay in target.history] == [
        (95, 3, 3, TIGHTEN)
    ]


def test_accuracy_that_falls_eases_and_locks_for_10_blocks():
    blocks = [*BASELINE, rung_block(6, 90, 10), rung_block(7, 90, 9)]
    ladder = ladder_of(blocks)
    assert (ladder.action, ladder.rung_s, ladder.lock) == (EASE, 95, 10)
    good = [rung_block(k, 95, 18) for k in range(8, 20)]
    assert ladder_of(blocks + good[:5]).lock == 5
    assert ladder_of(blocks + good[:5]).action is HOLD, "locked"
    assert ladder_of(blocks + good[:10]).action is TIGHTEN


def test_from_the_first_rung_there_is_nothing_to_ease_to():
    ladder = ladder_of([*BASELINE, rung_block(6, 95, 8), rung_block(7, 95, 9)])
    assert ladder.stays[0].bf < 1 / 6
    assert (ladder.action, ladder.rung_s, ladder.lock) == (HOLD, 95, 0)


def test_five_missed_targets_ease_without_blaming_accuracy():
    slow = [rung_block(k, 90, 14, pace_s=100) for k in range(6, 11)]
    ladder = ladder_of(BASELINE + slow)
    assert (ladder.action, ladder.rung_s, ladder.lock) == (EASE, 95, 0)
    assert pacing_report(BASELINE + slow).target.because_missed


def test_at_80_s_the_ladder_is_done():
    blocks = [*BASELINE, *[rung_block(k, 80, 16) for k in (6, 7, 8)]]
    assert (ladder_of(blocks).action, ladder_of(blocks).rung_s) == (LadderAction.DONE, 80)


def test_a_target_from_outside_does_not_decide_how_many_rungs_there_are():
    """Such a block, merged by an earlier drill, took all memory."""
    blocks = [*BASELINE, *[rung_block(k, 10**9, 16) for k in (6, 7, 8)]]
    assert len(pacing_report(blocks).target.rungs) < 1000


def test_the_target_is_met_by_reaching_every_item_in_time():
    sitting = prepare([rung_block(1, 95, 14, pace_s=97.8)]).sittings[0]
    assert target_met(sitting, 95_000, 0.4)
    assert not target_met(prepare([rung_block(1, 95, 14, pace_s=97.9)]).sittings[0], 95_000, 0.4)
    missed = [attempt(p, time_ms=50_000) for p in range(1, 20)] + [attempt(20, status="unreached")]
    assert not target_met(prepare([block(1, missed, block_end="expired")]).sittings[0], 95_000, 0.4)


def test_unreached_items_are_wrong_at_the_rung():
    unreached = [attempt(p) for p in range(1, 16)] + [attempt(p, status="unreached") for p in range(16, 21)]
    ladder = ladder_of([*BASELINE, block(6, unreached, target_ms=95_000, block_end="expired")])
    assert (ladder.stays[0].right, ladder.stays[0].n) == (15, 20)


def test_blocks_without_a_target_are_no_evidence_and_do_not_break_a_stay():
    free = rung_block(7, None, 2, pace_s=90)
    ladder = ladder_of([*BASELINE, rung_block(6, 95, 16), free, rung_block(8, 95, 16), rung_block(9, 95, 16)])
    assert [(stay.right, stay.n) for stay in ladder.stays] == [(48, 60)]
    assert ladder_of([*BASELINE, rung_block(6, 95, 16), free]).action is HOLD


def test_near_the_exam_the_target_is_pinned():
    blocks = [*BASELINE, *[rung_block(k, 95, 16) for k in (6, 7)]]
    today = date(2026, 2, 1)

    def target(exam):
        return pacing_report(blocks, exam_date=exam, today=today).target

    assert (target(date(2026, 2, 15)).rung_s, target(date(2026, 2, 15)).action) == (90, LadderAction.PINNED)
    assert target(date(2026, 2, 1)).action is LadderAction.PINNED
    assert target(date(2026, 2, 16)).action is not LadderAction.PINNED
    assert target(date(2026, 1, 31)).action is not LadderAction.PINNED
    assert target(None).action is not LadderAction.PINNED


def test_an_accuracy_verdict_starts_a_new_baseline():
    later = [rung_block(k, 95, 16) for k in range(6, 13)]
    day = later[1].study_day
    ladder = ladder_of(BASELINE + later, [day])
    assert (ladder.baseline_right, ladder.baseline_n) == (80, 100)
    assert ladder.start_s == 95
    assert ladder_of(BASELINE + later[:4], [day]).baseline_n == 40


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_whatever_happens_the_ladder_stays_on_its_rungs(seed):
    rng = random.Random(seed)
    blocks = list(BASELINE)
    rung = 95
    for k in range(6, 30):
        blocks.append(rung_block(k, rung, rng.randrange(8, 20), pace_s=rung * rng.choice((0.95, 1.1))))
        ladder = ladder_of(blocks)
        assert 80 <= ladder.rung_s <= 95
        assert abs(ladder.rung_s - rung) in (0, 5)
        rung = ladder.rung_s
