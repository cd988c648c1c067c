"""Looking through the banks: finding questions by words and filters, and what became of each so far."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from drill.core.frozen import dataclass
from drill.core.vocabulary import Mark
from drill.errors import BankError
from drill.storage.banks import CORRECTED, bank_ids
from drill.storage.marks import marked_items, read_notes
from drill.storage.rows import named


@dataclass(frozen=True, slots=True)
class Search:
    """What narrows the list; empty = every question of the banks in use."""

    words: str = ""
    """Found anywhere in stem, lead-in, options, topic, id or the learner's notes, capitals or not."""
    bank: str | None = None
    subject: str | None = None
    system: str | None = None
    task: str | None = None
    topic: str | None = None
    """Only of questions that were met: of others it would give the diagnosis away."""
    mark: Mark | None = None
    """Only what the learner left something on."""
    next_best_step: bool | None = None
    retired: bool = False
    """Only those that are never drawn: retired, or missing from the bank's file."""


class Question(NamedTuple):
    """One row of the list, without its long texts."""

    bank: str
    item: str
    subject: str | None
    topic: str | None
    next_best_step: bool
    retired: str | None
    """Why it is never drawn: the learner's reason, or "missing"; None: it is drawn."""
    number: int
    """Its place in its bank's file, from 1."""
    met: bool
    """Whether it was shown in a block that has ended."""

    @property
    def called(self) -> str:
        """Its id once it was met; before that its number, for an id may tell the diagnosis."""
        return self.item if self.met else f"#{self.number}"


class Texts(NamedTuple):
    """What a row shows beside that; read for the rows in view only."""

    stem: str
    lead_in: str | None
    seen: int
    """Times shown in an ended block."""
    right: int
    last_ms: int | None
    """Response time of the last of them."""


class Standing(NamedTuple):
    """How a question stands now, corrections applied."""

    next_best_step: bool
    own_next_best_step: bool
    """Without the learner's correction."""
    decided_by: str
    """author, learner, or the name of the lead-in rule."""
    retired: str | None
    """As in `Question`."""


LABELS = ("subject", "system", "task", "topic")
"""Columns that the list is narrowed by; they are names of columns and of fields of `Search`."""
_MET = "EXISTS (SELECT 1 FROM item_records m WHERE m.bank = i.bank AND m.item = i.item)"
_COLUMNS = f"""i.bank, i.item, i.subject, i.topic, {CORRECTED},
    coalesce(i.retired, iif(i.missing, 'missing', NULL)), i.ordinal + 1,
    {_MET}"""
# Reading every stem costs most: the cheap columns are looked at first.
_WORDS = r"""(i.item LIKE :like ESCAPE '\' OR i.topic LIKE :like ESCAPE '\'
    OR EXISTS (SELECT 1 FROM item_revisions r WHERE r.bank = i.bank AND r.item = i.item
               AND r.revision = i.revision
               AND (r.stem LIKE :like ESCAPE '\' OR r.lead_in LIKE :like ESCAPE '\'))
    OR EXISTS (SELECT 1 FROM options o WHERE o.bank = i.bank AND o.item = i.item
               AND o.revision = i.revision AND o.text LIKE :like ESCAPE '\'))"""


def find_questions(
    connection: sqlite3.Connection, search: Search, notes: Mapping[tuple[str, str], str] | None = None
) -> list[Question]:
    """The questions that match, by bank, in the file's order. `notes`: of `read_notes`; None = read."""
    banks = bank_ids(connection) if search.bank is None else [search.bank]
    values: dict[str, object] = {f"bank{n}": bank for n, bank in enumerate(banks)}
    clauses = [f"i.bank IN ({', '.join(f':{name}' for name in values)})"]
    gone = "(i.retired IS NOT NULL OR i.missing = 1)"
    clauses.append(gone if search.retired else f"NOT {gone}")
    for label in LABELS:
        if getattr(search, label) is not None:
            clauses.append(f"i.{label} = :{label}")
            values[label] = getattr(search, label)
    if search.topic is not None:
        clauses.append(_MET)
    if search.next_best_step is not None:
        clauses.append(f"{CORRECTED} = :next_best_step")
        values["next_best_step"] = int(search.next_best_step)
    words = search.words.strip()
    if words:
        texts = read_notes(connection) if notes is None else notes
        noted = {about for about, text in texts.items() if words.casefold() in text.casefold()}
        clauses.append(f"({_WORDS}{_one_of(noted, values)})")
        values["like"] = f"%{_escaped(words)}%"
    if search.mark is not None:
        marked = marked_items(connection, search.mark)
        if not marked:
            return []
        clauses.append(f"({_one_of(marked, values).removeprefix(' OR ')})")
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM items i WHERE {' AND '.join(clauses)} ORDER BY i.bank, i.ordinal", values
    )
    return [
        Question(bank, item, subject, topic, nbs == 1, gone, number, met == 1)
        for bank, item, subject, topic, nbs, gone, number, met in rows
    ]


