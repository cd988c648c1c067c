"""Feeds mutated documents from outside to the commands that take them: histories, synced files, databases, settings, calendars ...

    python -m benchmarks.fuzz_documents [--files 50000] [--seed 1] [--only database]

(Files of questions: benchmarks/fuzz.py.) Each document is given to a command of drill in a process of its own, over a fresh
database. Half of the changes are to bytes; of JSON the other half replaces, drops or doubles a value. Findings, each printed with
its number, by which it can be made again:

- a traceback, also one that a damaged database would explain to a person;
- a hang: more than 10 s, or a process that dies of memory (2 GiB) or of a signal;
- a partial write: the command failed, and the database is not what it was.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import data
from benchmarks.crash_writers import database_state
from benchmarks.fuzz import changed_inside, mutate, workbook, zipped
from drill.cli.main import main as drill
from drill.usecases.sync_folder import digest, packed

LIMIT_S = 10
MEMORY = 2 << 30
DATABASE = "drill.db"
READERS = (
    ["history"], ["history", "--json"], ["pacing"], ["next-step"], ["banks"], ["items"], ["export", "-"], ["doctor", "--check"],
    ["due"], ["road"], ["plan"], ["export-bank", data.BANK], ["doctor"],
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**400, 0.5, -0.0, 1e308, "", "x", "A", "\x1b[2J", "\u202e", "é" * 300,
    "2026-11-20", "2026-11-20T08:00:00.000Z", "9999-12-31", "0000-00-00", [], {}, [[]], {"a": 1}, [None], ["A"] * 30, "NaN", "x" * 70_000,
)  # fmt: skip
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
TABLES = ("banks", "items", "item_revisions", "options", "blocks", "block_items", "block_events", "attempts", "annotations", "settings",
          "road", "retests", "item_records")  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One document and the command that takes it."""

    words: list[str]
    writes: bool


class Shelf:
    """The sound documents, made once."""

    def __init__(self, folder: Path) -> None:
        full = data.copy_of(data.prepare(60, 240, say=False), folder, "full.db")
        with closing(sqlite3.connect(full)) as connection:
            connection.execute("INSERT INTO road VALUES ('outside', 'a', ?, 5)", (json.dumps(
                {"day": "2026-11-20", "source": "a book", "questions": 20, "right": 5, "minutes": None, "finished": True}),))  # fmt: skip
            connection.execute(
                "INSERT INTO annotations (kind, bank, item, value, made_at_ms) VALUES ('note', ?, 'case-000001', 'a note', 5)", (data.BANK,))  # fmt: skip
            connection.commit()
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("VACUUM")
        connection.close()
        self.full = full.read_bytes()
        empty = data.copy_of(data.prepare(60, 0, say=False), folder, "empty.db")
        self.empty = empty.read_bytes()
        self.history = said("--db", str(full), "export", "-")
        self.document = said("--db", str(full), "history", "--json")
        repository = Path(__file__).parent.parent
        self.calendar = (repository / "drill" / "calendar.yaml").read_bytes()
        self.figures = (repository / "tests" / "data" / "figures.yaml").read_bytes()
        self.areas = b"system: Cardiovascular = Lower\ntask: Diagnosis = Higher\n# a comment\ndiscipline: Surgery = Same\n"
        self.workbook = workbook()


