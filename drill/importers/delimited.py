"""CSV and TSV with a header row: one question a row.

Columns are the fields of the YAML format. Options are columns A, B, C … (or option_a …, option1 …); `why_a`,
`action_a` and `when_a` belong to an option; tags and references hold several entries separated by semicolons.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from drill.core.items import LETTERS, Action, Difficulty, Option, When
from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.drafts import Collector, Draft
from drill.importers.source import Source

_TEXTS = ("id", "stem", "lead_in", "explanation", "objective", "task", "subject", "system", "topic", "set")
_OPTION = re.compile(r"(?:(?:option|choice|answer)[_ ]?)?([a-z])", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:option|choice|answer)[_ ]?(\d{1,2})", re.IGNORECASE)
_PART = re.compile(r"(why|action|when)[_ ]?([a-z])", re.IGNORECASE)


class _Lines:
    """The text line by line for the csv module, remembering where lines start."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = 0
        self.record: int | None = None
        """Where the record being read starts."""

    def __iter__(self) -> Iterator[str]:
        while self._next < len(self._text):
            start = self._next
            end = self._text.find("\n", start)
            self._next = len(self._text) if end < 0 else end + 1
            if self.record is None:
                self.record = start
            yield self._text[start : self._next]


@dataclass(frozen=True, slots=True)
class _Header:
    names: tuple[str, ...]
    """Canonical name of each column; empty for one that is not used."""
    numbered: bool
    """Whether the options are numbered, so that a number may be the answer."""


def read_delimited(source: Source, bank_name: str, delimiter: str | None) -> Collector:
    """Read every row; `delimiter` None means: the one of comma, semicolon and tab that fits the header."""
    collector = Collector(source, bank_name, strict=True, ids_given=True)
    text = source.text
    first_line = text[: text.find("\n")] if "\n" in text else text
    if delimiter is None:
        delimiter = max(",;\t", key=first_line.count)
    lines = _Lines(text)
    rows = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    header: _Header | None = None
    try:
        for row in rows:
            offset, lines.record = lines.record or 0, None
            if not any(cell.strip() for cell in row):
                continue
            if header is None:
                header = _read_header(source, row, offset)
                if header is None:
                    return collector
                continue
            collector.count(offset)
            _read_row(collector, header, row, offset)
    except csv.Error as error:
        at = lines.record if lines.record is not None else len(text)
        if "field larger" in str(error):
            source.error(
                at,
                "too-long",
                "A field starts in this row that is far too long.",
                "Is a quotation mark missing?",
            )
        else:
            source.error(
                at,
                "quotes",
                "The quotation marks in this row do not fit together.",
                'Put a text that holds quotation marks in quotes, and double those inside: "He said ""no""."',
            )
    if header is None and not source.error_count:
        source.error(0, "empty", "The file is empty.", "The first row names the columns.")
    return collector


def _read_header(source: Source, row: list[str], offset: int) -> _Header | None:
    names: list[str] = []
    errors = source.error_count
    unknown: list[str] = []
    for cell in row:
        name = _canonical(cell)
        if name is None:
            names.append("")
            if cell.strip():
                unknown.append(cell.strip())
        elif name in names:
            source.error(offset, "duplicate-key", f"Two columns are {quoted(name)}.", "Remove or rename one.")
            names.append("")
        else:
            names.append(name)
    meant = _tell_unknown(source, offset, unknown, names)
    if "stem" not in (*names, *meant):
        source.error(
            offset, "missing-field", "There is no column stem.", "Name the column of the questions stem."
        )
    if "answer" not in (*names, *meant):
        source.error(
            offset, "missing-field", "There is no column answer.", "It holds the letter of the right option."
        )
    letters = "".join(sorted(name for name in names if len(name) == 1))
    if len(letters) < 2 or not LETTERS.startswith(letters):
        source.error(
            offset,
            "missing-field",
            "Columns A, B and so on must hold the options.",
            "Add them, without gaps.",
        )
    return (
        None
        if source.error_count != errors
        else _Header(tuple(names), any(map(_NUMBERED.fullmatch, map(str.strip, row))))
    )


def _tell_unknown(source: Source, offset: int, unknown: list[str], names: list[str]) -> set[str]:
    """Report columns that are not used, as mistakes where a needed one is meant; gives those."""
    meant: set[str] = set()
    for cell in unknown:
        guess = fields.nearest(cell, tuple(name for name in fields.ITEM if name != "figures"))
        what = f"The column {quoted(cell)} is not used."
        if guess is None or guess in names:
            source.warning(offset, "unknown-column", what)
        elif guess in ("stem", "answer"):
            meant.add(guess)
            source.error(offset, "unknown-column", what, f'Did you mean "{guess}"?')
        elif cell.casefold() == "category":
            source.warning(offset, "unknown-column", what, 'Name it "subject" (or "topic") to use it.')
        else:
            source.warning(offset, "unknown-column", what, f'Did you mean "{guess}"?')
    return meant


