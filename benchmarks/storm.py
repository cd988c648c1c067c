"""A storm on every screen: random bytes, escape sequences, pastes and sizes without pause, then the terminal closed or the app killed.

    python -m benchmarks.storm [--seconds 5] [--rounds 1] [--seed 1]

Each round opens the app in a real pseudo-terminal, goes to a screen, and for so many seconds sends what a broken terminal, a cat on
the keyboard or a clipboard sends, while the window changes its size. Then, in turn: the terminal is closed, SIGTERM, SIGHUP, or
Ctrl+Q until it ends. Findings: a traceback on the terminal, or the exit status of one (a window one column wide shows
none to be read); a process that does not end within 20 s; modes that are still on (alternate screen, hidden cursor, mouse,
bracketed paste) where there is a terminal to be restored; an event that was in the log and is not; anything the doctor finds.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks import data
from benchmarks.start import REPO
from benchmarks.terminal import DRILL, KEYS, Gone, Terminal, compiled
from drill.storage.doctor import examine
from drill.storage.store import open_reader

BLOCK = ["block", "--items", "20", "--pool", "all", "--minutes", "600"]
PLACES: dict[str, tuple[list[str], list[str]]] = {
    "Home": ([], []), "Pacing": ([], ["2"]), "Next best step": ([], ["3"]), "Questions": ([], ["4"]), "Settings": ([], ["5"]),
    "Road": ([], ["6"]), "New block": ([], ["ctrl+n"]), "palette": ([], ["ctrl+p"]), "help": ([], ["?"]),
    "a block": (BLOCK, []), "its list": (BLOCK, ["ctrl+l"]), "a note": (BLOCK, ["n"]), "the end's question": (BLOCK, ["a", "ctrl+e"]),
    "tutor feedback": ([*BLOCK, "--mode", "tutor"], ["a", "enter"]), "results": (BLOCK, ["a", "ctrl+e", "ctrl+e"]),
}  # fmt: skip
SEQUENCES = (
    b"\x1b", b"\x1b[", b"\x1b[A", b"\x1b[1;5C", b"\x1b[200~", b"\x1b[201~", b"\x1b[<0;10;5M", b"\x1b[<64;3;3M", b"\x1b[<35;999;999M", b"\x1b[M   ",
    b"\x1b[I", b"\x1b[O", b"\x1bOP", b"\x1b[24~", b"\x1b]11;rgb:ffff/ffff/ffff\x07", b"\x1b]52;c;!!!\x07", b"\x1bP1$r\x1b\\", b"\x1b[?2026;2$y",
    b"\x1b[97;5u", b"\x1b[57358u", b"\x1b[27;5;65~", b"\x1b[99999999999999m", b"\xff\xfe", b"\xc3", b"\xf0\x9f\x92\x8a", b"\xe2\x80\xae", b"\0",
)  # fmt: skip
TELLING = [
    DRILL[0],
    "-c",
    f"import faulthandler as f, os, signal; f.register(signal.SIGUSR1, open(os.environ['STORM_STACKS'], 'w')); {DRILL[2]}",
]
"""drill, but that it writes down where each of its threads stands when it is sent SIGUSR1."""
ENDS = ("closed", "SIGTERM", "SIGHUP", "Ctrl+Q")
MODES = (
    (b"\x1b[?1049h", b"\x1b[?1049l"),
    (b"\x1b[?25l", b"\x1b[?25h"),
    (b"\x1b[?1000h", b"\x1b[?1000l"),
    (b"\x1b[?2004h", b"\x1b[?2004l"),
)
NEVER_SENT = {17, 26, 28, 3}  # Ctrl+Q, Ctrl+Z, Ctrl+\, Ctrl+C: they end or stop it before its time


def burst(pick: random.Random) -> bytes:
    """What comes at once."""
    match pick.randrange(5):
        case 0:
            return bytes(byte for byte in pick.randbytes(pick.randrange(1, 40)) if byte not in NEVER_SENT)
        case 1:
            return b"".join(pick.choices(SEQUENCES, k=pick.randrange(1, 6)))
        case 2:
            text = bytes(
                byte
                for byte in pick.randbytes(pick.choice((10, 1_000, 20_000)))
                if byte not in NEVER_SENT and byte != 27
            )
            return b"\x1b[200~" + text + b"\x1b[201~"
        case 3:
            return bytes(
                pick.choices(b"abcdefghijklmnopqrstuvwxyz?/.;-+ 1234567890\r\t", k=pick.randrange(1, 12))
            )
        case _:
            return bytes(pick.choices((1, 5, 6, 12, 14, 16, 18, 19, 20, 21, 27), k=pick.randrange(1, 4)))


def push(terminal: Terminal, data: bytes, until: float) -> None:
    """Send, and read meanwhile: an app that waits for us to read what it draws reads nothing."""
    os.set_blocking(terminal._fd, False)
    while data and time.monotonic() < until:
        try:
            data = data[os.write(terminal._fd, data[:512]) :]
        except BlockingIOError:
            terminal.pump(0.01)
    os.set_blocking(terminal._fd, True)


def storm(terminal: Terminal, seconds: float, pick: random.Random) -> int:
    """Send and resize until the time is over; how much was sent. Raises Gone when the app went by itself."""
    until, sent = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        if pick.random() < 0.3:
            terminal.resize(
                pick.choice((1, 2, 20, 79, 80, 120, 300, 500)), pick.choice((1, 2, 5, 23, 24, 40, 100))
            )
        sent += 1
        push(terminal, burst(pick), until)
        terminal.pump(pick.choice((0.0, 0.005, 0.03)))
    push(
        terminal, b"\x1b[201~", time.monotonic() + 5
    )  # a paste that never ends swallows every key, in any terminal program
    terminal.resize(80, 24)
    terminal.settle(quiet=0.2, timeout=10)
    return sent


def listen(terminal: Terminal, seconds: float) -> None:
    """Read for so long whatever comes."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        terminal.pump(left)


