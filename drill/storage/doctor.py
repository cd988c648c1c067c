"""Checks a database and rebuilds what follows from the log.

The projections are made anew in temporary tables that bear the stored tables' names and so shadow them:
`item_records.rebuild` runs there unchanged, a read-only database can be examined too, and what
differs is found by comparing the two. Only rows that differ are written, in one transaction.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

from drill.core.road.days import BusyRange, clash
from drill.errors import DrillError, StorageError
from drill.storage import blocks, bounds, former_ids, guards, item_records, media, same_questions
from drill.storage.banks import read_item
from drill.storage.block_log import log_columns
from drill.storage.column_types import strange_types
from drill.storage.derived import derive
from drill.storage.digest import digest_of
from drill.storage.doctor_report import Difference, DoctorReport, TableReport
from drill.storage.projections import BadLog, project, read_log
from drill.storage.road import read_entries
from drill.storage.rows import insert, update
from drill.storage.store import Store

EXAMPLES = 5
"""Differences shown of each table, and problems of each kind."""
PROJECTIONS = {
    "blocks": ("block",),
    "attempts": ("block", "position"),
    "item_records": ("bank", "item"),
    "items": ("bank", "item"),
    "same_questions": ("bank", "item"),
}
"""The tables that are rebuilt, wholly or in some columns, and what names their rows."""
WHOLE = ("attempts", "item_records", "same_questions")
"""Those that hold nothing else."""


def examine(store: Store, *, repair: bool = True) -> DoctorReport:
    """Check everything and, unless the store is read-only or the file is damaged, repair what can be.

    Never raises for what it finds. Raises StorageError when the repair cannot be written.
    """
    connection = store.connection
    problems: list[str] = []
    try:
        damage = _damage(connection)
        problems += damage
        problems += strange_types(connection)
        if len(problems) > len(damage):
            return DoctorReport(tuple(problems))  # nothing else can be asked of such rows
        may_write = repair and not damage and not store.read_only
        problems += _guards(store, repair=may_write)
        problems += _doubled(store, repair=may_write)
        counts = _counts(connection)
        with _shadows(connection):
            problems += [*_loose_ends(connection), *media.problems(connection), *_road(connection)]
            problems += _rebuild(connection)
            found = tuple(filter(None, (_compare(connection, table) for table in PROJECTIONS)))
            repaired = bool(found) and may_write
            if repaired:
                _write(store)
        if not damage:  # now, for what follows from the log was made sound
            tables = [name for name in bounds.BOUNDS if not (may_write and name == "retests")]
            problems[:0] = bounds.faults(connection, tables)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        return DoctorReport((*problems, f"The file cannot be read to its end: {error}."))
    return DoctorReport(tuple(problems), found, repaired, *counts)


def _damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite itself finds wrong with the file. Nothing is written into a damaged file."""
    said = [row[0] for row in connection.execute(f"PRAGMA integrity_check({EXAMPLES})")]
    return [f"The file is damaged: {text}." for text in said if text != "ok"]


def _loose_ends(connection: sqlite3.Connection) -> list[str]:
    """Rows that point nowhere."""
    orphans = connection.execute(
        """SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY "table", parent"""
    ).fetchall()
    return [
        f"{count} rows of {table} point to {parent} that are not there." for table, parent, count in orphans
    ]


def _doubled(store: Store, *, repair: bool) -> list[str]:
    """Questions that stand under a former id as well. They are made one when that may be."""
    found = former_ids.doubled(store.connection)
    if repair and found:
        with store.transaction() as connection:
            for bank, renamed in found.items():
                former_ids.rename(connection, bank, renamed)
    then = "They are one again" if repair else "'drill doctor' makes them one"
    return [
        f"Question {new} of bank {bank} stands under its former id {old} as well. {then}."
        for bank, renamed in found.items()
        for old, new in renamed.items()
    ]


