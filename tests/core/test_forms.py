"""Drawing a form: the same seed the same form, sets whole and in order, options shuffled only where safe."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.forms import POOLS, PRESETS, Candidate, FormItem, draw, drawable, units
from drill.core.state import Mode
from tests import strategies
from tests.factories import make_candidate, make_form_item

SINGLES = [make_candidate(f"q{number:02}") for number in range(40)]


def make_set(name: str, size: int, *, present: int | None = None, bank: str = "notes") -> list[Candidate]:
    """A sequential set, or what is left of it; ids run against the bank's order on purpose."""
    return [
        make_candidate(f"{name}-{size - part}", bank=bank, ordinal=part, set=name, set_size=size)
        for part in range(size if present is None else present)
    ]


def ids(form: tuple[FormItem, ...]) -> list[str]:
    return [item.item for item in form]


@given(strategies.candidates(), st.integers(1, 12), st.integers(0, 999), st.booleans(), st.randoms())
def test_the_same_candidates_count_and_seed_give_the_same_form(
    found: list[Candidate], count: int, seed: int, shuffle: bool, order: Random
) -> None:
    form = draw(found, count, Random(seed), shuffle_options=shuffle)
    order.shuffle(found)
    assert draw(found, count, Random(seed), shuffle_options=shuffle) == form


@given(strategies.candidates(), st.integers(1, 12), st.integers(0, 999))
def test_sets_are_drawn_whole_together_and_in_the_banks_order(
    found: list[Candidate], count: int, seed: int
) -> None:
    by_id = {(one.bank, one.item): one for one in found}
    form = draw(found, count, Random(seed))
    assert len(form) <= count
    assert len({(one.bank, one.item) for one in form}) == len(form), "no item twice"
    members: dict[int, list[Candidate]] = {}
    for position, item in enumerate(form):
        drawn = by_id[item.bank, item.item]
        assert (drawn.set is None) == (item.set_number is None)
        if item.set_number is not None:
            mine = members.setdefault(item.set_number, [])
            assert not mine or form[position - 1].set_number == item.set_number, "unbroken"
            mine.append(drawn)
    for mine in members.values():
        assert len({(one.bank, one.set) for one in mine}) == 1
        assert len(mine) == mine[0].set_size, "whole"
        assert [one.ordinal for one in mine] == sorted(one.ordinal for one in mine)
    assert list(members) == list(range(1, len(members) + 1)), "numbered as they come"


@given(strategies.candidates(), st.integers(1, 12), st.integers(0, 999))
def test_what_there_is_of_a_group_stands_together_and_locks_nothing(
    found: list[Candidate], count: int, seed: int
) -> None:
    groups = {(one.bank, one.item): (one.bank, one.group) for one in found if one.group is not None}
    form = draw(found, count, Random(seed))
    places: dict[tuple[str, str | None], list[int]] = {}
    for place, item in enumerate(form):
        if (item.bank, item.item) in groups:
            assert item.set_number is None
            places.setdefault(groups[item.bank, item.item], []).append(place)
    for name, taken in places.items():
        assert len(taken) == list(groups.values()).count(name), "all of it that may be drawn"
        assert taken == list(range(taken[0], taken[0] + len(taken))), "next to each other"


def test_one_question_of_a_group_can_be_asked_alone() -> None:
    group = [make_candidate(f"g{part}", ordinal=part, group="trial") for part in range(3)]
    assert ids(draw(group[1:2], 20, Random(1))) == ["g1"]
    assert ids(draw(reversed(group), 20, Random(1))) == ["g0", "g1", "g2"]


@given(strategies.candidates(), st.integers(1, 12), st.integers(0, 99))
def test_as_many_are_drawn_as_whole_sets_let_fit(found: list[Candidate], count: int, seed: int) -> None:
    sizes = [len(unit) for unit in units(found)]
    sums = {sum(some) for length in range(len(sizes) + 1) for some in combinations(sizes, length)}
    assert len(draw(found, count, Random(seed))) == max(total for total in sums if total <= count)
    assert drawable(found, count) == max(total for total in sums if total <= count)
    assert drawable(found) == max(sums)


