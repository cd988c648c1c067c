"""A question's text in rows: words wrapped, and Markdown pipe tables laid out in columns.

Each piece of a row knows where in the text it stands, so that highlights, the mouse and the cursor on words
keep their offsets into the text as its author wrote it, however it is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len

from drill.render.text import line_offsets, wrap

GAP = 2
"""Cells between two columns."""
_LEAST = 8
"""Cells a column keeps when a table is made narrower; below that its rows are told one cell a line."""
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"\S+")


class Piece(NamedTuple):
    """A stretch of a row."""

    text: str
    at: int | None
    """Offset of its first character in the text; None: it is layout alone."""

    @property
    def end(self) -> int:
        """Offset after its last character, where it has one."""
        return (self.at or 0) + len(self.text)


Row = tuple[Piece, ...]
Span = tuple[int, int]


class _Table(NamedTuple):
    rows: list[list[Span]]
    """Offsets of each cell; the first row is the header."""
    right: list[bool]
    """Columns whose author set them to the right."""


@lru_cache(maxsize=256)
def stem_rows(text: str, measure: int) -> tuple[Row, ...]:
    """The rows of a sanitized text in `measure` cells. Blank rows at either end are dropped."""
    rows: list[Row] = []
    for part in _parts(text):
        if isinstance(part, _Table):
            rows += _table_rows(text, part, measure)
        else:
            rows += [(Piece(text[a:b], a),) for a, b in line_offsets(text, *part, max(measure, 1))]
    while rows and not row_text(rows[-1]):
        rows.pop()
    while rows and not row_text(rows[0]):
        rows.pop(0)
    return tuple(rows)


def row_text(row: Row) -> str:
    """A row as it is read."""
    return "".join(piece.text for piece in row).rstrip()


def stem_words(text: str) -> list[Span]:
    """Offsets of each word: in a table the words of its cells, without its lines."""
    found: list[Span] = []
    for part in _parts(text):
        spans = [cell for row in part.rows for cell in row] if isinstance(part, _Table) else [part]
        found += [match.span() for start, end in spans for match in _WORD.finditer(text, start, end)]
    return found


def row_of(rows: Sequence[Row], offset: int) -> int:
    """The row on which a character stands; the last one that begins before it where none holds it."""
    last = 0
    for index, row in enumerate(rows):
        for piece in row:
            if piece.at is not None and piece.at <= offset:
                if offset < piece.end:
                    return index
                last = index
    return last


def has_words(row: Row) -> bool:
    """Whether any of the text stands on a row."""
    return any(piece.at is not None and piece.text.strip() for piece in row)


def column_of(row: Row, offset: int) -> int:
    """The column on which a character of a row stands."""
    column = 0
    for piece in row:
        if piece.at is not None and piece.at <= offset < piece.end:
            return column + cell_len(piece.text[: offset - piece.at])
        column += cell_len(piece.text)
    return column


def offset_in(row: Row, column: int) -> int | None:
    """The offset under a cell of a row: beside its words the nearest of them; None on a line of layout."""
    at, found, behind = 0, None, 0
    for piece in row:
        if piece.at is None:
            at += cell_len(piece.text)
            continue
        if at > column:
            return piece.at if found is None or at - column <= column - behind else found
        for number in range(len(piece.text)):
            if at + cell_len(piece.text[: number + 1]) > column:
                return piece.at + number
        at += cell_len(piece.text)
        found, behind = piece.end, at
    return found


def _parts(text: str) -> Iterator[_Table | Span]:
    """Stretches of plain lines, as offsets, and tables, in order."""
    lines = _lines(text)
    plain: int | None = None
    index = 0
    while index < len(lines):
        table = _table_at(text, lines, index)
        if table is None:
            plain = lines[index][0] if plain is None else plain
            index += 1
            continue
        if plain is not None:
            yield plain, lines[index - 1][1]
            plain = None
        yield table
        index += len(table.rows) + 1
    if plain is not None:
        yield plain, len(text)


def _lines(text: str) -> list[Span]:
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line)))
        start += len(line) + 1
    return found


def _table_at(text: str, lines: Sequence[Span], index: int) -> _Table | None:
    if index + 1 >= len(lines):
        return None
    rule = text[slice(*lines[index + 1])]
    head = _cells(text, *lines[index])
    if "|" not in rule or not _SEPARATOR.fullmatch(rule) or not head:
        return None
    marks = [text[a:b] for a, b in _cells(text, *lines[index + 1])]
    if len(marks) != len(head):
        return None
    rows = [head]
    for span in lines[index + 2 :]:
        cells = _cells(text, *span)
        if not cells:
            break
        rows.append(cells[: len(head)])
    return _Table(rows, [mark.endswith(":") and not mark.startswith(":") for mark in marks])


def _cells(text: str, start: int, end: int) -> list[Span]:
    """Offsets of the cells of a line without the blanks around them; none where it has no pipe."""
    line = text[start:end]
    pipes = [match.start() for match in _PIPE.finditer(line)]
    if not pipes:
        return []
    edges = [-1, *pipes, len(line)]
    cells = [(a + 1, b) for a, b in pairwise(edges)]
    if not line[: pipes[0]].strip():
        cells = cells[1:]
    if len(cells) > 1 and not line[pipes[-1] + 1 :].strip():
        cells = cells[:-1]
    return [_trimmed(text, start + a, start + b) for a, b in cells]


def _trimmed(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    left = len(cell) - len(cell.lstrip())
    return start + left, max(start + len(cell.rstrip()), start + left)


def _table_rows(text: str, table: _Table, measure: int) -> list[Row]:
    widths = _widths(text, table, measure)
    if widths is None:
        return _cell_rows(text, table, measure)
    rows: list[Row] = []
    for number, cells in enumerate(table.rows):
        rows += _laid(text, cells, widths, table.right)
        if number == 0:
            rows.append((Piece("─" * (sum(widths) + GAP * (len(widths) - 1)), None),))
    return rows


def _widths(text: str, table: _Table, measure: int) -> list[int] | None:
    """Cells of each column, the widest made narrower until all fit; None: they do not."""
    widths = [
        max(cell_len(text[slice(*row[column])]) if column < len(row) else 0 for row in table.rows)
        for column in range(len(table.rows[0]))
    ]
    room = measure - GAP * (len(widths) - 1)
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _LEAST:
            return None
        widths[widest] -= 1
    return [max(width, 1) for width in widths]


def _laid(text: str, cells: Sequence[Span], widths: Sequence[int], right: Sequence[bool]) -> list[Row]:
    """A row of the table: as many rows as its longest cell needs."""
    wrapped = [line_offsets(text, *cell, width) for cell, width in zip(cells, widths, strict=False)]
    rows = []
    for number in range(max(map(len, wrapped), default=1)):
        row: list[Piece] = []
        for column, (parts, width) in enumerate(zip(wrapped, widths, strict=False)):
            if column:
                row.append(Piece(" " * GAP, None))
            start, end = parts[number] if number < len(parts) else (0, 0)
            pad = " " * max(width - cell_len(text[start:end]), 0)
            held = [Piece(text[start:end], start)] if end > start else []
            row += [Piece(pad, None), *held] if right[column] else [*held, Piece(pad, None)]
        rows.append(tuple(piece for piece in row if piece.text))
    return rows


def _cell_rows(text: str, table: _Table, measure: int) -> list[Row]:
    """Where columns have no room: each row of the table one cell a line, with the head of its column."""
    rows: list[Row] = []
    for cells in table.rows[1:]:
        for column, (start, end) in enumerate(cells):
            head = text[slice(*table.rows[0][column])]
            label = f"{head}: " if head else ""
            if cell_len(label) > measure // 2:
                rows += [(Piece(part, None),) for part in wrap(label.rstrip(), max(measure, 1))]
                label = "  "
            room = max(measure - cell_len(label), 1)
            for number, (a, b) in enumerate(line_offsets(text, start, end, room)):
                lead = label if number == 0 else " " * cell_len(label)
                rows.append((Piece(lead, None), Piece(text[a:b], a)))
        rows.append(())
    return rows[:-1]
