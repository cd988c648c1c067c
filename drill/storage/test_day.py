"""The day of the test: a row of the road, read before the first paint and so without the others."""

from __future__ import annotations

import json
import sqlite3
from datetime import date

from drill.core.clock import later
from drill.storage.rows import insert
from drill.storage.settings import read_settings, write_setting
from drill.storage.store import Store


def read_test_day(connection: sqlite3.Connection) -> date | None:
    """The day of the test as booked.

    Version 0.1 kept it among the settings; that is read only while no row of the road says anything.
    """
    row = connection.execute("SELECT value FROM road WHERE kind = 'test' AND id = ''").fetchone()
    try:
        if row is not None:
            return None if row[0] is None else date.fromisoformat(json.loads(row[0])["day"])
        return date.fromisoformat(read_settings(connection).get("exam_date", ""))
    except (ValueError, KeyError, TypeError):
        return None


def road_is_used(connection: sqlite3.Connection) -> bool:
    """Whether the learner has entered anything of the road."""
    row = connection.execute(
        "SELECT 1 FROM road WHERE value IS NOT NULL AND kind NOT IN ('day', 'review') LIMIT 1"
    ).fetchone()
    return row is not None or read_test_day(connection) is not None


def write_test_day(store: Store, day: date | None, made_at_ms: int) -> None:
    """Keep the day of the test, None: none, as a row and as the setting that version 0.1 reads."""
    value = None if day is None else json.dumps({"day": day.isoformat()})
    with store.transaction() as connection:
        before = connection.execute("SELECT made_at_ms FROM road WHERE kind = 'test' AND id = ''").fetchone()
        if before is not None:
            made_at_ms = later(made_at_ms, before[0])
        row = {"kind": "test", "id": "", "value": value, "made_at_ms": made_at_ms}
        insert(connection, "road", [row], replace=True)
        write_setting(store, "exam_date", "" if day is None else day.isoformat())


def day_holds(connection: sqlite3.Connection, block: str) -> bool:
    """Whether a block was sat in an exam day that was not left."""
    rows = connection.execute("SELECT value FROM road WHERE kind = 'day' AND value IS NOT NULL")
    for (value,) in rows:
        day = json.loads(value)
        if block in day.get("blocks", ()) and not day.get("is_left"):
            return True
    return False


def open_day_blocks(connection: sqlite3.Connection, since_ms: int) -> int | None:
    """Blocks that have ended of an exam day begun after an instant and not left; None when there is none."""
    row = connection.execute(
        """SELECT value FROM road WHERE kind = 'day' AND value IS NOT NULL AND CAST(id AS INTEGER) > ?
           ORDER BY CAST(id AS INTEGER) DESC LIMIT 1""",
        (since_ms,),
    ).fetchone()
    day = {} if row is None else json.loads(row[0])
    blocks = day.get("blocks")
    if not isinstance(blocks, list) or day.get("is_left"):
        return None
    marks = ", ".join("?" * len(blocks))
    ended = connection.execute(
        f"SELECT count(*) FROM blocks WHERE block_end IS NOT NULL AND block IN ({marks})", blocks
    ).fetchone()[0]
    return int(ended) if ended < len(day.get("sizes", ())) else None
