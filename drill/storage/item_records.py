"""What the pools go by: each item's latest attempt in an ended block, and how often it was seen.

A projection of `attempts`, computed in two ways: `take_in` follows a block as it ends, `rebuild` makes all of
it anew. Both must agree: latest is the block begun last, the greater id where two began together.
"""

from __future__ import annotations

import sqlite3


def take_in(connection: sqlite3.Connection, block: str) -> None:
    """Let the records follow a block that has just ended; once for each block."""
    connection.execute(
        """UPDATE item_records SET seen = seen + 1 WHERE (bank, item) IN (
               SELECT f.bank, f.item FROM block_items f JOIN attempts a USING (block, position)
               WHERE f.block = ? AND a.status <> 'unreached')""",
        (block,),
    )
    # The latest attempt is that of the block begun last, though a merged or misdated block may end before it.
    connection.execute(
        """INSERT INTO item_records
           SELECT f.bank, f.item, f.block, f.position, 1, a.correct, a.chosen IS NULL, a.flagged
           FROM block_items f JOIN attempts a USING (block, position)
           WHERE f.block = ? AND a.status <> 'unreached'
           ON CONFLICT (bank, item) DO UPDATE SET block = excluded.block, position = excluded.position,
               last_correct = excluded.last_correct, last_blank = excluded.last_blank,
               last_flagged = excluded.last_flagged
           WHERE (SELECT (o.started_at, o.block) < (n.started_at, n.block) FROM blocks o, blocks n
                  WHERE o.block = item_records.block AND n.block = excluded.block)""",
        (block,),
    )


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the projection anew from the history, as after a merge."""
    connection.execute("DELETE FROM item_records")
    connection.execute(
        """INSERT INTO item_records
           SELECT bank, item, block, position, seen, correct, blank, flagged FROM (
               SELECT f.bank, f.item, f.block, f.position,
                      count(*) OVER (PARTITION BY f.bank, f.item) AS seen,
                      a.correct, a.chosen IS NULL AS blank, a.flagged,
                      row_number() OVER (PARTITION BY f.bank, f.item
                                         ORDER BY b.started_at DESC, b.block DESC) AS age
               FROM block_items f JOIN attempts a USING (block, position) JOIN blocks b USING (block)
               WHERE a.status <> 'unreached' AND b.block_end IS NOT NULL)
           WHERE age = 1"""
    )
