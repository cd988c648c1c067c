"""Power cuts in the middle of a block: is an acknowledged answer ever lost, or the database ever damaged?

    python -m benchmarks.powercut [--images 1000] [--seed 1] [--keep FOLDER]

How. Blocks are sat by drill's own `BlockRunner` and `drill.storage`; only the connection underneath is apsw's, which
takes the same calls, so that the very statements of the app run on a virtual file system that records every write,
truncation and sync in order. An image of the disk after a cut is then made: what was synced is there; of the writes
since the last sync of a file, any may be there or not, and one in four of those is torn into 512-byte sectors of
which any may be missing. Each image is opened with Python's sqlite3: its integrity is checked, its log is compared
with what the runner had been told was committed, the doctor compares log and projections, and the block is resumed.

Yardstick: the same with `synchronous = NORMAL`, which SQLite documents as losing the last commits in a power cut. If
it lost none, this simulation would be too kind to trust.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from drill.core import commands as c
from drill.core.clock import WallTime
from drill.core.forms import draw
from drill.core.items import Bank, Item, Option
from drill.core.state import Mode, Phase
from drill.errors import DrillError, IllegalCommand
from drill.runner import BlockRunner
from drill.storage import blocks
from drill.storage.block_log import StoreLog
from drill.storage.blocks import BlockPlan
from drill.storage.candidates import Filter, read_candidates
from drill.storage.connecting import configure
from drill.storage.doctor import examine
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import Store, open_writer

SECTOR = 512
NOW = "2026-11-20T08:00:00.000Z"


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes handed to the operating system, not yet on the disk."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncate:
    """A file cut to a size, not yet on the disk."""

    file: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """What was written to this file before is on the disk."""

    file: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The runner was told that so much is committed."""

    block: str
    events: int
    at_ms: int


Step = Write | Truncate | Sync | Acknowledged


@dataclass
class Tape:
    """Everything that happened, in order."""

    steps: list[Step] = field(default_factory=list)
    recording: bool = False

    def add(self, step: Step) -> None:
        """Record a step."""
        if self.recording:
            self.steps.append(step)


