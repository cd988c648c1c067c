"""Lists that are options only by what stands around them.

`1) … 2) …`, `i. … ii. …`, `A …` without a sign, bullets and bare lines may be a list in a vignette as well.
They are options where an answer below them names one of them, or a mark calls exactly one of them right; and
never where lettered options follow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from drill.core.items import LETTERS
from drill.importers.answers import folded
from drill.importers.list_entries import BARE_LETTER, READERS, SCRIPTS, EntryReader
from drill.importers.option_labels import BOX, NUMBER, latinised
from drill.importers.text_keys import is_all_key, key_entries
from drill.importers.text_lines import Kind, Row
from drill.importers.text_matching import without_shared_options
from drill.importers.text_rows import next_row, spread, with_answers_below

_POINTS = re.compile(r"[ \t]*\d+[ \t]+(?:points?|punkte?|puntos?)$", re.IGNORECASE)
_LETTER_I = LETTERS.index("I")
"""As a Roman numeral it begins a list."""
_LONGEST = 10
"""Options of a list that is known by its surroundings."""
_NEAR = 8
"""Lines between a list and its answer."""
_ASKS = ("?", ":", ".", "_", "…", ")", "？", "：", "؟", "。")
"""How a line ends that bare lines of options may follow."""
_QUESTION_ENDS = ("?", ":", "？", "：", "؟")


def with_lists(rows: Sequence[Row]) -> list[Row]:
    """The rows, with the lines of such lists as options."""
    found = with_answers_below([each for row in rows for each in spread(row)])
    numeric_key = any(_names_numbers(found, at) for at in range(len(found)))
    at = 0
    while at < len(found):
        at = _take_list(found, at, numeric_key) or at + 1
    _take_plain_lines(found)
    return without_shared_options(found)


def _names_numbers(rows: Sequence[Row], at: int) -> bool:
    """Whether an answer key that names options by numbers stands or begins at a line."""
    row = rows[at]
    if row.kind not in (Kind.KEYS, Kind.ANSWER):
        return False
    below = next_row(rows, at) if row.kind is Kind.KEYS else at
    text = "" if below is None else rows[below].body if below == at else rows[below].text
    entries = key_entries(text) if is_all_key(text) else []
    return any(entry.label.isdecimal() for entry in entries) and (row.kind is Kind.KEYS or len(entries) > 1)


def _take_list(rows: list[Row], at: int, numeric_key: bool) -> int | None:
    """Where the list that begins at a line ends, its lines now options; None where none begins."""
    if rows[at].kind not in (Kind.TEXT, Kind.OPTION) or (rows[at].letter or 0) not in (0, _LETTER_I):
        return None
    if not any(row.text.strip() and row.kind is not Kind.HEADING for row in rows[max(0, at - 3) : at]):
        return None  # nothing is asked above it
    for script, read in READERS.items():
        places = _run(rows, at, read)
        if script == NUMBER and len(places) > 2 and _asks_next(rows, at, rows[places[-1]]):
            places.pop()
        if len(places) > 1 and _are_options(rows, places, script, read, numeric_key):
            for letter, place in enumerate(places):
                text, right = read(rows[place], letter) or ("", None)
                rows[place] = replace(
                    rows[place], kind=Kind.OPTION, body=text, letter=None if script == BOX else letter,
                    right=right, number=None, script=SCRIPTS.get(script, script),
                )  # fmt: skip
            return places[-1] + 1
    return None


def _run(rows: Sequence[Row], at: int, read: EntryReader) -> list[int]:
    """The places of the entries of a list, over blank lines and lines that continue an entry."""
    places: list[int] = []
    blank = False
    for place in range(at, min(len(rows), at + 4 * _LONGEST)):
        row = rows[place]
        if row.kind is Kind.BLANK:
            blank = True
        elif len(places) < _LONGEST and read(row, len(places)) is not None:
            if places and row.label != rows[places[0]].label:
                break
            places.append(place)
            blank = False
        elif not places or blank or row.kind is not Kind.TEXT or row.number is not None:
            break
    return places


def _are_options(
    rows: Sequence[Row], places: list[int], script: str, read: EntryReader, numeric_key: bool
) -> bool:
    texts = [read(rows[place], letter) or ("", None) for letter, place in enumerate(places)]
    rights = [right for _, right in texts]
    after = _after(rows, places[-1])
    if after is not None and rows[after].kind is Kind.OPTION and rows[after].letter == 0:
        return False  # statements, of which lettered options tell which are true
    if rights.count(True) == 1 and script not in SCRIPTS and _is_asked(rows, places[0]):
        return True
    if script == BARE_LETTER and len(places) > 2:
        return True
    if not _is_asked(rows, places[0]) and _has_options_above(rows, places[0]):
        return False  # statements again, below the options
    if after is not None and rows[after].kind is Kind.ANSWER:
        said = latinised(rows[after].body, SCRIPTS.get(script, script)).strip(" *_([.")
        same = sum(folded(text) == folded(rows[after].body.strip(" *_")) for text, _ in texts)
        lettered = (
            re.match(r"[A-Z](?!\w)", said.upper()) is not None and said[:1].upper() in LETTERS[: len(places)]
        )
        return same == 1 or (lettered and (script != BOX or _is_asked(rows, places[0])))
    return (
        script == NUMBER and numeric_key and len(places) > 2 and _question_above(rows, places[0]) is not None
    )


def _is_asked(rows: Sequence[Row], at: int) -> bool:
    """Whether the line above a list asks: it ends with a question mark, or has a question's number."""
    near = reversed(rows[max(0, at - 4) : at])
    above = next((row for row in near if row.kind is not Kind.BLANK and row.label != "type"), None)
    if above is None or above.kind not in (Kind.TEXT, Kind.HEADING):
        return False
    return above.number is not None or above.text.rstrip(" *_:").endswith(("?", "？", "؟"))


