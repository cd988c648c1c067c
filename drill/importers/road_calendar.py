"""The calendar file: `bytes -> Calendar`, or the mistakes with line and column. Format: docs/road.md."""

from __future__ import annotations

import re
from datetime import date, datetime

from drill.core.frozen import dataclass
from drill.core.road.calendar import (
    UNITS,
    Calendar,
    KeyDate,
    Kind,
    Rule,
    RuleId,
    Unit,
    make_calendar,
)
from drill.importers.diagnostics import Diagnostic, quoted
from drill.importers.road_fields import ORIGIN, RoadReader, parse_day, read_document
from drill.importers.yaml_nodes import Mapping, start_of

_TOP = ("drill-dates", "season", "dates", "rules")
_DATE = ("id", "title", "at", "kind", "set_by", "for", *ORIGIN)
_RULE = ("id", "title", "value", "unit", "for", *ORIGIN)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a calendar file holds; a learner's file need not hold every rule."""

    season: int
    dates: tuple[KeyDate, ...]
    rules: tuple[Rule, ...]

    def whole(self) -> Calendar:
        """The file as a calendar of its own. Raises ValueError when dates or rules are missing."""
        return make_calendar(self.season, self.dates, self.rules)


def read_calendar(data: bytes) -> tuple[CalendarFile | None, tuple[Diagnostic, ...]]:
    """The file's dates and rules, None with any mistake."""
    return read_document(data, _build)


def parse_at(text: str) -> tuple[date, str | None] | None:
    """A day, or a day with its hour and offset, 2027-03-03T21:00-05:00; None when it is neither."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        day = parse_day(text)
        return None if day is None else (day, None)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return date.fromisoformat(found[1]), found[2]


def _build(reader: RoadReader, root: Mapping) -> CalendarFile:
    reader.known(root, _TOP, "file")
    reader.version(root, "drill-dates")
    reader.required(root, "season", "file", "Name the year in which its positions start: season: 2027.")
    season = reader.whole(root, "season", 2200)
    dates, rules = [], []
    seen: set[str] = set()
    for node in reader.rows(root, "dates", "date"):
        found = _date(reader, node, seen)
        if found is not None:
            dates.append(found)
    seen = set()
    for node in reader.rows(root, "rules", "rule"):
        rule = _rule(reader, node, seen)
        if rule is not None:
            rules.append(rule)
    if not dates and not rules and not reader.source.error_count:
        reader.source.error(root.start, "no-dates", "The file has no dates.", "List them under dates:.")
    return CalendarFile(season or 0, tuple(dates), tuple(rules))


def _date(reader: RoadReader, node: Mapping, seen: set[str]) -> KeyDate | None:
    reader.known(node, _DATE, "date")
    for field, hint in (
        ("id", "Give it a short name: id: rolc."),
        ("title", "Say what happens then."),
        ("at", "Write a day, 2027-03-03, or a day and hour, 2027-03-03T21:00-05:00."),
        ("set_by", "Say who set it: NRMP, my school, a program."),
        ("for", "Say whom it is for: for: [us, img]."),
    ):
        reader.required(node, field, "date", hint)
    name, title, set_by = reader.id(node, "id"), reader.short(node, "title"), reader.short(node, "set_by")
    reader.twice(node, "id", seen, name)
    word = reader.word(node, "at")
    at = None if word is None else parse_at(word)
    if word is not None and at is None:
        reader.source.error(
            start_of(node.entries["at"]), "bad-date", f"{quoted(word)} is no date.",
            "Write a day that exists, 2027-03-03, or one with its hour and offset, 2027-03-03T21:00-05:00.",
        )  # fmt: skip
    kind = reader.choice(node, "kind", tuple(Kind)) or Kind.DEADLINE
    whom, origin = reader.whom(node), reader.origin(node, "date")
    if name is None or title is None or set_by is None or at is None or origin is None:
        return None
    return KeyDate(name, title, at[0], Kind(kind), set_by, whom, origin, at[1])


def _rule(reader: RoadReader, node: Mapping, seen: set[str]) -> Rule | None:
    reader.known(node, _RULE, "rule")
    for field, hint in (
        ("id", f"It is one of: {', '.join(RuleId)}."),
        ("title", "Say what the number is."),
        ("value", "A whole number."),
        ("unit", f"It is one of: {', '.join(Unit)}."),
        ("for", "Say whom it is for: for: [us, img]."),
    ):
        reader.required(node, field, "rule", hint)
    name = reader.choice(node, "id", tuple(RuleId))
    reader.twice(node, "id", seen, name)
    title, value = reader.short(node, "title"), reader.whole(node, "value", 10_000)
    unit = reader.choice(node, "unit", tuple(Unit))
    whom, origin = reader.whom(node), reader.origin(node, "rule")
    if name is not None and unit is not None and unit != UNITS[RuleId(name)]:
        reader.source.error(
            start_of(node.entries["unit"]), "unknown-word",
            f"{name} counts {UNITS[RuleId(name)]}, not {unit}.", f"Write unit: {UNITS[RuleId(name)]}.",
        )  # fmt: skip
    if name is None or title is None or value is None or unit is None or origin is None:
        return None
    return Rule(name, title, value, Unit(unit), whom, origin)
