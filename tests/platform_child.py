"""drill where the process looks like Windows or macOS: `python -m tests.platform_child win32|darwin FOLDER`.

Run by tests/test_platforms.py in a process of its own. What is loaded before belongs to Python and to libraries;
then the platform is exchanged, what it lacks is taken away, and drill is loaded and used. Prints JSON.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import importlib
import io
import json
import locale
import os
import signal
import sys
import time
import types
from pathlib import Path
from typing import Any

LIBRARIES = (
    "concurrent.futures.thread", "csv", "defusedxml.ElementTree", "fsrs", "platformdirs", "shutil", "socket",
    "sqlite3", "sqlite_utils", "subprocess", "tempfile", "textual.app", "textual.command", "textual.pilot",
    "textual.widgets", "textual.drivers.headless_driver", "textual.drivers.linux_driver", "uuid", "yaml",
)  # fmt: skip
ABSENT = {
    "modules": ("fcntl", "grp", "pwd", "resource", "termios", "tty"),
    "signals": ("SIGCONT", "SIGHUP", "SIGQUIT", "SIGTSTP", "SIGUSR1"),
    "functions": ("fork", "getpgrp", "getsid", "getuid", "killpg", "mkfifo"),
}
"""What Python does not have on Windows, of all that drill or its libraries could ask for."""


def become_windows() -> list[object]:
    """Exchange the platform; returns what the substitutes were asked for."""
    asked: list[object] = []
    flock, exclusive = fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB
    msvcrt: Any = types.ModuleType("msvcrt")
    msvcrt.LK_NBLCK = 2

    def locking(descriptor: int, mode: int, count: int) -> None:
        """Lock `count` bytes from where the file stands; OSError at once where another has them."""
        asked.append(["locking", mode, count, os.lseek(descriptor, 0, os.SEEK_CUR)])
        try:
            flock(descriptor, exclusive)
        except OSError:
            raise OSError(errno.EACCES, "Permission denied") from None

    msvcrt.locking = locking
    sys.modules["msvcrt"] = msvcrt
    for name in ABSENT["modules"]:
        sys.modules[name] = None  # type: ignore[assignment]
    for name in ABSENT["signals"]:
        delattr(signal, name)
    for name in ABSENT["functions"]:
        delattr(os, name)
    import shutil

    shutil._use_fd_functions = False  # type: ignore[attr-defined]
    really_open = os.open

    def open_no_folder(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if dir_fd is not None:
            raise NotImplementedError("dir_fd unavailable on this platform")
        if os.path.isdir(path):
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(path, flags, mode)

    os.open = open_no_folder  # type: ignore[assignment]
    os.supports_dir_fd = set()
    os.startfile = lambda path: asked.append(["startfile", Path(path).suffix])  # type: ignore[attr-defined]
    locale.getpreferredencoding = lambda do_setlocale=True: "cp1252"
    sys.platform = "win32"
    return asked


def become_macos() -> list[object]:
    """The same."""
    asked: list[object] = []
    read = time.clock_gettime_ns

    def clock_gettime_ns(clock: int) -> int:
        asked.append(["clock", clock])
        return read(clock)

    time.clock_gettime_ns = clock_gettime_ns
    del time.CLOCK_BOOTTIME  # Linux's own
    sys.platform = "darwin"
    return asked


def run(folder: Path, asked: list[object]) -> dict[str, Any]:
    """Use drill as a learner does; what came of it."""
    from drill import system
    from drill.cli import main
    from drill.cli.serve import _line
    from drill.errors import DatabaseBusy
    from drill.importers.yaml_writer import bank_to_yaml
    from drill.storage.backup import make_backup
    from drill.storage.store import open_writer
    from drill.usecases.viewer import Viewer
    from tests.factories import make_bank
    from tests.tui.apps import explained_item

    db, out = folder / "drill.db", {}

    def command(*words: str, stdin: bytes = b"") -> int:
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="cp1252")
        return main([*words, "--db", str(db)])

    bank = folder / "bänk.yaml"
    bank.write_text(bank_to_yaml(make_bank("notes", [explained_item(f"q{n}") for n in range(1, 5)])), "utf-8")
    (folder / "carried").mkdir()
    export = folder / "history.jsonl"
    out["commands"] = {
        "import": command("import", str(bank)),
        "block": command("block", "--plain", "--bank", "notes", "--items", "2", "--minutes", "5",
                         stdin=b"A\nnext\nB\nend\nend\n"),
        "history": command("history"),
        "pacing": command("pacing"),
        "report": command("report", "--to", str(folder / "report.html")),
        "sync": command("sync", str(folder / "carried")),
        "export": command("export", str(export)),
        "merge": command("merge", "-", stdin=export.read_bytes()),
        "doctor": command("doctor"),
    }  # fmt: skip
    with open_writer(db) as store:
        out["fullfsync"] = store.connection.execute("PRAGMA fullfsync").fetchone()[0]
        try:
            open_writer(db)
            out["second writer"] = "let in"
        except DatabaseBusy:
            out["second writer"] = "refused"
    open_writer(db).close()
    out["copy"] = make_backup(db, system.SystemClock().wall().local.date()).exists()
    asked.append("boot clock")
    out["boot clock"] = system.SystemClock().boot_ms() is not None
    asked.append("end")
    out["serve"] = _line([r"C:\Program Files\python.exe", "-m", "drill"])
    viewer = Viewer(start=lambda words: asked.append([Path(words[0]).name]))
    try:
        viewer.show(b"<p>", ".html")
    except Exception as error:
        asked.append(type(error).__name__)
    viewer.close()
    out["screen"] = asyncio.run(screen(db))
    return out


async def screen(db: Path) -> dict[str, Any]:
    """A block on the screen, to its end."""
    from drill.storage.store import open_writer
    from drill.tui.app import DrillApp
    from drill.tui.base import _console_encoding
    from drill.usecases.block_request import BlockRequest
    from tests.factories import FakeClock

    with open_writer(db) as store:
        app = DrillApp(store, FakeClock())
        async with app.run_test(size=(100, 30)) as pilot:
            refused = app.request_block(BlockRequest(banks=("notes",), items=2, minutes=5))
            await pilot.pause()
            for key in ("a", "right", "b", "ctrl+z", "ctrl+e", "ctrl+e"):
                await pilot.press(key)
            await pilot.pause()
            name = type(app.screen).__name__
        ended = store.connection.execute("SELECT count(*) FROM blocks WHERE block_end = 'ended'").fetchone()[
            0
        ]
    return {"refused": refused, "ends on": name, "ended": ended, "console": _console_encoding()}


def main() -> None:
    """Exchange the platform and use drill."""
    for name in LIBRARIES:
        importlib.import_module(name)
    asked = {"win32": become_windows, "darwin": become_macos}[sys.argv[1]]()
    stdout, sys.stdout = sys.stdout, io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    try:
        found = run(Path(sys.argv[2]), asked)
    finally:
        sys.stdout = stdout
    sys.stdout.write(json.dumps({**found, "asked": asked}))


if __name__ == "__main__":
    main()
