"""Checks over all items of a bank, whatever format they came from: ids, sets, and the warnings."""

from __future__ import annotations

import re
from typing import NamedTuple

from drill.core import leadin
from drill.core.items import Item
from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.source import Source

MAX_WARNINGS_OF_A_KIND = 20
"""More of one kind in one file become a single warning with their number."""
_MANY = {
    "no-explanation": "No explanation",
    "other-letter": "The explanation seems to call another letter correct",
    "absent-figure": "A figure is referred to, and a bank holds no figures",
    "no-lead-in": "No lead-in is found",
    "same-text": "The same text stands under two ids",
}
SAME_LETTER_ITEMS = 4
"""From so many items on it is odd that every answer is the same letter."""

_CALLED = (
    re.compile(
        r"\b(?:correct|right|best|keyed)\s+(?:answer|option|choice|response)\s*(?:is|:|=)\s*"
        r"(?:(?:option|choice|answer)\s+)?[(\"']?([A-Z])[)\"']?(?=\s*(?:[.,;:)]|$|because\b|since\b|as\b|-"
        r"|–|—))"
    ),
    re.compile(
        r"(?i:\b(?:option|choice|answer))\s+\(?([A-Z])\)?,?\s+is\s+(?:the\s+)?(?:correct|right|best)\b"
    ),
    re.compile(
        r"^\s*(?:(?i:correct\s+)?(?i:answer|key)\s*[:=]\s*)\(?([A-Z])\)?(?=\s*(?:[.,;:)]|$|-|–|—))",
        re.MULTILINE,
    ),
    re.compile(r"\(([A-Z])\)\s+is\s+(?:the\s+)?(?:correct|right|best)\b"),
    re.compile(r"(?:^|[.;:]\s+)([B-Z])\s+is\s+(?:the\s+)?(?:correct|right|best)\b"),
)
_MAYBE_CALLED = ("correct", "right", "best", "answer", "key")


class ReadItem(NamedTuple):
    """An item and where it starts in the file's text."""

    item: Item
    offset: int


def check_items(source: Source, found: list[ReadItem]) -> None:
    """Report duplicate ids and broken sets as errors, then the warnings."""
    _check_ids(source, found)
    _check_sets(source, found)
    texts: dict[int, ReadItem] = {}
    warnings = _Warnings(source)
    for read in found:
        _look(source, warnings, read, texts)
    warnings.report(len(found))
    keys = {read.item.answer for read in found}
    if len(found) >= SAME_LETTER_ITEMS and len(keys) == 1:
        source.warning(
            found[0].offset,
            "same-answer",
            f"The answer of all {len(found)} items is {keys.pop()}.",
            "Check that the keys are right.",
        )


def _check_ids(source: Source, found: list[ReadItem]) -> None:
    seen: dict[str, int] = {}
    for item, index in found:
        if item.id in seen:
            line = source.place(seen[item.id]).line
            source.error(
                index,
                "duplicate-id",
                f"The id {quoted(item.id)} is taken by the item in line {line}.",
                "Give each item an id of its own.",
            )
        else:
            seen[item.id] = index


def _check_sets(source: Source, found: list[ReadItem]) -> None:
    closed: dict[str, int] = {}
    current: str | None = None
    members: list[ReadItem] = []
    for read in (*found, None):
        name = read.item.set if read is not None else None
        if current is not None and name == current and read is not None:
            members.append(read)
            continue
        if current is not None:
            closed[current] = members[0].offset
            count = len(members)
            if not fields.MIN_SET_ITEMS <= count <= fields.MAX_SET_ITEMS:
                source.error(
                    members[0].offset,
                    "set-size",
                    f"The set {quoted(current)} has {count} item{'s' if count != 1 else ''} in a row; a "
                    f"set has 2 to 6.",
                    "Keep its items together, and check the spelling of the name.",
                )
        current, members = name, [read] if read is not None else []
        if name is not None and name in closed and read is not None:
            source.error(
                read.offset,
                "set-split",
                f"The set {quoted(name)} has other items, from line {source.place(closed[name]).line} on, "
                f"and they are not next to this one.",
                "Put the items of a set one after the other.",
            )


class _Warnings:
    """Warnings by kind: a kind that many items share becomes one warning."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kinds: dict[str, list[tuple[ReadItem, str, str]]] = {}

    def add(self, code: str, read: ReadItem, message: str, hint: str = "") -> None:
        self._kinds.setdefault(code, []).append((read, message, hint))

    def report(self, item_count: int) -> None:
        """Add them to the source."""
        for code, found in self._kinds.items():
            if len(found) <= MAX_WARNINGS_OF_A_KIND:
                for read, message, hint in found:
                    self._source.warning(read.offset, code, message, hint)
                continue
            first, _message, hint = found[0]
            names = ", ".join(quoted(read.item.id) for read, _, _ in found[:3])
            self._source.warning(
                first.offset,
                code,
                f"{_MANY[code]}: {len(found):,} of {item_count:,} items, {names} and others.",
                hint,
            )


def _look(source: Source, warnings: _Warnings, read: ReadItem, texts: dict[int, ReadItem]) -> None:
    item = read.item
    if item.explanation is None:
        warnings.add("no-explanation", read, f"Item {quoted(item.id)} has no explanation.")
    else:
        other = called_correct(item)
        if other is not None:
            warnings.add(
                "other-letter",
                read,
                f"The explanation of item {quoted(item.id)} seems to call {other} correct, "
                f"and the answer is {item.answer}.",
                "Check the key.",
            )
    if leadin.refers_to_absent_figure(item.stem, item.lead_in):
        warnings.add(
            "absent-figure", read, f"Item {quoted(item.id)} refers to a figure, and a bank holds no figures."
        )
    if item.lead_in is None and not leadin.has_lead_in(item.stem):
        warnings.add(
            "no-lead-in",
            read,
            f"No lead-in is found in item {quoted(item.id)}.",
            "End the stem with a question, or write lead_in.",
        )
    same = texts.setdefault(hash((item.stem, item.lead_in, *(option.text for option in item.options))), read)
    if same is not read and same.item.id != item.id:
        line = source.place(same.offset).line
        warnings.add(
            "same-text",
            read,
            f"Item {quoted(item.id)} has the same text as {quoted(same.item.id)} in line {line}.",
        )


def called_correct(item: Item) -> str | None:
    """Another letter that the explanation calls correct; None as well when it also calls the key so."""
    explanation = item.explanation or ""
    lower = explanation.lower()
    if not any(word in lower for word in _MAYBE_CALLED):
        return None
    called = {
        letter for pattern in _CALLED for letter in pattern.findall(explanation) if letter in item.letters
    }
    if not called or item.answer in called:
        return None
    return str(min(called))
