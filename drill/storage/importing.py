"""Importing a bank: a diff by id and fingerprint, written in one transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from operator import attrgetter
from types import MappingProxyType

from drill.core.clock import later, wall_from_iso
from drill.core.frozen import dataclass
from drill.core.items import Bank, Item
from drill.core.leadin import refers_to_absent_figure
from drill.storage import former_ids, media, same_questions
from drill.storage.annotations import retire_again, said_retired
from drill.storage.banks import BANK_FIELDS, changed_ms, labelled_ms
from drill.storage.connecting import many_pages, without_checks
from drill.storage.item_rows import ITEM_COLUMNS, Text, item_values, meta_hash, write_labels, write_texts
from drill.storage.rows import Row, named, upsert
from drill.storage.same_questions import NO_OVERLAP, Overlap
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
    overlap: Overlap = NO_OVERLAP
    """What stands in other banks as well."""
    identities: Mapping[str, str] = field(default_factory=dict)
    """Fingerprints of all items, by id."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Stored id -> the id that the file gives it now."""
    restored: tuple[Item, ...] = ()
    """Unchanged, and their texts are lost here (a salvage names such): written again as they were."""

    @property
    def changed(self) -> int:
        """Items whose text or metadata differ."""
        return len(self.revised) + len(self.relabelled)


def plan_import(connection: sqlite3.Connection, bank: Bank) -> ImportPlan:
    """Compare a bank with what is stored. Reads only."""
    query = "SELECT item, item_hash, meta_hash, ordinal, missing, identity FROM items WHERE bank = ?"
    stored = {row["item"]: row for row in named(connection, query, (bank.id,))}
    added: list[Item] = []
    revised: list[Item] = []
    relabelled: list[Item] = []
    moved: list[tuple[int, str]] = []
    hashes: dict[str, tuple[str, str]] = {}
    revived: list[str] = []
    identities: dict[str, str] = {}
    renamed: dict[str, str] = {}
    restored: list[Item] = []
    lost = {item for (item,) in connection.execute(_LOST, (bank.id,))}
    formers = former_ids.of_bank(connection, bank.id)
    for ordinal, item in enumerate(bank.items):
        shown, meta = item.item_hash, meta_hash(item)
        before = stored.pop(item.id, None)
        for former in item.formerly:
            if former in stored:
                before = before or stored[former]
                renamed[former] = item.id
                del stored[former]
        if before is not None and before["missing"]:
            revived.append(item.id)
        known = before["identity"] if before is not None and before["item_hash"] == shown else ""
        identities[item.id] = known or same_questions.identity(item)
        if before is None:
            added.append(item)
        elif before["item_hash"] != shown:
            revised.append(item)
        elif before["meta_hash"] != meta or formers.get(item.id, ()) != item.formerly:
            relabelled.append(item)
        elif before["item"] not in lost:
            if before["ordinal"] != ordinal or before["missing"]:
                moved.append((ordinal, item.id))
            continue
        if before is not None and before["item"] in lost and before["item_hash"] == shown:
            restored.append(item)
        hashes[item.id] = (shown, meta)
    missing = tuple(item for item, before in stored.items() if not before["missing"])
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
        same_questions.overlap(connection, bank.id, identities),
        identities,
        renamed,
        tuple(restored),
    )


_LAST_REVISION = "SELECT item, max(revision) FROM item_revisions WHERE bank = ? GROUP BY item"
"""Maybe beyond the latest of the bank's file: a merge adds what other machines asked."""
_ASKED_REVISION = "SELECT max(revision) FROM block_items WHERE bank = ? AND item = ?"
"""Of a question that is new here and was asked all the same: both its rows were lost."""
_LOST = """SELECT item FROM items WHERE bank = ?
           AND (bank, item, revision) NOT IN (SELECT bank, item, revision FROM item_revisions)"""


