"""From a history document to block records.

Some hundred attempts at a time are looked at as columns: types, ranges and lengths by loops in C. Where one
of them is not surely sound they are read one by one, so that a mistake is named with its attempt and field.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain, groupby, pairwise
from operator import attrgetter, itemgetter, lt
from types import NoneType
from typing import Any, BinaryIO, NamedTuple

from drill.analytics.document import BLOCK_FIELDS, ITEM_FIELDS
from drill.analytics.document_checks import (
    WORDS,
    HistoryDocumentError,
    change,
    check_block,
    read_attempt,
    wrong,
)
from drill.analytics.document_stream import attempts_in
from drill.analytics.sample import in_order
from drill.core.history import AttemptDetail, AttemptRecord, Attempts, BlockRecord
from drill.core.ranges import MAX_NAME, RANGES
from drill.core.vocabulary import BlockEnd, Exclusion, Status

_TOGETHER = 200
_PIECE_BYTES = 65_536
"""Some 50 attempts: as objects they fit in a processor's cache."""
_FIELDS = {**BLOCK_FIELDS, **ITEM_FIELDS}
_ADDED = {"topic": (str, NoneType), "confidence": (str, NoneType)}
"""What version 0.1 did not write."""
_ALLOWED = {name: frozenset(kinds) for name, kinds in {**_FIELDS, **_ADDED}.items()}
_OF_FEW_WORDS = ("status", "time_excluded_because", "confidence")
_SHARED = {name for name, kinds in _ALLOWED.items() if str in kinds and name in AttemptRecord._fields}
_block_values, _item_values = itemgetter(*BLOCK_FIELDS), itemgetter(*ITEM_FIELDS)
_STATUSES = {status.value: status for status in Status}


class _Gathered:
    """What was met of one block."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.values = values
        """Of BLOCK_FIELDS."""
        self.set_aside = False
        self._parts: list[Attempts] = []
        self._run: list[list[Sequence[Any]]] = []
        """Columns of attempts that followed one another up to now."""

    def add(self, columns: list[Sequence[Any]]) -> None:
        """The next attempts."""
        self._run.append(columns)

    def end_run(self) -> None:
        """Another block follows: what was met is held in little memory."""
        self._parts.append(Attempts(_joined(self._run)))
        self._run = []

    def block(self) -> BlockRecord:
        """The block, its attempts in the order shown."""
        fields = dict(zip(BLOCK_FIELDS, self.values, strict=True))
        fields["filters"] = tuple(fields["filters"])
        fields["block_end"] = BlockEnd(fields["block_end"])
        parts = self._parts
        attempts = parts[0] if len(parts) == 1 else Attempts(_joined([part.columns() for part in parts]))
        if not all(map(lt, attempts.position, attempts.position[1:])):
            attempts = Attempts.of(sorted(attempts, key=attrgetter("position")))
            for before, after in pairwise(attempts.position):
                if before == after:
                    raise HistoryDocumentError(
                        f"Block {fields['block']} has two attempts at position {after}. Each may stand once."
                    )
        return BlockRecord(**fields, attempts=attempts, set_aside=self.set_aside)


def _joined(parts: list[list[Sequence[Any]]]) -> list[Sequence[Any]]:
    if len(parts) == 1:
        return parts[0]
    return [tuple(chain.from_iterable(columns)) for columns in zip(*parts, strict=True)]


class _Piece(NamedTuple):
    """Some attempts that follow one another."""

    blocks: list[tuple[Any, ...]]
    """Values of BLOCK_FIELDS."""
    columns: list[Sequence[Any]]
    """By the fields of AttemptRecord."""
    set_aside: list[bool]


def read_document(stream: BinaryIO, *, detailed: bool = False) -> list[BlockRecord]:
    """Blocks, oldest first, from a history document in JSON; `stream` stands at its beginning, and can seek.

    Raises HistoryDocumentError as `from_document` does, ValueError or RecursionError where it is no JSON.
    """
    begun = stream.tell()
    # What is wrong, or only written another way, is read once more and whole: errors count from the start.
    with suppress(ValueError, RecursionError, HistoryDocumentError):
        pieces = codecs.iterdecode(iter(partial(stream.read, _PIECE_BYTES), b""), "utf-8")
        return _blocks(attempts_in(pieces), detailed=detailed)
    stream.seek(begun)
    return from_document(json.loads(stream.read()), detailed=detailed)


def from_document(document: object, *, detailed: bool = False) -> list[BlockRecord]:
    """Blocks, oldest first, from a parsed history document.

    Raises HistoryDocumentError naming the attempt and the field at fault. Fields it does not know are
    ignored. Attempts of one block may stand anywhere in the list. `detailed`: with each attempt's `detail`.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("attempts"), list):
        raise HistoryDocumentError(
            'This is no history document. It must be {"attempts": [...]}, written by `drill history --json`.'
        )
    every = document["attempts"]
    parts = (every[start : start + _TOGETHER] for start in range(0, len(every), _TOGETHER))
    return _blocks(parts, detailed=detailed)