def _guards(store: Store, *, repair: bool) -> list[str]:
    """What is wrong with the guards of the log. Those that are gone are put back when that may be."""
    connection = store.connection
    problems = [
        f"The trigger {name!r} on the log is none of drill's: another program made it. Drop it with that "
        "program unless you know what it does."
        for name in guards.strange_triggers(connection)
    ]
    gone = guards.missing_guards(connection)
    if not gone:
        return problems
    if repair:
        with store.transaction():
            guards.put_back(connection, gone)
    then = "It was put back" if repair else "'drill doctor' puts it back"
    return problems + [
        f"The trigger {name} that keeps the log append-only was gone or changed: another program did that. "
        f"{then}; what was written to the log meanwhile cannot be vouched for."
        for name in gone
    ]


def _road(connection: sqlite3.Connection) -> list[str]:
    """Rows of the road that make no sense, alone or together."""
    entries, problems = read_entries(connection)
    found = clash([entry for entry in entries if isinstance(entry, BusyRange)])
    if found is not None:
        one, other = found
        problems.append(
            f"The busy ranges from {one.first} and from {other.first} share a day. Delete one of them "
            f"('drill busy delete {other.first}')."
        )
    return problems


def _counts(connection: sqlite3.Connection) -> tuple[int, int, int, int]:
    row = connection.execute(
        """SELECT (SELECT count(*) FROM blocks), (SELECT count(*) FROM blocks WHERE block_end IS NULL),
                  (SELECT count(*) FROM block_events), (SELECT count(*) FROM items)"""
    ).fetchone()
    return row[0], row[1], row[2], row[3]


@contextlib.contextmanager
def _shadows(connection: sqlite3.Connection) -> Iterator[None]:
    """Temporary tables that hide the stored projections for as long as this lasts."""
    try:
        for table in PROJECTIONS:
            which = "WHERE 0" if table in WHOLE else ""
            connection.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM main.{table} {which}")
        for table, key in PROJECTIONS.items():
            connection.execute(f"CREATE UNIQUE INDEX temp.{table}_shadow ON {table} ({', '.join(key)})")
        yield
    finally:
        for table in PROJECTIONS:
            with contextlib.suppress(sqlite3.Error):
                connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _rebuild(connection: sqlite3.Connection) -> list[str]:
    """Fill the shadows; what could not be."""
    connection.execute("SAVEPOINT rebuild")
    try:
        problems = [*_rebuild_blocks(connection), *_rebuild_items(connection)]
        item_records.rebuild(connection)
        same_questions.rebuild(connection)
    finally:
        connection.execute("RELEASE rebuild")
    return problems


def _rebuild_blocks(connection: sqlite3.Connection) -> Iterator[str]:
    stored = connection.execute(
        """SELECT block, started_at, block_end IS NOT NULL, items, last_at_ms, log_digest
           FROM main.blocks ORDER BY started_at, block"""
    ).fetchall()
    for block, started_at, closed, items, last_at_ms, digest in stored:
        try:
            plan, keys = blocks.read_plan(connection, block)
            positions = [position for (position,) in connection.execute(_POSITIONS, (block,))]
            if len(positions) != items or positions != list(range(1, items + 1)):
                raise BadLog(f"it has {items} questions, but its form has others")
            projection = project(plan, keys, read_log(connection, block))
            if projection.ended != bool(closed) and closed:
                raise BadLog("the block was ended, but its log has no end")
            if digest != digest_of(connection, block):
                raise BadLog(
                    "its digest is another, so another program changed the log; a file of the backups folder "
                    "may have the block as it was"
                )
        except (BadLog, StorageError, ValueError, TypeError, AttributeError, RecursionError) as error:
            yield (
                f"The log of block {block} (begun {started_at}) cannot be relied on: {error}. "
                "Its rows were left as they are."
            )
            connection.execute(
                "INSERT INTO temp.attempts SELECT * FROM main.attempts WHERE block = ?", (block,)
            )
            continue
        insert(connection, "temp.attempts", projection.attempts)
        values = log_columns(projection.state)
        if not projection.ended:
            values["last_at_ms"] = max(last_at_ms, projection.state.at_ms)
            del values["last_wall_ms"]
        update(connection, "temp.blocks", values, {"block": block})


