"""kill -9 at random instants of everything that writes, but blocks (benchmarks/crash.py).

    python -m benchmarks.crash_writers [--kills 40] [--seed 1] [--only import]

The writers stand in benchmarks/crash_scenes.py; each runs in a child of this process. One kill in two comes at a random time, the other in
a random one of the calls that change a file (a write is then half done); for these Linux and a C compiler are needed. Two kinds.
A writer of one piece (an import, a merge, a migration, an export ...) runs to its end once; then, over and over on a fresh copy, it
is killed. What is found must be exactly what was there before or what is there after it; the next start of the same command must
bring it to the end, without a traceback, without a file left beside. A writer of many small pieces (settings, annotations, Road,
confidence) says each piece once it is kept; after the kill each one said must be there, and at most one more.

`sync` takes in a file of 50 blocks and writes one of its own. What it has taken in is all or nothing; after the next start a third,
empty machine must get from the folder all that the one that was killed has.

`torn`: neither before nor after. `lost`: said and not there. `damaged`: the doctor finds anything. `orphans`: files that stay after
the next start. `not finished`: the next start did not end well.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import crash_folders, preloaded
from benchmarks.crash_folders import DATABASE
from benchmarks.crash_scenes import WRITERS, Writer
from benchmarks.states import Doctor, copied, files
from drill.storage.store import open_writer

HANGS_S = 600


@dataclass
class Tally:
    """What was seen of one writer."""

    kills: int = 0
    before: int = 0
    after: int = 0
    pieces: int = 0
    torn: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    not_finished: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        """All of them, in words."""
        return [*self.torn, *self.lost, *self.damaged, *self.orphans, *self.not_finished]

    def row(self) -> str:
        """The figures, as `HEAD` names them."""
        return (
            f"{self.kills:>6}{self.before:>8}{self.after:>7}{self.pieces:>7}{len(self.torn):>6}{len(self.lost):>6}"
            f"{len(self.damaged):>9}{len(self.orphans):>9}{len(self.not_finished):>14}"
        )


HEAD = f"{'':32}{'kills':>6}{'before':>8}{'after':>7}{'said':>7}{'torn':>6}{'lost':>6}{'damaged':>9}{'orphans':>9}{'not finished':>14}"


@dataclass(frozen=True)
class Done:
    """One run to its end."""

    said: str
    calls: int
    """That change a file."""
    s: float


class Killer:
    """Runs a writer on a fresh copy of what is there before, to its end or until it is killed."""

    def __init__(
        self, writer: Writer, scratch: Path, library: ctypes.CDLL | None, pick: random.Random
    ) -> None:
        self.writer, self.template, self.folder = writer, scratch / "before", scratch / "run"
        self._library, self._pick = library, pick
        self.doctor = Doctor()
        shutil.rmtree(self.template, ignore_errors=True)
        self.template.mkdir()
        writer.prepare(self.template)
        self.fresh()
        if not writer.pieces:
            with contextlib.chdir(self.folder):
                writer.run()  # what is imported now is not imported again in each child

    def fresh(self) -> None:
        """A copy of what is there before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.template, self.folder)

    def run(self) -> Done:
        """To its end. What is no sentence is a traceback."""
        done = preloaded.finish(*self._start(0, None))
        return done if done is not None else Done("Traceback, or it hung", 0, 0.0)

    def kill(self, course: Done) -> str:
        """On a fresh copy, at a time or in a call; when it was."""
        self.fresh()
        if self._library is not None and course.calls and self._pick.random() < 0.5:
            call = self._pick.randint(1, course.calls)
            preloaded.finish(*self._start(call, None))
            return f"in call {call} of {course.calls}"
        child, reading = self._start(0, None)
        return self._kill_after(child, reading, self._pick.uniform(0, course.s * 1.02))

    def kill_pieces(self) -> tuple[int, str]:
        """A writer of many small pieces; how many it said to be kept, and when it was killed."""
        self.fresh()
        reading, writing = os.pipe()
        if self._library is not None and self._pick.random() < 0.5:
            call = self._pick.randint(20, 1_000)
            preloaded.finish(*self._start(call, writing))
            when = f"in call {call}"
        else:
            when = self._kill_after(*self._start(0, writing), self._pick.uniform(0.02, 0.3))
        os.close(writing)
        with os.fdopen(reading, "rb") as said:
            return len(said.read()), when

    def _start(self, call: int, said: int | None) -> tuple[int, int]:
        def act() -> Done:
            os.chdir(self.folder)
            began = time.perf_counter()
            if self._library is not None:
                self._library.fault_arm(preloaded.KILL, call, 0)
            text = ""
            if self.writer.pieces is None or said is None:
                text = self.writer.run()
            else:
                with open_writer(Path(DATABASE)) as store:
                    for _ in self.writer.pieces(store):
                        os.write(said, b".")
            calls = self._library.fault_seen() if self._library is not None else 0
            if self._library is not None:
                self._library.fault_arm(0, 0, 0)
            return Done(text, calls, time.perf_counter() - began)

        return preloaded.start(act, hangs_s=HANGS_S)

    def _kill_after(self, child: int, reading: int, after_s: float) -> str:
        time.sleep(after_s)
        os.kill(child, signal.SIGKILL)  # not waited for yet, so its number is no other's
        preloaded.finish(child, reading)
        return f"after {after_s:.3f} s"


