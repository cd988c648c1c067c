"""Blocks after an outline: drawn so, said so, and in no metric."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from drill.analytics.eligibility import block_exclusion
from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.road.scores import Area, Axis, Level, RelativeTo, ScoreReport
from drill.errors import DrillError, NothingToDraw
from drill.runner import BlockRunner
from drill.storage import blocks
from drill.storage.block_log import StoreLog
from drill.storage.candidates import read_areas
from drill.storage.history import read_history
from drill.storage.store import Store
from drill.usecases import road as roads
from drill.usecases import road_entries, weak_areas, weights
from drill.usecases.block_request import BlockRequest
from drill.usecases.sitting import check_request, plan_block
from tests.factories import FakeClock, import_bank, make_bank, make_item

SYSTEMS = [area.name for area in weights.shipped_outline("usmle-outline").axes[Axis.SYSTEM]]


@pytest.fixture
def banked(store: Store) -> Store:
    """Six questions of each system."""
    items = [
        make_item(f"q{place}-{number}", system=name, subject="Medicine")
        for place, name in enumerate(SYSTEMS)
        for number in range(6)
    ]
    import_bank(store, make_bank("notes", items))
    return store


def request(weak: str | None = None, **fields: object) -> BlockRequest:
    outline = weights.shipped_outline("usmle-outline")
    return BlockRequest(weighting=weights.weighting(outline, weak=weak), **fields)  # type: ignore[arg-type]


def test_a_block_after_the_outline_holds_its_quotas_and_names_its_document(banked: Store) -> None:
    plan = plan_block(banked, request("Respiratory"), "block-1", 7)
    areas = read_areas(banked.connection, "system")
    counted = Counter(areas[item.bank, item.item] for item in plan.form)
    quotas = request("Respiratory").weighting.dealt(20).quotas  # type: ignore[union-attr]
    assert counted == {quota.area.name: quota.items for quota in quotas if quota.items}
    assert plan.filters == ("bank:notes", "weights:usmle-outline")
    assert plan == plan_block(banked, request("Respiratory"), "block-1", 7), "same seed, same form"


def test_such_a_block_is_in_no_metric(banked: Store) -> None:
    plan = plan_block(banked, request(), "block-1", 7)
    keys = blocks.read_keys(banked.connection, plan.form)
    runner = BlockRunner.start(plan, keys, FakeClock(), StoreLog(banked))
    for _ in plan.form:
        runner.dispatch(c.Next())
    runner.dispatch(c.End())
    (record,) = read_history(banked.connection)
    assert block_exclusion(record) == "filtered"


def test_the_share_is_stated_before_the_block_begins() -> None:
    assert weights.shares_text(request("Cardiovascular System")) == (
        "2 of 20 from Cardiovascular (10%; usmle-outline: 6-12%)"
    )
    assert weights.shares_text(request()) == "20 questions by system after usmle-outline"


def test_what_an_area_lacked_is_told_with_the_share(banked: Store) -> None:
    asked = request("Social sciences, ethics & safety", items=60)
    plan = plan_block(banked, asked, "block-1", 7)
    gaps = weights.lacking(banked, asked, plan)
    assert [(gap.area, gap.wanted, gap.found) for gap in gaps if gap.found == 6 and gap.wanted == 9] == [
        ("Social sciences, ethics & safety", 9, 6)
    ]
    said = weights.shares_text(asked, gaps)
    assert "Social sciences, ethics & safety had 6 of 9" in said
    assert said.endswith("the rest made up at random")
    assert weights.unused_of(banked, asked) == 6


def test_too_few_questions_are_refused_as_in_any_block(store: Store) -> None:
    import_bank(store, make_bank("notes", 5))
    with pytest.raises(NothingToDraw, match="5 questions match"):
        plan_block(store, request(), "block-1", 7)


def test_retests_and_the_experiment_are_never_weighted(banked: Store) -> None:
    with pytest.raises(DrillError, match="cannot be weighted"):
        check_request(banked, request(preset="retest"))
    with pytest.raises(DrillError, match="Leave --weights out"):
        check_request(banked, request(preset="pace20"))


@pytest.mark.parametrize(
    ("axis", "weak", "said"),
    [
        (None, "Astrology", "has no area 'Astrology'. Areas: Social sciences"),
        ("system", "Surgery", "has no area 'Surgery'"),
    ],
)
def test_an_area_that_is_not_in_the_outline_is_refused(axis: str | None, weak: str, said: str) -> None:
    with pytest.raises(DrillError, match=said):
        weights.weighting(weights.shipped_outline("usmle-outline"), axis, weak)


def test_the_axis_is_the_one_that_has_the_weak_area() -> None:
    found = weights.weighting(weights.shipped_outline("usmle-outline"), None, "OB-GYN")
    assert (found.axis, found.weak) == (Axis.DISCIPLINE, "Obstetrics & Gynecology")
    with pytest.raises(DrillError, match=r"ccssa-sample has no system\. It has: discipline"):
        weights.weighting(weights.shipped_outline("ccssa-sample"), "system")


def test_an_outline_of_ones_own_is_used_by_its_document(banked: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        weights.outline_text("usmle-outline").replace("document: usmle-outline", "document: mine")
    )
    own = BlockRequest(weighting=weights.weighting(weights.find_outline(str(path)), "system"))
    assert plan_block(banked, own, "block-1", 7).filters[-1] == "weights:mine"
    path.write_text("drill-outline: 1\ndocument: mine\n")
    with pytest.raises(DrillError, match=r"mine.yaml:1:1: error: File has no field title"):
        weights.find_outline(str(path))
    with pytest.raises(DrillError, match=r"no outline and no file 'nowhere\.yaml'"):
        weights.find_outline("nowhere.yaml")


def test_weak_areas_are_those_of_the_report_in_its_order_and_known_to_the_outline(store: Store) -> None:
    wall = WallTime(1_795_867_200_000, -300)
    areas = (
        Area(Axis.TASK, "Pharmacotherapy", Level.LOWER, "Lower"),
        Area(Axis.SYSTEM, "Endocrine", Level.HIGHER, "Higher"),
        Area(Axis.SYSTEM, "Cardiovascular", Level.LOWER, "Lower"),
        Area(Axis.SYSTEM, "Astrology", Level.LOWER, "Lower"),
    )
    road_entries.enter_score(store, ScoreReport(date(2026, 10, 14), 209, 218, RelativeTo.OWN, areas), wall)
    found = weak_areas.found(roads.read_road(store, wall), None)
    assert [one.area for one in found] == ["Pharmacotherapy", "Cardiovascular"]
    assert found[1].request().weighting == request("Cardiovascular").weighting
