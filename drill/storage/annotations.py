"""What the learner said afterwards: why an item was missed, notes, corrections, items taken out of use.

One row a subject, the latest word stands. A value of None is a word too: "asked, and not said".
"""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, dataclass

from drill.core.vocabulary import AnnotationKind
from drill.storage.rows import insert, update
from drill.storage.store import Store


@dataclass(frozen=True, slots=True)
class Annotation:
    """One word of the learner, about an item of a block or about a question. Names are those of the table."""

    kind: AnnotationKind
    value: str | None
    made_at_ms: int
    """When, UTC ms."""
    block: str = ""
    position: int = 0
    """Of the block's item; 0: it is about a question."""
    bank: str = ""
    item: str = ""


def write_annotation(connection: sqlite3.Connection, said: Annotation) -> None:
    """Let this word stand; retiring shows on the item too."""
    insert(connection, "annotations", [asdict(said)], replace=True)
    if said.kind is AnnotationKind.RETIRED and not said.block:
        update(connection, "items", {"retired": said.value}, {"bank": said.bank, "item": said.item})


def annotate(store: Store, said: Annotation) -> None:
    """The same, committed. Raises StorageError."""
    with store.transaction() as connection:
        write_annotation(connection, said)


def read_miss_reasons(connection: sqlite3.Connection, block: str) -> dict[int, str | None]:
    """By position, the reason named for each miss that was asked about; None: the learner skipped it."""
    rows = connection.execute(
        "SELECT position, value FROM annotations WHERE kind = 'miss_reason' AND block = ?", (block,)
    )
    return dict(rows.fetchall())


def read_note(connection: sqlite3.Connection, bank: str, item: str) -> str:
    """The learner's note on a question, whatever block it was met in; empty when there is none."""
    row = connection.execute(
        """SELECT value FROM annotations
           WHERE kind = 'note' AND block = '' AND position = 0 AND bank = ? AND item = ?""",
        (bank, item),
    ).fetchone()
    return "" if row is None or row[0] is None else str(row[0])


def write_miss_reason(store: Store, block: str, position: int, reason: str | None, made_at_ms: int) -> None:
    """Remember why an item was missed; None when the learner would not say."""
    annotate(
        store, Annotation(AnnotationKind.MISS_REASON, reason, made_at_ms, block=block, position=position)
    )


def write_note(store: Store, bank: str, item: str, text: str, made_at_ms: int) -> None:
    """Keep a note on a question; an empty one takes it away."""
    annotate(store, Annotation(AnnotationKind.NOTE, text or None, made_at_ms, bank=bank, item=item))


def correct_next_best_step(store: Store, bank: str, item: str, value: bool | None, made_at_ms: int) -> None:
    """Overrule what the author or the lead-in rules say; None lets them stand. Survives a new import."""
    word = None if value is None else str(int(value))
    annotate(store, Annotation(AnnotationKind.NEXT_BEST_STEP, word, made_at_ms, bank=bank, item=item))


def retire(store: Store, bank: str, item: str, reason: str | None, made_at_ms: int) -> None:
    """Never draw a question again, for a reason; None brings it back.

    "wrong key" takes its attempts out of every metric.
    """
    annotate(store, Annotation(AnnotationKind.RETIRED, reason, made_at_ms, bank=bank, item=item))
