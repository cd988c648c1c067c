"""The form of a score report: totals, then a level an area by one letter each."""

from __future__ import annotations

from drill.core.road.calendar import RuleId
from drill.core.road.scores import Axis, Level, RelativeTo, ScoreReport
from drill.errors import DrillError
from drill.render.road.words import CAUTION
from drill.tui.desk import Desk
from drill.tui.screens.form import Asked, FormScreen
from drill.tui.screens.road_forms import DAY, day_of, number_of
from drill.usecases import road_entries
from drill.usecases.road import Road
from drill.usecases.score_entry import area_of, check_points, read_areas
from drill.usecases.weights import DEFAULT, shipped_outline

_PRINTED = {Level.LOWER: "Lower", Level.SAME: "About the same", Level.HIGHER: "Higher"}
_CHOICES = ("", *Level)
_HEADINGS = {
    Axis.SYSTEM: "Systems: l lower, s same, h higher; Space leaves one out",
    Axis.TASK: "Physician tasks",
    Axis.DISCIPLINE: "Disciplines",
}


def score_form(desk: Desk, road: Road, old: ScoreReport | None = None) -> FormScreen:
    """A score report, its areas by the outline's names."""
    outline = shipped_outline(DEFAULT)
    names = {
        f"{axis}:{area.name}": (axis, area.name) for axis, areas in outline.axes.items() for area in areas
    }

    def keep(values: dict[str, str]) -> None:
        areas = [
            area_of(axis, name, values[f"word:{values[key]}"] or _PRINTED[Level(values[key])])
            for key, (axis, name) in names.items()
            if values[key]
        ]
        more = read_areas(values["others"].replace(";", "\n"))
        for area in more:
            if any((one.axis, one.name) == (area.axis, area.name) for one in areas):
                raise DrillError(f"{area.name} stands in the list and among the others. Leave one out.")
        relative = RelativeTo(values["relative"]) if values["relative"] else None
        report = ScoreReport(
            day_of(values["day"], "Test"),
            check_points(number_of(values["total"], "Total", 1, 300)),
            check_points(number_of(values["mark"], "Pass mark", 1, 300)),
            relative,
            (*areas, *more),
        )
        wall = desk.clock.wall()
        with desk.store.transaction():
            if old is not None and old.day != report.day:
                road_entries.delete(desk.store, "score", old.day.isoformat(), wall)
            road_entries.enter_score(desk.store, report, wall)

    return FormScreen("Score report", _fields(road, old, names), keep, counted="levels")


def _fields(road: Road, old: ScoreReport | None, names: dict[str, tuple[Axis, str]]) -> list[Asked]:
    last = road.attempts[-1].day.isoformat() if road.attempts else ""
    mark = road.calendar.rule(RuleId.PASS_MARK).value
    levels = {} if old is None else {f"{a.axis}:{a.name}": a for a in old.areas if a.level is not None}
    words = {level: _PRINTED[level] for level in Level}
    for area in () if old is None else old.areas:
        if area.level is not None:
            words[area.level] = area.printed
    fields = [
        Asked("day", "Test taken on", DAY, last if old is None else old.day.isoformat()),
        Asked("total", "Total", "Three digits, as printed.", "" if old is None else str(old.total)),
        Asked("mark", "Pass mark then", "As printed.", str(mark if old is None else old.pass_mark)),
        Asked(
            "relative", "Levels compare with",
            f"Own overall result, passing, or the comparison group. {CAUTION[RelativeTo.OWN]}",
            RelativeTo.OWN if old is None or old.relative_to is None else old.relative_to, tuple(RelativeTo),
        ),
    ]  # fmt: skip
    hint = "The word as your report prints it; kept as it is."
    fields += [Asked(f"word:{level}", f"Printed word for {level}", hint, words[level]) for level in Level]
    seen: set[Axis] = set()
    for key, (axis, name) in names.items():
        before = levels.get(key)
        heading = "" if axis in seen else _HEADINGS[axis]
        seen.add(axis)
        level = "" if before is None or before.level is None else before.level
        fields.append(
            Asked(key, name, "l lower, s same, h higher, Space: not on the report.", level, _CHOICES, heading)
        )
    held = () if old is None else old.areas
    rest = [area for area in held if area.level is None or f"{area.axis}:{area.name}" not in names]
    others = "; ".join(f"{area.axis}: {area.name} = {area.printed}" for area in rest)
    hint = "Areas under other names: system: Renal = Lower; task: Diagnosis = Higher. Known names are mapped."
    fields.append(Asked("others", "Others", hint, others, heading="Anything else on the report"))
    return fields
