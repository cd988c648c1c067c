"""A program in a real pseudo-terminal: type keys, read the screen, know to the microsecond when a byte came.

    with Terminal([sys.executable, "-m", "drill", "--db", path]) as terminal:
        terminal.wait_for("New block")
        terminal.press("ctrl+n")
        print("\\n".join(terminal.lines))

Bytes are stamped as they are read and interpreted only when the screen is looked at, so that timing is not
disturbed. The terminal says that it knows synchronized output, so each repaint ends with FRAME_END, and like such
a terminal it shows no half of one. POSIX only.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyte

FRAME_BEGIN = b"\x1b[?2026h"
FRAME_END = b"\x1b[?2026l"
_SYNC_ASKED = b"\x1b[?2026$p"
_SYNC_KNOWN = b"\x1b[?2026;2$y"
_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p")
KEYS = {
    "enter": b"\r", "escape": b"\x1b", "tab": b"\t", "shift+tab": b"\x1b[Z", "space": b" ",
    "backspace": b"\x7f", "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D",
    "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~", "f1": b"\x1bOP",
    **{f"ctrl+{letter}": bytes([ord(letter) - 96]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
"""What a terminal sends for the keys that are no single character."""

# What a console script does, without the time of finding it.
DRILL = [sys.executable, "-c", "import sys; from drill.cli import main; sys.exit(main())"]


def compiled(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """An environment in which bytecode is kept, as an installed program has it, out of the checkout's way."""
    cache = str(
        Path(tempfile.gettempdir()) / f"drill-bytecode-{sys.version_info.major}{sys.version_info.minor}"
    )
    return {**(environment or {}), "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": cache}


class Chunk(NamedTuple):
    """Bytes that were read at once."""

    at_ns: int
    """time.perf_counter_ns when they came."""
    end: int
    """Bytes so far, these included."""


class Gone(Exception):
    """The program ended, or said nothing in time, before what was waited for."""


