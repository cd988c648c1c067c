"""The triggers that keep logs append-only on anybody's connection: do they stand; putting them back."""

from __future__ import annotations

import sqlite3
from functools import cache

LOG = "block_events"
GUARDED = (LOG, "blocks_set_aside")
_START = "CREATE TRIGGER "


@cache
def guards() -> dict[str, str]:
    """The text of each guard by its name, as the migrations make them."""
    from importlib.resources import files  # a block's start needs only the name of the log

    found: dict[str, str] = {}
    folder = files("drill.storage").joinpath("migrations")
    for script in sorted(folder.iterdir(), key=lambda script: script.name):
        if not script.name.endswith(".sql"):
            continue
        _, *starts = script.read_text(encoding="utf-8").split(_START)
        for rest in starts:
            text = _START + rest[: rest.index("END;") + 3]
            found[rest.split(maxsplit=1)[0]] = text
    return found


def missing_guards(connection: sqlite3.Connection) -> list[str]:
    """Names of the guards that are gone or say something else than they should."""
    there = _there(connection)
    return [name for name, text in guards().items() if there.get(name, "").split() != text.split()]


def strange_triggers(connection: sqlite3.Connection) -> list[str]:
    """Names of triggers on the log that drill did not make: they may change what is written."""
    return [name for name in _there(connection) if name not in guards()]


def put_back(connection: sqlite3.Connection, names: list[str]) -> None:
    """Make guards anew, in the caller's transaction."""
    for name in names:
        connection.execute(f"DROP TRIGGER IF EXISTS main.{name}")
        connection.execute(guards()[name])


def _there(connection: sqlite3.Connection) -> dict[str, str]:
    query = """SELECT name, sql FROM main.sqlite_master
               WHERE type = 'trigger' AND tbl_name IN (?, ?) ORDER BY name"""
    return dict(connection.execute(query, GUARDED))
