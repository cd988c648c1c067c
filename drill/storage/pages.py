"""Rows of a SQLite file read page by page, past whatever is damaged. Source: sqlite.org/fileformat2.html.

SQLite itself gives up at the first page it cannot follow. Here each page is read for itself, so that a
damaged one costs what it held and nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from drill.core.frozen import dataclass

Value = None | int | float | str | bytes
PAGE_BYTES = 4096
"""Of the databases drill makes; taken where the file's own word is lost."""
FILE_BEGINS = b"SQLite format 3\0"
SCHEMA_PAGE = 1
_FILE_HEADER_BYTES = 100
_SAMPLE = 64
"""About so many pages tell whether a file holds any of a database."""
_INTERIOR = {2, 5}
_KEYS = {2, 10}
"""Pages of an index, or of a table without rowid."""
_HEADER_BYTES = {2: 12, 5: 12, 10: 8, 13: 8}
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)
"""By serial type."""
_REAL, _ZERO, _ONE, _FIRST_BYTES_TYPE = 7, 8, 9, 12


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a b-tree."""

    of_keys: bool
    """Of an index or a table without rowid; else of a table with rowids."""
    rows: tuple[tuple[Value, ...], ...]
    """In the order they are stored; a rowid is no part of its row."""
    children: tuple[int, ...]
    lost: int
    """Rows of it that cannot be read."""


class DatabaseFile:
    """The bytes of a database, its -wal brought in."""

    def __init__(self, data: bytes) -> None:
        size = int.from_bytes(data[16:18])
        size = 65_536 if size == 1 else size
        known = size >= 512 and size & (size - 1) == 0 and data.startswith(FILE_BEGINS)
        self._size = size if known else PAGE_BYTES
        self._usable = self._size - (data[20] if known else 0)
        self._data = data
        self._left = 4 * len(data)
        """Bytes of rows still to be read: a damaged page may tell of the same ones over and over."""
        self.count = -(-len(data) // self._size)

    def free(self) -> set[int]:
        """Numbers of the pages that hold nothing now, as far as their list can be followed."""
        found: set[int] = set()
        trunk = int.from_bytes(self._data[32:36])
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            page = self._bytes(trunk)
            leaves = min(int.from_bytes(page[4:8]), self._usable // 4 - 2)
            found |= {int.from_bytes(page[at : at + 4]) for at in range(8, 8 + 4 * leaves, 4)}
            trunk = int.from_bytes(page[:4])
        return found

    def page(self, number: int) -> Page | None:
        """A page that can be read; None: damaged, or no page of a b-tree."""
        if not 1 <= number <= self.count:
            return None
        data = self._bytes(number)
        start = _FILE_HEADER_BYTES if number == SCHEMA_PAGE else 0
        if len(data) < self._size or data[start] not in _HEADER_BYTES:
            return None
        kind = data[start]
        first = start + _HEADER_BYTES[kind]
        count = int.from_bytes(data[start + 3 : start + 5])
        cells = [int.from_bytes(data[first + 2 * at : first + 2 * at + 2]) for at in range(count)]
        if first + 2 * count > self._usable or any(not first <= cell < self._usable for cell in cells):
            return None
        children = [int.from_bytes(data[cell : cell + 4]) for cell in cells] if kind in _INTERIOR else []
        if kind in _INTERIOR:
            children.append(int.from_bytes(data[start + 8 : start + 12]))
        if any(not 1 <= child <= self.count for child in children):
            return None
        rows, lost = [], 0
        if kind != 5:
            for cell in cells:
                try:
                    payload = self._payload(data, cell, kind)
                    self._left -= len(payload)
                    rows.append(_record(payload))
                except (ValueError, IndexError, struct.error):
                    lost += 1
        if lost and not rows:
            return None
        return Page(kind in _KEYS, tuple(rows), tuple(children), lost)

    def _bytes(self, number: int) -> bytes:
        return self._data[(number - 1) * self._size : number * self._size]

    def _payload(self, data: bytes, cell: int, kind: int) -> bytes:
        """What a cell holds, its overflow pages followed. Raises ValueError."""
        if self._left < 0:
            raise ValueError("the pages tell of more than the file can hold")
        at = cell + 4 if kind == 2 else cell
        length, at = _varint(data, at)
        if kind == 13:
            _, at = _varint(data, at)
        usable = self._usable
        most = usable - 35 if kind == 13 else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return _exactly(data[at : min(at + length, usable)], length)
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        parts = [_exactly(data[at : at + here], here)]
        rest, number, seen = length - here, int.from_bytes(data[at + here : at + here + 4]), set()
        while rest > 0:
            if not 1 < number <= self.count or number in seen:
                raise ValueError("an overflow page is not there")
            seen.add(number)
            page = self._bytes(number)
            parts.append(page[4 : 4 + min(rest, usable - 4)])
            rest -= len(parts[-1])
            number = int.from_bytes(page[:4])
        if number:
            raise ValueError("an overflow chain has no end")
        return b"".join(parts)


def holds_rows(path: Path) -> bool:
    """Whether rows stand in any of some pages from all over a file: what is no database is not read whole."""
    count = path.stat().st_size // PAGE_BYTES
    sample = [bytes(PAGE_BYTES)]
    with path.open("rb") as file:
        for number in range(1, count, max(count // _SAMPLE, 1)):
            file.seek(number * PAGE_BYTES)
            sample.append(file.read(PAGE_BYTES))
    pages = DatabaseFile(b"".join(sample))
    found = (pages.page(number) for number in range(2, pages.count + 1))
    return any(page is not None and page.rows for page in found)


def wal_pages(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Numbers and contents of the pages that a -wal's commits hold, in the order they were written."""
    order: str = ">" if data[:4] == b"\x37\x7f\x06\x83" else "<"
    size, salt = int.from_bytes(data[8:12]), data[16:24]
    if data[:4] not in (b"\x37\x7f\x06\x83", b"\x37\x7f\x06\x82") or not 512 <= size <= 65_536:
        return
    sums = _checksum(order, data[:24], (0, 0))
    waiting: list[tuple[int, bytes]] = []
    for at in range(32, len(data) - size - 23, 24 + size):
        frame, page = data[at : at + 24], data[at + 24 : at + 24 + size]
        sums = _checksum(order, page, _checksum(order, frame[:8], sums))
        if frame[8:16] != salt or struct.unpack(">2I", frame[16:24]) != sums:
            return
        waiting.append((int.from_bytes(frame[:4]), page))
        if int.from_bytes(frame[4:8]):  # the last frame of a commit
            yield from waiting
            waiting = []


