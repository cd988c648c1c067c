"""What the learner said afterwards: why an item was missed, notes, corrections, items taken out of use.

One row a subject, the latest word stands. A value of None is a word too: "asked, and not said".
"""

from __future__ import annotations

import sqlite3

from drill.core.vocabulary import AnnotationKind
from drill.storage.store import Store


def read_miss_reasons(connection: sqlite3.Connection, block: str) -> dict[int, str | None]:
    """By position, the reason named for each miss that was asked about; None: the learner skipped it."""
    rows = connection.execute(
        "SELECT position, value FROM annotations WHERE kind = 'miss_reason' AND block = ?", (block,)
    )
    return dict(rows.fetchall())


def write_miss_reason(store: Store, block: str, position: int, reason: str | None, made_at_ms: int) -> None:
    """Remember why an item was missed; None when the learner would not say."""
    with store.transaction() as connection:
        _write(connection, AnnotationKind.MISS_REASON, reason, made_at_ms, block=block, position=position)


def read_note(connection: sqlite3.Connection, bank: str, item: str) -> str:
    """The learner's note on a question, whatever block it was met in; empty when there is none."""
    row = connection.execute(
        """SELECT value FROM annotations
           WHERE kind = 'note' AND block = '' AND position = 0 AND bank = ? AND item = ?""",
        (bank, item),
    ).fetchone()
    return "" if row is None or row[0] is None else str(row[0])


def write_note(store: Store, bank: str, item: str, text: str, made_at_ms: int) -> None:
    """Keep a note on a question; an empty one takes it away."""
    with store.transaction() as connection:
        _write(connection, AnnotationKind.NOTE, text or None, made_at_ms, bank=bank, item=item)


def correct_next_best_step(store: Store, bank: str, item: str, value: bool | None, made_at_ms: int) -> None:
    """Overrule what the author or the lead-in rules say; None lets them stand. Survives a new import."""
    with store.transaction() as connection:
        word = None if value is None else str(int(value))
        _write(connection, AnnotationKind.NEXT_BEST_STEP, word, made_at_ms, bank=bank, item=item)


def retire(store: Store, bank: str, item: str, reason: str | None, made_at_ms: int) -> None:
    """Never draw a question again, for a reason; None brings it back.

    "wrong key" takes its attempts out of every metric.
    """
    with store.transaction() as connection:
        _write(connection, AnnotationKind.RETIRED, reason, made_at_ms, bank=bank, item=item)
        connection.execute("UPDATE items SET retired = ? WHERE bank = ? AND item = ?", (reason, bank, item))


def _write(
    connection: sqlite3.Connection,
    kind: AnnotationKind,
    value: str | None,
    made_at_ms: int,
    *,
    block: str = "",
    position: int = 0,
    bank: str = "",
    item: str = "",
) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO annotations VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind, block, position, bank, item, value, made_at_ms),
    )
