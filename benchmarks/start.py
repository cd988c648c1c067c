"""Time from exec to the first paint of Home and of a block, beside the least a Textual app can be.

    python -m benchmarks.start [--items 10000] [--attempts 100000] [--repeats 15]

Prints medians in ms and as multiples of a Textual app of one line, each measured in turn in the same run, with the
bytecode compiled; then a command without a screen as a multiple of `python -c pass`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import data
from benchmarks.bare_app import READY
from benchmarks.terminal import DRILL, Terminal, compiled, verdict

REPO = Path(__file__).parent.parent
BARE = [sys.executable, "-c", "from benchmarks.bare_app import main; main()"]
PAINT_AIM, COMMAND_AIM = 1.4, 8.0
LAST_WORD = b"Keys"
"""The end of the footer, which is painted last."""


def first_paint_ms(command: list[str], wanted: bytes) -> float:
    """Milliseconds from exec until `wanted` was on the terminal."""
    with Terminal(command, cwd=REPO, env=compiled()) as terminal:
        return (terminal.wait_for_bytes(wanted, timeout=60) - terminal.started_ns) / 1e6


def command_ms(command: list[str]) -> float:
    """Milliseconds a command without a screen takes."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=REPO, env={**os.environ, **compiled()})
    return (time.perf_counter() - began) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.add_size_options(parser)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    database = data.prepare(options.items, options.attempts)
    print(f"{options.items:,} items, {options.attempts:,} attempts, {options.repeats} starts of each; medians")
    with tempfile.TemporaryDirectory(prefix="drill-start-") as folder:
        kept = data.copy_of(database, Path(folder), "kept.db")
        times: dict[str, list[float]] = {"bare": [], "home": [], "block": [], "pass": [], "banks": []}
        for repeat in range(options.repeats + 1):
            sat = data.copy_of(database, Path(folder), "sat.db")
            found = {
                "bare": first_paint_ms(BARE, READY.encode()),
                "home": first_paint_ms([*DRILL, "--db", str(kept)], LAST_WORD),
                "block": first_paint_ms([*DRILL, "--db", str(sat), "block"], LAST_WORD),
                "pass": command_ms([sys.executable, "-c", "pass"]),
                "banks": command_ms([*DRILL, "--db", str(kept), "banks"]),
            }
            if repeat:  # the first of each warms bytecode and disk
                for name, ms in found.items():
                    times[name].append(ms)
    middle = {name: statistics.median(found) for name, found in times.items() if found}
    print(f"{'a Textual app of one line':<28}{middle['bare']:8.0f} ms")
    for name, label in (("home", "drill, first paint"), ("block", "drill block, first paint")):
        ratio = middle[name] / middle["bare"]
        print(f"{label:<28}{middle[name]:8.0f} ms   x{ratio:.2f}   aim <= x{PAINT_AIM} {verdict(ratio <= PAINT_AIM)}")
    ratio = middle["banks"] / middle["pass"]
    print(f"{'python -c pass':<28}{middle['pass']:8.1f} ms")
    print(f"{'drill banks':<28}{middle['banks']:8.1f} ms   x{ratio:.1f}   aim <= x{COMMAND_AIM:.0f} {verdict(ratio <= COMMAND_AIM)}")


if __name__ == "__main__":
    main()