def _one_of(items: Iterable[tuple[str, str]], values: dict[str, object]) -> str:
    """A clause behind others that holds for these questions; nothing for none. One value, however many."""
    listed = sorted(items)
    if not listed:
        return ""
    name = f"items{len(values)}"
    values[name] = json.dumps(listed)
    pairs = "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    return f" OR (i.bank, i.item) IN ({pairs} FROM json_each(:{name}))"


def _escaped(words: str) -> str:
    for mark in ("\\", "%", "_"):
        words = words.replace(mark, f"\\{mark}")
    return words


def read_texts(connection: sqlite3.Connection, questions: Sequence[Question]) -> dict[tuple[str, str], Texts]:
    """Texts and record of these questions, by (bank, item)."""
    found = {}
    for bank, item, *_ in questions:
        row = connection.execute(
            """SELECT r.stem, r.lead_in FROM items i JOIN item_revisions r USING (bank, item, revision)
               WHERE i.bank = ? AND i.item = ?""",
            (bank, item),
        ).fetchone()
        record = connection.execute(
            """SELECT count(*), coalesce(sum(a.correct), 0) FROM block_items f
               JOIN attempts a USING (block, position) JOIN blocks b USING (block)
               WHERE f.bank = ? AND f.item = ? AND b.block_end IS NOT NULL AND a.status <> 'unreached'""",
            (bank, item),
        ).fetchone()
        last = None
        if record[0]:
            last = connection.execute(
                """SELECT a.response_time_ms FROM item_records r JOIN attempts a USING (block, position)
                   WHERE r.bank = ? AND r.item = ?""",
                (bank, item),
            ).fetchone()
        if row is not None:
            found[bank, item] = Texts(row[0], row[1], record[0], record[1], last[0] if last else None)
    return found


def label_values(connection: sqlite3.Connection, label: str, bank: str | None = None) -> list[str]:
    """What one of `LABELS` is in a bank, or in all banks in use, retired questions too; topics once met."""
    banks = bank_ids(connection) if bank is None else [bank]
    met = f"AND {_MET}" if label == "topic" else ""
    rows = connection.execute(
        f"""SELECT DISTINCT i.{label} FROM items i WHERE i.{label} IS NOT NULL
            AND i.bank IN ({", ".join("?" * len(banks))}) {met} ORDER BY i.{label}""",
        banks,
    )
    return [value for (value,) in rows]


def read_standing(connection: sqlite3.Connection, bank: str, item: str) -> Standing:
    """How a question stands now. Raises BankError when there is none."""
    row = named(
        connection,
        f"""SELECT {CORRECTED} AS corrected, i.next_best_step AS own, i.next_best_step_rule AS rule,
                   coalesce(i.retired, iif(i.missing, 'missing', NULL)) AS retired
            FROM items i WHERE i.bank = ? AND i.item = ?""",
        (bank, item),
    ).fetchone()
    if row is None:
        raise BankError(f"There is no question {item!r} in bank {bank!r}.")
    corrected = connection.execute(
        """SELECT 1 FROM annotations WHERE kind = 'next_best_step' AND block = '' AND position = 0
           AND bank = ? AND item = ? AND value IS NOT NULL""",
        (bank, item),
    ).fetchone()
    decided_by = "learner" if corrected else row["rule"]
    return Standing(row["corrected"] == 1, row["own"] == 1, decided_by, row["retired"])
