"""kill -9 at random instants of everything that writes, but blocks (benchmarks/crash.py).

    python -m benchmarks.crash_writers [--kills 40] [--seed 1] [--only import]

Two kinds. A writer of one piece (an import, a merge, a migration, an export ...) runs to its end once; then, over and over
on a fresh copy, it is killed at an instant between its start and that end, mostly while its files change. What is found must be exactly
what was there before or what is there after it; the next start of the same command must bring it to the end, without a
traceback, without a file left beside. A writer of many small pieces (settings, annotations, Road ...) says each piece once
it is kept; after the kill each one said must be there, and at most one more.

`sync` takes in a file of 50 blocks and writes one of its own. What it has taken in is all or nothing; after the next start a third,
empty machine must get from the folder all that the one that was killed has.

`torn`: neither before nor after. `lost`: said and not there. `damaged`: the doctor finds anything. `orphans`: files that stay after
the next start. `not finished`: the next start did not end well.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import data
from benchmarks.start import REPO
from benchmarks.terminal import DRILL, compiled
from drill.storage.doctor import examine
from drill.storage.schema import MIGRATION_SET, MIGRATIONS
from drill.storage.store import open_reader, open_writer

DATABASE = "drill.db"
OF_A_MACHINE = {"settings", "sync_segments", "sync_units"}
"""Tables in which the machine's own id and the digests of its files stand."""
VOLATILE = {"imported_at", "created_at", "applied_at", "imported_as", "changed_at_ms", "labelled_ms"}
"""Columns that tell when it was, which differs between runs."""
_INSTANT = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?Z?|\d{8}T\d{6}Z")
_MADE_NAME = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A digest, a machine."""
_BESIDE = re.compile(r"drill\.db-(wal|shm)|drill\.db\.lock")


@dataclass(frozen=True)
class Writer:
    """Something that writes, as a command."""

    name: str
    prepare: Callable[[Path], None]
    """Makes the database and the files that are read, in a folder."""
    command: list[str]
    """Run in that folder."""
    writes: str = ""
    """The file it makes beside the database, or its folder; empty: it writes the database."""
    repeatable: bool = True
    """Whether it may run again once it is done."""
    status: int = 0
    pieces: str = ""
    """SQL that counts what a writer of many small pieces has kept."""
    folder: str = ""
    """The folder it shares with other machines."""


@dataclass
class Tally:
    """What was seen of one writer."""

    kills: int = 0
    before: int = 0
    after: int = 0
    pieces: int = 0
    torn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    not_finished: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """All of them, in words."""
        return [*self.torn, *self.lost, *self.damaged, *self.orphans, *self.not_finished]


def drill(*words: str) -> list[str]:
    """A command of drill."""
    return [*DRILL, "--db", DATABASE, *words]


def code(text: str) -> list[str]:
    """A writer that has no command of its own."""
    return [sys.executable, "-c", f"from pathlib import Path\npath = Path({DATABASE!r})\n{text}"]


# What is there before


def with_history(folder: Path) -> None:
    """300 questions and 2,000 attempts."""
    data.copy_of(data.prepare(300, 2_000, say=False), folder, DATABASE)


def write_bank(folder: Path, items: int, seed: int = 1, bank: str = data.BANK) -> None:
    """A bank's file; another seed gives the same questions other texts."""
    from drill.importers.yaml_writer import bank_to_yaml

    made = replace(data.make_bank(items, seed), id=bank)
    (folder / "bank.yaml").write_text(bank_to_yaml(made), encoding="utf-8")


def new_bank(folder: Path) -> None:
    with_history(folder)
    write_bank(folder, 300, bank="new")


def changed_bank(folder: Path) -> None:
    with_history(folder)
    write_bank(folder, 300, seed=2)


def large_bank(folder: Path) -> None:
    with_history(folder)
    write_bank(folder, 10_000, bank="large")


def other_history(folder: Path) -> None:
    """The history as a file, and a database without it."""
    with_history(folder)
    run(drill("export", "history.jsonl"), folder)
    for path in folder.glob(f"{DATABASE}*"):
        path.unlink()
    data.copy_of(data.prepare(300, 0, say=False), folder, DATABASE)


