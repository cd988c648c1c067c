"""drill beside Anki itself, the tool its learners would otherwise use, on the same work in the same run.

    python3 -m uv run --group peer python -m benchmarks.peer [--pairs 7] [--items 10000] [--attempts 100000]

Processor seconds (user and system) of whole commands, in turn; medians, and the median of the ratios of the pairs.

- The texts of one bank into a new database: Anki's CSV import, `drill import`.
- The same file again, beside CSafeLoader merely parsing it: where it must be read (a comment was added), and where
  the digest kept of it proves that nothing changed.
- Both reports: Anki opens a collection with so many reviews and computes all its graphs; drill reads a history
  document (less one `json.load` of it for each report), or its database when nothing changed since last time.

Anki is Rust behind Python. It is measured and never imported by drill; its group is no part of CI.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from benchmarks import data
from benchmarks.bytecode import require_bytecode
from benchmarks.import_speed import HIDE_PANDAS, make_bank
from benchmarks.start import REPO
from benchmarks.terminal import compiled, verdict
from drill.importers import read_bank
from drill.usecases.kept_report import SETTLED_NS

ANKI_IMPORT = """
import sys
from anki.collection import Collection
from anki.import_export_pb2 import ImportCsvRequest
collection = Collection(sys.argv[1])
metadata = collection.get_csv_metadata(path=sys.argv[2], delimiter=None)
done = collection.import_csv(ImportCsvRequest(path=sys.argv[2], metadata=metadata))
assert len(done.log.new) == int(sys.argv[3]), len(done.log.new)
collection.close()
"""
ANKI_REVIEWS = """
import random, sys, time
from anki.collection import Collection
collection, count, pick = Collection(sys.argv[1]), int(sys.argv[2]), random.Random(1)
cards = [row[0] for row in collection.db.execute("SELECT id FROM cards")]
now, span = int(time.time() * 1000), 730 * 86_400_000
collection.db.executemany(
    "INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, 2500, ?, ?)",
    [(at, pick.choice(cards), pick.randint(1, 4), pick.randint(1, 200), pick.randint(1, 100),
      pick.randint(1000, 60000), pick.choice((0, 1, 1, 1, 2))) for at in sorted(pick.sample(range(now - span, now), count))],
)
collection.db.execute("UPDATE cards SET type = 2, queue = 2, ivl = 10, reps = 10, due = 1000, factor = 2500")
collection.close()
"""
ANKI_GRAPHS = """
import sys
from anki.collection import Collection
collection = Collection(sys.argv[1])
assert collection._backend.graphs(search="", days=36500).ByteSize() > 10_000
collection.close()
"""
DRILL = f"{HIDE_PANDAS}from drill.cli import main\nassert main(sys.argv[1:]) == 0"
PARSE = "import sys, yaml\nyaml.load(open(sys.argv[1], 'rb').read(), Loader=yaml.CSafeLoader)"
LOAD = "import json, sys\njson.load(open(sys.argv[1], encoding='utf-8'))"
IMPORT_AIM, READ_AGAIN_AIM, KNOWN_AIM, COLD_AIM, KEPT_AIM = 2.0, 0.25, 0.15, 3.0, 1.0


def run(code: str, *words: object) -> float:
    """Processor seconds of a fresh interpreter."""
    environment = {**os.environ, **compiled()}
    before = os.times()
    subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        check=True, cwd=REPO, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


class Rows:
    """What was measured so far, pair by pair."""

    def __init__(self, pairs: int) -> None:
        self.pairs = pairs
        print(f"{'processor seconds':<52}{'yardstick':>10}{'drill':>8}{'ratio':>8}")

    def measure(
        self, label: str, yardstick: Callable[[], float], ours: Callable[[], float], aim: float
    ) -> None:
        """Measure the two in turn and print their line."""
        found = [(yardstick(), ours()) for _ in range(self.pairs)]
        theirs, own = (statistics.median(side) for side in zip(*found, strict=True))
        ratio = statistics.median(mine / floor for floor, mine in found)
        met = verdict(ratio <= aim)
        print(f"{label:<52}{theirs:10.2f}{own:8.2f}{ratio:8.2f}   aim <= {aim:g} {met}", flush=True)


def as_csv(bank: bytes, path: Path) -> None:
    """The same texts as two fields a note: question with options; answer with all explanations."""
    read = read_bank(bank, name="bank.yaml").bank
    assert read is not None
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        for item in read.items:
            options = [
                f"{letter}. {option.text}" for letter, option in zip(item.letters, item.options, strict=True)
            ]
            reasons = [option.why or "" for option in item.options]
            front = [item.stem, item.lead_in or "", *options]
            back = [item.answer, *reasons, item.explanation or "", item.objective or ""]
            writer.writerow(["\n".join(front), "\n".join(back)])


def notes(folder: Path, items: int) -> Path:
    """Write the bank, and the same texts for Anki; gives where its collection is to be."""
    text = make_bank(items)
    (folder / "bank.yaml").write_text(text, encoding="utf-8")
    as_csv(text.encode(), folder / "bank.csv")
    return folder / "reviewed" / "c.anki2"


def imports(rows: Rows, folder: Path, items: int) -> None:
    """The rows about importing."""
    bank, texts, collection, own = (folder / name for name in ("bank.yaml", "bank.csv", "c.anki2", "own.db"))
    text = bank.read_text(encoding="utf-8")

    def anki() -> float:
        collection.unlink(missing_ok=True)
        return run(ANKI_IMPORT, collection, texts, items)

    def drill() -> float:
        for old in folder.glob("own.db*"):
            old.unlink()
        return run(DRILL, "--db", own, "import", bank)

    def read_again() -> float:
        bank.write_text(f"{text}# {time.time_ns()}\n", encoding="utf-8")
        return drill_again()

    def drill_again() -> float:
        return run(DRILL, "--db", own, "import", bank)

    def parse() -> float:
        return run(PARSE, bank)

    rows.measure(f"{items:,} questions into a new database; Anki", anki, drill, IMPORT_AIM)
    rows.measure("the same again, read; CSafeLoader", parse, read_again, READ_AGAIN_AIM)
    drill_again()
    rows.measure("the same again, known by its digest; CSafeLoader", parse, drill_again, KNOWN_AIM)


def reports(rows: Rows, folder: Path, collection: Path, database: Path, attempts: int) -> None:
    """The rows about reports."""
    own = data.copy_of(database, folder)
    document = database.with_suffix(".json")
    if not document.exists():
        making = document.with_suffix(f".{os.getpid()}.making")
        with making.open("wb") as stream:
            words = [sys.executable, "-c", DRILL, "--db", str(own), "history", "--json"]
            environment = {**os.environ, **compiled()}
            subprocess.run(words, check=True, cwd=REPO, env=environment, stdout=stream)
        making.replace(document)

    def graphs() -> float:
        return run(ANKI_GRAPHS, collection)

    def both(*words: object) -> float:
        return run(DRILL, "pacing", *words) + run(DRILL, "next-step", *words)

    def cold() -> float:
        return both("--from", document) - 2 * run(LOAD, document)

    def kept() -> float:
        return both("--db", own)

    rows.measure(f"both reports over {attempts:,} from a document; Anki", graphs, cold, COLD_AIM)
    time.sleep(SETTLED_NS / 1e9)
    kept()
    rows.measure("both from the database, nothing changed; Anki", graphs, kept, KEPT_AIM)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data.add_size_options(parser)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--only", choices=("import", "reports"), help="leave the other rows out")
    options = parser.parse_args()
    print(f"Anki {version('anki')}, Python {sys.version.split()[0]}, {options.pairs} pairs, medians")
    sides = {
        "anki": ["anki.collection"],
        "drill": [
            "drill.cli.importing",
            "drill.cli.reports",
            "drill.importers.yaml_bank",
            "drill.analytics.pacing_report",
        ],
        "yaml, json": ["yaml", "json"],
    }
    require_bytecode(sides, {**os.environ, **compiled()}, REPO)
    rows = Rows(options.pairs)
    with tempfile.TemporaryDirectory(prefix="drill-peer-") as name:
        folder = Path(name)
        (folder / "reviewed").mkdir()
        collection = notes(folder, options.items)
        if options.only != "reports":
            imports(rows, folder, options.items)
        if options.only != "import":
            run(ANKI_IMPORT, collection, folder / "bank.csv", options.items)
            run(ANKI_REVIEWS, collection, options.attempts)
            database = data.prepare(options.items, options.attempts)
            reports(rows, folder, collection, database, options.attempts)


if __name__ == "__main__":
    main()
