"""The question that comes before everything else where a database was lost under drill's hands."""

from __future__ import annotations

import sys
from pathlib import Path

from drill.cli.common import note
from drill.cli.wrapping import fitted, terminal_columns
from drill.storage.rescue import rescues


def offer(database: Path) -> None:
    """Ask whether to go on from a rescued copy, if one waits; without a terminal only tell of it."""
    if not rescues(database):
        return
    from drill.usecases.rescuing import go_on_from, waiting

    rescued = waiting(database)
    if rescued is None:
        return
    note(
        f"{database.name} was deleted or replaced while drill had it open. What it held is saved "
        f"in {rescued.path}: {rescued.holds}. In {database.name} now: {rescued.there}."
    )
    if not sys.stdin.isatty():
        note("Start 'drill' in a terminal to go on from there.")
        return
    if not yes("Go on from the saved copy? What is there now is kept beside it. [y/n] "):
        note(f"It was left. drill asks again next time; rename {rescued.path.name} to be asked no more.")
        return
    aside = go_on_from(database, rescued)
    note(f"Taken over.{'' if aside is None else f' The other is {aside}; see drill export and drill merge.'}")


def yes(question: str) -> bool:
    """Ask at the terminal until it is yes or no; the end of the input is no."""
    while True:
        sys.stderr.write(fitted(question, terminal_columns(sys.stderr)))
        sys.stderr.flush()
        word = sys.stdin.readline()
        if word.strip().lower() in ("y", "yes"):
            return True
        if not word or word.strip().lower() in ("n", "no"):
            return False