class RecordingVFS(apsw.VFS):
    """The system's own file system, with a tape running."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.vfs_name = "drill-powercut"
        super().__init__(self.vfs_name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> RecordingFile:  # noqa: N802 - SQLite's name
        """Open a file that records."""
        return RecordingFile(self.tape, name, flags)


class RecordingFile(apsw.VFSFile):
    """A file that tells the tape what is done to it."""

    def __init__(self, tape: Tape, name: Any, flags: list[int]) -> None:
        filename = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._tape, self._file = tape, Path(filename).name if filename else ""
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write."""
        super().xWrite(data, offset)
        self._tape.add(Write(self._file, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        """Cut to a size."""
        super().xTruncate(newsize)
        self._tape.add(Truncate(self._file, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Bring to the disk. The real sync is spared: no real power is cut here."""
        self._tape.add(Sync(self._file))


class TickingClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.ms = 0.0

    def monotonic_ms(self) -> float:
        """Ms since the start."""
        return self.ms

    def boot_ms(self) -> float:
        """The same: nothing sleeps."""
        return self.ms

    def wall(self) -> WallTime:
        """A day in November."""
        return WallTime(1_795_000_000_000 + int(self.ms))


def make_database(path: Path) -> None:
    """A database with a bank of 40 items, closed and whole."""
    items = tuple(
        Item(
            id=f"q{number:02}",
            stem="A patient has a complaint. " * 40
            + "Which of the following is the most appropriate next step?",
            options=tuple(Option(f"Choice {number} {letter}", why="A reason.") for letter in "ABCDE"),
            answer="ABCDE"[number % 5],
            explanation="An explanation. " * 12,
        )
        for number in range(40)
    )
    with open_writer(path) as store:
        apply_import(store, plan_import(store.connection, Bank("bench", "Benchmark", items=items)), now=NOW)


def sit_blocks(
    path: Path, tape: Tape, count: int, synchronous: str, rng: random.Random
) -> dict[str, list[Any]]:
    """Sit blocks on a recording connection; the log of each as the runner holds it. The last stays open."""
    vfs = RecordingVFS(tape)
    connection = apsw.Connection(str(path), vfs=vfs.vfs_name)
    configure(connection)  # type: ignore[arg-type]
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    store = Store(connection, path)  # type: ignore[arg-type]
    tape.recording = True
    logs = {}
    for number in range(count):
        logs[f"block-{number}"] = sit_block(store, f"block-{number}", tape, rng, ends=number < count - 1)
    tape.recording = False
    connection.close()
    vfs.unregister()
    return logs


def sit_block(store: Store, block: str, tape: Tape, rng: random.Random, *, ends: bool) -> list[Any]:
    """One block of 20 items with answers, changes, flags, strikes and heartbeats."""
    clock = TickingClock()
    clock.ms = float(rng.randrange(10**6))
    form = draw(read_candidates(store.connection, Filter(pool="all")), 20, rng)
    plan = BlockPlan(block, "exam20", Mode.EXAM, "all", ("bank:bench",), 1, 1_800_000, form, (5,) * 20)
    runner = BlockRunner.start(plan, blocks.read_keys(store.connection, form), clock, StoreLog(store))
    log: list[Any] = list(_events_after(store, block, 0))
    tape.add(Acknowledged(block, len(log), 0))
    for _ in range(20):
        asked: list[c.Command] = [c.Choose(rng.choice("ABCDE")), c.Strike(rng.choice("ABCDE")), c.Flag(), c.Tick(),
                                  c.Choose(rng.choice("ABCDE")), c.Tick(), c.Next()]  # fmt: skip
        for command in asked:
            clock.ms += rng.randrange(300, 6_000)
            try:
                runner.tick() if isinstance(command, c.Tick) else runner.dispatch(command)
            except IllegalCommand:
                continue
            log += _events_after(store, block, len(log))
            tape.add(Acknowledged(block, len(log), runner.now_ms() if isinstance(command, c.Tick) else 0))
    if ends:
        runner.dispatch(c.End())
        log += _events_after(store, block, len(log))
        tape.add(Acknowledged(block, len(log), 0))
    return log


def _events_after(store: Store, block: str, seq: int) -> list[Any]:
    rows = store.connection.execute(_LOG + " AND seq > ? ORDER BY seq", (block, seq))
    return [tuple(row) for row in rows]


_LOG = "SELECT at_ms, kind, version, payload FROM block_events WHERE block = ?"


@dataclass
class Disk:
    """What is on the disk for certain, and what may be."""

    synced: dict[str, bytearray]
    pending: list[Write | Truncate] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Go one step on."""
        if isinstance(step, Sync):
            for done in self.pending:
                if done.file == step.file:
                    apply(self.synced, done)
            self.pending = [waiting for waiting in self.pending if waiting.file != step.file]
        elif not isinstance(step, Acknowledged):
            self.pending.append(step)

    def after_cut(self, rng: random.Random) -> dict[str, bytearray]:
        """Files as they may be found: any of the pending writes are there, some in part."""
        files = {name: bytearray(data) for name, data in self.synced.items()}
        chance = rng.choice([0.0, 0.25, 0.5, 0.75, 1.0])
        for step in self.pending:
            if rng.random() >= chance:
                continue
            if isinstance(step, Write) and rng.random() < 0.25:
                for piece in _sectors(step):
                    if rng.random() < 0.5:
                        apply(files, piece)
            else:
                apply(files, step)
        return files


def _sectors(write: Write) -> Iterator[Write]:
    start = write.offset
    end = write.offset + len(write.data)
    while start < end:
        stop = min((start // SECTOR + 1) * SECTOR, end)
        yield Write(write.file, start, write.data[start - write.offset : stop - write.offset])
        start = stop


def apply(files: dict[str, bytearray], step: Write | Truncate) -> None:
    """Do to the bytes of a file what the step says."""
    data = files.setdefault(step.file, bytearray())
    if isinstance(step, Truncate):
        del data[step.size :]
        return
    if len(data) < step.offset:
        data.extend(bytes(step.offset - len(data)))
    data[step.offset : step.offset + len(step.data)] = step.data


@dataclass
class Findings:
    """What the images showed."""

    images: int = 0
    with_loss: int = 0
    """Images in which at least one acknowledged event is missing."""
    events_lost: int = 0
    time_lost: int = 0
    """Images in which an acknowledged heartbeat is missing."""
    corrupt: int = 0
    out_of_step: int = 0
    """Images in which log and projections differ, or the log is not a prefix of what happened."""
    not_resumed: int = 0
    mid_commit: int = 0
    """Images cut while writes were pending."""
    examples: list[str] = field(default_factory=list)


def look(
    folder: Path, name: str, logs: dict[str, list[Any]], told: dict[str, tuple[int, int]], found: Findings
) -> None:
    """Open one image with Python's sqlite3 and compare it with what was acknowledged."""
    found.images += 1
    path = folder / name
    try:
        with open_writer(path) as store:
            said = store.connection.execute("PRAGMA integrity_check").fetchone()[0]
            if said != "ok":
                found.corrupt += 1
                found.examples.append(f"integrity_check: {said}")
                return
            compare(store, logs, told, found)
    except (DrillError, sqlite3.Error) as error:
        found.corrupt += 1
        found.examples.append(str(error))


def compare(
    store: Store, logs: dict[str, list[Any]], told: dict[str, tuple[int, int]], found: Findings
) -> None:
    """Count what is missing, then let the doctor look and resume the open block."""
    lost, late = 0, False
    for block, (events, at_ms) in told.items():
        rows = _events_after(store, block, 0)
        lost += max(events - len(rows), 0)
        if rows != logs[block][: len(rows)]:
            found.out_of_step += 1
            found.examples.append(f"{block}: the log is not what happened")
        last = store.connection.execute("SELECT last_at_ms FROM blocks WHERE block = ?", (block,)).fetchone()
        late = late or last is None or last[0] < at_ms
    found.events_lost += lost
    found.with_loss += lost > 0
    found.time_lost += late
    report = examine(store, repair=False)
    if not report.ok:
        found.out_of_step += 1
        found.examples.append(str(report)[:200])
    block = blocks.open_block_id(store.connection)
    if block is not None:
        runner = BlockRunner.resume(
            blocks.read_block(store.connection, block), TickingClock(), StoreLog(store)
        )
        found.not_resumed += runner.state.phase is not Phase.RUNNING


def simulate(folder: Path, images: int, synchronous: str, seed: int, sat: int = 5) -> Findings:
    """Sit blocks once, then cut the power at `images` places of the tape."""
    rng = random.Random(seed)
    name = "drill.db"
    source = folder / f"source-{synchronous}"
    source.mkdir()
    make_database(source / name)
    disk = Disk({name: bytearray((source / name).read_bytes())})
    tape = Tape()
    logs = sit_blocks(source / name, tape, sat, synchronous, rng)
    cuts = sorted(rng.randrange(1, len(tape.steps) + 1) for _ in range(images))
    found = Findings()
    told: dict[str, tuple[int, int]] = {}
    at = 0
    for number, cut in enumerate(cuts):
        for step in tape.steps[at:cut]:
            if isinstance(step, Acknowledged):
                told[step.block] = (step.events, max(step.at_ms, told.get(step.block, (0, 0))[1]))
            disk.take(step)
        at = cut
        found.mid_commit += bool(disk.pending)
        image = folder / f"{synchronous}-{number}"
        image.mkdir()
        for file, data in disk.after_cut(rng).items():
            (image / file).write_bytes(data)
        before = len(found.examples)
        look(image, name, logs, told, found)
        if len(found.examples) == before or synchronous != "FULL":
            _remove(image)
    return found


def _remove(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings; exit 1 when an acknowledged answer was lost or a database damaged."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=1000, help="power cuts to simulate (default 1000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same cuts (default 1)")
    parser.add_argument("--keep", type=Path, help="an empty folder in which images with findings stay")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args(arguments)
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="powercut-", dir=memory if memory.is_dir() else None) as scratch:
        folder = options.keep or Path(scratch)
        began = time.perf_counter()
        full = simulate(folder, options.images, "FULL", options.seed)
        seconds = time.perf_counter() - began
        normal = simulate(folder, max(options.images // 5, 20), "NORMAL", options.seed)
    if options.json:
        print(json.dumps({"full": vars(full), "normal": vars(normal)}))
    else:
        print(
            f"{full.images:,} power cuts, {full.mid_commit:,} of them with writes under way, in {seconds:.0f} s"
        )
        print(f"{'':38}{'drill (FULL)':>14}{'NORMAL':>10}   aim")
        for title, name in (
            ("images", "images"), ("images with acknowledged events lost", "with_loss"),
            ("acknowledged events lost", "events_lost"), ("images with acknowledged time lost", "time_lost"),
            ("corrupt databases", "corrupt"), ("log and projections out of step", "out_of_step"),
            ("open blocks that did not resume", "not_resumed"),
        ):  # fmt: skip
            aim = (
                ""
                if name == "images"
                else "0 with FULL"
                if name != "with_loss"
                else "0 with FULL, > 0 with NORMAL"
            )
            print(f"{title:38}{getattr(full, name):>14,}{getattr(normal, name):>10,}   {aim}")
        for example in full.examples[:5]:
            print(f"  {example}")
    bad = full.with_loss or full.time_lost or full.corrupt or full.out_of_step or full.not_resumed
    return 1 if bad or not normal.with_loss else 0


if __name__ == "__main__":
    sys.exit(main())
