"""The documents from outside that `benchmarks/fuzz_documents.py` changes, and the commands that take them."""

from __future__ import annotations

import contextlib
import json
import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import data
from benchmarks.fuzz import changed_inside, mutate, zipped
from benchmarks.fuzz_shelf import Shelf
from drill.usecases.sync_folder import digest, packed

DATABASE = "drill.db"
READERS = (
    ["history"], ["history", "--json"], ["history", "--csv"], ["pacing"], ["pacing", "--json"], ["next-step"], ["next-step", "--json"],
    ["banks"], ["items"], ["export", "-"], ["export", "-", "--answers-only"], ["doctor", "--check"], ["doctor"], ["due"], ["road"],
    ["plan"], ["plan", "--json"], ["score"], ["assessment"], ["attempts"], ["dates"], ["busy"], ["outside"], ["outline"], ["set-aside"],
    ["day", "--report"], ["export-bank", data.BANK],
)  # fmt: skip
"""Over a database as it stands. `OUT` stands for a new file."""
WRITERS = (
    ["outside", "add", "a book", "20"], ["import", "BANK"], ["report", "--to", "OUT.html"], ["export-anki", "OUT.txt", "--all"],
    ["road", "--page", "OUT.html"], ["block", "--plain", "--items", "3", "--pool", "all"], ["resume", "--plain"], ["sync", "FOLDER"],
    ["set-aside", "00000001", "--reason", "noise"],
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 0.5, -0.0, 1e308, "", "x", "A", "\x1b[2J", "\u202e", "é" * 300,
    "2026-11-20", "2026-11-20T08:00:00.000Z", "9999-12-31", "0000-00-00", [], {}, [[]], {"a": 1}, [None], ["A"] * 30, "NaN", "x" * 70_000,
)  # fmt: skip
ABSURD: dict[str, tuple[Any, ...]] = {
    "INTEGER": (10**12, 10**15, 2**62, 2**63 - 1, -(2**63), -1, -(10**12), 0, 2**31, 10**9, 400, 10_001),
    "TEXT": (
        "", "x", "x" * 70_000, "\x1b[2J", "\u202e", "é" * 300, "9999-12-31", "0000-00-00", "2026-02-30", "9999-12-31T23:59:59.999Z",
        "-5000-01-01T00:00:00Z", "2026-11-20T08:00:00+99:99", "1e999", "NaN", "-1", str(10**30), "[]", "{}", "null", "[1e400]", "[" * 3000,
        '{"a": 1}', '["bank:x"]', '"\\ud800"', "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AAAA", "on", "off", "expired",
    ),
}  # fmt: skip
"""Values that a column's type allows and that no learner has."""
HOSTILE = (
    "DROP VIEW answers; CREATE VIEW answers AS SELECT * FROM answers",
    "ALTER TABLE settings RENAME TO s; CREATE VIEW settings AS SELECT name, value, 0 AS made_at_ms FROM s",
    "CREATE TRIGGER t1 AFTER INSERT ON annotations BEGIN DELETE FROM attempts; END",
    "CREATE TRIGGER t2 AFTER INSERT ON settings BEGIN INSERT INTO settings (name, value) VALUES (NEW.name || 'x', 'y'); END",
    "CREATE TRIGGER t3 BEFORE INSERT ON block_events BEGIN SELECT load_extension('x'); END",
    "CREATE TRIGGER t4 INSTEAD OF INSERT ON answers BEGIN SELECT 1; END",
    "ALTER TABLE blocks RENAME TO b; CREATE VIEW blocks AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT * FROM b, n",
    "ALTER TABLE items ADD COLUMN evil TEXT AS (hex(zeroblob(100000))) VIRTUAL",
    "CREATE TABLE sqlite_stat1_x (a); CREATE INDEX i1 ON attempts (abs(response_time_ms))",
    "DROP TABLE item_records; CREATE TABLE item_records (a, b)",
    "DROP TABLE retests", "DROP TABLE _sqlite_migrations", "UPDATE _sqlite_migrations SET name = 'later'",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'CHECK', 'CHECKS')",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 3 WHERE name = 'blocks'",
    "PRAGMA user_version = 99", "PRAGMA application_id = 7", "CREATE VIRTUAL TABLE f USING fts5(x)", "PRAGMA encoding = 'UTF-16'",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One document and the commands that take it, one after the other."""

    commands: Sequence[Sequence[str]]
    before: str = ""
    """The state of the database, where a command that fails must leave it so."""


def changed_value(value: Any, pick: random.Random) -> Any:
    """JSON with one value somewhere replaced, dropped or doubled."""
    if not isinstance(value, dict | list) or not value or pick.random() < 0.1:
        return pick.choice(JUNK)
    names: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    name = pick.choice(names)
    what = pick.random()
    if what < 0.08:
        del value[name]
    elif what < 0.12:
        value = {**value, "more": 1} if isinstance(value, dict) else [*value, value[name]]
    else:
        value[name] = changed_value(value[name], pick)
    return value


def changed_json(text: str, pick: random.Random) -> bytes:
    """A document of JSON changed in a byte or a value."""
    if pick.random() < 0.6:
        with contextlib.suppress(ValueError):
            return json.dumps(changed_value(json.loads(text), pick)).encode(errors="surrogatepass")
    return mutate(text.encode(), pick)


def changed_lines(text: str, pick: random.Random) -> bytes:
    """JSON Lines with one to three lines changed, some of them left without their digest so that more is read."""
    lines = text.encode().splitlines(keepends=True)
    for _ in range(pick.choice((1, 1, 1, 3))):
        at = pick.randrange(len(lines))
        if pick.random() < 0.1:
            other = pick.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
            continue
        line = lines[at]
        with contextlib.suppress(ValueError):
            values = json.loads(line)
            if isinstance(values, dict) and "log_digest" in values and pick.random() < 0.7:
                del values["log_digest"]
                line = json.dumps(values).encode() + b"\n"
        lines[at] = (
            changed_json(line.decode(errors="replace"), pick).rstrip(b"\n") + b"\n"
            if pick.random() < 0.9
            else b""
        )
    return b"".join(lines)


def fresh(shelf: Shelf, folder: Path, *words: str) -> Case:
    """A command over the empty database, which it must leave alone when it fails."""
    (folder / DATABASE).write_bytes(shelf.empty)
    return Case([words], shelf.empty_state)


def some(pick: random.Random, shelf: Shelf, folder: Path, readers: int) -> Case:
    """A few commands over the full database as it was changed."""
    commands = pick.sample(READERS, readers)
    if pick.random() < 0.3:
        commands.append(pick.choice(WRITERS))
    names = {"BANK": str(shelf.bank), "OUT": str(folder / "out"), "FOLDER": str(folder / "shared")}
    (folder / "shared").mkdir()
    return Case([[replaced(word, names) for word in words] for words in commands])


def replaced(word: str, names: dict[str, str]) -> str:
    stem, dot, ending = word.partition(".")
    return names.get(stem, stem) + dot + ending


def merge(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.jsonl").write_bytes(changed_lines(shelf.history, pick))
    return fresh(shelf, folder, "merge", str(folder / "in.jsonl"))


def synced(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / DATABASE).write_bytes(shelf.empty)
    machine = folder / "shared" / "other"
    machine.mkdir(parents=True)
    lines = changed_lines(shelf.history, pick).decode(errors="surrogateescape").splitlines(keepends=True)
    try:
        packed_lines = packed(lines)
    except UnicodeEncodeError:
        packed_lines = packed(["x"])
    if pick.random() < 0.1:
        packed_lines = mutate(packed_lines, pick)
    (machine / f"000001-{digest(packed_lines)}.jsonl.gz").write_bytes(packed_lines)
    return Case([["sync", str(folder / "shared")]])


def document(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.json").write_bytes(changed_json(shelf.document, pick))
    shape = pick.choice(([], ["--json"]))
    return Case([[pick.choice(("pacing", "next-step")), "--from", str(folder / "in.json"), *shape]])


def answers(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.jsonl").write_bytes(changed_lines(shelf.answers, pick))
    engine = "duckdb" if pick.random() < 0.01 else "sqlite"
    return Case([["bank-stats", str(folder / "in.jsonl"), "--bank", str(shelf.bank), "--engine", engine]])


def damaged(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    out = bytearray(shelf.full)
    pages = len(out) // 4096
    for _ in range(pick.choice((1, 1, 2, 5, 20))):
        at = pick.randrange(len(out))
        match pick.randrange(6):
            case 0:
                out[at] ^= 1 << pick.randrange(8)
            case 1:
                out[at] = pick.choice((0, 255, pick.randrange(256)))
            case 2:
                size = pick.choice((16, 512, 4096))
                out[at : at + size] = bytes([pick.choice((0, 0x5A, 0xFF))]) * len(out[at : at + size])
            case 3:
                one, other = pick.randrange(pages) * 4096, pick.randrange(pages) * 4096
                out[one : one + 4096], out[other : other + 4096] = (
                    out[other : other + 4096],
                    out[one : one + 4096],
                )
            case 4 if pick.random() < 0.2:
                del out[at:]
                out += b"\0" * (not out)
            case _:
                start = pick.randrange(pages) * 4096  # where the cells are listed
                out[(start + pick.randrange(120)) % len(out)] = pick.randrange(256)
    (folder / DATABASE).write_bytes(out)
    return some(pick, shelf, folder, 1)


def foreign(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / DATABASE).write_bytes(shelf.full)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        for script in pick.sample(HOSTILE, pick.choice((1, 1, 2))):
            with contextlib.suppress(sqlite3.Error):
                connection.executescript(script)
    return some(pick, shelf, folder, 1)


def rows(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    """Rows that another program wrote: right schema, absurd values; one time in four of any type, and null."""
    (folder / DATABASE).write_bytes(pick.choice((shelf.full, shelf.open)))
    loose = pick.random() < 0.25
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        if loose:
            connection.executescript(LOOSE)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("sqlite", "_")) and connection.execute(f"SELECT 1 FROM {name}").fetchone()
        ]
        for _ in range(pick.choice((1, 2, 4, 12))):
            table = pick.choice(tables)
            columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
            column, kind = pick.choice(columns)
            with contextlib.suppress(sqlite3.Error, OverflowError):
                (old,) = connection.execute(
                    f'SELECT "{column}" FROM {table} ORDER BY random() LIMIT 1'
                ).fetchone()
                connection.execute(
                    f'UPDATE {table} SET "{column}" = ? WHERE abs(random()) % ? = 0',
                    (absurd(old, kind, pick, loose=loose), pick.choice((1, 5, 50))),
                )
        if pick.random() < 0.95:  # guards that are gone would explain everything else
            for _, sql in guards:
                connection.execute(sql)
    return some(pick, shelf, folder, 2)


LOOSE = """
PRAGMA writable_schema = ON;
UPDATE sqlite_master SET sql = replace(replace(replace(sql, 'NOT NULL', ''), ') STRICT,', ')'), ') STRICT', ')')
    WHERE type = 'table' AND sql LIKE '%STRICT%';
