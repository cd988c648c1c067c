"""Are the values of the rows such as drill writes? Another program may have put anything into them.

Asked by who reads many rows for a figure, and of every table by the doctor. The ranges are those of
`core/ranges.py`: no number from a row decides how much is computed or kept. Docs: docs/history-export.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from drill.core.ranges import FIRST_DAY, LAST_DAY, MAX_COUNT, MAX_ROWS, MAX_WALL_MS, RANGES, Range
from drill.errors import DatabaseDamaged


class Bound(NamedTuple):
    """What a column may hold."""

    column: str
    sound: str
    """SQL over the row that is true of what may be there. Null: nothing is there, which is sound too."""
    wanted: str
    """The same in words."""


def _whole(column: str, bounds: Range | None = None) -> Bound:
    low, high = bounds or RANGES[column]
    return Bound(column, f"{column} BETWEEN {low} AND {high}", f"a whole number from {low:,} to {high:,}")


_WALL = Range(0, MAX_WALL_MS)
_COUNT = Range(0, MAX_COUNT)
_ACTIVE = RANGES["at_ms"]


def _in_calendar(text: str) -> str:
    """SQL that is true of a day there is: SQLite takes 30 February, too, unless it has to reckon."""
    return f"{text} BETWEEN '{FIRST_DAY}' AND '{LAST_DAY}' AND {text} IS date({text}, '+0 days')"


def _instant(column: str) -> Bound:
    day = _in_calendar(f"substr({column}, 1, 10)")
    time = f"substr({column}, 11, 1) = 'T' AND julianday({column}) IS NOT NULL"
    sound = f"{column} IS NULL OR ({day} AND {time})"
    return Bound(column, sound, "an instant such as 2026-11-20T19:04:12.000Z")


def _day(column: str) -> Bound:
    return Bound(column, _in_calendar(column), f"a day from {FIRST_DAY} to {LAST_DAY}")


_FILTERS = Bound(
    "filters",
    "CASE WHEN json_valid(filters) THEN json_type(filters) = 'array' AND NOT EXISTS "
    "(SELECT 1 FROM json_each(filters) WHERE type <> 'text') ELSE 0 END",
    "a list of texts",
)
_CORRECTION = Bound("value", "kind <> 'next_best_step' OR value IS NULL OR value IN ('0', '1')", "0 or 1")
_MADE = _whole("made_at_ms", _WALL)
BOUNDS: dict[str, tuple[Bound, ...]] = {
    "blocks": (
        _whole("target_ms"), _whole("limit_ms"), _whole("items", Range(1, MAX_ROWS)),
        _instant("started_at"), _day("study_day"), _whole("utc_offset_minutes"), _instant("ended_at"),
        _whole("last_at_ms", _ACTIVE), _whole("last_wall_ms", _WALL), _whole("block_active_ms"),
        _whole("list_ms"), _whole("feedback_ms"), _whole("away_ms"), _FILTERS,
    ),
    "block_items": (
        _whole("position"), _whole("revision"), _whole("words"), _whole("options"),
        _whole("set_number", _COUNT),
    ),
    "attempts": (
        _whole("response_time_ms"), _whole("first_visit_ms"), _whole("first_shown_ms"),
        _whole("last_left_ms"), _whole("visits"),
    ),
    "items": (
        _whole("revision"), _whole("words"), _whole("option_count", RANGES["options"]),
        _whole("set_size", _COUNT), _whole("ordinal", _COUNT), _whole("labelled_ms", _WALL),
        _whole("next_best_step", Range(0, 1)),
    ),
    "banks": (_whole("changed_at_ms", _WALL),),
    "annotations": (_MADE, _whole("position", _COUNT), _CORRECTION),
    "annotation_words": (_MADE, _whole("position", _COUNT), _whole("replaces_ms", _WALL)),
    "blocks_set_aside": (_MADE,),
    "road": (_MADE,),
    "settings": (_MADE,),
    "item_records": (_whole("seen", _COUNT),),
    "retests": (_instant("due_at"),),
}  # fmt: skip
_KEYS = {
    "blocks": ("block",), "block_items": ("block", "position"), "attempts": ("block", "position"),
    "items": ("bank", "item"), "banks": ("bank",), "annotations": ("kind", "block", "bank", "item"),
    "annotation_words": ("kind", "block", "bank", "item"), "blocks_set_aside": ("block",),
    "road": ("kind", "id"), "settings": ("name",), "item_records": ("bank", "item"),
    "retests": ("bank", "item"),
}  # fmt: skip


def check(
    connection: sqlite3.Connection, *tables: str, where: str = "", values: Sequence[object] = ()
) -> None:
    """Raises DatabaseDamaged for the first value of these tables that drill never writes.

    `where`, with its `values`: looks only at those rows.
    """
    for table in tables:
        said = fault(connection, table, where, values)
        if said is not None:
            raise DatabaseDamaged(
                f"The database was changed by another program: {said} Run 'drill doctor': it mends what "
                "follows from the log and names the rest."
            )


def faults(connection: sqlite3.Connection, tables: Sequence[str] = tuple(BOUNDS)) -> list[str]:
    """Of each of these tables the first value that drill never writes, in a sentence."""
    return [said for table in tables if (said := fault(connection, table)) is not None]


def fault(
    connection: sqlite3.Connection, table: str, where: str = "", values: Sequence[object] = ()
) -> str | None:
    """The first value of a table that drill never writes, in a sentence; None: there is none."""
    bounds, keys = BOUNDS[table], _KEYS[table]
    marks = ", ".join(f"NOT ({bound.sound}), quote({bound.column})" for bound in bounds)
    bad = " OR ".join(f"NOT ({bound.sound})" for bound in bounds)
    names = ", ".join(f"quote({key})" for key in keys)
    only = f" AND {where}" if where else ""
    row = connection.execute(
        f"SELECT {names}, {marks} FROM {table} WHERE ({bad}){only} LIMIT 1", values
    ).fetchone()
    if row is None:
        return None
    name = ", ".join(_shown(part) for part in row[: len(keys)])
    for bound, (is_bad, value) in zip(
        bounds, zip(row[len(keys) :: 2], row[len(keys) + 1 :: 2], strict=True), strict=True
    ):
        if is_bad:
            return f"{bound.column} of {table} ({name}) is {_shown(value)}; it must be {bound.wanted}."
    return None


def _shown(quoted: str) -> str:
    """A value as SQL writes it, in what a terminal may show of it."""
    text = ascii(quoted.strip("'"))[1:-1]
    return text if len(text) <= 40 else f"{text[:37]}..."
