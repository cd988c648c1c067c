"""What of this database stands in a synced folder, and what has still to be written there.

A unit is a fact that never changes: an ended block, a word of the learner, a state of a bank. Its text is the
same on every machine. Which units each file holds is noted when it is written or read, so what is missing in
a folder follows from the files that lie there: a new folder, one put back from a copy and a database put back
from a copy all come out right.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from drill.core.frozen import dataclass
from drill.core.vocabulary import AnnotationKind
from drill.storage.annotations import Annotation
from drill.storage.banks import BANK_FIELDS, read_item
from drill.storage.export import block_lines, media_lines, text_lines
from drill.storage.media import pictures_of
from drill.storage.road_lines import road_lines
from drill.storage.rows import insert, named
from drill.storage.set_aside import SetAside
from drill.storage.set_aside import read_words as read_aside
from drill.storage.settings import LEARNERS
from drill.storage.sync_lines import BankState, bank_states

BLOCKS_A_SEGMENT = 100
"""So that no transaction of a merge is long."""


def block_unit(block: str) -> str:
    """An ended block."""
    return f"block {block}"


def word_unit(said: Annotation) -> str:
    """A word of the learner."""
    return _unit("word", *said.subject, said.value, said.made_at_ms)


def road_unit(kind: str, name: str, value: str | None, made_at_ms: int) -> str:
    """A row of the road; `value` is JSON with sorted keys."""
    return _unit("road", kind, name, value, made_at_ms)


def setting_unit(name: str, value: str, made_at_ms: int) -> str:
    """A setting as it was chosen."""
    return _unit("setting", name, value, made_at_ms)


def bank_unit(bank: str, state: BankState) -> str:
    """A state of a bank."""
    return _unit("bank", bank, *state.age)


def set_aside_unit(said: SetAside) -> str:
    """A word on a whole block."""
    return _unit("aside", said.block, said.made_at_ms, said.set_aside, said.reason)


def text_unit(bank: str, item: str, age: tuple[int, str, str, str]) -> str:
    """What is known of an item that no bank in use has."""
    return _unit("text", bank, item, *age)


def _unit(kind: str, *parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return f"{kind} {hashlib.sha256(text.encode()).hexdigest()[:24]}"


@dataclass(frozen=True, slots=True)
class Segment:
    """What one file of a folder will hold."""

    lines: Iterable[dict[str, Any]]
    units: frozenset[str]
    blocks: int = 0
    bank: str | None = None


def known_segments(connection: sqlite3.Connection) -> dict[str, int]:
    """Files that were written or read here, by their digests, with their sizes."""
    return dict(connection.execute("SELECT segment, bytes FROM sync_segments"))


def note_segment(connection: sqlite3.Connection, segment: str, size: int, units: Collection[str]) -> None:
    """Note what a file holds, in the transaction that merged it."""
    again = "ON CONFLICT DO NOTHING"  # one that was damaged in the folder may be written anew
    insert(connection, "sync_segments", [{"segment": segment, "bytes": size}], then=again)
    insert(connection, "sync_units", ({"segment": segment, "unit": unit} for unit in units), then=again)


def unwritten(connection: sqlite3.Connection, present: Iterable[str]) -> Iterator[Segment]:
    """What none of these files holds, in portions; nothing may be written before the last is made."""
    there = {
        unit
        for (unit,) in connection.execute(
            "SELECT DISTINCT unit FROM sync_units WHERE segment IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(present)),),
        )
    }
    ended = connection.execute(
        "SELECT block FROM blocks WHERE block_end IS NOT NULL ORDER BY started_at, block"
    ).fetchall()
    blocks = [block for (block,) in ended if block_unit(block) not in there]
    for first in range(0, len(blocks), BLOCKS_A_SEGMENT):
        chosen = blocks[first : first + BLOCKS_A_SEGMENT]
        units = frozenset(map(block_unit, chosen))
        yield Segment(block_lines(connection, chosen), units, blocks=len(chosen))
    rows = {unit: row for unit, row in _rows(connection) if unit not in there}
    if rows:
        yield Segment(rows.values(), frozenset(rows))
    gone = {unit: name for unit, name in _gone(connection) if unit not in there}
    if gone:
        yield Segment(_gone_lines(connection, gone.values()), frozenset(gone))
    for bank, state in bank_states(connection).items():
        unit = bank_unit(bank, state)
        if unit not in there:
            yield Segment(_bank_lines(connection, bank, state), frozenset([unit]), bank=bank)


def _rows(connection: sqlite3.Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Words, the road and the learner's settings: each one line."""
    words = named(
        connection,
        """SELECT kind, block, position, bank, item, value, made_at_ms, replaces_ms FROM annotation_words
           WHERE block NOT IN (SELECT block FROM blocks WHERE block_end IS NULL) ORDER BY rowid""",
    ).fetchall()
    for row in words:
        values = dict(row)
        kind, replaces_ms = values.pop("kind"), values.pop("replaces_ms")
        unit = word_unit(Annotation(AnnotationKind(kind), **values))
        yield unit, {"kind": "annotation", "annotation": kind, **values, "replaces_ms": replaces_ms}
    for said in read_aside(connection):
        yield set_aside_unit(said), {"kind": "set_aside", **asdict(said)}
    for line in road_lines(connection):
        value = line["value"]
        text = None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
        yield road_unit(line["road"], line["id"], text, line["made_at_ms"]), line
    chosen = named(connection, "SELECT name, value, made_at_ms FROM settings ORDER BY name").fetchall()
    for row in chosen:
        if row["name"] in LEARNERS:
            yield setting_unit(*row), {"kind": "setting", **row}


