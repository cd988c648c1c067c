"""Anki's "Notes in Plain Text" and "Cards in Plain Text": header lines that begin with #, then a table.

The headers say which column is what (`#guid column:1`, `#notetype column:2`) or give one
value for all (`#notetype:Basic`). The fields have no names there, unless `#columns:` gives them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from drill.core.items import LETTERS
from drill.importers.anki_collection import Note, NoteType
from drill.importers.source import Source

_HEADER = re.compile(r"#([a-z ]+):(.*)", re.IGNORECASE)
_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
_KEYS = ("separator", "html", "columns", "notetype", "deck", "tags", "guid column", "notetype column",
         "deck column", "tags column", "if matches")  # fmt: skip
_TAG = re.compile(
    r"</?(?:br|div|p|b|i|img|span|ul|ol|li|sub|sup)\b[^<>]*>|&(?:nbsp|lt|gt|amp);", re.IGNORECASE
)
ALL_IN_ONE = "AllInOne"
_ALL_IN_ONE_FIELDS = (
    "Question", "Title", "QType (0=kprim,1=mc,2=sc)", "Q_1", "Q_2", "Q_3", "Q_4", "Q_5", "Answers", "Sources",
    "Extra 1",
)  # fmt: skip
_CLOZE = re.compile(r"\{\{c\d+::")


@dataclass(slots=True)
class _Head:
    """What the header lines say. Columns count from 0."""

    separator: str = "\t"
    html: bool | None = None
    """None where the file does not say."""
    names: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    end: int = 0
    """Where the table begins."""


def is_anki_text(data: bytes) -> bool:
    """Whether a file begins with a header line of Anki's."""
    first = data[:200].removeprefix(b"\xef\xbb\xbf").split(b"\n")[0].decode("utf-8", "replace").strip()
    found = _HEADER.fullmatch(first)
    return found is not None and found[1].lower() in _KEYS


def read_notes(source: Source) -> Iterator[tuple[int, Note]]:
    """Every note with the place where it starts. Broken quotation marks are reported and end the reading."""
    head = _head(source.text)
    if head.html is False and head.separator == "\t":  # as Anki itself writes it
        source.warning(
            0,
            "anki-plain",
            "This file was written without HTML: pictures, superscripts and paragraphs are lost.",
            'Export again with "Include HTML and media references", or as .apkg.',
        )
    rows = list(_rows(source, head))
    kinds = _notetypes(head, [fields for _, fields in rows])
    for offset, cells in rows:
        own = _fields(head, cells)
        kind = kinds[_value(head, cells, "notetype")]
        if _CLOZE.search(" ".join(own)):
            kind = replace(kind, cloze=True)
        yield (
            offset,
            Note(
                _value(head, cells, "guid"),
                kind,
                tuple(each if head.html is not False else _as_html(each) for each in own),
                tuple(_value(head, cells, "tags").split()),
                _value(head, cells, "deck") or None,
            ),
        )


def _head(text: str) -> _Head:
    head = _Head()
    while (found := _HEADER.match(text, head.end)) is not None:
        key, value = found[1].strip().lower(), found[2].strip("\r")
        match key:
            case "separator":
                head.separator = _SEPARATORS.get(value.strip().lower(), value.strip()[:1] or "\t")
            case "html":
                head.html = value.strip().lower() == "true"
            case "columns":
                head.names = tuple(each.strip() for each in value.split(head.separator))
            case "guid column" | "notetype column" | "deck column" | "tags column":
                if (
                    value.strip().isdecimal()
                    and value.strip().isascii()
                    and 0 < int(value.strip()[:6]) < 1_000
                ):
                    head.columns[key.split()[0]] = int(value.strip()[:6]) - 1
            case _:
                head.values[key] = value.strip()
        if key == "columns":
            for at, name in enumerate(head.names):
                if name.casefold() in ("tags", "deck", "notetype", "guid"):
                    head.columns.setdefault(name.casefold(), at)
        head.end = found.end() + 1
        head.lines += 1
    if head.html is None:
        head.html = True if _TAG.search(text, head.end) else None
    return head


def _rows(source: Source, head: _Head) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not empty. A line that begins with a bare # is a comment, as Anki has it."""
    at = head.end
    begin = at

    def lines() -> Iterator[str]:
        nonlocal at
        text = source.text
        while at < len(text):
            start, end = at, text.find("\n", at)
            at = len(text) if end < 0 else end + 1
            if start == begin and text[start] == "#":
                return_to(at)
                continue
            yield text[start:at]

    def return_to(place: int) -> None:
        nonlocal begin
        begin = place

    reader = csv.reader(lines(), delimiter=head.separator, strict=True)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begin, cells
            begin = at
    except csv.Error:
        source.error(
            begin,
            "quotes",
            "The quotation marks in this row do not fit together.",
            "Put a text that holds quotation marks in quotes, and double those inside.",
        )


def _value(head: _Head, cells: list[str], what: str) -> str:
    at = head.columns.get(what)
    return cells[at].strip() if at is not None and at < len(cells) else head.values.get(what, "")


def _fields(head: _Head, cells: list[str]) -> list[str]:
    return [cell for at, cell in enumerate(cells) if at not in head.columns.values()]


def _notetypes(head: _Head, rows: list[list[str]]) -> Mapping[str, NoteType]:
    """The note types of a file, with the names of their fields as far as they can be known."""
    by_name: dict[str, list[list[str]]] = {}
    for cells in rows:
        by_name.setdefault(_value(head, cells, "notetype"), []).append(_fields(head, cells))
    return {name: NoteType(name, False, _names(head, name, notes)) for name, notes in by_name.items()}


def _names(head: _Head, notetype: str, notes: list[list[str]]) -> tuple[str, ...]:
    if head.names:
        return tuple(name for at, name in enumerate(head.names) if at not in head.columns.values())
    width = max(map(len, notes), default=0)
    if notetype.startswith(ALL_IN_ONE) and width >= len(_ALL_IN_ONE_FIELDS) - 1:
        return _ALL_IN_ONE_FIELDS
    key = _key_column(notes, width)
    if key is None:
        return ()
    return (
        "Question",
        *LETTERS[: key - 1],
        "Answer",
        "Explanation",
        *(f"field {at}" for at in range(key + 2, width)),
    )


def _key_column(notes: list[list[str]], width: int) -> int | None:
    """The column that in every note is the letter of one of the columns between it and the first."""
    for at in range(3, min(width, len(LETTERS) + 1)):
        if all(_is_letter_of(note, at) for note in notes):
            return at
    return None


def _is_letter_of(note: list[str], at: int) -> bool:
    key = note[at].strip().upper() if at < len(note) else ""
    place = LETTERS.find(key) if len(key) == 1 else -1
    return 0 <= place < at - 1 and bool(note[place + 1].strip())


def _as_html(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")
