"""M7, M8, M9, M11 and the tables: levels, differences, subjects, changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.beta_binomial import discounted_level, fit_shrinkage, shrink
from drill.analytics.intervals import wilson
from drill.analytics.next_step_report import next_step_report
from drill.analytics.subjects import UNLABELLED, subjects_metric
from tests.analytics import oracles
from tests.analytics.histories import attempt, block, scored_block

FIRST = [(30, 40), (8, 15), (22, 30), (3, 8), (41, 60), (12, 14)]
SECOND = [(36, 40), (10, 30), (9, 20), (28, 40), (14, 30), (30, 40)]


def percent(*values):
    return tuple(round(100 * value, 1) for value in values)


def test_the_known_shrinkage_where_subjects_hardly_differ():
    shared = fit_shrinkage(FIRST)
    assert (round(shared.m, 4), round(shared.mean_k, 1)) == (0.6923, 114.5)
    few = shrink(3, 8, shared)
    assert percent(few.estimate.value, few.estimate.low, few.estimate.high) == (64.8, 49.5, 73.8)
    assert round(few.p_below, 3) == 0.723
    assert percent(*shrink(12, 14, shared).estimate) == (72.6, 64.4, 83.9)


def test_the_known_shrinkage_where_subjects_differ():
    shared = fit_shrinkage(SECOND)
    assert (round(shared.m, 4), round(shared.mean_k, 2)) == (0.6337, 9.14)
    weak, other = shrink(10, 30, shared), shrink(9, 20, shared)
    assert percent(weak.estimate.value, weak.estimate.low, weak.estimate.high) == (39.8, 26.2, 53.8)
    assert (round(weak.p_below, 3), weak.weaker) == (0.998, True)
    assert percent(other.estimate.value, other.estimate.low, other.estimate.high) == pytest.approx(
        (50.2, 34.3, 65.6), abs=0.11
    )
    assert (round(other.p_below, 3), other.weaker) == (0.917, False)


@pytest.mark.slow
@settings(max_examples=40)
@given(
    st.lists(
        st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=4, max_size=8
    )
)
def test_shrunken_values_lie_between_the_raw_ones_and_the_average(subjects):
    shared = fit_shrinkage(subjects)
    assert sum(shared.weights) == pytest.approx(1)
    for right, n in subjects:
        found = shrink(right, n, shared)
        raw = right / n
        assert min(raw, shared.m) - 1e-9 <= found.estimate.value <= max(raw, shared.m) + 1e-9
        assert 0 <= found.estimate.low <= found.estimate.high <= 1
        mixture = sum(
            w
            * oracles.stats.beta.cdf(found.estimate.low, k * shared.m + right, k * (1 - shared.m) + n - right)
            for k, w in zip((4, 8, 16, 32, 64, 128, 256), shared.weights, strict=True)
        )
        assert mixture == pytest.approx(0.05, abs=1e-6)


def test_subjects_as_listed():
    names = ["Medicine", "Surgery", "Pediatrics", "Psychiatry", "Obstetrics", "Ethics"]
    rows = dict(zip(names, SECOND, strict=True)) | {"Rare": (1, 4), None: (3, 6)}
    metric = subjects_metric(rows)
    assert next(r.x for r in metric.series) == "Surgery"
    assert [r.verdict for r in metric.series if r.x == "Surgery"] == ["weaker"]
    assert {r.verdict for r in metric.series if r.x not in ("Surgery", UNLABELLED)} == {"not separable"}
    assert metric.series[-1][:3] == (UNLABELLED, 3, 6)
    assert metric.series[-1].p_below is None
    assert "Rare" not in [r.x for r in metric.series], "under 5 items it is not listed"
    assert metric.estimate.value == pytest.approx((127 + 1 + 1) / (200 + 4 + 2)), (
        "but it counts in the average"
    )


def test_under_4_subjects_nothing_is_shrunken_and_nothing_weaker():
    metric = subjects_metric({"A": (2, 20), "B": (18, 20), "C": (18, 20)})
    assert metric.estimate.value == pytest.approx(38 / 60), "raw, as its rows are"
    assert not metric.shrunken
    assert [(r.x, r.estimate.value, r.p_below, r.verdict) for r in metric.series] == [
        ("A", 0.1, None, None), ("B", 0.9, None, None), ("C", 0.9, None, None),
    ]  # fmt: skip
    assert metric.level == 0.95


def test_systems_and_topics_are_the_same_figure_by_other_labels():
    history = [
        block(
            number,
            [
                attempt(p, correct=p % 3 > 0, subject=name, system=name, topic=name)
                for p, name in enumerate(("A", "B", "C", "D") * 5, start=1)
            ],
        )
        for number in (1, 2)
    ]
    report = next_step_report(history)
    assert report.by_subject.shrunken
    assert report.by_system.series == report.by_topic.series == report.by_subject.series
    assert report.by_system.estimate == report.by_topic.estimate == report.by_subject.estimate


def test_no_subject_no_average():
    metric = subjects_metric({})
    assert (metric.estimate, metric.shown, metric.series) == (None, False, ())


def test_known_levels():
    first = discounted_level([(x, 20) for x in (12, 13, 13, 14, 12, 15, 14, 16)])
    assert percent(*first) == (69.2, 62.0, 76.1)
    assert percent(*discounted_level([(20, 20)] * 5)) == (99.3, 97.4, 100.0)


def test_a_day_without_items_discounts_nothing():
    assert discounted_level([(7, 10), (0, 0), (8, 10)]) == discounted_level([(7, 10), (8, 10)])
    assert discounted_level([]) is None
    assert discounted_level([(0, 0)]) is None


def test_the_level_weighs_late_days_more():
    rising = discounted_level([(4, 10), (6, 10), (8, 10)])
    falling = discounted_level([(8, 10), (6, 10), (4, 10)])
    assert rising.value > falling.value


def test_the_level_needs_10_items():
    assert not next_step_report([scored_block(1, (5, 9), (5, 11))]).nbs_level.shown
    assert next_step_report([scored_block(1, (5, 10), (5, 10))]).nbs_level.shown


def test_the_known_difference_of_next_best_step_and_others():
    blocks = [
        scored_block(
            k, (31 if k == 1 else 0, 50 if k == 1 else 0), (105 if k == 2 else 0, 150 if k == 2 else 0)
        )
        for k in (1, 2)
    ]
    report = next_step_report(blocks)
    assert percent(
        report.difference.estimate.value, report.difference.estimate.low, report.difference.estimate.high
    ) == (
        -8.0,
        -23.4,
        6.4,
    )
    assert (report.nbs_accuracy.right, report.nbs_accuracy.n) == (31, 50)
    assert (report.other_accuracy.right, report.other_accuracy.n) == (105, 150)


def test_the_difference_needs_10_of_each():
    report = next_step_report([scored_block(1, (9, 9), (5, 11))])
    assert (report.difference.estimate, report.difference.n, report.difference.shown) == (None, 9, False)
    assert report.nbs_accuracy.shown


def test_recent_is_the_last_5_study_days():
    blocks = [scored_block(k, (10, 20)) for k in range(1, 4)] + [
        scored_block(k, (20, 20), day=2 + k // 2) for k in range(4, 14)
    ]
    recent = next_step_report(blocks).nbs_recent
    assert (recent.right, recent.n) == (200, 200)


def test_there_is_a_row_per_bank_when_there_are_two():
    def of(bank, right, n, start=1):
        return [attempt(start + i, bank=bank, next_best_step=True, correct=i < right) for i in range(n)]

    one = next_step_report([block(1, of("a", 12, 20))])
    assert one.nbs_accuracy.by_bank == ()
    assert one.nbs_level.by_bank == ()
    mixed = next_step_report([block(1, of("a", 12, 20)), block(2, of("a", 4, 10) + of("b", 9, 10, 11))])
    assert [(r.label, r.right, r.n) for r in mixed.nbs_accuracy.by_bank] == [("a", 16, 30), ("b", 9, 10)]
    assert [(r.label, r.n) for r in mixed.nbs_level.by_bank] == [("a", 30), ("b", 10)]
    assert (mixed.nbs_accuracy.right, mixed.nbs_accuracy.n) == (25, 40)


def changed(position, first, chosen, key, **more):
    return attempt(position, first=first, chosen=chosen, key=key, correct=chosen == key, **more)


def test_changes_are_counted_between_first_and_final_option():
    attempts = (
        [changed(p, "B", "A", "A", status="revised") for p in range(1, 10)]
        + [changed(p, "A", "B", "A", status="revised") for p in range(10, 13)]
        + [
            changed(13, "B", "C", "A", status="revised"),
            changed(14, "A", "A", "A"),
            attempt(15, status="omitted"),
        ]
        + [changed(16, "B", None, "A", status="omitted")]
    )
    metric = next_step_report([block(1, attempts)]).answer_changes
    assert (metric.wr, metric.rw, metric.ww, metric.net, metric.n) == (9, 3, 1, 6, 12)
    assert percent(metric.estimate.value, metric.estimate.low, metric.estimate.high) == (75.0, 46.8, 91.1)
    assert metric.p_sign == pytest.approx(0.1460, abs=5e-5)


def test_no_discordant_change_shows_nothing_and_few_get_no_test():
    none = next_step_report([block(1)]).answer_changes
    assert (none.estimate, none.shown, none.p_sign) == (None, False, None)
    few = next_step_report(
        [block(1, [changed(p, "B", "A", "A") if p < 6 else attempt(p) for p in range(1, 21)])]
    )
    assert few.answer_changes.shown
    assert few.answer_changes.p_sign is None


def test_revisits_and_their_share_of_block_time():
    attempts = [attempt(p) for p in range(1, 20)] + [
        attempt(20, visits=3, response_time_ms=120_000, first_visit_ms=80_000)
    ]
    metric = next_step_report([block(1, attempts)]).answer_changes
    assert metric.revisits == 2
    assert metric.revisit_share == pytest.approx(40_000 / (19 * 80_000 + 120_000))


def test_flagged_against_unflagged_needs_8_of_each():
    def report(flagged):
        return next_step_report(
            [block(1, [attempt(p, flagged=p <= flagged, correct=p % 2 == 0) for p in range(1, 21)])]
        )

    assert not report(7).flagged.shown
    metric = report(8).flagged
    assert metric.shown
    assert (metric.flagged.right, metric.flagged.n, metric.unflagged.right, metric.unflagged.n) == (
        4,
        8,
        6,
        12,
    )


def test_tables_of_actions_and_reasons():
    attempts = [
        attempt(1, next_best_step=True, key_action="treat", chosen_action="treat"),
        attempt(
            2,
            next_best_step=True,
            key_action="treat",
            chosen_action="test",
            chosen_when="later",
            correct=False,
            miss_reason="reasoning",
        ),
        attempt(3, next_best_step=True, key_action="treat", chosen_action=None, status="omitted"),
        attempt(
            4,
            key_action="test",
            chosen_action="treat",
            chosen_when="never",
            correct=False,
            miss_reason="knowledge",
        ),
        *[attempt(p) for p in range(5, 21)],
    ]
    report = next_step_report([block(1, attempts)])
    assert report.action_table.counts == {"treat": {"test": 1, "treat": 1}}
    assert report.when_table.counts == {"later": 1, "earlier": 0, "only_if": 0, "never": 0, "harmful": 0}
    assert report.miss_reasons.counts == {"knowledge": 1, "reasoning": 1}
    assert report.miss_reasons.next_best_step == {"reasoning": 1}
    assert [(m.item, m.position) for m in report.missed] == [("item-3", 3), ("item-2", 2)]


def test_n_of_a_when_row_is_what_its_share_and_interval_are_of() -> None:
    whens = ["later", "later", "never"]
    attempts = [
        attempt(p, next_best_step=True, chosen_when=when, correct=False)
        for p, when in enumerate(whens, start=1)
    ]
    table = next_step_report([block(1, [*attempts, *[attempt(p) for p in range(4, 21)]])]).when_table
    assert [(row.x, row.n) for row in table.series] == [(when, 3) for when in table.counts]
    for row in table.series:
        assert row.estimate == wilson(table.counts[str(row.x)], row.n)


def test_subjects_too_small_to_list_leave_no_number() -> None:
    metric = subjects_metric({"Medicine": (3, 4), "Surgery": (1, 4), None: (2, 9)})
    assert (metric.shown, metric.estimate) == (False, None)
    assert [row.x for row in metric.series] == [UNLABELLED]
