"""What is there before something is written: databases and the files that are read. For benchmarks/crash_scenes.py."""

from __future__ import annotations

import contextlib
import io
import os
import random
import shutil
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks import data
from benchmarks.powercut import make_database
from drill import system
from drill.cli.main import main as drill
from drill.core.clock import WallTime
from drill.core.items import Bank
from drill.storage.rescue import free_name
from drill.storage.schema import MIGRATION_SET, MIGRATIONS
from drill.storage.store import open_writer
from drill.usecases import kept_report
from tests.factories import FakeClock, import_bank, make_pictured, make_png
from tests.sittings import sit

DATABASE = "drill.db"
SHARED = "shared"
NOW = WallTime(1_795_000_000_000)
TODAY = date(2026, 11, 18)


def set_clock() -> None:
    """Stamp all that is written with one instant and ids of one row, so that two runs write the same."""
    os.environ["XDG_DATA_HOME"] = str(Path.cwd() / "data")
    system.SystemClock.wall = lambda self: NOW  # type: ignore[method-assign]
    pick = random.Random(1)
    system.new_id = lambda: str(uuid.UUID(int=pick.getrandbits(128), version=4))
    kept_report.SETTLED_NS = -(1 << 62)  # what is copied for each run is never settled


def command(*words: str) -> str:
    """A command of drill in the current folder, to its end; what it said where it refused."""
    set_clock()
    errors = io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
        status = drill(["--db", DATABASE, *words])
    return errors.getvalue().strip() or f"status {status}" if status else ""


def run(folder: Path, *words: str) -> None:
    """The same in a folder; it must end well."""
    with contextlib.chdir(folder):
        said = command(*words)
    assert not said, said


def nothing(folder: Path) -> None:
    """No database."""


def with_history(folder: Path) -> None:
    """300 questions and 2,000 attempts."""
    data.copy_of(data.prepare(300, 2_000, say=False), folder, DATABASE)


def with_short_history(folder: Path) -> None:
    """60 questions and 400 attempts."""
    data.copy_of(data.prepare(60, 400, say=False), folder, DATABASE)


def with_few_questions(folder: Path) -> None:
    """A small bank alone, for what opens the database itself: the doctor examines it in no time."""
    make_database(folder / DATABASE)


def with_backup(folder: Path) -> None:
    """A database and its copy of the day before."""
    with_few_questions(folder)
    (folder / "backups").mkdir()
    shutil.copyfile(folder / DATABASE, folder / "backups" / "drill-2026-11-17.db")


def with_long_history(folder: Path) -> None:
    """A history of which reports are kept."""
    data.copy_of(data.prepare(300, 6_000, say=False), folder, DATABASE)


def with_questions(folder: Path) -> None:
    """300 questions."""
    data.copy_of(data.prepare(300, 0, say=False), folder, DATABASE)


def write_bank(folder: Path, items: int, seed: int, bank: str) -> None:
    """A bank's file of which nothing is to warn (of one without explanations is): it is known again."""
    from drill.importers.yaml_writer import bank_to_yaml

    made = data.make_bank(items, seed)
    explained = tuple(replace(item, explanation="It is made up.") for item in made.items)
    text = bank_to_yaml(replace(made, id=bank, items=explained))
    (folder / "bank.yaml").write_text(text, encoding="utf-8")


def bank_file(items: int, seed: int = 1, bank: str = data.BANK) -> Callable[[Path], None]:
    """A bank's file beside a history; another seed gives the same questions other texts."""

    def prepare(folder: Path) -> None:
        with_history(folder)
        write_bank(folder, items, seed, bank)

    return prepare


def imported_but_for_its_note(folder: Path) -> None:
    """Killed between the two transactions of an import."""
    bank_file(300)(folder)
    run(folder, "import", "bank.yaml")
    changed(folder, "UPDATE banks SET imported_as = NULL WHERE shipped = 0")


def other_history(folder: Path) -> None:
    """The history as a file, and a database without it."""
    with_history(folder)
    run(folder, "export", "history.jsonl")
    with_questions(folder)


def shared_folder(folder: Path) -> None:
    """A machine with 20 blocks of its own, and what another with 50 has put into the folder."""
    (folder / SHARED).mkdir()
    with_history(folder)
    run(folder, "sync", SHARED)
    with_questions(folder)
    clock = FakeClock()
    with open_writer(folder / DATABASE) as store:
        for number in range(20):
            sit(store, f"own-{number}", clock=clock, items=20, seed=number)
            clock.advance(3_600_000)


def wrong_projections(folder: Path) -> None:
    with_history(folder)
    changed(
        folder,
        "DELETE FROM attempts WHERE position % 3 = 0",
        "UPDATE attempts SET visits = visits + 1",
        "DELETE FROM item_records",
    )


def without_retests(folder: Path) -> None:
    with_history(folder)
    changed(folder, "DELETE FROM retests", "DELETE FROM settings WHERE name LIKE 'retests%'")


def of_schema(version: int) -> Callable[[Path], None]:
    """The same rows in a database of an earlier schema."""
    return lambda folder: downgrade(data.prepare(300, 2_000, say=False), folder / DATABASE, version)


def downgrade(new: Path, old: Path, version: int) -> None:
    """Make a database of the first `version` migrations with what a newer one holds.

    Without the shipped bank, whose figures and words earlier schemas do not know.
    """
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
            where = f"WHERE bank = '{data.BANK}'" if "bank" in columns else ""
            connection.execute(
                f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM new."{table}" {where}'
            )
        connection.execute("COMMIT")
        connection.execute("DETACH new")
        connection.execute("PRAGMA journal_mode = WAL")


def with_test_day(folder: Path) -> None:
    with_short_history(folder)
    run(folder, "dates", "--test", "2027-01-20")


def with_answers(folder: Path) -> None:
    """The answers of a learner, and the bank that was answered."""
    bank_file(300)(folder)
    run(folder, "export", "--answers-only", "answers.csv")


def with_pictures(folder: Path) -> None:
    """20 pictures in a bank of their own, and a folder to write into."""
    with_few_questions(folder)
    made = [make_pictured(f"p{number}", data=make_png(40 + number, 30)) for number in range(20)]
    items, media = zip(*made, strict=True)
    with open_writer(folder / DATABASE) as store:
        import_bank(store, Bank("pictured", "Pictured", items=items, media=media))
    (folder / "out").mkdir()


def with_rescue(folder: Path) -> None:
    """A copy was saved; in its place is an older one whose last writer was killed."""
    with_history(folder)
    (folder / DATABASE).rename(free_name(folder / DATABASE, "rescued"))
    with_questions(folder)
    open_writer(folder / DATABASE).close()
    with (
        closing(sqlite3.connect(folder / DATABASE)) as writer,
        closing(sqlite3.connect(folder / DATABASE)) as other,
    ):
        other.execute("SELECT * FROM settings").fetchall()
        writer.execute("INSERT INTO settings (name, value) VALUES ('last', 'word')")
        writer.commit()
        wal = (folder / f"{DATABASE}-wal").read_bytes()
        whole = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(whole)
    (folder / f"{DATABASE}-wal").write_bytes(wal)


def changed(folder: Path, *statements: str) -> None:
    """A database that another hand changed."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
