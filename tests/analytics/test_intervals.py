"""Wilson, Newcombe, t and the sign test against published vectors and against scipy and statsmodels."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.analytics.intervals import EXACT_SIGNS, mean_t, newcombe, sign_test, wilson
from drill.analytics.special import Z95, beta_cdf, beta_quantile, t_quantile_two_sided
from tests.analytics import oracles

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(14, 20, 48.1, 85.5), (5, 8, 30.6, 86.3), (20, 20, 83.9, 100), (0, 8, 0, 32.4), (9, 10, 59.6, 98.2),
     (13, 20, 43.3, 81.9), (13, 18, 49.1, 87.5), (9, 12, 46.8, 91.1), (6, 6, 61.0, 100),
     (44, 50, 76.2, 94.4), (40, 50, 67.0, 88.8), (34, 50, 54.2, 79.2), (28, 50, 42.3, 68.8)],
)  # fmt: skip
def test_wilson_gives_the_known_intervals(right, n, low, high):
    interval = wilson(right, n)
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (low, high)


@pytest.mark.parametrize(
    ("a", "b", "value", "low", "high"),
    [
        ((31, 50), (105, 150), -8.0, -23.4, 6.4),
        ((4, 8), (9, 12), -25.0, -57.7, 15.1),
        ((56, 70), (48, 80), 20.0, 5.2, 33.4),
    ],
)
def test_newcombe_gives_the_known_intervals(a, b, value, low, high):
    interval = newcombe(*a, *b)
    assert [round(100 * x, 1) for x in interval] == [value, low, high]


def test_t_interval_gives_the_known_values():
    assert [round(x, 4) for x in mean_t([-0.10, -0.22, 0.05, -0.15, -0.30, -0.08])] == [
        -0.1333,
        -0.2603,
        -0.0064,
    ]
    halves = mean_t([0.1, -0.2, 0.1, 0, -0.1, 0.2, -0.1, 0.1, 0, -0.1])
    assert halves.value == pytest.approx(0, abs=1e-12)
    assert round(100 * halves.half_width, 1) == 8.9


@pytest.mark.parametrize(("a", "b", "p"), [(9, 3, 0.1460), (6, 0, 0.0313), (3, 2, 1.0), (0, 6, 0.0313)])
def test_sign_test_gives_the_known_p(a, b, p):
    assert sign_test(a, b) == pytest.approx(p, abs=5.1e-5)


def test_nothing_gives_nothing_and_never_zero():
    assert wilson(0, 0) is None
    assert newcombe(0, 0, 3, 4) is None
    assert newcombe(3, 4, 0, 0) is None
    assert sign_test(0, 0) is None
    assert mean_t([]) is None
    assert mean_t([1.0]) is None
    assert mean_t([0.25, 0.25, 0.25]) is None, "no spread, no interval"


@pytest.mark.slow
@given(counts)
def test_wilson_is_that_of_statsmodels_and_holds_its_value(count):
    right, n = count
    interval = wilson(right, n)
    low, high = oracles.proportion.proportion_confint(right, n, method="wilson")
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=1e-9)
    assert 0 <= interval.low <= interval.value <= interval.high <= 1


@pytest.mark.slow
@settings(max_examples=50)
@given(counts, counts)
def test_newcombe_is_that_of_statsmodels_and_holds_its_value(a, b):
    interval = newcombe(*a, *b)
    low, high = oracles.proportion.confint_proportions_2indep(*a, *b, method="newcomb", compare="diff")
    assert (interval.low, interval.high) == pytest.approx((max(low, -1), min(high, 1)), abs=1e-6)
    assert -1 <= interval.low <= interval.value <= interval.high <= 1


@given(counts, counts)
def test_newcombe_turned_round_is_the_mirror_image(a, b):
    there, back = newcombe(*a, *b), newcombe(*b, *a)
    assert (there.value, there.low, there.high) == pytest.approx(
        (-back.value, -back.high, -back.low), abs=1e-9
    )


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=30))
def test_t_interval_is_that_of_scipy(values):
    interval = mean_t(values)
    if interval is None:
        assert max(values) - min(values) < 1e-6
        return
    low, high = oracles.stats.t.interval(
        0.95, len(values) - 1, loc=sum(values) / len(values), scale=oracles.stats.sem(values)
    )
    assert (interval.low, interval.high) == pytest.approx((low, high), rel=1e-7, abs=1e-9)


@pytest.mark.slow
@given(st.integers(0, 1500), st.integers(0, 1500))
@settings(max_examples=50)
def test_sign_test_is_the_binomial_test_on_both_sides_of_the_exact_limit(a, b):
    if a + b:
        assert sign_test(a, b) == pytest.approx(
            oracles.stats.binomtest(a, a + b).pvalue, rel=1e-8, abs=1e-280
        )  # below that scipy gives 0


@pytest.mark.slow
def test_the_sign_test_does_not_jump_where_whole_numbers_end():
    a = EXACT_SIGNS // 2 - 20
    assert sign_test(a, EXACT_SIGNS - a) == pytest.approx(
        oracles.stats.binomtest(a, EXACT_SIGNS).pvalue, rel=1e-10
    )
    assert sign_test(a, EXACT_SIGNS + 1 - a) == pytest.approx(
        oracles.stats.binomtest(a, EXACT_SIGNS + 1).pvalue, rel=1e-10
    )


@pytest.mark.slow
@settings(max_examples=60)
@given(st.floats(0.3, 5e4), st.floats(0.3, 5e4), st.floats(0.001, 0.999))
def test_beta_distribution_is_that_of_scipy(a, b, probability):
    x = oracles.stats.beta.ppf(probability, a, b)
    if 1e-6 < x < 1 - 1e-6:
        assert beta_quantile(probability, a, b) == pytest.approx(x, rel=1e-6, abs=1e-9)
        assert beta_cdf(x, a, b) == pytest.approx(probability, rel=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize("degrees", [1, 2, 5, 19, 99, 4999])
def test_t_quantile_is_that_of_scipy(degrees):
    assert t_quantile_two_sided(0.95, degrees) == pytest.approx(oracles.stats.t.ppf(0.975, degrees), rel=1e-9)
    assert pytest.approx(oracles.stats.norm.ppf(0.975)) == Z95


def test_t_needs_a_degree_of_freedom():
    with pytest.raises(ValueError, match="degrees"):
        t_quantile_two_sided(0.95, 0)
