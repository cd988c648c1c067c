"""Reading the record that every report reads, in one pass over the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from drill.core.change import Change
from drill.core.history import AttemptDetail, Attempts, BlockRecord
from drill.core.ranges import MAX_COUNT
from drill.core.vocabulary import BlockEnd, RetireReason, Status
from drill.storage import bounds, same_questions
from drill.storage.blocks import count_ended
from drill.storage.rows import named
from drill.storage.set_aside import read_reasons

_ENDED = "SELECT * FROM blocks WHERE block_end IS NOT NULL"
_BY_START = " ORDER BY started_at, block"
# Both tables are clustered by (block, position): the join walks them side by side.
_FORM_AND_ATTEMPTS = """
    FROM block_items f JOIN attempts a ON a.block = f.block AND a.position = f.position"""
_ATTEMPTS = f"""
    SELECT f.block, f.position, f.bank, f.item, f.words, a.status, a.censored, a.time_excluded_because,
           a.first, a.chosen, f."key", a.correct, a.response_time_ms, a.first_visit_ms, a.first_shown_ms,
           a.last_left_ms, a.visits, a.flagged, a.key_action, a.chosen_action, a.chosen_when, a.confidence
    {_FORM_AND_ATTEMPTS}"""
_DETAILS = f"""
    SELECT f.block, f.revision, f.item_hash, f.options, f.options_order, a.changes, a.struck
    {_FORM_AND_ATTEMPTS}"""
_IN_ORDER = " ORDER BY f.block, f.position"
_OF_BLOCK = " WHERE f.block = ? ORDER BY f.position"
_ITEMS = "SELECT bank, item, subject, system, task, next_best_step, retired, topic FROM items"
_MISS_REASONS = (
    "SELECT block, position, value FROM annotations WHERE kind = 'miss_reason' AND value IS NOT NULL"
)
_ITEMS_OF_BLOCKS = """SELECT i.bank, i.item, i.subject, i.system, i.task, i.next_best_step, i.retired, i.topic
    FROM block_items f CROSS JOIN items i ON i.bank = f.bank AND i.item = f.item WHERE f.block IN """
_SHOWN_OF_BLOCKS = """SELECT f.bank, f.item, r.seen
    FROM block_items f CROSS JOIN item_records r ON r.bank = f.bank AND r.item = f.item WHERE f.block IN """
Identity = tuple[str, str]
Place = tuple[str, int]
"""Block and position."""
Label = tuple[str | None, str | None, str | None, bool, bool, str | None]
"""Subject, system, task, next best step, whether the key is wrong, and topic."""
Known = list[Any]
"""A label, bank and item (so that all attempts hold the same texts), and how often it was shown so far."""
_STATUS = 5
"""The column of _ATTEMPTS that holds the status."""
_NO_ITEM: Label = (None, None, None, False, False, None)
_STATUSES = {status.value: status for status in Status}
_UNREACHED = Status.UNREACHED.value


def read_history(connection: sqlite3.Connection, *, detailed: bool = False) -> list[BlockRecord]:
    """Every ended block with its attempts, oldest first; labels as they stand now.

    `detailed`: with each attempt's `detail`, which only the history document needs.
    """
    bounds.check(connection, "blocks", "block_items", "attempts")
    labels = _labels(connection)
    reasons = _reasons(connection)
    details = _read_details(connection) if detailed else {}
    known = _known(labels, {}, labels)
    shared = same_questions.exposures(connection)
    aside = read_reasons(connection).keys()
    records = []
    for index, row in enumerate(named(connection, _ENDED + _BY_START), 1):
        block = row["block"]
        # A query each costs a tenth more time than one for all, and the rows of one are no memory.
        attempts = _attempts(_attempt_rows(connection, block), known, reasons, details.get(block))
        records.append(_block(index, row, _shared(block, attempts, shared), block in aside))
    return records


def read_recent(connection: sqlite3.Connection, count: int, *, labelled: bool = True) -> list[BlockRecord]:
    """The last `count` ended blocks, oldest first, as `read_history` has them, without reading the rest.

    `labelled`: with the labels of their questions; lists of blocks tell none.
    """
    total = count_ended(connection)
    limits = (count, max(total - count, 0))
    rows = named(connection, f"{_ENDED}{_BY_START} LIMIT ? OFFSET ?", limits).fetchall()
    blocks = [row["block"] for row in rows]
    tables = ("blocks", "block_items", "attempts")
    bounds.check(connection, *tables, where=f"block IN {_marks(blocks)}", values=blocks)
    read = [(row, _attempt_rows(connection, row["block"])) for row in rows]
    # From the latest block backwards: how often each of its items had been shown up to then.
    seen = connection.execute(_SHOWN_OF_BLOCKS + _marks(blocks), blocks)
    shown = {(bank, item): count for bank, item, count in seen}
    if not all(type(count) is int and 0 <= count <= MAX_COUNT for count in shown.values()):
        bounds.check(connection, "item_records")  # of all only then: it takes longer than the blocks
    build = _builder(connection, blocks, labelled=labelled)
    records = []
    for index, (row, attempts) in zip(range(total, 0, -1), reversed(read), strict=False):
        for attempt in attempts:
            if attempt[_STATUS] != _UNREACHED:
                shown[attempt[2], attempt[3]] -= 1
        records.append(build(index, row, attempts, shown))
    return records[::-1]


def read_presets(connection: sqlite3.Connection, blocks: Sequence[str]) -> dict[str, str]:
    """The presets that blocks began with, by block."""
    query = f"SELECT block, preset FROM blocks WHERE block IN {_marks(blocks)}"
    return dict(connection.execute(query, blocks))


def read_record(connection: sqlite3.Connection, block: str) -> BlockRecord | None:
    """One ended block as `read_history` has it; None when there is none."""
    bounds.check(connection, "blocks", where="block = ?", values=(block,))
    row = named(connection, f"{_ENDED} AND block = ?", (block,)).fetchone()
    if row is None:
        return None
    index = count_ended(connection, (row["started_at"], block))
    shown_before = {
        (bank, item): count
        for bank, item, count in connection.execute(
            """SELECT f.bank, f.item, count(*)
               FROM block_items mine JOIN blocks now ON now.block = mine.block
               JOIN block_items f ON f.bank = mine.bank AND f.item = mine.item
               JOIN blocks b ON b.block = f.block
               JOIN attempts a ON a.block = f.block AND a.position = f.position
               WHERE mine.block = ? AND a.status <> 'unreached' AND b.block_end IS NOT NULL
                 AND (b.started_at, b.block) < (now.started_at, now.block)
               GROUP BY f.bank, f.item""",
            (block,),
        )
    }
    return _builder(connection, [block])(index, row, _checked_rows(connection, block), shown_before)


def _checked_rows(connection: sqlite3.Connection, block: str) -> list[tuple[Any, ...]]:
    bounds.check(connection, "block_items", "attempts", where="block = ?", values=(block,))
    return _attempt_rows(connection, block)


def _attempt_rows(connection: sqlite3.Connection, block: str) -> list[tuple[Any, ...]]:
    return connection.execute(_ATTEMPTS + _OF_BLOCK, (block,)).fetchall()


Build = Callable[[int, sqlite3.Row, list[tuple[Any, ...]], Mapping[Identity, int]], BlockRecord]
"""From a block's number, its row, its attempts, and how often its items had been shown before."""


