"""Keeping the data safe: the daily copy and the doctor."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from drill.core.clock import Clock
from drill.core.counts import count_text
from drill.core.frozen import dataclass
from drill.errors import DatabaseBusy, DatabaseDamaged, StorageError
from drill.storage.backup import backup_due, backups, is_sound, make_backup
from drill.storage.sqlite_errors import ASK_DOCTOR
from drill.storage.store import Store, open_reader, open_writer

if TYPE_CHECKING:
    from drill.storage.doctor_report import DoctorReport


@dataclass(frozen=True, slots=True)
class BackupResult:
    """What became of the daily copy."""

    path: Path | None = None
    problem: str = ""
    """Why there is none; the app goes on without."""


def utc_day(clock: Clock) -> date:
    """Today in UTC: the day a copy is named for."""
    return date.fromisoformat(clock.wall().iso[:10])


def back_up_daily(database: Path, clock: Clock) -> BackupResult | None:
    """Copy the database when today's copy is not there yet; None when none is due. Never raises.

    Opens a connection of its own: call it in a worker thread, after the first paint.
    """
    today = utc_day(clock)
    if not backup_due(database, today):
        return None
    try:
        return BackupResult(make_backup(database, today))
    except StorageError as error:
        return BackupResult(problem=str(error))


def check_database(database: Path, *, repair: bool = True) -> DoctorReport:
    """Examine the database and rebuild what follows from the log. What cannot be opened is a problem.

    While another drill writes, or where the file cannot be written, it is only read. No database is sound.
    """
    from drill.storage.doctor import examine
    from drill.storage.doctor_report import DoctorReport
    from drill.usecases.retests import clamped_reviews, rebuild_retests

    salvage = ""
    try:
        store, why = _open(database, repair)
        if store is None:
            return DoctorReport()
        with store:
            report = examine(store, repair=repair)
            if repair and not store.read_only and not report.problems:
                rebuild_retests(store)
                report = replace(report, retests_clamped=clamped_reviews(store))
    except StorageError as error:
        if isinstance(error, DatabaseDamaged):
            salvage = SALVAGE
        report, why = DoctorReport((str(error).removesuffix(f" {ASK_DOCTOR}"),)), ""
    problems = list(report.problems)
    if why and report.differences:
        problems.append(f"Nothing was repaired: {why}")
    if problems and (copy := newest_sound_backup(database)) is not None:
        problems.append(f"The newest sound copy is {copy}.")
    if any(problem.startswith("The file ") for problem in report.problems):
        salvage = SALVAGE
    if salvage:
        problems.append(salvage)
    return replace(report, problems=tuple(problems))


SALVAGE = "'drill doctor --salvage NEW.db' writes what can still be read into a new database."


def doctor_lines(report: DoctorReport) -> list[str]:
    """What the doctor found, in sentences, worst first."""
    lines = list(report.problems)
    for table in report.differences:
        rows = count_text(table.rows, "row")
        state = "were written anew" if report.repaired else "differ from what the log and the texts come to"
        lines.append(f"{rows} of {table.table} {state}.")
        for found in table.examples:
            name = ", ".join(map(str, found.row))
            if found.column:
                lines.append(f"  {name}: {found.column} was {found.was!r}, comes to {found.now!r}.")
            else:
                lines.append(f"  {name}: {'missing' if found.was is None else 'without reason'}.")
    if report.retests_clamped:
        clamped = f"{report.retests_clamped:,}"
        lines.append(f"Reviews dated before the one they follow, and taken at its instant: {clamped}.")
    if report.problems and not (report.blocks or report.events or report.items):
        return [*lines, "The database is not sound."]  # what could not be counted is not told as none
    blocks = count_text(report.blocks, "block")
    counted = f"{blocks} ({report.open_blocks} open), {report.events:,} events"
    verdict = "The database is sound" if report.ok else "The database is not sound"
    return [*lines, f"{verdict}: {counted}, {report.items:,} questions."]


def _open(database: Path, repair: bool) -> tuple[Store | None, str]:
    """A store to examine, to write in when that can be; else why it is only read."""
    if not repair or not database.exists() or database.stat().st_size == 0:
        return open_reader(database), ""
    try:
        return open_writer(database), ""
    except StorageError as error:
        if isinstance(error, DatabaseBusy):
            return open_reader(database), str(error)
        with contextlib.suppress(StorageError):
            return open_reader(database), str(error)
        raise


def newest_sound_backup(database: Path) -> Path | None:
    """The latest copy that is whole; reads it all."""
    return next((path for path in backups(database) if is_sound(path)), None)
