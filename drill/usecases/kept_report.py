"""The last text of a report, kept beside the database and given again while nothing it rests on has changed.

A cache, never the truth. It is kept under a digest of the database as it lies on the disk (so that an answer
changed by hand, with whatever program, is noticed), of drill's own code, of the day and of all that was asked
for. Of a short history nothing is kept: it is read in no time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from drill.errors import DrillError
from drill.usecases.own_code import code_digest
from drill.usecases.whole_file import whole_file

WORTH_ATTEMPTS = 5_000
"""A shorter history is not worth a file."""
SETTLED_NS = 2_000_000_000
"""A file changed later than so long ago may change again without another time: the clocks of file systems are
coarse."""


class KeptReport:
    """What was kept of one report; `asked` is all that its text depends on beside database and code."""

    def __init__(self, database: Path, report: str, asked: object, now_ns: int) -> None:
        self._database = Path(os.path.realpath(database))  # SQLite keeps the -wal beside the file itself
        self._asked, self._now_ns = asked, now_ns
        self._file = self._database.with_name(f"{self._database.name}.kept-{report}")
        self._key = self._digest()

    def read(self) -> str | None:
        """The text, None where it must be made anew."""
        try:
            head, _, text = self._file.read_bytes().partition(b"\n")
        except OSError:
            return None
        if self._key is None or head.decode("ascii", "replace") != self._head(text):
            return None
        return text.decode("utf-8")

    def keep(self, text: str) -> None:
        """Keep the text, unless the database changed meanwhile or nothing can be written beside it."""
        if self._key is None or self._key != self._digest():
            return
        data = text.encode("utf-8")
        with contextlib.suppress(DrillError), whole_file(self._file, own=True) as file:
            file.write(f"{self._head(data)}\n".encode("ascii") + data)

    def _head(self, data: bytes) -> str:
        return f"{self._key} {hashlib.sha256(data).hexdigest()}"

    def _digest(self) -> str | None:
        """Of all that the text depends on; None where that is not settled, or there is no database."""
        files = [_identity(self._database.with_name(self._database.name + ending)) for ending in ("", "-wal")]
        changed = [max(times) for _, _, _, *times in filter(None, files)]
        if files[0] is None or max(changed) > self._now_ns - SETTLED_NS:
            return None
        return hashlib.sha256(repr((files, code_digest(), self._asked)).encode()).hexdigest()


def _identity(path: Path) -> tuple[int, int, int, int, int] | None:
    """A file by device, number, size and the times of its last changes; None where it is absent or empty."""
    try:
        found = path.stat()
    except OSError:
        return None
    if found.st_size == 0:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
