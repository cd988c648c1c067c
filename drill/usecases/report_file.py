"""Writing the report page: whole or not at all, and never over anything but an earlier report."""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

from drill.errors import DrillError

_HEAD_BYTES = 4096
_OWN = re.compile(rb'<meta name="generator" content="drill [^"]*">')


def check_place(target: Path) -> None:
    """Raise DrillError where a report cannot go: a folder, or a file that is no report of drill's."""
    try:
        with contextlib.suppress(FileNotFoundError), target.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if head and not _OWN.search(head):
                raise DrillError(f"{target} is there already and is no report of drill. Give another file.")
    except OSError as error:
        raise _refusal(target, error) from error


def write_report(target: Path, page: str) -> None:
    """Write the page under a temporary name and rename it.

    Raises DrillError when the place is taken or cannot be written; it is then left as it was.
    """
    check_place(target)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            file.write(page)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    except OSError as error:
        raise _refusal(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _refusal(target: Path, error: OSError) -> DrillError:
    return DrillError(
        f"{target} cannot be written: {error.strerror or error}. Check the folder, or give another file."
    )
