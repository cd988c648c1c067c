"""Rows with one question each: below a header, or in MMLU's shape without one.

Columns are the fields of the YAML format, or what other programs call them. Options are columns A, B, C … (or
option_a …, option1 …); `why_a`, `action_a` and `when_a` belong to an option; tags and references hold several
entries separated by semicolons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from drill.core.items import LETTERS, Action, Difficulty, Option, When
from drill.importers import fields
from drill.importers.answers import Answered, Habit, habit_of, key_of
from drill.importers.columns import Header, check_header, header_of
from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector, Draft
from drill.importers.html_fields import option_texts
from drill.importers.html_text import MARKUP, html_to_text
from drill.importers.judge import Fault
from drill.importers.option_letters import own_letters, without_letters
from drill.importers.records import Records, is_question

_HEADER_ROWS = 15
"""Rows in which a header is looked for: sheets begin with titles and notes."""
_KINDS = ("multiple choice", "multiplechoice", "mc", "mcq", "quiz", "single", "true", "tf", "sba", "radio")
"""How a column of types begins, for questions with one right option."""


class Row(NamedTuple):
    """A row and where it starts."""

    offset: int
    cells: Sequence[str]


class _Cells(NamedTuple):
    """A row below a header."""

    offset: int
    cells: dict[str, str]
    options: list[str]
    kind: str


def read_table(
    collector: Collector, rows: Sequence[Row], answers_from: int | None = None, *, required: bool = True
) -> bool:
    """Read every row; whether this is a table of questions.

    Without a header that fits, an error says what is missing, where a table is `required`.
    """
    at = next((at for at, row in enumerate(rows[:_HEADER_ROWS]) if header_of(row.cells).fits), None)
    if at is not None:
        header = header_of(rows[at].cells)
        check_header(collector.source, header, rows[at].offset)
        _read_below(collector, header, rows[at + 1 :], answers_from)
    elif _read_records(collector, rows, answers_from):
        pass
    elif (count := _bare_options(rows)) is not None:
        letters = LETTERS[:count]
        collector.notes.append(
            f"There is no header row. Read as: the question, options A to {letters[-1]}, the answer."
        )
        cells = ("stem", *letters, "answer")
        _read_below(collector, Header(cells, cells, first=None, kind=None), rows, answers_from)
    elif required:
        check_header(collector.source, header_of(rows[0].cells), rows[0].offset)
        return False
    else:
        return False
    return True


def _bare_options(rows: Sequence[Row]) -> int | None:
    """How many options rows without a header hold, the last cell the letter of one; None when they do not."""
    counts = set()
    for row in rows[:50]:
        cells = [cell.strip() for cell in row.cells]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) < 4 or len(cells[-1]) != 1 or cells[-1].upper() not in LETTERS[: len(cells) - 2]:
            return None
        counts.add(len(cells) - 2)
    return counts.pop() if len(counts) == 1 else None


def _read_records(collector: Collector, rows: Sequence[Row], answers_from: int | None) -> bool:
    """Rows whose options stand in one cell, or beside the right answer as wrong ones; whether they do."""
    if len(header_of(rows[0].cells).letters) >= 2:
        return False
    names = [cell.strip() for cell in rows[0].cells]
    found = [(row.offset, dict(zip(names, row.cells, strict=False))) for row in rows[1:]]
    if not any(is_question(record) for _, record in found[:20]):
        return False
    records = Records(collector, answers_from)
    for offset, record in found:
        records.take({name: cell for name, cell in record.items() if name and cell.strip()}, offset)
    records.finish()
    return True


def _read_below(collector: Collector, header: Header, rows: Sequence[Row], answers_from: int | None) -> None:
    found = [each for row in rows if (each := _cells_of(collector, header, row)) is not None]
    answers = [_answered(each) for each in found]
    habit = habit_of(answers, answers_from)
    if habit.counts_from is None and header.first is not None:
        habit = Habit(header.first, habit.texts)
    for each in found:
        collector.count(each.offset)
        _take(collector, each, habit)


def _answered(row: _Cells) -> Answered:
    return Answered(row.options, row.cells.get("answer"), own_letters(row.options))


def _cells_of(collector: Collector, header: Header, row: Row) -> _Cells | None:
    cells = {
        name: cell.strip()
        for name, cell in zip(header.names, row.cells, strict=False)
        if name and cell.strip()
    }
    further = [row.cells[at].strip() for at in header.also_right if at < len(row.cells)]
    if "answer" in cells and any(further):
        cells["answer"] = ", ".join(dict.fromkeys((cells["answer"], *filter(None, further))))
    kind = row.cells[header.kind].strip() if header.kind is not None and header.kind < len(row.cells) else ""
    name = _name(collector, cells, row.offset)
    if len(row.cells) > len(header.names) and any(cell.strip() for cell in row.cells[len(header.names) :]):
        message = f"This row has {len(row.cells)} cells, and the header has {len(header.names)}."
        hint = "Put a text that holds the separator in quotation marks."
        collector.fault(row.offset, name, "too-many-cells", message, hint)
        return None
    letters = [letter for letter in LETTERS if letter in cells]
    if "".join(letters) != LETTERS[: len(letters)]:
        collector.fault(
            row.offset, name, "letter-gap", "The options have a gap.", "Fill the columns from A on."
        )
        return None
    options = without_letters([cells[letter] for letter in letters])
    if any(map(MARKUP.search, options)):
        options = option_texts(options)
    return _Cells(row.offset, cells, options, kind)


def _name(collector: Collector, cells: dict[str, str], offset: int) -> str:
    return cells.get("id") or f"row in line {collector.source.place(offset).line}"


def _take(collector: Collector, row: _Cells, habit: Habit) -> None:
    cells, name = row.cells, _name(collector, row.cells, row.offset)
    if row.kind.startswith("("):
        collector.skip(row.offset, name, "a row that explains the columns is no question")
        return
    key = key_of(_answered(row), habit)
    if row.kind and not row.kind.lower().startswith(_KINDS) and isinstance(key, Fault):
        collector.skip(
            row.offset, name, f"a question of the type {quoted(row.kind)} has no single answer among options"
        )
        return
    reader = _Words(cells)
    options = [
        Option(
            text,
            _reduced(cells.get(f"why {letter}")),
            reader.one_of(f"action {letter}", Action),
            reader.one_of(f"when {letter}", When),
        )
        for letter, text in zip(LETTERS, row.options, strict=False)
    ]
    metadata: dict[str, Any] = {
        field: cells[field]
        for field in ("task", "subject", "system", "topic", "set", "group")
        if field in cells
    }
    for field in fields.LISTS:
        if field in cells:
            metadata[field] = tuple(each.strip() for each in cells[field].split(";") if each.strip())
    metadata["difficulty"] = reader.one_of("difficulty", Difficulty)
    metadata["next_best_step"] = reader.yes_or_no("next_best_step")
    fault = reader.fault or (key if isinstance(key, Fault) else None)
    if fault is not None:
        collector.fault(row.offset, name, fault.code, fault.message, fault.hint)
        return
    assert isinstance(key, int)
    collector.add(
        Draft(
            row.offset,
            name,
            _reduced(cells.get("stem")) or "",
            options,
            key,
            id=cells.get("id"),
            lead_in=_reduced(cells.get("lead_in")),
            explanation=_reduced(cells.get("explanation")),
            objective=_reduced(cells.get("objective")),
            metadata=metadata,
        )
    )


def _reduced(text: str | None) -> str | None:
    return html_to_text(text) if text and MARKUP.search(text) else text


class _Words:
    """Cells that hold one of a few words; remembers the first that does not."""

    def __init__(self, cells: dict[str, str]) -> None:
        self._cells = cells
        self.fault: Fault | None = None

    def one_of(self, name: str, kind: Any) -> Any:
        """The member of an enum, or None."""
        word = self._cells.get(name)
        if word is None:
            return None
        words = tuple(str(each) for each in kind)
        if word.lower() in words:
            return kind(word.lower())
        if name == "difficulty":
            return None  # other programs have other scales
        guess = fields.nearest(word, words)
        hint = f'Did you mean "{guess}"?' if guess else f"It is one of: {', '.join(words)}."
        self.fault = self.fault or Fault("unknown-word", f"The column {name} cannot be {quoted(word)}.", hint)
        return None

    def yes_or_no(self, name: str) -> bool | None:
        """A yes or no, or None."""
        word = self._cells.get(name)
        if word is None or word.lower() in fields.TRUE_WORDS:
            return None if word is None else True
        if word.lower() not in fields.FALSE_WORDS:
            message = f"{name} is true or false, not {quoted(word)}."
            self.fault = self.fault or Fault("unknown-word", message, "Leave it empty to let drill decide.")
        return False
