"""Ids that items had before: what is stored under one moves to the id the item has now.

So every table names an item by one id, and a history survives that its bank names its questions anew. What
was written elsewhere under a former id is found by `now`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from drill.core.vocabulary import AnnotationKind
from drill.storage.rows import insert

if TYPE_CHECKING:
    from drill.core.items import Item

_TEXTS = ("item_revisions", "options", "figures")
"""Tables that name an item and a revision of it."""
_LABELS = ("tags", "item_references", "former_ids")
"""Tables whose rows of an item a bank's file gives anew."""


def of_bank(connection: sqlite3.Connection, bank: str) -> dict[str, tuple[str, ...]]:
    """By item, the ids it had before, the latest last; only of items that had any."""
    found: dict[str, tuple[str, ...]] = {}
    for item, former in connection.execute(
        "SELECT item, former FROM former_ids WHERE bank = ? ORDER BY item, ordinal", (bank,)
    ):
        found[item] = (*found.get(item, ()), former)
    return found


def read(connection: sqlite3.Connection, bank: str, item: str) -> tuple[str, ...]:
    """The ids an item had before, the latest last."""
    rows = connection.execute(
        "SELECT former FROM former_ids WHERE bank = ? AND item = ? ORDER BY ordinal", (bank, item)
    )
    return tuple(former for (former,) in rows)


def now(connection: sqlite3.Connection, bank: str, former: str) -> str | None:
    """The id that an item has now; None where this is no former id."""
    row = connection.execute(
        "SELECT item FROM former_ids WHERE bank = ? AND former = ?", (bank, former)
    ).fetchone()
    return None if row is None else str(row[0])


def write(connection: sqlite3.Connection, bank: str, items: Sequence[Item]) -> None:
    """Keep the former ids of items as their file gives them. An id in use is no former one."""
    held = dict(_held(connection, bank))
    if not held and not any(item.formerly for item in items):
        return
    ids = [(bank, item.id) for item in items]
    connection.executemany("DELETE FROM former_ids WHERE bank = ? AND item = ?", ids)
    connection.executemany("DELETE FROM former_ids WHERE bank = ? AND former = ?", ids)
    rows = (
        {"bank": bank, "former": former, "item": item.id, "ordinal": ordinal}
        for item in items
        for ordinal, former in enumerate(dict.fromkeys(item.formerly))
    )
    insert(connection, "former_ids", rows, replace=True)
    formers = {former for former, _ in (*held.items(), *_held(connection, bank))}
    restand(connection, bank, sorted(formers & _spoken(connection, bank)))


def add(connection: sqlite3.Connection, bank: str, item: str, formerly: Iterable[str]) -> None:
    """Keep more ids an item had before."""
    every = dict.fromkeys((*read(connection, bank, item), *formerly))
    rows = (
        {"bank": bank, "former": former, "item": item, "ordinal": ordinal}
        for ordinal, former in enumerate(every)
    )
    insert(connection, "former_ids", rows, replace=True)
    restand(connection, bank, sorted(_spoken(connection, bank) & every.keys()))


def _held(connection: sqlite3.Connection, bank: str) -> list[tuple[str, str]]:
    """Each former id in a bank, and the item it belongs to."""
    return connection.execute("SELECT former, item FROM former_ids WHERE bank = ?", (bank,)).fetchall()


def _spoken(connection: sqlite3.Connection, bank: str) -> set[str]:
    """The ids of a bank's items that something was ever said of."""
    rows = connection.execute("SELECT DISTINCT item FROM annotation_words WHERE bank = ?", (bank,))
    return {item for (item,) in rows}


def rename(connection: sqlite3.Connection, bank: str, renamed: Mapping[str, str]) -> None:
    """Move what is stored of items to the ids they have now: old id -> new id. Inside a transaction.

    Where both are stored they become one: equal texts stay one revision, of two annotations the later stands,
    and the labels are those under the new id.
    """
    from drill.storage import item_records, retests, same_questions  # reading an item needs none of them

    folded = False
    for old, new in renamed.items():
        known = connection.execute("SELECT 1 FROM items WHERE bank = ? AND item = ?", (bank, new)).fetchone()
        if known is None:
            _move(connection, ("items", *_LABELS), bank, old, new)
            _move(connection, (*_TEXTS, "block_items", "item_records", "retests"), bank, old, new)
        else:
            folded = True
            _fold_texts(connection, bank, old, new)
            for table in (*_LABELS, "items"):
                connection.execute(f"DELETE FROM {table} WHERE bank = ? AND item = ?", (bank, old))
        row = {"bank": bank, "former": old, "item": new, "ordinal": len(read(connection, bank, new))}
        insert(connection, "former_ids", [row], replace=True)
    restand(connection, bank, renamed)
    if folded:
        item_records.rebuild(connection)
        retests.forget(connection)
    if renamed:
        same_questions.rebuild(connection)


def doubled(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """By bank, what stands under a former id beside the item itself: old id -> new id."""
    found: dict[str, dict[str, str]] = {}
    for bank, old, new in connection.execute(
        """SELECT o.bank, o.item, f.item FROM items o
           JOIN former_ids f ON f.bank = o.bank AND f.former = o.item"""
    ):
        found.setdefault(bank, {})[old] = new
    return found


def _move(connection: sqlite3.Connection, tables: Iterable[str], bank: str, old: str, new: str) -> None:
    for table in tables:
        connection.execute(f"UPDATE {table} SET item = ? WHERE bank = ? AND item = ?", (new, bank, old))


def _fold_texts(connection: sqlite3.Connection, bank: str, old: str, new: str) -> None:
    """Give the texts of an item, and the blocks that showed them, to another."""
    query = (
        "SELECT item_hash, revision FROM item_revisions WHERE bank = ? AND item = ? ORDER BY revision DESC"
    )
    there = dict(connection.execute(query, (bank, new)).fetchall())
    last = max(there.values(), default=0)
    for item_hash, revision in connection.execute(query, (bank, old)).fetchall():
        here = (bank, old, revision)
        number = there.get(item_hash)
        if number is None:
            last = number = last + 1
            tables: tuple[str, ...] = (*_TEXTS, "block_items")
        else:
            tables = ("block_items",)
            for table in _TEXTS:
                connection.execute(f"DELETE FROM {table} WHERE bank = ? AND item = ? AND revision = ?", here)
        for table in tables:
            connection.execute(
                f"UPDATE {table} SET item = ?, revision = ? WHERE bank = ? AND item = ? AND revision = ?",
                (new, number, *here),
            )


def restand(connection: sqlite3.Connection, bank: str, items: Iterable[str]) -> None:
    """Let the latest words said of these items stand, under whichever of their ids they were said."""
    from drill.storage.annotations import Annotation, let_stand, retire_again

    for item in items:
        here = now(connection, bank, item) or item
        said = connection.execute(
            """SELECT kind, block, position, value, made_at_ms
               FROM annotation_words WHERE bank = ? AND item IN (
                   SELECT ? UNION SELECT former FROM former_ids WHERE bank = ? AND item = ?)
               ORDER BY made_at_ms, value IS NOT NULL, coalesce(value, '')""",
            (bank, here, bank, here),
        ).fetchall()
        ids = [(bank, one) for one in {item, here, *read(connection, bank, here)}]
        connection.executemany("DELETE FROM annotations WHERE bank = ? AND item = ?", ids)
        for kind, block, position, value, made_at_ms in said:  # the later ones replace
            let_stand(
                connection,
                Annotation(AnnotationKind(kind), value, made_at_ms, block, position, bank, here),
            )
        retire_again(connection, bank, (item, here))
