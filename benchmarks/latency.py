"""Key to repaint on the question screen, beside a bare Textual app that shows the same text in Statics and saves too.

    python -m benchmarks.latency [--items 10000] [--attempts 100000] [--keys 200] [--fps 60 120] [--folder FOLDER]

Measured from just before the key's bytes are written to the terminal until the last byte of the repaint that shows
what was asked for has come. drill commits the answer or the move to its file before it paints; the bare app commits
one row to a file in the same folder, as durably. Both are driven in turn in the same run, a key at a time, with a pause that the clock's tick does not share.
Between them the disk's own floor is taken: 8 KiB appended to a file in the same folder and synced. Where that is slow
no durable answer is fast; --folder /dev/shm takes the disk out of the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import data
from benchmarks.bare_app import READY
from benchmarks.bytecode import require_bytecode
from benchmarks.start import REPO
from benchmarks.terminal import DRILL, Terminal, compiled, percentile, verdict
from drill.storage.store import open_reader
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest

QUESTIONS = 40
SEED = 1
RATIO_AIM, P99_AIM_MS = 1.10, 3.0
"""p50 beside the bare app's; p99 above it."""
BARE = [sys.executable, "-c", "from benchmarks.bare_app import main; main()"]


def questions(database: Path, count: int = QUESTIONS) -> list[dict[str, object]]:
    """The texts of the block that SEED draws, in order."""
    reader = open_reader(database)
    assert reader is not None
    with reader:
        plan = sitting.plan_block(reader, BlockRequest(banks=(data.BANK,), items=count), "any", SEED)
        items = sitting.read_form(reader, plan)
    return [
        {"stem": item.stem, "lead_in": item.lead_in, "options": [option.text for option in item.options]}
        for item in items
    ]


class Driven:
    """One of the two apps, and what it took."""

    def __init__(self, terminal: Terminal, texts: list[dict[str, object]]) -> None:
        self.terminal = terminal
        self.cases = [str(text["stem"])[:12].encode() for text in texts]
        self.at = 0
        self.chosen: dict[int, str] = {}
        self.took_ms: dict[str, list[float]] = {"choose": [], "next": [], "previous": []}

    def step(self, key: str, pick: random.Random) -> None:
        """Press one key and wait for its repaint."""
        terminal = self.terminal
        terminal.settle(0.02)
        time.sleep(pick.uniform(0.0, 0.03))  # no step with Textual's own timer
        since = terminal.mark
        if key == "choose":
            letter = pick.choice([letter for letter in "ABCDE" if letter != self.chosen.get(self.at)])
            self.chosen[self.at] = letter
            wanted, pressed = "●".encode(), letter.lower()
        else:
            self.at += 1 if key == "next" else -1
            wanted, pressed = self.cases[self.at], "right" if key == "next" else "left"
        at_ns = terminal.press(pressed)
        self.took_ms[key].append((terminal.wait_for_frame(wanted, since) - at_ns) / 1e6)


class Disk:
    """The floor of a durable write."""

    def __init__(self, folder: Path) -> None:
        self.file = (folder / "floor").open("ab", buffering=0)
        self.took_ms: list[float] = []

    def step(self) -> None:
        """Append and sync once."""
        self.file.write(bytes(8192))
        began_ns = time.perf_counter_ns()
        os.fsync(self.file.fileno())
        self.took_ms.append((time.perf_counter_ns() - began_ns) / 1e6)


def measure(fps: int, keys: int, database: Path, folder: Path) -> tuple[dict[str, Driven], Disk]:
    """Drive both apps, a key each in turn."""
    texts = questions(database)
    written = folder / "questions.json"
    written.write_text(json.dumps(texts))
    own = data.copy_of(database, folder, f"latency-{fps}.db")
    block = ["block", "--bank", data.BANK, "--items", str(QUESTIONS), "--seed", str(SEED)]
    env = compiled({"TEXTUAL_FPS": str(fps)} if fps else {})
    pick = random.Random(3)
    with (
        Terminal([*DRILL, "--db", str(own), *block], cwd=REPO, env=env) as drill,
        Terminal([*BARE, str(written), str(folder / f"bare-{fps}.db")], cwd=REPO, env=compiled()) as bare,
    ):
        drill.wait_for_bytes(b"Keys", timeout=60)
        bare.wait_for_bytes(READY.encode(), timeout=60)
        time.sleep(1)
        apps = {"drill": Driven(drill, texts), "bare": Driven(bare, texts)}
        disk, forward = Disk(folder), True
        for number in range(keys):
            here = apps["drill"].at
            forward = here == 0 or (forward and here < QUESTIONS - 1)
            for key in ("choose", "next" if forward else "previous"):
                disk.step()
                for app in apps.values():
                    app.step(key, random.Random(f"{number}{key}"))
            if pick.random() < 0.1:
                time.sleep(0.2)
        return apps, disk


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data.add_size_options(parser)
    parser.add_argument("--keys", type=int, default=200, help="of each kind, about")
    parser.add_argument(
        "--fps", type=int, nargs="+", default=[0], help="TEXTUAL_FPS for drill; 0 leaves drill's own"
    )
    parser.add_argument("--folder", help="where the database lies; default: the temporary folder")
    options = parser.parse_args()
    require_bytecode(
        {"drill": ["drill.tui.app"], "textual": ["textual.app"]}, {**os.environ, **compiled()}, REPO
    )
    database = data.prepare(options.items, options.attempts)
    with tempfile.TemporaryDirectory(prefix="drill-latency-", dir=options.folder) as folder:
        for fps in options.fps:
            print(
                f"{options.keys} answers and as many moves"
                + (f", TEXTUAL_FPS={fps} for drill" if fps else "")
            )
            report(*measure(fps, options.keys, database, Path(folder)))


def report(apps: dict[str, Driven], disk: Disk) -> None:
    """Figures beside the yardstick, and the aims."""
    print(
        f"{'key to repaint, ms':<22}{'drill p50':>10}{'p99':>8}{'max':>8}{'bare p50':>10}{'p99':>8}{'p50 ratio':>11}"
    )
    for key in ("choose", "next", "previous"):
        ours, bare = apps["drill"].took_ms[key], apps["bare"].took_ms[key]
        if not ours:
            continue
        middle, last = percentile(ours, 0.5), percentile(ours, 0.99)
        floor, floor_last = percentile(bare, 0.5), percentile(bare, 0.99)
        print(
            f"{key:<22}{middle:>10.1f}{last:>8.1f}{max(ours):>8.1f}{floor:>10.1f}{floor_last:>8.1f}"
            f"{middle / floor:>11.2f}   aim p50 <= x{RATIO_AIM} {verdict(middle / floor <= RATIO_AIM)},"
            f" p99 <= + {P99_AIM_MS:g} ms {verdict(last <= floor_last + P99_AIM_MS)}"
        )

    took = disk.took_ms
    print(
        f"{'8 KiB to the disk':<22}{percentile(took, 0.5):>10.1f}{percentile(took, 0.99):>8.1f}{max(took):>8.1f}"
    )


if __name__ == "__main__":
    main()