def _checksum(order: str, data: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for even, odd in zip(words, words, strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


def _exactly(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError("a row is cut short")
    return data


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number and where it ends."""
    value = 0
    for place in range(9):
        byte = data[at + place]
        if place == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError("a ninth byte is the last")


def _record(payload: bytes) -> tuple[Value, ...]:
    """The values of a record. Raises ValueError where it is none."""
    header, at = _varint(payload, 0)
    body = header
    values: list[Value] = []
    while at < header:
        kind, at = _varint(payload, at)
        if kind < len(_INTEGER_BYTES):
            length = _INTEGER_BYTES[kind]
            values.append(int.from_bytes(payload[body : body + length], signed=True) if kind else None)
        elif kind == _REAL:
            length = 8
            values.append(struct.unpack(">d", payload[body : body + 8])[0])
        elif kind in (_ZERO, _ONE):
            length = 0
            values.append(kind - _ZERO)
        elif kind >= _FIRST_BYTES_TYPE:
            length = (kind - _FIRST_BYTES_TYPE) // 2
            text = payload[body : body + length]
            values.append(text.decode("utf-8") if kind % 2 else text)
        else:
            raise ValueError("a value is of no known type")
        body += length
    if at != header or body != len(payload):
        raise ValueError("a record does not end where it should")
    return tuple(values)
