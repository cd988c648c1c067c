"""The whole history as JSON Lines, lossless: what `drill.storage.merge` reads back."""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from drill import __version__
from drill.core.events import VERSION, Ended, Started, to_payload
from drill.core.figures.figure import figure_to_data
from drill.core.items import Item
from drill.storage.banks import BANK_FIELDS, read_item
from drill.storage.blocks import read_events, read_plan
from drill.storage.digest import log_digest
from drill.storage.history_lines import FORMAT
from drill.storage.media import read_media
from drill.storage.road_lines import road_lines
from drill.storage.rows import named
from drill.storage.set_aside import read_words
from drill.storage.store import Store


def export_history(store: Store, exported_at: str) -> Iterator[str]:
    """The history's lines, each with its line feed, as of one instant.

    Ended blocks with form and log, each item text they show (and the item's newest, which carries its
    labels), the banks' titles, and every annotation. `exported_at` is ISO 8601. Raises StorageError.
    """
    with store.snapshot() as connection:
        open_blocks = _one(connection, "SELECT count(*) FROM blocks WHERE block_end IS NULL")
        yield from document(_lines(connection), exported_at, open_blocks)


def document(lines: Iterable[dict[str, Any]], exported_at: str, open_blocks: int = 0) -> Iterator[str]:
    """Lines between the header and a last one that counts them."""
    yield _line({"drill_export": FORMAT, "drill_version": __version__, "exported_at": exported_at})
    count = 0
    for values in lines:
        count += 1
        yield _line(values)
    yield _line({"kind": "end", "lines": count, "open_blocks": open_blocks})


