"""Another copy was written over a database that drill had open: the blocks of this sitting, beside that copy.

What was in the file is gone, and the -wal fits only that. So what was written into blocks since drill was
started is kept in memory and written once more into a copy of what stands there now, or of the newest backup.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from drill.errors import DrillError
from drill.storage.backup import backups
from drill.storage.connecting import uri_of
from drill.storage.identity import Loss
from drill.storage.rescue import rescued_copy

TRIES, WAIT_S = 5, 0.2
"""A copy may still be on its way."""


def save_blocks(path: Path, write_again: Callable[[sqlite3.Connection], None]) -> Path | None:
    """A rescued copy with what `write_again` writes into it; None when it fits none there is.

    Raises OSError and sqlite3.Error when the folder cannot be written.
    """
    for source in _sources(path):
        with (
            contextlib.suppress(sqlite3.DatabaseError, DrillError),
            rescued_copy(path) as (copy, target),
        ):
            _copy(source, copy)
            copy.execute("PRAGMA foreign_keys = ON")
            copy.execute("BEGIN IMMEDIATE")
            write_again(copy)
            copy.execute("COMMIT")
            return target
    return None


def overwritten_text(path: Path, saved: Path | None, *, lost: bool) -> str:
    """What happened and where the blocks are; `lost`: there were any."""
    happened = (
        f"{path} {Loss.OVERWRITTEN} while drill had it open, by another program or by hand. That copy was "
        "left as it is."
    )
    if saved is not None:
        return (
            f"{happened} With the answers of this sitting it is saved in {saved}. Start drill again: it "
            "offers to go on from there."
        )
    return f"{happened} The blocks of this sitting fit neither it nor a backup." if lost else happened


def _sources(path: Path) -> Iterator[Path]:
    for number in range(TRIES):
        if number:
            time.sleep(WAIT_S)
        yield path
    yield from backups(path)


def _copy(source: Path, target: sqlite3.Connection) -> None:
    """Copy the file without what lies beside it. Raises sqlite3.DatabaseError for one that is not sound."""
    with closing(
        sqlite3.connect(uri_of(source, "mode=ro&immutable=1"), uri=True, isolation_level=None)
    ) as alone:
        alone.backup(target)
    with contextlib.suppress(TypeError):
        if target.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
            return
    raise sqlite3.DatabaseError("not sound")