def _builder(connection: sqlite3.Connection, blocks: Sequence[str], *, labelled: bool = True) -> Build:
    """What makes records of these blocks; what is said of them is read once for all."""
    labels = _labels(connection, blocks) if labelled else {}
    reasons = _reasons(connection, blocks)
    shared = same_questions.exposures(connection, blocks)
    aside = read_reasons(connection).keys()

    def build(
        index: int, row: sqlite3.Row, attempts: list[tuple[Any, ...]], shown_before: Mapping[Identity, int]
    ) -> BlockRecord:
        block = row["block"]
        items = {(attempt[2], attempt[3]) for attempt in attempts}
        known = _known(labels, shown_before, items)
        return _block(index, row, _shared(block, _attempts(attempts, known, reasons), shared), block in aside)

    return build


def _marks(blocks: Sequence[str]) -> str:
    return f"({', '.join('?' * len(blocks))})"


def _reasons(connection: sqlite3.Connection, blocks: Sequence[str] | None = None) -> dict[Place, str]:
    """Why questions were missed, by block and position."""
    query = _MISS_REASONS if blocks is None else f"{_MISS_REASONS} AND block IN {_marks(blocks)}"
    rows = connection.execute(query, blocks or ())
    return {(block, position): value for block, position, value in rows}


def _shared(block: str, attempts: Attempts, exposures: Mapping[Place, int]) -> Attempts:
    """The attempts with the exposures of questions that stand in more than one place counted together."""
    if not exposures:
        return attempts
    own = zip(attempts.position, attempts.exposure, strict=True)
    together = [exposures.get((block, position), exposure) for position, exposure in own]
    return attempts.with_column("exposure", together)


