"""The disk is full in mid-block, for real: the system refuses every write to a file until it is allowed again.

RLIMIT_FSIZE of the running process stands for the disk (Linux; SIGXFSZ is ignored so that the write fails
as on a full disk).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("the limit of a running process can be changed on Linux only", allow_module_level=True)

import resource

from benchmarks.terminal import DRILL, Terminal, compiled

pytestmark = pytest.mark.slow

REPO = Path(__file__).parent.parent
WITHOUT_THE_SIGNAL = [
    sys.executable,
    "-c",
    "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    "import sys; from drill.cli import main; sys.exit(main())",
]


def fill(terminal: Terminal) -> None:
    _, hard = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, hard))


def free(terminal: Terminal) -> None:
    _, hard = resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (hard, hard))


def history(path: Path) -> list[dict[str, object]]:
    done = subprocess.run(
        [*DRILL, "--db", str(path), "history", "--json"],
        cwd=REPO, env=None, capture_output=True, text=True, check=True,
    )  # fmt: skip
    attempts: list[dict[str, object]] = json.loads(done.stdout)["attempts"]
    return attempts


def test_a_full_disk_in_mid_block_loses_nothing_and_can_be_retried(tmp_path: Path) -> None:
    path = tmp_path / "drill.db"
    command = [*WITHOUT_THE_SIGNAL, "--db", str(path), "block", "--items", "3", "--seed", "1"]
    with Terminal(command, columns=80, rows=24, cwd=REPO, env=compiled()) as terminal:
        terminal.wait_for("1 of 3", timeout=60)
        terminal.press("a")
        terminal.wait_for("●  A", timeout=60)

        fill(terminal)
        terminal.press("b")
        text = terminal.wait_for("Not saved", timeout=60)
        assert "●  A" in text, "the answer on disk stays on the screen"
        assert "Free some space" in " ".join(text.split())
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
            chosen = reader.execute("SELECT chosen FROM attempts WHERE position = 1").fetchone()
        assert chosen == ("A",)

        free(terminal)
        terminal.press("b")
        terminal.wait_for("●  B", timeout=60)
        terminal.press("ctrl+e")
        terminal.wait_for("End this block?", timeout=60)
        terminal.press("ctrl+e")
        terminal.wait_for("Results", timeout=60)
        terminal.press("ctrl+q")
        assert terminal.wait(60) == 0
    assert [attempt["chosen"] for attempt in history(path)] == ["B", None, None]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM block_events WHERE kind = 'chose'").fetchone() == (2,)


def test_a_disk_that_is_full_from_the_start_gets_a_message(tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]));"
        "from drill.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    bank = tmp_path / "bank.yaml"
    subprocess.run([*DRILL, "new-bank", str(bank)], cwd=REPO, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-c", code, "--db", str(tmp_path / "full.db"), "import", str(bank)],
        cwd=REPO, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be written: the disk is full or failing" in done.stderr
    assert "Free some space and try again." in done.stderr
