"""The cards of spaced retests: a projection of the history, and how far of it they have followed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from drill.storage.rows import insert
from drill.storage.settings import read_settings, write_setting
from drill.storage.store import Store

_MARK = "retests_through"


class Card(NamedTuple):
    """One question that comes back."""

    bank: str
    item: str
    due_at: str
    """ISO 8601 UTC."""
    card: str
    """The scheduler's own state, as JSON."""


class Mark(NamedTuple):
    """The last ended block the cards have followed, and how many there were up to it."""

    started_at: str
    block: str
    blocks: int


def read_cards(
    connection: sqlite3.Connection, items: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Card]:
    """The cards of these questions, as far as they have one."""
    found = {}
    for key in items:
        row = connection.execute("SELECT * FROM retests WHERE bank = ? AND item = ?", key).fetchone()
        if row is not None:
            found[key] = Card._make(row)
    return found


def count_due(connection: sqlite3.Connection, now: str, most: int) -> int:
    """How many cards due by this instant may be drawn; stops counting at `most`."""
    row = connection.execute(
        """SELECT count(*) FROM (
               SELECT 1 FROM retests t
               JOIN items i ON i.bank = t.bank AND i.item = t.item
               JOIN banks b ON b.bank = t.bank
               WHERE t.due_at <= ? AND i.missing = 0 AND i.retired IS NULL AND b.removed = 0 LIMIT ?)""",
        (now, most),
    ).fetchone()
    return int(row[0])


def read_mark(connection: sqlite3.Connection) -> Mark | None:
    """How far the cards have followed; None: nowhere, or the note of it makes no sense."""
    try:
        return Mark(*json.loads(read_settings(connection)[_MARK]))
    except (KeyError, ValueError, TypeError):
        return None


def forget(connection: sqlite3.Connection) -> None:
    """Have every card made anew from the history at the next update. Inside a transaction."""
    connection.execute("DELETE FROM settings WHERE name = ?", (_MARK,))


def write_cards(store: Store, cards: Iterable[Card], mark: Mark | None, *, anew: bool) -> None:
    """Keep these cards and how far they follow, in one transaction; `anew` forgets all others first."""
    with store.transaction() as connection:
        if anew:
            connection.execute("DELETE FROM retests")
        insert(connection, "retests", (card._asdict() for card in cards), replace=True)
        if mark is None:
            forget(connection)
        else:
            write_setting(store, _MARK, json.dumps(mark))
