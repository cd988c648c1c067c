"""How blocks are dealt to the arms of the pace experiment."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drill.core.pace_experiment import ARMS_MS, BLOCKS, PAIRS, arm_of, next_arm, tally

SHORT, LONG = ARMS_MS


@given(st.lists(st.integers(0, 2**31), min_size=BLOCKS, max_size=BLOCKS))
def test_every_two_blocks_are_one_at_each_arm_whatever_the_seeds(seeds: list[int]) -> None:
    dealt: list[int] = []
    for seed in seeds:
        arm = next_arm(tally(dealt), Random(seed))
        assert arm is not None
        dealt.append(arm)
    for first in range(0, BLOCKS, 2):
        assert set(dealt[first : first + 2]) == set(ARMS_MS)
    assert tally(dealt) == {SHORT: PAIRS, LONG: PAIRS}
    assert next_arm(tally(dealt), Random(seeds[0])) is None


@given(short=st.integers(0, 14), long=st.integers(0, 14), seed=st.integers(0, 2**31))
def test_the_arm_that_lags_has_its_turn_until_both_have_their_blocks(
    short: int, long: int, seed: int
) -> None:
    arm = next_arm({SHORT: short, LONG: long}, Random(seed))
    if min(short, long) >= PAIRS:
        assert arm is None
    elif short != long:
        assert arm == (SHORT if short < long else LONG)
    else:
        assert arm in ARMS_MS


def test_the_coin_is_fair_and_only_a_tie_is_tossed_for() -> None:
    heads = sum(next_arm({SHORT: 4, LONG: 4}, Random(seed)) == SHORT for seed in range(4000))
    assert abs(heads - 2000) < 4 * 1000**0.5
    random = Random(1)
    before = random.getstate()
    next_arm({SHORT: 4, LONG: 5}, random)
    assert random.getstate() == before


def test_a_block_belongs_to_an_arm_by_its_mark_and_its_target() -> None:
    assert arm_of(("bank:core", "pace_experiment"), 80_000) == 80_000
    assert arm_of(("bank:core",), 80_000) is None, "a block of the ladder"
    assert arm_of(("bank:core", "pace_experiment"), 85_000) is None
    assert arm_of(("bank:core", "pace_experiment"), None) is None
