"""What the learner said afterwards: why an item was missed, notes, corrections, items taken out of use.

One row a subject, the latest word stands. A value of None is a word too: "asked, and not said".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, replace

from drill.core.clock import later
from drill.core.frozen import dataclass
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

    @property
    def subject(self) -> tuple[str, str, int, str, str]:
        """What it is about; of two about the same the later stands."""
        return self.kind, self.block, self.position, self.bank, self.item

    @property
    def age(self) -> tuple[int, bool, str]:
        """Orders words; of two made in the same millisecond the greater text stands, wherever it was."""
        return self.made_at_ms, self.value is not None, self.value or ""


def standing(connection: sqlite3.Connection, about: Annotation) -> Annotation | None:
    """The word that stands about the same."""
    row = connection.execute(
        """SELECT value, made_at_ms FROM annotations
           WHERE kind = ? AND block = ? AND position = ? AND bank = ? AND item = ?""",
        about.subject,
    ).fetchone()
    return None if row is None else replace(about, value=row[0], made_at_ms=row[1])


def keep_word(connection: sqlite3.Connection, said: Annotation, replaces_ms: int | None) -> None:
    """Remember that this was said, whether it stands or not.

    `replaces_ms`: when what it replaced was said; None where nothing stood, or it is not known.
    """
    row = {**asdict(said), "replaces_ms": replaces_ms}
    insert(connection, "annotation_words", [row], then="ON CONFLICT DO NOTHING")


def write_annotation(connection: sqlite3.Connection, said: Annotation) -> None:
    """Let this word stand in the place of the one before, which is kept too.

    It counts as said after that one, also where the clock of another machine was ahead.
    """
    before = standing(connection, said)
    if before is not None:
        said = replace(said, made_at_ms=later(said.made_at_ms, before.made_at_ms))
    keep_word(connection, said, None if before is None else before.made_at_ms)
    let_stand(connection, said)


def let_stand(connection: sqlite3.Connection, said: Annotation) -> None:
    """Write a word that is kept already as the one that stands; retiring shows on the item too."""
    insert(connection, "annotations", [asdict(said)], replace=True)
    if said.kind is AnnotationKind.RETIRED and not said.block:
        update(connection, "items", {"retired": said.value}, {"bank": said.bank, "item": said.item})


_CONFLICTS = """FROM annotation_words w JOIN annotations a USING (kind, block, position, bank, item)
    WHERE w.value IS NOT NULL AND w.value IS NOT a.value AND NOT EXISTS (
        SELECT 1 FROM annotation_words n WHERE n.replaces_ms = w.made_at_ms AND n.kind = w.kind
            AND n.block = w.block AND n.position = w.position AND n.bank = w.bank AND n.item = w.item)"""
"""Words that do not stand though nobody replaced them knowingly: said on two machines at once."""


def count_conflicts(connection: sqlite3.Connection) -> int:
    """How many words a later one replaced without knowing them."""
    return int(connection.execute(f"SELECT count(*) {_CONFLICTS}").fetchone()[0])


def read_conflicts(connection: sqlite3.Connection) -> list[tuple[Annotation, Annotation]]:
    """Each such word with the one that stands, oldest first."""
    rows = connection.execute(
        f"""SELECT kind, block, position, bank, item, w.value, w.made_at_ms, a.value, a.made_at_ms
            {_CONFLICTS} ORDER BY w.made_at_ms, w.rowid"""
    )
    return [
        (
            Annotation(AnnotationKind(kind), value, made, block, position, bank, item),
            Annotation(AnnotationKind(kind), stands, since, block, position, bank, item),
        )
        for kind, block, position, bank, item, value, made, stands, since in rows
    ]


def retire_again(connection: sqlite3.Connection, bank: str, items: Iterable[str]) -> None:
    """What was said of items before they came here holds for them."""
    connection.executemany(
        """UPDATE items SET retired = (
               SELECT value FROM annotations a
               WHERE a.kind = 'retired' AND a.block = '' AND a.position = 0
                 AND a.bank = items.bank AND a.item = items.item)
           WHERE bank = ? AND item = ?""",
        [(bank, item) for item in items],
    )


def said_retired(connection: sqlite3.Connection, bank: str) -> set[str]:
    """The items of a bank of which it was said that they are retired, whether they are here or not."""
    rows = connection.execute(
        """SELECT item FROM annotations
           WHERE kind = 'retired' AND block = '' AND position = 0 AND bank = ?""",
        (bank,),
    )
    return {item for (item,) in rows}


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
