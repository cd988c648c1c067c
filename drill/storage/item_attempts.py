"""All attempts at one question, in whatever blocks."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from drill.storage.rows import named


class ItemAttempt(NamedTuple):
    """One ended attempt. Letters are as shown then; `order` leads back to the bank's."""

    block: str
    position: int
    started_at: str
    """When its block began, ISO 8601 UTC."""
    utc_offset_minutes: int
    preset: str
    mode: str
    items: int
    retest: bool
    filters: tuple[str, ...]
    revision: int
    order: str
    """Bank letters in the order shown."""
    chosen: str | None
    key: str
    correct: bool
    response_time_ms: int | None
    note: str
    """What the learner noted on it in the block; empty when nothing."""


def read_attempts_at(connection: sqlite3.Connection, bank: str, item: str) -> list[ItemAttempt]:
    """Every time the question was shown in a block that has ended, oldest first."""
    rows = named(
        connection,
        """SELECT b.block, f.position, b.started_at, b.utc_offset_minutes, b.preset, b.mode, b.items,
                  b.retest, b.filters, f.revision, f.options_order AS "order", a.chosen, f."key", a.correct,
                  a.response_time_ms,
                  coalesce(
                      (SELECT json_extract(e.payload, '$.text') FROM block_events e
                       WHERE e.block = b.block AND e.kind = 'noted'
                         AND json_extract(e.payload, '$.position') = f.position ORDER BY e.seq DESC LIMIT 1),
                      '') AS note
           FROM block_items f JOIN attempts a USING (block, position) JOIN blocks b USING (block)
           WHERE f.bank = ? AND f.item = ? AND b.block_end IS NOT NULL AND a.status <> 'unreached'
           ORDER BY b.started_at, b.block""",
        (bank, item),
    )
    return [
        ItemAttempt(
            **{
                **row,
                "retest": row["retest"] == 1,
                "filters": tuple(json.loads(row["filters"])),
                "correct": row["correct"] == 1,
            }
        )
        for row in rows
    ]
