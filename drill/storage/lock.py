"""One writing process: an advisory lock of the operating system that dies with its holder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO


class WriterLock:
    """Held from `acquire` to `release` or the end of the process, whichever comes first."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".lock")
        self._file: IO[bytes] | None = None

    def acquire(self) -> bool:
        """True when this process now holds the lock; raises OSError when the file cannot be made."""
        if self._file is not None:
            return True
        file = open(self.path, "a+b", opener=_owners_own)  # noqa: SIM115 - lives as long as the lock
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let another process write. The file stays: removing it would race with its next holder."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _owners_own(path: str, flags: int) -> int:
    """A file that is made is its owner's alone."""
    return os.open(path, flags, 0o600)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.set_inheritable(file.fileno(), False)
