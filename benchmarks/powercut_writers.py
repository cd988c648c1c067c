"""Power cuts under imports, a merge, sync, every migration, the doctor, set-aside, a backup and an export: whole or not at all.

    python -m benchmarks.powercut_writers [--images 200] [--seed 1] [--only merge]

(Blocks: benchmarks/powercut.py.) The commands themselves run, on Python's sqlite3; a preloaded library (benchmarks/faults.c; needs
Linux and a C compiler) writes down every write, truncation, sync, renaming, removal and new folder among their files. From that tape
images of the disk are made as a cut may leave it: what was synced is there; of the rest any part may be, writes also torn into sectors.
Each must be what was before or what is after, and sound; once the command has said that it is done, what is after. Of a backup the
earlier one stays whole. After sync is run again a third, empty machine must get from the folder all that is here.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import random
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks import preloaded
from benchmarks.crash_folders import DATABASE
from benchmarks.crash_scenes import WRITERS, Writer
from benchmarks.crash_writers import Tally, third_machine
from benchmarks.powercut import Truncate, Write, _sectors, apply
from benchmarks.states import Doctor

CUT = (
    "first start", "import, a new bank", "import, every text changed", "import, its note alone", "merge", "sync",
    "doctor, rebuilding", "migration", "set-aside", "backup", "export",
)  # fmt: skip
"""How the names of those begin under which the power is cut."""


@dataclass(frozen=True)
class Sync:
    """What was done to this file, or to the names in this folder, is on the disk."""

    file: str


@dataclass(frozen=True)
class Rename:
    """A file or a folder got another name."""

    file: str
    new: str


@dataclass(frozen=True)
class Unlink:
    """A file lost its name."""

    file: str


@dataclass(frozen=True)
class MakeFolder:
    """A folder came."""

    file: str


Step = Write | Truncate | Sync | Rename | Unlink | MakeFolder


def record(writer: Writer, folder: Path, library: ctypes.CDLL, tape: Path) -> list[Step]:
    """Run the command to its end with the tape running."""

    def act() -> str:
        os.chdir(folder)
        library.fault_tape(os.fsencode(tape), os.fsencode(folder))
        return writer.run()

    tape.unlink(missing_ok=True)
    said = preloaded.finish(*preloaded.start(act))
    assert said == "", said
    return steps(tape.read_bytes(), folder)


def steps(tape: bytes, folder: Path) -> list[Step]:
    """The tape, read."""
    found: list[Step] = []
    at = 0
    while at < len(tape):
        end = tape.index(b"\n", at)
        what, path, number, size = tape[at:end].split(b"\t")
        more = tape[end + 1 : end + 1 + int(size)]
        at = end + 1 + int(size)
        name = os.path.relpath(folder / path.decode(), folder)
        match what:
            case b"write":
                found.append(Write(name, int(number), more))
            case b"truncate":
                found.append(Truncate(name, int(number)))
            case b"sync":
                found.append(Sync(name))
            case b"rename":
                found.append(Rename(name, os.path.relpath(folder / more.decode(), folder)))
            case b"mkdir":
                found.append(MakeFolder(name))
            case _:
                found.append(Unlink(name))
    return found


def image(before: dict[str, bytes], tape: list[Step], pick: random.Random) -> dict[str, bytearray]:
    """The files after a cut at the end of these steps."""
    files = {name: bytearray(data) for name, data in before.items()}
    pending: list[Step] = []
    for step in tape:
        if not isinstance(step, Sync):
            pending.append(step)
            continue
        waiting = [each for each in pending if synced_as(each) != step.file]
        for done in pending:
            if synced_as(done) == step.file:
                settle(files, done)
        pending = waiting
    chance = pick.choice([0.0, 0.25, 0.5, 0.75, 1.0])
    for step in pending:
        there = pick.random() < chance
        if isinstance(step, MakeFolder):
            if not there:  # with all that is in it
                files = {name: data for name, data in files.items() if not name.startswith(f"{step.file}/")}
        elif there and isinstance(step, Write) and pick.random() < 0.25:
            for piece in _sectors(step):
                if pick.random() < 0.5:
                    apply(files, piece)
        elif there:
            settle(files, step)
    return files


def synced_as(step: Step) -> str:
    """What must be synced for a step to be on the disk: the file, or the folder of its name."""
    return step.file if isinstance(step, Write | Truncate) else os.path.dirname(step.file) or "."


def settle(files: dict[str, bytearray], step: Step) -> None:
    """Do what a step says."""
    match step:
        case Write() | Truncate():
            apply(files, step)
        case Rename():
            for name in [name for name in files if name == step.file or name.startswith(f"{step.file}/")]:
                files[step.new + name.removeprefix(step.file)] = files.pop(name)
        case Unlink():
            files.pop(step.file, None)


def look(writer: Writer, folder: Path, doctor: Doctor, before: str, after: str, *, done: bool) -> str | None:
    """What is wrong with an image."""
    found = writer.state(folder)
    if not writer.is_whole(found, before, after):
        return "neither what was before nor what is after"
    if done and found != after:
        return "done, and gone"
    report = doctor.report(folder / DATABASE)
    if report.problems or (report.differences and (found == after or "rebuilding" not in writer.name)):
        return str(report)[:300]
    if writer.folder:
        with contextlib.chdir(folder):
            said, tally = writer.run(), Tally()
        third_machine(writer, folder, tally)
        return said or next(iter(tally.lost), None)
    return None


def attack(
    writer: Writer, scratch: Path, library: ctypes.CDLL, images: int, pick: random.Random
) -> list[str]:
    """Cut the power many times; what went wrong."""
    template, folder = scratch / "before", scratch / "run"
    shutil.rmtree(template, ignore_errors=True)
    template.mkdir()
    writer.prepare(template)
    for path in template.glob(f"{DATABASE}-*"):
        path.unlink()
    before = writer.state(template)
    files = {
        str(path.relative_to(template)): path.read_bytes() for path in template.rglob("*") if path.is_file()
    }
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    tape = record(writer, folder, library, scratch / "tape")
    after = writer.state(folder)
    assert after != before, f"{writer.name} changed nothing"
    wrong, doctor = list[str](), Doctor()
    counts: Counter[str] = Counter()
    for number in range(images):
        cut = len(tape) if number % 10 == 0 else pick.randrange(len(tape) + 1)
        shutil.rmtree(folder)
        for path in (template, *filter(Path.is_dir, template.rglob("*"))):
            (folder / path.relative_to(template)).mkdir()
        for name, content in image(files, tape[:cut], pick).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        try:
            found = writer.state(folder)
            fault = look(writer, folder, doctor, before, after, done=cut == len(tape))
        except Exception as error:
            found, fault = "", f"{type(error).__name__}: {error}"
        if fault is not None:
            wrong.append(f"{writer.name}, cut at {cut} of {len(tape)}: {fault}")
        counts["before" if found == before else "after" if found == after else "other"] += 1
    print(
        f"{writer.name:30}{len(tape):>7}{images:>8}{counts['before']:>8}{counts['after']:>8}{len(wrong):>8}",
        flush=True,
    )
    return wrong


def main(library: ctypes.CDLL | None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=200, help="of each writer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="writers whose name holds this")
    options = parser.parse_args()
    if library is None:
        print("This needs Linux and a C compiler.")
        return 2
    memory = Path("/dev/shm")
    wrong: list[str] = []
    print(f"{'':30}{'steps':>7}{'images':>8}{'before':>8}{'after':>8}{'faults':>8}")
    with tempfile.TemporaryDirectory(
        prefix="drill-powercut-", dir=memory if memory.is_dir() else None
    ) as scratch:
        for writer in WRITERS:
            if writer.name.startswith(CUT) and options.only in writer.name:
                pick = random.Random(f"{options.seed} {writer.name}")
                wrong += attack(writer, Path(scratch), library, options.images, pick)
    for text in wrong[:20]:
        print("  " + text)
    print(f"faults {len(wrong)}   aim 0 {'MISSED' if wrong else 'met'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(preloaded.main_with_library("benchmarks.powercut_writers", main))
