"""A new sound database from what can be read of a damaged one. Nothing is invented.

A block is taken over where its form is whole and its log replays and fits its digest; a text where it fits
its hash. What follows from them is made anew. What is lost is named.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from drill.core.frozen import dataclass
from drill.storage.foreign import MIGRATIONS_TABLE, TRIGGERS
from drill.storage.guards import missing_guards, put_back
from drill.storage.identity import beside
from drill.storage.pages import DatabaseFile, Value, wal_pages
from drill.storage.salvage_checks import LostBlock, doubts, drop_lost_blocks, drop_lost_texts
from drill.storage.salvage_rows import FoundRows, Row, Shape, rows_by_table, shapes_of
from drill.storage.schema import MIGRATION_NAMES, migrate
from drill.storage.sqlite_errors import explained

TABLES = (
    "banks", "items", "item_revisions", "options", "tags", "item_references", "figures", "media",
    "former_ids", "blocks", "block_items", "block_events", "blocks_set_aside", "annotations",
    "annotation_words", "settings", "road", "sync_later",
)  # fmt: skip
"""What is no projection. Which files of a synced folder hold what is found out anew by the next sync."""
_OF_BLOCKS = {"blocks": "block", "block_items": "block", "block_events": "block", "attempts": "block",
              "blocks_by_start": "block", "blocks_set_aside": "block", "item_records": "block"}  # fmt: skip
"""Where ids of blocks stand."""
MOST_GROWTH = 16
"""A -wal leaves out only pages that were free again: none makes its database so much longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Salvage:
    """What could be read of a damaged database."""

    blocks: int
    """Read whole: log, form and digest fit each other."""
    lost: tuple[LostBlock, ...]
    questions: int
    lost_texts: tuple[str, ...]
    """In words: texts and labels that could not be read whole, or are not what was imported."""
    doubtful: tuple[str, ...]
    """Other tables of which rows may be missing."""

    @property
    def known(self) -> int:
        """Blocks there are any traces of."""
        return self.blocks + len(self.lost)

    @property
    def complete(self) -> bool:
        """Nothing is known to be missing."""
        return not (self.lost or self.lost_texts or self.doubtful)


def read_file(path: Path) -> DatabaseFile:
    """The bytes of a database with what its -wal holds. Raises StorageError."""
    with explained(path):
        data = bytearray(path.read_bytes())
        wal = beside(path, "-wal")
        if wal.exists():
            newer = wal.read_bytes()
            most = MOST_GROWTH * (len(data) + len(newer))
            for number, page in wal_pages(newer):
                at = (number - 1) * len(page)
                if 0 <= at < most:
                    data.extend(bytes(max(at - len(data), 0)))
                    data[at : at + len(page)] = page
        return DatabaseFile(bytes(data))


def salvage(damaged: Path, target: Path) -> Salvage:
    """Write what can be read of one database into a new one, which must not be there.

    Raises StorageError. The caller lets the doctor make what follows from the log.
    """
    file = read_file(damaged)
    with explained(target), closing(sqlite3.connect(target, isolation_level=None)) as connection:
        found = _fill(connection, file)
        connection.execute("BEGIN")
        lost = drop_lost_blocks(connection, _blocks_named(found, shapes_of(connection)))
        lost_texts = drop_lost_texts(connection)
        doubtful = doubts(connection, found.doubtful)
        put_back(connection, missing_guards(connection))
        connection.execute("COMMIT")
        count = connection.execute("SELECT (SELECT count(*) FROM blocks), (SELECT count(*) FROM items)")
        sound, questions = count.fetchone()
    return Salvage(
        blocks=sound,
        lost=tuple(lost),
        questions=questions,
        lost_texts=tuple(lost_texts),
        doubtful=tuple(sorted(doubtful)),
    )


def _fill(connection: sqlite3.Connection, file: DatabaseFile) -> FoundRows:
    """Make the tables as the damaged database had them, write its rows, bring both up to date."""
    from sqlite_utils import Database

    connection.execute("PRAGMA synchronous = OFF")
    newest = sqlite3.connect(":memory:")
    with closing(newest):
        migrate(Database(newest, execute_plugins=False))
        shapes = shapes_of(newest)
    found = rows_by_table(file, shapes)
    migrate(Database(connection, execute_plugins=False), _applied_migrations(found))
    there = shapes_of(connection)
    connection.execute("BEGIN")
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")
    for table in TABLES:
        if table in there:
            _write(connection, there[table], found.rows[table])
    connection.execute("COMMIT")
    migrate(Database(connection, execute_plugins=False))
    return found


def _applied_migrations(found: FoundRows) -> int:
    """How many the damaged database had seen; all, where its word on that is not whole."""
    names = {row[2] for row in found.rows[MIGRATIONS_TABLE]}
    applied = [number for number, name in enumerate(MIGRATION_NAMES, 1) if name in names]
    sure = applied and MIGRATIONS_TABLE not in found.doubtful
    return max(applied) if sure else len(MIGRATION_NAMES)


def _write(connection: sqlite3.Connection, shape: Shape, rows: list[Row]) -> None:
    """Write rows of a table, of those with the same key the first; none that breaks a rule of the table."""
    seen: set[Row] = set()
    for row in rows:
        key = tuple(row[at] for at in shape.key) or row
        if key not in seen:
            seen.add(key)
            columns = shape.columns[: len(row)]
            marks = ", ".join("?" * len(row))
            names = ", ".join(f'"{name}"' for name in columns)
            statement = f"INSERT OR IGNORE INTO {shape.table} ({names}) VALUES ({marks})"
            connection.execute(statement, row[: len(columns)])


def _blocks_named(found: FoundRows, shapes: Mapping[str, Shape]) -> dict[str, str | None]:
    """Every block there is a trace of, and when it began where a row tells it."""
    named: dict[str, str | None] = {}
    for name, column in _OF_BLOCKS.items():
        shape = shapes[name]
        at = shape.columns.index(column)
        start = shape.columns.index("started_at") if "started_at" in shape.columns else None
        for row in found.rows[name]:
            began: Value = row[start] if start is not None and start < len(row) else None
            if isinstance(block := row[at], str) and named.get(block) is None:
                named[block] = str(began) if began is not None else None
    return named
