"""Importing a bank: a diff by id and fingerprint, written in one transaction."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from dataclasses import dataclass

from drill.core.items import Bank, Item
from drill.storage.store import Store


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a bank would do; ids in the file's order."""

    bank: Bank
    added: tuple[Item, ...]
    revised: tuple[Item, ...]
    """What a learner is shown changed: a new revision."""
    relabelled: tuple[Item, ...]
    """Only metadata changed: same revision."""
    unchanged: int
    missing: tuple[str, ...]
    """In the database and not in the file: kept, or hidden when asked."""
    moved: tuple[tuple[int, str], ...]
    """(ordinal, id) of unchanged items that stand elsewhere in the file now, or came back."""
    hashes: dict[str, tuple[str, str]]
    """item_hash and meta_hash of each item that will be written."""
    revived: tuple[str, ...] = ()
    """Hidden as missing by an import before this one, and in the file again."""

    @property
    def changed(self) -> int:
        """Items whose text or metadata differ."""
        return len(self.revised) + len(self.relabelled)


def meta_hash(item: Item) -> str:
    """Fingerprint of what is read at report time, and so makes no new revision."""
    meta = [
        item.next_best_step, item.task, item.subject, item.system, item.topic, item.difficulty,
        item.tags, item.references, item.set,
    ]  # fmt: skip
    text = json.dumps(meta, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def plan_import(connection: sqlite3.Connection, bank: Bank) -> ImportPlan:
    """Compare a bank with what is stored. Reads only."""
    stored = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT item, item_hash, meta_hash, ordinal, missing FROM items WHERE bank = ?", (bank.id,)
        )
    }
    added: list[Item] = []
    revised: list[Item] = []
    relabelled: list[Item] = []
    moved: list[tuple[int, str]] = []
    hashes: dict[str, tuple[str, str]] = {}
    revived: list[str] = []
    for ordinal, item in enumerate(bank.items):
        shown, meta = item.item_hash, meta_hash(item)
        before = stored.pop(item.id, None)
        if before is not None and before[3]:
            revived.append(item.id)
        if before is None:
            added.append(item)
        elif before[0] != shown:
            revised.append(item)
        elif before[1] != meta:
            relabelled.append(item)
        else:
            if before[2] != ordinal or before[3]:
                moved.append((ordinal, item.id))
            continue
        hashes[item.id] = (shown, meta)
    missing = tuple(item for item, before in stored.items() if not before[3])
    unchanged = len(bank.items) - len(added) - len(revised) - len(relabelled)
    return ImportPlan(
        bank,
        tuple(added),
        tuple(revised),
        tuple(relabelled),
        unchanged,
        missing,
        tuple(moved),
        hashes,
        tuple(revived),
    )


def apply_import(
    store: Store,
    plan: ImportPlan,
    *,
    now: str,
    shipped: bool = False,
    file_hash: str | None = None,
    retire_missing: bool = False,
) -> None:
    """Write a plan in one transaction."""
    bank = plan.bank
    with store.transaction() as connection:
        connection.execute(
            """INSERT INTO banks (bank, title, author, description, license, source, url, shipped, removed,
                                  file_hash, imported_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
               ON CONFLICT (bank) DO UPDATE SET title = excluded.title, author = excluded.author,
                   description = excluded.description, license = excluded.license, source = excluded.source,
                   url = excluded.url, removed = 0,
                   shipped = excluded.shipped, file_hash = excluded.file_hash,
                   imported_at = excluded.imported_at""",
            (bank.id, bank.title, bank.author, bank.description, bank.license, bank.source, bank.url,
             int(shipped), file_hash, now),
        )  # fmt: skip
        _write_items(connection, plan, now)
        connection.executemany(
            "UPDATE items SET ordinal = ?, missing = 0 WHERE bank = ? AND item = ?",
            [(ordinal, bank.id, item) for ordinal, item in plan.moved],
        )
        if retire_missing:
            connection.executemany(
                "UPDATE items SET missing = 1 WHERE bank = ? AND item = ?",
                [(bank.id, item) for item in plan.missing],
            )
        _count_sets(connection, bank.id)