def shared_folder(folder: Path) -> None:
    """A machine with 20 blocks of its own, and what another with 50 has put into the folder."""
    from tests.factories import FakeClock
    from tests.sittings import sit

    (folder / SHARED).mkdir()
    with_history(folder)
    run(drill("sync", SHARED), folder)
    for path in folder.glob(f"{DATABASE}*"):
        path.unlink()
    data.copy_of(data.prepare(300, 0, say=False), folder, DATABASE)
    clock = FakeClock()
    with open_writer(folder / DATABASE) as store:
        for number in range(20):
            sit(store, f"own-{number}", clock=clock, items=20, seed=number)
            clock.advance(3_600_000)


def wrong_projections(folder: Path) -> None:
    with_history(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("DELETE FROM attempts WHERE position % 3 = 0")
        connection.execute("UPDATE attempts SET visits = visits + 1")
        connection.execute("DELETE FROM item_records")
        connection.commit()


def without_retests(folder: Path) -> None:
    with_history(folder)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("DELETE FROM retests")
        connection.execute("DELETE FROM settings WHERE name LIKE 'retests%'")
        connection.commit()


def of_schema(version: int) -> Callable[[Path], None]:
    """The same rows in a database of an earlier schema."""

    def prepare(folder: Path) -> None:
        new = data.prepare(300, 2_000, say=False)
        downgrade(new, folder / DATABASE, version)

    return prepare


def downgrade(new: Path, old: Path, version: int) -> None:
    """Make a database of the first `version` migrations with what a newer one holds."""
    from sqlite_utils import Database, Migrations

    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        migrations = Migrations(MIGRATION_SET)
        for migration in MIGRATIONS[:version]:
            migrations()(migration)
        migrations.apply(Database(connection, execute_plugins=False))
        connection.execute("ATTACH ? AS new", (str(new),))
        connection.execute("BEGIN")
        tables = connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            if table.startswith(("_", "sqlite_")):
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
            names = ", ".join(f'"{name}"' for name in columns)
            connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM new."{table}"')
        connection.execute("COMMIT")
        connection.execute("DETACH new")
        connection.execute("PRAGMA journal_mode = WAL")


SHARED = "shared"
MANY = 10_000
LOOP = f"""
from drill.storage.store import open_writer
with open_writer(path) as store:
    for number in range(1, {MANY}):
        {{statement}}
        print(number, flush=True)
"""


def many(statement: str, imports: str = "") -> list[str]:
    """A writer of many small pieces, each said once it is kept."""
    return code(imports + LOOP.format(statement=statement))


WRITERS = [
    Writer("import, a new bank", new_bank, drill("import", "bank.yaml")),
    Writer("import, every text changed", changed_bank, drill("import", "bank.yaml")),
    Writer("import, 10,000 questions", large_bank, drill("import", "bank.yaml")),
    Writer("merge", other_history, drill("merge", "history.jsonl")),
    Writer("sync", shared_folder, drill("sync", SHARED), folder=SHARED),
    Writer("doctor, rebuilding", wrong_projections, drill("doctor")),
    Writer("retest schedule", without_retests, code(
        "from drill.storage.store import open_writer\nfrom drill.usecases.retests import rebuild_retests\n"
        "with open_writer(path) as store: rebuild_retests(store)")),
    *(Writer(f"migration from schema {version}", of_schema(version), code(
        "from drill.storage.store import open_writer\nopen_writer(path).close()"))
      for version in range(1, len(MIGRATIONS))),
    Writer("backup", with_history, code(
        "from datetime import date\nfrom drill.storage.backup import make_backup\n"
        "make_backup(path, date(2026, 11, 20))"), writes="backups"),
    Writer("settings", with_history, many(
        "write_setting(store, f'crash_{number}', 'x')", "from drill.storage.settings import write_setting"),
        pieces="SELECT count(*) FROM settings WHERE name LIKE 'crash_%'"),
    Writer("review annotations", with_history, many(
        f"write_note(store, {data.BANK!r}, f'case-{{number:06}}', 'a note', number)",
        "from drill.storage.annotations import write_note"),
        pieces="SELECT count(*) FROM annotations WHERE kind = 'note' AND value = 'a note'"),
    Writer("Road's entries", with_history, many(
        "write_entries(store, [OutsideWork(str(number), day, 'a book', 20, None, None, True)], number)",
        "from datetime import date\nfrom drill.core.road.assessments import OutsideWork\n"
        "from drill.storage.road import write_entries\nday = date(2026, 11, 20)"),
        pieces="SELECT count(*) FROM road WHERE kind = 'outside'"),
    Writer("export", with_history, drill("export", "out.jsonl"), writes="out.jsonl"),
    Writer("report", with_history, drill("report", "--to", "out.html"), writes="out.html"),
    Writer("road --page", with_history, drill("road", "--page", "out.html"), writes="out.html"),
    Writer("export-bank", with_history, drill("export-bank", data.BANK, "out.yaml"), writes="out.yaml", repeatable=False),
    Writer("export-anki", with_history, drill("export-anki", "out.txt", "--all"), writes="out.txt", repeatable=False),
]  # fmt: skip


# Looking


def run(command: list[str], folder: Path, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, check=check, timeout=600
    )


def environment() -> dict[str, str]:
    """Where drill is imported from, and nothing of the caller's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRILL_")}
    return {**kept, **compiled(), "PYTHONPATH": str(REPO), "HOME": tempfile.gettempdir()}


def state(folder: Path, writer: Writer) -> str:
    """What is there, without when it was written."""
    if writer.writes:
        place = folder / writer.writes
        if place.is_dir():
            return " ".join(f"{path.name}:{database_state(path)}" for path in sorted(place.glob("*.db")))
        return hashlib.sha256(_INSTANT.sub(b"", place.read_bytes())).hexdigest() if place.exists() else ""
    return database_state(folder / DATABASE, OF_A_MACHINE if writer.folder else frozenset())


def database_state(path: Path, but: Collection[str] = ()) -> str:
    """A digest of every row, in an order of its own, and of the schema; `but`: tables whose rows are left out."""
    made = hashlib.sha256()
    with closing(sqlite3.connect(path)) as connection:
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall():
            made.update(repr((name, sql)).encode())
        for (table,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        ).fetchall():
            if table in but:
                continue
            told = [
                row[1]
                for row in connection.execute(f'PRAGMA table_info("{table}")')
                if row[1] not in VOLATILE
            ]
            names = ", ".join(f'"{name}"' for name in told)
            for row in sorted(connection.execute(f'SELECT {names} FROM "{table}"'), key=repr):
                made.update(repr(row).encode())
    return made.hexdigest()


def files(folder: Path) -> Counter[str]:
    """Every file below a folder, but those SQLite and the lock keep beside a database; without digests and ids."""
    found = (str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())
    return Counter(_MADE_NAME.sub("*", name) for name in found if not _BESIDE.fullmatch(name))


def prints(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Sizes and times of all files but the lock."""
    return tuple(
        (entry.name, entry.stat().st_size, entry.stat().st_mtime_ns)
        for entry in os.scandir(folder)
        if not entry.name.endswith(".lock")
    )


@dataclass(frozen=True)
class Course:
    """One run to its end."""

    began_s: float
    """When its files first changed."""
    ended_s: float
    state: str
    files: Counter[str]


def course_of(writer: Writer, folder: Path) -> Course:
    """Run a writer of one piece to its end."""
    start, first = time.perf_counter(), None
    was = prints(folder)
    child = subprocess.Popen(writer.command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
    while child.poll() is None:
        if first is None and prints(folder) != was:
            first = time.perf_counter() - start
        time.sleep(0.002)
    ended = time.perf_counter() - start
    if child.returncode != writer.status:
        assert child.stderr is not None
        raise SystemExit(f"{writer.name}: {child.stderr.read().decode()}")
    return Course(first or 0.0, ended, state(folder, writer), files(folder))


def fresh(template: Path, folder: Path) -> Path:
    """A copy of what is there before."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    return folder


def kill_after(command: list[str], folder: Path, seconds: float) -> str:
    """Start, wait, kill; what it had said."""
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            command, cwd=folder, env=environment(), stdout=said, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        said.seek(0)
        return said.read().decode()


def one_piece(writer: Writer, template: Path, folder: Path, kills: int, pick: random.Random) -> Tally:
    """All or nothing?"""
    before = state(template, writer)
    course = course_of(writer, fresh(template, folder))
    assert course.state != before, f"{writer.name} changed nothing"
    tally = Tally()
    for _ in range(kills):
        low = course.began_s * 0.9 if pick.random() < 0.85 else 0.0
        after_s = pick.uniform(low, course.ended_s * 1.02)
        kill_after(writer.command, fresh(template, folder), after_s)
        tally.kills += 1
        found = state(folder, writer)
        tally.before += found == before
        tally.after += found == course.state
        if found not in (before, course.state):
            tally.torn.append(f"{writer.name}, {after_s:.3f} s: neither what was before nor what is after")
        look(writer, folder, tally, sound=found == course.state or "doctor" not in writer.name)
        if writer.repeatable or found == before:
            done = run(writer.command, folder, check=False)
            if (
                done.returncode != writer.status
                or "Traceback" in done.stderr
                or state(folder, writer) != course.state
            ):
                tally.not_finished.append(f"{writer.name}, {after_s:.3f} s: {done.stderr[-300:]}")
        if writer.folder:
            third_machine(writer, folder, tally)
        tally.orphans += [f"{writer.name}: {name} stayed" for name in files(folder) - course.files]
    return tally


def third_machine(writer: Writer, folder: Path, tally: Tally) -> None:
    """A new machine gets from the folder every block that is here."""
    new = folder.parent / "third.db"
    for path in new.parent.glob(f"{new.name}*"):
        path.unlink()
    data.copy_of(data.prepare(300, 0, say=False), new.parent, new.name)
    run([*DRILL, "--db", str(new), "sync", writer.folder], folder)
    if events(new) != events(folder / DATABASE):
        tally.lost.append(
            f"{writer.name}: a third machine has {len(events(new))} events, not those that are here"
        )


def events(path: Path) -> set[tuple[object, ...]]:
    """The whole log."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT * FROM block_events"))


