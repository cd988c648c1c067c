"""Copies of a database that was lost while drill had it open: what they hold, going on from one."""

from __future__ import annotations

from pathlib import Path

from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.errors import DatabaseBusy, DrillError
from drill.storage.lock import WriterLock
from drill.storage.rescue import rescues, take_over
from drill.storage.sqlite_errors import explained
from drill.storage.store import open_reader


@dataclass(frozen=True, slots=True)
class Rescued:
    """A copy that waits."""

    path: Path
    holds: str
    """In words."""
    there: str
    """What the database holds that has its name now, in words."""


def waiting(database: Path) -> Rescued | None:
    """The newest copy beside a database."""
    found = rescues(database)
    return Rescued(found[-1], _holds(found[-1]), _holds(database)) if found else None


def go_on_from(database: Path, rescued: Rescued) -> Path | None:
    """Make the copy the database; where the one that was there lies now, None when there was none.

    Raises DatabaseBusy while another drill writes, StorageError when a file cannot be renamed.
    """
    with explained(database):
        lock = WriterLock(database)
        if not lock.acquire():
            raise DatabaseBusy(f"Another drill has {database} open. Close it and start drill again.")
        try:
            return take_over(database, rescued.path)
        finally:
            lock.release()


def _holds(database: Path) -> str:
    try:
        store = open_reader(database, older=True)
        if store is None:
            return "nothing"
        with store, explained(database):
            ended, answers, is_open = store.connection.execute(
                """SELECT (SELECT count(*) FROM blocks WHERE block_end IS NOT NULL),
                          (SELECT count(*) FROM attempts JOIN blocks USING (block)
                           WHERE block_end IS NULL AND chosen IS NOT NULL),
                          (SELECT count(*) FROM blocks WHERE block_end IS NULL)"""
            ).fetchone()
    except DrillError:
        return "nothing that can be read"
    blocks = count_text(ended, "ended block")
    if not is_open:
        return blocks
    return f"{blocks} and an open one with {count_text(answers, 'answer')}"
