"""What is said where a database is damaged: what is wrong, the newest sound copy, going back to it."""

from __future__ import annotations

from pathlib import Path

from drill.errors import DatabaseDamaged, DrillError
from drill.storage.sqlite_errors import as_storage_error
from drill.usecases.upkeep import SALVAGE, check_database, newest_sound_backup


def damage_text(database: Path, error: Exception) -> str | None:
    """The sentences for an error that a damaged database explains; None when the database is not to blame.

    Reads the whole database, and changes nothing.
    """
    if isinstance(error, OSError) or not database.is_file():
        return None
    said = as_storage_error(database, error)
    if said is not None and not isinstance(said, DatabaseDamaged):
        return str(said)
    if said is not None:
        what = str(said)
    else:
        try:
            report = check_database(database, repair=False)
        except DrillError as refused:
            return str(refused)
        if report.ok:
            return None
        first = report.problems[0] if report.problems else "Some rows do not follow from the log."
        what = f"{database} is damaged. {first} 'drill doctor' tells all and mends what follows from the log."
    return f"{what} {way_back(database)}"


def way_back(database: Path) -> str:
    """The newest sound copy, and what to do with it."""
    copy = newest_sound_backup(database)
    if copy is None:
        return f"There is no sound copy in the backups folder beside it; keep the damaged file. {SALVAGE}"
    return f"The newest sound copy is {copy}. {in_its_place(database, 'go back to')} {SALVAGE}"


def in_its_place(database: Path, do: str) -> str:
    """How another file takes the place of a database; `do` is what for: "go back to"."""
    name = database.name
    return f"To {do} it close drill, rename {name} and its -wal and -shm, and copy it there as {name}."
