"""Taking in a history that was exported elsewhere: `drill.storage.export` read back.

Nothing that is here is changed except by a later word: blocks are added whole or not at all, texts only get
new revisions, and of two annotations the one made later stands. So merging again changes nothing, and two
histories merged in either order agree, but for the numbers of revisions that came into conflict.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn

from drill.core.frozen import dataclass
from drill.errors import DrillError, StorageError
from drill.storage import blocks, item_records, same_questions
from drill.storage.annotations import keep_word, let_stand, standing
from drill.storage.block_log import event_rows, log_columns, plan_columns, write_form
from drill.storage.digest import NONE, extended
from drill.storage.guards import LOG
from drill.storage.history_lines import BlockLine, EndLine, Line, WordLine, read_header, read_line
from drill.storage.item_lines import BankLine, MediaLine, TextLine
from drill.storage.media import free, keep
from drill.storage.merge_texts import Texts
from drill.storage.road_lines import RoadLine, merge_road
from drill.storage.rows import Row, insert
from drill.storage.set_aside import SetAside, write_word
from drill.storage.store import Store
from drill.storage.untrusted import BadLine, read_object

FEW = 20
"""Blocks that the records of items follow one by one; where more came all records are made anew."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A block that was not merged."""

    block: str
    started_at: str
    why: str


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What merging a history did."""

    blocks_added: int
    blocks_known: int
    refused: tuple[Refused, ...]
    texts_added: int
    """Revisions of items that were not here."""
    annotations_changed: int
    """Blocks set aside or taken back are among them."""
    road_changed: int
    """Rows of the road that were taken over or taken away."""
    open_blocks_left_out: int
    """Blocks that had not ended where the history was exported."""
    banks_changed: tuple[str, ...] = ()
    """Banks that are in use as another machine has them. Of a synced folder alone."""
    banks_removed: tuple[str, ...] = ()
    """Banks that are in no use any more. The same."""
    settings_changed: int = 0
    """The same of settings."""
    units: frozenset[str] = frozenset()
    """What the lines hold, read or known (`drill.storage.sync_units`). Of a synced folder alone."""

    @property
    def ok(self) -> bool:
        """False when a block was refused."""
        return not self.refused


def merge_history(store: Store, lines: Iterable[str], now: str) -> MergeReport:
    """Merge the lines of an exported history in one transaction. `now`: ISO 8601.

    Raises DrillError naming the line, with nothing written, when a line is not sound or the file is cut
    short.
    """
    return merge_lines(Merge(store, now), lines)


def merge_lines(merge: Merge, lines: Iterable[str]) -> MergeReport:
    """Let a merge take in all lines, in one transaction."""
    with merge.store.transaction():
        number = 0
        for number, text in enumerate(lines, 1):
            try:
                merge.take(number, text)
            except BadLine as bad:
                _refuse(number, str(bad))
        if not merge.ended:
            _refuse(number + 1, "the file is cut short, its last line is missing; copy or export it again")
        try:
            return merge.finish()
        except BadLine as bad:
            _refuse(number, str(bad))


def _refuse(number: int, why: str) -> NoReturn:
    raise DrillError(f"Line {number} cannot be merged: {why}. Nothing was changed.")


class Merge:
    """One merge under way."""

    synced = False
    """Whether the lines are of a synced folder."""

    def __init__(self, store: Store, now: str) -> None:
        self.store = store
        self._connection = store.connection
        self.texts = Texts(store.connection, now)
        self._words: list[WordLine] = []
        self._set_aside: list[SetAside] = []
        self._added: list[str] = []
        self._known = self._open = 0
        self._refused: list[Refused] = []
        self._road = 0
        self.ended = False

    def take(self, number: int, text: str) -> None:
        """Take in a line. Raises BadLine."""
        if number == 1:
            read_header(read_object(text))
            return
        if self.ended:
            raise BadLine("there is more after the last line")
        self.take_line(number, read_line(text, synced=self.synced))

    def take_line(self, number: int, line: Line) -> None:
        """Take in what a line says. Raises BadLine."""
        match line:
            case BankLine() as bank:
                self.texts.take_bank(bank)
            case MediaLine(media):
                keep(self._connection, [media])
            case TextLine() as line:
                self.texts.take(line)
            case BlockLine() as block:
                self._block(block)
            case WordLine() as word:
                self._words.append(word)
            case SetAside() as said:
                self._set_aside.append(said)
            case RoadLine() as row:
                self._road += merge_road(self._connection, row)
            case EndLine() as end:
                if end.lines != number - 2:
                    raise BadLine(f"{end.lines} lines should stand before it, but {number - 2} do")
                self._open, self.ended = end.open_blocks, True

    def _block(self, line: BlockLine) -> None:
        plan = line.plan
        known = self._connection.execute(
            "SELECT block_end IS NULL, started_at FROM blocks WHERE block = ?", (plan.block,)
        ).fetchone()
        if known is None:
            events = event_rows(plan.block, 1, line.log)
            digest = extended(NONE, events)
            if line.digest not in (None, digest):
                start = line.projection.state.started
                assert start is not None
                why = "its events are not those its digest was made of"
                self._refused.append(Refused(plan.block, start.iso, why))
                return
            self._add(line, events, digest)
            self._added.append(plan.block)
        elif known[0]:
            self._refused.append(Refused(plan.block, known[1], "it is still open here"))
        elif self._same(line):
            self._known += 1
        else:
            self._refused.append(Refused(plan.block, known[1], "it has other events or questions here"))

    def _same(self, line: BlockLine) -> bool:
        block = line.plan.block
        sent = replace(line.plan, form=self.texts.named(line.plan.form))
        try:
            plan, keys = blocks.read_plan(self._connection, block)
            log = blocks.read_events(self._connection, block)
        except StorageError:
            return False
        return log == line.log and keys == line.keys and _unnumbered(plan) == _unnumbered(sent)

    def _add(self, line: BlockLine, events: list[Row], digest: str) -> None:
        connection = self._connection
        form = tuple(
            replace(here, revision=self.texts.revision(item))
            for item, here in zip(line.plan.form, self.texts.named(line.plan.form), strict=True)
        )
        try:
            keys = blocks.read_keys(connection, form)
        except ValueError:
            keys = ()
        if keys != line.keys:
            raise BadLine(f"the keys of block {line.plan.block} are not those of its questions")
        plan = replace(line.plan, form=form)
        row = {**plan_columns(plan), **log_columns(line.projection.state), "log_digest": digest}
        insert(connection, "blocks", [row])
        write_form(connection, plan, line.keys)
        insert(connection, LOG, events)
        insert(connection, "attempts", line.projection.attempts)

    def _annotate(self, word: WordLine) -> bool:
        """Keep a word; whether it is the later one, and so stands now."""
        said = word.said
        if said.block and said.block in {refused.block for refused in self._refused}:
            return False
        here = replace(said, item=self.texts.name(said.bank, said.item)) if said.item else said
        before = standing(self._connection, here)
        is_later = before is None or said.age > before.age
        replaces_ms = word.replaces_ms
        if not self.synced and is_later and before is not None:
            replaces_ms = before.made_at_ms  # an export tells of the word that stands alone
        keep_word(self._connection, said, replaces_ms)
        if is_later:
            let_stand(self._connection, here)
        return is_later

    def _say(self, said: SetAside) -> bool:
        """Whether a word on a block that is here was new."""
        if not block_is_here(self._connection, said.block):
            return False
        refused = {refused.block for refused in self._refused}
        return said.block not in refused and write_word(self._connection, said)

    def finish(self) -> MergeReport:
        """What can only be done when all lines are known."""
        self.texts.relabel()
        free(self._connection)  # pictures that no text here shows
        if self.texts.is_newer:
            same_questions.rebuild(self._connection)
        annotated = sum([self._annotate(word) for word in self._words])
        annotated += sum([self._say(said) for said in self._set_aside])
        if len(self._added) > FEW:
            item_records.rebuild(self._connection)
        else:
            for block in self._added:
                item_records.take_in(self._connection, block)
        return MergeReport(
            len(self._added),
            self._known,
            tuple(self._refused),
            self.texts.added,
            annotated,
            self._road,
            self._open,
        )


def block_is_here(connection: sqlite3.Connection, block: str) -> bool:
    """Whether a block is here and has ended."""
    query = "SELECT 1 FROM blocks WHERE block = ? AND block_end IS NOT NULL"
    return connection.execute(query, (block,)).fetchone() is not None


def _unnumbered(plan: blocks.BlockPlan) -> blocks.BlockPlan:
    """A plan without the numbers of revisions, which differ between databases."""
    return replace(plan, form=tuple(replace(item, revision=1) for item in plan.form))
