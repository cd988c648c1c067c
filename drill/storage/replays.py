"""Which blocks replay which."""

from __future__ import annotations

import sqlite3


def ended_replays(connection: sqlite3.Connection, name: str) -> list[str]:
    """Ids of the ended blocks with this word among their filters, oldest first."""
    rows = connection.execute(
        """SELECT block FROM blocks WHERE block_end IS NOT NULL AND retest = 1
           AND EXISTS (SELECT 1 FROM json_each(blocks.filters) f WHERE f.value = ?)
           ORDER BY started_at, block""",
        (name,),
    )
    return [block for (block,) in rows]