def _blocks(attempts: Iterable[list[Any]], *, detailed: bool) -> list[BlockRecord]:
    blocks: dict[str, _Gathered] = {}
    current: _Gathered | None = None
    number = 1
    for piece in _pieces(attempts, detailed=detailed):
        start = 0
        for values, run in groupby(piece.blocks):
            end = start + len(list(run))
            if current is None or current.values != values:
                if current is not None:
                    current.end_run()
                current = _gathered(blocks, values, number + start)
            current.add([column[start:end] for column in piece.columns])
            current.set_aside |= True in piece.set_aside[start:end]
            start = end
        number += start
    if current is not None:
        current.end_run()
    return in_order(gathered.block() for gathered in blocks.values())


def _gathered(blocks: dict[str, _Gathered], values: tuple[Any, ...], number: int) -> _Gathered:
    """What was met of the block of attempt `number`, which must say of it what the others say."""
    known = blocks.get(values[0])
    if known is None:
        check_block(values, number)
        known = blocks[values[0]] = _Gathered(values)
    elif known.values != values:
        pairs = zip(BLOCK_FIELDS, known.values, values, strict=True)
        name = next(name for name, before, now in pairs if before != now)
        raise wrong(number, f"{name} differs from the other attempts of block {values[0]}")
    return known


def _pieces(attempts: Iterable[list[Any]], *, detailed: bool) -> Iterator[_Piece]:
    """The attempts in their order. Many at once where all of them are sound, else one by one."""
    shared: dict[str | None, str | None] = {}
    number = 1
    for some in attempts:
        piece = _together(some, shared, detailed=detailed)
        if piece is not None:
            yield piece
        else:
            for at, attempt in enumerate(some, start=number):
                read = read_attempt(attempt, at)
                record = read.record if detailed else read.record._replace(detail=None)
                yield _Piece([read.block], [(value,) for value in record], [read.set_aside])
        number += len(some)


def _together(attempts: list[Any], shared: dict[str | None, str | None], *, detailed: bool) -> _Piece | None:
    """What `read_attempt` gives, column by column. None unless all are surely sound.

    `shared` holds each text once for all attempts. Of a block only the types are looked at here.
    """
    if set(map(type, attempts)) != {dict}:
        return None
    try:
        blocks, items = list(map(_block_values, attempts)), list(map(_item_values, attempts))
    except KeyError:
        return None
    columns: dict[str, Sequence[Any]] = {name: [a.get(name) for a in attempts] for name in _ADDED}
    columns |= zip(_FIELDS, chain(zip(*blocks, strict=True), zip(*items, strict=True)), strict=False)
    for name, allowed in _ALLOWED.items():
        kinds = set(map(type, columns[name]))
        if not kinds <= allowed or not (name in BLOCK_FIELDS or _is_usual(name, columns[name], kinds)):
            return None
        if name in _SHARED and str in kinds:
            columns[name] = list(map(shared.setdefault, columns[name], columns[name]))
    if not all(set(columns[name]).issubset(WORDS[name]) for name in _OF_FEW_WORDS):
        return None
    try:
        changes = [tuple(change(each, 0) for each in made) if made else () for made in columns["changes"]]
    except HistoryDocumentError:
        return None
    excluded = [attempt.get("ineligible_because") for attempt in attempts]
    columns["wrong_key"] = [word == Exclusion.WRONG_KEY for word in excluded]
    columns["status"] = [_STATUSES[word] for word in columns["status"]]
    columns["changes"] = changes
    details = zip(*(columns[name] for name in AttemptDetail._fields), strict=True)
    columns["detail"] = list(map(AttemptDetail._make, details)) if detailed else (None,) * len(attempts)
    set_aside = [word == Exclusion.SET_ASIDE for word in excluded]
    return _Piece(blocks, [columns[name] for name in AttemptRecord._fields], set_aside)


def _is_usual(name: str, values: Sequence[Any], kinds: set[type]) -> bool:
    """Whether values of the right types are in their range, or texts and lists of usual length."""
    if NoneType in kinds:
        values = [value for value in values if value is not None]
    if not values or bool in kinds:
        return True
    if int in kinds:
        bounds = RANGES.get(name)
        return bounds is None or (bounds.holds(min(values)) and bounds.holds(max(values)))
    return max(map(len, values)) <= MAX_NAME
