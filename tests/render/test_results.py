"""Results: bars, the table around its cursor, and what gives way in small windows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drill.render.item_table import ResultItem, bar, header_line, table_lines
from drill.render.lines import Role, plain
from drill.render.results import listed, results_lines
from drill.render.verdict import Proportion
from tests.render.samples import FIGURES, RESULTS


@given(st.integers(0, 4_000_000), st.integers(1, 200_000), st.sampled_from([8, 10]))
def test_bar_crosses_the_rule_exactly_when_it_is_longer_than_the_share(
    time_ms: int, share_ms: int, cells: int
) -> None:
    short, beyond = bar(time_ms, share_ms, cells)
    assert len(short) == cells
    assert len(beyond) <= cells
    assert beyond[0] == ("┿" if time_ms / share_ms * cells >= cells + 0.5 else "│")
    assert short.strip("━").strip() == ""


def test_share_in_the_header_stands_over_the_rule() -> None:
    for wide, cells in ((False, 10), (True, 8)):
        header, row = table_lines(RESULTS.items, 5, 90_000, 2, wide=wide)
        assert row.text.index("│") == header.text.index("90s") + 1
        assert header_line(RESULTS.items, 100_000, cells).text.index("100s") + 2 == row.text.index("│")


def test_only_columns_that_hold_something_have_a_name_and_it_stands_over_them() -> None:
    plain = ResultItem(1, 60_000, "E", True)
    assert table_lines([plain], 1, 90_000, 2)[0].text.split() == ["#", "time", "0s", "90s", "answer"]
    marked = ResultItem(2, 60_000, "B", True, flagged=True, next_step=True)
    for wide in (False, True):
        header, row = (line.text for line in table_lines([marked], 2, 90_000, 2, wide=wide))
        assert header.index("answer") == row.index("✓")
        assert header.index("flag") == row.index("►")
        assert header.index("kind") == row.index("next")


def test_what_was_said_at_the_end_has_a_row_of_its_own() -> None:
    said = "Time. The block ended and every answer is kept."
    for size in ((80, 24), (120, 40)):
        rows = [row.text.strip() for row in results_lines(replace(RESULTS, notice=said), *size)]
        assert rows[1] == said
        assert len(rows) == len(results_lines(RESULTS, *size))


def test_changed_blank_and_unseen_answers_are_told_apart() -> None:
    items = (
        ResultItem(1, 60_000, "E", False, "C"),
        ResultItem(2, 60_000, None, False),
        ResultItem(3, None, None, False),
        ResultItem(4, 60_000, "B", True, "B", flagged=True, next_step=True),
    )
    rows = [row.text for row in table_lines(items, 1, 90_000, 9)[1:]]
    assert "× C→E" in rows[0]
    assert "× blank" in rows[1]
    assert "· never seen" in rows[2]
    assert "0:00" not in rows[2]
    assert rows[3].split()[-4:] == ["✓", "B", "►", "next"]


def test_table_keeps_the_cursor_in_its_middle_and_at_its_ends() -> None:
    def positions(cursor: int) -> list[int]:
        return [
            int(row.text.replace("›", " ").split()[0])
            for row in table_lines(RESULTS.items, cursor, 90_000, 6)[1:]
        ]

    assert positions(7) == [5, 6, 7, 8, 9]
    assert positions(1) == [1, 2, 3, 4, 5]
    assert positions(20) == [16, 17, 18, 19, 20]


def test_misses_only_leaves_the_wrong_ones() -> None:
    view = replace(RESULTS, misses_only=True)
    assert [item.position for item in listed(view)] == [2, 4, 7, 15, 17, 19]
    nothing = replace(view, items=tuple(replace(item, right=True) for item in view.items))
    assert "Nothing was missed." in plain(results_lines(nothing, 80, 24))


def test_short_window_gives_up_the_chart_before_the_table() -> None:
    text = plain(results_lines(RESULTS, 80, 16))
    assert "even" not in text
    assert "›  7  1:52" in text
    assert "even" in plain(results_lines(RESULTS, 80, 20))


def test_high_narrow_window_shows_all_rows_and_the_checkpoints() -> None:
    text = plain(results_lines(RESULTS, 80, 50))
    assert "Checkpoints" in text
    assert "Slowest  questions 4, 2, 15, 12: 9:00 together, 1 right" in text
    assert all(f"{n:>4}  {m}" in text for n, m in ((1, "1:58"), (20, "0:32")))


def test_at_a_hundred_columns_the_table_is_whole() -> None:
    rows = results_lines(RESULTS, 100, 40)
    assert any(row.text.rstrip().endswith("next") for row in rows)
    assert all(row.width <= 98 for row in rows)


def test_untimed_block_has_no_ribbon_and_no_checkpoints() -> None:
    view = replace(RESULTS, ribbon=None, checkpoints=(), remark="Not counted in trends: untimed.")
    text = plain(results_lines(view, 80, 24))
    assert "even" not in text
    assert "Not counted in trends: untimed." in text


def test_numbers_of_a_difference_carry_no_colour() -> None:
    rows = results_lines(RESULTS, 120, 40)
    for row in rows[:4]:
        assert {span.role for span in row.spans} <= {Role.TEXT, Role.STRONG, Role.MUTED}


def test_in_a_narrow_window_the_verdict_goes_on_in_the_next_row() -> None:
    some = replace(FIGURES, next_step=Proportion(0, 13, 0.0, 0.228, answered=1))
    said = " ".join(plain(results_lines(replace(RESULTS, figures=some), 60, 40)).split())
    assert "Next best step 1 of 13 answered, 0 right (0-23% of all 13)." in said


def test_under_a_long_verdict_the_table_still_has_five_questions() -> None:
    view = replace(RESULTS, remark="Not in trends: it was ended. " * 4)
    rows = [row.text for row in results_lines(view, 80, 24)]
    assert "even" in "".join(rows)
    head = next(number for number, row in enumerate(rows) if "answer" in row)
    assert len(rows[head + 1 :]) == 5
