"""`history --csv` in a spreadsheet: a text from a bank is never run as a formula."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from drill.cli.main import main
from drill.storage.store import open_writer
from tests.factories import import_bank, make_bank, make_item
from tests.sittings import sit

HOSTILE = ['=HYPERLINK("http://example.org")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1"]


def test_no_cell_of_a_hostile_bank_begins_a_formula(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "drill.db"
    with open_writer(path) as store:
        import_bank(store, make_bank(items=[make_item(f"q{n}") for n in range(len(HOSTILE))]))
        for number, text in enumerate(HOSTILE):
            store.connection.execute(
                "UPDATE items SET subject = ?, topic = ? WHERE item = ?", (text, text, f"q{number}")
            )
        sit(store, "b1", items=len(HOSTILE))
    assert main(["--db", str(path), "history", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline="")))
    assert sorted(row["subject"] for row in rows) == sorted(f"'{text}".replace("\r", " ") for text in HOSTILE)
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@") and not is_number(cell)]


def is_number(cell: str) -> bool:
    return cell.lstrip("-").isdecimal()