"""
"""Tables as a tool makes them that copies rows and forgets what was promised of them."""


def absurd(old: Any, kind: str, pick: random.Random, *, loose: bool) -> Any:
    """A value for a column; of JSON half the time one with a value in it changed."""
    if isinstance(old, str) and old[:1] in "[{" and pick.random() < 0.5:
        with contextlib.suppress(ValueError, RecursionError):
            return json.dumps(changed_value(json.loads(old), pick)).encode("utf-8", "replace").decode()
    if loose and pick.random() < 0.7:
        return pick.choice((None, b"\xff\xfe", 0.5, 1e308, float("inf"), *ABSURD["INTEGER"], *ABSURD["TEXT"]))
    return pick.choice((*ABSURD.get(kind, ABSURD["TEXT"]), None))


def calendar(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    made = mutate(shelf.calendar[: pick.choice((2_000, len(shelf.calendar)))], pick)
    (folder / "in.yaml").write_bytes(made)
    return fresh(shelf, folder, "dates", "--read", str(folder / "in.yaml"))


def areas(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.txt").write_bytes(mutate(shelf.areas, pick))
    words = ["--date", "2026-06-01", "--total", "220", "--relative-to", "own"]
    return fresh(shelf, folder, "score", "add", *words, "--areas", str(folder / "in.txt"))


def figures(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.yaml").write_bytes(mutate(shelf.figures, pick))
    return Case([["check", str(folder / "in.yaml")]])


def sheet(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    made = zipped(changed_inside(shelf.workbook, pick))
    (folder / "in.xlsx").write_bytes(made if pick.random() < 0.8 else mutate(made, pick))
    return fresh(shelf, folder, "import", str(folder / "in.xlsx"))


MAKERS: dict[str, Callable[[Shelf, Path, random.Random], Case]] = {
    "merge": merge, "sync": synced, "document": document, "answers": answers, "database": damaged, "foreign database": foreign,
    "rows": rows, "calendar": calendar, "areas": areas, "figures": figures, "xlsx": sheet,
}  # fmt: skip
