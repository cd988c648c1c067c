"""Blocks: the form, the append-only log, the attempts written with it, and reading an open one back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drill.core.attempts import Attempt
from drill.core.clock import wall_from_iso
from drill.core.events import VERSION, Ended, Event, Started, from_payload, to_payload
from drill.core.forms import FormItem
from drill.core.state import BlockConfig, BlockState, Mode
from drill.errors import OpenBlockExists, StorageError
from drill.storage import item_records
from drill.storage.store import Store


@dataclass(frozen=True, slots=True)
class BlockPlan:
    """A block before it starts: everything that is fixed then."""

    block: str
    """UUID."""
    preset: str
    mode: Mode
    pool: str
    filters: tuple[str, ...]
    seed: int
    limit_ms: int | None
    form: tuple[FormItem, ...]
    option_counts: tuple[int, ...]
    commit_first: bool = False
    retest: bool = False
    target_ms: int | None = None

    @property
    def config(self) -> BlockConfig:
        """What the state machine needs to know."""
        numbers = tuple(item.set_number for item in self.form)
        sets = numbers if any(number is not None for number in numbers) else ()
        return BlockConfig(self.mode, self.limit_ms, self.option_counts, sets, self.commit_first)


@dataclass(frozen=True, slots=True)
class Key:
    """How an administered item is marked; letters as shown."""

    letter: str
    actions: dict[str, str]
    whens: dict[str, str]


@dataclass(frozen=True, slots=True)
class SavedBlock:
    """A block as stored: its plan, its keys and its log."""

    plan: BlockPlan
    keys: tuple[Key, ...]
    events: tuple[Event, ...]
    last_at_ms: int
    """Active ms up to which time is known to have run."""
    last_wall_ms: int
    """When that was, UTC ms."""


def read_keys(connection: sqlite3.Connection, form: Sequence[FormItem]) -> tuple[Key, ...]:
    """Key, actions and whens of each item of a form, under the letters shown."""
    keys = []
    for item in form:
        where = (item.bank, item.item, item.revision)
        answer = connection.execute(
            "SELECT answer FROM item_revisions WHERE bank = ? AND item = ? AND revision = ?", where
        ).fetchone()[0]
        options = connection.execute(
            'SELECT letter, action, "when" FROM options WHERE bank = ? AND item = ? AND revision = ?', where
        ).fetchall()
        actions = {item.shown(letter): action for letter, action, _ in options if action}
        whens = {item.shown(letter): when for letter, _, when in options if when}
        keys.append(Key(item.shown(answer), actions, whens))
    return tuple(keys)


def begin(
    store: Store, plan: BlockPlan, keys: Sequence[Key], events: Sequence[Event], attempts: Iterable[Attempt]
) -> None:
    """Write a new block with its first events. Raises OpenBlockExists when one is open already."""
    started = events[0]
    if not isinstance(started, Started):
        raise ValueError("a log begins with Started")
    with store.transaction() as connection:
        if open_block_id(connection) is not None:
            raise OpenBlockExists("A block is still open. Resume it with 'drill resume', or end it for good.")
        connection.execute(
            """INSERT INTO blocks (block, preset, mode, pool, filters, commit_first, retest, seed, target_ms,
                   limit_ms, items, started_at, utc_offset_minutes, study_day, last_wall_ms)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (plan.block, plan.preset, plan.mode, plan.pool, json.dumps(plan.filters), int(plan.commit_first),
             int(plan.retest), plan.seed, plan.target_ms, plan.limit_ms, len(plan.form), started.wall.iso,
             started.wall.offset_minutes, started.wall.study_day, started.wall.utc_ms),
        )  # fmt: skip
        write_form(connection, plan, keys)
        write_events(connection, plan.block, 1, events)
        _write_attempts(connection, plan.block, keys, attempts)


def write_form(connection: sqlite3.Connection, plan: BlockPlan, keys: Sequence[Key]) -> None:
    """Freeze the form of a block."""
    connection.executemany(
        f"INSERT INTO block_items VALUES ({', '.join('?' * 13)})",
        [
            (plan.block, position, item.bank, item.item, item.revision, item.item_hash, item.words,
             len(item.order), item.order, item.set_number, key.letter, _json_or_null(key.actions),
             _json_or_null(key.whens))
            for position, (item, key) in enumerate(zip(plan.form, keys, strict=True), 1)
        ],
    )  # fmt: skip


def _json_or_null(values: dict[str, str]) -> str | None:
    return json.dumps(values, sort_keys=True) if values else None


def append(
    store: Store,
    block: str,
    seq: int,
    events: Sequence[Event],
    keys: Sequence[Key],
    attempts: Iterable[Attempt],
    wall_ms: int,
    state: BlockState,
) -> None:
    """Commit events numbered from `seq`, the attempts they touch and, at the end, the block's totals."""
    with store.transaction() as connection:
        write_events(connection, block, seq, events)
        _write_attempts(connection, block, keys, attempts)
        if isinstance(events[-1], Ended):
            write_end(connection, block, state)
        else:
            connection.execute(
                "UPDATE blocks SET last_at_ms = ?, last_wall_ms = ? WHERE block = ?",
                (events[-1].at_ms, wall_ms, block),
            )