def _has_options_above(rows: Sequence[Row], at: int) -> bool:
    for row in reversed(rows[max(0, at - _NEAR) : at]):
        if row.kind is Kind.OPTION:
            return True
        if row.number is not None or row.kind not in (Kind.TEXT, Kind.BLANK):
            return False
    return False


def _after(rows: Sequence[Row], last: int) -> int | None:
    """The first line below a list that tells what it was."""
    for at in range(last + 1, min(len(rows), last + 1 + _NEAR)):
        row = rows[at]
        if row.kind in (Kind.OPTION, Kind.ANSWER, Kind.KEYS, Kind.EXPLANATION, Kind.HEADING) or row.number:
            return at
    return None


def _asks_next(rows: Sequence[Row], at: int, last: Row) -> bool:
    """Whether the last entry is the next question, in a paper that numbers questions and options alike."""
    above = _question_above(rows, at)
    return above is not None and (above.label, (above.number or 0) + 1) == (last.label, last.number)


def _question_above(rows: Sequence[Row], at: int) -> Row | None:
    """The numbered line above a list."""
    return next((row for row in reversed(rows[max(0, at - _NEAR) : at]) if row.number is not None), None)


def _take_plain_lines(rows: list[Row]) -> None:
    """Lines without any sign above an answer that repeats one of them."""
    for at, row in enumerate(rows):
        if row.kind is not Kind.ANSWER or not row.body:
            continue
        block: list[int] = []
        place = at - 1
        while place >= 0 and rows[place].kind is Kind.BLANK:
            place -= 1
        while place >= 0 and rows[place].kind is Kind.TEXT and rows[place].number is None:
            if _POINTS.match(rows[place].text):
                rows[place] = Row(rows[place].offset, "", Kind.BLANK)
            elif rows[place].text.rstrip(" *_").endswith(_QUESTION_ENDS):
                break
            else:
                block.insert(0, place)
            place -= 1
            if len(block) > _LONGEST:
                break
        while place >= 0 and rows[place].kind is Kind.BLANK:
            place -= 1
        asks = place >= 0 and rows[place].kind is Kind.TEXT and rows[place].text.rstrip(" *_").endswith(_ASKS)
        texts = [folded(rows[each].text) for each in block]
        said = folded(row.body.strip(" *_"))
        if asks and 2 <= len(block) <= _LONGEST and texts.count(said) == 1:
            for each in block:
                body = rows[each].text.strip()
                rows[each] = replace(rows[each], kind=Kind.OPTION, body=body, letter=None, script=BOX)