def leave(terminal: Terminal) -> None:
    """Esc, Ctrl+Q and whatever a block asks then, until the app is gone or 20 s are over. Raises Gone when it went."""
    until, attempt = time.monotonic() + 20, 0
    while time.monotonic() < until:
        # A block asks before it is left; where it is an exam block, the first answer is to stay.
        for key in ("escape", "ctrl+q", *["down"] * (attempt % 2), "enter"):
            push(terminal, KEYS[key], until)
            listen(terminal, 0.15)
        attempt += 1


def ended(terminal: Terminal, seconds: float) -> bool:
    """Wait for the app to end, reading what it still draws."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            terminal._status = os.waitstatus_to_exitcode(status)
            return True
        try:
            terminal.pump(0.02)
        except (Gone, OSError):
            time.sleep(0.02)
    return False


def stacks_of(terminal: Terminal, file: Path) -> str:
    """Where an app stands that does not end: what the system says of each thread, and each thread's Python lines."""
    tasks = []
    for task in Path(f"/proc/{terminal.pid}/task").glob("*"):  # of Linux; elsewhere there is none
        with contextlib.suppress(OSError):
            state = task.joinpath("stat").read_text().rpartition(")")[2].split()
            tasks.append(f"{state[0]} {state[11]}+{state[12]} ticks {task.joinpath('wchan').read_text()}")
    with contextlib.suppress(OSError):
        terminal.kill(signal.SIGUSR1)
    time.sleep(1)
    return f"threads {tasks}\n{file.read_text()}"


def one_round(
    database: Path, place: str, end: str, seconds: float, pick: random.Random
) -> tuple[int, list[str]]:
    """One storm; how many bursts, and what went wrong."""
    words, keys = PLACES[place]
    wrong: list[str] = []
    before = events(database)
    with closing(sqlite3.connect(database)) as connection:
        is_open = connection.execute("SELECT 1 FROM blocks WHERE block_end IS NULL").fetchone() is not None
    sent, stacks = 0, database.with_name("stacks")
    with Terminal(
        [*TELLING, "--db", str(database), *(["resume"] if is_open and words else words)],
        cwd=REPO,
        env=compiled({"STORM_STACKS": str(stacks)}),
    ) as terminal:
        try:
            terminal.wait_for_bytes(b"Keys", timeout=60)
            for key in keys:
                terminal.press(key)
                terminal.settle()
            sent = storm(terminal, seconds, pick)
            if end == "Ctrl+Q":
                leave(terminal)
            elif end == "closed":
                os.close(terminal._fd)
                terminal._fd = os.open(os.devnull, os.O_RDWR)
            else:
                terminal.kill(getattr(signal, end))
        except (Gone, OSError):
            pass  # it went: by a key that ends it, or by a fault that is on the terminal
        if not ended(terminal, 20):
            wrong.append("did not end within 20 s: " + stacks_of(terminal, stacks))
            terminal.kill()
        said = bytes(terminal.raw)
    if terminal._status == 1:
        wrong.append("ended with the status of a fault")
    if b"Traceback" in said or b"Error:" in said:
        at = said.find(b"Traceback") if b"Traceback" in said else said.find(b"Error:")
        wrong.append("a traceback: " + said[max(at - 100, 0) :][-2_500:].decode(errors="replace"))
    if end not in ("closed", "SIGHUP"):  # both say that there is no terminal any more
        wrong += [f"{on!r} is still on" for on, off in MODES if said.rfind(on) > said.rfind(off)]
    after = events(database)
    wrong += [f"events of {block} are gone" for block, count in before.items() if after.get(block, 0) < count]
    with open_reader(database) as store:
        report = examine(store, repair=False)
    if not report.ok:
        wrong.append(str(report)[:400])
    return sent, [f"{place}, {end}: {text}" for text in wrong]


def events(database: Path) -> dict[str, int]:
    """How many events each block has."""
    with closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT block, count(*) FROM block_events GROUP BY block"))


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=1, help="on each screen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="screens whose name holds this")
    options = parser.parse_args()
    pick = random.Random(options.seed)
    wrong: list[str] = []
    bursts = rounds = 0
    with tempfile.TemporaryDirectory(prefix="drill-storm-") as folder:
        database = data.copy_of(data.prepare(60, 400), Path(folder))
        for number in range(options.rounds):
            for at, place in enumerate(name for name in PLACES if options.only in name):
                sent, found = one_round(
                    database, place, ENDS[(at + number) % len(ENDS)], options.seconds, pick
                )
                bursts, rounds = bursts + sent, rounds + 1
                wrong += found
                for text in found:
                    print("  " + text, flush=True)
    print(
        f"{rounds} storms on {len([name for name in PLACES if options.only in name])} screens, {bursts:,} bursts, seed {options.seed}; findings {len(wrong)}, aim 0"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
