"""Opening the database, and keeping the shipped banks in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from drill import system
from drill.core.clock import Clock
from drill.errors import BankError
from drill.storage.banks import bank_ids, shipped_hashes
from drill.storage.store import Store, open_reader, open_writer


def open_for_writing(path: Path, clock: Clock, banks: Sequence[Path] | None = None) -> Store:
    """Open alone, making the database with the shipped banks in one transaction when it is absent.

    A shipped bank whose file changed since is imported anew, unless the learner removed it.
    """
    files = system.shipped_bank_files() if banks is None else banks
    system.ensure_folder(path)
    now = clock.wall().iso
    store = open_writer(path, lambda new: _import_shipped(new, files, now))
    if not store.created:
        try:
            _import_shipped(store, files, now)
        except BaseException:
            store.close()
            raise
    return store


def open_for_reading(path: Path) -> Store | None:
    """Open for reading beside a writer; None when there is no database yet."""
    return open_reader(path)


def _import_shipped(store: Store, files: Sequence[Path], now: str) -> None:
    known = shipped_hashes(store.connection)
    hashes = {file_hash for file_hash, _ in known.values()}
    for path in files:
        data = path.read_bytes()
        file_hash = hashlib.sha256(data).hexdigest()
        if file_hash in hashes:
            continue
        from drill.importers import read_bank
        from drill.storage.importing import apply_import, plan_import
        from drill.usecases.picture_files import beside

        bank = read_bank(data, name=path.name, pictures=beside(path)).bank
        if bank is None:
            raise BankError(f"The shipped bank {path} is damaged. Install drill again.")
        if known.get(bank.id, (None, False))[1]:
            continue
        if bank.id in bank_ids(store.connection) and bank.id not in known:
            continue  # the learner's own bank of that name goes first
        plan = plan_import(store.connection, bank)
        apply_import(store, plan, now=now, shipped=True, file_hash=file_hash)