def write_end(connection: sqlite3.Connection, block: str, state: BlockState) -> None:
    """Close a block: its totals, once and for all."""
    if state.ended is None:
        raise ValueError("the block has not ended")
    connection.execute(
        """UPDATE blocks SET block_end = ?, block_active_ms = ?, list_ms = ?, feedback_ms = ?, away_ms = ?,
               ended_at = ?, last_at_ms = ?, last_wall_ms = ? WHERE block = ?""",
        (state.end_reason, state.at_ms, state.list_ms, state.feedback_ms, state.away_ms, state.ended.iso,
         state.at_ms, state.ended.utc_ms, block),
    )  # fmt: skip
    item_records.take_in(connection, block)


def write_events(connection: sqlite3.Connection, block: str, seq: int, events: Iterable[Event]) -> None:
    """Add events to a log, numbered from `seq`."""
    connection.executemany(
        "INSERT INTO block_events VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                block,
                number,
                event.at_ms,
                event.kind,
                VERSION,
                json.dumps(to_payload(event), ensure_ascii=False),
            )
            for number, event in enumerate(events, seq)
        ],
    )


def _write_attempts(
    connection: sqlite3.Connection, block: str, keys: Sequence[Key], attempts: Iterable[Attempt]
) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO attempts VALUES ({', '.join('?' * 19)})",
        [attempt_row(block, attempt, keys[attempt.position - 1]) for attempt in attempts],
    )


def attempt_row(block: str, attempt: Attempt, key: Key) -> tuple[object, ...]:
    """An attempt as a row of the attempts table."""
    chosen = attempt.chosen
    return (
        block, attempt.position, attempt.status, int(attempt.censored), attempt.time_excluded_because,
        attempt.first, chosen, int(attempt.correct), json.dumps(attempt.changes), attempt.response_time_ms,
        attempt.first_visit_ms, attempt.first_shown_ms, attempt.last_left_ms, attempt.visits,
        int(attempt.flagged), attempt.struck, key.actions.get(chosen) if chosen else None,
        key.whens.get(chosen) if chosen else None, key.actions.get(key.letter),
    )  # fmt: skip


def heartbeat(store: Store, block: str, at_ms: int, wall_ms: int) -> None:
    """Note that active time has run on to `at_ms`."""
    with store.transaction() as connection:
        connection.execute(
            "UPDATE blocks SET last_at_ms = max(last_at_ms, ?), last_wall_ms = ? WHERE block = ?",
            (at_ms, wall_ms, block),
        )


def open_block_id(connection: sqlite3.Connection) -> str | None:
    """The one block that has not ended."""
    row = connection.execute("SELECT block FROM blocks WHERE block_end IS NULL").fetchone()
    return None if row is None else str(row[0])


def read_plan(connection: sqlite3.Connection, block: str) -> tuple[BlockPlan, tuple[Key, ...]]:
    """What was fixed before a block began, and how its items are marked."""
    row = connection.execute(
        """SELECT preset, mode, pool, filters, seed, limit_ms, commit_first, retest, target_ms
           FROM blocks WHERE block = ?""",
        (block,),
    ).fetchone()
    if row is None:
        raise StorageError(f"There is no block {block}.")
    form, keys = [], []
    for (
        bank, item, revision, item_hash, words, order, set_number, key, actions, whens,
    ) in connection.execute(
        """SELECT bank, item, revision, item_hash, words, options_order, set_number, "key",
                  option_actions, option_whens FROM block_items WHERE block = ? ORDER BY position""",
        (block,),
    ):  # fmt: skip
        form.append(FormItem(bank, item, revision, item_hash, words, order, set_number))
        keys.append(Key(key, json.loads(actions) if actions else {}, json.loads(whens) if whens else {}))
    plan = BlockPlan(
        block=block,
        preset=row[0],
        mode=Mode(row[1]),
        pool=row[2],
        filters=tuple(json.loads(row[3])),
        seed=row[4],
        limit_ms=row[5],
        form=tuple(form),
        option_counts=tuple(len(item.order) for item in form),
        commit_first=bool(row[6]),
        retest=bool(row[7]),
        target_ms=row[8],
    )
    return plan, tuple(keys)


def read_events(connection: sqlite3.Connection, block: str) -> tuple[Event, ...]:
    """A block's log in order. Raises StorageError when a row makes no sense."""
    rows = connection.execute(
        "SELECT kind, at_ms, version, payload FROM block_events WHERE block = ? ORDER BY seq", (block,)
    )
    try:
        return tuple(
            from_payload(kind, at_ms, version, json.loads(payload)) for kind, at_ms, version, payload in rows
        )
    except ValueError as error:
        raise StorageError(
            f"The log of block {block} cannot be read: {error}. Run 'drill doctor'."
        ) from error


def read_block(connection: sqlite3.Connection, block: str) -> SavedBlock:
    """A block with its log, ended or open."""
    plan, keys = read_plan(connection, block)
    last_at_ms, last_wall_ms, started_at = connection.execute(
        "SELECT last_at_ms, last_wall_ms, started_at FROM blocks WHERE block = ?", (block,)
    ).fetchone()
    wall_ms = last_wall_ms or wall_from_iso(started_at).utc_ms
    return SavedBlock(plan, keys, read_events(connection, block), last_at_ms, wall_ms)
