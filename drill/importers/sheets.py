"""Spreadsheets (.xlsx): each sheet is a table with a question a row, read like a CSV.

The reader is python-calamine, an extra: see docs/decisions.md, "Dependencies". The package is looked through
first with the limits of every zip from a stranger.
"""

from __future__ import annotations

import io
from typing import Any

from drill.errors import install_text
from drill.importers.drafts import Collector
from drill.importers.source import Source
from drill.importers.tables import Row, read_table
from drill.importers.zip_package import Package, PackageError

WORKBOOK = "xl/workbook.xml"
MAX_CELLS = 2_000_000
"""Of a sheet; the sheets of a hostile file can claim billions."""


def read_sheets(source: Source, data: bytes, bank_name: str, answers_from: int | None = None) -> Collector:
    """Read every sheet that holds a table of questions; others are passed over, and a note names them."""
    collector = Collector(source, bank_name)
    try:
        from python_calamine import CalamineWorkbook
    except ImportError:
        source.error(
            0,
            "sheets-missing",
            "Reading .xlsx needs a package that is not installed here.",
            f"{install_text('sheets')} Or save the sheet as CSV.",
        )
        return collector
    try:
        for name in (package := Package(data)).names:
            if name.endswith((".xml", ".rels")):
                package.read(name)  # within the limits of what may be unpacked
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            _read_sheet(collector, name, workbook.get_sheet_by_name(name), answers_from)
    except PackageError as error:
        error.report(source)
    except Exception as error:
        what = str(error).split("\n")[0][:200] or type(error).__name__
        source.error(0, "sheets", f"This workbook cannot be read: {what}.", "Save it again, or as CSV.")
    return collector


def _read_sheet(collector: Collector, name: str, sheet: Any, answers_from: int | None) -> None:
    source = collector.source
    if sheet.total_height * sheet.total_width > MAX_CELLS:
        collector.fault(0, name, "too-long", f"The sheet has more than {MAX_CELLS:,} cells.", "Cut it.")
        return
    values = sheet.to_python(skip_empty_area=False)
    rows = [[_text(value) for value in row] for row in values]
    start = source.enter(name, "\n".join("  ".join(cells).replace("\n", " ").strip() for cells in rows))
    table, at = [], start
    for cells in rows:
        if any(cell.strip() for cell in cells):
            table.append(Row(at, cells))
        at += len("  ".join(cells).replace("\n", " ").strip()) + 1
    errors = source.error_count
    if not table or not read_table(collector, table, answers_from, required=False):
        collector.notes.append(f'The sheet "{name}" holds no table of questions.')
        return
    numbers = sum(isinstance(value, float) and not value.is_integer() for row in values for value in row)
    if numbers and source.error_count == errors:
        source.warning(
            start,
            "numbers-in-sheet",
            f"{numbers:,} cells hold numbers with a point, and a sheet keeps no more of those than it needs.",
            "Where 1.10 must not be 1.1, or 012 not 12, format the cells as text and type them again.",
        )


def _text(value: Any) -> str:
    """A cell as text; a whole number without its point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, bool):
        return "True" if value else "False"
    return str(value)