def block_lines(
    connection: sqlite3.Connection, blocks: Sequence[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Ended blocks, all or these, behind the banks, pictures and texts they show."""
    chosen = None if blocks is None else json.dumps(blocks)
    yield from _banks(connection, chosen)
    yield from _media(connection, chosen)
    yield from _texts(connection, chosen)
    yield from _blocks(connection, chosen)


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _one(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])


def _lines(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    yield from block_lines(connection)
    yield from _annotations(connection)
    yield from _set_aside(connection)
    yield from road_lines(connection)


_CHOSEN = "b.block_end IS NOT NULL AND (:chosen IS NULL OR b.block IN (SELECT value FROM json_each(:chosen)))"
_SHOWN = f"""(SELECT DISTINCT f.bank, f.item, f.revision FROM block_items f JOIN blocks b USING (block)
             WHERE {_CHOSEN})"""


def _banks(connection: sqlite3.Connection, chosen: str | None) -> Iterator[dict[str, Any]]:
    rows = named(
        connection,
        f"""SELECT bank, {", ".join(BANK_FIELDS)} FROM banks
            WHERE bank IN (SELECT bank FROM {_SHOWN}) ORDER BY bank""",
        {"chosen": chosen},
    ).fetchall()
    for row in rows:
        yield {"kind": "bank", **row}


def _media(connection: sqlite3.Connection, chosen: str | None) -> Iterator[dict[str, Any]]:
    """Picture files of the texts that follow."""
    rows = connection.execute(
        f"""SELECT DISTINCT f.media FROM figures f JOIN items i USING (bank, item)
            WHERE f.media IS NOT NULL AND ((f.bank, f.item, f.revision) IN {_SHOWN}
                OR (f.revision = i.revision AND (f.bank, f.item) IN (SELECT bank, item FROM {_SHOWN})))
            ORDER BY f.media""",
        {"chosen": chosen},
    ).fetchall()
    yield from media_lines(connection, (sha256 for (sha256,) in rows))


def media_lines(connection: sqlite3.Connection, pictures: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Picture files by their hashes, those that are there."""
    for sha256 in pictures:
        media = read_media(connection, sha256)
        if media is not None:
            yield {"kind": "media", "sha256": sha256, "data": base64.b64encode(media.data).decode("ascii")}


def _texts(connection: sqlite3.Connection, chosen: str | None) -> Iterator[dict[str, Any]]:
    rows = connection.execute(
        f"""SELECT r.bank, r.item, r.revision FROM item_revisions r JOIN items i USING (bank, item)
            WHERE (r.bank, r.item, r.revision) IN {_SHOWN}
               OR (r.revision = i.revision AND (r.bank, r.item) IN (SELECT bank, item FROM {_SHOWN}))
            ORDER BY r.bank, r.item, r.revision""",
        {"chosen": chosen},
    ).fetchall()
    yield from text_lines(connection, rows)


def text_lines(
    connection: sqlite3.Connection, texts: Iterable[tuple[str, str, int]]
) -> Iterator[dict[str, Any]]:
    """Texts of items, given by bank, id and revision; an item's newest with its labels."""
    for bank, item, revision in texts:
        read = read_item(connection, bank, item, revision)
        created_at, latest, labelled_ms = connection.execute(
            """SELECT r.created_at, r.revision = i.revision, i.labelled_ms
               FROM item_revisions r JOIN items i USING (bank, item)
               WHERE r.bank = ? AND r.item = ? AND r.revision = ?""",
            (bank, item, revision),
        ).fetchone()
        yield {
            "kind": "item", "bank": bank, "item": item, "revision": revision, "item_hash": read.item_hash,
            "created_at": created_at, "stem": read.stem, "lead_in": read.lead_in,
            "options": [
                {"letter": letter, "text": o.text, "why": o.why, "action": o.action, "when": o.when}
                for letter, o in zip(read.letters, read.options, strict=True)
            ],
            "answer": read.answer, "explanation": read.explanation, "objective": read.objective,
            **({"figures": [figure_to_data(each) for each in read.figures]} if read.figures else {}),
            "labels": _labels(read) if latest else None,
            **({"labelled_ms": labelled_ms} if latest else {}),
        }  # fmt: skip


def _labels(item: Item) -> dict[str, Any]:
    return {
        "subject": item.subject,
        "system": item.system,
        "task": item.task,
        "topic": item.topic,
        "difficulty": item.difficulty,
        "next_best_step": item.next_best_step,
        "tags": item.tags,
        "references": item.references,
        "set": item.set,
        **({"group": item.group} if item.group else {}),
        **({"formerly": item.formerly} if item.formerly else {}),
    }


def _blocks(connection: sqlite3.Connection, chosen: str | None) -> Iterator[dict[str, Any]]:
    ended = connection.execute(
        f"SELECT b.block FROM blocks b WHERE {_CHOSEN} ORDER BY b.started_at, b.block", {"chosen": chosen}
    ).fetchall()
    for (block,) in ended:
        plan, keys = read_plan(connection, block)
        log = read_events(connection, block)
        started, last = log[0], log[-1]
        assert isinstance(started, Started)
        assert isinstance(last, Ended)
        wall = started.wall
        yield {
            "kind": "block", "block": block, "preset": plan.preset, "mode": plan.mode, "pool": plan.pool,
            "filters": plan.filters, "commit_first": plan.commit_first, "retest": plan.retest,
            "seed": plan.seed, "target_ms": plan.target_ms, "limit_ms": plan.limit_ms,
            "started_at": wall.iso, "utc_offset_minutes": wall.offset_minutes, "study_day": wall.study_day,
            "form": [
                {
                    "bank": item.bank, "item": item.item, "revision": item.revision,
                    "item_hash": item.item_hash, "words": item.words, "order": item.order,
                    "set": item.set_number, "key": key.letter, "actions": key.actions, "whens": key.whens,
                }
                for item, key in zip(plan.form, keys, strict=True)
            ],
            "events": [[event.at_ms, event.kind, VERSION, to_payload(event)] for event in log],
            "log_digest": log_digest(connection, block),
        }  # fmt: skip


def _set_aside(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    for said in read_words(connection):
        yield {"kind": "set_aside", **asdict(said)}


def _annotations(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    rows = named(
        connection,
        """SELECT kind AS annotation, block, position, bank, item, value, made_at_ms FROM annotations
           WHERE block NOT IN (SELECT block FROM blocks WHERE block_end IS NULL)
           ORDER BY kind, block, position, bank, item""",
    ).fetchall()
    for row in rows:
        yield {"kind": "annotation", **row}
