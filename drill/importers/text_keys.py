"""Answer keys: `1. C`, one a line or several, `1-5: CABDA`, numbers above letters, a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from drill.importers.option_labels import LABEL

_ENTRY = re.compile(
    r"(?:^|(?<=[\s,;|（(]))(?:question|q\.?|第)?[ \t]*(?P<number>\d{1,5})[ \t]*(?:题|題)?"
    r"[.):=|、．–—-]{0,2}[ \t]*[*_]{0,2}"
    rf"[(\[]?(?P<label>{LABEL}|(?<=[-–—:.)=| \t])\d)[)\]]?[*_]{{0,2}}(?=$|[\s,;|.:)、）–—*_-])",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?:^|(?<=[\s,;]))(?P<first>\d{1,4})[ \t]*(?:[-–—~～]|to)[ \t]*(?P<last>\d{1,4})[ \t]*[:：.)]?[ \t]*"
    r"(?P<letters>[A-Za-z](?:[ \t,]*[A-Za-z])*)(?=$|[\s;])"
)
_NUMBERS = re.compile(
    r"[ \t|]*(?:q\.?[ \t]*)?\d{1,4}[.)]?(?:[ \t|,]+(?:q\.?[ \t]*)?\d{1,4}[.)]?)+[ \t|]*$", re.IGNORECASE
)
_LETTERS_ROW = re.compile(r"[ \t|]*[(\[]?[A-Za-z][)\]]?(?:[ \t|,]+[(\[]?[A-Za-z][)\]]?)+[ \t|]*$")


class Entry(NamedTuple):
    """One answer of a key."""

    number: int
    label: str
    """The letter or number of the option, as the key has it."""
    end: int
    """Where it ends in its line."""


def key_entries(text: str) -> list[Entry]:
    """The entries of an answer key in a line; empty where it has none."""
    if found := list(_RANGE.finditer(text)):
        entries = []
        for each in found:
            letters = re.findall("[A-Za-z]", each["letters"])
            first = int(each["first"])
            if int(each["last"]) - first + 1 != len(letters):
                return []
            entries += [Entry(first + at, letter, each.end()) for at, letter in enumerate(letters)]
        return entries
    return [Entry(int(each["number"]), each["label"], each.end()) for each in _ENTRY.finditer(text)]


def is_all_key(text: str) -> bool:
    """Whether a line holds entries of a key and nothing else."""
    rest = _RANGE.sub("", text) if _RANGE.search(text) else _ENTRY.sub("", text)
    return bool(key_entries(text)) and not re.search(r"\w", rest)


def paired(numbers: str, letters: str) -> list[Entry]:
    """The entries of a row of numbers above a row of as many letters; empty where they are none."""
    if not (_NUMBERS.match(numbers) and _LETTERS_ROW.match(letters)):
        return []
    found, labels = re.findall(r"\d+", numbers), re.findall("[A-Za-z]", letters)
    if len(found) != len(labels):
        return []
    return [Entry(int(number), label, len(letters)) for number, label in zip(found, labels, strict=True)]


def runs_of(numbers: Iterable[int | None]) -> list[list[int]]:
    """Places of numbers that begin anew, as in the parts of a paper: 1, 2, 1, 2 -> [[0, 1], [2, 3]]."""
    runs: list[list[int]] = []
    before: int | None = None
    for place, number in enumerate(numbers):
        if not runs or (number is not None and before is not None and number <= before):
            runs.append([])
        runs[-1].append(place)
        before = number if number is not None else before
    return runs


def matched(asked: Sequence[int | None], entries: Sequence[Entry]) -> list[int | None]:
    """For each entry of a key the place of its question, by their numbers.

    Where numbers begin anew and the key does so as often, part belongs to part. Where it does not, a number
    that stands at several questions tells none of them.
    """
    numbers = list(asked) if any(number is not None for number in asked) else list(range(1, len(asked) + 1))
    parts, key_parts = runs_of(numbers), runs_of(entry.number for entry in entries)
    if len(parts) > 1 and len(parts) == len(key_parts):
        found: list[int | None] = []
        for part, key_part in zip(parts, key_parts, strict=True):
            places = {numbers[place]: place for place in part}
            found += [places.get(entries[at].number) for at in key_part]
        return found
    times = Counter(numbers)
    alone = {number: place for place, number in enumerate(numbers) if len(parts) < 2 or times[number] == 1}
    return [alone.get(entry.number) for entry in entries]
