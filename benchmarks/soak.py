"""200 blocks in one process: memory, latency and file size at the end beside the beginning.

    python -m benchmarks.soak [--app] [--blocks 200] [--items 20] [--folder FOLDER]

Blocks of made-up questions go through the runner into a database on the disk; the clock is set by hand, so that hours pass in
seconds. Every 20 blocks both reports are read. What is measured is real: resident size (Linux), and milliseconds from a command to
its events being committed. In the end the doctor examines everything, digests of the logs included. `--app`: the same by keys through
the app itself (soak_app.py).
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import data
from benchmarks.terminal import percentile
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.core import commands as c
from drill.core.state import Phase
from drill.runner import BlockRunner
from drill.storage.block_log import StoreLog
from drill.storage.blocks import read_keys
from drill.storage.digest import digest_of, log_digest
from drill.storage.doctor import examine
from drill.storage.history import read_history
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import Store, open_writer
from drill.usecases import sitting
from drill.usecases.block_request import BlockRequest
from tests.factories import FakeClock

STRETCH = 20
"""Blocks between two looks."""


@dataclass(frozen=True)
class Look:
    """What is seen after a stretch of blocks."""

    blocks: int
    resident_mib: float
    file_mib: float
    """The database and its log."""
    took_ms: list[float]
    """Each dispatch of the stretch."""
    reports_ms: float = 0.0
    threads: int = 1

    def show(self) -> Look:
        """Itself, once its row is printed."""
        print(
            f"{self.blocks:>6}{self.resident_mib:>14.1f}{self.file_mib:>10.1f}{percentile(self.took_ms, 0.5):>8.2f}"
            f"{percentile(self.took_ms, 0.99):>8.2f}{self.reports_ms:>12.0f}{self.threads:>9}",
            flush=True,
        )
        return self


def sit(store: Store, clock: FakeClock, number: int, pick: random.Random, items: int) -> list[float]:
    """One block to its end; what each command took."""
    request = BlockRequest(banks=(data.BANK,), items=items)
    plan = sitting.plan_block(store, request, f"{number:08x}-0000-4000-8000-000000000000", number)
    runner = BlockRunner.start(plan, read_keys(store.connection, plan.form), clock, StoreLog(store))
    took: list[float] = []

    def dispatch(command: c.Command, after_ms: float) -> None:
        clock.advance(after_ms)
        began = time.perf_counter()
        runner.dispatch(command)
        took.append((time.perf_counter() - began) * 1000)

    for position in range(1, items + 1):
        dispatch(c.Choose(pick.choice("ABCDE")), pick.uniform(5_000, 60_000))
        if position % 5 == 0:
            dispatch(c.Flag(), 500)
        if position < items:
            dispatch(c.Next(), 500)
        runner.tick()
    dispatch(c.End(), 1_000)
    assert runner.state.phase is Phase.ENDED
    clock.advance(3_600_000)
    return took


def resident_mib() -> float:
    """Resident size of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def file_mib(path: Path) -> float:
    """Size of the database with its write-ahead log."""
    return sum(each.stat().st_size for each in (path, Path(f"{path}-wal")) if each.exists()) / 2**20


def soak(path: Path, blocks: int, items: int) -> tuple[list[Look], list[str]]:
    """Sit them all; what was seen on the way, and what is wrong in the end."""
    pick, clock, looks = random.Random(1), FakeClock(), []
    with open_writer(path) as store:
        apply_import(
            store, plan_import(store.connection, data.make_bank(blocks * items)), now=clock.wall().iso
        )
        for first in range(0, blocks, STRETCH):
            took: list[float] = []
            for number in range(first, min(first + STRETCH, blocks)):
                took += sit(store, clock, number, pick, items)
            began = time.perf_counter()
            history = read_history(store.connection)
            pacing_report(history)
            next_step_report(history)
            reports_ms = (time.perf_counter() - began) * 1000
            assert len(history) == min(first + STRETCH, blocks)
            del history
            gc.collect()
            looks.append(Look(first + STRETCH, resident_mib(), file_mib(path), took, reports_ms).show())
        return looks, wrong_in(store, blocks)


def wrong_in(store: Store, blocks: int) -> list[str]:
    """What the doctor finds, digests that are not those of their logs, and blocks that are missing."""
    report = examine(store)
    wrong = [*report.problems, *(f"{table.table}: {table.rows} rows differ" for table in report.differences)]
    sat = [
        block for (block,) in store.connection.execute("SELECT block FROM blocks WHERE block_end IS NOT NULL")
    ]
    other = [
        block for block in sat if log_digest(store.connection, block) != digest_of(store.connection, block)
    ]
    wrong += [f"{block}: the digest is not that of its log" for block in other]
    return wrong if len(sat) == blocks else [*wrong, f"{len(sat)} blocks of {blocks} ended"]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--blocks", type=int, default=200)
    parser.add_argument(
        "--folder", type=Path, help="where the database is made (default: the temporary folder)"
    )
    parser.add_argument("--items", type=int, default=20, help="of a block")
    parser.add_argument("--app", action="store_true", help="by keys through the app, in a pseudo-terminal")
    options = parser.parse_args()
    if options.app:
        from benchmarks.soak_app import soak_app as run
    else:
        run = soak
    print(
        f"{'blocks':>6}{'resident MiB':>14}{'file MiB':>10}{'p50 ms':>8}{'p99 ms':>8}{'reports ms':>12}{'threads':>9}"
    )
    with tempfile.TemporaryDirectory(prefix="drill-soak-", dir=options.folder) as name:
        looks, wrong = run(Path(name) / "drill.db", options.blocks, options.items)
    commands = sum(len(look.took_ms) for look in looks)
    for text in wrong:
        print("  " + text)
    print(
        f"{commands:,} {'answers' if options.app else 'commands'}; the doctor finds {len(wrong)}   aim 0 {'MISSED' if wrong else 'met'}"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
