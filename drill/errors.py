"""The errors a person may see. Every message says what is wrong and what to do."""

from __future__ import annotations


class DrillError(Exception):
    """Refused or failed, with a message fit for a user. The command line exits with `status`."""

    status = 1


class BankError(DrillError):
    """A bank is unknown, or a file is no usable bank."""


class NothingToDraw(DrillError):
    """Fewer items match than were asked for; the message names the nearest ways out."""

    def __init__(self, message: str, fitting: int = 0) -> None:
        """`fitting` items would make a block of the same kind; 0: none would."""
        super().__init__(message)
        self.fitting = fitting

    @property
    def why(self) -> str:
        """How many there are, without the ways out of a command line."""
        return str(self).partition(" You can ")[0]

    @property
    def offer(self) -> str:
        """What is asked of the learner where some fit: "15 match. Sit 15?"."""
        return f"{self.fitting} {'matches' if self.fitting == 1 else 'match'}. Sit {self.fitting}?"


class StorageError(DrillError):
    """The database cannot be opened, read or written."""


class DatabaseDamaged(StorageError):
    """The database cannot be read as it was written."""


class DatabaseGone(StorageError):
    """The open database was deleted or replaced. What it held is saved; nothing more can be."""


class DatabaseBusy(StorageError):
    """Another drill holds the writing lock."""


class OpenBlockExists(DrillError):
    """At most one block may be open in a database."""


HELD_ELSEWHERE = "Another drill has the database"


def held_elsewhere(do: str) -> str:
    """What is said where another drill has the writing lock; `do` is what was wanted: "resume", "import"."""
    return f"{HELD_ELSEWHERE}. Close it to {do} here."


def install_text(extra: str) -> str:
    """The sentence that says how an extra is installed, e.g. "anki"; the quotes are right in every shell."""
    return f'Install it: python3 -m pip install "drill-qbank[{extra}]".'


class IllegalCommand(DrillError):
    """The block's rules do not allow this now. Nothing changed."""
