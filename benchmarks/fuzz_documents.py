"""Feeds mutated documents from outside to the commands that take them: histories, synced files, databases, settings, calendars ...

    python -m benchmarks.fuzz_documents [--files 50000] [--seed 1] [--only database]

(Files of questions: benchmarks/fuzz.py. What is changed, and how: benchmarks/fuzz_cases.py.) Each document is given to its commands
over a fresh database, in a worker that has drill loaded and is replaced after 100 documents; one in 200 through `drill` as a process
of its own. Findings, each printed with its number, by which it can be made again:

- a traceback, also one that a damaged database would explain to a person; an exit status other than 0, 1 and 2;
- a hang: more than 10 s of the processor, or 120 s by the clock; a worker that dies, of memory (2 GiB) or of a signal;
- a partial write: the command failed, and the database is not what it was;
- a file left beside the database;
- an absurd figure: a report that tells a number of 13 digits.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import math
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks.fuzz_cases import DATABASE, MAKERS, READERS
from benchmarks.fuzz_pool import outcomes
from benchmarks.fuzz_shelf import Shelf, no_input
from benchmarks.states import database_state
from drill.cli.main import main as drill

LIMIT_S = 10
CLOCK_LIMIT_S = 120
MEMORY = 2 << 30
LIFETIME = 100
REAL = 200
"""One in so many documents goes through a process of its own."""
EXPECTED = re.compile(
    r"drill\.db(-wal|-shm|\.lock|\.kept-[a-z-]+)?|in\.[a-z]+|out\.[a-z]+|(out|shared)/.*|backups/.*"
)
REPORTS = {"pacing", "next-step", "due", "plan", "road", "banks", "day", "outside", "score"}
ABSURD = re.compile(r"(?<![\w.#-])-?\d{13,}(?![\w-])|\d{1,3}(,\d{3}){4,}|\b(nan|inf)\b|: -?(NaN|Infinity)\b")
"""A number that no learner reaches. Instants are written as days; counts of ms have 12 digits at the most."""
WORDS = (
    "taken",
    "refused",
    "traceback",
    "hang",
    "crash",
    "partial write",
    "left over",
    "absurd",
)


def run_here(words: Sequence[str]) -> tuple[int, str, str]:
    """A command in this process: exit status (99: a traceback), output, errors."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    errors = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace", write_through=True)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors), no_input():
        try:
            status = drill(list(words))
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 1
        except BaseException:
            status = 99
            traceback.print_exc()
    return status, written(out), written(errors)


def processor_s() -> float:
    """What this process and those it waited for have used of the processor: a busy machine is no hang."""
    return sum(os.times()[:4])


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode(errors="replace")


def run_apart(words: Sequence[str]) -> tuple[int, str, str]:
    """The same through `drill` itself."""
    done = subprocess.run(
        [sys.executable, "-m", "drill", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=CLOCK_LIMIT_S - 10,
        check=False,
    )
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


def give(shelf: Shelf, scratch: Path, kinds: Sequence[str], seed: int, number: int) -> tuple[str, str]:
    """Make the document with this number and give it to its commands; what came of it, and what was said."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    kind = kinds[number % len(kinds)]
    with tempfile.TemporaryDirectory(dir=scratch, prefix="run-") as name:
        folder = Path(name)
        case = MAKERS[kind](shelf, folder, random.Random(f"{seed}:{kind}:{number}"))
        apart = (
            number // len(kinds) % REAL == REAL - 1 or "duckdb" in case.commands[0]
        )  # it has threads, so no fork
        run = run_apart if apart else run_here
        worst, said = "taken", ""
        for words in case.commands:
            began = processor_s()
            try:
                status, out, errors = run(["--db", str(folder / DATABASE), *words])
            except subprocess.TimeoutExpired:
                return "hang", " ".join(words)
            said = f"{' '.join(words)}: {errors[-3000:]}"
            if processor_s() - began > LIMIT_S:
                return "hang", said
            if status not in (0, 1, 2) or "Traceback (most" in errors:
                return "traceback", said
            if (
                status
                and case.before
                and "Merged:" not in out
                and database_state(folder / DATABASE) != case.before
            ):
                return "partial write", said
            if (
                status == 0
                and words[0] in REPORTS
                and "--to" not in words
                and (found := ABSURD.search(out)) is not None
            ):
                return "absurd", f"{words}: {out[max(0, found.start() - 200) : found.end() + 50]}"
            worst = "refused" if status else worst
        left = [
            str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() or path.is_symlink()
        ]
        strange = [name for name in left if not EXPECTED.fullmatch(name)]
        return ("left over", f"{strange} after {said}") if strange else (worst, said)


def load_modules(shelf: Shelf, scratch: Path) -> None:
    """Run each command once here, so that the workers have its modules."""
    (scratch / DATABASE).write_bytes(shelf.full)
    for words in READERS:
        run_here(["--db", str(scratch / DATABASE), *words])
    for number in range(3 * len(MAKERS)):
        give(shelf, scratch, list(MAKERS), 0, number)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=math.inf, help="stop after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="documents whose name holds one of these, e.g. merge,rows")
    parser.add_argument("--number", type=int, help="only this one, with what it says")
    options = parser.parse_args()
    kinds = [name for name in MAKERS if any(part in name for part in options.only.split(","))]
    seen: Counter[tuple[str, str]] = Counter()
    findings, slowest, began = 0, 0.0, time.monotonic()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="drill-fuzz-", dir=memory if memory.is_dir() else None
    ) as scratch:
        shelf = Shelf(Path(scratch))
        if options.number is not None:
            print(*give(shelf, Path(scratch), kinds, options.seed, options.number), sep="\n")
            return 0
        load_modules(shelf, Path(scratch))
        work = partial(give, shelf, Path(scratch), kinds, options.seed)
        for outcome in outcomes(
            options.files, work, workers=options.workers, limit_s=CLOCK_LIMIT_S, lifetime=LIFETIME
        ):
            kind = kinds[outcome.number % len(kinds)]
            seen[kind, outcome.word] += 1
            slowest = max(slowest, outcome.seconds)
            if outcome.word not in ("taken", "refused"):
                findings += 1
                print(
                    f"{kind} {outcome.number}: {outcome.word}: {outcome.text}\n", file=sys.stderr, flush=True
                )
            if time.monotonic() - began > options.seconds:
                break
    print(f"{'':18}" + "".join(f"{word:>14}" for word in WORDS))
    for kind in kinds:
        print(f"{kind:18}" + "".join(f"{seen[kind, word]:>14,}" for word in WORDS))
    print(
        f"{sum(seen.values()):,} documents in {time.monotonic() - began:.0f} s, seed {options.seed}, slowest {slowest:.1f} s; "
        f"findings {findings}, aim 0"
    )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
