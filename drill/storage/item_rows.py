"""The rows of a question: its texts, its options, its labels, and what is worked out of them."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from drill.core.items import LETTERS, Item
from drill.storage import former_ids, media
from drill.storage.derived import Derived, derive
from drill.storage.rows import insert_many

_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def meta_hash(item: Item) -> str:
    """Fingerprint of what is read at report time, and so makes no new revision."""
    return _fingerprint(
        item.next_best_step, item.task, item.subject, item.system, item.topic, item.difficulty,
        item.tags, item.references, item.set,
        *((item.group,) if item.group else ()),
    )  # fmt: skip


@lru_cache(maxsize=256)  # the questions of a bank share few sets of labels
def _fingerprint(*meta: object) -> str:
    return hashlib.sha256(_compact(meta).encode()).hexdigest()


class Text(NamedTuple):
    """An item's text as it is written."""

    bank: str
    item: Item
    revision: int
    item_hash: str
    created_at: str


_item_id = attrgetter("item.id")
_OF_A_TEXT = ("bank", "item", "revision")
_TEXT = ("item_hash", "stem", "lead_in", "answer", "explanation", "objective", "created_at")


def write_texts(connection: sqlite3.Connection, texts: Sequence[Text]) -> None:
    """Write new revisions with their options and figures."""
    insert_many(
        connection,
        "item_revisions",
        (*_OF_A_TEXT, *_TEXT),
        (
            (
                text.bank, item.id, text.revision, text.item_hash, item.stem, item.lead_in, item.answer,
                item.explanation, item.objective, text.created_at,
            )
            for text in texts
            for item in (text.item,)
        ),
    )  # fmt: skip
    insert_many(
        connection, "options", (*_OF_A_TEXT, "letter", "text", "why", "action", "when"), _option_rows(texts)
    )
    figured = [text for text in texts if text.item.figures]
    names = ({"bank": text.bank, "item": text.item.id, "revision": text.revision} for text in figured)
    media.write_figures(connection, zip(names, (text.item.figures for text in figured), strict=True))


def _option_rows(texts: Iterable[Text]) -> Iterator[tuple[object, ...]]:
    """In the order of their key, whose places SQLite then need not look for; enums as plain texts, for which
    Python need not look for an adapter."""
    for bank, item, revision, *_ in sorted(texts, key=_item_id):
        for letter, option in zip(LETTERS, item.options, strict=False):
            action, when = option.action, option.when
            yield (
                bank, item.id, revision, letter, option.text, option.why,
                action and str(action), when and str(when),
            )  # fmt: skip


def write_labels(
    connection: sqlite3.Connection, bank: str, items: Sequence[Item], known: Iterable[Item] = ()
) -> None:
    """Write tags, references and former ids of items; those that `known` ones had so far go."""
    former_ids.write(connection, bank, items)
    names = [(bank, item.id) for item in known]
    for table, column, texts_of in (
        ("tags", "tag", attrgetter("tags")),
        ("item_references", "reference", attrgetter("references")),
    ):
        connection.executemany(f"DELETE FROM {table} WHERE bank = ? AND item = ?", names)
        rows = ((bank, item.id, number, text) for item in items for number, text in enumerate(texts_of(item)))
        insert_many(connection, table, ("bank", "item", "ordinal", column), rows)


ITEM_COLUMNS = (
    "revision", "item_hash", "meta_hash", "subject", "system", "topic", "difficulty", "set_name",
    "group_name", "author_next_best_step", "author_task", *Derived._fields,
)  # fmt: skip
"""Columns of `items` that follow from an item's newest text and its labels."""


def item_values(
    item: Item, revision: int, item_hash: str, meta: str, identity: str | None = None
) -> tuple[object, ...]:
    """The values of ITEM_COLUMNS."""
    return (
        revision, item_hash, meta, item.subject, item.system, item.topic,
        item.difficulty and str(item.difficulty), item.set, item.group,
        None if item.next_best_step is None else int(item.next_best_step), int(item.task is not None),
        *derive(item, identity),
    )  # fmt: skip
