"""Peak resident size of Home and of a block, beside a bare Textual app.

    python -m benchmarks.memory [--items 10000] [--attempts 100000] [--repeats 3] [--seconds 8]

Home is left alone for some seconds, so that its reports over all attempts are computed; the block is answered to its
end. Figures are VmHWM of a fresh process (Linux), medians, in MiB and as multiples of the bare app.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks import data
from benchmarks.bare_app import READY
from benchmarks.bytecode import require_bytecode
from benchmarks.latency import BARE, QUESTIONS, SEED, questions
from benchmarks.start import REPO
from benchmarks.terminal import DRILL, Terminal, compiled

_AS_LEARNER = [*DRILL[:-1], f"import sys; sys.modules['pandas'] = sys.modules['numpy'] = None\n{DRILL[-1]}"]
"""Without development dependencies that sqlite-utils would load where it finds them."""


def peak_mib(command: list[str], wanted: bytes, keys: tuple[str, ...] = (), seconds: float = 0.0) -> float:
    """Peak of a run: wait for the first paint, press keys one by one, then wait."""
    with Terminal(command, cwd=REPO, env=compiled()) as terminal:
        terminal.wait_for_bytes(wanted, timeout=60)
        for key in keys:
            terminal.press(key)
            terminal.settle(0.03)
        terminal.settle(max(seconds, 0.3), timeout=max(seconds, 0.3))
        return terminal.peak_kib() / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data.add_size_options(parser)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=8.0, help="how long Home is left to compute its reports"
    )
    options = parser.parse_args()
    require_bytecode(
        {"drill": ["drill.tui.app"], "textual": ["textual.app"]}, {**os.environ, **compiled()}, REPO
    )
    database = data.prepare(options.items, options.attempts)
    moves = ("a", "right") * QUESTIONS
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="drill-memory-") as name:
        folder = Path(name)
        texts = folder / "questions.json"
        texts.write_text(json.dumps(questions(database)))
        for _ in range(options.repeats):
            own = str(data.copy_of(database, folder))
            block = ["block", "--bank", data.BANK, "--items", str(QUESTIONS), "--seed", str(SEED)]
            empty = str(folder / "empty.db")
            runs = {
                "bare app, one line": peak_mib(BARE, READY.encode()),
                "bare app, questions": peak_mib([*BARE, str(texts)], READY.encode(), moves),
                "drill, first paint": peak_mib([*DRILL, "--db", own], b"Keys"),
                "drill, reports computed": peak_mib([*DRILL, "--db", own], b"Keys", seconds=options.seconds),
                "drill block": peak_mib([*DRILL, "--db", own, *block], b"Keys", moves),
                "drill, a new database": peak_mib([*_AS_LEARNER, "--db", empty], b"Keys"),
            }
            Path(empty).unlink()
            for label, mib in runs.items():
                found.setdefault(label, []).append(mib)
    print(f"{options.items:,} items, {options.attempts:,} attempts; Python {sys.version.split()[0]}")
    floor = statistics.median(found["bare app, one line"])
    print(f"{'peak resident size':<28}{'MiB':>7}{'x bare':>8}")
    for label, mibs in found.items():
        mib = statistics.median(mibs)
        print(f"{label:<28}{mib:>7.0f}{mib / floor:>8.2f}")


if __name__ == "__main__":
    main()
