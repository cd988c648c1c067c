"""Time from exec to the first paint of Home and of a block, beside the least a Textual app can be.

    python -m benchmarks.start [--items 10000] [--attempts 100000] [--repeats 15]

Prints medians in ms and as multiples of a Textual app of one line, each measured in turn in the same run, with the
bytecode compiled; then `python3 -m uv run drill` as a multiple of the same wrapper around that app, both in the
environment that uv has made for this checkout; then a command without a screen as a multiple of `python -c pass`.
Processor time stands beside it: a busy machine stretches the one and hardly the other. An aim is met where both ratios
are at most as large.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import data
from benchmarks.bare_app import READY
from benchmarks.bytecode import require_bytecode
from benchmarks.terminal import DRILL, Terminal, compiled, verdict

REPO = Path(__file__).parent.parent
BARE = [sys.executable, "-c", "from benchmarks.bare_app import main; main()"]
HOME_AIM, BLOCK_AIM, UV_AIM, COMMAND_AIM = 1.22, 1.25, 1.25, 8.0
ROWS = (
    ("bare", "a Textual app of one line", "bare", 1.0),
    ("home", "drill, first paint", "bare", HOME_AIM),
    ("block", "drill block, first paint", "bare", BLOCK_AIM),
    ("uv bare", "the app of one line under uv run", "uv bare", 1.0),
    ("uv home", "uv run drill, first paint", "uv bare", UV_AIM),
    ("pass", "python -c pass", "pass", 1.0),
    ("banks", "drill banks", "pass", COMMAND_AIM),
)
"""Name, label, its yardstick, the aim."""
LAST_WORD = b"Keys"
"""The end of the footer, which is painted last."""


def first_paint(command: list[str], wanted: bytes) -> tuple[float, float]:
    """Milliseconds from exec until `wanted` was on the terminal, and of processor time until then."""
    with Terminal(command, cwd=REPO, env=compiled()) as terminal:
        painted_ns = terminal.wait_for_bytes(wanted, timeout=60)
        return (painted_ns - terminal.started_ns) / 1e6, terminal.processor_ms()


def uv_run() -> list[str] | None:
    """`python3 -m uv run` of the first Python on the path that has uv; None without one.

    Nothing is synced: it is the second start that is measured.
    """
    for folder in os.get_exec_path():
        words = [str(Path(folder) / "python3"), "-m", "uv"]
        if (
            Path(words[0]).exists()
            and not subprocess.run([*words, "--version"], check=False, capture_output=True).returncode
        ):
            return [*words, "run", "--no-sync"]
    return None


def command(words: list[str]) -> tuple[float, float]:
    """Milliseconds a command without a screen takes, and of processor time."""
    began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)  # os.times: in 10 ms
    subprocess.run(words, check=True, capture_output=True, cwd=REPO, env={**os.environ, **compiled()})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return (time.perf_counter() - began) * 1000, used * 1000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data.add_size_options(parser)
    parser.add_argument("--repeats", type=int, default=15)
    options = parser.parse_args()
    require_bytecode(
        {"drill": ["drill.tui.app"], "textual": ["textual.app"]}, {**os.environ, **compiled()}, REPO
    )
    database = data.prepare(options.items, options.attempts)
    print(
        f"{options.items:,} items, {options.attempts:,} attempts, {options.repeats} starts of each; medians"
    )
    uv = uv_run()
    with tempfile.TemporaryDirectory(prefix="drill-start-") as folder:
        kept = data.copy_of(database, Path(folder), "kept.db")
        times: dict[str, list[tuple[float, float]]] = {name: [] for name, *_ in ROWS}
        for repeat in range(options.repeats + 1):
            sat = data.copy_of(database, Path(folder), "sat.db")
            found = {
                "bare": first_paint(BARE, READY.encode()),
                "home": first_paint([*DRILL, "--db", str(kept)], LAST_WORD),
                "block": first_paint([*DRILL, "--db", str(sat), "block"], LAST_WORD),
                "pass": command([sys.executable, "-c", "pass"]),
                "banks": command([*DRILL, "--db", str(kept), "banks"]),
            }
            if uv is not None:
                found["uv bare"] = first_paint([*uv, "python", *BARE[1:]], READY.encode())
                found["uv home"] = first_paint([*uv, "drill", "--db", str(kept)], LAST_WORD)
            if repeat:  # the first of each warms bytecode and disk
                for name, ms in found.items():
                    times[name].append(ms)
    print(f"{'':<34}{'ms':>8}{'ratio':>8}{'processor ms':>15}{'ratio':>8}")
    for name, label, floor, aim in ROWS:
        if not times[name]:
            print(f"{label:<34} not measured: no Python on the path has uv")
            continue
        wall, used = (statistics.median(one) for one in zip(*times[name], strict=True))
        floor_wall, floor_used = (statistics.median(one) for one in zip(*times[floor], strict=True))
        figures = f"{label:<34}{wall:8.0f}{wall / floor_wall:8.2f}"
        ratio = wall / floor_wall
        if not name.startswith("uv"):  # whose processor time is that of its children
            figures += f"{used:15.0f}{used / floor_used:8.2f}"
            ratio = max(ratio, used / floor_used)
        print(figures + (f"   aim <= {aim:g} {verdict(ratio <= aim)}" if name != floor else ""))


if __name__ == "__main__":
    main()
