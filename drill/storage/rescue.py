"""A whole copy of an open database that lost its name, and taking it over at the next start."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from drill.storage.identity import FileWatch, Loss, beside


def save_what_is_open(
    connection: sqlite3.Connection, watch: FileWatch, path: Path, loss: Loss
) -> Path | None:
    """Bring all that an open connection holds to a place with a name; the copy made, if one was needed.

    A database that only lost its -wal takes in what that held. Raises sqlite3.Error and OSError.
    """
    if loss is Loss.WAL:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with rescued_copy(path) as (copy, target):
        connection.backup(copy)
    watch.clear_leftovers()
    return target


@contextmanager
def rescued_copy(path: Path) -> Iterator[tuple[sqlite3.Connection, Path]]:
    """A new database, and the name it gets when the `with` ends without an error, or nothing stays of it."""
    target = free_name(path, "rescued")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        for rest in (unfinished, beside(unfinished, "-journal")):
            rest.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = FULL")
            yield copy, target
            copy.execute("PRAGMA journal_mode = DELETE")
        os.replace(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        target.unlink(missing_ok=True)
        raise


def gone_text(path: Path, loss: Loss, saved: Path | None) -> str:
    """What happened, and where all that was open is."""
    happened = f"{path} {loss} while drill had it open, by another program or by hand."
    if saved is None:
        return f"{happened} All it held is written into {path.name} now: nothing is lost. Start drill again."
    return (
        f"{happened} All that was answered is saved in {saved}. Start drill again: it offers to go on from "
        "there."
    )


def rescues(path: Path) -> list[Path]:
    """The copies that wait beside a database, oldest first."""
    named = re.compile(rf"{re.escape(path.stem)}-rescued(-\d+)?{re.escape(path.suffix)}")
    with contextlib.suppress(OSError):
        found = [
            file
            for file in path.parent.iterdir()
            if named.fullmatch(file.name) and file.is_file() and file.stat().st_size
        ]
        return sorted(found, key=lambda file: (len(file.name), file.name))
    return []


def take_over(path: Path, rescue: Path) -> Path | None:
    """Give a rescued copy the name of its database; where the one that bore it lies now, if there was one.

    The caller holds the writer lock and has the database closed. Raises OSError.
    """
    aside = None
    if path.exists():
        _bring_in_wal(path)
        aside = free_name(path, "set-aside")
        for ending in ("-wal", "-shm"):
            if beside(path, ending).exists():
                os.replace(beside(path, ending), beside(aside, ending))
        os.replace(path, aside)
    else:
        for ending in ("-wal", "-shm"):
            beside(path, ending).unlink(missing_ok=True)
    os.replace(rescue, path)
    return aside


def _bring_in_wal(path: Path) -> None:
    """Where both are sound, bring what the -wal holds into the file: one renaming then moves all of it."""
    if beside(path, "-wal").exists():
        with contextlib.suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as both:
            both.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def free_name(path: Path, word: str) -> Path:
    """A name beside the database that nothing bears, or the empty file of a drill that was killed.

    The empty file is made, for its owner only. The caller holds the writer lock.
    """
    for name in _names(path, word):
        try:
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            if name.stat().st_size:
                continue
        return name
    raise AssertionError("there is always a next number")


def _names(path: Path, word: str) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}-{word}{path.suffix}")
    number = 1
    while True:
        number += 1
        yield path.with_name(f"{path.stem}-{word}-{number}{path.suffix}")