@pytest.mark.parametrize("seed", range(20))
def test_a_set_that_must_come_in_is_not_crowded_out(seed: int) -> None:
    """18 singles and a set of 3 make 20 only with the set: no seed may fail."""
    assert len(draw(SINGLES[:18] + make_set("s", 3), 20, Random(seed))) == 20


def test_a_set_that_does_not_fit_is_skipped() -> None:
    assert ids(draw([*make_set("s", 3), SINGLES[0]], 1, Random(1))) == ["q00"]
    assert draw(make_set("s", 3), 2, Random(1)) == ()


@pytest.mark.parametrize("present", [1, 2])
def test_an_incomplete_set_is_never_drawn(present: int) -> None:
    found = make_set("s", 3, present=present) + SINGLES[:2]
    for seed in range(10):
        assert sorted(ids(draw(found, 4, Random(seed)))) == ["q00", "q01"]
    assert drawable(found) == 2


def test_sets_of_one_name_in_two_banks_are_two_sets() -> None:
    found = make_set("s", 2, bank="one") + make_set("s", 2, bank="two")
    assert [[one.bank for one in unit] for unit in units(found)] == [["one", "one"], ["two", "two"]]


def test_units_are_sorted_by_bank_and_id() -> None:
    found = [make_candidate("b"), make_candidate("a"), make_candidate("z", bank="a bank")]
    assert [unit[0].item for unit in units(found)] == ["z", "a", "b"]


def test_seeds_differ_and_every_item_has_its_turn_in_every_place() -> None:
    first = Counter(draw(SINGLES[:5], 3, Random(seed))[0].item for seed in range(500))
    assert set(first) == {"q00", "q01", "q02", "q03", "q04"}
    assert min(first.values()) > 60, "about 100 each"


def test_a_form_keeps_what_was_drawn() -> None:
    candidate = make_candidate("q9", bank="b", revision=3, item_hash="h", words=77, options=5)
    assert draw([candidate], 1, Random(0)) == (FormItem("b", "q9", 3, "h", 77, "ABCDE"),)


def test_options_are_shuffled_only_when_asked_and_only_where_safe() -> None:
    safe = [make_candidate(f"s{n}", shuffles=1, options=5) for n in range(20)]
    fixed = [make_candidate(f"f{n}", shuffles=0, options=5) for n in range(20)]
    asked = draw(safe + fixed, 40, Random(3), shuffle_options=True)
    assert {item.order for item in asked if item.item.startswith("f")} == {"ABCDE"}
    assert len({item.order for item in asked if item.item.startswith("s")}) > 10
    assert all(sorted(item.order) == list("ABCDE") for item in asked)
    assert {item.order for item in draw(safe + fixed, 40, Random(3))} == {"ABCDE"}


def test_letters_are_translated_both_ways() -> None:
    item = make_form_item(order="CADB")
    assert [item.banked(letter) for letter in "ABCD"] == ["C", "A", "D", "B"]
    assert [item.shown(letter) for letter in "CADB"] == ["A", "B", "C", "D"]


def test_presets_mirror_the_exam() -> None:
    limits = {name: (p.items, p.limit_ms / 60_000, p.mode) for name, p in PRESETS.items()}
    assert limits == {
        "exam20": (20, 30, Mode.EXAM), "exam19": (19, 30, Mode.EXAM), "exam18": (18, 30, Mode.EXAM),
        "sprint10": (10, 15, Mode.EXAM), "nbs20": (20, 30, Mode.EXAM), "classic40": (40, 60, Mode.EXAM),
        "pace20": (20, 30, Mode.EXAM), "retest": (10, 15, Mode.UNTIMED),
    }  # fmt: skip
    assert PRESETS["nbs20"].next_best_step
    assert PRESETS["retest"].retest
    assert POOLS[0] == "unused"