def _canonical(cell: str) -> str | None:
    """A column's name as drill knows it: a field, a letter, or e.g. "why A"; None when unknown."""
    name = cell.strip()
    if found := _OPTION.fullmatch(name):
        return found[1].upper()
    if (found := _NUMBERED.fullmatch(name)) and 1 <= int(found[1]) <= len(LETTERS):
        return LETTERS[int(found[1]) - 1]
    if found := _PART.fullmatch(name):
        return f"{found[1].lower()} {found[2].upper()}"
    folded = name.casefold().replace(" ", "_").replace("-", "_").replace("(s)", "")
    if folded in fields.ITEM and folded not in ("options", "figures"):
        return folded
    synonym = fields.SYNONYMS.get(folded)
    return synonym if synonym in ("stem", "answer", "explanation", "lead_in", "tags", "references") else None


def _read_row(collector: Collector, header: _Header, row: list[str], offset: int) -> None:
    source = collector.source
    if len(row) > len(header.names) and any(cell.strip() for cell in row[len(header.names) :]):
        source.error(
            offset,
            "too-many-cells",
            f"This row has {len(row)} cells, and the header has {len(header.names)}.",
            "Put a text that holds the separator in quotation marks.",
        )
        return
    cells = {
        name: cell.strip() for name, cell in zip(header.names, row, strict=False) if name and cell.strip()
    }
    errors = source.error_count
    letters = [letter for letter in LETTERS if letter in cells]
    if "".join(letters) != LETTERS[: len(letters)]:
        source.error(offset, "letter-gap", "The options have a gap.", "Fill the columns from A on.")
    options = [
        Option(
            cells[letter],
            cells.get(f"why {letter}"),
            _word(source, offset, cells, f"action {letter}", Action),
            _word(source, offset, cells, f"when {letter}", When),
        )
        for letter in letters
    ]
    answer = _answer(source, offset, cells.get("answer"), options, header.numbered)
    metadata: dict[str, Any] = {
        name: cells[name] for name in ("task", "subject", "system", "topic", "set") if name in cells
    }
    for name in fields.LISTS:
        if name in cells:
            metadata[name] = tuple(each.strip() for each in cells[name].split(";") if each.strip())
    metadata["difficulty"] = _word(source, offset, cells, "difficulty", Difficulty)
    metadata["next_best_step"] = _boolean(source, offset, cells.get("next_best_step"))
    if source.error_count != errors or answer is None:
        return
    own = cells.get("id")
    collector.add(
        Draft(
            offset,
            own or f"row in line {source.place(offset).line}",
            cells.get("stem", ""),
            options,
            answer,
            id=own,
            lead_in=cells.get("lead_in"),
            explanation=cells.get("explanation"),
            objective=cells.get("objective"),
            metadata=metadata,
        )
    )


def _word(source: Source, offset: int, cells: dict[str, str], name: str, kind: Any) -> Any:
    word = cells.get(name)
    if word is None:
        return None
    words = tuple(str(each) for each in kind)
    if word.lower() in words:
        return kind(word.lower())
    guess = fields.nearest(word, words)
    source.error(
        offset,
        "unknown-word",
        f"The column {name} cannot be {quoted(word)}.",
        f'Did you mean "{guess}"?' if guess else f"It is one of: {', '.join(words)}.",
    )
    return None


def _boolean(source: Source, offset: int, word: str | None) -> bool | None:
    if word is None:
        return None
    if word.lower() in fields.TRUE_WORDS:
        return True
    if word.lower() in fields.FALSE_WORDS:
        return False
    source.error(offset, "unknown-word", f"next_best_step is true or false, not {quoted(word)}.")
    return None


def _answer(
    source: Source, offset: int, word: str | None, options: list[Option], numbered: bool
) -> int | None:
    """The key's index: a letter, the whole text of one option, or its number where options are numbered."""
    if word is None:
        source.error(offset, "empty-field", "The answer is empty.", "Write the letter of the right option.")
        return None
    if len(word) == 1 and word.upper() in LETTERS[: len(options)]:
        return LETTERS.index(word.upper())
    same = {at for at, option in enumerate(options) if option.text.casefold() == word.casefold()}
    if numbered and word.isdecimal() and 1 <= int(word) <= len(options):
        same.add(int(word) - 1)
    if len(same) == 1:
        return same.pop()
    if len(same) > 1:
        source.error(
            offset,
            "answer",
            f"The answer {quoted(word)} fits more than one option.",
            "Write the letter of the right option.",
        )
        return None
    source.error(
        offset,
        "answer",
        f"The answer {quoted(word)} is none of the options.",
        "Write the letter of the right option.",
    )
    return None
