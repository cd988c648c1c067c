"""Bringing questions in, and seeing what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from drill.core.clock import Clock
from drill.errors import BankError, DrillError, held_elsewhere
from drill.importers import ReadResult, read_bank
from drill.importers.diagnostics import Diagnostic, Severity
from drill.importers.source import MAX_FILE_BYTES, MAX_PACKAGE_BYTES, is_zip, too_large
from drill.storage.banks import read_item
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import Store, open_reader
from drill.usecases.file_result import FileResult
from drill.usecases.import_view import LISTED
from drill.usecases.picture_files import beside


def read_file(
    path: Path,
    format: str | None = None,  # noqa: A002 - the option's name
    data: bytes | None = None,
) -> tuple[ReadResult, str]:
    """Read a bank from a file, with the SHA-256 of its bytes. A file that cannot be read is a diagnostic.

    `data` is what came from standard input instead: YAML, unless the format is named.
    """
    if data is not None:
        read = read_bank(data, name="standard-input", format=format or "yaml")
        return read, hashlib.sha256(data).hexdigest()
    try:
        if path.is_dir():
            return _refused("it is a folder", "Give a file."), ""
        size = path.stat().st_size
        with path.open("rb") as stream:
            limit = MAX_PACKAGE_BYTES if is_zip(stream.read(4)) else MAX_FILE_BYTES
            if size > limit:
                return ReadResult(None, diagnostics=too_large(size, limit).sorted_diagnostics()), ""
            stream.seek(0)
            data = stream.read(limit)
    except OSError as error:
        return _refused((error.strerror or str(error)).lower(), "Check the name and its permissions."), ""
    read = read_bank(data, name=path.name, format=format, pictures=beside(path))
    return read, hashlib.sha256(data).hexdigest()


def _refused(what: str, hint: str) -> ReadResult:
    message = f"This file cannot be read: {what}."
    return ReadResult(None, diagnostics=(Diagnostic(Severity.ERROR, "unreadable-file", 1, 1, message, hint),))


def check_file(
    path: Path,
    store: Store | None = None,
    format: str | None = None,  # noqa: A002
    data: bytes | None = None,
) -> FileResult:
    """Validate a file and, given a store, compare it with what is there. Writes nothing.

    `data` as in `read_file`.
    """
    read, file_hash = read_file(path, format, data)
    if store is None or read.bank is None:
        return FileResult(str(path), read, file_hash=file_hash)
    plan = plan_import(store.connection, read.bank)
    changed = (*plan.revised, *plan.relabelled)[:LISTED]
    before = {item.id: read_item(store.connection, read.bank.id, item.id) for item in changed}
    return FileResult(str(path), read, plan, before, file_hash)


def check_beside(path: Path, store: Store) -> FileResult:
    """The same for a thread: on a connection of its own, where the store is a file."""
    if store.path is None:
        return check_file(path, store)
    reader = open_reader(store.path)
    if reader is None:
        return check_file(path)
    with reader:
        return check_file(path, reader)


def import_checked(result: FileResult, store: Store, clock: Clock, *, retire_missing: bool = False) -> None:
    """Import a file as it was read and compared by `check_file` with this store, in one transaction."""
    if store.read_only:
        raise DrillError(held_elsewhere("import"))
    if result.read.bank is None:
        raise BankError(f"{result.path} has mistakes; nothing was imported.")
    plan = result.plan or plan_import(store.connection, result.read.bank)
    apply_import(store, plan, now=clock.wall().iso, file_hash=result.file_hash, retire_missing=retire_missing)


def import_file(
    path: Path,
    store: Store,
    clock: Clock,
    *,
    format: str | None = None,  # noqa: A002
    retire_missing: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
    data: bytes | None = None,
) -> FileResult:
    """Import a file whole or not at all, in one transaction. `data` as in `read_file`."""
    progress("reading")
    read, file_hash = read_file(path, format, data)
    if read.bank is None:
        return FileResult(str(path), read)
    progress("comparing")
    plan = plan_import(store.connection, read.bank)
    progress("writing")
    apply_import(store, plan, now=clock.wall().iso, file_hash=file_hash, retire_missing=retire_missing)
    progress("done")
    return FileResult(str(path), read, plan)