def small_pieces(writer: Writer, template: Path, folder: Path, kills: int, pick: random.Random) -> Tally:
    """Is all that was said there?"""
    tally = Tally()
    for _ in range(kills):
        said = kill_after(writer.command, fresh(template, folder), pick.uniform(0.2, 1.5)).split()
        tally.kills += 1
        with closing(sqlite3.connect(folder / DATABASE)) as connection:
            kept = connection.execute(writer.pieces).fetchone()[0]
        tally.pieces += len(said)
        if not len(said) <= kept <= len(said) + 1:
            tally.lost.append(f"{writer.name}: {len(said)} said, {kept} kept")
        look(writer, folder, tally)
    assert tally.pieces, f"{writer.name} said nothing"
    return tally


def look(writer: Writer, folder: Path, tally: Tally, *, sound: bool = True) -> None:
    """Let the doctor examine the database as the next start finds it."""
    path = folder / DATABASE
    if writer.name.startswith("migration"):
        open_writer(path).close()
    store = open_reader(path)
    if store is None:
        tally.damaged.append(f"{writer.name}: the database is gone")
        return
    with store:
        report = examine(store, repair=False)
    if report.problems or (sound and report.differences):
        tally.damaged.append(f"{writer.name}: {report}"[:400])


def chosen(only: str) -> Iterator[Writer]:
    """The writers whose name holds a word."""
    return (writer for writer in WRITERS if only in writer.name)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=40, help="of each writer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="writers whose name holds this")
    options = parser.parse_args()
    pick = random.Random(options.seed)
    print(
        f"{'':32}{'kills':>6}{'before':>8}{'after':>7}{'said':>7}{'torn':>6}{'lost':>6}{'damaged':>9}{'orphans':>9}{'not finished':>14}"
    )
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="drill-crash-") as scratch:
        for writer in chosen(options.only):
            template = Path(scratch) / "before"
            shutil.rmtree(template, ignore_errors=True)
            template.mkdir()
            writer.prepare(template)
            attack = small_pieces if writer.pieces else one_piece
            tally = attack(writer, template, Path(scratch) / "run", options.kills, pick)
            print(
                f"{writer.name:32}{tally.kills:>6}{tally.before:>8}{tally.after:>7}{tally.pieces:>7}{len(tally.torn):>6}"
                f"{len(tally.lost):>6}{len(tally.damaged):>9}{len(tally.orphans):>9}{len(tally.not_finished):>14}",
                flush=True,
            )
            faults += tally.faults
    for text in faults[:20]:
        print("  " + text)
    print(f"faults {len(faults)}   aim 0 {'met' if not faults else 'MISSED'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
