"""The entries of lists without letters and signs: numbers, Roman numerals, bare letters, bullets."""

from __future__ import annotations

import re
from collections.abc import Callable

from drill.core.items import LETTERS
from drill.importers.option_labels import BOX, LATIN, NUMBER, ROMAN, numeral
from drill.importers.text_lines import Kind, Row, marked

_ROMAN = re.compile(r"[ \t]*[(\[]?(?P<label>[ivxIVX]{1,4})[.)\]][ \t]+(?P<text>\S.*)$")
_BARE = re.compile(r"[ \t]*(?P<label>[A-Za-z])(?:[ ]{1,4}|\t[ \t]*)(?P<text>\S.*)$")
_BARE_DIGIT = re.compile(r"[ \t]*(?P<label>[1-9])[ \t\u3000]+(?P<text>\S.*)$")
_GLYPHS = "[☐☑☒⬜○◯●◉⚪⚫🔘✅❌✔✓]\ufe0f?[ \\t]*"
_BULLET = re.compile(rf"[ \t]*(?:[-*+•·▪][ \t]+(?P<ring>{_GLYPHS})?|(?P<glyph>{_GLYPHS}))(?P<text>\S.*)$")
_RIGHT_GLYPHS = "☑☒●◉⚫🔘✅✔✓"

EntryReader = Callable[[Row, int], "tuple[str, bool | None] | None"]
"""The text of a list's entry and whether a mark calls it right, by its place; None for another line."""
BARE_LETTER, BARE_NUMBER = "bare", "bare number"


def _number_entry(row: Row, at: int) -> tuple[str, bool | None] | None:
    fits = row.kind is Kind.TEXT and row.number == at + 1 and not row.named and row.body.strip()
    return marked(row.body) if fits else None


def _roman_entry(row: Row, at: int) -> tuple[str, bool | None] | None:
    found = _ROMAN.match(row.text) if row.kind in (Kind.TEXT, Kind.OPTION) else None
    return marked(found["text"]) if found is not None and numeral(found["label"]) == at else None


def _bare_entry(row: Row, at: int) -> tuple[str, bool | None] | None:
    found = _BARE.match(row.text) if row.kind is Kind.TEXT else None
    fits = found is not None and LETTERS.find(found["label"].upper()) == at
    return marked(found["text"]) if fits and found is not None else None


def _bare_number_entry(row: Row, at: int) -> tuple[str, bool | None] | None:
    found = _BARE_DIGIT.match(row.text) if row.kind is Kind.TEXT and row.number is None else None
    return marked(found["text"]) if found is not None and int(found["label"]) == at + 1 else None


def _bullet_entry(row: Row, at: int) -> tuple[str, bool | None] | None:
    found = _BULLET.match(row.text) if row.kind is Kind.TEXT else None
    if found is None:
        return None
    glyph = (found["glyph"] or found["ring"] or "").strip("\ufe0f \t")
    if found["text"].startswith("*") and found["text"].count("*") == 1:
        return found["text"][1:].strip(), True
    text, right = marked(found["text"])
    if right and text.count("*") != found["text"].count("*") and not found["text"].startswith(("**", "__")):
        return found["text"], None  # a star at the end of a bullet is a footnote
    return text, True if glyph and glyph in _RIGHT_GLYPHS else right


SCRIPTS = {BARE_LETTER: LATIN, BARE_NUMBER: NUMBER}
READERS: dict[str, EntryReader] = {
    NUMBER: _number_entry,
    ROMAN: _roman_entry,
    BARE_LETTER: _bare_entry,
    BARE_NUMBER: _bare_number_entry,
    BOX: _bullet_entry,
}
