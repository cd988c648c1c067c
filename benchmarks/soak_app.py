"""The same through the app: one process in a pseudo-terminal, every block sat by keys, every screen opened between them.

What is measured: resident size of the app's process (Linux), threads, and milliseconds from the key of an answer to the end of the
repaint that shows it, which its commit precedes.
"""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks import data
from benchmarks.soak import STRETCH, Look, file_mib, wrong_in
from benchmarks.start import REPO
from benchmarks.terminal import DRILL, Terminal, compiled
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import open_writer
from tests.factories import FakeClock

CHOSEN = "●".encode()
PATIENCE_S = 30.0


def sit(screen: Terminal, items: int) -> list[float]:
    """One block, begun already, to its results; ms from each answer's key to its repaint."""
    took = []
    for position in range(1, items + 1):
        mark = screen.mark
        began = screen.press("a")
        took.append((screen.wait_for_frame(CHOSEN, mark) - began) / 1e6)
        if position % 5 == 0:
            screen.press(".")
        if position < items:
            press(screen, "enter", f"{position + 1} of {items}")
    press(screen, "ctrl+e", "End this block?")
    press(screen, "ctrl+e", "Results")
    return took


def press(screen: Terminal, key: str, then: str) -> None:
    """Press a key, and wait until a row begins with these words."""
    screen.press(key)
    screen.wait_for(
        lambda text: any(row.lstrip().startswith(then) for row in text.splitlines()), timeout=PATIENCE_S
    )


def look_round(screen: Terminal) -> None:
    """Open what there is and come back."""
    for key in ("2", "3", "4", "5", "6", "1", "ctrl+p", "escape", "?", "escape"):
        screen.press(key)
        screen.settle(0.3)


def soak_app(path: Path, blocks: int, items: int) -> tuple[list[Look], list[str]]:
    """Sit them all in one process; what was seen on the way, and what is wrong in the end."""
    with open_writer(path) as store:
        bank = data.make_bank(blocks * items)
        apply_import(store, plan_import(store.connection, bank), now=FakeClock().wall().iso)
    looks = []
    with Terminal([*DRILL, "--db", str(path)], cwd=REPO, env=compiled()) as screen:
        screen.wait_for_bytes(b"Keys", timeout=60)
        for first in range(0, blocks, STRETCH):
            took: list[float] = []
            for _ in range(first, min(first + STRETCH, blocks)):
                press(screen, "ctrl+n", "New block")
                screen.press("down")
                # Banks, then (with other questions a block than 20) their number.
                while not any("Banks" in row and data.BANK in row for row in screen.lines):
                    screen.press("right")
                    screen.settle(0.1)
                if items != 20:
                    for key in ("down", "down", *str(items)):
                        screen.press(key)
                        screen.settle(0.1)
                press(screen, "enter", f"1 of {items}")
                took += sit(screen, items)
            look_round(screen)
            pages = int(Path(f"/proc/{screen.pid}/statm").read_text().split()[1])
            resident = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
            threads = len(list(Path(f"/proc/{screen.pid}/task").iterdir()))
            looks.append(
                Look(min(first + STRETCH, blocks), resident, file_mib(path), took, threads=threads).show()
            )
        screen.press("ctrl+q")
        status = screen.wait(30)
    with open_writer(path) as store:
        wrong = wrong_in(store, blocks)
    return looks, [*wrong, *([f"the app ended with status {status}"] if status else [])]
