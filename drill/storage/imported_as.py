"""Whether a file that was imported would change nothing if it were imported again, without reading it.

`banks.imported_as` is a digest of the file with all that decides how it is read, and of the bank's items as
they stood after that. While both are the same, so is what an import would compare.
"""

from __future__ import annotations

import hashlib
import marshal
import sqlite3

from drill.core.items import Bank
from drill.storage import same_questions
from drill.storage.importing import ImportPlan
from drill.storage.rows import update
from drill.storage.store import Store

_ITEMS = """SELECT item, identity, ordinal, revision, item_hash, meta_hash, missing FROM items
    WHERE bank = ? ORDER BY item"""
_VALUES_ALONE = 2
"""The last version of marshal that writes equal values as equal bytes, whatever else refers to them."""


def remember(store: Store, bank: str, reading: str) -> None:
    """Note how the bank stands after an import; `reading` names the file and all that decides how it is read.

    Only for a file in which all is well: nothing but this note is kept of it.
    """
    with store.transaction() as connection:
        digest, _ = _digest(connection, bank, reading)
        update(connection, "banks", {"imported_as": digest}, {"bank": bank})


def plan_again(store: Store, file_hash: str, reading: str, now: str) -> ImportPlan | None:
    """The plan of importing the same file again where that certainly changes nothing; notes when it was done.

    The plan's bank is without its items. None: the file must be read.
    """
    connection = store.connection
    there = connection.execute(
        """SELECT bank, title, imported_as FROM banks
           WHERE file_hash = ? AND imported_as IS NOT NULL AND removed = 0 AND shipped = 0""",
        (file_hash,),
    ).fetchall()
    for bank, title, imported_as in there:
        digest, identities = _digest(connection, bank, reading)
        if digest == imported_as:
            with store.transaction():
                update(connection, "banks", {"imported_at": now}, {"bank": bank})
            overlap = same_questions.overlap(connection, bank, identities)
            return ImportPlan(
                Bank(bank, title),
                (),
                (),
                (),
                len(identities),
                (),
                (),
                {},
                overlap=overlap,
                identities=identities,
            )
    return None


def _digest(connection: sqlite3.Connection, bank: str, reading: str) -> tuple[str, dict[str, str]]:
    """The digest, and the fingerprint of each item that is in use, by id."""
    found, identities = hashlib.sha256(reading.encode()), {}
    for row in connection.execute(_ITEMS, (bank,)):
        found.update(marshal.dumps(row, _VALUES_ALONE))
        item, identity, *_, missing = row
        if not missing:
            identities[item] = identity
    return found.hexdigest(), identities
