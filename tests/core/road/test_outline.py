"""Blocks after an outline: how many of each area, and what is drawn."""

from __future__ import annotations

from importlib.resources import files
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.road.outline import Outline, apportion, draw_weighted, matches
from drill.core.road.scores import Axis
from drill.importers.road_outline import read_outline
from tests.factories import make_candidate


def outline(name: str = "usmle-outline") -> Outline:
    found, mistakes = read_outline((files("drill") / "outlines" / f"{name}.yaml").read_bytes())
    assert mistakes == ()
    assert found is not None
    return found


@given(st.sampled_from(Axis), st.integers(1, 80))
def test_every_question_of_a_block_is_dealt_to_an_area(axis: Axis, items: int) -> None:
    weights = apportion(outline(), axis, items)
    assert sum(quota.items for quota in weights.quotas) == items
    assert weights.filter_word == "weights:usmle-outline"


@given(st.sampled_from(Axis), st.integers(20, 80), st.data())
def test_a_steered_area_gets_the_upper_end_of_its_share_and_no_more(
    axis: Axis, items: int, data: st.DataObject
) -> None:
    area = data.draw(st.sampled_from(outline().axes[axis]))
    found = next(q for q in apportion(outline(), axis, items, area.name).quotas if q.area == area)
    assert found.items <= max(items * area.high / 100, 1)
    assert found.items + 1 > items * area.high / 100


def test_a_cardiovascular_block_of_40_holds_four_of_it() -> None:
    weights = apportion(outline(), Axis.SYSTEM, 40, "Cardiovascular System")
    assert weights.steered == "Cardiovascular"
    assert {q.area.name: q.items for q in weights.quotas}["Cardiovascular"] == 4


def test_the_two_documents_differ_on_surgery_so_the_document_is_named() -> None:
    shares = {
        name: outline(name).share(Axis.DISCIPLINE, "Surgery") for name in ("usmle-outline", "ccssa-sample")
    }
    assert [(s.low, s.high) for s in shares.values() if s] == [(5, 15), (27.5, 27.5)]


@pytest.mark.parametrize(
    ("printed", "area"),
    [
        ("Cardiovascular System", "Cardiovascular"),
        ("blood & lymphoreticular system", "Blood, lymphoreticular & immune"),
        ("Pulmonary & Critical Care", "Respiratory"),
        ("Pregnancy, Childbirth and the Puerperium", "Pregnancy, childbirth & puerperium"),
        ("Infectious Diseases", "Multisystem"),
        ("Astrology", "Astrology"),
    ],
)
def test_names_of_other_publishers_are_mapped_by_the_table(printed: str, area: str) -> None:
    assert outline().name_of(Axis.SYSTEM, printed) == area


@pytest.mark.parametrize("axis", Axis)
def test_no_name_belongs_to_two_areas(axis: Axis) -> None:
    areas = outline().axes[axis]
    for area in areas:
        for name in (area.name, *area.aliases):
            assert [one.name for one in areas if matches(one, name)] == [area.name]


def test_an_unknown_area_is_no_area() -> None:
    with pytest.raises(KeyError):
        apportion(outline(), Axis.SYSTEM, 20, "Astrology")


SYSTEMS = [area.name for area in outline().axes[Axis.SYSTEM]]


@given(st.integers(0, 2**20), st.integers(2, 6))
def test_a_weighted_block_holds_its_quotas_where_there_are_enough(seed: int, each: int) -> None:
    candidates = [
        make_candidate(f"{place}-{number}") for place in range(len(SYSTEMS)) for number in range(each)
    ]
    labels = {("notes", one.item): SYSTEMS[int(one.item.split("-")[0])] for one in candidates}
    weights = apportion(outline(), Axis.SYSTEM, 20, "Respiratory")
    drawn = draw_weighted(candidates, labels, weights, 20, Random(seed))
    counted = dict.fromkeys(SYSTEMS, 0)
    for item in drawn.form:
        counted[labels[item.bank, item.item]] += 1
    assert len({item.item for item in drawn.form}) == 20
    assert drawn.missing == ()
    assert counted == {quota.area.name: quota.items for quota in weights.quotas}


def test_what_an_area_lacks_is_made_up_from_the_others_and_said() -> None:
    candidates = [make_candidate(f"q{number}") for number in range(30)]
    labels = {("notes", one.item): "Endocrine" for one in candidates[:3]}
    weights = apportion(outline(), Axis.SYSTEM, 20, "Cardiovascular")
    drawn = draw_weighted(candidates, labels, weights, 20, Random(1))
    assert len(drawn.form) == 20
    assert [(m.area, m.wanted, m.found) for m in drawn.missing if m.area == "Cardiovascular"] == [
        ("Cardiovascular", 2, 0)
    ]


def test_sequential_sets_stay_whole_and_in_order() -> None:
    candidates = [make_candidate(f"q{number}", ordinal=number) for number in range(30)] + [
        make_candidate(f"s{number}", ordinal=100 + number, set="case", set_size=3) for number in range(3)
    ]
    labels = {("notes", one.item): SYSTEMS[i % len(SYSTEMS)] for i, one in enumerate(candidates)}
    labels |= {("notes", f"s{number}"): "Social sciences, ethics & safety" for number in range(3)}
    for seed in range(20):
        form = draw_weighted(candidates, labels, apportion(outline(), Axis.SYSTEM, 33), 33, Random(seed)).form
        at = [place for place, item in enumerate(form) if item.item.startswith("s")]
        assert len(form) == 33
        assert at == list(range(at[0], at[0] + 3))
        assert [form[place].item for place in at] == ["s0", "s1", "s2"]
        assert [form[place].set_number for place in at] == [1, 1, 1]
