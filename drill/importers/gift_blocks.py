"""The questions of a GIFT file apart: at blank lines, and where a new one starts without one before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from drill.core.frozen import dataclass

_BRACE = re.compile("[{}]")
_STARTS = re.compile(r"[ \t]*(?:::|\$CATEGORY:)", re.IGNORECASE)
_STARTS_WITHIN = re.compile(r"[ \t]*::[^:\n]+::")


_Row = tuple[int, str]
"""A line and its place in the file."""


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, comments blanked out."""

    rows: tuple[_Row, ...]

    @property
    def text(self) -> str:
        """The lines with line feeds between them."""
        return "\n".join(text for _, text in self.rows)

    def place(self, at: int) -> int:
        """The place in the file of a character of `text`: line breaks there may be longer."""
        starts, total = [], 0
        for _, text in self.rows:
            starts.append(total)
            total += len(text) + 1
        row = bisect_right(starts, at) - 1
        offset, text = self.rows[row]
        return offset + min(at - starts[row], len(text))


def escaped(text: str, at: int) -> bool:
    """Whether a backslash stands before the character that is not itself escaped."""
    slashes = 0
    while at - slashes > 0 and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def blocks(text: str) -> Iterator[Block]:
    """Every question in order."""
    for rows in _stretches(text):
        yield from _split(rows)


def _stretches(text: str) -> Iterator[list[_Row]]:
    """The lines between blank lines; braces hold them together."""
    rows: list[_Row] = []
    start, depth = 0, 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        row = text[start:end].rstrip("\r")
        comment = row.lstrip().startswith("//")
        # A title opens the next question, even where a brace before it was never closed.
        titled = row.startswith("::") and depth > 0 and not rows[-1][1].strip()
        if titled or (not row.strip() and depth == 0):
            if rows:
                yield rows
            rows = []
        if titled:
            depth = 0
        if row.strip() or depth:
            rows.append((start, " " * len(row) if comment else row))
            if not comment:
                for brace in _braces(row):
                    depth = max(0, depth + (1 if row[brace] == "{" else -1))
        start = end + 1
    if rows:
        yield rows


def _split(rows: list[_Row]) -> Iterator[Block]:
    """The questions of a stretch: after answers a title, a category or further answers begin one."""
    current: list[_Row] = []
    depth = 0
    closed: int | None = None
    """Lines of `current` up to and with the one in which its answers closed."""
    for offset, row in rows:
        if closed is not None and depth == 0 and _STARTS.match(row):
            yield Block(tuple(current))
            current, closed = [], None
        begin = 0
        for brace in _braces(row):
            if row[brace] == "{":
                if depth == 0 and closed is not None and closed <= len(current):
                    yield Block(tuple(current[:closed]))
                    current, closed = current[closed:], None
                depth += 1
                continue
            depth = max(0, depth - 1)
            if depth == 0:
                closed = len(current) + 1
                if _STARTS_WITHIN.match(row, brace + 1):
                    yield Block((*current, (offset + begin, row[begin : brace + 1])))
                    current, closed, begin = [], None, brace + 1
        current.append((offset + begin, row[begin:]))
    if any(text.strip() for _, text in current):
        yield Block(tuple(current))


def _braces(row: str) -> Iterator[int]:
    return (found.start() for found in _BRACE.finditer(row) if not escaped(row, found.start()))
