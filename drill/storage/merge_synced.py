"""Taking in a file of a synced folder: a history, and with it banks in use and settings.

Docs: docs/sync.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from drill.storage import same_questions, sync_units
from drill.storage.export import text_lines
from drill.storage.history_lines import BlockLine, Line, WordLine, read_line
from drill.storage.importing import apply_import, plan_import
from drill.storage.item_lines import TextLine
from drill.storage.merge import Merge, MergeReport, block_is_here, merge_lines
from drill.storage.merge_texts import Texts, line_age
from drill.storage.road_lines import RoadLine
from drill.storage.rows import insert, update
from drill.storage.set_aside import SetAside, write_word
from drill.storage.store import Store
from drill.storage.sync_lines import (
    REMOVED,
    BankState,
    BankStateLine,
    SettingLine,
    bank_states,
    merge_setting,
)


def merge_segment(store: Store, lines: Iterable[str], now: str) -> MergeReport:
    """`drill.storage.merge.merge_history` for the lines of a file of a synced folder."""
    return merge_lines(_SyncedMerge(store, now), lines)


def reconsider(store: Store, now: str) -> None:
    """Let lines count that could not when they came: their block came, or no bank in use has their item."""
    with store.transaction() as connection:
        texts = Texts(connection, now)
        for (text,) in connection.execute("SELECT line FROM sync_later").fetchall():
            match read_line(text):
                case TextLine() as line:
                    counts = not texts.waits(line)
                    texts.take_over(line)
                case SetAside() as said:
                    counts = block_is_here(connection, said.block)
                    if counts:
                        write_word(connection, said)
                case _:
                    counts = True
            if counts:
                connection.execute("DELETE FROM sync_later WHERE line = ?", (text,))
        if texts.is_newer:
            same_questions.rebuild(connection)


class _SyncedMerge(Merge):
    """One file of a synced folder."""

    synced = True

    def __init__(self, store: Store, now: str) -> None:
        super().__init__(store, now)
        self._units: set[str] = set()
        self._states: list[BankStateLine] = []
        self._settings = 0
        self._text = ""
        self._newest: dict[tuple[str, str], str] = {}
        """Lines of items' newest texts."""

    def take(self, number: int, text: str) -> None:
        self._text = text
        super().take(number, text)

    def take_line(self, number: int, line: Line) -> None:
        match line:
            case BlockLine():
                self._units.add(sync_units.block_unit(line.plan.block))
            case WordLine():
                self._units.add(sync_units.word_unit(line.said))
            case RoadLine():
                self._units.add(sync_units.road_unit(line.kind, line.id, line.value, line.made_at_ms))
            case TextLine(latest=True):
                self._units.add(sync_units.text_unit(line.bank, line.item.id, line_age(line)))
                self._newest[line.bank, line.item.id] = self._text
            case SetAside():
                self._units.add(sync_units.set_aside_unit(line))
                if not block_is_here(self.store.connection, line.block):
                    self._keep_for_later([self._text])
            case SettingLine():
                self._units.add(sync_units.setting_unit(line.name, line.value, line.made_at_ms))
                self._settings += merge_setting(self.store.connection, line)
            case BankStateLine():
                self._states.append(line)
        super().take_line(number, line)

    def finish(self) -> MergeReport:
        changed = [state for state in self._states if self._take_state(state)]
        report = super().finish()
        self._keep_for_later(self._newest[name] for name in self.texts.waiting())
        return replace(
            report,
            banks_changed=tuple(state.bank for state in changed if not state.removed),
            banks_removed=tuple(state.bank for state in changed if state.removed),
            settings_changed=self._settings,
            units=frozenset(self._units),
        )

    def _remember_newer(self, line: BankStateLine) -> None:
        """What is known of questions from later changes of a bank counts again once no bank has them."""
        newer = self.store.connection.execute(
            "SELECT bank, item, revision FROM items WHERE bank = ? AND labelled_ms > ?",
            (line.bank, line.changed_at_ms),
        ).fetchall()
        self._keep_for_later(json.dumps(line) for line in text_lines(self.store.connection, newer))

    def _keep_for_later(self, lines: Iterable[str]) -> None:
        rows = ({"line": line} for line in lines)
        insert(self.store.connection, "sync_later", rows, then="ON CONFLICT DO NOTHING")

    def _take_state(self, line: BankStateLine) -> bool:
        """Let a bank be what another machine made of it, if that is the later change; whether it was."""
        digest = REMOVED if line.removed else line.digest
        state = BankState(line.changed_at_ms, line.removed, digest)
        self._units.add(sync_units.bank_unit(line.bank, state))
        bank, created_at = (None, {}) if line.removed else self.texts.bank_at(line)
        here = bank_states(self.store.connection).get(line.bank)
        if here is not None and state.age <= here.age:
            return False
        if bank is not None:
            self._remember_newer(line)
            plan = plan_import(self.store.connection, bank)
            apply_import(
                self.store, plan, now=line.imported_at, retire_missing=True, changed_at_ms=line.changed_at_ms,
                created_at=created_at,
            )  # fmt: skip
            return True
        self.texts.write_bank(line)
        values = {"removed": 1, "changed_at_ms": line.changed_at_ms}
        update(self.store.connection, "banks", values, {"bank": line.bank})
        return True
