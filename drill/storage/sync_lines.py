"""Lines that only files of a synced folder have: what the learner's settings and banks are, and since when.

Docs: docs/sync.md.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping

from drill.core.frozen import dataclass
from drill.core.ranges import MAX_WALL_MS
from drill.storage.banks import BANK_FIELDS
from drill.storage.rows import insert, named
from drill.storage.settings import LEARNERS
from drill.storage.untrusted import BadLine, Fields

MAX_ITEMS = 1_000_000


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting, and when the learner chose it (UTC ms; 0: before that was noted)."""

    name: str
    value: str
    made_at_ms: int


@dataclass(frozen=True, slots=True)
class BankStateLine:
    """What a bank is since the learner changed it: its questions in order, or removed."""

    bank: str
    removed: bool
    items: tuple[str, ...]
    """Ids; their texts and labels stand in lines before."""
    imported_at: str
    changed_at_ms: int
    digest: str


@dataclass(frozen=True, slots=True)
class BankState:
    """The same as it is in a database; of two the greater `age` stands."""

    changed_at_ms: int
    removed: bool
    digest: str

    @property
    def age(self) -> tuple[int, bool, str]:
        """Orders states; at a tie removal wins, then the greater digest, wherever it was."""
        return self.changed_at_ms, self.removed, self.digest


def read_setting_line(fields: Fields) -> SettingLine:
    """Read a setting back. Raises BadLine."""
    made_at_ms = fields.whole("made_at_ms", 0, MAX_WALL_MS)
    return SettingLine(fields.name("name"), fields.text("value"), made_at_ms)


def merge_setting(connection: sqlite3.Connection, line: SettingLine) -> bool:
    """Take a setting over if it was chosen later; whether it was. Those of one machine are never taken."""
    if line.name not in LEARNERS:
        return False
    row = connection.execute("SELECT made_at_ms, value FROM settings WHERE name = ?", (line.name,)).fetchone()
    if row is not None and (line.made_at_ms, line.value) <= row:
        return False
    row = {"name": line.name, "value": line.value, "made_at_ms": line.made_at_ms}
    insert(connection, "settings", [row], replace=True)
    return True


def read_bank_state_line(fields: Fields) -> BankStateLine:
    """Read a bank's state back. Raises BadLine."""
    rows = fields.rows("items", MAX_ITEMS)
    items = tuple(Fields({"item": one}, "a question of the bank").name("item") for one in rows)
    if len(set(items)) != len(items):
        raise BadLine("a bank names a question twice")
    return BankStateLine(
        bank=fields.name("bank"),
        removed=fields.flag("removed"),
        items=items,
        imported_at=fields.instant("imported_at"),
        changed_at_ms=fields.whole("changed_at_ms", 1, MAX_WALL_MS),
        digest=fields.name("digest"),
    )


def state_digest(about: Mapping[str, str | None], items: Iterable[tuple[str, str, str]]) -> str:
    """Fingerprint of a bank in use: what its author says, and (id, item_hash, meta_hash) in order."""
    stated = [[about[name] for name in BANK_FIELDS], *map(list, items)]
    text = json.dumps(stated, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


REMOVED = "removed"
"""The digest of every bank that was removed."""


def bank_states(connection: sqlite3.Connection) -> dict[str, BankState]:
    """The banks that the learner imported or removed, by id."""
    rows = named(
        connection,
        f"""SELECT bank, removed, changed_at_ms, {", ".join(BANK_FIELDS)} FROM banks
            WHERE changed_at_ms > 0 ORDER BY bank""",
    ).fetchall()
    return {
        row["bank"]: BankState(
            row["changed_at_ms"],
            row["removed"] == 1,
            REMOVED if row["removed"] else state_digest(row, _items(connection, row["bank"])),
        )
        for row in rows
    }


def _items(connection: sqlite3.Connection, bank: str) -> Iterable[tuple[str, str, str]]:
    return connection.execute(
        """SELECT item, item_hash, meta_hash FROM items WHERE bank = ? AND missing = 0
           ORDER BY ordinal, item""",
        (bank,),
    )
