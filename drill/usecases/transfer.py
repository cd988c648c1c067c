"""Taking a history from one machine to another: exporting it to a file, and merging that."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from drill.core.clock import Clock
from drill.core.ranges import MAX_LINE_CHARACTERS
from drill.errors import DrillError
from drill.storage.store import Store

if TYPE_CHECKING:
    from drill.storage.merge import MergeReport


def export_lines(store: Store, clock: Clock) -> Iterator[str]:
    """The whole history as JSON Lines."""
    from drill.storage.export import export_history

    return export_history(store, clock.wall().iso)


def export_to(store: Store, target: Path, clock: Clock) -> int:
    """Write the whole history to a file, all or nothing. Returns how many open blocks were left out.

    Raises DrillError when the file cannot be written, or is there and no exported history; it is then left as
    it was.
    """
    from drill.usecases.whole_file import refusal, whole_file

    try:
        _may_replace(target)
    except OSError as error:
        raise refusal(target, error) from error
    last = ""
    with whole_file(target) as file:
        for last in export_lines(store, clock):
            file.write(last.encode())
    return int(json.loads(last)["open_blocks"])


def _may_replace(target: Path) -> None:
    """Only an earlier export is written over: never a database, a bank or anything else."""
    with contextlib.suppress(FileNotFoundError), target.open("rb") as file:
        start = file.read(len(_FIRST))
        if start and start != _FIRST:
            raise DrillError(f"{target} is there already and is no exported history. Give another file.")


_FIRST = b'{"drill_export":'


def merge_from(store: Store, source: Path, clock: Clock) -> MergeReport:
    """Merge an exported history. Raises DrillError, with nothing changed, for a file that is not sound.

    The caller exits 1 when the report is not `ok`: a block was refused.
    """
    from drill.storage.merge import merge_history

    return merge_history(store, _lines(source), clock.wall().iso)


def _opened(source: Path) -> TextIO:
    """A file, or standard input for "-", as UTF-8 lines whatever the console's own encoding is."""
    if str(source) == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="\n")
    return source.open(encoding="utf-8-sig", newline="\n")


def _lines(source: Path) -> Iterator[str]:
    try:
        with _opened(source) as file:
            while line := file.readline(MAX_LINE_CHARACTERS):
                yield line
    except UnicodeDecodeError:
        raise DrillError(
            f"{source} is no exported history: it is not UTF-8 text. Nothing was changed."
        ) from None
    except OSError as error:
        raise DrillError(
            f"{source} cannot be read: {error.strerror or error}. Check the name and its permissions."
        ) from error
