"""Questions that stand in more than one place: in two banks, or twice in one. See drill.core.identity.

`same_questions` is a projection of `items.identity`: it holds only the items that share theirs with another,
so that it is empty where nothing is doubled, and costs nothing there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from drill.core.items import Item


class Overlap(NamedTuple):
    """What the items of a file have in common with other banks."""

    same: tuple[tuple[str, str, str], ...] = ()
    """(id in the file, bank, id there) of each that is in another bank already; the first place of each."""
    other_key: tuple[tuple[str, str, str], ...] = ()
    """The same, of those that another bank answers otherwise."""


NO_OVERLAP = Overlap()


def identity(item: Item) -> str:
    """The fingerprint by which an item is found in other banks."""
    from drill.core.identity import identity_of

    return identity_of(item.stem, item.lead_in, [option.text for option in item.options], item.key.text)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the projection anew."""
    connection.execute("DELETE FROM same_questions")
    connection.execute(
        """INSERT INTO same_questions (bank, item, identity)
           SELECT bank, item, identity FROM items WHERE identity IN (
               SELECT identity FROM items GROUP BY identity HAVING count(*) > 1)"""
    )


def twins(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """By (bank, item), the fingerprint of every item that stands in more than one place."""
    return {(bank, item): same for bank, item, same in connection.execute("SELECT * FROM same_questions")}


def exposures(
    connection: sqlite3.Connection, blocks: Sequence[str] | None = None
) -> dict[tuple[str, int], int]:
    """By (block, position), how often the question was shown up to then, wherever it stood.

    Only of items that stand in more than one place, and of ended blocks. `blocks`: of the questions of these
    blocks alone, which reads no more than where those were shown.
    """
    if connection.execute("SELECT 1 FROM same_questions LIMIT 1").fetchone() is None:
        return {}
    asked = "" if blocks is None else _OF_BLOCKS.format(", ".join("?" * len(blocks)))
    return {
        (block, position): count
        for block, position, count in connection.execute(_EXPOSURES + asked, tuple(blocks or ()))
    }


_EXPOSURES = """
    SELECT f.block, f.position, row_number() OVER (
        PARTITION BY s.identity ORDER BY b.started_at, b.block, f.position)
    FROM same_questions s CROSS JOIN block_items f ON f.bank = s.bank AND f.item = s.item
    JOIN attempts a ON a.block = f.block AND a.position = f.position
    JOIN blocks b ON b.block = f.block
    WHERE a.status <> 'unreached' AND b.block_end IS NOT NULL"""
_OF_BLOCKS = """
    AND s.identity IN (
        SELECT same.identity FROM block_items mine
        JOIN same_questions same ON same.bank = mine.bank AND same.item = mine.item
        WHERE mine.block IN ({}))"""


def overlap(connection: sqlite3.Connection, bank: str, items: Mapping[str, str]) -> Overlap:
    """What a bank, given as id -> fingerprint, has in common with other banks in use. Reads only."""
    others: dict[str, dict[str, tuple[str, str]]] = {}
    rows = connection.execute(
        """SELECT i.identity, i.bank, i.item FROM items i JOIN banks b USING (bank)
           WHERE i.bank <> ? AND b.removed = 0 AND i.missing = 0 ORDER BY i.bank, i.ordinal""",
        (bank,),
    )
    for identity, other_bank, other_item in rows:
        question, _, answer = identity.partition(":")
        others.setdefault(question, {}).setdefault(answer, (other_bank, other_item))
    if not others:
        return NO_OVERLAP
    same, other_key = [], []
    for item_id, identity in items.items():
        question, _, answer = identity.partition(":")
        there = others.get(question)
        if there is None:
            continue
        if answer in there:
            same.append((item_id, *there[answer]))
        else:
            other_key.append((item_id, *next(iter(there.values()))))
    return Overlap(tuple(same), tuple(other_key))
