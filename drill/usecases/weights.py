"""Blocks after an outline, and blocks that lean to a weak area. None of them is in any metric."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from random import Random

from drill.core.forms import Candidate
from drill.core.road.outline import (
    Missing,
    Outline,
    Quota,
    WeightedForm,
    Weighting,
    Weights,
    draw_weighted,
    matches,
)
from drill.core.road.scores import Axis
from drill.errors import DrillError
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, read_areas, read_candidates
from drill.storage.store import Store
from drill.usecases.block_request import BlockRequest

DEFAULT = "usmle-outline"
SHIPPED = (DEFAULT, "ccssa-sample")
COLUMNS = {Axis.SYSTEM: "system", Axis.TASK: "task", Axis.DISCIPLINE: "subject"}
"""The label of a question that each axis divides by."""


@cache
def shipped_outline(document: str) -> Outline:
    """An outline that comes with drill."""
    return _read(outline_text(document).encode(), document)


def outline_text(document: str) -> str:
    """The file of a shipped outline, to be copied and edited."""
    if document not in SHIPPED:
        raise DrillError(
            f"drill has no outline {document!r}. Outlines: {', '.join(SHIPPED)}; or name a file."
        )
    return (files("drill") / "outlines" / f"{document}.yaml").read_text(encoding="utf-8")


def find_outline(named: str) -> Outline:
    """A shipped outline by its document, or the learner's own file. Raises DrillError with every mistake."""
    if named in SHIPPED:
        return shipped_outline(named)
    path = Path(named).expanduser()
    if not path.exists():
        raise DrillError(
            f"There is no outline and no file {named!r}. Outlines: {', '.join(SHIPPED)}. "
            f"'drill outline {DEFAULT} --to FILE' writes one to edit."
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DrillError(f"{path} cannot be read: {error.strerror or error}.") from error
    return _read(data, str(path))


def _read(data: bytes, name: str) -> Outline:
    from drill.importers.road_outline import read_outline

    found, mistakes = read_outline(data)
    if found is None:
        texts = "\n".join(mistake.text(name) for mistake in mistakes)
        raise DrillError(f"The outline cannot be used; correct it and try again.\n{texts}")
    return found


def weighting(outline: Outline, axis: str | None = None, weak: str | None = None) -> Weighting:
    """What to weight by. Raises DrillError for an axis or area that the outline has not.

    Without an axis it is the one that has the weak area, else the outline's first.
    """
    there = tuple(outline.axes)
    if axis is not None and axis not in there:
        raise DrillError(f"The outline {outline.document} has no {axis}. It has: {', '.join(there)}.")
    if weak is None:
        return Weighting(outline, Axis(axis) if axis is not None else there[0])
    for each in (Axis(axis),) if axis is not None else there:
        found = outline.share(each, weak)
        if found is not None:
            return Weighting(outline, each, found.name)
    names = [area.name for each in there if axis in (None, each) for area in outline.axes[each]]
    raise DrillError(f"The outline {outline.document} has no area {weak!r}. Areas: {', '.join(names)}.")


def check(request: BlockRequest) -> None:
    """Raises DrillError where weights make no sense."""
    if request.weighting is not None and request.base.retest:
        raise DrillError("A retest asks what is due and cannot be weighted. Leave --weights and --weak out.")


def _dealt(request: BlockRequest) -> Weights:
    """The quotas of a weighted request."""
    assert request.weighting is not None
    return request.weighting.dealt(request.count)


def draw_by(
    store: Store, request: BlockRequest, candidates: Sequence[Candidate], random: Random, *, shuffle: bool
) -> WeightedForm:
    """A form after the request's outline."""
    weights = _dealt(request)
    labels = read_areas(store.connection, COLUMNS[weights.axis])
    return draw_weighted(candidates, labels, weights, request.count, random, shuffle_options=shuffle)


def lacking(store: Store, request: BlockRequest, plan: BlockPlan) -> tuple[Missing, ...]:
    """The areas of a drawn block that had fewer questions left than their quota."""
    weights = _dealt(request)
    labels = read_areas(store.connection, COLUMNS[weights.axis])
    areas = [labels.get((item.bank, item.item), "") for item in plan.form]
    found = []
    for quota in weights.quotas:
        there = sum(matches(quota.area, area) for area in areas)
        if there < quota.items:
            found.append(Missing(quota.area.name, quota.items, there))
    return tuple(found)


def unused_of(store: Store, request: BlockRequest) -> int:
    """Unused questions of the weak area."""
    weights = _dealt(request)
    lead = _lead(weights).area
    labels = read_areas(store.connection, COLUMNS[weights.axis])
    there = read_candidates(store.connection, Filter())
    return sum(matches(lead, labels.get((one.bank, one.item), "")) for one in there)


def shares_text(request: BlockRequest, missing: Sequence[Missing] = ()) -> str:
    """What a weighted block holds, in words: "2 of 20 from Cardiovascular (10%; usmle-outline: 6-12%)"."""
    weights, items = _dealt(request), request.count
    if weights.steered is None:
        said = f"{items} questions by {weights.axis} after {weights.document}"
    else:
        said = _lead_text(weights, items, f" from {weights.steered}")
    lacking = [f"{gap.area} had {gap.found} of {gap.wanted}" for gap in missing]
    return f"{said}; {', '.join(lacking)}, the rest made up at random" if lacking else said


def share_text(request: BlockRequest) -> str:
    """The share of a weak area alone: "2 of 20 (10%; usmle-outline: 6-12%)"."""
    return _lead_text(_dealt(request), request.count)


def _lead(weights: Weights) -> Quota:
    """That of the weak area."""
    return next(quota for quota in weights.quotas if quota.area.name == weights.steered)


def _lead_text(weights: Weights, items: int, whence: str = "") -> str:
    lead = _lead(weights)
    low, high = lead.area.low, lead.area.high
    span = f"{low:g}" if low == high else f"{low:g}-{high:g}"
    return f"{lead.items} of {items}{whence} ({100 * lead.items / items:.0f}%; {weights.document}: {span}%)"
