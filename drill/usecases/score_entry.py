"""Entering a score report: lines of areas and levels, and totals within the scale."""

from __future__ import annotations

import re

from drill.core.road.scores import TOTALS, Area, Axis, reading
from drill.errors import DrillError
from drill.storage.road_entries import MAX_AREAS

_LINE = re.compile(r"\s*(\w+)\s*:\s*(.*?)\s*=\s*(.*?)\s*")
EXAMPLE = "system: Cardiovascular = Lower"


def check_points(value: int) -> int:
    """A total or pass mark within the scale. Raises DrillError."""
    low, high = TOTALS
    if not low <= value <= high:
        raise DrillError(f"{value} is not on the scale of {low} to {high}. Enter it as the report prints it.")
    return value


def area_of(axis: Axis, name: str, printed: str) -> Area:
    """An area under the outline's name, its level's word as printed and how that reads."""
    from drill.usecases.weights import DEFAULT, shipped_outline

    return Area(axis, shipped_outline(DEFAULT).name_of(axis, name), reading(printed), printed)


def read_areas(text: str) -> tuple[Area, ...]:
    """Areas, one a line: `system: Cardiovascular = Lower`. Blank lines and those with # are left out.

    Raises DrillError naming every line that cannot be read.
    """
    areas: list[Area] = []
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = _LINE.fullmatch(line)
        if found is None or found[1].lower() not in tuple(Axis) or not found[2] or not found[3]:
            wrong.append(f"line {number}: write it as {EXAMPLE!r}, with {', '.join(Axis)} before the colon")
            continue
        if not (found[2] + found[3]).isprintable() or len(line) > 400:
            wrong.append(f"line {number}: it holds signs that are no text, or is too long")
            continue
        area = area_of(Axis(found[1].lower()), found[2], found[3])
        if any((one.axis, one.name) == (area.axis, area.name) for one in areas):
            wrong.append(f"line {number}: {area.name} stands there twice")
            continue
        areas.append(area)
    if len(areas) > MAX_AREAS:
        wrong.append(f"there are more than {MAX_AREAS} areas")
    if wrong:
        raise DrillError("The areas were not taken over. " + "; ".join(wrong) + ".")
    return tuple(areas)
