"""The key at the end of a text: which lines it has, and which question each entry answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from drill.importers.option_labels import latinised
from drill.importers.text_keys import Entry, is_all_key, key_entries, matched, paired
from drill.importers.text_lines import Kind, Row
from drill.importers.text_words import SEVERAL
from drill.importers.written import Question

_MAX_KEY_ROW = 2_000
_GOES_ON = re.compile(rf"\s*[,;/&+]|\s+{SEVERAL}\b", re.IGNORECASE)
"""How a second letter follows the first."""


def begins_key(rows: Sequence[Row], at: int) -> bool:
    """Whether a heading is followed by an answer key."""
    for place in range(at + 1, min(at + 6, len(rows))):
        row = rows[place]
        if row.kind in (Kind.KEYS, Kind.BLANK, Kind.RULE) or re.fullmatch(r"[\s|:-]*", row.text):
            continue
        if row.kind is Kind.TEXT and row.number is None and _is_part_title(row, rows, place):
            return True
        below = next((each for each in rows[place + 1 : place + 7] if each.text.strip()), None)
        if below is not None and paired(row.text, below.text):
            return True
        return bool(key_entries(row.text)) or row.number is not None
    return False


def read_key(rows: Sequence[Row], at: int, asked: Sequence[Question], begins: Callable[[int], bool]) -> int:
    """Give each question its answer: `1. C`, one a line or several, each perhaps with its explanation.

    `begins` tells whether a question begins at a line. Gives the line at which the key ends.
    """
    found: list[tuple[Entry, Row]] = []
    texts: list[list[str]] = []
    """What stands beside and below each entry."""
    if rows[at].kind is Kind.ANSWER:
        found = [(entry, rows[at]) for entry in key_entries(rows[at].body)]
        texts = [[] for _ in found]
    numbers = ""
    end = at + 1
    while end < len(rows):
        row, line = rows[end], rows[end].text[:_MAX_KEY_ROW]
        entries = paired(numbers, line) or _entries_of(line)
        numbers = line if not entries and end + 1 < len(rows) and paired(line, rows[end + 1].text) else ""
        another = row.kind in (Kind.ANSWER, Kind.KEYS) and bool(found) and is_all_key(row.body)
        if entries:
            found += [(entry, row) for entry in entries]
            texts += [[] for _ in entries]
            rest = line[entries[0].end :].strip("| ").lstrip(".):*_-–—、】| ")
            if len(entries) == 1 and rest:
                texts[-1].append(rest)
        elif not numbers and (begins(end) or row.kind is Kind.HEADING or another):
            break
        elif not numbers and found and row.kind is not Kind.RULE and not _is_part_title(row, rows, end):
            texts[-1].append(row.body if row.kind is Kind.EXPLANATION else row.text)
        end += 1
    places = matched([each.number for each in asked], [entry for entry, _ in found])
    for place, (entry, row), lines in zip(places, found, texts, strict=True):
        if place is not None and asked[place].answer is None:
            _answer(asked[place], entry, row, lines)
    return end


def _is_part_title(row: Row, rows: Sequence[Row], at: int) -> bool:
    """A short line directly above the entries of the next part of a key."""
    below = next((each for each in rows[at + 1 : at + 3] if each.text.strip()), None)
    return len(row.text) < 40 and below is not None and any(e.number == 1 for e in _entries_of(below.text))


def _entries_of(line: str) -> list[Entry]:
    """The entries of a key in a line: all, where it holds nothing else; else the one at its beginning."""
    if is_all_key(line):
        return key_entries(line)
    first = next(iter(key_entries(line)), None)
    if first is None or re.search(
        r"\w", re.sub(r"(?i)question|[qQ]\b|\d", "", line[: line.find(first.label)])
    ):
        return []
    begins = re.match(r"[\s\W]*(?:question|q\.?)?\s*\d{1,5}", line, re.IGNORECASE)
    signed = re.search(r"[.):=|–—(\[*-]", line[: first.end]) is not None
    return [first] if begins is not None and signed else []


def _answer(question: Question, entry: Entry, row: Row, lines: list[str]) -> None:
    """What a key says of one question; what stands beside the letter is judged with it."""
    beside, *below = lines or [""]
    raw = row.text[entry.end :].lstrip("*_)]")
    goes_on = _GOES_ON.match(raw) is not None and bool(beside)
    question.answer = latinised(entry.label, question.script).upper() + (
        raw if goes_on else f". {beside}" if beside else ""
    )
    question.answer_at = row.offset
    question.explanation += below if any(below) else []
