"""How large the numbers and texts of a record may be, wherever it comes from.

Asked at every door: the history document (`--from`), merge, and the database. Reports may rely on it, so no
number from outside decides how much is computed or kept. Docs: docs/history-export.md, "Ranges".
"""

from __future__ import annotations

from typing import NamedTuple


class Range(NamedTuple):
    """Both ends are allowed."""

    low: int
    high: int

    def holds(self, value: int) -> bool:
        """Whether a number lies within."""
        return self.low <= value <= self.high


MAX_COUNT = 10**6
MAX_ACTIVE_MS = 10**12
"""About 31 years of active time."""
MAX_WALL_MS = 32_503_680_000_000
"""The year 3000: a later wall time is an error."""
MAX_LINE_CHARACTERS = 64 * 1024 * 1024
"""Of a line of a history: what is longer is read in pieces, none of which is a line."""
FIRST_DAY, LAST_DAY = "1970-01-01", "2999-12-31"

_ACTIVE = Range(0, MAX_ACTIVE_MS)
_COUNTED = Range(0, MAX_COUNT)
_NUMBERED = Range(1, MAX_COUNT)

RANGES: dict[str, Range] = {
    "block_index": _NUMBERED,
    "target_ms": Range(1, 3_600_000),
    "limit_ms": Range(1, 10**9),
    "block_active_ms": _ACTIVE,
    "list_ms": _ACTIVE,
    "feedback_ms": _ACTIVE,
    "away_ms": Range(0, MAX_WALL_MS),
    "utc_offset_minutes": Range(-24 * 60 + 1, 24 * 60 - 1),
    "position": _NUMBERED,
    "revision": _NUMBERED,
    "words": _COUNTED,
    "options": Range(2, 26),
    "exposure": _NUMBERED,
    "visits": _COUNTED,
    "response_time_ms": _ACTIVE,
    "first_visit_ms": _ACTIVE,
    "first_shown_ms": _ACTIVE,
    "last_left_ms": _ACTIVE,
    "at_ms": _ACTIVE,
}
"""By the field's name in the history document."""
MAX_NAME = 200
"""Characters of a name: a bank, an item, a hash, a word."""
MAX_LABEL = 20_000
"""Characters of a label: a subject, an action."""
MAX_ROWS = 10_000
"""Filters of a block, changes of an answer, questions of a form."""