def _write_items(connection: sqlite3.Connection, plan: ImportPlan, now: str) -> None:
    bank = plan.bank.id
    written = {item.id for item in (*plan.added, *plan.revised, *plan.relabelled)}
    if not written:
        return
    old_revision = dict(connection.execute("SELECT item, revision FROM items WHERE bank = ?", (bank,)))
    # A merge may have added revisions beyond the latest of this bank's file.
    last_revision = dict(
        connection.execute(
            "SELECT item, max(revision) FROM item_revisions WHERE bank = ? GROUP BY item", (bank,)
        )
    )
    new_revision = {item.id for item in (*plan.added, *plan.revised)}
    items, revisions, options, tags, references = [], [], [], [], []
    for ordinal, item in enumerate(plan.bank.items):
        if item.id not in written:
            continue
        if item.id in new_revision:
            revision = last_revision.get(item.id, 0) + 1
        else:
            revision = old_revision[item.id]
        items.append(_item_row(bank, item, ordinal, revision, plan.hashes[item.id]))
        if item.id in new_revision:
            revisions.append(
                (bank, item.id, revision, plan.hashes[item.id][0], item.stem, item.lead_in, item.answer,
                 item.explanation, item.objective, now)
            )  # fmt: skip
            options += [
                (bank, item.id, revision, letter, o.text, o.why, o.action, o.when)
                for letter, o in zip(item.letters, item.options, strict=True)
            ]
        tags += [(bank, item.id, number, tag) for number, tag in enumerate(item.tags)]
        references += [(bank, item.id, number, text) for number, text in enumerate(item.references)]
    relabelled = [(bank, item.id) for item in (*plan.revised, *plan.relabelled)]
    connection.executemany("DELETE FROM tags WHERE bank = ? AND item = ?", relabelled)
    connection.executemany("DELETE FROM item_references WHERE bank = ? AND item = ?", relabelled)
    marks = ", ".join("?" * len(items[0]))
    updates = ", ".join(f"{name} = excluded.{name}" for name in _ITEM_COLUMNS[2:])
    connection.executemany(
        f"""INSERT INTO items ({", ".join(_ITEM_COLUMNS)}) VALUES ({marks})
            ON CONFLICT (bank, item) DO UPDATE SET {updates}, missing = 0""",
        items,
    )
    connection.executemany(f"INSERT INTO item_revisions VALUES ({', '.join('?' * 10)})", revisions)
    connection.executemany("INSERT INTO options VALUES (?, ?, ?, ?, ?, ?, ?, ?)", options)
    connection.executemany("INSERT INTO tags VALUES (?, ?, ?, ?)", tags)
    connection.executemany("INSERT INTO item_references VALUES (?, ?, ?, ?)", references)


def _count_sets(connection: sqlite3.Connection, bank: str) -> None:
    """A set is drawn whole: keep the number of its members that may be shown beside each of them."""
    members = connection.execute(
        "SELECT item, set_name, set_size, missing FROM items WHERE bank = ? AND set_name IS NOT NULL", (bank,)
    ).fetchall()
    sizes = Counter(name for _, name, _, missing in members if not missing)
    connection.executemany(
        "UPDATE items SET set_size = ? WHERE bank = ? AND item = ?",
        [(sizes[name], bank, item) for item, name, size, _ in members if sizes[name] != size],
    )


_ITEM_COLUMNS = (
    "bank", "item", "ordinal", "revision", "item_hash", "meta_hash", "subject", "system", "task", "topic",
    "difficulty", "set_name", "set_size", "words", "option_count", "shuffles", "author_next_best_step",
    "author_task", "next_best_step", "next_best_step_rule", "absent_figure",
)  # fmt: skip


def _item_row(
    bank: str, item: Item, ordinal: int, revision: int, hashes: tuple[str, str]
) -> tuple[object, ...]:
    from drill.storage.derived import derive

    derived = derive(item)
    return (
        bank, item.id, ordinal, revision, *hashes, item.subject, item.system, derived.task, item.topic,
        item.difficulty, item.set, 1, derived.words, derived.option_count, derived.shuffles,
        None if item.next_best_step is None else int(item.next_best_step),
        int(item.task is not None), derived.next_best_step, derived.next_best_step_rule,
        derived.absent_figure,
    )  # fmt: skip
