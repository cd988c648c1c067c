"""The blocks of the pace experiment as they were begun."""

from __future__ import annotations

import json
import sqlite3
from typing import NamedTuple

from drill.core.block_filters import NEXT_BEST_STEP, banks_of
from drill.core.pace_experiment import MARKER, arm_of


class Begun(NamedTuple):
    """A block of the experiment, ended or not."""

    arm_ms: int
    banks: tuple[str, ...]
    """Sorted ids."""
    next_best_step: bool


def read_begun(connection: sqlite3.Connection) -> list[Begun]:
    """Every block of the experiment, oldest first."""
    rows = connection.execute(
        """SELECT filters, target_ms FROM blocks
           WHERE EXISTS (SELECT 1 FROM json_each(blocks.filters) f WHERE f.value = ?)
           ORDER BY started_at, block""",
        (MARKER,),
    )
    found = []
    for text, target_ms in rows:
        filters = json.loads(text)
        arm = arm_of(filters, target_ms)
        if arm is not None:
            found.append(Begun(arm, tuple(sorted(banks_of(filters))), NEXT_BEST_STEP in filters))
    return found
