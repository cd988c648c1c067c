"""New block: the live count, the row under the cursor, and what stays in short windows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drill.render.lines import Role, plain
from drill.render.new_block import can_start, match_line, new_block_lines
from tests.render.samples import NEW_BLOCK


@pytest.mark.parametrize(
    ("matching", "said"),
    [
        (312, "312 questions match. 20 will be drawn at random and shuffled."),
        (12, "12 questions match. 20 are asked for. Widen Pool or Subject."),
        (1, "1 question matches. 20 are asked for. Widen Pool or Subject."),
        (0, "0 questions match. Widen Pool or Subject."),
    ],
)
def test_count_line_says_what_matches_and_what_follows(matching: int, said: str) -> None:
    view = replace(NEW_BLOCK, matching=matching)
    assert "".join(match_line(view)) == said
    assert said in plain(new_block_lines(view, 80, 24))


def test_start_is_faint_and_dead_until_enough_match() -> None:
    assert can_start(NEW_BLOCK)
    for matching in (0, 19):
        view = replace(NEW_BLOCK, matching=matching)
        assert not can_start(view)
        start = next(row for row in new_block_lines(view, 80, 24) if "Start the clock" in row.text)
        assert {span.role for span in start.spans if span.text.strip()} == {Role.FAINT}
        assert not any(span.link for span in start.spans)


def test_value_under_the_cursor_stands_between_arrows_in_its_column() -> None:
    rows = [row.text for row in new_block_lines(NEW_BLOCK, 80, 24)]
    pool = next(row for row in rows if "Pool" in row)
    assert pool.index("Unused") == rows[2].index("Exam")
    assert pool.index("1 of 6") == rows[2].index("1 of 5")


def test_short_window_keeps_cursor_count_and_start() -> None:
    for cursor in range(len(NEW_BLOCK.settings)):
        text = plain(new_block_lines(replace(NEW_BLOCK, cursor=cursor), 60, 16))
        assert f"› {NEW_BLOCK.settings[cursor].label}" in text
        assert "312 questions match." in text
        assert "Start the clock" in text


def test_long_values_are_cut_not_run_into_their_hints() -> None:
    settings = (replace(NEW_BLOCK.settings[1], value="a-very-long-bank-name, another-one"),)
    for cursor in (0, 1):
        row = new_block_lines(replace(NEW_BLOCK, settings=settings, cursor=cursor), 80, 24)[2].text
        assert row.index("2 of 3") == 41
        assert row[40] == " "
