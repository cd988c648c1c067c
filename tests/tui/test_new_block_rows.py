"""The rows of New block say what a request comes to."""

from __future__ import annotations

from drill.tui.screens.new_block_rows import form_rows
from drill.usecases.sitting import BlockRequest


def hint(request: BlockRequest) -> str:
    """What stands beside the minutes."""
    rows = form_rows(request, ("notes",), {})
    return next(row.setting.hint for row in rows if row.setting.label == "Minutes")


def test_minutes_say_whose_they_are() -> None:
    assert hint(BlockRequest()) == "90 s each"
    assert hint(BlockRequest(target_ms=85_000)) == "your target, 85 s an item"
    assert hint(BlockRequest(target_ms=85_000, minutes=20)) == "60 s each"