def _labels(connection: sqlite3.Connection, blocks: Sequence[str] | None = None) -> dict[Identity, Label]:
    """Subject, system, task, next best step, "its key is wrong", topic of every item, or of these blocks'.

    The learner's corrections are applied.
    """
    query = _ITEMS if blocks is None else _ITEMS_OF_BLOCKS + _marks(blocks)
    rows = connection.execute(query, blocks or ())
    labels = {
        (bank, item): (subject, system, task, bool(nbs), retired == RetireReason.WRONG_KEY, topic)
        for bank, item, subject, system, task, nbs, retired, topic in rows
    }
    corrections = connection.execute(
        "SELECT bank, item, value FROM annotations WHERE kind = 'next_best_step' AND value IS NOT NULL"
    )
    for bank, item, value in corrections:
        if (bank, item) in labels:
            subject, system, task, _, wrong_key, topic = labels[bank, item]
            labels[bank, item] = (subject, system, task, value == "1", wrong_key, topic)
    return labels


def _known(
    labels: Mapping[Identity, Label], shown_before: Mapping[Identity, int], items: Collection[Identity]
) -> dict[Identity, Known]:
    return {item: [*labels.get(item, _NO_ITEM), *item, shown_before.get(item, 0)] for item in items}


def _read_details(connection: sqlite3.Connection) -> dict[str, list[AttemptDetail]]:
    """By block, the details of its attempts in the order shown."""
    details: dict[str, list[AttemptDetail]] = {}
    for block, revision, item_hash, options, order, changes, struck in connection.execute(
        _DETAILS + _IN_ORDER
    ):
        changed = () if changes == "[]" else tuple(Change(*change) for change in json.loads(changes))
        detail = AttemptDetail(revision, item_hash, options, order, changed, struck)
        details.setdefault(block, []).append(detail)
    return details


def _attempts(
    rows: Sequence[tuple[Any, ...]],
    known: dict[Identity, Known],
    reasons: dict[Place, str],
    details: Sequence[AttemptDetail] | None = None,
) -> Attempts:
    """A block's attempts, column by column: a long history has a hundred thousand of them.

    `known` counts the showings of each item as it goes.
    """
    if not rows:
        return Attempts.of(())
    (
        blocks, position, of_bank, of_item, words, status, censored, time_excluded_because, first, chosen,
        key, correct, response_time_ms, first_visit_ms, first_shown_ms, last_left_ms, visits, flagged,
        key_action, chosen_action, chosen_when, confidence,
    ) = zip(*rows, strict=True)  # fmt: skip
    labels = []
    exposure: list[int | None] = []
    for identity, word in zip(zip(of_bank, of_item, strict=True), status, strict=True):
        label = known.get(identity)
        if label is None:
            label = known[identity] = [*_NO_ITEM, *identity, 0]
        labels.append(label)
        if word != _UNREACHED:
            label[8] += 1
        exposure.append(None if word == _UNREACHED else label[8])
    subject, system, task, next_best_step, wrong_key, topic, bank, item, _ = zip(*labels, strict=True)
    nothing = (None,) * len(rows)
    miss_reason = [reasons.get(place) for place in zip(blocks, position, strict=True)] if reasons else nothing
    return Attempts(
        (
            position, bank, item, subject, system, task, words, next_best_step, exposure,
            [_STATUSES[word] for word in status], _flags(censored), time_excluded_because, first, chosen,
            key, _flags(correct), response_time_ms, first_visit_ms, first_shown_ms, last_left_ms, visits,
            _flags(flagged), key_action, chosen_action, chosen_when, miss_reason, wrong_key, topic,
            confidence, details or nothing,
        )
    )  # fmt: skip


def _flags(column: Sequence[int]) -> list[bool]:
    return [value == 1 for value in column]


def _block(index: int, row: sqlite3.Row, attempts: Attempts, set_aside: bool) -> BlockRecord:
    return BlockRecord(
        block=row["block"],
        block_index=index,
        mode=row["mode"],
        pool=row["pool"],
        filters=tuple(json.loads(row["filters"])),
        commit_first=row["commit_first"] == 1,
        retest=row["retest"] == 1,
        target_ms=row["target_ms"],
        limit_ms=row["limit_ms"],
        block_active_ms=row["block_active_ms"],
        list_ms=row["list_ms"],
        feedback_ms=row["feedback_ms"],
        block_end=BlockEnd(row["block_end"]),
        away_ms=row["away_ms"],
        started_at=row["started_at"],
        utc_offset_minutes=row["utc_offset_minutes"],
        study_day=row["study_day"],
        attempts=attempts,
        set_aside=set_aside,
    )
