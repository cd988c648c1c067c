"""The learner's own rows of the road: dates, attempts, score reports, assessments, busy days.

One row a subject, the latest word stands; a row without a value was taken away, and stays so after a merge.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from drill.core.clock import later
from drill.errors import DrillError
from drill.storage import bounds
from drill.storage.retests import Card
from drill.storage.road_entries import Entry, from_row, to_row
from drill.storage.rows import insert
from drill.storage.store import Store
from drill.storage.untrusted import BadLine


def read_entries(connection: sqlite3.Connection) -> tuple[list[Entry], list[str]]:
    """What stands, by kind and id; and what is wrong with rows that cannot be read, in sentences."""
    entries: list[Entry] = []
    problems: list[str] = []
    rows = connection.execute("SELECT kind, id, value FROM road WHERE value IS NOT NULL ORDER BY kind, id")
    for kind, name, value in rows:
        try:
            entries.append(from_row(kind, name, json.loads(value)))
        except (BadLine, ValueError, TypeError, RecursionError) as error:
            problems.append(f"The {kind} {name} of the road cannot be read: {error}. Enter it again.")
    return entries, problems


def read_review(connection: sqlite3.Connection, block: str) -> int:
    """How long a block was looked through so far, ms."""
    row = connection.execute(
        "SELECT json_extract(value, '$.active_ms') FROM road WHERE kind = 'review' AND id = ?", (block,)
    ).fetchone()
    return row[0] if row is not None and type(row[0]) is int else 0


def write_entries(store: Store, entries: Iterable[Entry], made_at_ms: int) -> None:
    """Keep these rows, each in the place of an earlier one about the same, in one transaction.

    Raises DrillError, with nothing kept, for one that could not be read back: a text of two lines, too long,
    or with signs that steer a terminal.
    """
    with store.transaction() as connection:
        for entry in entries:
            kind, name, values = to_row(entry)
            text = json.dumps(values, ensure_ascii=False, sort_keys=True)
            try:
                from_row(kind, name, json.loads(text))
            except BadLine as bad:
                raise DrillError(f"This cannot be kept: {bad}. Nothing was changed.") from None
            put(connection, kind, name, text, _after(connection, kind, name, made_at_ms))


def take_away(store: Store, kind: str, name: str, made_at_ms: int) -> bool:
    """Take a row away; whether there was one."""
    with store.transaction() as connection:
        there = connection.execute(
            "SELECT 1 FROM road WHERE kind = ? AND id = ? AND value IS NOT NULL", (kind, name)
        ).fetchone()
        if there is not None:
            put(connection, kind, name, None, _after(connection, kind, name, made_at_ms))
        return there is not None


def _after(connection: sqlite3.Connection, kind: str, name: str, now_ms: int) -> int:
    """When a row counts as written: after the one it replaces, whichever clock that was stamped by."""
    query = "SELECT made_at_ms FROM road WHERE kind = ? AND id = ?"
    row = connection.execute(query, (kind, name)).fetchone()
    return now_ms if row is None else later(now_ms, row[0])


def put(connection: sqlite3.Connection, kind: str, name: str, value: str | None, made_at_ms: int) -> None:
    """Write a row as it is."""
    row = {"kind": kind, "id": name, "value": value, "made_at_ms": made_at_ms}
    insert(connection, "road", [row], replace=True)


class BlockTime(NamedTuple):
    """How long an ended block took, without its answers."""

    block: str
    study_day: str
    pool: str
    filters: tuple[str, ...]
    retest: bool
    seen: int
    """Questions that were shown: a block can end before its last."""
    active_ms: int


def read_block_times(connection: sqlite3.Connection) -> list[BlockTime]:
    """Every ended block, oldest first."""
    bounds.check(connection, "blocks")
    rows = connection.execute(
        """SELECT b.block, study_day, pool, filters, retest, items - coalesce(unseen, 0), block_active_ms
           FROM blocks b LEFT JOIN (
               SELECT block, count(*) AS unseen FROM attempts WHERE status = 'unreached' GROUP BY block
           ) u ON u.block = b.block
           WHERE block_end IS NOT NULL ORDER BY started_at, b.block"""
    )
    return [
        BlockTime(block, day, pool, tuple(json.loads(filters)), bool(retest), seen, active_ms)
        for block, day, pool, filters, retest, seen, active_ms in rows
    ]


def read_due(connection: sqlite3.Connection, later: Iterable[Card] = (), *, anew: bool = False) -> list[str]:
    """When each question that may be drawn comes back (ISO 8601 UTC), soonest first.

    `later` are cards not kept yet: they replace those of their questions, all of them where `anew`.
    """
    bounds.check(connection, "retests")
    drawable = "i.missing = 0 AND i.retired IS NULL AND b.removed = 0"
    rows = connection.execute(
        f"""SELECT t.bank, t.item, t.due_at FROM retests t
            JOIN items i ON i.bank = t.bank AND i.item = t.item
            JOIN banks b ON b.bank = t.bank WHERE {drawable}"""
    )
    found = {} if anew else {(bank, item): due_at for bank, item, due_at in rows}
    cards = tuple(later)
    if cards:
        asked = connection.execute(
            f"SELECT i.bank, i.item FROM items i JOIN banks b USING (bank) WHERE {drawable}"
        )
        there = set(asked.fetchall())
        found |= {(card.bank, card.item): card.due_at for card in cards if (card.bank, card.item) in there}
    return sorted(found.values())


class DayBlock(NamedTuple):
    """A block of an exam day."""

    block: str
    started_at: str
    ended_at: str | None
    limit_ms: int
    active_ms: int
    """Used of the limit; as far as is known, while it is open."""


def read_day_blocks(connection: sqlite3.Connection, blocks: Iterable[str]) -> list[DayBlock]:
    """Those of these blocks that began, by start."""
    names = tuple(blocks)
    marks = ", ".join("?" * len(names))
    bounds.check(connection, "blocks", where=f"block IN ({marks})", values=names)
    rows = connection.execute(
        f"""SELECT block, started_at, ended_at, coalesce(limit_ms, 0), coalesce(block_active_ms, last_at_ms)
            FROM blocks WHERE block IN ({marks}) ORDER BY started_at, block""",
        names,
    )
    return [DayBlock(*row) for row in rows]
