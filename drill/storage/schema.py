"""The tables, as migrations named by what they do. Docs: docs/architecture.md, "The database"."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

MIGRATION_SET = "drill"


def create_banks_blocks_and_learner_tables(db: Database) -> None:
    """Everything version 0.1 needs."""
    run_script(db, _script("0001_banks_blocks_and_learner"))


def add_figures_and_media(db: Database) -> None:
    """Figures of item texts, and the picture files they show."""
    run_script(db, _script("0002_figures_and_media"))


def add_the_road(db: Database) -> None:
    """Dates, attempts, score reports, assessments and free days."""
    run_script(db, _script("0003_the_road"))


def guard_the_log_against_replacement(db: Database) -> None:
    """INSERT OR REPLACE into the log is refused on every connection."""
    run_script(db, _script("0004_the_log_refuses_replacement"))


def _script(name: str) -> str:
    """A file of drill/storage/migrations; like the functions above it is never edited once released."""
    return files("drill.storage").joinpath("migrations", f"{name}.sql").read_text(encoding="utf-8")


def run_script(db: Database, script: str) -> None:
    """Run statements one by one: executescript would commit the transaction around them."""
    import sqlite3

    statement = ""
    for text in script.splitlines(keepends=True):
        statement += text
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""


MIGRATIONS = (
    create_banks_blocks_and_learner_tables,
    add_figures_and_media,
    add_the_road,
    guard_the_log_against_replacement,
)
"""In order; never edited once released, only added to."""

MIGRATION_NAMES = tuple(migration.__name__ for migration in MIGRATIONS)


def migrate(db: Database) -> None:
    """Apply what is missing, each migration in its own transaction or the caller's."""
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)
    for migration in MIGRATIONS:
        migrations()(migration)
    migrations.apply(db)
