"""A table of HTML as aligned columns of text."""

from __future__ import annotations

MAX_SPAN = 100
"""Columns that one cell may take; so that a hostile table cannot fill the memory."""
MAX_ALIGNED = 40
"""A cell longer than that (a layout table) does not pad the others."""


class Table:
    """Takes rows and cells in order. A cell over several columns or rows leaves the others empty."""

    def __init__(self) -> None:
        self._rows: list[dict[int, str]] = []
        self._taken: dict[int, int] = {}
        """Columns that a cell above reaches into, and for how many rows still."""
        self._at = 0
        self._span = (1, 1)

    def start_row(self) -> None:
        """The next row."""
        if self._rows:
            self._taken = {column: rows - 1 for column, rows in self._taken.items() if rows > 1}
        self._rows.append({})
        self._at = 0

    def start_cell(self, columns: int, rows: int) -> None:
        """A cell that takes so many columns and rows."""
        if not self._rows:
            self.start_row()
        while self._at in self._taken:
            self._at += 1
        self._span = (min(max(columns, 1), MAX_SPAN), max(rows, 1))

    def end_cell(self, text: str) -> None:
        """What the cell holds, on one line."""
        columns, rows = self._span
        self._rows[-1][self._at] = text
        if rows > 1:
            # This row counts as well: it is taken off when the next one starts.
            self._taken |= {self._at + step: rows for step in range(columns)}
        self._at += columns

    def text(self) -> str:
        """The rows, each with a line break; empty rows are left out."""
        rows = [row for row in self._rows if any(row.values())]
        widths: dict[int, int] = {}
        for row in rows:
            for column, text in row.items():
                widths[column] = max(widths.get(column, 0), len(text))
        columns = sorted(column for column, width in widths.items() if width)
        lines = []
        for row in rows:
            cells = [_padded(row.get(column, ""), widths[column]) for column in columns]
            lines.append("  ".join(cells).rstrip() + "\n")
        return "".join(lines)


def _padded(text: str, width: int) -> str:
    return text.ljust(width if width <= MAX_ALIGNED else 0)
