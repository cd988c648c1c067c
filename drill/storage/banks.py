"""Banks and items as they are stored: lists for a person, and items read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from drill.core.items import Action, Bank, Difficulty, Item, Option, When
from drill.errors import BankError
from drill.storage.store import Store


class BankRow(NamedTuple):
    """A bank and how much is in it."""

    bank: str
    title: str
    author: str | None
    license: str | None
    shipped: bool
    items: int
    next_best_step: int
    retired: int
    """Hidden from drawing: retired by the learner or missing from the file."""
    imported_at: str


CORRECTED = """coalesce((SELECT CAST(a.value AS INTEGER) FROM annotations a
    WHERE a.kind = 'next_best_step' AND a.block = '' AND a.position = 0 AND a.bank = i.bank
      AND a.item = i.item), i.next_best_step)"""


def list_banks(connection: sqlite3.Connection) -> list[BankRow]:
    """Banks that were not removed, by id."""
    rows = connection.execute(
        f"""SELECT b.bank, b.title, b.author, b.license, b.shipped, count(i.item),
                   coalesce(sum({CORRECTED}), 0),
                   coalesce(sum(i.missing = 1 OR i.retired IS NOT NULL), 0), b.imported_at
            FROM banks b LEFT JOIN items i USING (bank)
            WHERE b.removed = 0 GROUP BY b.bank ORDER BY b.bank"""
    )
    return [BankRow._make((*row[:4], bool(row[4]), *row[5:])) for row in rows]


def bank_ids(connection: sqlite3.Connection) -> list[str]:
    """Ids of the banks that were not removed."""
    return [row[0] for row in connection.execute("SELECT bank FROM banks WHERE removed = 0 ORDER BY bank")]


def check_banks(connection: sqlite3.Connection, asked: Iterable[str]) -> None:
    """Raises BankError naming what there is when a bank is unknown."""
    known = bank_ids(connection)
    for bank in asked:
        if bank not in known:
            there = ", ".join(known) if known else "none yet; 'drill import FILE' adds one"
            raise BankError(f"There is no bank {bank!r}. Banks: {there}.")


class ItemRow(NamedTuple):
    """What `drill items` tells of an item."""

    bank: str
    item: str
    subject: str | None
    system: str | None
    task: str | None
    words: int
    options: int
    next_best_step: bool
    decided_by: str
    """author, learner, or the name of the lead-in rule."""
    absent_figure: bool
    retired: str | None


def list_items(connection: sqlite3.Connection, banks: Iterable[str] = ()) -> list[ItemRow]:
    """Items of the banks given, or of all; by bank, in the file's order."""
    wanted = list(banks) or bank_ids(connection)
    rows = connection.execute(
        f"""SELECT i.bank, i.item, i.subject, i.system, i.task, i.words, i.option_count,
                   coalesce(CAST(a.value AS INTEGER), i.next_best_step),
                   iif(a.value IS NULL, i.next_best_step_rule, 'learner'), i.absent_figure,
                   coalesce(i.retired, iif(i.missing, 'missing', NULL))
            FROM items i LEFT JOIN annotations a ON a.kind = 'next_best_step' AND a.block = ''
                 AND a.position = 0 AND a.bank = i.bank AND a.item = i.item
            WHERE i.bank IN ({", ".join("?" * len(wanted))}) ORDER BY i.bank, i.ordinal""",
        wanted,
    )
    return [ItemRow._make((*row[:7], bool(row[7]), row[8], bool(row[9]), row[10])) for row in rows]


def read_item(connection: sqlite3.Connection, bank: str, item: str, revision: int | None = None) -> Item:
    """An item as of a revision, the latest when None. Raises BankError when there is none."""
    meta = connection.execute(
        """SELECT revision, author_next_best_step, iif(author_task, task, NULL), subject, system, topic,
                  difficulty, set_name FROM items WHERE bank = ? AND item = ?""",
        (bank, item),
    ).fetchone()
    text = connection.execute(
        """SELECT stem, lead_in, answer, explanation, objective FROM item_revisions
           WHERE bank = ? AND item = ? AND revision = ?""",
        (bank, item, revision if revision is not None or meta is None else meta[0]),
    ).fetchone()
    if meta is None or text is None:
        raise BankError(f"There is no question {item!r} in bank {bank!r}.")
    options = connection.execute(
        """SELECT text, why, action, "when" FROM options WHERE bank = ? AND item = ? AND revision = ?
           ORDER BY letter""",
        (bank, item, revision if revision is not None else meta[0]),
    )
    tags = connection.execute(
        "SELECT tag FROM tags WHERE bank = ? AND item = ? ORDER BY ordinal", (bank, item)
    )
    references = connection.execute(
        "SELECT reference FROM item_references WHERE bank = ? AND item = ? ORDER BY ordinal", (bank, item)
    )
    return Item(
        id=item,
        stem=text[0],
        lead_in=text[1],
        options=tuple(
            Option(body, why, Action(action) if action else None, When(when) if when else None)
            for body, why, action, when in options
        ),
        answer=text[2],
        explanation=text[3],
        objective=text[4],
        next_best_step=None if meta[1] is None else bool(meta[1]),
        task=meta[2],
        subject=meta[3],
        system=meta[4],
        topic=meta[5],
        difficulty=Difficulty(meta[6]) if meta[6] else None,
        set=meta[7],
        tags=tuple(tag for (tag,) in tags),
        references=tuple(reference for (reference,) in references),
    )


def read_bank(connection: sqlite3.Connection, bank: str) -> Bank:
    """A whole bank at its latest revisions, missing items left out."""
    check_banks(connection, [bank])
    about = connection.execute(
        "SELECT title, author, description, license, source, url FROM banks WHERE bank = ?", (bank,)
    ).fetchone()
    ids = connection.execute(
        "SELECT item FROM items WHERE bank = ? AND missing = 0 ORDER BY ordinal", (bank,)
    ).fetchall()
    title, author, description, license_, source, url = about
    items = tuple(read_item(connection, bank, item) for (item,) in ids)
    return Bank(bank, title, author, description, license_, source, url, items)


def remove_bank(store: Store, bank: str) -> None:
    """Hide a bank and its items from drawing; its history stays. A shipped bank stays away."""
    check_banks(store.connection, [bank])
    with store.transaction() as connection:
        connection.execute("UPDATE banks SET removed = 1 WHERE bank = ?", (bank,))


def shipped_hashes(connection: sqlite3.Connection) -> dict[str, tuple[str | None, bool]]:
    """File hash, and whether the learner removed it, of each shipped bank."""
    rows = connection.execute("SELECT bank, file_hash, removed FROM banks WHERE shipped = 1")
    return {bank: (file_hash, bool(removed)) for bank, file_hash, removed in rows}
