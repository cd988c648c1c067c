"""Files that were asked for are written whole or not at all; what a killed drill left beside them goes."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from drill.errors import DrillError


@contextlib.contextmanager
def whole_file(target: Path, *, own: bool = False) -> Iterator[BinaryIO]:
    """A file under another name, which gets its own, on the disk, when the `with` ends without an error.

    `own`: nobody but its owner may ever read it.

    Raises DrillError when it cannot be written; what bore the name is then as it was.
    """
    unfinished = _unfinished(target)
    try:
        _clear_orphans(target)
        with open(unfinished, "wb", opener=_owners if own else None) as file:
            yield file
            _sync(file)
        os.replace(unfinished, target)
        sync_names(target.parent)
    except OSError as error:
        raise refusal(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def write_new(target: Path, data: bytes, *, own: bool = False) -> None:
    """Write a file whose name nothing bears yet. Raises DrillError."""
    if target.exists():
        raise DrillError(f"{target} exists already. Give another name.")
    with whole_file(target, own=own) as file:
        file.write(data)


def write_new_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """The same of a folder with its files."""
    if target.exists():
        raise DrillError(f"{target} exists already. Give another name.")
    unfinished = _unfinished(target)
    try:
        _clear_orphans(target)
        unfinished.mkdir()
        for name, data in files.items():
            with (unfinished / name).open("wb") as file:
                file.write(data)
                _sync(file)
        sync_names(unfinished)
        unfinished.rename(target)
        sync_names(target.parent)
    except OSError as error:
        raise refusal(target, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def write_new_with_folder(target: Path, data: bytes, folder: Path, files: Mapping[str, bytes]) -> None:
    """Both: the file gets its name last, and where it gets none the folder is taken away again.

    Of a process that was killed between the two names the folder stays, beside what `was_killed` finds.
    """
    made = False
    try:
        with whole_file(target) as file:
            file.write(data)
            _sync(file)
            sync_names(target.parent)
            write_new_folder(folder, files)
            made = True
    finally:
        if made and not target.exists():
            shutil.rmtree(folder, ignore_errors=True)


def was_killed(target: Path) -> bool:
    """Whether a process that is no more left this file half-written."""
    return any(_orphans(target))


def refusal(target: Path, error: OSError) -> DrillError:
    """What is said where a file cannot be written."""
    return DrillError(
        f"{target} cannot be written: {error.strerror or error}. Check the folder, or give another file."
    )


def _owners(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync(file: BinaryIO) -> None:
    """Bring what was written to the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_names(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows and some file systems of sticks do not."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unfinished(target: Path) -> Path:
    return target.with_name(f"{target.name}.{os.getpid()}.unfinished")


def _clear_orphans(target: Path) -> None:
    """Take away what processes that are no more left half-written for this file."""
    with contextlib.suppress(OSError):
        for file in _orphans(target):
            shutil.rmtree(file) if file.is_dir() else file.unlink(missing_ok=True)


def _orphans(target: Path) -> Iterator[Path]:
    named = re.compile(rf"{re.escape(target.name)}\.(\d{{1,9}})\.unfinished")
    for file in target.parent.iterdir():
        found = named.fullmatch(file.name)
        if found and not _runs(int(found[1])):
            yield file


def _runs(process: int) -> bool:
    if sys.platform == "win32":
        return False  # a file that is open there cannot be taken away
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
