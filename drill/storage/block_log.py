"""Writing a block: the form once, then with every commit its events and what follows from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from drill.core.attempts import Attempt, attempt
from drill.core.events import VERSION, Event, to_payload
from drill.core.frozen import dataclass
from drill.core.state import BlockState, Phase
from drill.errors import OpenBlockExists
from drill.storage import item_records
from drill.storage.blocks import AnswerKey, BlockPlan, SavedBlock, open_block_id, read_block
from drill.storage.digest import NONE, extended, log_digest
from drill.storage.guards import LOG
from drill.storage.rows import Row, insert, update
from drill.storage.store import Store


@dataclass(frozen=True, slots=True)
class Commit:
    """What one command comes to; written whole or not at all."""

    plan: BlockPlan
    keys: tuple[AnswerKey, ...]
    seq: int
    """Number of the first event in the block's log, from 1."""
    events: tuple[Event, ...]
    attempts: tuple[Attempt, ...]
    """Outcomes of the items that the events touch; at the end of all items."""
    wall_ms: int
    """When, UTC ms."""
    state: BlockState
    """After the events."""


class StoreLog:
    """The log in a store. Every method raises StorageError, with nothing written, when it cannot."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._written: _Written | None = None
        """The block that is written, once more in memory."""

    @contextmanager
    def _remembered(self, commit: Commit) -> Iterator[sqlite3.Connection]:
        """A transaction whose commit can be written again elsewhere, also when the file is lost just now."""
        if self._written is None or self._written.plan.block != commit.plan.block:
            past = None if commit.seq == 1 else read_block(self._store.connection, commit.plan.block)
            self._written = _Written(commit.plan, commit.keys, past)
            self._store.written.append(self._written.write_into)
        self._written.take(commit)
        with self._store.transaction(key_waits=True) as connection:
            yield connection

    def begin(self, commit: Commit) -> None:
        """Write a new block with its first events. Raises OpenBlockExists when one is open already."""
        with self._remembered(commit) as connection:
            if open_block_id(connection) is not None:
                raise OpenBlockExists(
                    "A block is still open. Resume it with 'drill resume', or end it for good."
                )
            events = event_rows(commit.plan.block, commit.seq, commit.events)
            row = {
                **plan_columns(commit.plan),
                **log_columns(commit.state),
                "last_wall_ms": commit.wall_ms,
                "log_digest": extended(NONE, events),
            }
            insert(connection, "blocks", [row])
            write_form(connection, commit.plan, commit.keys)
            _write(connection, commit, events)
            if commit.state.phase is Phase.ENDED:
                item_records.take_in(connection, commit.plan.block)

    def append(self, commit: Commit) -> None:
        """Write events, the attempts they touch and, at the end, the block's totals."""
        block, state = commit.plan.block, commit.state
        with self._remembered(commit) as connection:
            events = event_rows(block, commit.seq, commit.events)
            digest: dict[str, object] = {"log_digest": extended(log_digest(connection, block), events)}
            _write(connection, commit, events)
            if state.phase is Phase.ENDED:
                update(connection, "blocks", log_columns(state) | digest, {"block": block})
                item_records.take_in(connection, block)
            else:
                last = {"last_at_ms": state.at_ms, "last_wall_ms": commit.wall_ms}
                update(connection, "blocks", last | digest, {"block": block})

    def heartbeat(self, block: str, at_ms: int, wall_ms: int) -> None:
        """Note that active time has run on to `at_ms`; never back, and not once the block has ended."""
        with self._store.transaction() as connection:
            connection.execute(
                """UPDATE blocks SET last_at_ms = max(last_at_ms, ?), last_wall_ms = ?
                   WHERE block = ? AND block_end IS NULL""",
                (at_ms, wall_ms, block),
            )


