"""CSV and TSV: one question a row below a header, or one of the shapes that learning platforms write."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from drill.importers.drafts import Collector
from drill.importers.platform_tables import blackboard_rows, brightspace_rows, is_blackboard, is_brightspace
from drill.importers.source import Source
from drill.importers.tables import Row, read_table

_SEPARATORS = ",;\t|"
_MOST_BROKEN = 100
"""Rows with quotation marks that do not fit. A file with more is given up: each may be read to its end."""


class _Lines:
    """The text line by line for the csv module, remembering where lines start."""

    def __init__(self, text: str, start: int) -> None:
        self._text = text
        self._next = start
        self.record: int | None = None
        """Where the record being read starts."""

    def go_on_after(self, record: int) -> None:
        """Read on at the line below the one in which a record started."""
        end = self._text.find("\n", record)
        self._next = len(self._text) if end < 0 else end + 1
        self.record = None

    def __iter__(self) -> Iterator[str]:
        while self._next < len(self._text):
            start = self._next
            end = self._text.find("\n", start)
            self._next = len(self._text) if end < 0 else end + 1
            if self.record is None:
                self.record = start
            yield self._text[start : self._next]


def read_delimited(
    source: Source, bank_name: str, delimiter: str | None, answers_from: int | None = None
) -> Collector:
    """Read every row; `delimiter` None means: what Excel's `sep=` line says, else the one the header fits.

    A row with a mistake is left out and named. Below one whose quotation marks do not fit the reading goes on
    with the next line.
    """
    collector = Collector(source, bank_name, ids_given=True)
    rows = list(_rows(collector, delimiter))
    if not rows and not source.error_count and not collector.left_out_count:
        source.error(0, "empty", "The file is empty.", "The first row names the columns.")
    elif is_brightspace(rows):
        brightspace_rows(collector, rows)
    elif is_blackboard(rows):
        blackboard_rows(collector, rows)
    elif rows:
        read_table(collector, rows, answers_from)
    return collector


def _rows(collector: Collector, delimiter: str | None) -> Iterator[Row]:
    """Every row that holds something."""
    text, start = collector.source.text, 0
    first_line = text[: text.find("\n")] if "\n" in text else text
    if first_line[:4].lower() == "sep=" and len(first_line.strip()) == 5:
        delimiter, start = first_line[4], len(first_line) + 1
        first_line = text[start : text.find("\n", start)]
    if delimiter is None:
        delimiter = max(_SEPARATORS, key=first_line.count)
        if not first_line.count(delimiter):
            # A title may stand above the header, e.g. in Kahoot's and Blooket's sheets.
            delimiter = max(_SEPARATORS, key=text[:4_000].count)
    lines = _Lines(text, start)
    for broken in range(_MOST_BROKEN, -1, -1):
        try:
            for cells in csv.reader(iter(lines), delimiter=delimiter, strict=True):
                offset, lines.record = lines.record or 0, None
                if any(cell.strip() for cell in cells):
                    yield Row(offset, cells)
            return
        except csv.Error as error:
            at = lines.record if lines.record is not None else len(text)
            _name_broken(collector, at, str(error), last=not broken)
            lines.go_on_after(at)


def _name_broken(collector: Collector, at: int, error: str, *, last: bool) -> None:
    name = f"row in line {collector.source.place(at).line}"
    rest = " Nothing from here on is read." if last else ""
    if "field larger" in error:
        message = f"A field starts in this row that is far too long.{rest}"
        collector.fault(at, name, "too-long", message, "Is a quotation mark missing?")
    else:
        message = f"The quotation marks in this row do not fit together.{rest}"
        hint = 'Put a text that holds quotation marks in quotes, and double those inside: "He said ""no""."'
        collector.fault(at, name, "quotes", message, hint)