_POSITIONS = "SELECT position FROM block_items WHERE block = ? ORDER BY position"


def _rebuild_items(connection: sqlite3.Connection) -> Iterator[str]:
    latest = set(connection.execute("SELECT bank, item, revision FROM main.items").fetchall())
    revisions = connection.execute(
        "SELECT bank, item, revision, item_hash FROM item_revisions ORDER BY bank, item, revision"
    ).fetchall()
    for bank, item, revision, item_hash in revisions:
        name = f"question {item} of bank {bank}, revision {revision},"
        try:
            read = read_item(connection, bank, item, revision)
            is_same, derived = read.item_hash == item_hash, derive(read)._asdict()
        except (DrillError, ValueError, TypeError, AttributeError) as error:
            yield f"The text of {name} cannot be read: {error}."
            latest.discard((bank, item, revision))
            continue
        if not is_same:
            yield f"The text of {name} is not the one that was imported. Import its bank again."
        if (bank, item, revision) in latest:
            latest.remove((bank, item, revision))
            update(connection, "temp.items", derived, {"bank": bank, "item": item})
    for bank, item, revision in sorted(latest):
        name = f"question {item} of bank {bank}, revision {revision},"
        yield f"The text of {name} is missing. Import its bank again."
    connection.execute(
        """UPDATE temp.items SET retired = a.value FROM annotations a
           WHERE a.kind = 'retired' AND a.block = '' AND a.position = 0
             AND a.bank = items.bank AND a.item = items.item"""
    )


def _compare(connection: sqlite3.Connection, table: str) -> TableReport | None:
    """Rows of a stored table that are not as its shadow has them."""
    key = PROJECTIONS[table]
    columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    keys = ", ".join(key)
    same = " AND ".join(f"o.{name} = t.{name}" for name in key)
    wrong = connection.execute(f"SELECT * FROM temp.{table} EXCEPT SELECT * FROM main.{table}").fetchall()
    extra = connection.execute(
        f"""SELECT {keys} FROM main.{table} o
            WHERE NOT EXISTS (SELECT 1 FROM temp.{table} t WHERE {same}) ORDER BY {keys}"""
    ).fetchall()
    if not wrong and not extra:
        return None
    examples: list[Difference] = []
    for row in wrong[:EXAMPLES]:
        now = dict(zip(columns, row, strict=True))
        name = tuple(now[column] for column in key)
        where = " AND ".join(f"{column} = ?" for column in key)
        was = connection.execute(f"SELECT * FROM main.{table} WHERE {where}", name).fetchone()
        if was is None:
            examples.append(Difference(table, name, "", None, "there"))
            continue
        examples += [
            Difference(table, name, column, before, now[column])
            for column, before in zip(columns, was, strict=True)
            if before != now[column]
        ]
    examples += [Difference(table, row, "", "there", None) for row in extra]
    return TableReport(table, len(wrong) + len(extra), tuple(examples[:EXAMPLES]))


def _write(store: Store) -> None:
    """Make the stored rows as the shadows have them."""
    with store.transaction() as connection:
        for table, key in PROJECTIONS.items():
            columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            same = " AND ".join(f"t.{name} = {table}.{name}" for name in key)
            differ = " OR ".join(f't."{name}" IS NOT {table}."{name}"' for name in columns)
            values = ", ".join(f'"{name}" = t."{name}"' for name in columns if name not in key)
            connection.execute(
                f"UPDATE main.{table} SET {values} FROM temp.{table} t WHERE {same} AND ({differ})"
            )
            if table in WHOLE:
                connection.execute(
                    f"""DELETE FROM main.{table}
                        WHERE NOT EXISTS (SELECT 1 FROM temp.{table} t WHERE {same})"""
                )
                connection.execute(
                    f"""INSERT INTO main.{table} SELECT * FROM temp.{table} t
                        WHERE NOT EXISTS (SELECT 1 FROM main.{table} WHERE {same})"""
                )
