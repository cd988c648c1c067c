"""The pace ribbon: scale, path, band and axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.render.lines import Role, plain
from drill.render.ribbon import STEPS_S, RibbonView, columns_an_item, legend_line, ribbon_lines, scale
from drill.render.text import clock_text

paths = st.lists(st.integers(-900_000, 900_000), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("most_s", "worst_s", "rows", "step_s", "up", "down"),
    [
        (100, -141, 8, 45, 3, 4),
        (100, -141, 10, 30, 4, 5),
        (0, 0, 8, 10, 1, 1),
        (9, -9, 3, 10, 1, 1),
        (1, -600, 8, 120, 1, 5),
    ],
)
def test_scale_is_the_finest_round_step_that_fits(
    most_s: int, worst_s: int, rows: int, step_s: int, up: int, down: int
) -> None:
    found = scale([most_s * 1000, worst_s * 1000], rows)
    assert (found.step_s, found.up, found.down) == (step_s, up, down)


@given(paths, st.integers(3, 20))
def test_every_value_has_a_row_within_half_a_step(path: list[int], rows: int) -> None:
    sizes = scale(path, rows)
    assert sizes.rows <= rows
    assert sizes.step_s in STEPS_S
    assert sizes.row(0) == sizes.up
    for value in path:
        assert abs((sizes.up - sizes.row(value)) * sizes.step_s * 1000 - value) <= sizes.step_s * 500


def test_one_item_ahead_climbs_once() -> None:
    assert plain(ribbon_lines(RibbonView((30_000,), (), (True,)), 40, 8)) == (
        " 0:30 ahead ╭── 0:30\n"
        "            │\n"
        "            │\n"
        "       even ╯──\n"
        "0:10 behind\n"
        "            1\n"
        "     result ✓\n"
    )


def test_path_returning_to_even_and_a_band_under_it() -> None:
    view = RibbonView((-10_000, -10_000, 0, 0), (-10_000, -20_000, -20_000, 0))
    assert plain(ribbon_lines(view, 40, 8)) == (
        " 0:10 ahead\n"
        "       even ╮─────╭───── 0:00\n"
        "            ╰─────╯░░\n"
        "0:20 behind    ░░░░░░\n"
        "            1        4\n"
    )


@given(paths, st.integers(30, 200), st.integers(3, 20))
def test_path_is_one_unbroken_line(path: list[int], width: int, rows: int) -> None:
    """In each column the path fills exactly the rows from where it came to where it goes."""
    lines = ribbon_lines(RibbonView(tuple(path)), width, rows)
    if not lines:
        assert len(path) > width - 20
        return
    sizes = scale(path, rows)
    before = sizes.up
    gutter = len(lines[sizes.up].text) - len(lines[sizes.up].text.split("even ", 1)[1])
    columns = columns_an_item(len(path), width - gutter - len(f" {clock_text(abs(path[-1]))}"))
    assert columns >= 1
    for item, value in enumerate(path):
        here = sizes.row(value)
        column = gutter + item * columns
        drawn = [
            row
            for row in range(sizes.rows)
            if lines[row].text[column : column + 1] in set("╭╮╰╯│") or (row == here == before)
        ]
        assert drawn == list(range(min(before, here), max(before, here) + 1))
        before = here


@pytest.mark.parametrize(
    ("count", "room", "columns"),
    [(20, 61, 3), (20, 45, 2), (40, 61, 1), (40, 83, 2), (10, 183, 3), (80, 61, 0), (3, -4, 0)],
)
def test_items_share_the_room(count: int, room: int, columns: int) -> None:
    assert columns_an_item(count, room) == columns


@pytest.mark.parametrize("width", [78, 79, 80, 96])
@pytest.mark.parametrize("ahead_ms", [1_656_000, 7_260_000, -1_656_000])
def test_end_of_the_path_is_never_cut(width: int, ahead_ms: int) -> None:
    rows = ribbon_lines(RibbonView((0,) * 19 + (ahead_ms,)), width, 8)
    assert sum(row.text.endswith(f" {clock_text(abs(ahead_ms))}") for row in rows) == 1
    assert max(row.width for row in rows) <= width


@pytest.mark.parametrize(
    ("count", "axis"), [(18, "1 5 10 15 18"), (19, "1 5 10 15 19"), (21, "1 5 10 15 20 21"), (1, "1")]
)
def test_axis_names_first_fives_and_last(count: int, axis: str) -> None:
    row = ribbon_lines(RibbonView((0,) * count), 100, 8)[-1]
    assert row.text.split() == axis.split()


def test_axis_numbers_never_touch() -> None:
    row = ribbon_lines(RibbonView((0,) * 41), 70, 8)[-1]
    assert row.text.split() == ["1", "5", "10", "15", "20", "25", "30", "35", "41"]


def test_path_carries_no_right_or_wrong_colour() -> None:
    rows = ribbon_lines(RibbonView((-60_000, 60_000), (), (True, False)), 60, 8)
    roles = {span.role for row in rows[:-1] for span in row.spans}
    assert not roles & {Role.RIGHT, Role.WRONG, Role.WARNING}
    assert {span.role for span in rows[-1].spans} >= {Role.RIGHT, Role.WRONG}


def test_more_than_ten_minutes_behind_keeps_the_columns_straight() -> None:
    rows = ribbon_lines(RibbonView((-1_300_000,) * 20, (), (True,) * 20), 100, 8)
    starts = {row.text.index(mark) for row, mark in ((rows[-1], "✓"), (rows[-2], "1"))}
    assert len(starts) == 1
    assert "behind ╰" not in rows[0].text
    assert starts == {next(row for row in rows if "even" in row.text).text.index("╮")}


def test_legend_only_explains_a_band_that_is_there() -> None:
    """Neither where the stems are alike, nor where the difference is too small to be drawn."""

    def legend(*fair_ms: int) -> str:
        return legend_line(ribbon_lines(RibbonView((0, 90_000), fair_ms), 80, 8)).text

    assert legend(0, 0) == legend(-1, 0) == ""
    assert "longer stems" in legend(-60_000, 0)
