"""Another program holds the database's lock for a minute: does drill say so, and is everything kept once it is gone?

    python -m benchmarks.held_lock [--hold 60]

A block is open in a real pseudo-terminal while a plain SQLite connection holds BEGIN IMMEDIATE. Meanwhile letters are typed,
each waited for until the screen has answered it, and commands are run. Printed: how long a key waited for its word, how long
each command took beyond what it takes without the lock, "database is locked" seen anywhere, answers that were shown as
chosen and are not in the log. Then the lock goes, the same letters are typed again, and the block is ended. POSIX only.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from benchmarks import data
from benchmarks.terminal import DRILL, Terminal

SAYS = "in use by another program"
QUIET_S = 1.0
"""Nobody waits longer without a word."""
PAIRS = 3
"""Each command so often without and with the lock, in turn; medians are printed."""
READING = (["history"], ["pacing"], ["next-step"], ["banks"], ["export", "-"], ["due"])
WRITING = (["outside", "add", "a book", "20"], ["merge", "HISTORY"], ["import", "BANK"], ["doctor"])
BANK = """drill: 1
bank: {id: mine, title: Mine}
items:
  - {id: q1, stem: "Which is it?", options: {A: this, B: that}, answer: A}
"""
HELP = "Choose an option; another letter"


def command(path: Path, words: list[str]) -> tuple[float, int, str]:
    """Seconds, exit status and everything a command said."""
    places = {"HISTORY": path.with_name("history.jsonl"), "BANK": path.with_name("mine.yaml")}
    begun = time.monotonic()
    done = subprocess.run(
        [*DRILL, "--db", str(path), *(str(places.get(word, word)) for word in words)],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120, check=False,
    )  # fmt: skip
    return time.monotonic() - begun, done.returncode, done.stdout + done.stderr


def hold_over_commands(path: Path) -> int:
    """Commands over a database that only the foreign program has open; what is wrong."""
    faults = 0
    for words in (*READING, *WRITING):
        free, held = [], []
        for _ in range(PAIRS):
            free.append(command(path, words)[0])
            with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
                other.execute("BEGIN IMMEDIATE")
                took, status, said = command(path, words)
                held.append(took)
                other.execute("ROLLBACK")
            wrong = "locked" in said or "Traceback" in said or (words in READING and status != 0)
            wrong = wrong or (words in WRITING and SAYS not in said)
            faults += wrong
            if wrong:
                print(f"  WRONG: drill {' '.join(words)}: {said[-300:]}")
        beyond = statistics.median(held) - statistics.median(free)
        print(
            f"  drill {' '.join(words):<24} {statistics.median(free):5.2f} s free, {beyond:+.2f} s under the lock, status {status}"
        )
    return faults


def hold_over_a_block(path: Path, seconds: float) -> int:
    """A block under the lock; what is wrong."""
    held: list[float] = []
    silent = samples = 0
    with Terminal(
        [*DRILL, "--db", str(path), "block", "--items", "10", "--mode", "timed", "--bank", data.BANK],
        columns=100,
        rows=30,
    ) as terminal:
        terminal.wait_for(" of 10", timeout=60)
        free = [help_opened(terminal) for _ in range(5)]
        terminal.press("a")
        terminal.settle(1, 3)
        with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            begun = time.monotonic()
            terminal.press("b")
            terminal.wait_for(SAYS, timeout=20)
            said_after = time.monotonic() - begun
            while time.monotonic() - begun < seconds:
                held.append(help_opened(terminal))
                terminal.press("bcd"[samples % 3])
                for _ in range(4):
                    terminal.settle(0.5, 0.5)
                    samples += 1
                    silent += SAYS not in terminal.text
            beside = [(words, *command(path, words)) for words in (*READING, *WRITING)]
            other.execute("ROLLBACK")
            freed = time.monotonic()
        terminal.wait_for(lambda text: SAYS not in text, timeout=20)
        again_after = time.monotonic() - freed
        for letter in ANSWERS:
            terminal.press(letter)
            terminal.settle(0.4, 2)
            terminal.press("right")
            terminal.settle(0.4, 2)
        terminal.press("ctrl+q")
        terminal.wait(20)
        locked = terminal.raw.count(b"is locked") + sum("is locked" in said for *_, said in beside)
    with closing(sqlite3.connect(path)) as reader:
        query = "SELECT chosen FROM attempts JOIN blocks USING (block) WHERE block_end IS NULL ORDER BY position LIMIT ?"
        chosen = "".join(str(row[0]).lower() for row in reader.execute(query, (len(ANSWERS),)))
    print(f"  held {seconds:.0f} s: said after {said_after:.2f} s; {silent} of {samples} looks at the screen without a word; after it "
          f"the next save came in {again_after:.2f} s")  # fmt: skip
    print(f"  a key that saves nothing (?) to its screen: p50 {statistics.median(free):.2f} s before, {statistics.median(held):.2f} s "
          f"under the lock, worst {max(held):.2f} s ({len(held)} keys)")  # fmt: skip
    for words, took, status, said in beside:
        last = said.strip().splitlines()[-1][:70] if said.strip() else ""
        print(f"  beside it: drill {' '.join(words):<22} {took:5.2f} s, status {status}: {last}")
    print(f'  "is locked" seen {locked} times; answered after it {ANSWERS!r}, in the log {chosen!r}')
    return locked + silent + (chosen != ANSWERS) + (said_after > QUIET_S)


ANSWERS = "dbcadb"


def help_opened(terminal: Terminal) -> float:
    """Seconds from ? to its screen; it is closed again."""
    pressed = time.monotonic()
    terminal.press("?")
    terminal.wait_for(HELP, timeout=20)
    took = time.monotonic() - pressed
    terminal.press("escape")
    terminal.wait_for(lambda text: HELP not in text, timeout=20)
    return took


def main() -> None:
    """Both scenes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--hold", type=float, default=60, help="seconds the lock is held over the block")
    options = parser.parse_args()
    source = data.prepare(300, 2_000)
    with tempfile.TemporaryDirectory() as folder:
        path = data.copy_of(source, Path(folder))
        path.with_name("mine.yaml").write_text(BANK)
        command(path, ["export", str(path.with_name("history.jsonl"))])
        print("Commands while another program holds the lock:")
        faults = hold_over_commands(path)
        print("A block while another program holds the lock:")
        faults += hold_over_a_block(path, options.hold)
    print(f"faults: {faults}")
    raise SystemExit(bool(faults))


if __name__ == "__main__":
    main()
