"""Lines of standard input, with a look at the clock while none has come."""

from __future__ import annotations

import os
import select
import sys


class LineReader:
    """What was typed and not taken yet.

    Python's own reader takes every line that waits, and then `select` sees none of them.
    """

    def __init__(self) -> None:
        self._waiting = b""
        self._ended = False

    def poll(self, seconds: float) -> str | None:
        """A line, "" at the end of input, None when none came in time; waits where it cannot be polled."""
        while b"\n" not in self._waiting and not self._ended:
            try:
                if not select.select([sys.stdin], [], [], seconds)[0]:
                    return None
                read = os.read(sys.stdin.fileno(), 65536)
            except (OSError, ValueError):
                return sys.stdin.readline()
            self._waiting += read
            self._ended = not read
        line, newline, self._waiting = self._waiting.partition(b"\n")
        return (line + newline).decode(sys.stdin.encoding or "utf-8", "replace")
