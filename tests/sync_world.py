"""Three machines that share a folder through a tool that delays, doubles, reorders, cuts and renames files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from drill.core.clock import WallTime
from drill.core.items import Bank
from drill.core.road.attempts import Attempt, Outcome
from drill.core.road.days import BusyRange
from drill.core.state import Mode
from drill.errors import NothingToDraw
from drill.storage import former_ids
from drill.storage.banks import bank_ids, remove_bank, stored_bank
from drill.storage.candidates import Filter, read_candidates
from drill.storage.history import read_history
from drill.storage.road import take_away, write_entries
from drill.storage.set_aside import SetAside, say
from drill.storage.settings import write_setting
from drill.storage.store import Store, open_memory
from drill.usecases.sync_folder import SyncFolder, digest
from drill.usecases.syncing import SyncReport, sync
from tests.factories import NOON, FakeClock, import_bank, make_bank, make_item, make_pictured
from tests.sittings import ANSWERS, annotate, sit

MACHINES = ("laptop", "desktop", "tower")
HOUR_MS = 3_600_000


class Crash(BaseException):
    """The power went."""


class Fragile(SyncFolder):
    """A folder in which the power goes at a chosen moment of writing."""

    crash_at: str | None = None

    def write(self, data: bytes) -> str:
        """Crash before the file has its name, with half of it written, or just after."""
        if self.crash_at == "before":
            own = self.folder / self.machine
            own.mkdir(exist_ok=True)
            (own / f"000001-{digest(data)}.jsonl.gz.1.unfinished").write_bytes(data[: len(data) // 2])
            raise Crash
        written = super().write(data)
        if self.crash_at == "after":
            raise Crash
        return written


@cache
def _template() -> bytes:
    with open_memory() as store:
        return store.connection.serialize()


def fresh_store() -> Store:
    """An empty database, made faster than by its migrations."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(_template())
    connection.execute("PRAGMA foreign_keys = ON")
    return Store(connection, None)


@dataclass
class Machine:
    """A database, its copy of the folder, and a clock that is wrong by up to hours."""

    name: str
    folder: Path
    skew_ms: int
    store: Store = field(default_factory=fresh_store)
    blocks: int = 0

    def wall(self, world_ms: int) -> WallTime:
        """What this machine's clock shows."""
        return WallTime(NOON.utc_ms + world_ms + self.skew_ms, NOON.offset_minutes)

    def sync(self, world_ms: int, crash_at: str | None = None, files: int | None = None) -> SyncReport:
        """Sync; `files`: stop after so many."""
        folder = Fragile(self.folder, self.name)
        folder.crash_at = crash_at
        left = iter(range(files)) if files is not None else None
        may_go_on: Callable[[], bool] = lambda: left is None or next(left, None) is not None  # noqa: E731
        return sync(self.store, folder, FakeClock(wall_time=self.wall(world_ms)), may_go_on)


RENAMED = "q2 anew"


@cache
def bank_version(name: str, version: int, renamed: bool) -> Bank:
    """A bank that loses, gains, rewords and relabels questions from version to version, and renames one once."""
    pictured, media = make_pictured("seen", subject="Surgery")
    items = [
        make_item(f"q{number}", stem=f"The text {version % 2} of {number}.", subject=f"Subject {version}")
        for number in range(1, 4 + version % 3)
    ]
    if renamed:
        items[1] = replace(items[1], id=RENAMED, formerly=("q2",))
    with_picture = version % 2 == 0
    return replace(
        make_bank(name, [*items, pictured] if with_picture else items[::-1], author=f"Author {version}"),
        media=(media,) if with_picture else (),
    )


