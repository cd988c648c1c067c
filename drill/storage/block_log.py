"""Writing a block: the form once, then with every commit its events and what follows from them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from drill.core.attempts import Attempt, attempt
from drill.core.block import fold
from drill.core.events import VERSION, Event, to_payload
from drill.core.state import BlockState, Phase
from drill.errors import DatabaseGone, OpenBlockExists
from drill.storage import item_records
from drill.storage.blocks import AnswerKey, BlockPlan, open_block_id, read_block
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
        self._block = ""
        """Whose commits are remembered."""

    @contextmanager
    def _remembered(self, commit: Commit) -> Iterator[sqlite3.Connection]:
        """A transaction whose commit can be written again elsewhere, also when the file is lost just now."""
        self._block = commit.plan.block
        self._store.written.append(partial(_write_into, commit))
        try:
            with self._store.transaction() as connection:
                yield connection
        except DatabaseGone:
            raise
        except BaseException:
            self._store.written.pop()
            raise

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

    def append(self, commit: Commit) -> None:
        """Write events, the attempts they touch and, at the end, the block's totals."""
        block, state = commit.plan.block, commit.state
        if self._block != block:
            past = _until_now(self._store.connection, commit)
            self._store.written.append(partial(_write_into, past))
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
        """Note that active time has run on to `at_ms`; it never runs back."""
        with self._store.transaction() as connection:
            connection.execute(
                "UPDATE blocks SET last_at_ms = max(last_at_ms, ?), last_wall_ms = ? WHERE block = ?",
                (at_ms, wall_ms, block),
            )


def _until_now(connection: sqlite3.Connection, commit: Commit) -> Commit:
    """What a block that goes on had come to, as one commit."""
    saved = read_block(connection, commit.plan.block)
    state = fold(saved.plan.config, saved.events)
    touched = {int(getattr(event, "position", 0)) for event in saved.events} - {0}
    attempts = tuple(attempt(state, at, saved.keys[at - 1].letter) for at in sorted(touched))
    return Commit(saved.plan, saved.keys, 1, saved.events, attempts, saved.last_wall_ms, state)


def _write_into(commit: Commit, other: Store) -> None:
    """Write a commit into another store, unless it has it. Raises LookupError when it fits nothing there."""
    where = (commit.plan.block,)
    count = "SELECT count(*) FROM block_events WHERE block = ?"
    known = int(other.connection.execute(count, where).fetchone()[0])
    if known >= commit.seq + len(commit.events) - 1:
        return
    if known not in (0, commit.seq - 1):
        raise LookupError(f"{known} events are there, {commit.seq} is next")
    log = StoreLog(other)
    log.begin(commit) if commit.seq == 1 else log.append(commit)


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
