"""The letters and numbers before options: A, 1, ii, ①, and those of other scripts."""

from __future__ import annotations

import re
import unicodedata

from drill.core.items import LETTERS
from drill.importers.text_words import SEVERAL

LATIN, NUMBER, ROMAN, BOX = "latin", "number", "roman", "box"
_SCRIPTS = {
    "cyrillic": "АБВГДЕЖЗ",
    "greek": "ΑΒΓΔΕΖΗ",
    "arabic": "أبجدهو",
    "hebrew": "אבגדהו",
    "devanagari": "कखगघङ",
    "devanagari a": "अबसद",
    "bengali": "কখগঘঙ",
    "thai": "กขคงจ",
    "kana": "アイウエオカ",
    "hangul": "가나다라마",
    "circled": "①②③④⑤⑥⑦⑧⑨⑩",
}
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_PLACES = {sign: (at, script) for script, signs in _SCRIPTS.items() for at, sign in enumerate(signs)}
_PLACES |= {sign: (at, LATIN) for at, sign in enumerate(LETTERS)}
_PLACES |= {"ا": (0, "arabic"), "الف": (0, "arabic")}
CIRCLED = _SCRIPTS["circled"]
LABEL = rf"(?:الف|[^\W\d_]ـ?|[{CIRCLED}])"
"""A letter of any script, or a number in a circle."""
_WHOLE_NUMBER = rf"(?<![\w.,])\d{{1,2}}(?![\w%]|[.,]\d|[ \t]+(?!{SEVERAL}\b)[^\W_])"
_WHOLE_NUMERAL = r"(?<!\w)[ivxIVX]{1,4}(?!\w)"
_WHOLE_LABEL = rf"(?<!\w){LABEL}(?!\w)"


def place_of(label: str) -> tuple[int, str] | None:
    """Which option a letter stands for, from 0, and its script; None for any other letter."""
    label = label.rstrip("ـ")
    if label not in CIRCLED:
        label = unicodedata.normalize("NFKC", label).upper()
    return _PLACES.get(label)


def numeral(label: str) -> int | None:
    """The place of a Roman numeral, from 0."""
    return _NUMERALS.index(label.upper()) if label.upper() in _NUMERALS else None


def _place_in(label: str, script: str) -> int | None:
    if script == NUMBER:
        return int(label) - 1 if label.isdecimal() else None
    if script == ROMAN:
        return numeral(label)
    found = place_of(label)
    return found[0] if found is not None and found[1] == script else None


def _pattern(script: str) -> str:
    return {NUMBER: _WHOLE_NUMBER, ROMAN: _WHOLE_NUMERAL}.get(script, _WHOLE_LABEL)


def latinised(answer: str, script: str) -> str:
    """An answer with the labels at its head as the letters A, B, C: `2) saline` -> `B) saline`.

    Labels go by the script of the question's options. What is none of these stays.
    """
    if script in (LATIN, BOX):
        return unicodedata.normalize("NFKC", answer[:1]) + answer[1:]
    if script == "circled":
        answer = re.sub(
            r"^\W*([1-9])(?!\w)", lambda found: found[0][:-1] + CIRCLED[int(found[1]) - 1], answer
        )
    one = rf"[(\[（【]?{_pattern(script)}"
    head = re.match(rf"[\s*_]*{one}(?:[)\]）]?[ \t]*(?:[,;/&+،、，-]|{SEVERAL}\b)[ \t]*{one})*", answer)
    if head is None:
        return answer

    def letter(found: re.Match[str]) -> str:
        at = _place_in(found.group(), script)
        return LETTERS[at] if at is not None and at < len(LETTERS) else found.group()

    return re.sub(_pattern(script), letter, head.group()) + answer[head.end() :]
