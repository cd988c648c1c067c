"""Every page of a database zeroed, overwritten and put in the place of another: what is still read, and is it told?

    python -m benchmarks.damage [--seconds 600] [--swaps 2] [--seed 1]

Each damaged copy of a made-up history is read by commands, in this process. Findings, each printed:

- a traceback;
- other figures than from the sound copy without a word ("silent"), or above them no "Partial";
- a block that is neither there, exactly as it was, nor named as lost.

What depends on the other blocks (its number, exposures, and whether an attempt counts) is not compared where blocks are lost.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import data as made_up
from drill.cli.main import main as drill
from drill.core.vocabulary import AnnotationKind
from drill.storage.annotations import Annotation, annotate
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import open_writer

PAGE = 4096
COMMANDS = (
    ("history", "--json"), ("pacing", "--json"), ("banks",), ("items", "--json"), ("export-bank", made_up.BANK),
)  # fmt: skip
OF_OTHERS = ("block_index", "exposure", "eligible", "ineligible_because")
Pages = dict[int, bytes]


def make(path: Path) -> None:
    """60 questions, 6 blocks of 40, and a few words."""
    with open_writer(path) as store:
        apply_import(
            store, plan_import(store.connection, made_up.make_bank(60)), now="2024-01-01T08:00:00.000Z"
        )
        with store.transaction():
            made_up.sit_blocks(store, 240)
        (block,) = store.connection.execute("SELECT min(block) FROM blocks").fetchone()
        annotate(store, Annotation(AnnotationKind.MISS_REASON, "misread", 5, block=block, position=2))


def run(path: Path, words: tuple[str, ...]) -> tuple[int, str, str]:
    """Status, standard output and error of a command; status -1: a traceback."""
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            status = drill(["--db", str(path), *words])
        except Exception:
            traceback.print_exc()
            status = -1
    return status, out.getvalue(), said.getvalue()


def damages(data: bytes, number: int, swaps: int, rng: random.Random) -> Iterator[tuple[str, Pages]]:
    """Ways to damage a page, with the pages they change."""
    pages = len(data) // PAGE
    yield "zeroed", {number: bytes(PAGE)}
    yield "overwritten", {number: rng.randbytes(PAGE)}
    for _ in range(swaps):
        other = rng.randrange(1, pages + 1)
        if other != number:
            yield "swapped", {number: page(data, other), other: page(data, number)}


def page(data: bytes, number: int) -> bytes:
    """A page of a database."""
    return data[(number - 1) * PAGE : number * PAGE]


def put(path: Path, data: bytes, pages: Pages) -> None:
    """Write a damaged copy."""
    for ending in ("-wal", "-shm", ".lock"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    copy = bytearray(data)
    for number, changed in pages.items():
        copy[(number - 1) * PAGE : number * PAGE] = changed
    path.write_bytes(copy)


def attempts(document: dict[str, Any]) -> dict[tuple[str, int], dict[str, Any]]:
    """The attempts of a history, without what depends on other blocks."""
    return {
        (each["block"], each["position"]): {
            name: value for name, value in each.items() if name not in OF_OTHERS
        }
        for each in document["attempts"]
    }


def verdict(words: tuple[str, ...], status: int, out: str, sound: str) -> str:
    """What became of a command."""
    if status == -1:
        return "TRACEBACK"
    if status == 0:
        return "as if sound" if out == sound else "SILENT"
    if not out:
        return "a sentence alone"
    if out == sound:
        return "all read, told"
    if "artial" not in out[:20]:
        return "UNLABELLED"
    if words == ("history", "--json"):
        document, before = json.loads(out), attempts(json.loads(sound))
        lost = {block["block"] for block in document["partial"]["lost_blocks"]}
        now = attempts(document)
        labels_lost = bool(document["partial"]["lost_texts"] or document["partial"]["rows_may_be_missing_of"])
        if set(now) != {place for place in before if place[0] not in lost}:
            return "ABSENT"
        if not labels_lost and any(now[place] != before[place] for place in now):
            return "CHANGED"
    return "partial, told"


def main() -> None:
    """Damage, read and count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no page after so many")
    parser.add_argument("--swaps", type=int, default=2, help="others each page changes places with")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, counts = random.Random(options.seed), Counter[tuple[str, str]]()
    copies = tried = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drill.db"
        make(path)
        data = path.read_bytes()
        path = path.with_name("damaged.db")
        put(path, data, {})
        sound = {words: run(path, words)[1] for words in COMMANDS}
        begun, order = time.monotonic(), list(range(1, len(data) // PAGE + 1))
        rng.shuffle(order)
        for number in order:
            if time.monotonic() - begun > options.seconds:
                break
            tried += 1
            for kind, pages in damages(data, number, options.swaps, rng):
                put(path, data, pages)
                copies += 1
                for words in COMMANDS:
                    status, out, said = run(path, words)
                    found = verdict(words, status, out, sound[words])
                    counts[kind, found] += 1
                    if found.isupper():
                        told = f"{found}: page {sorted(pages)} {kind}, drill {' '.join(words)}\n{said[-800:]}"
                        print(told, flush=True)
    print(
        f"{copies:,} damaged copies, {tried:,} of {len(data) // PAGE:,} pages, {copies * len(COMMANDS):,} commands"
    )
    for (kind, found), count in sorted(counts.items()):
        print(f"{kind:<12} {found:<18} {count:>6,}")


if __name__ == "__main__":
    main()
