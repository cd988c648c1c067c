"""Writing a page or calendar: whole or not at all, and never over anything but an earlier one of drill's."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from drill.errors import DrillError
from drill.usecases.whole_file import refusal, whole_file

_HEAD_BYTES = 4096
_OWN = re.compile(rb'<meta name="generator" content="drill [^"]*">')


def check_place(target: Path, own: re.Pattern[bytes] = _OWN, what: str = "report") -> None:
    """Raise DrillError where a report cannot go: a folder, or a file that is no report of drill's."""
    try:
        with contextlib.suppress(FileNotFoundError), target.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if head and not own.search(head):
                raise DrillError(f"{target} is there already and is no {what} of drill. Give another file.")
    except OSError as error:
        raise refusal(target, error) from error


def write_report(target: Path, page: str) -> None:
    """Write the page.

    Raises DrillError when the place is taken or cannot be written; it is then left as it was.
    """
    write_own(target, page.encode(), _OWN, "report")


def write_own(target: Path, data: bytes, own: re.Pattern[bytes], what: str) -> None:
    """Write a file; only one whose first 4 kB match `own` is written over. Raises as `write_report` does."""
    check_place(target, own, what)
    with whole_file(target) as file:
        file.write(data)