def one_piece(killer: Killer, kills: int) -> Tally:
    """All or nothing?"""
    writer, folder = killer.writer, killer.folder
    before = writer.state(killer.template)
    killer.fresh()
    course = killer.run()
    assert not course.said, f"{writer.name}: {course.said}"
    after, whole, made = writer.state(folder), writer.state(folder, whole=True), files(folder)
    assert after != before, f"{writer.name} changed nothing"
    tally = Tally()
    while tally.kills < kills:
        when = f"{writer.name}, {killer.kill(course)}"
        tally.kills += 1
        found = writer.state(folder)
        tally.before += found == before
        tally.after += found == after
        if not writer.is_whole(found, before, after):
            tally.torn.append(f"{when}: neither what was before nor what is after")
        look(killer, tally, when, rebuilds=found != after and "rebuilding" in writer.name)
        if writer.repeatable or found != after:
            done = killer.run()
            if done.said or writer.state(folder, whole=True) != whole:
                tally.not_finished.append(f"{when}: {done.said[-300:] or 'another end'}")
        if writer.folder:
            third_machine(writer, folder, tally)
        tally.orphans += [f"{when}: {name} stayed" for name in files(folder) - made]
    return tally


def third_machine(writer: Writer, folder: Path, tally: Tally) -> None:
    """A new machine gets from the folder every block that is here."""
    new = folder.parent / "third"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    crash_folders.with_questions(new)
    shutil.copytree(folder / writer.folder, new / writer.folder)
    crash_folders.run(new, "sync", writer.folder)
    if events(new / DATABASE) != events(folder / DATABASE):
        tally.lost.append(f"{writer.name}: a third machine has not the events that are here")


def events(path: Path) -> set[tuple[object, ...]]:
    """The whole log."""
    with closing(sqlite3.connect(path)) as connection:
        return set(connection.execute("SELECT * FROM block_events"))


def small_pieces(killer: Killer, kills: int) -> Tally:
    """Is all that was said there?"""
    writer, tally = killer.writer, Tally()
    while tally.kills < kills:
        said, when = killer.kill_pieces()
        tally.kills += 1
        with (
            tempfile.TemporaryDirectory() as own,
            closing(sqlite3.connect(copied(killer.folder / DATABASE, own))) as connection,
        ):
            kept = connection.execute(writer.counts).fetchone()[0]
        tally.pieces += said
        if not said <= kept <= said + 1:
            tally.lost.append(f"{writer.name}, {when}: {said} said, {kept} kept")
        look(killer, tally, when)
    assert tally.pieces, f"{writer.name} said nothing"
    return tally


def look(killer: Killer, tally: Tally, when: str, *, rebuilds: bool = False) -> None:
    """Let the doctor examine the database as the next start finds it; `rebuilds`: what is derived may be wrong."""
    path = killer.folder / DATABASE
    if not path.exists():
        if (killer.template / DATABASE).exists() and not killer.writer.moves:
            tally.damaged.append(f"{when}: the database is gone")
        return
    report = killer.doctor.report(path)
    if report.problems or (report.differences and not rebuilds):
        tally.damaged.append(f"{when}: {report}"[:400])


def main(library: ctypes.CDLL | None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=40, help="of each writer")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="writers whose name holds this")
    options = parser.parse_args()
    faults: list[str] = []
    sums: Counter[str] = Counter()
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="drill-crash-") as scratch:
        for writer in WRITERS:
            if options.only not in writer.name:
                continue
            killer = Killer(writer, Path(scratch), library, random.Random(f"{options.seed} {writer.name}"))
            tally = (small_pieces if writer.pieces else one_piece)(killer, options.kills)
            print(f"{writer.name:32}{tally.row()}", flush=True)
            sums += Counter(kills=tally.kills, before=tally.before, after=tally.after)
            faults += tally.faults
    for text in faults[:20]:
        print("  " + text)
    print(f"{dict(sums)}   faults {len(faults)}   aim 0 {'met' if not faults else 'MISSED'}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(preloaded.main_with_library("benchmarks.crash_writers", main))