class World:
    """A schedule: everything that happens follows from the seed."""

    def __init__(self, seed: int, root: Path) -> None:
        self.random = Random(seed)
        self.now_ms = 0
        self.machines = []
        for name in MACHINES:
            folder = root / name
            folder.mkdir()
            self.machines.append(Machine(name, folder, self.random.randint(-5, 5) * HOUR_MS))
        self.blocks: set[str] = set()
        self.words: set[tuple[object, ...]] = set()

    def run(self, steps: int, *, renames: bool = False) -> None:
        """So many things happen; `renames`: the author renames a question on the way."""
        self.renames = renames
        for self.steps_left in range(steps, 0, -1):
            self.now_ms += self.random.choice((0, 1, 60_000, HOUR_MS))
            machine = self.random.choice(self.machines)
            does = self.random.choices(
                (
                    self._sit,
                    self._say,
                    self._plan,
                    self._set,
                    self._set_aside,
                    self._import,
                    self._remove,
                    self._sync,
                    self._carry,
                ),
                (4, 4, 2, 2, 1, 2, 1, 6, 9),
            )[0]
            does(machine)

    def settle(self) -> None:
        """Everything arrives and everyone syncs, until nobody writes any more."""
        for _ in range(4):
            for machine in self.machines:
                machine.sync(self.now_ms)
            for source in self.machines:
                for target in self.machines:
                    self._carry_all(source, target)
        reports = [machine.sync(self.now_ms) for machine in self.machines]
        assert all(not report.files_written and not report.came for report in reports), reports

    def close(self) -> None:
        """Close the databases."""
        for machine in self.machines:
            machine.store.close()

    # What learners do

    def _sit(self, machine: Machine) -> None:
        candidates = read_candidates(machine.store.connection, Filter(pool="all"))
        if not candidates:
            return
        machine.blocks += 1
        block = f"{machine.name}-{machine.blocks}"
        wall = machine.wall(self.now_ms)
        try:
            sit(machine.store, block, ANSWERS, at=wall, items=min(3, len(candidates)), mode=Mode.TIMED,
                seed=self.random.randrange(10))  # fmt: skip
        except NothingToDraw:  # pragma: no cover - candidates were there
            return
        self.blocks.add(block)

    def _say(self, machine: Machine) -> None:
        item = self.random.choice(("q1", "q2", "q3"))
        bank = self.random.choice(("anatomy", "biology"))
        item = former_ids.now(machine.store.connection, bank, item) or item
        made = machine.wall(self.now_ms).utc_ms
        kind, value = self.random.choice(
            (("note", "one"), ("note", "two"), ("note", None), ("next_best_step", "1"), ("retired", "other"),
             ("retired", None))
        )  # fmt: skip
        annotate(machine.store, kind, value, made, bank=bank, item=item)
        row = machine.store.connection.execute(
            "SELECT made_at_ms FROM annotations WHERE kind = ? AND bank = ? AND item = ?", (kind, bank, item)
        ).fetchone()
        self.words.add((kind, bank, "q2" if item == RENAMED else item, value, row[0]))

    def _plan(self, machine: Machine) -> None:
        day = date(2027, 1, 1) + timedelta(days=self.random.randrange(3))
        made = machine.wall(self.now_ms).utc_ms
        match self.random.randrange(3):
            case 0:
                write_entries(machine.store, [Attempt(day, self.random.choice(list(Outcome)))], made)
            case 1:
                write_entries(machine.store, [BusyRange(day, day, self.random.choice("ab"))], made)
            case _:
                take_away(machine.store, "busy", day.isoformat(), made)

    def _set(self, machine: Machine) -> None:
        name, value = self.random.choice((("clock", "hidden"), ("clock", "shown"), ("nudge_s", "120")))
        write_setting(machine.store, name, value, machine.wall(self.now_ms).utc_ms)
        write_setting(machine.store, "theme", f"of {machine.name}")

    def _set_aside(self, machine: Machine) -> None:
        blocks = sorted(block for (block,) in machine.store.connection.execute("SELECT block FROM blocks"))
        if blocks:
            made, aside = machine.wall(self.now_ms).utc_ms, self.random.random() < 0.7
            say(machine.store, SetAside(self.random.choice(blocks), made, aside, "tired" if aside else ""))

    def _import(self, machine: Machine) -> None:
        name = self.random.choice(("anatomy", "biology"))
        bank = bank_version(name, self.random.randrange(6), self.renames and self.steps_left < 15)
        retire = self.random.random() < 0.5
        import_bank(machine.store, bank, now=machine.wall(self.now_ms).iso, retire_missing=retire)

    def _remove(self, machine: Machine) -> None:
        banks = bank_ids(machine.store.connection)
        if banks:
            remove_bank(machine.store, self.random.choice(banks), machine.wall(self.now_ms).utc_ms)

    def _sync(self, machine: Machine) -> None:
        crash = self.random.choice((None, None, None, "before", "after"))
        try:
            machine.sync(self.now_ms, crash, self.random.choice((None, None, 0, 1, 2)))
        except Crash:
            assert not machine.store.connection.in_transaction

    # What the tool that carries the folder does

    def _carry(self, target: Machine) -> None:
        source = self.random.choice([one for one in self.machines if one is not target])
        files = self._files(source)
        if not files:
            return
        path = self.random.choice(files)
        there = target.folder / path.relative_to(source.folder)
        there.parent.mkdir(exist_ok=True)
        data = path.read_bytes()
        cut = data[: self.random.randrange(len(data) + 1)]
        stem = path.name.removesuffix(".jsonl.gz")
        match self.random.randrange(8):
            case 0 if not there.exists():
                there.write_bytes(cut)  # as it comes in, under its own name
            case 1:
                there.with_name(f".syncthing.{path.name}.tmp").write_bytes(cut)
            case 2:
                there.with_name(f"{stem}.jsonl (conflicted copy 2026-11-28).gz").write_bytes(cut)
            case 3:
                there.with_name(f"{stem}.sync-conflict-20261128-AB.jsonl.gz").write_bytes(data)
            case 4:
                there.with_name(f"{stem}.jsonl.sync-conflict-20261128-AB.gz").write_bytes(data)
            case 5 if there.exists() and there.parent.name != target.name:
                there.unlink()  # lost, and sent again later
            case _:
                there.write_bytes(data)

    def _carry_all(self, source: Machine, target: Machine) -> None:
        for path in self._files(source):
            there = target.folder / path.relative_to(source.folder)
            there.parent.mkdir(exist_ok=True)
            if not there.exists() or there.stat().st_size < path.stat().st_size:  # the whole one of two
                there.write_bytes(path.read_bytes())

    def _files(self, machine: Machine) -> list[Path]:
        found = (path for path in machine.folder.rglob("*") if path.is_file())
        return sorted(path for path in found if not path.name.endswith(".unfinished"))


