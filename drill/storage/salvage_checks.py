"""Which blocks and texts of a database put together from found rows are whole; what is not goes out."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Set

from drill.core.frozen import dataclass
from drill.errors import DrillError
from drill.storage import blocks, bounds
from drill.storage.banks import read_item
from drill.storage.digest import digest_of
from drill.storage.item_rows import meta_hash
from drill.storage.projections import BadLog, project, read_log


@dataclass(frozen=True, slots=True)
class LostBlock:
    """A block that could not be read whole."""

    block: str
    started_at: str | None
    """None: not known either."""
    why: str


def drop_lost_blocks(connection: sqlite3.Connection, named: Mapping[str, str | None]) -> list[LostBlock]:
    lost = [
        LostBlock(block, began, why)
        for block, began in named.items()
        if (why := _fault(connection, block)) is not None
    ]
    for each in lost:
        for table in ("block_events", "block_items", "blocks_set_aside", "blocks"):
            connection.execute(f"DELETE FROM {table} WHERE block = ?", (each.block,))
    return sorted(lost, key=lambda each: (each.started_at or "", each.block))


def _fault(connection: sqlite3.Connection, block: str) -> str | None:
    """Why a block cannot be taken over; None: it is whole."""
    row = connection.execute(
        "SELECT items, block_end IS NOT NULL, log_digest FROM blocks WHERE block = ?", (block,)
    ).fetchone()
    if row is None:
        return "when and how it was begun is lost"
    items, ended, digest = row
    places = "SELECT position FROM block_items WHERE block = ? ORDER BY position"
    found = [position for (position,) in connection.execute(places, (block,))]
    if len(found) != items or found != list(range(1, items + 1)):
        return f"{len(found)} of its {items} questions can be read"
    for table in ("blocks", "block_items"):
        said = bounds.fault(connection, table, "block = ?", (block,))
        if said is not None:
            return said.rstrip(".")
    try:
        plan, keys = blocks.read_plan(connection, block)
        projection = project(plan, keys, read_log(connection, block))
    except (BadLog, DrillError, ValueError, TypeError, AttributeError, RecursionError) as error:
        return f"its log is not whole: {error}"
    if projection.ended != bool(ended) or digest not in ("", digest_of(connection, block)):
        return "its log is not the one its digest was made of"
    return None


def drop_lost_texts(connection: sqlite3.Connection) -> list[str]:
    """Take out the texts that are not what was imported; names of all that are not whole."""
    lost: list[tuple[str, str, int]] = []
    relabelled = []
    for bank, item, revision, item_hash, labels in connection.execute(
        """SELECT bank, item, r.revision, r.item_hash, iif(r.revision = i.revision, i.meta_hash, NULL)
           FROM item_revisions r LEFT JOIN items i USING (bank, item)"""
    ).fetchall():
        try:
            read = read_item(connection, bank, item, revision)
        except (DrillError, ValueError):
            read = None
        if read is None or read.item_hash != item_hash:
            lost.append((bank, item, revision))
            connection.execute(f"DELETE FROM item_revisions WHERE {_REVISION}", (bank, item, revision))
        elif labels is not None and meta_hash(read) != labels:
            connection.execute(  # as it is now, so that an import sees the difference
                "UPDATE items SET meta_hash = ? WHERE bank = ? AND item = ?", (meta_hash(read), bank, item)
            )
            relabelled.append(f"the labels of question {item} of bank {bank}")
    for table in ("options", "figures"):
        connection.execute(
            f"DELETE FROM {table} WHERE ({_REVISION_KEY}) NOT IN (SELECT {_REVISION_KEY} FROM item_revisions)"
        )
    for table in ("block_items", "items"):
        lost += connection.execute(
            f"""SELECT DISTINCT {_REVISION_KEY} FROM {table}
                WHERE ({_REVISION_KEY}) NOT IN (SELECT {_REVISION_KEY} FROM item_revisions)"""
        ).fetchall()
    connection.executemany("UPDATE items SET missing = 1 WHERE (bank, item, revision) = (?, ?, ?)", lost)
    named = [
        f"the text of question {item} of bank {bank}, revision {revision}"
        for bank, item, revision in sorted(set(lost))
    ]
    return named + relabelled


_REVISION_KEY = "bank, item, revision"
_REVISION = f"({_REVISION_KEY}) = (?, ?, ?)"


def doubts(connection: sqlite3.Connection, broken: Set[str]) -> set[str]:
    """Tables of which rows may be missing, after what two tables tell of each other was put right."""
    doubtful = set(broken & _ALONE)
    doubtful |= {group[0] for group in _TRACES if broken >= set(group)}
    words = "kind, block, position, bank, item, value, made_at_ms"
    connection.execute(f"INSERT OR IGNORE INTO annotation_words ({words}) SELECT {words} FROM annotations")
    if "annotations" in broken:
        connection.execute(
            f"""INSERT OR IGNORE INTO annotations ({words}) SELECT {words} FROM annotation_words
                ORDER BY made_at_ms DESC, value IS NOT NULL DESC, value DESC"""
        )
    if {"annotations", "annotation_words"} <= broken:
        doubtful.add("annotations")
    for table in _OF_ITEMS:
        gone = "(bank, item) NOT IN (SELECT bank, item FROM items)"
        if connection.execute(f"DELETE FROM {table} WHERE {gone}").rowcount:
            doubtful.add(table)
    shown = "SELECT 1 FROM figures WHERE media IS NOT NULL AND media NOT IN (SELECT sha256 FROM media)"
    for sha256, data in connection.execute("SELECT sha256, data FROM media").fetchall():
        if hashlib.sha256(data).hexdigest() != sha256:
            connection.execute("DELETE FROM media WHERE sha256 = ?", (sha256,))
    if connection.execute(shown).fetchone():
        doubtful.add("media")
    return doubtful


_ALONE = {"banks", "former_ids", "blocks_set_aside", "settings", "road", "sync_later"}
"""Tables of which no other has a trace."""
_TRACES = (("blocks", "block_items", "block_events"), ("items", "item_revisions", "options"))
"""Where all of these are broken there may be more than there is a trace of."""
_OF_ITEMS = ("tags", "item_references", "former_ids")
