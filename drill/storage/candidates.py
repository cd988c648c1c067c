"""Which items a block may draw: pools, banks and filters, in one query."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from drill.core.block_filters import LABELS, NEXT_BEST_STEP, label_filter
from drill.core.forms import Candidate, FormItem
from drill.core.frozen import dataclass
from drill.storage import bounds, same_questions
from drill.storage.banks import CORRECTED, bank_ids


@dataclass(frozen=True, slots=True)
class Filter:
    """What narrows a drawing; empty = everything."""

    banks: tuple[str, ...] = ()
    pool: str = "unused"
    next_best_step: bool = False
    subject: tuple[str, ...] = ()
    """Any of these, and so for system and task; none: all."""
    system: tuple[str, ...] = ()
    task: tuple[str, ...] = ()
    due_at: str | None = None
    """Only items whose retest is due by this instant (ISO 8601)."""

    @property
    def words(self) -> tuple[str, ...]:
        """The filters as the history document names them, banks apart."""
        named = [(name, getattr(self, name)) for name in LABELS]
        narrowed = tuple(label_filter(name, value) for name, labels in named for value in labels)
        return ((NEXT_BEST_STEP,) if self.next_best_step else ()) + narrowed


_POOLS = {
    "all": "1",
    "unused": "r.item IS NULL",
    "incorrect": "r.last_correct = 0",
    "flagged": "r.last_flagged = 1",
    "omitted": "r.last_blank = 1",
    "slow": "r.item IS NOT NULL",  # narrowed by the caller: what is slow is a rule of analytics
    "retest": """(r.last_correct = 0 OR r.last_flagged = 1 OR EXISTS (
        SELECT 1 FROM attempts a
        WHERE a.block = r.block AND a.position = r.position AND a.confidence IN ('unsure', 'guess')))""",
}
_NO_TWIN_SEEN = """NOT EXISTS (
    SELECT 1 FROM same_questions s JOIN same_questions o USING (identity)
    JOIN item_records t ON t.bank = o.bank AND t.item = o.item
    WHERE s.bank = i.bank AND s.item = i.item)"""
"""Asked of each item even where nothing is doubled: a fifth of the time of a drawing."""


def _where(connection: sqlite3.Connection, wanted: Filter) -> tuple[str, list[Any]]:
    banks = list(wanted.banks) or bank_ids(connection)
    clauses = [
        f"i.bank IN ({', '.join('?' * len(banks))})",
        "i.missing = 0",
        "i.retired IS NULL",
        _POOLS[wanted.pool],
    ]
    values: list[Any] = [*banks]
    if wanted.pool == "unused" and connection.execute("SELECT 1 FROM same_questions LIMIT 1").fetchone():
        clauses.append(_NO_TWIN_SEEN)
    if wanted.next_best_step:
        clauses.append(f"{CORRECTED} = 1")
    for column in LABELS:
        labels = getattr(wanted, column)
        if labels:
            clauses.append(f"i.{column} IN ({', '.join('?' * len(labels))})")
            values += labels
    if wanted.due_at is not None:
        clauses.append(
            "EXISTS (SELECT 1 FROM retests t WHERE t.bank = i.bank AND t.item = i.item AND t.due_at <= ?)"
        )
        values.append(wanted.due_at)
    return " AND ".join(clauses), values


def count_candidates(connection: sqlite3.Connection, wanted: Filter) -> int:
    """How many questions match; one that stands in two places counts once."""
    if same_questions.twins(connection):
        return len(read_candidates(connection, wanted))
    if wanted.pool == "unused":  # two sorted lists side by side: half the time of as many searches
        where, values = _where(connection, replace(wanted, pool="all"))
        counted = f"""SELECT count(*) FROM (SELECT bank, item FROM items i WHERE {where}
            EXCEPT SELECT bank, item FROM item_records ORDER BY bank, item)"""
    else:
        where, values = _where(connection, wanted)
        counted = f"SELECT count(*) FROM items i LEFT JOIN item_records r USING (bank, item) WHERE {where}"
    return int(connection.execute(counted, values).fetchone()[0])


def read_candidates(connection: sqlite3.Connection, wanted: Filter) -> list[Candidate]:
    """The items that match, in no promised order; of those that are one question, one."""
    where, values = _where(connection, wanted)
    rows = connection.execute(
        f"""SELECT i.bank, i.item, i.ordinal, i.revision, i.item_hash, i.words, i.option_count, i.set_name,
                   i.set_size, i.shuffles, i.group_name
            FROM items i LEFT JOIN item_records r USING (bank, item) WHERE {where}""",
        values,
    )
    found = [Candidate._make(row) for row in rows]
    twins = same_questions.twins(connection)
    return one_of_each(found, twins) if twins else found


def check_drawn(connection: sqlite3.Connection, form: Sequence[FormItem]) -> None:
    """Raises DatabaseDamaged when the row of a drawn item holds what no bank can have, e.g. 10^12 words."""
    for bank in sorted({item.bank for item in form}):  # for pairs SQLite looks at every row
        ids = [item.item for item in form if item.bank == bank]
        where = f"bank = ? AND item IN ({', '.join('?' * len(ids))})"
        bounds.check(connection, "items", where=where, values=[bank, *ids])


def one_of_each(found: list[Candidate], twins: Mapping[tuple[str, str], str]) -> list[Candidate]:
    """The candidates without those that are the same question as another: a set keeps its members."""
    taken: set[str] = set()
    kept = []
    for candidate in sorted(found, key=lambda each: (each.set is None, each.bank, each.item)):
        same = twins.get((candidate.bank, candidate.item))
        if same is None or same not in taken:
            kept.append(candidate)
        if same is not None:
            taken.add(same)
    return kept


def distinct_labels(connection: sqlite3.Connection, column: str, banks: tuple[str, ...] = ()) -> list[str]:
    """The subjects, systems or tasks there are, sorted."""
    if column not in LABELS:
        raise ValueError(f"no label {column!r}")
    wanted = list(banks) or bank_ids(connection)
    rows = connection.execute(
        f"""SELECT DISTINCT {column} FROM items WHERE {column} IS NOT NULL AND missing = 0
            AND retired IS NULL AND bank IN ({", ".join("?" * len(wanted))}) ORDER BY {column}""",
        wanted,
    )
    return [row[0] for row in rows]


def read_areas(connection: sqlite3.Connection, column: str) -> dict[tuple[str, str], str]:
    """The subject, system or task of every item that has one, by (bank, item)."""
    if column not in LABELS:
        raise ValueError(f"no label {column!r}")
    rows = connection.execute(f"SELECT bank, item, {column} FROM items WHERE {column} IS NOT NULL")
    return {(bank, item): label for bank, item, label in rows}
