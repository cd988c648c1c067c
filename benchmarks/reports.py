"""How long both reports take over 1,000 to 1,000,000 attempts, how much memory, and how the time grows.

    python -m benchmarks.reports [--attempts N ...]

Each size runs in a fresh process. The yardstick: both reports over 100,000 attempts within 1 s together with
starting up and reading, and a growth exponent of about 1 (doubling the history doubles the time).
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from math import log
from uuid import UUID

ITEMS = 20
SIZES = (1_000, 10_000, 100_000, 1_000_000)


def synthetic_blocks(attempts: int, seed: int = 1) -> list[object]:
    """Blocks of 20 by a made-up learner, two a day, with cuts, blanks, changes and flags."""
    from drill.analytics.demo import Learner, plan_block
    from drill.core.history import AttemptRecord, Attempts, BlockRecord
    from drill.core.vocabulary import BlockEnd, Status

    rng = random.Random(seed)
    learner = Learner(pace_s=85.0, accuracy=0.62)
    subjects = ("Medicine", "Surgery", "Pediatrics", "Psychiatry", "Obstetrics")
    blocks: list[object] = []
    for index in range(1, attempts // ITEMS + 1):
        words = [rng.randrange(60, 220) for _ in range(ITEMS)]
        day = (date(2000, 1, 1) + timedelta(days=index // 2)).isoformat()
        now, limit_ms, held = 0, 90_000 * ITEMS, []
        for position, plan in enumerate(plan_block(rng, learner, words), start=1):
            nbs, subject, time_ms = (
                rng.random() < 0.3,
                rng.choice(subjects),
                min(plan.time_ms, limit_ms - now),
            )
            shown = now < limit_ms
            cut = plan.time_ms > time_ms
            status = (
                Status.UNREACHED
                if not shown
                else Status.CUT_BLANK
                if cut
                else Status.REVISED
                if plan.changed
                else Status.ANSWERED
            )
            chosen = None if status in (Status.UNREACHED, Status.CUT_BLANK) else "A" if plan.right else "C"
            first = chosen if not plan.changed or chosen is None else "B"
            held.append(
                AttemptRecord(
                    position, "core", f"i{index}-{position}", subject, None, None, words[position - 1], nbs,
                    1 if shown else None, status, cut, None, first, chosen, "A", chosen == "A",
                    time_ms if shown else None, time_ms if shown else None, now if shown else None,
                    now + time_ms if shown else None, int(shown), plan.flagged, "test",
                    None if chosen is None else "test" if plan.right else "treat",
                    "later" if chosen == "C" else None, None,
                )
            )  # fmt: skip
            now += time_ms
        blocks.append(
            BlockRecord(
                str(UUID(int=index)), index, "exam", "unused", ("bank:core",), False, False, None, limit_ms, now, 0,
                0, BlockEnd.EXPIRED if now >= limit_ms else BlockEnd.ENDED, 0, f"{day}T15:00:00Z", 0, day,
                Attempts.of(held),
            )
        )  # fmt: skip
    return blocks


def measure(attempts: int) -> dict[str, float]:
    """One size, in this process: best of three runs of each report, and the memory they add."""
    from drill.analytics.next_step_report import next_step_report
    from drill.analytics.pacing_report import pacing_report

    blocks = synthetic_blocks(attempts)
    gc.collect()
    # As in drill: no garbage is collected while a report runs (cli/reports.py, tui/reports.py).
    gc.disable()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found: dict[str, float] = {"attempts": attempts}
    for report in (pacing_report, next_step_report):
        times = []
        for _ in range(3):
            start = time.process_time()
            report(blocks)
            times.append(time.process_time() - start)
        found[report.__name__] = min(times)
    found["added_mb"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--attempts", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    print(
        f"{'attempts':>10} {'pacing s':>10} {'next-step s':>12} {'both s':>8} {'growth':>7} {'added MB':>9}"
    )
    before: tuple[int, float] | None = None
    for attempts in options.attempts:
        command = [sys.executable, "-m", "benchmarks.reports", "--one", str(attempts)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        both = found["pacing_report"] + found["next_step_report"]
        growth = f"{log(both / before[1]) / log(attempts / before[0]):7.2f}" if before else f"{'':>7}"
        print(
            f"{attempts:>10,} {found['pacing_report']:>10.3f} {found['next_step_report']:>12.3f} {both:>8.3f} "
            f"{growth} {found['added_mb']:>9.0f}",
            flush=True,
        )
        before = attempts, both
    print("Processor seconds of the analytics alone; growth is the exponent against the row above.")
    print("Yardstick: 100,000 attempts well under 1 s; growth about 1.")


if __name__ == "__main__":
    main()
