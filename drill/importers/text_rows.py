"""Lines that hold several things, or one thing over two lines: options in a row, an answer below its word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from drill.importers.answers import folded
from drill.importers.lettered import split_options
from drill.importers.option_labels import BOX, CIRCLED, LABEL, place_of
from drill.importers.text_lines import Kind, Row, marked

_FURTHER = re.compile(
    rf"(?P<gap>[ \t\u3000]+)(?:[(\[（]?(?P<letter>{LABEL})[.):．、）\]]"
    rf"|(?P<circled>[{CIRCLED}]))[ \t]*(?=\S)"
)
_ANSWER_AT_END = re.compile(
    r"(?:^|[ \t])[(\[]?(?:correct[ \t]+)?ans(?:wer)?[ \t]*[:.=][ \t]*\(?(?P<label>[A-Za-z])\)?[.)\]]*$",
    re.IGNORECASE,
)
_LONGEST = 12
"""Lines above an answer that it may repeat one of."""


def spread(row: Row) -> list[Row]:
    """The options of a line, a row each: `A. one  B. two`.

    Three letters in order are options; two where more than one space stands between them.
    """
    tail = _ANSWER_AT_END.search(row.body)
    if tail is not None and (row.kind is Kind.OPTION or (row.number is not None and split_options(row.body))):
        said = Row(row.offset, row.text, Kind.ANSWER, tail["label"])
        return [*spread(replace(row, body=row.body[: tail.start()])), said]
    if row.kind is not Kind.OPTION or row.letter is None or row.script == BOX:
        return [row]
    cuts: list[tuple[int, int, int]] = []
    for found in _FURTHER.finditer(row.body):
        place = place_of(found["circled"] or found["letter"])
        if place == (row.letter + len(cuts) + 1, row.script):
            cuts.append((found.start(), found.end(), found.end("gap") - found.start("gap")))
    wide = all(gap > 1 or "\t" in row.body[start:end] for start, end, gap in cuts)
    if not cuts or (len(cuts) < 2 and not wide):
        return [row]
    first = row.text.find(row.body)
    pieces = [(0, cuts[0][0])] + [
        (end, later[0] if later else len(row.body)) for (_, end, _), later in zip_longest(cuts, cuts[1:])
    ]
    parts = []
    for at, (start, end) in enumerate(pieces):
        text, right = marked(row.body[start:end])
        right = row.right if at == 0 and row.right else right
        offset = row.offset if at == 0 else row.offset + first + start
        parts.append(replace(row, offset=offset, body=text, letter=row.letter + at, right=right))
    return parts


def with_answers_below(rows: list[Row]) -> list[Row]:
    """`Correct answer` alone, and the letter or text in the next line, as one row."""
    for at, row in enumerate(rows):
        turned = row.text.strip() in ("?", "??")  # how Obsidian's cards part question and answer
        if (row.kind not in (Kind.KEYS, Kind.ANSWER) or row.body or "|" in row.text) and not turned:
            continue
        below = next_row(rows, at)
        if below is None or row.text.lstrip().startswith("#"):
            continue
        said, after = rows[below], next_row(rows, below)
        goes_on = after is not None and rows[after].letter == (said.letter or 0) + 1
        lone = re.fullmatch(r"[\s*_(\[]*\w{1,2}[)\].*_\s]*", said.text) is not None
        lettered = said.kind is Kind.OPTION and said.letter is not None and not goes_on
        repeated = said.kind is Kind.TEXT and folded(said.text) in _texts_above(rows, at)
        if (lone and said.kind is not Kind.OPTION and said.number is None) or lettered or repeated:
            rows[at] = Row(row.offset, row.text, Kind.ANSWER, said.text.strip(" *_"))
            rows[below] = Row(said.offset, "", Kind.BLANK)
    return rows


def _texts_above(rows: Sequence[Row], at: int) -> set[str]:
    return {folded(row.text) for row in rows[max(0, at - _LONGEST) : at] if row.kind is Kind.TEXT}


def next_row(rows: Sequence[Row], at: int) -> int | None:
    """The next line that is not blank."""
    return next((later for later in range(at + 1, len(rows)) if rows[later].kind is not Kind.BLANK), None)