class Terminal:
    """A child process with a pseudo-terminal as its input, output and error output."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        sync: bool = True,
    ) -> None:
        """Start `command`. `env` is added to a clean UTF-8, 24-bit colour environment; sync=False hides that."""
        self._sync = sync
        self._size = (columns, rows)
        self._raw = bytearray()
        self._chunks: list[Chunk] = []
        self._parsed = 0
        self._pending_query = 0
        self._ended = False
        self._screen: pyte.Screen | None = None
        self._stream: pyte.ByteStream | None = None
        self._status: int | None = None
        child_env = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("DRILL_", "TEXTUAL", "LC_"))
        }
        child_env |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(env or {})}
        child_env.pop("NO_COLOR", None) if "NO_COLOR" not in (env or {}) else None
        self.started_ns = time.perf_counter_ns()
        """Just before the fork."""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # the child: nothing but exec
            try:
                signal.signal(signal.SIGINT, signal.SIG_DFL)  # a run in the background has it ignored
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                if cwd is not None:
                    os.chdir(cwd)
                os.execvpe(command[0], list(command), child_env)
            finally:
                os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def send(self, data: bytes | str) -> int:
        """Type raw bytes or text; the instant, by time.perf_counter_ns, just before."""
        payload = data.encode() if isinstance(data, str) else data
        at_ns = time.perf_counter_ns()
        while payload:
            payload = payload[os.write(self._fd, payload) :]
        return at_ns

    def press(self, *keys: str) -> int:
        """Type keys by name ("enter", "ctrl+e") or character; the instant before the first."""
        return self.send(b"".join(KEYS.get(key) or key.encode() for key in keys))

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size."""
        self._look()
        self._size = (columns, rows)
        if self._screen is not None:
            self._screen.resize(rows, columns)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    # Reading

    def pump(self, seconds: float) -> bool:
        """Read what comes first within `seconds`; False when nothing came. Raises Gone at the end of output."""
        if not select.select([self._fd], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            data = b""
        at_ns = time.perf_counter_ns()
        if not data:
            self._ended = True
            raise Gone(f"the program ended; its last screen:\n{self.text}")
        self._raw += data
        self._chunks.append(Chunk(at_ns, len(self._raw)))
        if self._sync and self._raw.find(_SYNC_ASKED, self._pending_query) >= 0:
            self._pending_query = len(self._raw)
            self.send(_SYNC_KNOWN)
        return True

    def settle(self, quiet: float = 0.05, timeout: float = 10.0) -> None:
        """Read until nothing came for `quiet` seconds."""
        limit = time.monotonic() + timeout
        while time.monotonic() < limit and self.pump(quiet):
            pass

    def drain(self) -> None:
        """Read what there is, to the end of output when the program is dead."""
        try:
            while self.pump(0):
                pass
        except Gone:
            pass

    @property
    def mark(self) -> int:
        """How many bytes have come: where `wait_for_bytes` and `wait_for_frame` may begin to look."""
        return len(self._raw)

    @property
    def raw(self) -> bytes:
        """Every byte that came."""
        return bytes(self._raw)

    def wait_for_bytes(self, wanted: bytes, since: int = 0, timeout: float = 10.0) -> int:
        """The instant (perf_counter_ns) at which `wanted` had come whole, looking from byte `since`. Raises Gone."""
        return self._instant(self._find(wanted, since, timeout) + len(wanted))

    def wait_for_frame(self, wanted: bytes, since: int = 0, timeout: float = 10.0) -> int:
        """The instant at which the repaint that has `wanted` in it was complete. Raises Gone."""
        at = self._find(wanted, since, timeout)
        return self._instant(self._find(FRAME_END, at, timeout) + len(FRAME_END))

    def _find(self, wanted: bytes, since: int, timeout: float) -> int:
        limit = time.monotonic() + timeout
        look = since
        while (at := self._raw.find(wanted, look)) < 0:
            look = max(since, len(self._raw) - len(wanted))
            left = limit - time.monotonic()
            if left <= 0:
                raise Gone(f"{wanted!r} did not come in {timeout} s; the screen:\n{self.text}")
            self.pump(left)
        return at

    def _instant(self, end: int) -> int:
        for chunk in reversed(self._chunks):
            if chunk.end - end < 0:
                break
            found = chunk
        return found.at_ns

    def wait_for(self, wanted: str | Callable[[str], bool], timeout: float = 10.0) -> str:
        """The screen's text once it holds a string, or satisfies a predicate. Raises Gone."""
        holds = wanted if callable(wanted) else lambda text: wanted in text
        limit = time.monotonic() + timeout
        while not holds(text := self.text):
            left = limit - time.monotonic()
            if left <= 0:
                raise Gone(f"{wanted!r} did not show in {timeout} s; the screen:\n{text}")
            self.pump(left)
        return text

    # The screen

    def _look(self) -> pyte.Screen:
        if self._screen is None:
            self._screen = pyte.Screen(*self._size)
            self._stream = pyte.ByteStream(self._screen)
        assert self._stream is not None
        end = len(self._raw)
        cut = self._raw.rfind(b"\x1b", max(self._parsed, end - 32))
        if cut >= 0 and not re.match(rb"\x1b(\[[<>=?]?[0-9;]*\$?[a-zA-Z@`]|[^\[P\]])", self._raw[cut:end]):
            end = cut  # an escape sequence that is not whole yet
        begin = self._raw.rfind(FRAME_BEGIN, self._parsed, end)
        if self._sync and not self._ended and begin >= 0 and self._raw.find(FRAME_END, begin, end) < 0:
            end = begin
        if end > self._parsed:
            self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", bytes(self._raw[self._parsed : end])))
            self._parsed = end
        return self._screen

    @property
    def lines(self) -> list[str]:
        """The rows of the screen."""
        return [row.rstrip() for row in self._look().display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.lines)

    @property
    def screen(self) -> pyte.Screen:
        """pyte's screen, for colours, the cursor and modes."""
        return self._look()

    # The process

    def processor_ms(self) -> float:
        """Processor time of all threads so far (Linux): what a busy machine does not stretch."""
        try:
            tasks = [task.read_text() for task in Path(f"/proc/{self.pid}/task").glob("*/schedstat")]
        except OSError:
            return float("nan")
        return sum(int(task.split()[0]) for task in tasks) / 1e6

    def peak_kib(self) -> int:
        """Largest resident size so far in KiB (Linux)."""
        rows = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(row.split()[1] for row in rows if row.startswith("VmHWM")))

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    def wait(self, timeout: float = 10.0) -> int:
        """Read to the end of output; the exit status, -N when killed by signal N. Raises Gone when it lives on."""
        limit = time.monotonic() + timeout
        while self._status is None:
            with contextlib.suppress(Gone):
                self.pump(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > limit:
                raise Gone(f"the program lives on after {timeout} s; the screen:\n{self.text}")
        self.drain()
        return self._status

    def close(self) -> None:
        """End the program, whatever it does, and give the terminal back."""
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    ranked = sorted(values)
    return ranked[min(max(-(-len(ranked) * share // 1), 1), len(ranked)).__int__() - 1]


def verdict(met: bool) -> str:
    """The last word of a line `aim ...`."""
    return "met" if met else "missed"
