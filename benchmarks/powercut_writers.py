"""Power cuts under an import, a merge, every migration and a backup: whole or not at all, and what was done stays.

    python -m benchmarks.powercut_writers [--images 200] [--seed 1]

(Blocks: benchmarks/powercut.py.) The commands themselves run, on Python's sqlite3; a preloaded library (benchmarks/faults.c; needs
Linux and a C compiler) writes down every write, truncation, sync, renaming and removal of the database's files. From that tape images
of the disk are made as a cut may leave it: what was synced is there; of the rest any part may be, writes also torn into sectors.
Each is opened as the next start would: it must be what was before or what is after, and sound; once the command has said that it
is done, what is after. Of a backup: the earlier one stays sound, the new one is whole or not there.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import crash_writers, data
from benchmarks.crash_writers import database_state, downgrade, environment
from benchmarks.faults import compiled_library
from benchmarks.powercut import Truncate, Write, _sectors, apply
from benchmarks.terminal import DRILL
from drill.storage.backup import is_sound
from drill.storage.doctor import examine
from drill.storage.schema import MIGRATIONS
from drill.storage.store import open_writer

DATABASE = "faulty.db"
BACKUP = "backups/faulty-2026-11-20.db"
OPENS = f"from pathlib import Path\nfrom drill.storage.store import open_writer\nopen_writer(Path({DATABASE!r})).close()"
BACKS_UP = (
    "from datetime import date\nfrom pathlib import Path\nfrom drill.storage.backup import make_backup\n"
    f"make_backup(Path({DATABASE!r}).absolute(), date(2026, 11, 20))"
)


@dataclass(frozen=True)
class Sync:
    """What was done to this file, or to the names in this folder, is on the disk."""

    file: str


@dataclass(frozen=True)
class Rename:
    """A file got another name."""

    file: str
    new: str


@dataclass(frozen=True)
class Unlink:
    """A file lost its name."""

    file: str


Step = Write | Truncate | Sync | Rename | Unlink


@dataclass(frozen=True)
class Writer:
    """A command and what is there before it."""

    name: str
    prepare: Callable[[Path], None]
    command: list[str]


def named(prepare: Callable[[Path], None]) -> Callable[[Path], None]:
    """The same folder with the database's name here."""

    def renamed(folder: Path) -> None:
        prepare(folder)
        for path in folder.glob("drill.db*"):
            if path.suffix == ".db":
                path.rename(folder / DATABASE)
            else:
                path.unlink()

    return renamed


def of_schema(version: int) -> Callable[[Path], None]:
    def prepare(folder: Path) -> None:
        downgrade(data.prepare(300, 2_000, say=False), folder / DATABASE, version)

    return prepare


def with_backup(folder: Path) -> None:
    crash_writers.with_history(folder)
    (folder / "backups").mkdir()
    shutil.copyfile(folder / "drill.db", folder / "backups" / "faulty-2026-11-19.db")


WRITERS = (
    Writer("import, a new bank", named(crash_writers.new_bank), [*DRILL, "--db", DATABASE, "import", "bank.yaml"]),
    Writer("import, every text changed", named(crash_writers.changed_bank), [*DRILL, "--db", DATABASE, "import", "bank.yaml"]),
    Writer("merge", named(crash_writers.other_history), [*DRILL, "--db", DATABASE, "merge", "history.jsonl"]),
    *(Writer(f"migration from schema {version}", of_schema(version), [sys.executable, "-c", OPENS]) for version in range(1, len(MIGRATIONS))),
    Writer("backup", named(with_backup), [sys.executable, "-c", BACKS_UP]),
)  # fmt: skip


def record(writer: Writer, folder: Path, library: Path, tape: Path) -> list[Step]:
    """Run the command to its end with the tape running."""
    tape.unlink(missing_ok=True)
    env = {**environment(), "LD_PRELOAD": str(library), "FAULTS_TAPE": str(tape)}
    subprocess.run(writer.command, cwd=folder, env=env, check=True, capture_output=True)
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
            case _:
                found.append(Unlink(name))
    return found


