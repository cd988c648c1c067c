"""Item texts of a merged history: found here, or written so that they are shown but never drawn."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from drill.core.forms import FormItem
from drill.core.items import Bank
from drill.storage import former_ids
from drill.storage.annotations import retire_again
from drill.storage.item_lines import BankLine, TextLine
from drill.storage.item_rows import ITEM_COLUMNS, Text, item_values, meta_hash, write_labels, write_texts
from drill.storage.rows import insert, upsert
from drill.storage.sync_lines import BankStateLine, state_digest
from drill.storage.untrusted import BadLine


def line_age(line: TextLine) -> tuple[int, str, str, str]:
    """Orders what is told of an item; of two the greater stands where no bank in use has it."""
    return line.labelled_ms, line.created_at, line.item_hash, meta_hash(line.item)


class Texts:
    """The texts a file gives, and the numbers they have here. Only those that a block shows are written."""

    def __init__(self, connection: sqlite3.Connection, now: str) -> None:
        self.added = 0
        """Revisions written."""
        self.is_newer = False
        """Whether an item has another newest text now."""
        self._connection = connection
        self._now = now
        self._banks: dict[str, BankLine] = {}
        self._texts: dict[tuple[str, str, int], TextLine] = {}
        self._latest: dict[tuple[str, str], TextLine] = {}
        self._names: dict[tuple[str, str], str] = {}
        """(bank, id in the file) -> id here, as far as asked."""

    def take_bank(self, line: BankLine) -> None:
        """Remember a bank's line."""
        self._banks[line.bank] = line

    def take(self, line: TextLine) -> None:
        """Remember a text. Raises BadLine when no line gave its bank, or the text was given before."""
        name = (line.bank, line.item.id)
        self._about(line.bank)
        if (*name, line.revision) in self._texts or (line.latest and name in self._latest):
            raise BadLine(f"question {line.item.id!r} is told of twice")
        self._texts[*name, line.revision] = line
        if line.latest:
            self._latest[name] = line

    def name(self, bank: str, item: str) -> str:
        """The id here of an item of the file: one of the two may know it by an id it had before.

        An item of a bank that is here keeps its id. One that no bank here has takes the later id.
        """
        known = self._names.get((bank, item))
        if known is None:
            known = self._names[bank, item] = self._name(bank, item)
        return known

    def _name(self, bank: str, item: str) -> str:
        later = former_ids.now(self._connection, bank, item)
        latest = self._latest.get((bank, item))
        missing = self._missing(bank, item)
        if later is not None or latest is None or missing is False:
            return later or item
        formerly = latest.item.formerly
        olds = {former_ids.now(self._connection, bank, former) or former: None for former in formerly}
        olds.pop(item, None)
        for old in olds:
            if self._missing(bank, old) is False:
                former_ids.rename(self._connection, bank, {item: old} if missing else {})
                return old
        renamed = {old: item for old in olds if self._missing(bank, old)}
        former_ids.rename(self._connection, bank, renamed)
        if renamed or missing:
            former_ids.add(self._connection, bank, item, formerly)
        return item

    def _missing(self, bank: str, item: str) -> bool | None:
        """Whether no bank here has an item; None where the item is not here."""
        query = "SELECT missing FROM items WHERE bank = ? AND item = ?"
        row = self._connection.execute(query, (bank, item)).fetchone()
        return None if row is None else bool(row[0])

    def named(self, form: tuple[FormItem, ...]) -> tuple[FormItem, ...]:
        """A form of the file with the ids its items have here."""
        return tuple(replace(shown, item=self.name(shown.bank, shown.item)) for shown in form)

    def _here(self, line: TextLine) -> TextLine:
        """A line under the id its item has here, with all former ids that are known of it."""
        item = self.name(line.bank, line.item.id)
        known = former_ids.read(self._connection, line.bank, item)
        formerly = tuple(dict.fromkeys((*known, *line.item.formerly)))
        return replace(line, item=replace(line.item, id=item, formerly=formerly))

    def bank_at(self, state: BankStateLine) -> tuple[Bank, dict[str, str]]:
        """A bank as the lines before tell of it, and since when each of its texts is known.

        Raises BadLine where they do not tell all of it, or something else.
        """
        about = self._about(state.bank)
        lines = [self._latest.get((state.bank, item)) for item in state.items]
        known = [line for line in lines if line is not None]
        stated = [(line.item.id, line.item_hash, meta_hash(line.item)) for line in known]
        if len(known) != len(lines) or state_digest(about, stated) != state.digest:
            raise BadLine(f"the questions of bank {state.bank!r} are not those it names")
        bank = Bank(id=state.bank, **about, items=tuple(line.item for line in known))  # type: ignore[arg-type]
        return bank, {line.item.id: line.created_at for line in known}

    def write_bank(self, state: BankStateLine) -> None:
        """Write a bank that is in no use here, where it is unknown."""
        self._write_bank(state.bank)

    def _about(self, bank: str) -> dict[str, str | None]:
        if bank not in self._banks:
            raise BadLine(f"no line before tells of bank {bank!r}")
        return self._banks[bank].about

    def revision(self, shown: FormItem) -> int:
        """The number here of the text that a block showed; the text is written when it is new.

        Raises BadLine when neither the file nor the database has it.
        """
        line = self._texts.get((shown.bank, shown.item, shown.revision))
        if line is None:
            here = self._find(shown.bank, self.name(shown.bank, shown.item), shown.item_hash)
            if here is None:
                raise BadLine(f"no line before gives the text of question {shown.item!r}")
            return here
        if line.item_hash != shown.item_hash:
            raise BadLine(f"question {shown.item!r} was shown with another text than the file gives")
        return self._revision_here(self._here(line))

    def relabel(self) -> None:
        """Items that no bank in use here has take the newest text and labels that are known of them."""
        for line in list(self._latest.values()):
            self.take_over(line)

    def waiting(self) -> list[tuple[str, str]]:
        """Bank and id, as the file has them, of items whose newest texts wait."""
        return [name for name, line in self._latest.items() if self.waits(line)]

    def waits(self, line: TextLine) -> bool:
        """Whether a text can count only once no bank in use here has its item, or once that has come."""
        return self._stands(self._here(line)) is None

    def _stands(self, line: TextLine) -> bool | None:
        """Whether what is here of an item is newer; None: a bank in use has it, or nothing is here yet."""
        row = self._connection.execute(
            """SELECT i.missing = 0 AND b.removed = 0, i.labelled_ms, r.created_at, i.item_hash, i.meta_hash
               FROM items i JOIN item_revisions r USING (bank, item, revision) JOIN banks b USING (bank)
               WHERE i.bank = ? AND i.item = ?""",
            (line.bank, line.item.id),
        ).fetchone()
        if row is not None and line_age(line) <= row[1:]:
            return True
        return None if row is None or row[0] else False

    def take_over(self, line: TextLine) -> None:
        """Let an item that no bank in use has take this text and these labels, if they are newer."""
        line = self._here(line)
        if self._stands(line) is not False:
            return
        revision = self._revision_here(line)
        self._write_item(line, revision)
        self._connection.execute(
            """UPDATE item_revisions SET created_at = max(created_at, ?)
               WHERE bank = ? AND item = ? AND revision = ?""",
            (line.created_at, line.bank, line.item.id, revision),
        )

    def _find(self, bank: str, item: str, item_hash: str) -> int | None:
        row = self._connection.execute(
            "SELECT min(revision) FROM item_revisions WHERE bank = ? AND item = ? AND item_hash = ?",
            (bank, item, item_hash),
        ).fetchone()
        return None if row[0] is None else int(row[0])

    def _revision_here(self, line: TextLine) -> int:
        """The number of a text here: its own; where another text has that, what it has or the next free."""
        bank, item = line.bank, line.item.id
        taken = dict(
            self._connection.execute(
                "SELECT revision, item_hash FROM item_revisions WHERE bank = ? AND item = ?", (bank, item)
            )
        )
        if taken.get(line.revision) == line.item_hash:
            return line.revision
        if not taken:
            self._write_new(bank, item)
            if line.latest:
                return line.revision
        revision = line.revision
        if revision in taken:
            here = self._find(bank, item, line.item_hash)
            if here is not None:
                return here
            revision = max(taken) + 1
        self._write_text(line, revision)
        return revision

    def _write_new(self, bank: str, item: str) -> None:
        """Write an item that is unknown here, with its newest text and its bank."""
        latest = self._latest.get((bank, item))
        if latest is None:
            raise BadLine(f"no line before gives the newest text of question {item!r}")
        self._write_bank(bank)
        self._write_item(latest, latest.revision)
        self._write_text(latest, latest.revision)

    def _write_bank(self, bank: str) -> None:
        row = {"bank": bank, **self._about(bank), "shipped": 0, "removed": 1, "imported_at": self._now}
        insert(self._connection, "banks", [row], then="ON CONFLICT (bank) DO NOTHING")

    def _write_item(self, line: TextLine, revision: int) -> None:
        """Labels, and what follows from the newest text. A new item is in no file, so it is never drawn."""
        count = "SELECT count(*) FROM items WHERE bank = ?"
        ordinal = self._connection.execute(count, (line.bank,)).fetchone()[0]
        columns = ("bank", "item", "ordinal", "missing", "labelled_ms", *ITEM_COLUMNS)
        values = item_values(line.item, revision, line.item_hash, meta_hash(line.item))
        row = (line.bank, line.item.id, ordinal, 1, line.labelled_ms, *values)
        self.is_newer = True
        upsert(self._connection, "items", ["bank", "item"], columns, [row], keep=["ordinal", "missing"])
        write_labels(self._connection, line.bank, [line.item], known=[line.item])
        retire_again(self._connection, line.bank, [line.item.id])

    def _write_text(self, line: TextLine, revision: int) -> None:
        write_texts(self._connection, [Text(line.bank, line.item, revision, line.item_hash, line.created_at)])
        self.added += 1