def state(store: Store) -> dict[str, Any]:
    """Everything that must be the same on every machine in the end; numbers of revisions may differ."""
    connection = store.connection
    history = read_history(connection, detailed=True)

    def rows(query: str) -> list[tuple[Any, ...]]:
        return sorted(connection.execute(query).fetchall(), key=repr)

    return {
        "attempts": read_history(connection),
        "details": [
            one.detail._replace(revision=0) for block in history for one in block.attempts if one.detail
        ],
        "events": rows("SELECT * FROM block_events"),
        "records": rows("SELECT * FROM item_records"),
        "annotations": rows("SELECT * FROM annotations"),
        "words": rows("SELECT * FROM annotation_words"),
        "set aside": rows("SELECT * FROM blocks_set_aside"),
        "road": rows("SELECT * FROM road"),
        "settings": rows("SELECT * FROM settings WHERE name IN ('clock', 'nudge_s')"),
        "banks": [stored_bank(connection, bank) for bank in bank_ids(connection)],
        "changed": rows("SELECT bank, removed, changed_at_ms FROM banks WHERE changed_at_ms > 0"),
        "drawable": sorted(
            (one.bank, one.item, one.item_hash, one.set or "")
            for one in read_candidates(connection, Filter(pool="all"))
        ),
    }


def check(seed: int, root: Path, steps: int = 40, *, renames: bool = False) -> World:
    """Run a schedule and check that all agree in the end and nothing is lost."""
    world = World(seed, root)
    try:
        world.run(steps, renames=renames)
        world.settle()
        first, *others = (state(machine.store) for machine in world.machines)
        for other in others:
            for name, values in first.items():
                assert other[name] == values, f"seed {seed}: {name} differ"
        assert {block.block for block in first["attempts"]} == world.blocks, f"seed {seed}: blocks are lost"
        said = {
            (kind, bank, "q2" if item == RENAMED else item, value, made)
            for kind, _, _, bank, item, value, made, _ in first["words"]
        }
        assert world.words == said, f"seed {seed}: words are lost"
    finally:
        world.close()
    return world
