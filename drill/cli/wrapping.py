"""Sentences on a terminal are broken between words; a path or a command stays whole."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import TextIO

from drill import system

LIST = 4
"""Where the further rows of one of several messages begin, so that the next is seen to begin."""
_LEAST_ROOM = 20
"""Cells that further rows have, however far in they were to begin."""
_COMMAND = r"""'drill(?: (?:'[^']*'(?:"'"'[^']*')*|[^\s']+))*'\S*|(?<=: )python3 .*"""
"""What is to be typed: quoted, with its words as `shlex` quotes them; or to the end of the line."""
_SOURCE_LINE = re.compile(r" *\d+ \| | *\^$")
"""A line of a file that a message shows, and the caret under it."""


def terminal_columns(stream: TextIO) -> int | None:
    """Columns of the terminal that a stream goes to; None: it goes to none, or to one that does not say."""
    try:
        return (os.get_terminal_size(stream.fileno()).columns or None) if stream.isatty() else None
    except (OSError, ValueError):
        return None


def fitted(text: str, columns: int | None, hang: int = 0) -> str:
    """The text with each of its lines broken between words to `columns` cells; None: as it is, for a program.

    A word broader than that is left for the terminal to break. Further rows begin at cell `hang`, or
    as far in as the line does.
    """
    if columns is None or (text.isascii() and all(len(row) <= columns for row in text.split("\n"))):
        return text
    unit = re.compile("|".join([_COMMAND, *_paths_with_blanks(), "[^ ]+"]))
    return "\n".join(part for row in text.split("\n") for part in _broken(row, columns, hang, unit))


def _broken(row: str, columns: int, hang: int, unit: re.Pattern[str]) -> Iterator[str]:
    from rich.cells import cell_len  # slow to load for most commands

    if cell_len(row) <= columns or _SOURCE_LINE.match(row):
        yield row
        return
    inset = " " * min(max(hang, len(row) - len(row.lstrip())), max(columns - _LEAST_ROOM, 0))
    begin, end, lead = 0, 0, ""
    for word in unit.finditer(row):
        if end and cell_len(lead + row[begin : word.end()]) > columns:
            yield lead + row[begin:end]
            begin, lead = word.start(), inset
        end = word.end()
    yield lead + row[begin:end]


def _paths_with_blanks() -> list[str]:
    """Patterns of paths that a message may well name and that are no single word."""
    names = [str(system.default_database().parent), *sys.argv[1:]]
    return [f"[^ ]*?{re.escape(name)}[^ ]*" for name in names if re.search(r"[/\\]", name) and " " in name]