class _Written:
    """What a block has come to, to be written into another store should this one be lost."""

    def __init__(self, plan: BlockPlan, keys: tuple[AnswerKey, ...], past: SavedBlock | None) -> None:
        self.plan = plan
        self._keys = keys
        self._events = [] if past is None else list(past.events)
        self._latest: Commit | None = None

    def take(self, commit: Commit) -> None:
        """Note a commit; in the place of one that could not be written."""
        self._events[commit.seq - 1 :] = commit.events
        self._latest = commit

    def write_into(self, other: Store) -> None:
        """Write what the other store has not of it."""
        latest = self._latest
        assert latest is not None, "a block that is kept has a commit"
        count = "SELECT count(*) FROM block_events WHERE block = ?"
        known = int(other.connection.execute(count, (self.plan.block,)).fetchone()[0])
        if known >= len(self._events):
            return
        state = latest.state
        ended = state.phase is Phase.ENDED
        touched = {int(getattr(event, "position", 0)) for event in self._events} - {0}
        positions = range(1, state.config.length + 1) if ended else sorted(touched)
        attempts = tuple(attempt(state, at, self._keys[at - 1].letter) for at in positions)
        missing = tuple(self._events[known:])
        commit = Commit(self.plan, self._keys, known + 1, missing, attempts, latest.wall_ms, state)
        log = StoreLog(other)
        log.append(commit) if known else log.begin(commit)


def _write(connection: sqlite3.Connection, commit: Commit, events: list[Row]) -> None:
    block = commit.plan.block
    insert(connection, LOG, events)
    rows = [attempt_columns(block, each, commit.keys[each.position - 1]) for each in commit.attempts]
    insert(connection, "attempts", rows, replace=True)


def plan_columns(plan: BlockPlan) -> dict[str, object]:
    """Columns of `blocks` that are fixed before the block begins."""
    return {
        "block": plan.block,
        "preset": plan.preset,
        "mode": plan.mode,
        "pool": plan.pool,
        "filters": json.dumps(plan.filters),
        "commit_first": int(plan.commit_first),
        "retest": int(plan.retest),
        "seed": plan.seed,
        "target_ms": plan.target_ms,
        "limit_ms": plan.limit_ms,
        "items": len(plan.form),
    }


def log_columns(state: BlockState) -> dict[str, object]:
    """Columns of `blocks` that follow from its log; those of the end are None while it is open."""
    started, ended = state.started, state.ended
    assert started is not None, "a log begins with Started"
    return {
        "started_at": started.iso,
        "utc_offset_minutes": started.offset_minutes,
        "study_day": started.study_day,
        "last_at_ms": state.at_ms,
        "last_wall_ms": ended and ended.utc_ms,
        "block_end": state.end_reason,
        "block_active_ms": ended and state.at_ms,
        "list_ms": ended and state.list_ms,
        "feedback_ms": ended and state.feedback_ms,
        "away_ms": ended and state.away_ms,
        "ended_at": ended and ended.iso,
    }


def attempt_columns(block: str, attempt: Attempt, key: AnswerKey) -> dict[str, object]:
    """An attempt as a row of `attempts`."""
    chosen = attempt.chosen
    return {
        "block": block,
        **attempt._asdict(),
        "censored": int(attempt.censored),
        "correct": int(attempt.correct),
        "flagged": int(attempt.flagged),
        "changes": json.dumps(attempt.changes),
        "chosen_action": key.actions.get(chosen) if chosen else None,
        "chosen_when": key.whens.get(chosen) if chosen else None,
        "key_action": key.actions.get(key.letter),
    }


def write_form(connection: sqlite3.Connection, plan: BlockPlan, keys: Sequence[AnswerKey]) -> None:
    """Freeze the form of a block."""
    rows = [
        {
            "block": plan.block,
            "position": position,
            "bank": item.bank,
            "item": item.item,
            "revision": item.revision,
            "item_hash": item.item_hash,
            "words": item.words,
            "options": len(item.order),
            "options_order": item.order,
            "set_number": item.set_number,
            "key": key.letter,
            "option_actions": _json_or_null(key.actions),
            "option_whens": _json_or_null(key.whens),
        }
        for position, (item, key) in enumerate(zip(plan.form, keys, strict=True), 1)
    ]
    insert(connection, "block_items", rows)


def _json_or_null(values: dict[str, str]) -> str | None:
    return json.dumps(values, sort_keys=True) if values else None


def event_rows(block: str, seq: int, events: Iterable[Event]) -> list[Row]:
    """Events as rows of the log, numbered from `seq`."""
    return [
        {
            "block": block,
            "seq": number,
            "at_ms": event.at_ms,
            "kind": event.kind,
            "version": VERSION,
            "payload": json.dumps(to_payload(event), ensure_ascii=False),
        }
        for number, event in enumerate(events, seq)
    ]
