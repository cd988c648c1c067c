"""Checks over all items of a bank, whatever format they came from: ids, sets, and the warnings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drill.core import leadin
from drill.core.items import Item
from drill.importers import fields
from drill.importers.diagnostics import quoted
from drill.importers.source import Source

MAX_WARNINGS_OF_A_KIND = 20
"""More of one kind in one file become a single warning with their number."""
_KINDS = {
    "no-explanation": ("Item {name} has no explanation.", "No explanation", ""),
    "other-letter": (
        "The explanation of item {name} seems to call {detail} correct, and the answer is {answer}.",
        "The explanation seems to call another letter correct",
        "Check the key.",
    ),
    "absent-figure": (
        "Item {name} refers to a figure, and has none.",
        "A figure is referred to, and the item has none",
        "Give it under figures, or describe in words what it shows.",
    ),
    "no-lead-in": (
        "No lead-in is found in item {name}.",
        "No lead-in is found",
        "End the stem with a question, or write lead_in.",
    ),
    "same-text": ("Item {name} has the same text as {detail}.", "The same text stands under two ids", ""),
}
"""By kind: the warning for one item, the start of the warning for many, and the hint."""
SAME_LETTER_ITEMS = 4
"""From so many items on it is odd that every answer is the same letter."""

_CALLED = (
    re.compile(
        r"\b(?:correct|right|best|keyed)\s+(?:answer|option|choice|response)\s*(?:is|:|=)\s*"
        r"(?:(?:option|choice|answer)\s+)?[(\"']?([A-Z])[)\"']?"
        r"(?=\s*(?:[.,;:)]|$|because\b|since\b|as\b|\s[-–—]))"
    ),
    re.compile(
        r"^\s*(?:(?i:correct\s+)?(?i:answer|key)\s*[:=]\s*)\(?([A-Z])\)?(?=\s*(?:[.,;:)]|$|\s[-–—]))",
        re.MULTILINE,
    ),
)
"""What names a letter as the answer: "The correct answer is B"."""
_IS_CORRECT = re.compile(r"is\s+(?:the\s+)?(?:correct|right|best)\b")
_CALLED_SO = (
    re.compile(rf"(?i:\b(?:option|choice|answer))\s+\(?([A-Z])\)?,?\s+{_IS_CORRECT.pattern}"),
    re.compile(rf"\(([A-Z])\)\s+{_IS_CORRECT.pattern}"),
    re.compile(rf"(?:^|[.;:]\s+)([B-Z])\s+{_IS_CORRECT.pattern}"),
)
"""What says that a letter is correct; few explanations hold the end of these, which is found much sooner."""
_MAYBE_CALLED = ("correct", "right", "best", "answer", "key")


class ReadItem(NamedTuple):
    """An item and where it starts in the file's text."""

    item: Item
    offset: int


def check_items(
    source: Source,
    found: list[ReadItem],
    ids: Iterable[tuple[str, int]] = (),
    sets: Iterable[tuple[str | None, int]] = (),
    groups: Iterable[tuple[str | None, int]] = (),
    formers: Iterable[tuple[str, str | None, int]] = (),
) -> None:
    """Report duplicate ids, broken sets and groups, and unfit former ids as errors, then the warnings.

    `ids` are (id, place), `sets` (set, place), `groups` (group, place) and `formers` (former id, id, place)
    of all items where some with mistakes are not in `found`.
    """
    ids = list(ids) or [(item.id, offset) for item, offset in found]
    _check_ids(source, ids)
    _check_formers(source, ids, formers)
    for kind, members in (("set", sets), ("group", groups)):
        for _, offset, code, message, hint in broken_sets(source, members, kind):
            source.error(offset, code, message, hint)
    texts = _Texts()
    warnings = _Warnings(source)
    for read in found:
        _look(source, warnings, read, texts)
    warnings.report(len(found))
    _check_tasks(source, found)
    keys = {read.item.answer for read in found}
    if len(found) >= SAME_LETTER_ITEMS and len(keys) == 1:
        source.warning(
            found[0].offset,
            "same-answer",
            f"The answer of all {len(found)} items is {keys.pop()}.",
            "Check that the keys are right.",
        )


def _check_ids(source: Source, ids: Iterable[tuple[str, int]]) -> None:
    seen: dict[str, int] = {}
    for item_id, index in ids:
        if item_id in seen:
            line = source.place(seen[item_id]).line
            source.error(
                index,
                "duplicate-id",
                f"The id {quoted(item_id)} is taken by the item in line {line}.",
                "Give each item an id of its own.",
            )
        else:
            seen[item_id] = index


def _check_formers(
    source: Source, ids: list[tuple[str, int]], formers: Iterable[tuple[str, str | None, int]]
) -> None:
    """A former id belongs to one item and is no item's id now: else a history would have two owners."""
    now = dict(reversed(ids))
    owners: dict[str, tuple[str | None, int]] = {}
    for former, item_id, offset in formers:
        if former in now:
            line = source.place(now[former]).line
            whose = "this item's own" if former == item_id else f"that of the item in line {line}"
            message = f"The former id {quoted(former)} is {whose} now."
            hint = (
                "A former id is no id of the file any more: take it out here, or give that item another id."
            )
            source.error(offset, "former-id", message, hint)
        elif former in owners and owners[former][0] != item_id:
            line = source.place(owners[former][1]).line
            message = f"The former id {quoted(former)} stands under another item as well, in line {line}."
            source.error(offset, "former-id", message, "Keep it under the item that had this id.")
        owners.setdefault(former, (item_id, offset))


