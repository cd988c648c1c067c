"""The tables, as migrations named by what they do. Docs: docs/architecture.md, "The database"."""

from __future__ import annotations

from pathlib import Path
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
    return (Path(__file__).parent / "migrations" / f"{name}.sql").read_text(encoding="utf-8")


def add_same_questions(db: Database) -> None:
    """Fingerprints of all items, to find the same question in two banks."""
    from drill.core.identity import identity_of
    from drill.storage.same_questions import rebuild

    run_script(db, _script("0005_same_questions"))
    options: dict[tuple[str, str], dict[str, str]] = {}
    for bank, item, letter, text in db.execute(
        """SELECT o.bank, o.item, o.letter, o.text FROM options o JOIN items i USING (bank, item, revision)
           ORDER BY o.bank, o.item, o.letter"""
    ):
        options.setdefault((bank, item), {})[letter] = text
    texts = db.execute(
        """SELECT r.bank, r.item, r.stem, r.lead_in, r.answer
           FROM item_revisions r JOIN items i USING (bank, item, revision)"""
    ).fetchall()
    for bank, item, stem, lead_in, answer in texts:
        named = options.get((bank, item), {})
        found = identity_of(stem, lead_in, named.values(), named.get(answer, ""))
        db.execute("UPDATE items SET identity = ? WHERE bank = ? AND item = ?", (found, bank, item))
    rebuild(db.conn)


def add_log_digests(db: Database) -> None:
    """A digest over each block's events; of the blocks that are there, over their events as they stand."""
    from drill.storage.digest import digest_of

    run_script(db, _script("0006_log_digest"))
    for (block,) in db.execute("SELECT block FROM blocks").fetchall():
        db.execute("UPDATE blocks SET log_digest = ? WHERE block = ?", (digest_of(db.conn, block), block))


def add_blocks_set_aside(db: Database) -> None:
    """What the learner said of whole blocks."""
    run_script(db, _script("0007_blocks_set_aside"))


def add_groups_former_ids_and_only_if(db: Database) -> None:
    """Groups of items, ids that items had before, and `only_if` as a reason why a step is wrong."""
    run_script(db, _script("0008_groups_former_ids_only_if"))


def add_sync(db: Database) -> None:
    """What syncing two machines goes by."""
    run_script(db, _script("0009_sync"))


def add_imported_as(db: Database) -> None:
    """What banks were imported from and became, to know the same file again."""
    run_script(db, _script("0010_imported_as"))


def add_confidence(db: Database) -> None:
    """How sure the learner was of an answer."""
    run_script(db, _script("0011_confidence"))


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
    add_same_questions,
    add_log_digests,
    add_blocks_set_aside,
    add_groups_former_ids_and_only_if,
    add_sync,
    add_imported_as,
    add_confidence,
)
"""In order; never edited once released, only added to."""

MIGRATION_NAMES = tuple(migration.__name__ for migration in MIGRATIONS)


def migrate(db: Database, count: int | None = None) -> None:
    """Apply what is missing of the first `count`, or of all, each in its own transaction or the caller's."""
    from sqlite_utils import Migrations

    migrations = Migrations(MIGRATION_SET)
    for migration in MIGRATIONS[:count]:
        migrations()(migration)
    migrations.apply(db)
