"""Everything of drill that writes, but blocks: what is done, and what may be found. For crash_writers and powercut_writers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import data
from benchmarks.crash_folders import (
    DATABASE,
    SHARED,
    TODAY,
    bank_file,
    command,
    imported_but_for_its_note,
    nothing,
    of_schema,
    other_history,
    set_clock,
    shared_folder,
    with_answers,
    with_backup,
    with_few_questions,
    with_long_history,
    with_pictures,
    with_questions,
    with_rescue,
    with_short_history,
    with_test_day,
    without_retests,
    wrong_projections,
)
from benchmarks.states import NOTE, OF_A_MACHINE, TIMES, database_state, files_state
from drill import system
from drill.core import commands as c
from drill.core.road.assessments import OutsideWork
from drill.core.vocabulary import Confidence
from drill.storage.annotations import write_note
from drill.storage.backup import make_backup
from drill.storage.road import write_entries
from drill.storage.schema import MIGRATIONS
from drill.storage.settings import write_setting
from drill.storage.store import Store, open_writer
from drill.usecases.rescuing import go_on_from, waiting
from drill.usecases.retests import rebuild_retests
from tests.sittings import sit

RELEASED_SCHEMA = 1
"""Of version 0.1.0; the others were on the main branch only."""


@dataclass(frozen=True)
class Writer:
    """Something that writes in the current folder, as a command or as a function."""

    name: str
    prepare: Callable[[Path], None]
    """Makes the database and the files that are read, in a folder."""
    words: tuple[str, ...] = ()
    act: Callable[[], object] = lambda: None
    """Where it is no command of its own."""
    pieces: Callable[[Store], Iterator[object]] | None = None
    """A writer of many small pieces: gives something after each that is kept."""
    counts: str = ""
    """SQL that counts them."""
    writes: str = ""
    """The file it makes beside the database, or the folder; empty: it writes the database."""
    repeatable: bool = True
    """Whether it may run again once it is done."""
    last: str = ""
    """Of several files the one without which the others count for nothing."""
    folder: str = ""
    """The folder it shares with other machines."""
    moves: bool = False
    """It moves whole databases: between before and after each is somewhere."""

    def run(self) -> str:
        """Do it; what it said in the end where it refused. Raises whatever is no sentence."""
        if self.words:
            return command(*self.words)
        set_clock()
        self.act()
        return ""

    def state(self, folder: Path, *, whole: bool = False) -> str:
        """What is there; `whole`: also whether an import knows its file again."""
        if self.writes:
            return files_state(folder / self.writes)
        if self.moves:
            return " ".join(f"{path.name}:{database_state(path)}" for path in sorted(folder.glob("*.db")))
        whole = whole or "note" in self.name
        return database_state(
            folder / DATABASE, OF_A_MACHINE if self.folder else (), TIMES if whole else TIMES | NOTE
        )

    def is_whole(self, found: str, before: str, after: str) -> bool:
        """Whether that is what was before or what is after; of several files each one by one."""
        if self.moves:
            databases, kept = ({each.partition(":")[2] for each in all_.split()} for all_ in (before, found))
            return databases <= kept
        if self.last and f"{self.last}:" in found:
            return found == after
        if self.writes:
            return {*found.split()} <= {*before.split(), *after.split()}
        return found in (before, after)


# What is done


def open_and_close() -> None:
    """A start that migrates."""
    open_writer(Path(DATABASE)).close()


def first_start() -> None:
    """The database is made, with the shipped banks."""
    from drill.usecases.opening import open_for_writing

    open_for_writing(Path(DATABASE), system.SystemClock()).close()


def schedule() -> None:
    with open_writer(Path(DATABASE)) as store:
        rebuild_retests(store)


def take_over() -> None:
    """What is said yes to at the next start after a loss."""
    database = Path(DATABASE)
    rescued = waiting(database)
    if rescued is not None:
        go_on_from(database, rescued)


def settings(store: Store) -> Iterator[object]:
    for number in range(100_000):
        yield write_setting(store, f"crash_{number}", "x")


def notes(store: Store) -> Iterator[object]:
    for number in range(100_000):
        yield write_note(store, data.BANK, f"case-{number:06}", "a note", number)


def road_entries(store: Store) -> Iterator[object]:
    for number in range(100_000):
        work = OutsideWork(str(number), TODAY, "a book", 20, None, None, True)
        yield write_entries(store, [work], number)


def confidence(store: Store) -> Iterator[object]:
    """How sure one is, said again and again in a block."""
    runner = sit(store, "unsure", steps=((1_000, c.Choose("A")),), end=False, items=5)
    while True:
        for how in Confidence:
            yield runner.dispatch(c.Rate(how))


WRITERS = (
    Writer("first start", nothing, act=first_start),
    Writer("import, a new bank", bank_file(300, bank="new"), ("import", "bank.yaml")),
    Writer("import, every text changed", bank_file(300, seed=2), ("import", "bank.yaml")),
    Writer("import, 10,000 questions", bank_file(10_000, bank="large"), ("import", "bank.yaml")),
    Writer("import, its note alone", imported_but_for_its_note, ("import", "bank.yaml")),
    Writer("banks --remove", with_short_history, ("banks", "--remove", data.BANK), repeatable=False),
    Writer("merge", other_history, ("merge", "history.jsonl")),
    Writer("sync", shared_folder, ("sync", SHARED), folder=SHARED),
    Writer("doctor, rebuilding", wrong_projections, ("doctor",)),
    Writer("doctor --salvage", with_short_history, ("doctor", "--salvage", "new.db"), writes="new.db", repeatable=False),
    Writer("retest schedule", without_retests, act=schedule),
    *(Writer(f"migration from schema {version}", of_schema(version), act=open_and_close) for version in range(1, len(MIGRATIONS))),
    Writer("demo", with_questions, ("demo", "--blocks", "6"), repeatable=False),
    Writer("set-aside", with_short_history, ("set-aside", "7", "--reason", "fire alarm"), repeatable=False),
    Writer("dates", with_short_history, ("dates", "--test", "2027-01-20"), repeatable=False),
    Writer("attempts", with_short_history, ("attempts", "add", "2026-10-14"), repeatable=False),
    Writer("score", with_short_history, ("score", "add", "--date", "2026-10-14", "--total", "209"), repeatable=False),
    Writer("assessment", with_short_history, ("assessment", "add", "--family", "uwsa", "--total", "221"), repeatable=False),
    Writer("outside", with_short_history, ("outside", "add", "A book", "40"), repeatable=False),
    Writer("busy", with_short_history, ("busy", "rest", "Sun", "Wed"), repeatable=False),
    Writer("rescue taken over", with_rescue, act=take_over, moves=True),
    Writer("settings", with_few_questions, pieces=settings, counts="SELECT count(*) FROM settings WHERE name LIKE 'crash_%'"),
    Writer("review annotations", with_few_questions, pieces=notes, counts="SELECT count(*) FROM annotations WHERE kind = 'note'"),
    Writer("Road's entries", with_few_questions, pieces=road_entries, counts="SELECT count(*) FROM road WHERE kind = 'outside'"),
    Writer("confidence", with_few_questions, pieces=confidence, counts="SELECT count(*) FROM block_events WHERE kind = 'rated'"),
    Writer("backup", with_backup, act=lambda: make_backup(Path(DATABASE).absolute(), TODAY), writes="backups"),
    Writer("backup, the first", with_few_questions, act=lambda: make_backup(Path(DATABASE).absolute(), TODAY), writes="backups"),
    Writer("kept report: pacing", with_long_history, ("pacing",), writes=f"{DATABASE}.kept-pacing"),
    Writer("kept report: next-step", with_long_history, ("next-step",), writes=f"{DATABASE}.kept-next-step"),
    Writer("export", with_short_history, ("export", "out.jsonl"), writes="out.jsonl"),
    Writer("export --answers-only", with_short_history, ("export", "--answers-only", "out.csv"), writes="out.csv", repeatable=False),
    Writer("bank-stats --to", with_answers, ("bank-stats", "answers.csv", "--bank", "bank.yaml", "--to", "out.yaml"), writes="out.yaml", repeatable=False),
    Writer("history --parquet", with_short_history, ("history", "--parquet", "out.parquet"), writes="out.parquet"),
    Writer("report", with_short_history, ("report", "--to", "out.html"), writes="out.html"),
    Writer("road --page", with_short_history, ("road", "--page", "out.html"), writes="out.html"),
    Writer("plan --ics", with_test_day, ("plan", "--ics", "out.ics"), writes="out.ics"),
    Writer("outline --to", nothing, ("outline", "usmle-outline", "--to", "out.yaml"), writes="out.yaml", repeatable=False),
    Writer("new-bank", nothing, ("new-bank", "out.yaml"), writes="out.yaml", repeatable=False),
    Writer("export-bank", with_short_history, ("export-bank", data.BANK, "out.zip"), writes="out.zip", repeatable=False),
    Writer("export-anki", with_short_history, ("export-anki", "out.txt", "--all"), writes="out.txt", repeatable=False),
    Writer("export-anki, with pictures", with_pictures, ("export-anki", "out/anki.txt", "--all"), writes="out", repeatable=False, last="anki.txt"),
    Writer("completion", nothing, ("completion", "fish"), writes="data"),
)  # fmt: skip

SITS = frozenset({"block", "resume", "day"})
"""Commands that sit blocks: benchmarks/crash.py and benchmarks/powercut.py."""
READS = frozenset({"check", "lint", "items", "explain", "preview", "due", "serve", "datasette"})
"""Commands that only read."""
READ_FILES = frozenset({"--db", "--areas", "--read", "--bank"})
"""Options whose file is read."""
