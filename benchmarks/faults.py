"""Faults below SQLite: the k-th write, sync, read, shared-memory call or opening of a database's files fails, for every k.

    python -m benchmarks.faults [--every 1] [--from 1] [--only import]

A library that is preloaded (benchmarks/faults.c; needs Linux and a C compiler) stands between SQLite and the system. Scenes:
a block is sat, a bank imported, a history merged, each through drill's own code on Python's sqlite3. A run counts the calls
of each kind; then there is one run for each of them that fails, once alone and once with all calls after it.

What must be seen: the scene ends well, or in a sentence for people, never a traceback; a bank or history is in whole or not
at all; each answer that was said to be kept is there and at most one more; after a single fault the same key works again; the
doctor finds the database sound.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import io
import os
import random
import shutil
import sqlite3
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks import data, preloaded
from benchmarks.crash_folders import DATABASE, set_clock, write_bank
from benchmarks.powercut import TickingClock, make_database
from benchmarks.states import NOTE, TIMES, Doctor, database_state
from drill.cli.main import main as drill
from drill.core import commands as c
from drill.core.forms import draw
from drill.core.state import Mode
from drill.errors import DrillError
from drill.runner import BlockRunner
from drill.storage import blocks
from drill.storage.block_log import StoreLog
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, read_candidates
from drill.storage.store import open_writer
from drill.usecases.damage import damage_text

KINDS = ("write", "short write", "sync", "read", "shared memory", "open")
"""In the order of the enum in faults.c, from 1."""
T = TypeVar("T")


@dataclass
class Outcome:
    """What a scene came to."""

    end: str
    """done, sentence or traceback."""
    said: str = ""
    kept: int = 0
    """Events of the block that were acknowledged."""
    stuck: bool = False
    """Whether the same key failed again and again."""
    calls: int = 0
    """Of this kind that there were."""

    def again(self, act: Callable[[], T]) -> T:
        """Do something, up to three times. Raises the last DrillError."""
        for attempt in range(3):
            try:
                return act()
            except DrillError as error:
                self.said = str(error)
                if attempt == 2:
                    self.stuck = True
                    raise
        raise AssertionError


# The scenes


def sit(folder: Path, said: Outcome) -> None:
    """A block of 6 questions; what fails is tried again, as a learner would."""
    with open_writer(folder / DATABASE) as store:
        clock = TickingClock()
        form = draw(read_candidates(store.connection, Filter(pool="all")), 6, random.Random(1))
        plan = BlockPlan("block-1", "exam20", Mode.EXAM, "all", ("bank:bench",), 1, 540_000, form, (5,) * 6)
        keys = blocks.read_keys(store.connection, form)
        runner = said.again(lambda: BlockRunner.start(plan, keys, clock, StoreLog(store)))
        said.kept = 2
        for number in range(6):
            last: c.Command = c.Next() if number < 5 else c.End()
            for command in (c.Choose("A"), c.Flag(), c.Tick(), c.Choose("B"), last):
                clock.ms += 3_000
                act = runner.tick if isinstance(command, c.Tick) else lambda it=command: runner.dispatch(it)
                said.kept += len(said.again(act))


def command_of(*words: str) -> Callable[[Path, Outcome], None]:
    """A command of drill, in this process."""

    def scene(folder: Path, said: Outcome) -> None:
        errors = io.StringIO()
        set_clock()
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
            status = drill(["--db", str(folder / DATABASE), words[0], str(folder / words[1])])
        if status:
            raise DrillError(errors.getvalue().strip().splitlines()[-1])

    return scene


@dataclass(frozen=True)
class Scene:
    """Something that writes."""

    name: str
    act: Callable[[Path, Outcome], None]
    prepare: Callable[[Path], None]


def with_bank(folder: Path) -> None:
    """A bank of 40 questions and nothing else, its companions gone, as drill leaves it."""
    make_database(folder / DATABASE)


def with_file(folder: Path) -> None:
    """And a bank's file with other texts."""
    data.copy_of(data.prepare(60, 80, say=False), folder, DATABASE)
    write_bank(folder, 60, 2, data.BANK)


def with_history(folder: Path) -> None:
    """A history as a file, and a database without it."""
    full = data.copy_of(data.prepare(60, 80, say=False), folder, "full.db")
    with contextlib.redirect_stderr(io.StringIO()):
        drill(["--db", str(full), "export", str(folder / "history.jsonl")])
    data.copy_of(data.prepare(60, 0, say=False), folder, DATABASE)
    for path in folder.glob("full.db*"):
        path.unlink()


SCENES = (
    Scene("a block", sit, with_bank),
    Scene("import", command_of("import", "bank.yaml"), with_file),
    Scene("merge", command_of("merge", "history.jsonl"), with_history),
)


# A run: a child, so that each begins with nothing open