def said(*words: str) -> str:
    """What a command prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        drill(list(words))
    return out.getvalue()


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
            if "log_digest" in values and pick.random() < 0.7:
                del values["log_digest"]
                line = json.dumps(values).encode() + b"\n"
        lines[at] = (
            changed_json(line.decode(errors="replace"), pick).rstrip(b"\n") + b"\n"
            if pick.random() < 0.9
            else b""
        )
    return b"".join(lines)


def merge(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / DATABASE).write_bytes(shelf.empty)
    (folder / "in.jsonl").write_bytes(changed_lines(shelf.history, pick))
    return Case(["merge", str(folder / "in.jsonl")], True)


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
    return Case(["sync", str(folder / "shared")], False)


def document(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.json").write_bytes(changed_json(shelf.document, pick))
    shape = pick.choice(([], ["--json"]))
    return Case([pick.choice(("pacing", "next-step")), "--from", str(folder / "in.json"), *shape], False)


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
    return Case(list(pick.choice(READERS)), False)


def foreign(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / DATABASE).write_bytes(shelf.full)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        for script in pick.sample(HOSTILE, pick.choice((1, 1, 2))):
            with contextlib.suppress(sqlite3.Error):
                connection.executescript(script)
    return Case(
        list(
            pick.choice((*READERS, ["outside", "add", "a book", "20"], ["import", bank_file(shelf, folder)]))
        ),
        False,
    )


def bank_file(shelf: Shelf, folder: Path) -> str:
    (folder / "bank.yaml").write_bytes(shelf.figures)
    return str(folder / "bank.yaml")


def values(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    """Values of the tables that another program wrote: any type, past the checks."""
    (folder / DATABASE).write_bytes(shelf.full)
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for _ in range(pick.choice((1, 2, 4))):
            table = pick.choice(TABLES)
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            column, value = (
                pick.choice(columns),
                pick.choice((*JUNK, json.dumps(pick.choice(JUNK)), b"\xff\xfe", "\ud800x")),
            )
            if isinstance(value, list | dict | str):
                value = (
                    (value if isinstance(value, str) else json.dumps(value))
                    .encode("utf-8", "surrogatepass")
                    .decode("utf-8", "replace")
                )
            with contextlib.suppress(sqlite3.Error, OverflowError):
                connection.execute(
                    f'UPDATE {table} SET "{column}" = ? WHERE abs(random()) % ? = 0',
                    (value, pick.choice((1, 5, 50))),
                )
    return Case(list(pick.choice(READERS)), False)


def calendar(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / DATABASE).write_bytes(shelf.empty)
    (folder / "in.yaml").write_bytes(
        mutate(shelf.calendar[: pick.choice((2_000, len(shelf.calendar)))], pick)
    )
    return Case(["dates", "--read", str(folder / "in.yaml")], True)


def areas(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / DATABASE).write_bytes(shelf.empty)
    (folder / "in.txt").write_bytes(mutate(shelf.areas, pick))
    words = [
        "score",
        "add",
        "--date",
        "2026-06-01",
        "--total",
        "220",
        "--relative-to",
        "own",
        "--areas",
        str(folder / "in.txt"),
    ]
    return Case(words, True)


def figures(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    (folder / "in.yaml").write_bytes(mutate(shelf.figures, pick))
    return Case(["check", str(folder / "in.yaml")], False)


def sheet(shelf: Shelf, folder: Path, pick: random.Random) -> Case:
    made = zipped(changed_inside(shelf.workbook, pick))
    (folder / "in.xlsx").write_bytes(made if pick.random() < 0.8 else mutate(made, pick))
    return Case(["check", str(folder / "in.xlsx")], False)


MAKERS: dict[str, Callable[[Shelf, Path, random.Random], Case]] = {
    "merge": merge, "sync": synced, "document": document, "database": damaged, "foreign database": foreign, "values": values,
    "calendar": calendar, "areas": areas, "figures": figures, "xlsx": sheet,
}  # fmt: skip


def load_modules(shelf: Shelf, folder: Path) -> None:
    """Run each command once here, so that the children find its modules loaded."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for words in READERS:
            drill(["--db", str(folder / "full.db"), *words])
        for kind, maker in MAKERS.items():
            place = folder / f"loading {kind}"
            place.mkdir()
            case = maker(shelf, place, random.Random(1))
            with contextlib.suppress(Exception):
                drill(["--db", str(place / DATABASE), *case.words])


def one(shelf: Shelf, folder: Path, kind: str, number: int, seed: int) -> tuple[str, str]:
    """Make a document and give it to its command, in a child; what came of it, and what was said."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    case = MAKERS[kind](shelf, folder, random.Random(f"{seed}:{kind}:{number}"))
    before = database_state(folder / DATABASE) if case.writes else ""
    report = folder / "report"
    child = os.fork()
    if child == 0:
        signal.alarm(LIMIT_S)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        out, errors = io.StringIO(), io.StringIO()
        status = 99
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
                status = drill(["--db", str(folder / DATABASE), *case.words])
            report.write_text(errors.getvalue()[-500:], errors="replace")
        except SystemExit as left:
            status = int(str(left.code or 0))
        except BaseException:
            report.write_text(traceback.format_exc()[-3000:], errors="replace")
        os._exit(status if "Merged:" not in out.getvalue() else 0)
    _, code = os.waitpid(child, 0)
    text = f"{case.words}: {report.read_text(errors='replace') if report.exists() else ''}"
    if os.WIFSIGNALED(code):
        return (
            "hang" if os.WTERMSIG(code) == signal.SIGALRM else "crash"
        ), f"signal {os.WTERMSIG(code)} {text}"
    status = os.WEXITSTATUS(code)
    if status not in (0, 1, 2):
        return "traceback", text
    if status and case.writes and database_state(folder / DATABASE) != before:
        return "partial write", text
    return ("refused" if status else "taken"), text


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="documents whose name holds this")
    parser.add_argument("--number", type=int, help="only this one, with what it says")
    options = parser.parse_args()
    kinds = [name for name in MAKERS if options.only in name]
    seen: Counter[tuple[str, str]] = Counter()
    found: list[str] = []
    slowest = 0.0
    deadline = time.monotonic() + options.seconds
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="drill-fuzz-", dir=memory if memory.is_dir() else None
    ) as scratch:
        shelf = Shelf(Path(scratch))
        load_modules(shelf, Path(scratch))
        numbers = range(options.files) if options.number is None else [options.number]
        for number in numbers:
            if time.monotonic() > deadline:
                break
            kind = kinds[number % len(kinds)]
            began = time.perf_counter()
            outcome, text = one(shelf, Path(scratch) / "run", kind, number, options.seed)
            slowest = max(slowest, time.perf_counter() - began)
            seen[kind, outcome] += 1
            if outcome not in ("taken", "refused") or options.number is not None:
                found.append(f"{kind} {number}: {outcome}: {text}")
                print(found[-1], file=sys.stderr, flush=True)
    names = ("taken", "refused", "traceback", "hang", "crash", "partial write")
    print(f"{'':18}" + "".join(f"{name:>14}" for name in names))
    for kind in kinds:
        print(f"{kind:18}" + "".join(f"{seen[kind, name]:>14,}" for name in names))
    print(
        f"{sum(seen.values()):,} documents, seed {options.seed}, slowest {slowest:.1f} s; findings {len(found)}, aim 0"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
