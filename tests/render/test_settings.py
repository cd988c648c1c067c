"""Settings: hints fold, values that are too long end in an ellipsis, the cursor stays in view."""

from __future__ import annotations

import pytest

from drill.render.lines import plain
from drill.render.settings import SettingRow, settings_lines

HINT = "a word on a question past its time, in the footer, once a question"
ROWS = tuple(SettingRow(f"Nudge {n}", "at 2:00", HINT) for n in range(6))


@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_hints_are_never_cut(width: int) -> None:
    rows = settings_lines(ROWS, 2, (), width, 60)
    assert max(row.width for row in rows) <= width
    assert " ".join(plain(rows).split()).count("question past its") == 6
    assert sum(row.text.rstrip().endswith("question") for row in rows) >= 6


@pytest.mark.parametrize("cursor", range(6))
def test_cursor_is_in_view_where_rows_fold(cursor: int) -> None:
    rows = settings_lines(ROWS, cursor, ("A sentence.",), 60, 16)
    assert len(rows) <= 14
    assert f"› Nudge {cursor}" in plain(rows)


def test_a_low_window_shows_settings_first_and_what_is_said_under_them_at_the_last() -> None:
    first = plain(settings_lines(ROWS, 0, ("A sentence.",) * 6, 60, 16))
    assert first.count("Nudge") == 3
    assert "A sentence." not in first
    last = plain(settings_lines(ROWS, 5, ("A sentence.",) * 6, 60, 16))
    assert "› Nudge 5" in last
    assert last.count("A sentence.") == 6
    assert "A sentence." in plain(settings_lines(ROWS, 0, ("A sentence.",), 60, 60)), "where all fits"


def test_a_value_too_long_ends_in_an_ellipsis() -> None:
    row = settings_lines((SettingRow("Theme", "long " * 20, "colours"),), 0, (), 60, 16)[1]
    assert "… ›  colours" in row.text
    assert row.width <= 60