def run(scene: Scene, folder: Path, library: ctypes.CDLL, kind: int, at: int, *, lasting: bool) -> Outcome:
    """Run a scene with a fault in a process of its own."""

    def act() -> Outcome:
        outcome = Outcome("done")
        library.fault_arm(kind, at, int(lasting))
        try:
            scene.act(folder, outcome)
        except DrillError as error:
            outcome.end, outcome.said = "sentence", str(error)
        except BaseException as error:
            # What drill makes of an error of SQLite wherever a command or the app ends.
            text = damage_text(folder / DATABASE, error) if isinstance(error, Exception) else None
            outcome.end = "traceback" if text is None else "sentence"
            outcome.said = text or traceback.format_exc()
        outcome.calls = library.fault_seen()
        library.fault_arm(0, 0, 0)
        return outcome

    return preloaded.finish(*preloaded.start(act)) or Outcome("traceback", "died or hung")


def look(
    scene: Scene,
    kind: str,
    folder: Path,
    doctor: Doctor,
    outcome: Outcome,
    before: str,
    after: str,
    *,
    lasting: bool,
) -> str | None:
    """What is wrong with what is there now."""
    if outcome.end == "traceback":
        return outcome.said
    if outcome.end == "sentence" and not outcome.said.endswith((".", "!")):
        return f"no sentence: {outcome.said}"
    if outcome.stuck and not lasting and kind != "open":  # a file first opened for reading only stays so
        return f"the same key failed again: {outcome.said}"
    path = folder / DATABASE
    if not path.exists():
        return "the database is gone"
    report = doctor.report(path)
    if not report.ok:
        return str(report)
    if scene.act is sit:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            kept = connection.execute("SELECT count(*) FROM block_events").fetchone()[0]
        most = outcome.kept + 2 + 2 * (outcome.kept == 0)
        return None if outcome.kept <= kept <= most else f"{outcome.kept} events said, {kept} kept"
    found = state(path)
    if found not in (before, after):
        return "neither what was before nor what is after"
    return None if outcome.end != "done" or found == after else "said to be done, and is not"


def state(path: Path) -> str:
    """What is there. Whether a file is known again is a transaction of its own."""
    return database_state(path, but_columns=TIMES | NOTE)


def attack(scene: Scene, scratch: Path, library: ctypes.CDLL, calls: slice) -> list[str]:
    """Every fault of every kind in one scene; what went wrong."""
    template, folder = scratch / "before", scratch / "run"
    shutil.rmtree(template, ignore_errors=True)
    template.mkdir()
    scene.prepare(template)
    before, doctor = state(template / DATABASE), Doctor()
    wrong: list[str] = []
    for kind, name in enumerate(KINDS, 1):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder)
        whole = run(scene, folder, library, kind, 0, lasting=False)
        assert whole.end == "done", whole
        after = state(folder / DATABASE)
        ends: Counter[str] = Counter()
        sentences: Counter[str] = Counter()
        faults: list[str] = []
        for at in range(1, whole.calls + 1)[calls]:
            for lasting in (False, True):
                shutil.rmtree(folder)
                shutil.copytree(template, folder)
                outcome = run(scene, folder, library, kind, at, lasting=lasting)
                ends[outcome.end] += 1
                sentences[outcome.said.replace(str(scratch), "")] += bool(outcome.said)
                fault = look(scene, name, folder, doctor, outcome, before, after, lasting=lasting)
                if fault is not None:
                    faults.append(f"{scene.name}, {name} {at}{' and on' * lasting}: {fault}")
        print(
            f"{scene.name:10}{name:16}{whole.calls:>7}{ends.total():>7}{ends['done']:>7}{ends['sentence']:>10}"
            f"{ends['traceback']:>11}{len(faults):>8}",
            flush=True,
        )
        for text, count in sentences.most_common(4):
            if os.environ.get("FAULTS_SAY"):
                print(f"      {count} x {text[:300]}")
        wrong += faults
    return wrong


def main(library: ctypes.CDLL | None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--every", type=int, default=1, help="only each so-manyth call")
    parser.add_argument("--from", dest="first", type=int, default=1, help="from this call on")
    parser.add_argument("--only", default="", help="scenes whose name holds this")
    options = parser.parse_args()
    if library is None:
        print("This needs Linux and a C compiler.")
        return 2
    print(f"{'':26}{'calls':>7}{'runs':>7}{'well':>7}{'sentence':>10}{'traceback':>11}{'faults':>8}")
    calls = slice(options.first - 1, None, options.every)
    with tempfile.TemporaryDirectory(prefix="drill-faults-") as scratch:
        wrong = [
            fault
            for scene in SCENES
            if options.only in scene.name
            for fault in attack(scene, Path(scratch), library, calls)
        ]
    for text in wrong[:20]:
        print("  " + text)
    print(f"faults {len(wrong)}   aim 0 {'MISSED' if wrong else 'met'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(preloaded.main_with_library("benchmarks.faults", main))
