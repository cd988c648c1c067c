"""Three machines over random schedules of a synced folder: `python -m benchmarks.sync --schedules 2000`.

Prints how many schedules ended with the same history, words, road, settings and banks on all three; exits 1 with
the seeds where not.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.sync_world import check


def main() -> int:
    """Run the schedules."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=2_000)
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--steps", type=int, default=40, help="what happens in each")
    options = parser.parse_args()
    began = time.monotonic()
    failed = []
    blocks = words = 0
    for seed in range(options.first, options.first + options.schedules):
        root = Path(tempfile.mkdtemp(prefix="drill-sync-"))
        try:
            world = check(seed, root, options.steps)
            blocks += len(world.blocks)
            words += len(world.words)
        except AssertionError as error:
            failed.append(f"{seed}: {str(error).splitlines()[0]}")
        finally:
            shutil.rmtree(root)
    print(
        f"{options.schedules - len(failed)} of {options.schedules} schedules agree: {blocks:,} blocks and "
        f"{words:,} words on three machines each, in {time.monotonic() - began:.0f} s"
    )
    for line in failed:
        print(f"Seed {line}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
