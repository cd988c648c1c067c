"""Between SQLite and the system: the library of faults.c, and things that are done in a child of this process.

A benchmark that wants the library calls `main_with_library`, which starts it once more with the library before everything else. A child is forked, so that each begins with nothing open and all of drill imported.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.start import REPO

KILL = 7
"""Of the enum in faults.c: the process dies in the k-th call that changes a file."""
HANGS_S = 60
_SAYS_WHERE = "DRILL_BENCHMARK_LIBRARY"
T = TypeVar("T")


def main_with_library(module: str, main: Callable[[ctypes.CDLL | None], int]) -> int:
    """Run `main` with the library in this process, by way of starting `python -m module` again.

    The library is None where it cannot be made: that needs Linux and a C compiler.
    """
    named = os.environ.get(_SAYS_WHERE)
    if named is not None:
        return main(ctypes.CDLL(named))
    if sys.platform != "linux" or shutil.which("cc") is None:
        return main(None)
    with tempfile.TemporaryDirectory(prefix="drill-library-") as folder:
        library = Path(folder) / "faults.so"
        source = Path(__file__).with_name("faults.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
        environment = {
            **os.environ, "LD_PRELOAD": str(library), _SAYS_WHERE: str(library), "PYTHONPATH": str(REPO),
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", module, *sys.argv[1:]], env=environment, check=False
        ).returncode


def start(act: Callable[[], T], *, hangs_s: int = HANGS_S) -> tuple[int, int]:
    """Begin to do something in a child; its process id, and a pipe that gives `pickle` of what came of it.

    It is killed after `hangs_s` seconds. An exception ends it with nothing in the pipe.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            signal.alarm(hangs_s)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(act(), pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    return child, reading


def finish(child: int, reading: int) -> Any:
    """What came of it; None where the child died."""
    with os.fdopen(reading, "rb") as pipe:
        written = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(written) if written else None
