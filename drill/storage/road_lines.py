"""The road in an exported history: one line a row, those taken away too."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from drill.core.frozen import dataclass
from drill.core.ranges import MAX_WALL_MS
from drill.storage.road import put
from drill.storage.road_entries import KINDS, from_row, to_row
from drill.storage.untrusted import BadLine, Fields


@dataclass(frozen=True, slots=True)
class RoadLine:
    """A row of the learner's road; no value: it was taken away."""

    kind: str
    id: str
    value: str | None
    """JSON with sorted keys."""
    made_at_ms: int


def road_lines(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """The lines to export."""
    rows = connection.execute("SELECT kind, id, value, made_at_ms FROM road ORDER BY kind, id").fetchall()
    for kind, name, value, made_at_ms in rows:
        values = None if value is None else json.loads(value)
        yield {"kind": "road", "road": kind, "id": name, "value": values, "made_at_ms": made_at_ms}


def read_road_line(fields: Fields) -> RoadLine:
    """Read a line back. Raises BadLine."""
    kind, name, values = fields.name("road"), fields.text("id"), fields.raw("value")
    if kind not in KINDS:
        raise BadLine(f"{kind!r} is no kind of road entry; perhaps a newer drill wrote it")
    value = None
    if values is not None:
        if type(values) is not dict:
            raise BadLine("the values of a road entry are no JSON object")
        _, _, checked = to_row(from_row(kind, name, values))
        value = json.dumps(checked, ensure_ascii=False, sort_keys=True)
    return RoadLine(kind, name, value, fields.whole("made_at_ms", 0, MAX_WALL_MS))


def merge_road(connection: sqlite3.Connection, line: RoadLine) -> bool:
    """Take a row over if it is the later word; whether it was. At a tie the greater text stands."""
    row = connection.execute(
        "SELECT made_at_ms, value FROM road WHERE kind = ? AND id = ?", (line.kind, line.id)
    ).fetchone()
    mine = (line.made_at_ms, line.value or "")
    if row is not None and mine <= (row[0], row[1] or ""):
        return False
    put(connection, line.kind, line.id, line.value, line.made_at_ms)
    return True
