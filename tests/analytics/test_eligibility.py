"""What counts and what does not, and why; pools."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.analytics.eligibility import attempt_exclusion, block_exclusion, is_known
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.pools import choose_pool, pool_of
from drill.analytics.results import Pool
from drill.analytics.sample import prepare
from tests.analytics.histories import attempt, block

ENDED_EARLY = [attempt(p) for p in range(1, 20)] + [attempt(20, status="unreached")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"mode": "timed"}, None),
        ({"filters": ()}, None),
        ({"filters": ("bank:a", "bank:b", "next_best_step")}, None),
        ({"pool": "all"}, None),
        ({"mode": "tutor"}, "tutor"),
        ({"mode": "untimed"}, "untimed"),
        ({"retest": True}, "retest"),
        ({"commit_first": True}, "commit_first"),
        ({"pool": "incorrect"}, "filtered"),
        ({"filters": ("bank:a", "subject:Medicine")}, "filtered"),
        ({"filters": ("system:Renal",)}, "filtered"),
        ({"filters": ("something new",)}, "filtered"),
        ({"block_end": "left"}, "left"),
        ({"attempts": ENDED_EARLY, "block_end": "ended"}, "ended_early"),
        ({"attempts": ENDED_EARLY, "block_end": "expired"}, None),
        ({"away_ms": 300_000}, None),
        ({"away_ms": 300_001}, "away"),
        ({"attempts": 9}, "short"),
        ({"attempts": 10}, None),
        ({"mode": "tutor", "retest": True, "block_end": "left"}, "tutor"),
        ({"retest": True, "commit_first": True}, "retest"),
        ({"block_end": "left", "away_ms": 999_999}, "left"),
    ],
)
def test_blocks_count_or_are_named_with_the_first_reason(changes, reason):
    assert block_exclusion(block(1, **changes)) == reason


def test_repeats_and_wrong_keys_count_nowhere():
    assert attempt_exclusion(attempt(1), None) is None
    assert attempt_exclusion(attempt(1, exposure=2), None) == "repeat"
    assert attempt_exclusion(attempt(1, exposure=2, wrong_key=True), None) == "repeat"
    assert attempt_exclusion(attempt(1, wrong_key=True), None) == "wrong_key"
    assert attempt_exclusion(attempt(1, exposure=2), "tutor") == "tutor"
    assert attempt_exclusion(attempt(1, status="unreached"), None) is None


def test_10_first_exposures_make_a_block():
    repeats = [attempt(p, exposure=2) for p in range(11, 21)]
    assert block_exclusion(block(1, [attempt(p) for p in range(1, 11)] + repeats)) is None
    assert block_exclusion(block(1, [attempt(p) for p in range(1, 10)] + repeats)) == "short"


def test_exam_and_known_accuracy_have_two_denominators():
    attempts = [attempt(p, correct=p <= 13) for p in range(1, 18)] + [
        attempt(18, status="omitted"),
        attempt(19, status="cut_blank"),
        attempt(20, status="unreached"),
    ]
    sitting = prepare([block(1, attempts, block_end="expired")]).sittings[0]
    assert (sitting.right, sitting.n) == (13, 20)
    assert (sitting.known_right, sitting.known_n) == (13, 18)
    report = next_step_report([sitting.block])
    assert (report.other_accuracy.right, report.other_accuracy.n, report.other_accuracy.exam_n) == (
        13,
        18,
        20,
    )
    as_nbs = replace(
        sitting.block, attempts=sitting.block.attempts.with_column("next_best_step", [True] * 20)
    )
    nbs = next_step_report([as_nbs]).nbs_accuracy
    assert (nbs.right, nbs.n, nbs.exam_n) == (13, 18, 20)


def test_a_blank_that_was_interrupted_is_wrong():
    assert not is_known("cut_blank", None)
    assert is_known("cut_blank", "interrupted")
    assert is_known("cut_chosen", None)
    assert not is_known("unreached", None)
    assert is_known("omitted", None)


def test_what_is_excluded_is_counted_by_reason():
    mixed = [attempt(p) for p in range(1, 18)] + [
        attempt(18, exposure=3),
        attempt(19, wrong_key=True),
        attempt(20, exposure=2),
    ]
    scope = next_step_report([block(1, mixed), block(2, mode="tutor"), block(3, 5)]).scope
    assert scope.excluded == {"repeat": 2, "short": 5, "tutor": 20, "wrong_key": 1}
    assert (scope.blocks, scope.excluded_blocks, scope.study_days) == (1, 2, 1)
    assert scope.as_of == block(3).study_day


def test_a_wrong_key_is_in_no_metric():
    plain = [attempt(p, next_best_step=True, correct=p % 2 == 0) for p in range(1, 21)]
    keyed = [*plain[:19], plain[19]._replace(wrong_key=True, response_time_ms=900_000)]
    report, pacing = next_step_report([block(1, keyed)]), pacing_report([block(1, keyed)])
    assert (report.nbs_accuracy.right, report.nbs_accuracy.n) == (9, 19)
    assert pacing.time_sinks.count == 0
    assert pacing.pace.n == 19
    assert pacing.target.baseline_n == 19


def test_pools_are_told_by_banks_and_kind():
    assert pool_of(block(1, filters=("bank:b", "bank:a"))) == Pool(("a", "b"), False)
    assert pool_of(block(1, filters=("next_best_step",))) == Pool(("core",), True)
    assert choose_pool([], [], None) == Pool((), False)


def test_the_pool_is_that_of_the_latest_eligible_block_or_of_the_bank_asked_for():
    first, second = block(1, filters=("bank:a",)), block(2, filters=("bank:b", "next_best_step"))
    retest = block(3, filters=("bank:c",), retest=True)
    assert choose_pool([first, second], [first, second, retest], None) == Pool(("b",), True)
    assert choose_pool([first, second], [first, second], "a") == Pool(("a",), False)
    assert choose_pool([first, second], [first, second], "b") == Pool(("b",), True)
    assert choose_pool([first, second], [first, second], "zzz") == Pool(("zzz",), False)
    assert choose_pool([], [retest], None) == Pool(("c",), False)
