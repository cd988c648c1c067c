"""What the doctor found and did."""

from __future__ import annotations

from drill.core.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored value that is not what the log or the text comes to."""

    table: str
    row: tuple[object, ...]
    """What names the row: (block,), (block, position) or (bank, item)."""
    column: str
    """Empty when the whole row is missing or has no reason to be."""
    was: object
    now: object


@dataclass(frozen=True, slots=True)
class TableReport:
    """Rows of a table that differ."""

    table: str
    rows: int
    examples: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class DoctorReport:
    """What the doctor found and did."""

    problems: tuple[str, ...] = ()
    """What cannot be rebuilt, in sentences."""
    differences: tuple[TableReport, ...] = ()
    repaired: bool = False
    """Whether the differences were written right; False also when there are none."""
    blocks: int = 0
    open_blocks: int = 0
    events: int = 0
    items: int = 0
    retests_clamped: int = 0
    """Reviews dated before the one they follow, and taken at its instant."""

    @property
    def ok(self) -> bool:
        """Nothing is wrong, or nothing is wrong any more."""
        return not self.problems and (self.repaired or not self.differences)

    @property
    def rows(self) -> int:
        """Rows that differ, or did."""
        return sum(table.rows for table in self.differences)
