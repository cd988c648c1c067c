"""Ctrl+Z and fg, in a real shell with job control: what it stops, and what no Enter answers."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.terminal import Terminal, compiled
from drill.storage.store import open_writer
from drill.tui import signals
from tests.factories import import_bank, make_bank

pexpect = pytest.importorskip("pexpect", reason="there are no pseudo-terminals here")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals here"),
    pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here"),
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank(items=3))
    return path


def events(database: Path) -> list[str]:
    with open_writer(database) as store:
        rows = store.connection.execute("SELECT kind || ifnull(payload ->> 'cause', '') FROM block_events")
        return [kind for (kind,) in rows if kind != "idled"]


def shell(words: list[str]) -> Iterator[object]:
    environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PS1": "READY$ "}
    child = pexpect.spawn(
        words[0], words[1:], env=environment, dimensions=(24, 80), timeout=30, encoding="utf-8"
    )
    yield child
    child.close(force=True)


def drill(database: Path, mode: str) -> str:
    words = [sys.executable, "-m", "drill", "--db", str(database), "block", "--items", "3", "--mode", mode]
    return shlex.join(words)


@pytest.fixture
def bash() -> Iterator[object]:
    yield from shell(["bash", "--norc", "-i"])


def test_ctrl_z_goes_to_the_shell_and_fg_goes_on_where_the_clock_stood(bash: object, database: Path) -> None:
    child = bash
    child.expect_exact("READY$ ")  # type: ignore[attr-defined]
    child.sendline(drill(database, "timed"))  # type: ignore[attr-defined]
    child.expect("of 3")  # type: ignore[attr-defined]
    child.send("\x1a")  # type: ignore[attr-defined]
    child.expect("Stopped")  # type: ignore[attr-defined]
    child.sendline("sleep 1.2; echo a''way")  # type: ignore[attr-defined]
    child.expect("away")  # type: ignore[attr-defined]
    child.sendline("fg")  # type: ignore[attr-defined]
    child.expect("drill was stopped")  # type: ignore[attr-defined]
    child.send("\x11")  # type: ignore[attr-defined]
    child.expect("Suspended at question 1")  # type: ignore[attr-defined]
    child.expect_exact("READY$ ")  # type: ignore[attr-defined]
    assert events(database) == ["started", "moved", "interruptedstopped", "resumed", "suspended"], (
        "neither what was typed at the shell nor its Enter reached the block"
    )


def test_an_exam_block_says_why_it_stays(bash: object, database: Path) -> None:
    child = bash
    child.expect_exact("READY$ ")  # type: ignore[attr-defined]
    child.sendline(drill(database, "exam"))  # type: ignore[attr-defined]
    child.expect("of 3")  # type: ignore[attr-defined]
    child.send("\x1a")  # type: ignore[attr-defined]
    child.expect("An exam block cannot be put away")  # type: ignore[attr-defined]


def test_without_a_shell_behind_it_drill_does_not_stop_for_ever(database: Path) -> None:
    """As in a terminal window that runs drill and nothing else."""
    words = shlex.split(drill(database, "timed"))
    for child in shell(words):
        child.expect("of 3")  # type: ignore[attr-defined]
        child.send("\x1a")  # type: ignore[attr-defined]
        child.expect("There is no shell behind drill")  # type: ignore[attr-defined]


def test_stopping_stops_what_started_drill_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrapper such as uv waits for drill: were it not stopped, the shell would not come back."""
    sent = []
    monkeypatch.setattr(os, "killpg", lambda group, number: sent.append(group))
    signals.stop()
    assert sent == [0]


def test_a_stop_from_outside_begins_no_second_reader_of_keys(database: Path) -> None:
    with Terminal(shlex.split(drill(database, "timed")), env=compiled()) as screen:
        screen.wait_for("of 3", timeout=30)
        screen.settle(0.3)
        at, before = screen.mark, threads(screen.pid)
        screen.kill(signal.SIGSTOP)
        screen.kill(signal.SIGCONT)
        screen.wait_for_bytes(b"\x1b[?2004h", at)  # the terminal is asked anew
        screen.settle(0.3)
        assert threads(screen.pid) == before, "two readers hand keys on out of order"
        screen.press("a")
        screen.wait_for("●")
        screen.press("ctrl+q")
        assert screen.wait() == 0


def threads(process: int) -> int:
    tasks = Path(f"/proc/{process}/task")
    if not tasks.exists():
        pytest.skip("only Linux tells the threads of another process")
    return len(list(tasks.iterdir()))


@pytest.mark.parametrize("stuck", [False, True], ids=["asleep", "stuck"])
def test_an_app_goes_though_the_system_gives_the_signal_to_another_thread(
    database: Path, stuck: bool
) -> None:
    """As it does while a new size is on its way to the main one, which sleeps on an idle screen or is stuck."""
    after_s = 0.7 if stuck else 3  # by then all that begins with Home is done
    words = f"""
import signal, sys, threading, time
from drill.tui import app, signals
from drill.tui.screens.keyed import KeyedScreen
app.DrillApp.action_new_block = lambda self: time.sleep(60)
signals.GRACE_S = 0.3
sent = threading.Timer({after_s}, signal.raise_signal, [signal.SIGTERM])
KeyedScreen.action_help = lambda self: sent.start()
from drill.cli import main
sys.exit(main(['--db', {str(database)!r}]))
"""
    with Terminal([sys.executable, "-c", words], env=compiled()) as screen:
        screen.wait_for("New block", timeout=30)
        screen.settle(0.3)
        screen.press("?")
        if stuck:
            screen.press("ctrl+n")
        assert screen.wait() == 128 + signal.SIGTERM
        assert screen.raw.rfind(b"\x1b[?1049l") > screen.raw.rfind(b"\x1b[?1049h")


def test_an_app_that_is_stuck_gives_the_terminal_back_when_it_is_sent_away(database: Path) -> None:
    stuck = "import time; from drill.tui import app, signals; signals.GRACE_S = 0.3; "
    stuck += "app.DrillApp.action_new_block = lambda self: time.sleep(60); "
    stuck += f"from drill.cli import main; main(['--db', {str(database)!r}])"
    with Terminal([sys.executable, "-c", stuck], env=compiled()) as screen:
        screen.wait_for("New block", timeout=30)
        screen.settle(0.3)
        screen.press("ctrl+n")
        screen.settle(0.3)
        screen.kill(signal.SIGTERM)
        assert screen.wait() == 128 + signal.SIGTERM
        for mode in (b"1049", b"1000", b"2004"):
            assert screen.raw.rfind(b"\x1b[?%bl" % mode) > screen.raw.rfind(b"\x1b[?%bh" % mode)
        assert screen.raw.endswith(b"\x1b[?25h")
