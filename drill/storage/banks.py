"""Banks and items as they are stored: lists for a person, and items read back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from drill.core.clock import later
from drill.core.items import Action, Bank, Difficulty, Item, Option, When
from drill.errors import BankError
from drill.storage import bounds, former_ids, media
from drill.storage.rows import named
from drill.storage.store import Store

if TYPE_CHECKING:
    from drill.core.figures.pictures import Media


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


BANK_FIELDS = ("title", "author", "description", "license", "source", "url")
"""What its author says of a bank: fields of `Bank` and columns of `banks`."""
CORRECTED = """coalesce((SELECT CAST(a.value AS INTEGER) FROM annotations a
    WHERE a.kind = 'next_best_step' AND a.block = '' AND a.position = 0 AND a.bank = i.bank
      AND a.item = i.item), i.next_best_step)"""


def list_banks(connection: sqlite3.Connection) -> list[BankRow]:
    """Banks that were not removed, by id."""
    bounds.check(connection, "items", "annotations")
    rows = named(
        connection,
        f"""SELECT b.bank, b.title, b.author, b.license, b.shipped, count(i.item) AS items,
                   coalesce(sum({CORRECTED}), 0) AS next_best_step,
                   coalesce(sum(i.missing = 1 OR i.retired IS NOT NULL), 0) AS retired, b.imported_at
            FROM banks b LEFT JOIN items i USING (bank)
            WHERE b.removed = 0 GROUP BY b.bank ORDER BY b.bank""",
    )
    return [BankRow(**{**row, "shipped": row["shipped"] == 1}) for row in rows]


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
    bounds.check(connection, "items")
    wanted = list(banks) or bank_ids(connection)
    rows = named(
        connection,
        f"""SELECT i.bank, i.item, i.subject, i.system, i.task, i.words, i.option_count AS options,
                   coalesce(CAST(a.value AS INTEGER), i.next_best_step) AS next_best_step,
                   iif(a.value IS NULL, i.next_best_step_rule, 'learner') AS decided_by, i.absent_figure,
                   coalesce(i.retired, iif(i.missing, 'missing', NULL)) AS retired
            FROM items i LEFT JOIN annotations a ON a.kind = 'next_best_step' AND a.block = ''
                 AND a.position = 0 AND a.bank = i.bank AND a.item = i.item
            WHERE i.bank IN ({", ".join("?" * len(wanted))}) ORDER BY i.bank, i.ordinal""",
        wanted,
    )
    return [
        ItemRow(
            **{
                **row,
                "next_best_step": row["next_best_step"] == 1,
                "absent_figure": row["absent_figure"] == 1,
            }
        )
        for row in rows
    ]


def read_item(connection: sqlite3.Connection, bank: str, item: str, revision: int | None = None) -> Item:
    """An item as of a revision, the latest when None. Raises BankError when there is none."""
    row = named(
        connection,
        """SELECT i.*, r.stem, r.lead_in, r.answer, r.explanation, r.objective, r.revision AS shown
           FROM items i JOIN item_revisions r USING (bank, item)
           WHERE i.bank = ? AND i.item = ? AND r.revision = coalesce(?, i.revision)""",
        (bank, item, revision),
    ).fetchone()
    if row is None:
        raise BankError(f"There is no question {item!r} in bank {bank!r}.")
    options = connection.execute(
        """SELECT text, why, action, "when" FROM options WHERE bank = ? AND item = ? AND revision = ?
           ORDER BY letter""",
        (bank, item, row["shown"]),
    )
    figures = media.read_figures(connection, bank, item, row["shown"])
    tags = connection.execute(
        "SELECT tag FROM tags WHERE bank = ? AND item = ? ORDER BY ordinal", (bank, item)
    )
    references = connection.execute(
        "SELECT reference FROM item_references WHERE bank = ? AND item = ? ORDER BY ordinal", (bank, item)
    )
    return Item(
        id=item,
        stem=row["stem"],
        lead_in=row["lead_in"],
        options=tuple(
            Option(body, why, Action(action) if action else None, When(when) if when else None)
            for body, why, action, when in options
        ),
        answer=row["answer"],
        explanation=row["explanation"],
        objective=row["objective"],
        next_best_step=None if row["author_next_best_step"] is None else row["author_next_best_step"] == 1,
        task=row["task"] if row["author_task"] else None,
        subject=row["subject"],
        system=row["system"],
        topic=row["topic"],
        difficulty=Difficulty(row["difficulty"]) if row["difficulty"] else None,
        set=row["set_name"],
        group=row["group_name"],
        formerly=former_ids.read(connection, bank, item),
        tags=tuple(tag for (tag,) in tags),
        references=tuple(reference for (reference,) in references),
        figures=figures,
    )


def stored_bank(connection: sqlite3.Connection, bank: str) -> Bank:
    """A whole bank at its latest revisions with its pictures, missing items left out. Raises BankError."""
    check_banks(connection, [bank])
    about = named(connection, f"SELECT {', '.join(BANK_FIELDS)} FROM banks WHERE bank = ?", (bank,))
    ids = connection.execute(
        "SELECT item FROM items WHERE bank = ? AND missing = 0 ORDER BY ordinal", (bank,)
    ).fetchall()
    items = tuple(read_item(connection, bank, item) for (item,) in ids)
    return Bank(id=bank, **about.fetchone(), items=items, media=_media(connection, items))


def _media(connection: sqlite3.Connection, items: tuple[Item, ...]) -> tuple[Media, ...]:
    found = []
    for sha256 in media.pictures_of(items):
        picture = media.read_media(connection, sha256)
        if picture is None:
            raise BankError("A picture of this bank is missing from the database. Import the bank again.")
        found.append(picture)
    return tuple(found)


def remove_bank(store: Store, bank: str, changed_at_ms: int) -> None:
    """Hide a bank and its items from drawing; its history stays, with the pictures that were shown.

    A shipped bank stays away. `changed_at_ms`: now, UTC.
    """
    check_banks(store.connection, [bank])
    with store.transaction() as connection:
        changed = later(changed_at_ms, changed_ms(connection, bank))
        connection.execute("UPDATE banks SET removed = 1, changed_at_ms = ? WHERE bank = ?", (changed, bank))
        media.free(connection)


def changed_ms(connection: sqlite3.Connection, bank: str) -> int:
    """When the learner last imported or removed a bank, UTC ms; 0: never."""
    row = connection.execute("SELECT changed_at_ms FROM banks WHERE bank = ?", (bank,)).fetchone()
    return 0 if row is None else int(row[0])


def labelled_ms(connection: sqlite3.Connection, bank: str) -> int:
    """As of which change of a bank, made here or elsewhere, its newest labels are; 0: it is not known."""
    row = connection.execute("SELECT max(labelled_ms) FROM items WHERE bank = ?", (bank,)).fetchone()
    return row[0] or 0
