"""A database to measure on: 10,000 made-up items and 100,000 attempts, made by the store's own functions.

    python -m benchmarks.data [--items 10000] [--attempts 100000]

Prints where the database is. It is made once and kept in the temporary folder; `copy_of` gives each run its own.
Every stem begins with "Case 004711.", so that a reader of the screen knows which item it sees.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from drill.core import events as e
from drill.core.attempts import attempt
from drill.core.block import fold
from drill.core.clock import WallTime
from drill.core.forms import draw
from drill.core.items import Bank, Item, Option
from drill.core.pace import block_limit_ms
from drill.core.state import Mode
from drill.core.vocabulary import BlockEnd
from drill.storage import block_log, blocks, schema, store
from drill.storage.block_log import Commit, StoreLog
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, read_candidates
from drill.storage.importing import apply_import, plan_import
from drill.system import SystemClock, shipped_bank_files
from drill.usecases.opening import open_for_writing
from drill.usecases.retests import rebuild_retests

BANK = "speed"
BLOCK_ITEMS = 40
UNUSED_SHARE = 0.15
"""Items never shown, so that a plain `drill block` finds some."""
UNUSED_S = 86_400
"""After so long without use a database that is kept goes."""
FIRST_BLOCK = datetime(2024, 1, 1, 9, tzinfo=UTC)

COMPLAINTS = "chest pain|shortness of breath|a swollen leg|a cough|belly pain|a rash|weakness of one arm|fever|back pain|dizziness"
FINDINGS = (
    "The pulse is {p}/min and the blood pressure is {s}/{d} mm Hg.|The lungs are clear and the heart sounds are normal.|"
    "The abdomen is soft, and there is mild tenderness on the left side.|The skin is warm and dry, and no rash is seen.|"
    "The serum sodium is {n} mmol/L and the hemoglobin is {h} g/dL.|A film of the chest taken on arrival shows no change.|"
    "The patient takes a tablet for blood pressure and another for diabetes, and has never smoked.|"
    "Symptoms began {k} days ago, came on slowly, and are worse in the evening and after meals."
)
LEAD_INS = (
    "Which of the following is the most appropriate next step in management?",
    "Which of the following is the most likely diagnosis?",
    "Which of the following is the most appropriate initial test?",
    "Which of the following explains these findings best?",
)
OPTIONS = "CT of the chest|Oral fluids and rest|Intravenous antibiotics|Ultrasonography of the leg|Reassurance|Blood cultures|Surgery"
SUBJECTS = ("Medicine", "Surgery", "Pediatrics", "Psychiatry", "Obstetrics")


def case_name(number: int) -> str:
    """How the stem of an item begins."""
    return f"Case {number:06}."


def make_item(pick: random.Random, number: int) -> Item:
    """An item of about 130 words."""
    findings = pick.sample(FINDINGS.split("|"), 7)
    numbers = {
        "p": pick.randint(60, 120), "s": pick.randint(100, 160), "d": pick.randint(60, 95),
        "n": pick.randint(128, 146), "h": pick.randint(9, 15), "k": pick.randint(2, 9),
    }  # fmt: skip
    opening = (
        f"{case_name(number)} A {pick.randint(20, 80)}-year-old {pick.choice(('man', 'woman'))} comes to the clinic because of "
        f"{pick.choice(COMPLAINTS.split('|'))} and asks what should be done before a long journey next week."
    )
    return Item(
        id=f"case-{number:06}",
        stem=" ".join([opening, *findings]).format(**numbers),
        lead_in=LEAD_INS[number % len(LEAD_INS)],
        options=tuple(Option(f"{text}, plan {pick.randint(1, 99)}") for text in pick.sample(OPTIONS.split("|"), 5)),
        answer=pick.choice("ABCDE"),
        subject=pick.choice(SUBJECTS),
    )  # fmt: skip


def make_bank(items: int, seed: int = 1) -> Bank:
    """A bank of synthetic items."""
    pick = random.Random(seed)
    return Bank(
        id=BANK, title="Made up, to measure on", items=tuple(make_item(pick, n) for n in range(1, items + 1))
    )


def prepare(items: int = 10_000, attempts: int = 100_000, *, say: bool = True) -> Path:
    """The database with so many items and attempts, made when it is not there yet."""
    folder = Path(tempfile.gettempdir()) / f"drill-benchmarks-{os.getuid() if hasattr(os, 'getuid') else 0}"
    folder.mkdir(mode=0o700, exist_ok=True)
    sources = [Path(schema.__file__), Path(block_log.__file__), Path(__file__), *shipped_bank_files()]
    made_by = b"".join(source.read_bytes() for source in sources)
    path = folder / f"{items}-{attempts}-{hashlib.sha256(made_by).hexdigest()[:12]}.db"
    if not path.exists():
        began = time.perf_counter()
        clear_unused(folder)
        making = path.with_suffix(f".{os.getpid()}.making")
        _make(making, items, attempts)
        making.replace(path)
        if say:
            print(f"made {path} in {time.perf_counter() - began:.0f} s")
    with open_for_writing(path, SystemClock()):
        pass  # of a shipped file that was only touched since, no start that is measured learns
    os.utime(path)
    return path


def clear_unused(folder: Path) -> None:
    """Take away what nobody has used for a day; the rest another process may be making or copying now."""
    for old in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):
            if time.time() - old.stat().st_mtime > UNUSED_S:
                old.unlink()


def copy_of(database: Path, folder: Path, name: str = "drill.db") -> Path:
    """A fresh copy to measure on."""
    target = folder / name
    for old in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):
        old.unlink(missing_ok=True)
    shutil.copyfile(database, target)
    with target.open("rb+") as written:  # or the first commit measured would wait for all of it
        os.fsync(written.fileno())
    return target


def _make(path: Path, items: int, attempts: int) -> None:
    with open_for_writing(path, SystemClock()) as opened:
        opened.connection.execute("PRAGMA synchronous = OFF")
        apply_import(opened, plan_import(opened.connection, make_bank(items)), now="2024-01-01T08:00:00.000Z")
        with opened.transaction():
            sit_blocks(opened, attempts)
        rebuild_retests(opened)
        opened.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in (f"{path}-wal", f"{path}-shm", f"{path}.lock"):
        Path(name).unlink(missing_ok=True)


def sit_blocks(opened: store.Store, attempts: int) -> None:
    pick = random.Random(2)
    there = sorted(
        read_candidates(opened.connection, Filter(banks=(BANK,), pool="all")), key=lambda c: c.ordinal
    )
    there = there[: int(len(there) * (1 - UNUSED_SHARE))]
    wall = FIRST_BLOCK
    for number in range(attempts // BLOCK_ITEMS):
        form = draw(pick.sample(there, BLOCK_ITEMS), BLOCK_ITEMS, pick, shuffle_options=False)
        plan = BlockPlan(
            block=f"{number:08x}-0000-4000-8000-000000000000", preset="exam40", mode=Mode.EXAM, pool="all",
            filters=(f"bank:{BANK}",), seed=number, limit_ms=block_limit_ms(90_000, BLOCK_ITEMS), form=form,
            option_counts=tuple(len(item.order) for item in form),
        )  # fmt: skip
        wall += timedelta(hours=pick.choice((2, 3, 5, 9)))
        _sit(opened, plan, WallTime(int(wall.timestamp() * 1000), 0), pick)


def _sit(opened: store.Store, plan: BlockPlan, wall: WallTime, pick: random.Random) -> None:
    """One ended block: an answer to each item, some changed, some flagged, some blank."""
    assert plan.limit_ms is not None
    keys = blocks.read_keys(opened.connection, plan.form)
    log: list[e.Event] = [e.Started(0, wall), e.Moved(0, 1, 1)]
    at_ms = 0
    for position, key in enumerate(keys, 1):
        if position > 1:
            log.append(e.Moved(at_ms, position, position))
        thought_ms = int(min(pick.lognormvariate(11.1, 0.4), plan.limit_ms / len(keys) * 0.98))
        if pick.random() < 0.97:
            letter = key.letter if pick.random() < 0.65 else pick.choice("ABCDE")
            if pick.random() < 0.1:
                log.append(e.Chose(at_ms + thought_ms // 3, position, pick.choice("ABCDE")))
            log.append(e.Chose(at_ms + thought_ms - 1_000, position, letter))
        if pick.random() < 0.1:
            log.append(e.Flagged(at_ms + thought_ms - 500, position, True))
        at_ms += thought_ms
    ended = e.Ended(at_ms, WallTime(wall.utc_ms + at_ms, 0), BlockEnd.ENDED)
    begun, state = fold(plan.config, log[:2]), fold(plan.config, [*log, ended])
    done = tuple(attempt(state, position, key.letter) for position, key in enumerate(keys, 1))
    stored = StoreLog(opened)
    stored.begin(Commit(plan, keys, 1, tuple(log[:2]), (), wall.utc_ms, begun))
    stored.append(Commit(plan, keys, 3, (*log[2:], ended), done, ended.wall.utc_ms, state))


def add_size_options(parser: argparse.ArgumentParser) -> None:
    """The size of the database, for every benchmark that has one."""
    parser.add_argument("--items", type=int, default=10_000, help="items in the database")
    parser.add_argument("--attempts", type=int, default=100_000, help="attempts in the database")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_size_options(parser)
    options = parser.parse_args()
    path = prepare(options.items, options.attempts)
    print(f"{path}  {path.stat().st_size / 2**20:.0f} MiB")


if __name__ == "__main__":
    main()
