"""What a block is called."""

from __future__ import annotations

import pytest

from drill.usecases.titles import block_title


@pytest.mark.parametrize(
    ("preset", "mode", "items", "filters", "retest", "title"),
    [
        ("exam20", "exam", 20, (), False, "exam 20"),
        ("nbs20", "exam", 20, ("bank:notes", "next_best_step"), False, "next best step 20"),
        ("sprint10", "exam", 10, (), False, "sprint 10"),
        ("sprint10", "timed", 10, (), False, "timed 10"),
        ("exam20", "untimed", 7, (), False, "untimed 7"),
        ("retest", "untimed", 10, (), True, "retest 10"),
        ("pace20", "exam", 20, ("pace_experiment",), False, "experiment 20"),
        ("exam20", "untimed", 6, ("replay:3f2c",), False, "replay 6"),
    ],
)
def test_a_block_has_a_short_title(
    preset: str, mode: str, items: int, filters: tuple[str, ...], retest: bool, title: str
) -> None:
    assert block_title(preset, mode, items, filters, retest) == title
