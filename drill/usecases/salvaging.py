"""What can be read of a damaged database: as a new one, or as a copy that a command reads for once."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from drill.core.frozen import dataclass
from drill.errors import StorageError
from drill.storage.backup import ended_blocks
from drill.storage.salvage import Salvage, salvage
from drill.storage.salvage_checks import LostBlock
from drill.storage.store import open_writer
from drill.usecases.upkeep import newest_sound_backup

LISTED = 10
_TABLES = {
    "banks": "banks", "blocks": "blocks", "items": "questions", "media": "pictures", "road": "Road",
    "annotations": "notes, miss reasons and corrections", "blocks_set_aside": "blocks set aside",
    "former_ids": "former ids of questions", "settings": "settings", "tags": "tags",
    "sync_later": "synced words", "item_references": "references of questions",
}  # fmt: skip


class NothingReadable(StorageError):
    """No block and no question could be found in the file."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read, and how that compares with the newest sound backup."""

    read: Salvage
    backup: Path | None
    """The newest sound one; None: there is none."""
    in_backup: int
    """Blocks that could not be read here and stand in it."""

    @property
    def blocks_read(self) -> str:
        """ "2 of 3 blocks", "all 3 blocks"."""
        read = self.read
        return f"{read.blocks} of {read.known} blocks" if read.lost else f"all {read.blocks} blocks"

    @property
    def label(self) -> str:
        """What stands above every number of it; empty: nothing is known to be missing."""
        read = self.read
        if read.complete:
            return ""
        parts = [f"{self.blocks_read} could be read"]
        if read.lost_texts:
            parts.append(f"{len(read.lost_texts)} of the texts or labels of questions could not")
        if read.doubtful:
            tables = ", ".join(_TABLES[name] for name in read.doubtful)
            parts.append(f"some of these may be missing: {tables}")
        return f"Partial: {'; '.join(parts)}."

    @property
    def document(self) -> dict[str, Any]:
        """The same for JSON."""
        return {
            "blocks_read": self.read.blocks,
            "blocks_known": self.read.known,
            "lost_blocks": [
                {"block": lost.block, "started_at": lost.started_at, "why": lost.why}
                for lost in self.read.lost
            ],
            "lost_texts": list(self.read.lost_texts),
            "rows_may_be_missing_of": [_TABLES[name] for name in self.read.doubtful],
        }

    def lines(self) -> list[str]:
        """What was read and lost, in sentences."""
        read = self.read
        whole = f"All {read.blocks} blocks and {read.questions:,} questions that are known could be read."
        lines = [self.label or whole]
        lines += [
            f"  Lost: the block begun {lost.started_at or 'at a time that is lost'}: {lost.why}."
            for lost in read.lost[:LISTED]
        ]
        lines += [f"  Lost: {text}." for text in read.lost_texts[:LISTED]]
        more = max(len(read.lost) - LISTED, 0) + max(len(read.lost_texts) - LISTED, 0)
        if more:
            lines.append(f"  And {more} more.")
        if self.in_backup:
            stand = "stands" if self.in_backup == 1 else "stand"
            lines.append(
                f"{self.in_backup} of the lost {stand} in the backup {self.backup}: "
                "'drill --db BACKUP export FILE' writes its history, and 'drill --db NEW.db merge FILE' "
                "takes it into the new database."
            )
        if read.lost:
            lines.append("Figures are of the blocks read: a question of a lost block may count as new.")
        if read.lost_texts:
            lines.append("Import the banks of these questions again.")
        return lines


def salvage_to(database: Path, target: Path) -> Salvaged:
    """Write what can be read of a database into a new one. Raises DrillError, with nothing written."""
    from drill.usecases.whole_file import write_new

    if not database.is_file():
        raise StorageError(f"There is no database {database}. Give one with --db.")
    with _salvaged(database) as (copy, found):
        write_new(target, copy.read_bytes(), own=True)
        return found


@contextlib.contextmanager
def partial_copy(database: Path) -> Iterator[tuple[Path, Salvaged]]:
    """What can be read of a damaged database as one that is sound, for as long as the `with` lasts."""
    with _salvaged(database) as found:
        yield found


@contextlib.contextmanager
def _salvaged(database: Path) -> Iterator[tuple[Path, Salvaged]]:
    from drill.storage.doctor import examine
    from drill.usecases.retests import rebuild_retests

    with TemporaryDirectory(prefix="drill-") as folder:
        copy = Path(folder) / database.name
        read = salvage(database, copy)
        if not read.known and not read.questions:
            raise _nothing(database)
        with open_writer(copy) as store:
            examine(store)
            rebuild_retests(store)
            here = {block for (block,) in store.connection.execute("SELECT block FROM blocks")}
        copy.with_name(f"{copy.name}.lock").unlink(missing_ok=True)
        yield copy, _compared(read, here, newest_sound_backup(database))


def _nothing(database: Path) -> NothingReadable:
    return NothingReadable(f"Nothing of drill's can be read in {database}. Nothing was written.")


def _compared(read: Salvage, here: set[str], backup: Path | None) -> Salvaged:
    """What was read beside a backup; blocks of which only that has a trace are lost ones."""
    if backup is None:
        return Salvaged(read, None, 0)
    ended = ended_blocks(backup)
    lost = {each.block for each in read.lost}
    only = [LostBlock(block, ended[block], "only the backup has it") for block in ended.keys() - here - lost]
    both = replace(read, lost=(*read.lost, *sorted(only, key=lambda each: each.started_at or "")))
    return Salvaged(both, backup, len(ended.keys() - here))
