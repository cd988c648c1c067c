"""Blocks as they are planned and stored: plan, answer keys and log, read back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from drill.core.clock import wall_from_iso
from drill.core.events import Event, from_payload
from drill.core.forms import FormItem
from drill.core.frozen import dataclass
from drill.core.state import BlockConfig, Mode
from drill.errors import StorageError
from drill.storage import bounds
from drill.storage.rows import named


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
class AnswerKey:
    """How an administered item is marked; letters as shown."""

    letter: str
    actions: dict[str, str]
    whens: dict[str, str]


@dataclass(frozen=True, slots=True)
class SavedBlock:
    """A block as stored: its plan, its keys and its log."""

    plan: BlockPlan
    keys: tuple[AnswerKey, ...]
    events: tuple[Event, ...]
    last_at_ms: int
    """Active ms up to which time is known to have run."""
    last_wall_ms: int
    """When that was, UTC ms."""


def read_keys(connection: sqlite3.Connection, form: Sequence[FormItem]) -> tuple[AnswerKey, ...]:
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
        keys.append(AnswerKey(item.shown(answer), actions, whens))
    return tuple(keys)


def count_ended(connection: sqlite3.Connection, until: tuple[str, str] | None = None) -> int:
    """How many blocks have ended; `until` (started_at, block): up to that one, itself counted."""
    query = "SELECT count(*) FROM blocks WHERE block_end IS NOT NULL"
    if until is not None:
        query += " AND (started_at, block) <= (?, ?)"
    return int(connection.execute(query, until or ()).fetchone()[0])


def ended_blocks(connection: sqlite3.Connection) -> list[str]:
    """Ids of the blocks that have ended, oldest first: block_index counts them from 1."""
    query = "SELECT block FROM blocks WHERE block_end IS NOT NULL ORDER BY started_at, block"
    return [block for (block,) in connection.execute(query)]


class FilteredBlock(NamedTuple):
    """What is asked of blocks that were drawn by some filter."""

    block: str
    ended: bool
    filters: tuple[str, ...]
    target_ms: int | None


def blocks_with_filter(connection: sqlite3.Connection, name: str) -> list[FilteredBlock]:
    """The blocks with this word among their filters, oldest first."""
    rows = connection.execute(
        """SELECT block, block_end IS NOT NULL, filters, target_ms FROM blocks
           WHERE EXISTS (SELECT 1 FROM json_each(blocks.filters) f WHERE f.value = ?)
           ORDER BY started_at, block""",
        (name,),
    )
    return [
        FilteredBlock(block, ended == 1, tuple(json.loads(filters)), target_ms)
        for block, ended, filters, target_ms in rows
    ]


def open_block_id(connection: sqlite3.Connection) -> str | None:
    """The one block that has not ended."""
    row = connection.execute("SELECT block FROM blocks WHERE block_end IS NULL").fetchone()
    return None if row is None else str(row[0])


def read_plan(connection: sqlite3.Connection, block: str) -> tuple[BlockPlan, tuple[AnswerKey, ...]]:
    """What was fixed before a block began, and how its items are marked."""
    row = named(connection, "SELECT * FROM blocks WHERE block = ?", (block,)).fetchone()
    if row is None:
        raise StorageError(f"There is no block {block}.")
    form, keys = [], []
    for item in named(connection, "SELECT * FROM block_items WHERE block = ? ORDER BY position", (block,)):
        form.append(
            FormItem(
                item["bank"],
                item["item"],
                item["revision"],
                item["item_hash"],
                item["words"],
                item["options_order"],
                item["set_number"],
            )
        )
        actions, whens = item["option_actions"], item["option_whens"]
        keys.append(
            AnswerKey(item["key"], json.loads(actions) if actions else {}, json.loads(whens) if whens else {})
        )
    plan = BlockPlan(
        block=block,
        preset=row["preset"],
        mode=Mode(row["mode"]),
        pool=row["pool"],
        filters=tuple(json.loads(row["filters"])),
        seed=row["seed"],
        limit_ms=row["limit_ms"],
        form=tuple(form),
        option_counts=tuple(len(item.order) for item in form),
        commit_first=row["commit_first"] == 1,
        retest=row["retest"] == 1,
        target_ms=row["target_ms"],
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
    except (ValueError, TypeError, RecursionError) as error:
        raise _unreadable(block, str(error)) from error


def _unreadable(block: str, why: str) -> StorageError:
    return StorageError(f"The log of block {block} cannot be read: {why}. Run 'drill doctor'.")


def read_block(connection: sqlite3.Connection, block: str) -> SavedBlock:
    """A block with its log, ended or open. Raises StorageError when another program made nonsense of it."""
    from drill.core.log_check import log_fault

    bounds.check(connection, "blocks", "block_items", where="block = ?", values=(block,))
    plan, keys = read_plan(connection, block)
    log = read_events(connection, block)
    fault = log_fault(plan.config, log)
    if fault is not None:
        raise _unreadable(block, fault)
    last_at_ms, last_wall_ms, started_at = connection.execute(
        "SELECT last_at_ms, last_wall_ms, started_at FROM blocks WHERE block = ?", (block,)
    ).fetchone()
    wall_ms = last_wall_ms or wall_from_iso(started_at).utc_ms
    return SavedBlock(plan, keys, log, last_at_ms, wall_ms)
