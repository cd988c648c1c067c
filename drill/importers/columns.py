"""The header of a table: what each column holds, by its name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drill.core.frozen import dataclass
from drill.core.items import LETTERS
from drill.importers import aliases, fields
from drill.importers.diagnostics import quoted
from drill.importers.source import Source

_WORDS = rf"(?:answer )?(?:(?:option|choice|answer|alternative|ans|op)s?|{aliases.OPTION_WORDS})"
_OPTION = re.compile(rf"(?:{_WORDS}[_ ]?)?([a-z])", re.IGNORECASE)
_NUMBERED = re.compile(rf"{_WORDS}[_ ]?(\d{{1,2}})", re.IGNORECASE)
_PART = re.compile(r"(why|action|when)[_ ]?([a-z])", re.IGNORECASE)
_WHY = re.compile(
    r"(?:explanation|feedback|rationale)[_ ](?:(?:option|answer)[_ ])?([a-z]|\d{1,2})", re.IGNORECASE
)
_COMMENT = re.compile(r"\s*(?:\n|\s[-–—]\s|\().*", re.DOTALL)
_NUMBER = re.compile(r".*(?:#|\bnumber|\bno\.?|\bnr\.?)", re.IGNORECASE)
_KINDS = ("questiontype", "type", "itemtype")
"""Columns that say of what type a question is."""
_NO_COLUMN = ("options", "formerly", "observed", "figures")
"""Fields that no cell can hold."""
_TAKEN = ("stem", "answer", "answer_index", "explanation", "lead_in", "tags", "references", "id", "objective")
"""Parts that a column may be under other names than the format's own."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table."""

    cells: Sequence[str]
    """As they are written."""
    names: Sequence[str]
    """Canonical name of each: a field, a letter, or e.g. "why A"; empty for one that is not used."""
    first: int | None
    """The number of the first option, 0 or 1; None where they have letters."""
    kind: int | None
    """The column that says of what type a question is."""
    also_right: Sequence[int] = ()
    """Further columns of the same name as the one of the answer, as in Socrative's sheets."""

    @property
    def letters(self) -> str:
        """Letters of the option columns."""
        return "".join(sorted(name for name in self.names if len(name) == 1))

    @property
    def fits(self) -> bool:
        """Whether it has all that a question needs."""
        enough = len(self.letters) >= 2 and LETTERS.startswith(self.letters)
        return enough and "stem" in self.names and "answer" in self.names


def header_of(cells: Sequence[str]) -> Header:
    """A row read as a header.

    Of two columns of one meaning the one with the field's own name counts, else the first.
    """
    numbers = [int(found[1]) for cell in cells if (found := _NUMBERED.fullmatch(_bare(cell))) is not None]
    start = 0 if 0 in numbers else 1
    meant = [_canonical(cell, start) or "" for cell in cells]
    exact = {cell.strip().casefold(): at for at, cell in reversed(list(enumerate(cells)))}
    first = {name: meant.index(name) for name in meant if name}
    chosen = {name: exact.get(name.casefold(), at) for name, at in first.items()}
    names = [name if name and chosen[name] == at else "" for at, name in enumerate(meant)]
    right = names.index("answer") if "answer" in names else None
    also_right = [
        at
        for at, cell in enumerate(cells)
        if right is not None and at != right and cell.strip().casefold() == cells[right].strip().casefold()
    ]
    kinds = [at for at, cell in enumerate(cells) if aliases.plain(cell) in _KINDS]
    return Header(
        cells,
        names,
        start if numbers else None,
        kinds[0] if kinds else None,
        also_right,
    )


def _bare(cell: str) -> str:
    """A column's name without what explains it, as in `Answer 1 - max 75 characters`."""
    return _COMMENT.sub("", cell.strip()) or cell.strip()


def _canonical(cell: str, first: int) -> str | None:
    """What a column holds; `first` is the number of the first option."""
    bare = _bare(cell)
    if found := _OPTION.fullmatch(bare):
        return found[1].upper()
    if (found := _NUMBERED.fullmatch(bare)) and 0 <= int(found[1]) - first < len(LETTERS):
        return LETTERS[int(found[1]) - first]
    if found := _PART.fullmatch(bare):
        return f"{found[1].lower()} {found[2].upper()}"
    if found := _WHY.fullmatch(bare):
        at = int(found[1]) - first if found[1].isdecimal() else LETTERS.find(found[1].upper())
        return f"why {LETTERS[at]}" if 0 <= at < len(LETTERS) else None
    folded = bare.casefold().replace(" ", "_").replace("-", "_")
    if folded in fields.ITEM and folded not in _NO_COLUMN:
        return folded
    if _NUMBER.fullmatch(bare):
        return None
    plain = aliases.plain(bare)
    for part in _TAKEN:
        if plain in aliases.PARTS[part]:
            return "answer" if part == "answer_index" else part
    return None


def check_header(source: Source, header: Header, offset: int) -> None:
    """Name columns that are not used, and what is missing: without it there is an error."""
    unknown: list[str] = []
    seen: set[str] = set()
    for at, (cell, used) in enumerate(zip(header.cells, header.names, strict=True)):
        if at in header.also_right:
            continue
        name, folded = _canonical(cell, 0 if header.first == 0 else 1), cell.strip().casefold()
        if name is not None and folded in seen:
            source.error(offset, "duplicate-key", f"Two columns are {quoted(name)}.", "Remove or rename one.")
        elif name is not None and not used:
            what = f"The column {quoted(cell.strip())} is not used: another is {quoted(name)}."
            source.warning(offset, "unknown-column", what)
        elif name is None and folded and aliases.plain(cell) not in _KINDS:
            unknown.append(cell.strip())
        seen.add(folded)
    meant = _tell_unknown(source, offset, unknown, header.names)
    if "stem" not in (*header.names, *meant):
        source.error(
            offset, "missing-field", "There is no column stem.", "Name the column of the questions stem."
        )
    if "answer" not in (*header.names, *meant):
        source.error(
            offset, "missing-field", "There is no column answer.", "It holds the letter of the right option."
        )
    if len(header.letters) < 2 or not LETTERS.startswith(header.letters):
        source.error(
            offset,
            "missing-field",
            "Columns A, B and so on must hold the options.",
            "Add them, without gaps.",
        )


def _tell_unknown(source: Source, offset: int, unknown: list[str], names: Sequence[str]) -> set[str]:
    """Report columns that are not used, as mistakes where a needed one is meant; gives those."""
    meant: set[str] = set()
    for cell in unknown:
        guess = fields.nearest(cell, fields.ITEM)
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
