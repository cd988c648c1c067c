"""Opening the database, and keeping the shipped banks in it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from drill import __version__, system
from drill.core.clock import Clock
from drill.errors import BankError, StorageError
from drill.storage.shipped import keep_stamp, shipped_banks
from drill.storage.store import Store, open_writer


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


def _import_shipped(store: Store, files: Sequence[Path], now: str) -> None:
    known = shipped_banks(store.connection)
    stamps = {bank.stamp for bank in known}
    for path in files:
        stamp = _stamp(path)
        if stamp not in stamps:
            _import_changed(store, path, stamp, now)


def _stamp(path: Path) -> str:
    """What a file is known by without being read."""
    found = path.stat()
    return f"{__version__} {str(path)!a} {found.st_size} {found.st_mtime_ns}"


def _import_changed(store: Store, path: Path, stamp: str, now: str) -> None:
    """Import what changed; where only the stamp did, keep that."""
    import hashlib  # with OpenSSL: no other start needs it

    known = {bank.bank: bank for bank in shipped_banks(store.connection)}
    data = path.read_bytes()
    file_hash = hashlib.sha256(data).hexdigest()
    same = next((bank for bank in known.values() if bank.file_hash == file_hash), None)
    if same is not None:
        with suppress(StorageError), store.transaction() as connection:  # a full disk holds up no start
            keep_stamp(connection, same.bank, stamp)
        return
    from drill.importers import read_bank
    from drill.storage.banks import bank_ids
    from drill.storage.importing import apply_import, plan_import
    from drill.usecases.picture_files import beside

    bank = read_bank(data, name=path.name, pictures=beside(path)).bank
    if bank is None:
        raise BankError(f"The shipped bank {path} is damaged. Install drill again.")
    if bank.id in known and known[bank.id].removed:
        return
    if bank.id in bank_ids(store.connection) and bank.id not in known:
        return  # the learner's own bank of that name goes first
    plan = plan_import(store.connection, bank)
    with store.transaction() as connection:
        apply_import(store, plan, now=now, shipped=True, file_hash=file_hash)
        keep_stamp(connection, bank.id, stamp)
