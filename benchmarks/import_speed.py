"""Speed and memory of reading a bank, beside PyYAML's C loader merely parsing the same file in the same run.

    python benchmarks/import_speed.py [--items 10000] [--repeats 5]

Prints the median of each, the ratio, and the peak memory of one reading in a fresh process over the file's size.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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


def peak_mebibytes(path: Path, code: str) -> float:
    """Peak resident memory of `code` in a fresh interpreter, less that of the interpreter with its imports."""
    # ru_maxrss starts at the parent's value on Linux, VmHWM does not.
    report = (
        "import resource, os\n"
        "linux = os.path.exists('/proc/self/status')\n"
        "print(next(row.split()[1] for row in open('/proc/self/status') if row.startswith('VmHWM')) if linux "
        "else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}", str(path)], capture_output=True, text=True, check=True
    )
    scale = 1024 if sys.platform != "darwin" else 1024 * 1024
    return int(done.stdout.split()[-1]) / scale


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()

    import yaml

    from drill.importers import read_bank

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
        load = "import sys; from drill.importers import read_bank; import yaml, drill.importers.yaml_bank"
        base = peak_mebibytes(path, load)
        full = peak_mebibytes(
            path, f"{load}\nr = read_bank(open(sys.argv[1], 'rb').read(), name='speed.yaml')"
        )
    print(
        f"peak memory          {full - base:8.0f} MiB above the imports, {(full - base) / mebibytes:.1f} x the file"
    )


if __name__ == "__main__":
    main()
