"""Speed and memory of importing a bank, beside PyYAML's C loader merely parsing the same file in the same run.

    python -m benchmarks.import_speed [--items 10000] [--repeats 5]

Prints the medians and ratios of reading alone and of the whole `drill import` (start included, into a database
that is there), of the same import again with nothing changed, and their peak memory over the file's size.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bytecode import require_bytecode
from benchmarks.terminal import compiled

REPO = Path(__file__).parent.parent
WORDS = [
    "the",
    "patient",
    "has",
    "a",
    "history",
    "of",
    "pain",
    "in",
    "chest",
    "and",
    "was",
    "brought",
    "to",
    "hospital",
    "with",
    "fever",
    "cough",
    "dyspnea",
    "diabetes",
    "hypertension",
    "takes",
    "metformin",
    "lisinopril",
    "on",
    "examination",
    "blood",
    "pressure",
    "is",
    "pulse",
    "temperature",
    "normal",
    "abdomen",
    "soft",
    "laboratory",
    "studies",
    "show",
    "sodium",
    "potassium",
]


def make_bank(item_count: int, seed: int = 1) -> str:
    """A bank of `item_count` items of about 1.5 KB each, every kind of field in it."""
    pick = random.Random(seed)

    def prose(words: int) -> str:
        return " ".join(pick.choice(WORDS) for _ in range(words)).capitalize() + "."

    rows = ["drill: 1", "bank:", "  id: speed", "  title: Speed", "items:"]
    for number in range(item_count):
        rows += [f"  - id: item-{number}", "    stem: |", *("      " + prose(24) for _ in range(3))]
        rows += ["    lead_in: Which of the following is the most appropriate next step in management?"]
        rows += ["    options:"]
        for letter in "ABCDE":
            rows += [
                f"      {letter}:",
                f"        text: {prose(4)[:-1]} {letter}",
                f"        why: {prose(5)}",
            ]
            rows += ["        action: test"]
        rows += [f"    answer: {pick.choice('ABCDE')}", "    explanation: |", "      " + prose(24)]
        rows += [f"    objective: {prose(6)}", "    subject: Medicine", "    tags:", "      - speed"]
    return "\n".join(rows) + "\n"


# ru_maxrss starts at the parent's value on Linux, VmHWM does not.
PEAK = """
import os, resource, sys
if os.path.exists("/proc/self/status"):
    peak = int(next(row.split()[1] for row in open("/proc/self/status") if row.startswith("VmHWM")))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(peak / 1024, file=sys.stderr)
"""
HIDE_PANDAS = "import sys; sys.modules['pandas'] = sys.modules['numpy'] = None\n"
"""Development dependencies that sqlite-utils would load; a learner has neither."""


def run_python(code: str, *arguments: str) -> tuple[float, float]:
    """Seconds and peak MiB of a fresh interpreter."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", f"{HIDE_PANDAS}{code}\n{PEAK}", *arguments],
        cwd=REPO,
        env={**os.environ, **compiled()},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, float(done.stderr.split()[-1])


def run_import(database: Path, path: Path) -> tuple[float, float]:
    """Seconds and peak MiB of one `drill import`."""
    code = "from drill.cli import main\nassert main(sys.argv[1:]) == 0"
    return run_python(code, "--db", str(database), "import", str(path))


def whole(path: Path, parse: float, mebibytes: float, repeats: int) -> None:
    """The whole command, first and again."""
    first: list[float] = []
    again: list[float] = []
    peaks: list[float] = []
    for number in range(repeats):
        database = path.with_name(f"{number}.db")
        small = path.with_name("small.yaml")
        small.write_text(make_bank(20).replace("id: speed", "id: small", 1), encoding="utf-8")
        run_import(database, small)
        seconds, peak = run_import(database, path)
        first.append(seconds)
        peaks.append(peak)
        again.append(run_import(database, path)[0])
    for name, times in (("drill import", first), ("again, unchanged", again)):
        median = statistics.median(times)
        print(f"{name:<20} {median * 1000:8.0f} ms, ratio {median / parse:.2f}    (aim: at most 0.60)")
    peak = statistics.median(peaks)
    print(
        f"peak memory, command {peak:8.0f} MiB in all, {peak / mebibytes:.1f} x the file    (aim: at most 8)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()

    import yaml

    from drill.importers import read_bank

    require_bytecode(
        {"drill": ["drill.cli.importing", "drill.importers.yaml_bank"], "yaml": ["yaml"]},
        {**os.environ, **compiled()},
        REPO,
    )
    data = make_bank(arguments.items).encode("utf-8")
    mebibytes = len(data) / 2**20
    print(f"{arguments.items:,} items, {mebibytes:.1f} MiB")
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        result = read_bank(data, name="speed.yaml")
        ours.append(time.perf_counter() - start)
        assert result.bank is not None
        assert len(result.bank.items) == arguments.items
        del result
        start = time.perf_counter()
        yaml.load(data, Loader=yaml.CSafeLoader)
        theirs.append(time.perf_counter() - start)
    read, parse = statistics.median(ours), statistics.median(theirs)
    print(f"read_bank            {read * 1000:8.0f} ms")
    print(f"CSafeLoader, parsing {parse * 1000:8.0f} ms")
    print(f"ratio                {read / parse:8.2f}    (aim: at most 0.45)")

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speed.yaml"
        path.write_bytes(data)
        load = "from drill.importers import read_bank; import yaml, drill.importers.yaml_bank"
        base = run_python(load, str(path))[1]
        read_it = "r = read_bank(open(sys.argv[1], 'rb').read(), name='speed.yaml')"
        full = run_python(f"{load}\n{read_it}", str(path))[1]
        print(f"parse, in these runs {parse * 1000:8.0f} ms")
        whole(path, parse, mebibytes, arguments.repeats)
    print(
        f"peak memory, reading {full - base:8.0f} MiB above the imports, {(full - base) / mebibytes:.1f} x the file"
    )


if __name__ == "__main__":
    main()
