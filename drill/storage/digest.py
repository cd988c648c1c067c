"""The digest over a block's events, by which a log that another program rewrote is noticed.

A chain: each link is the SHA-256 of the one before it and the next event, so one value stands for the whole
log, its order and its length. It is kept with the block, written in the same transaction as the events. It
is no signature: who rewrites a log can compute its chain anew.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from drill.storage.rows import Row, named

if TYPE_CHECKING:
    from hashlib import sha256
else:
    try:  # as the standard `random` does: hashlib loads OpenSSL, a hundredth of a start
        if sys.version_info >= (3, 12):
            from _sha2 import sha256
        else:
            from _sha256 import sha256
    except ImportError:
        from hashlib import sha256

NONE = ""
"""The digest of a log that has no event yet."""


def extended(digest: str, rows: Iterable[Row | sqlite3.Row]) -> str:
    """The digest of a log once these rows of `block_events` stand behind those it was made of; hexadecimal.

    The payload is taken as JSON and not as text, so that a log has one digest however it was written down.
    """
    for row in rows:
        event = [row["block"], row["seq"], row["at_ms"], row["kind"], row["version"], _parsed(row["payload"])]
        text = json.dumps(event, sort_keys=True, separators=(",", ":"))
        digest = sha256(f"{digest}{text}".encode("ascii")).hexdigest()
    return digest


def _parsed(payload: object) -> object:
    try:
        return json.loads(str(payload))
    except (ValueError, RecursionError):
        return str(payload)  # of a damaged log


def digest_of(connection: sqlite3.Connection, block: str) -> str:
    """The digest of a log as it stands."""
    return extended(
        NONE, named(connection, "SELECT * FROM block_events WHERE block = ? ORDER BY seq", (block,))
    )


def log_digest(connection: sqlite3.Connection, block: str) -> str:
    """The digest that is kept with a block; empty before its first event."""
    row = connection.execute("SELECT log_digest FROM blocks WHERE block = ?", (block,)).fetchone()
    return NONE if row is None else str(row[0])
