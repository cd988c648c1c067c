"""The rows of New block say what a request comes to."""

from __future__ import annotations

from drill.tui.screens.new_block_rows import form_rows, trends_text
from drill.usecases.block_request import BlockRequest


def hint(request: BlockRequest) -> str:
    """What stands beside the minutes."""
    rows = form_rows(request, ("notes",), {})
    return next(row.setting.hint for row in rows if row.setting.label == "Minutes")


def test_minutes_say_whose_they_are() -> None:
    assert hint(BlockRequest()) == "90 s each"
    assert hint(BlockRequest(target_ms=85_000)) == "your own limit, 85 s a question"
    assert hint(BlockRequest(target_ms=85_000, minutes=20)) == "60 s each"


def test_a_block_of_the_pace_experiment_can_be_changed_in_its_pool_alone() -> None:
    request = BlockRequest("pace20", target_ms=85_000)
    rows = form_rows(request, ("notes", "other"), {})
    assert hint(request) == "80 or 100 s a question, dealt by a coin at the start"
    assert next(row.setting.value for row in rows if row.setting.label == "Minutes") == "26:45 or 33:30"
    turned = {row.setting.label for row in rows if row.turn is not None}
    assert turned == {"Preset", "Banks", "Next step", "Options"}
    assert not [row for row in rows if row.type is not None]


def test_the_pace_experiment_says_what_it_counts_in() -> None:
    assert trends_text(BlockRequest("pace20")) == (
        "Counts in the pace experiment alone (20 blocks, 400 new questions): in no trend, forecast or time limit."
    )