def broken_sets(
    source: Source, sets: Iterable[tuple[str | None, int]], kind: str = "set"
) -> Iterator[tuple[str, int, str, str, str]]:
    """Name, place, code, message and hint of each set (or other `kind`) that does not hold together."""
    closed: dict[str, int] = {}
    current: str | None = None
    members: list[int] = []
    for name, offset in (*sets, (None, 0)):
        if current is not None and name == current:
            members.append(offset)
            continue
        if current is not None:
            closed[current] = members[0]
            count = len(members)
            if not fields.MIN_SET_ITEMS <= count <= fields.MAX_SET_ITEMS:
                yield (
                    current,
                    members[0],
                    f"{kind}-size",
                    f"The {kind} {quoted(current)} has {count} item{'s' if count != 1 else ''} in a row; a "
                    f"{kind} has 2 to 6.",
                    "Keep its items together, and check the spelling of the name.",
                )
        current, members = name, [offset]
        if name is not None and name in closed:
            yield (
                name,
                offset,
                f"{kind}-split",
                f"The {kind} {quoted(name)} has other items, from line {source.place(closed[name]).line} on, "
                f"and they are not next to this one.",
                f"Put the items of a {kind} one after the other.",
            )


def _check_tasks(source: Source, found: list[ReadItem]) -> None:
    """Doubt a task that is nearly one of the outline, once: filters take it for another."""
    firsts: dict[str, int] = {}
    for item, offset in found:
        if item.task is not None and item.task not in firsts:
            firsts[item.task] = offset
    for task, offset in firsts.items():
        meant = fields.nearest_task(task)
        if meant is not None:
            what = f"The task {quoted(task)} is nearly one of the exam outline, and counts as another."
            source.warning(offset, "near-task", what, f'Did you mean "{meant}"?')


class _Warnings:
    """Warnings by kind: a kind that many items share becomes one warning."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[str, list[tuple[ReadItem, str]]] = {}

    def add(self, kind: str, read: ReadItem, detail: str = "") -> None:
        self._found.setdefault(kind, []).append((read, detail))

    def report(self, item_count: int) -> None:
        """Add them to the source."""
        for kind, found in self._found.items():
            one, many, hint = _KINDS[kind]
            if len(found) <= MAX_WARNINGS_OF_A_KIND:
                for (item, offset), detail in found:
                    message = one.format(name=quoted(item.id), detail=detail, answer=item.answer)
                    self._source.warning(offset, kind, message, hint)
                continue
            names = ", ".join(quoted(read.item.id) for read, _ in found[:3])
            message = f"{many}: {len(found):,} of {item_count:,} items, {names} and others."
            self._source.warning(found[0][0].offset, kind, message, hint)


def _look(source: Source, warnings: _Warnings, read: ReadItem, texts: _Texts) -> None:
    item = read.item
    if item.explanation is None:
        warnings.add("no-explanation", read)
    else:
        other = called_correct(item)
        if other is not None:
            warnings.add("other-letter", read, other)
    if not item.asked_figures and leadin.refers_to_absent_figure(item.stem, item.lead_in):
        warnings.add("absent-figure", read)
    if item.lead_in is None and not leadin.has_lead_in(item.stem):
        warnings.add("no-lead-in", read)
    same = texts.alike(read)
    if same is not None and same.item.id != item.id:
        line = source.place(same.offset).line
        warnings.add("same-text", read, f"{quoted(same.item.id)} in line {line}")


class _Texts:
    """The questions so far by their texts."""

    def __init__(self) -> None:
        self._stems: dict[str, ReadItem] = {}
        self._texts: dict[int, ReadItem] = {}
        """By the hash of all texts, those whose stems are not theirs alone."""

    def alike(self, read: ReadItem) -> ReadItem | None:
        """The first question with the same texts; keeps this one where there is none."""
        first = self._stems.setdefault(read.item.stem, read)
        if first is read:
            return None
        self._texts.setdefault(_hash(first.item), first)
        same = self._texts.setdefault(_hash(read.item), read)
        return None if same is read else same


def _hash(item: Item) -> int:
    return hash((item.stem, item.lead_in, *[option.text for option in item.options]))


def called_correct(item: Item) -> str | None:
    """Another letter that the explanation calls correct; None as well when it also calls the key so."""
    explanation = item.explanation or ""
    if not any(map(explanation.lower().__contains__, _MAYBE_CALLED)):
        return None
    patterns = (*_CALLED, *_CALLED_SO) if _IS_CORRECT.search(explanation) else _CALLED
    called = {
        letter for pattern in patterns for letter in pattern.findall(explanation) if letter in item.letters
    }
    if not called or item.answer in called:
        return None
    return str(min(called))
