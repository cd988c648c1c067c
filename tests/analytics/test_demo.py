"""The made-up learner: what is asked for is what is drawn."""

from __future__ import annotations

import random
from statistics import median

import pytest

from drill.analytics.demo import Learner, block_means, plan_block


def test_pace_and_accuracy_are_those_asked_for():
    rng = random.Random(1)
    items = [
        item for _ in range(200) for item in plan_block(rng, Learner(pace_s=90, accuracy=0.65), [120] * 20)
    ]
    assert median(item.time_ms for item in items) == pytest.approx(90_000, rel=0.03)
    assert sum(item.right for item in items) / len(items) == pytest.approx(0.65, abs=0.03)


def test_trends_run_from_the_first_block_to_the_last():
    learner = Learner(pace_s=100, accuracy=0.6, trend_points=12, pace_trend_percent=-20)
    assert block_means(learner, 0, 20) == (100, 0.6)
    assert block_means(learner, 19, 20) == pytest.approx((80, 0.72))
    assert block_means(learner, 0, 1) == (100, 0.6)


def test_longer_items_take_longer():
    rng = random.Random(2)
    plans = [plan_block(rng, Learner(), [60, 240]) for _ in range(300)]
    assert median(p[1].time_ms for p in plans) > 1.5 * median(p[0].time_ms for p in plans)


def test_the_same_seed_makes_the_same_plan():
    assert plan_block(random.Random(5), Learner(), [100] * 20) == plan_block(
        random.Random(5), Learner(), [100] * 20
    )


def test_a_change_from_right_ends_wrong():
    rng = random.Random(3)
    items = [item for _ in range(100) for item in plan_block(rng, Learner(changed=0.5), [120] * 20)]
    assert any(item.changed_from_right for item in items)
    assert not any(item.changed_from_right and (item.right or not item.changed) for item in items)


def test_a_block_outside_the_run_is_refused():
    with pytest.raises(ValueError, match="block 3"):
        plan_block(random.Random(1), Learner(), [120], block=3, blocks=3)
