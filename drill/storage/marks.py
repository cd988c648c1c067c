"""What a learner left on questions: notes, flags, highlights, and misses, over all ended blocks."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict

from drill.core.vocabulary import Mark

Identity = tuple[str, str]
"""(bank, item)"""
_ITEM = """FROM block_events e JOIN blocks b USING (block)
    JOIN block_items f ON f.block = e.block AND f.position = json_extract(e.payload, '$.position')"""
_ATTEMPT = """SELECT DISTINCT f.bank, f.item FROM attempts a JOIN block_items f USING (block, position)
    JOIN blocks b USING (block) WHERE b.block_end IS NOT NULL AND """


def marked_items(connection: sqlite3.Connection, mark: Mark) -> frozenset[Identity]:
    """The questions that bear a mark; `Mark.ANY`: one of them."""
    match mark:
        case Mark.NOTE:
            return frozenset(read_notes(connection))
        case Mark.FLAG:
            return frozenset(connection.execute(f"{_ATTEMPT} a.flagged = 1"))
        case Mark.MISS:
            missed = f"{_ATTEMPT} a.correct = 0 AND a.status <> 'unreached'"
            return frozenset(connection.execute(missed))
        case Mark.HIGHLIGHT:
            return _highlighted(connection)
        case Mark.ANY:
            every = (marked_items(connection, each) for each in Mark if each is not Mark.ANY)
            return frozenset().union(*every)


def read_notes(connection: sqlite3.Connection) -> dict[Identity, str]:
    """The notes on each question: those made in ended blocks, oldest first, then the one made outside."""
    last: dict[tuple[str, int], tuple[Identity, str]] = {}
    rows = connection.execute(
        f"""SELECT e.block, f.position, f.bank, f.item, json_extract(e.payload, '$.text') {_ITEM}
            WHERE e.kind = 'noted' AND b.block_end IS NOT NULL ORDER BY b.started_at, e.block, e.seq"""
    )
    for block, position, bank, item, text in rows:
        last[block, position] = (bank, item), text.strip()
    notes: dict[Identity, list[str]] = defaultdict(list)
    for about, text in last.values():
        notes[about].append(text)
    for bank, item, text in connection.execute(
        """SELECT bank, item, value FROM annotations
           WHERE kind = 'note' AND block = '' AND position = 0 AND value IS NOT NULL"""
    ):
        notes[bank, item].append(text.strip())
    joined = {about: "\n".join(filter(None, texts)) for about, texts in notes.items()}
    return {about: text for about, text in joined.items() if text}


def _highlighted(connection: sqlite3.Connection) -> frozenset[Identity]:
    """What still has a passage marked: marks are taken away by further events."""
    from drill.core.block import marked_ranges  # no other command of the banks needs the rules of a block

    marks: dict[tuple[str, int], tuple[tuple[int, int], ...]] = {}
    items: dict[tuple[str, int], Identity] = {}
    rows = connection.execute(
        f"""SELECT e.block, f.position, f.bank, f.item, e.payload {_ITEM}
            WHERE e.kind = 'highlighted' AND b.block_end IS NOT NULL ORDER BY e.block, e.seq"""
    )
    for block, position, bank, item, payload in rows:
        event = json.loads(payload)
        at = block, position
        marks[at] = marked_ranges(marks.get(at, ()), event["start"], event["end"], event["on"])
        items[at] = bank, item
    return frozenset(items[at] for at, ranges in marks.items() if ranges)