def apply_import(
    store: Store,
    plan: ImportPlan,
    *,
    now: str,
    shipped: bool = False,
    file_hash: str | None = None,
    retire_missing: bool = False,
    changed_at_ms: int | None = None,
    created_at: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write a plan in one transaction.

    A bank that comes from another machine has `changed_at_ms`, when it was changed there, and `created_at`,
    since when each text is known; else both are now. What comes with drill is no change of the learner's.
    """
    bank = plan.bank
    changed = wall_from_iso(now).utc_ms if changed_at_ms is None else changed_at_ms
    with store.transaction() as connection, many_pages(connection):
        about = {name: getattr(bank, name) for name in BANK_FIELDS}
        row = {"bank": bank.id, **about, "shipped": int(shipped), "removed": 0}
        is_news = changed_at_ms is not None or _is_news(connection, plan, about, retire_missing)
        if not is_news:
            changed = changed_ms(connection, bank.id)
        elif changed_at_ms is None:
            changed = later(changed, max(changed_ms(connection, bank.id), labelled_ms(connection, bank.id)))
        row |= {"file_hash": file_hash, "imported_at": now, "changed_at_ms": 0 if shipped else changed}
        upsert(connection, "banks", ["bank"], tuple(row), [tuple(row.values())])
        if plan.renamed:
            former_ids.rename(connection, bank.id, plan.renamed)
        _write_items(connection, plan, now, created_at, row["changed_at_ms"])
        refers_to_absent_figure.cache_clear()  # it holds the texts of the bank
        said = said_retired(connection, bank.id)
        retire_again(connection, bank.id, [item.id for item in plan.added if item.id in said])
        connection.executemany(
            "UPDATE items SET ordinal = ?, missing = 0 WHERE bank = ? AND item = ?",
            [(ordinal, bank.id, item) for ordinal, item in plan.moved],
        )
        if retire_missing:
            connection.executemany(
                "UPDATE items SET missing = 1 WHERE bank = ? AND item = ?",
                [(bank.id, item) for item in plan.missing],
            )
        media.keep(connection, bank.media)
        media.free(connection)
        media.hide_without_pictures(connection, bank.id)
        if is_news:
            connection.execute(
                "UPDATE items SET labelled_ms = ? WHERE bank = ? AND missing = 0 AND labelled_ms <> ?",
                (row["changed_at_ms"], bank.id, row["changed_at_ms"]),
            )
        _count_sets(connection, bank.id)
        if plan.hashes:
            same_questions.rebuild(connection)


def _is_news(connection: sqlite3.Connection, plan: ImportPlan, about: Row, retire_missing: bool) -> bool:
    """Whether importing changes anything: what is here already is no news for another machine."""
    if plan.hashes or plan.moved or (retire_missing and plan.missing):
        return True
    query = f"SELECT {', '.join(BANK_FIELDS)} FROM banks WHERE bank = ? AND removed = 0"
    row = named(connection, query, (plan.bank.id,)).fetchone()
    return row is None or dict(row) != dict(about)


def _write_items(
    connection: sqlite3.Connection,
    plan: ImportPlan,
    now: str,
    created_at: Mapping[str, str],
    labelled: object,
) -> None:
    bank = plan.bank.id
    written = plan.hashes.keys()
    items = sorted((item for item in plan.bank.items if item.id in written), key=attrgetter("id"))
    if not items:
        return
    old_revision = dict(connection.execute("SELECT item, revision FROM items WHERE bank = ?", (bank,)))
    last_revision = dict(connection.execute(_LAST_REVISION, (bank,)))
    if connection.execute("SELECT 1 FROM block_items WHERE bank = ? LIMIT 1", (bank,)).fetchone():
        for item in plan.added:
            (asked,) = connection.execute(_ASKED_REVISION, (bank, item.id)).fetchone()
            last_revision[item.id] = max(last_revision.get(item.id, 0), asked or 0)
    new_revision = {item.id for item in (*plan.added, *plan.revised)}
    revisions = {
        item.id: max(last_revision.get(item.id, 0), old_revision.get(item.id, 0)) + 1
        if item.id in new_revision
        else old_revision[item.id]
        for item in items
    }
    ordinals = {item.id: ordinal for ordinal, item in enumerate(plan.bank.items)}
    rows = (
        (
            bank, item.id, ordinals[item.id], 1, 0, labelled,
            *item_values(item, revisions[item.id], *plan.hashes[item.id], plan.identities.get(item.id)),
        )
        for item in items
    )  # fmt: skip
    place = ("bank", "item", "ordinal", "set_size", "missing", "labelled_ms")
    upsert(connection, "items", ["bank", "item"], (*place, *ITEM_COLUMNS), rows)
    new_revision.update(item.id for item in plan.restored)
    new = [item for item in plan.bank.items if item.id in new_revision]
    texts = [
        Text(bank, item, revisions[item.id], plan.hashes[item.id][0], created_at.get(item.id, now))
        for item in new
    ]
    with without_checks(connection):  # an Item holds to them
        write_texts(connection, texts)
    write_labels(connection, bank, items, known=(*plan.revised, *plan.relabelled, *plan.restored))


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
