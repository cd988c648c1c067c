"""What follows from a block's log: its last state, and its attempts as rows of their table.

The runner writes these with every answer. Here they are made from the log alone, for the doctor and for
blocks that come from another machine.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from drill.core.attempts import attempt
from drill.core.block import fold
from drill.core.events import Event, from_payload
from drill.core.frozen import dataclass
from drill.core.log_check import log_fault
from drill.core.state import BlockState, Phase
from drill.storage.block_log import attempt_columns
from drill.storage.blocks import AnswerKey, BlockPlan


class BadLog(ValueError):
    """No block can have this log; the message says why."""


@dataclass(frozen=True, slots=True)
class Projection:
    """What a log comes to."""

    state: BlockState
    attempts: list[dict[str, object]]
    """Rows of the table `attempts`; of an open block only for the items touched so far."""

    @property
    def ended(self) -> bool:
        """Whether the log comes to the block's end."""
        return self.state.phase is Phase.ENDED


def project(plan: BlockPlan, keys: Sequence[AnswerKey], log: Sequence[Event]) -> Projection:
    """Fold a log that may come from anywhere. Raises BadLog when no block of this plan can have it."""
    try:
        config = plan.config
    except ValueError as error:
        raise BadLog(str(error)) from None
    fault = log_fault(config, log)
    if fault is not None:
        raise BadLog(fault)
    state = fold(config, log)
    touched = {getattr(event, "position", None) for event in log}
    if state.phase is Phase.ENDED:
        touched = set(range(1, config.length + 1))
    positions = sorted(position for position in touched if position is not None)
    rows = [
        attempt_columns(plan.block, attempt(state, position, keys[position - 1].letter), keys[position - 1])
        for position in positions
    ]
    return Projection(state, rows)


def parse_event(kind: object, at_ms: object, version: object, payload: object) -> Event:
    """An event whose parts may be of any type. Raises BadLog."""
    if type(kind) is not str or type(at_ms) is not int or type(version) is not int:
        raise BadLog("an event has no sound kind, time or version")
    if type(payload) is not dict or "at_ms" in payload:
        raise BadLog(f"an event {kind!r} has no sound payload")
    try:
        return from_payload(kind, at_ms, version, payload)
    except (ValueError, TypeError) as error:
        raise BadLog(str(error)) from None


def read_log(connection: sqlite3.Connection, block: str) -> tuple[Event, ...]:
    """A stored log that may be damaged. Raises BadLog."""
    rows: list[tuple[Any, ...]] = connection.execute(
        "SELECT seq, kind, at_ms, version, payload FROM block_events WHERE block = ? ORDER BY seq", (block,)
    ).fetchall()
    log = []
    for number, (seq, kind, at_ms, version, payload) in enumerate(rows, 1):
        if seq != number:
            raise BadLog(f"event {number} is missing")
        try:
            values = json.loads(payload)
        except (ValueError, RecursionError):
            raise BadLog(f"event {number} is no JSON") from None
        log.append(parse_event(kind, at_ms, version, values))
    return tuple(log)