_Text = tuple[str, str, int]
"""Bank, id and revision."""


def _gone(connection: sqlite3.Connection) -> Iterator[tuple[str, _Text]]:
    """Items that blocks showed and that no bank in use has."""
    rows = connection.execute(
        """SELECT i.bank, i.item, i.revision, i.labelled_ms, r.created_at, i.item_hash, i.meta_hash
           FROM items i JOIN item_revisions r USING (bank, item, revision) JOIN banks b USING (bank)
           WHERE (i.missing = 1 OR b.removed = 1) AND EXISTS (
               SELECT 1 FROM block_items f JOIN blocks USING (block)
               WHERE f.bank = i.bank AND f.item = i.item AND block_end IS NOT NULL)
           ORDER BY i.bank, i.item"""
    ).fetchall()
    for bank, item, revision, *age in rows:
        yield text_unit(bank, item, tuple(age)), (bank, item, revision)


def _gone_lines(connection: sqlite3.Connection, texts: Collection[_Text]) -> Iterator[dict[str, Any]]:
    for bank in dict.fromkeys(bank for bank, _, _ in texts):
        yield _bank_line(connection, bank)
    yield from _text_lines(connection, texts)


def _text_lines(connection: sqlite3.Connection, texts: Collection[_Text]) -> Iterator[dict[str, Any]]:
    """Texts behind their pictures."""
    shown = (read_item(connection, *text) for text in texts)
    yield from media_lines(connection, pictures_of(shown))
    yield from text_lines(connection, texts)


def _bank_line(connection: sqlite3.Connection, bank: str) -> dict[str, Any]:
    about = named(connection, f"SELECT {', '.join(BANK_FIELDS)} FROM banks WHERE bank = ?", (bank,))
    return {"kind": "bank", "bank": bank, **about.fetchone()}


def _bank_lines(connection: sqlite3.Connection, bank: str, state: BankState) -> Iterator[dict[str, Any]]:
    """A bank as it is drawn from, with its pictures; one that was removed by its name alone."""
    yield _bank_line(connection, bank)
    imported_at = connection.execute("SELECT imported_at FROM banks WHERE bank = ?", (bank,)).fetchone()[0]
    items: list[str] = []
    if not state.removed:
        texts = connection.execute(
            "SELECT bank, item, revision FROM items WHERE bank = ? AND missing = 0 ORDER BY ordinal, item",
            (bank,),
        ).fetchall()
        items = [item for _, item, _ in texts]
        yield from _text_lines(connection, texts)
    yield {
        "kind": "bank_state", "bank": bank, "removed": state.removed, "items": items,
        "imported_at": imported_at, "changed_at_ms": state.changed_at_ms, "digest": state.digest,
    }  # fmt: skip
