"""What the commands of the road share: the database to read, sections on stdout, days that were typed."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from drill.cli.common import print_json, reader
from drill.core.clock import WallTime
from drill.errors import DrillError
from drill.render.lines import BLANK, Line, plain
from drill.render.page import stack
from drill.render.road.parts import Section
from drill.storage.store import Store
from drill.usecases import road as roads
from drill.usecases.road import Road


@contextmanager
def reading(options: argparse.Namespace) -> Iterator[Store]:
    """The database to read; an empty one where there is none, so that the shipped dates are shown."""
    from drill.storage.store import open_memory

    store = reader(options) or open_memory()
    with store:
        yield store


def say_road(
    options: argparse.Namespace,
    wall: WallTime,
    document: Callable[[Road], object],
    say: Callable[[Road], int],
) -> int:
    """Read the road and tell of it: as JSON where that was asked for, else as `say` prints it."""
    with reading(options) as store:
        road = roads.read_road(store, wall)
    if not options.json:
        return say(road)
    print_json(document(road))
    return 0


def show(*sections: Section) -> int:
    """Sections on standard output."""
    encoding = (sys.stdout.encoding or "").lower()
    ascii_only = "utf" not in encoding or bool(os.environ.get("DRILL_ASCII"))
    rows: list[Line] = [*stack(sections).lines]
    sys.stdout.write(plain(rows or [BLANK], ascii_only=ascii_only))
    return 0


def width() -> int:
    """Columns of the terminal, within reason."""
    return min(max(shutil.get_terminal_size((80, 24)).columns, 60), 140)


def day_of(text: str, also: str) -> date:
    """A day that was typed. Raises DrillError, which ends with what else there is to write."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise DrillError(f"{text!r} is no date; write it as 2027-01-20{also}.") from None


def needed(value: object, what: str) -> None:
    """Raises DrillError that says what to give where nothing was."""
    if value is None:
        raise DrillError(f"Give {what}.")
