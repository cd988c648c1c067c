"""Syncing with other machines through a folder that any tool carries. Docs: docs/sync.md.

Two steps, each safe to be cut off anywhere: take in every file that was not read yet, each in one transaction
that also notes what it holds; then write what no file of the folder holds, and note that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from drill import system
from drill.core.clock import Clock
from drill.core.frozen import dataclass
from drill.errors import DrillError, StorageError
from drill.storage.annotations import count_conflicts
from drill.storage.export import document
from drill.storage.merge_synced import merge_segment, reconsider
from drill.storage.settings import SYNC_FOLDER, read_settings, write_setting
from drill.storage.store import Store, open_beside
from drill.storage.sync_units import known_segments, note_segment, unwritten
from drill.usecases.sync_folder import SegmentFile, SyncFolder, packed, unpacked

_MACHINE = "sync_machine"


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What came and what went."""

    blocks_came: int = 0
    banks_came: tuple[str, ...] = ()
    banks_removed: tuple[str, ...] = ()
    """Taken out of use, as on another machine."""
    words_came: int = 0
    """Annotations that stand now."""
    road_came: int = 0
    settings_came: int = 0
    blocks_went: int = 0
    files_written: int = 0
    not_whole: int = 0
    """Files that have not come whole yet, or were damaged: they are tried again next time."""
    kept: int = 0
    """New conflicts: words that a later one replaced without knowing them."""
    problems: tuple[str, ...] = ()
    """What could not be taken in, in sentences."""
    is_cut: bool = False
    """Whether it was stopped between two files; the rest comes next time."""

    @property
    def came(self) -> bool:
        """Whether anything here changed."""
        return any(
            (self.blocks_came, self.banks_came, self.banks_removed, self.words_came, self.road_came,
             self.settings_came)
        )  # fmt: skip


def sync_beside(path: Path, clock: Clock, may_go_on: Callable[[], bool]) -> SyncReport:
    """Sync with the folder of the last time on a connection of its own, for a thread. Raises DrillError."""
    with open_beside(path) as store:
        return sync(store, sync_folder(store, None), clock, may_go_on)


def remembered_folder(store: Store) -> Path | None:
    """The folder of the last sync."""
    text = read_settings(store.connection).get(SYNC_FOLDER, "")
    return Path(text) if text else None


def sync_folder(store: Store, folder: Path | None, new_id: Callable[[], str] = system.new_id) -> SyncFolder:
    """A folder that is there, remembered for the next time; None: that of the last time.

    Raises DrillError.
    """
    store.check_writable("sync")
    known = read_settings(store.connection)
    if "demo" in known:
        raise DrillError("This is a demonstration; what is made up is not synced. Sync your own database.")
    named = folder.expanduser().absolute() if folder is not None else remembered_folder(store)
    if named is None:
        raise DrillError("No folder was named yet. Name the one that is carried: drill sync FOLDER")
    found = SyncFolder(named, known.get(_MACHINE) or new_id())
    found.check()
    if known.get(SYNC_FOLDER) != str(named) or _MACHINE not in known:
        with store.transaction():
            write_setting(store, SYNC_FOLDER, str(named))
            write_setting(store, _MACHINE, found.machine)
    return found


def sync(
    store: Store, folder: SyncFolder, clock: Clock, may_go_on: Callable[[], bool] = lambda: True
) -> SyncReport:
    """Take in what others wrote, then write what they have not. Raises DrillError.

    `may_go_on` is asked before each file.
    """
    report, present = _take_in(store, folder, clock, may_go_on)
    reconsider(store, clock.wall().iso)
    with store.snapshot() as connection:
        went = [
            (packed(document(segment.lines, clock.wall().iso)), segment)
            for segment in (() if report.is_cut else unwritten(connection, present))
        ]
    for data, segment in went:
        if not may_go_on():
            return replace(report, is_cut=True)
        written = folder.write(data)
        with store.transaction() as connection:
            note_segment(connection, written, len(data), segment.units)
        report = replace(
            report,
            blocks_went=report.blocks_went + segment.blocks,
            files_written=report.files_written + 1,
        )
    return report


def _take_in(
    store: Store, folder: SyncFolder, clock: Clock, may_go_on: Callable[[], bool]
) -> tuple[SyncReport, set[str]]:
    """Take in each file that is new here; what came, and the files that are there whole."""
    groups: dict[str, list[SegmentFile]] = {}
    for one in folder.find():
        groups.setdefault(one.segment, []).append(one)
    known = known_segments(store.connection)
    present = {
        segment for segment, found in groups.items() if known.get(segment) in {one.bytes for one in found}
    }
    known_conflicts = count_conflicts(store.connection)
    report = SyncReport()
    for segment, found in groups.items():
        if segment in known:
            continue
        if not may_go_on():
            report = replace(report, is_cut=True)
            break
        data = next(filter(None, map(folder.read, found)), None)
        if data is None:
            report = replace(report, not_whole=report.not_whole + 1)
            continue
        try:
            report = _merge(store, segment, data, clock, report)
        except StorageError:
            raise
        except DrillError as error:
            report = replace(report, problems=(*report.problems, f"{found[0].path} was left out: {error}"))
            continue
        present.add(segment)
    return replace(report, kept=max(count_conflicts(store.connection) - known_conflicts, 0)), present


def _merge(store: Store, segment: str, data: bytes, clock: Clock, report: SyncReport) -> SyncReport:
    """Merge a whole file and note what it holds, in one transaction."""
    with store.transaction() as connection:
        merged = merge_segment(store, unpacked(data), clock.wall().iso)
        note_segment(connection, segment, len(data), merged.units)
    refused = tuple(f"Block {one.block} was refused: {one.why}." for one in merged.refused)
    return replace(
        report,
        blocks_came=report.blocks_came + merged.blocks_added,
        banks_came=(*report.banks_came, *merged.banks_changed),
        banks_removed=(*report.banks_removed, *merged.banks_removed),
        words_came=report.words_came + merged.annotations_changed,
        road_came=report.road_came + merged.road_changed,
        settings_came=report.settings_came + merged.settings_changed,
        problems=(*report.problems, *refused),
    )
