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


def test_long_values_push_their_hint_and_what_is_too_long_ends_in_an_ellipsis() -> None:
    value = "Older exam: 40 in 60:00"
    for cursor, shown in ((0, f"‹ {value} ›  2 of 3"), (1, f"{value}  2 of 3")):
        settings = (replace(NEW_BLOCK.settings[1], value=value),)
        assert shown in new_block_lines(replace(NEW_BLOCK, settings=settings, cursor=cursor), 80, 24)[2].text
        settings = (replace(NEW_BLOCK.settings[1], value="a-very-long-bank-name, " * 4),)
        row = new_block_lines(replace(NEW_BLOCK, settings=settings, cursor=cursor), 80, 24)[2]
        assert "…" in row.text
        assert row.text.rstrip().endswith("  2 of 3")
        assert row.width <= 78


def test_long_hints_fold_under_themselves_and_none_is_cut_in_silence() -> None:
    hint = "say what you would do before the options show"
    settings = tuple(replace(setting, label="Commit first", hint=hint) for setting in NEW_BLOCK.settings[:6])
    for cursor in range(len(settings)):
        view = replace(NEW_BLOCK, settings=settings, cursor=cursor)
        text = plain(new_block_lines(view, 80, 24))
        assert "Commit first ‹" in text
        assert " ".join(text.split()).count("say what you would do before the options") == 6
        assert text.count(" show\n") == 6
    crowded = plain(new_block_lines(replace(view, settings=settings * 3), 60, 16))
    hints = [row for row in crowded.split("\n") if "say what" in row]
    assert hints
    assert all(row.endswith("…") for row in hints)
