"""Bringing questions in, and seeing what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from drill.core.clock import Clock
from drill.core.frozen import dataclass
from drill.core.items import Item
from drill.errors import BankError
from drill.importers import ReadResult, read_bank
from drill.importers.diagnostics import Diagnostic, Severity
from drill.importers.pictures_beside import NO_PICTURES
from drill.importers.source import MAX_FILE_BYTES, MAX_PACKAGE_BYTES, is_zip, too_large
from drill.storage import imported_as
from drill.storage.banks import read_item
from drill.storage.importing import apply_import, plan_import
from drill.storage.store import Store, open_reader
from drill.usecases.file_result import FileResult
from drill.usecases.import_view import LISTED
from drill.usecases.own_code import code_digest
from drill.usecases.picture_files import beside


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be read."""

    format: str | None = None
    """One of the formats; None: by the file's name and content."""
    strict: bool = False
    """Whether a file of another format is refused where a question of it cannot be taken."""
    answers_from: int | None = None
    """Whether answers that are numbers count from 0 or 1; None: as the file shows."""


def read_file(path: Path, reading: Reading = Reading(), data: bytes | None = None) -> tuple[ReadResult, str]:
    """Read a bank from a file, with the SHA-256 of its bytes. A file that cannot be read is a diagnostic.

    `data` is what came from standard input instead: YAML, unless the format is named.
    """
    given = _given(path, data)
    if isinstance(given, ReadResult):
        return given, ""
    return _read(path, reading, given, from_file=data is None), hashlib.sha256(given).hexdigest()


def _given(path: Path, data: bytes | None) -> bytes | ReadResult:
    """The bytes to read, or why there are none."""
    if data is not None:
        return data
    try:
        if path.is_dir():
            return _refused("it is a folder", "Give a file.")
        size = path.stat().st_size
        with path.open("rb") as stream:
            limit = MAX_PACKAGE_BYTES if is_zip(stream.read(4)) else MAX_FILE_BYTES
            if size > limit:
                return ReadResult(None, diagnostics=too_large(size, limit).sorted_diagnostics())
            stream.seek(0)
            return stream.read(limit)
    except OSError as error:
        return _refused((error.strerror or str(error)).lower(), "Check the name and its permissions.")


def _read(path: Path, reading: Reading, data: bytes, *, from_file: bool) -> ReadResult:
    return read_bank(
        data,
        name=path.name if from_file else "standard-input",
        format=reading.format or (None if from_file else "yaml"),
        pictures=beside(path) if from_file else NO_PICTURES,
        strict=reading.strict,
        answers_from=reading.answers_from,
    )


def _refused(what: str, hint: str) -> ReadResult:
    message = f"This file cannot be read: {what}."
    return ReadResult(None, diagnostics=(Diagnostic(Severity.ERROR, "unreadable-file", 1, 1, message, hint),))


def check_file(
    path: Path,
    store: Store | None = None,
    reading: Reading = Reading(),
    data: bytes | None = None,
) -> FileResult:
    """Validate a file and, given a store, compare it with what is there. Writes nothing.

    `data` as in `read_file`.
    """
    read, file_hash = read_file(path, reading, data)
    if store is None or read.bank is None:
        return FileResult(str(path), read, file_hash=file_hash)
    plan = plan_import(store.connection, read.bank)
    changed = (*plan.revised, *plan.relabelled)[:LISTED]
    before = {item.id: _stored(store, read.bank.id, item.id, plan.renamed) for item in changed}
    return FileResult(str(path), read, plan, before, file_hash)


def _stored(store: Store, bank: str, item: str, renamed: Mapping[str, str]) -> Item:
    """An item as it is stored, perhaps under an id it had before."""
    try:
        return read_item(store.connection, bank, item)
    except BankError:
        return read_item(store.connection, bank, next(old for old, new in renamed.items() if new == item))


def check_beside(path: Path, store: Store) -> FileResult:
    """The same for a thread: on a connection of its own, where the store is a file."""
    if store.path is None:
        return check_file(path, store)
    reader = open_reader(store.path)
    if reader is None:
        return check_file(path)
    with reader:
        return check_file(path, reader)


def may_retire(read: ReadResult) -> bool:
    """Whether missing questions may be hidden: not where some were left out for a mistake."""
    return all(each.code == "skipped" for each in read.skipped)


def import_checked(result: FileResult, store: Store, clock: Clock, *, retire_missing: bool = False) -> None:
    """Import a file as it was read and compared by `check_file` with this store, in one transaction."""
    store.check_writable("import")
    if result.read.bank is None:
        raise BankError(f"{result.path} has mistakes; nothing was imported.")
    plan = result.plan or plan_import(store.connection, result.read.bank)
    retire = retire_missing and may_retire(result.read)
    apply_import(store, plan, now=clock.wall().iso, file_hash=result.file_hash, retire_missing=retire)


def import_file(
    path: Path,
    store: Store,
    clock: Clock,
    *,
    reading: Reading = Reading(),
    retire_missing: bool = False,
    progress: Callable[[str], None] = lambda stage: None,
    data: bytes | None = None,
) -> FileResult:
    """Import a file in one transaction. `data` as in `read_file`.

    Drill's own format comes in whole or not at all; of others what is good. Nothing is retired where a
    question was left out for a mistake: it may be one of those that are missing.
    """
    progress("reading")
    given = _given(path, data)
    if isinstance(given, ReadResult):
        return FileResult(str(path), given)
    file_hash, now = hashlib.sha256(given).hexdigest(), clock.wall().iso
    # All that decides what is read of these bytes; pictures beside the file are looked at each time.
    how = f"{file_hash} {path.name if data is None else ''} {reading!r} {code_digest()}"
    plan = imported_as.plan_again(store, file_hash, how, now)
    if plan is not None:
        progress("done")
        return FileResult(str(path), ReadResult(plan.bank), plan)
    read = _read(path, reading, given, from_file=data is None)
    del given  # as large as the questions
    if read.bank is None:
        return FileResult(str(path), read)
    progress("comparing")
    plan = plan_import(store.connection, read.bank)
    progress("writing")
    retire = retire_missing and may_retire(read)
    apply_import(store, plan, now=now, file_hash=file_hash, retire_missing=retire)
    if not (
        read.diagnostics or read.skipped or read.notes or read.bank.media or (plan.missing and not retire)
    ):
        imported_as.remember(store, read.bank.id, how)
    progress("done")
    return FileResult(str(path), read, plan)