def image(before: dict[str, bytes], tape: list[Step], pick: random.Random) -> dict[str, bytearray]:
    """The files after a cut at the end of these steps."""
    files = {name: bytearray(data) for name, data in before.items()}
    pending: list[Step] = []
    for step in tape:
        if isinstance(step, Sync):
            for done in pending:
                folder = os.path.dirname(done.file) or "."
                if done.file == step.file and isinstance(done, Write | Truncate):
                    apply(files, done)
                elif folder == step.file and not isinstance(done, Write | Truncate):
                    settle(files, done)
            pending = [
                waiting for waiting in pending
                if (waiting.file != step.file if isinstance(waiting, Write | Truncate) else (os.path.dirname(waiting.file) or ".") != step.file)
            ]  # fmt: skip
        else:
            pending.append(step)
    chance = pick.choice([0.0, 0.25, 0.5, 0.75, 1.0])
    for step in pending:
        if pick.random() >= chance:
            continue
        if isinstance(step, Write) and pick.random() < 0.25:
            for piece in _sectors(step):
                if pick.random() < 0.5:
                    apply(files, piece)
        else:
            settle(files, step)
    return files


def settle(files: dict[str, bytearray], step: Step) -> None:
    """Do what a step says."""
    match step:
        case Write() | Truncate():
            apply(files, step)
        case Rename():
            if step.file in files:
                files[step.new] = files.pop(step.file)
        case Unlink():
            files.pop(step.file, None)


def look(writer: Writer, folder: Path, before: str, after: str, *, done: bool) -> str | None:
    """What is wrong with an image."""
    path = folder / DATABASE
    if writer.name == "backup":
        if not is_sound(folder / "backups" / "faulty-2026-11-19.db"):
            return "the earlier backup is damaged"
        new = folder / BACKUP
        if new.exists() and not (is_sound(new) and database_state(new) == before):
            return "the new backup is not whole"
        return "the backup was said to be made, and is not there" if done and not new.exists() else None
    found = database_state(path)
    if found not in (before, after):
        return "neither what was before nor what is after"
    if done and found != after:
        return "done, and gone"
    with closing(open_writer(path)) as store:
        report = examine(store, repair=False)
        return None if report.ok else str(report)[:300]


def attack(writer: Writer, scratch: Path, library: Path, images: int, pick: random.Random) -> list[str]:
    """Cut the power many times; what went wrong."""
    template, folder = scratch / "before", scratch / "run"
    shutil.rmtree(template, ignore_errors=True)
    template.mkdir()
    writer.prepare(template)
    before = database_state(template / DATABASE)
    for path in template.glob(f"{DATABASE}-*"):
        path.unlink()
    files = {
        str(path.relative_to(template)): path.read_bytes() for path in template.rglob("*") if path.is_file()
    }
    crash_writers.fresh(template, folder)
    tape = record(writer, folder, library, scratch / "tape")
    after = database_state(folder / DATABASE)
    wrong: list[str] = []
    counts = {"before": 0, "after": 0}
    for number in range(images):
        cut = len(tape) if number % 10 == 0 else pick.randrange(len(tape) + 1)
        shutil.rmtree(folder)
        folder.mkdir()
        for name, content in image(files, tape[:cut], pick).items():
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
        fault = None
        try:
            fault = look(writer, folder, before, after, done=cut == len(tape))
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        if fault is not None:
            wrong.append(f"{writer.name}, cut at {cut} of {len(tape)}: {fault}")
        else:
            counts[
                "after"
                if (folder / BACKUP).exists()
                or (writer.name != "backup" and database_state(folder / DATABASE) == after)
                else "before"
            ] += 1
    print(
        f"{writer.name:30}{len(tape):>7}{images:>8}{counts['before']:>8}{counts['after']:>8}{len(wrong):>8}",
        flush=True,
    )
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--images", type=int, default=200, help="of each writer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="writers whose name holds this")
    options = parser.parse_args()
    pick = random.Random(options.seed)
    memory = Path("/dev/shm")
    wrong: list[str] = []
    print(f"{'':30}{'steps':>7}{'images':>8}{'before':>8}{'after':>8}{'faults':>8}")
    with tempfile.TemporaryDirectory(
        prefix="drill-powercut-", dir=memory if memory.is_dir() else None
    ) as scratch:
        library = compiled_library(Path(scratch))
        for writer in WRITERS:
            if options.only in writer.name:
                wrong += attack(writer, Path(scratch), library, options.images, pick)
    for text in wrong[:20]:
        print("  " + text)
    print(f"faults {len(wrong)}   aim 0 {'MISSED' if wrong else 'met'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
