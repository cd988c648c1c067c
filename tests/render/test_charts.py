"""Charts hold their place at any size, and put values where a reader looks for them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drill.analytics.intervals import Interval
from drill.analytics.results import Band, LinePoint, Point
from drill.render.charts.bars import Bar, Bars, Segments, bar, bars, columns, level, segment_bar, segments
from drill.render.charts.figures import Tick
from drill.render.charts.forest import ForestRow, Layout, forest_lines, forest_row
from drill.render.charts.heat import Heat, heat_map
from drill.render.charts.ladder import Ladder, evidence_bar
from drill.render.charts.scales import (
    SECONDS_A_ROW,
    Label,
    RowAxis,
    Scale,
    axis_labels,
    padded,
    row_axis,
    share_axis,
)
from drill.render.charts.strips import dot_strip, mark_strip
from drill.render.charts.trend import Trend, dot_rows
from drill.render.lines import Line, Role, line
from drill.render.numbers import share, signed, tenths

SIZES = st.integers(1, 60)
NUMBERS = st.floats(-1e6, 1e6)


def text(rows: list[Line]) -> list[str]:
    return [row.text.rstrip() for row in rows]


def test_a_scale_puts_its_ends_on_the_first_and_last_cell_and_holds_what_lies_outside() -> None:
    scale = Scale(0, 100, 11)
    assert [scale.cell(value) for value in (-5, 0, 50, 100, 900)] == [0, 0, 5, 10, 10]


def test_a_log_scale_gives_equal_ratios_equal_room() -> None:
    scale = Scale(1 / 6, 6, 21, log=True)
    assert [scale.cell(value) for value in (1 / 6, 1, 6, 100)] == [0, 10, 20, 20]


def test_the_row_axis_puts_ninety_seconds_on_a_row_with_a_round_step() -> None:
    axis = row_axis([72, 118], 11, 90, SECONDS_A_ROW)
    assert (axis.row(90), axis.step, axis.value(axis.row(90))) == (6, 5, 90)
    assert axis.top >= 118
    assert axis.value(axis.rows - 1) <= 72


@example(values=[1.0], rows=9)
@given(values=st.lists(st.floats(1, 5000), max_size=8), rows=st.integers(1, 15))
def test_an_axis_never_has_more_rows_than_asked_and_always_the_anchor(values: list[float], rows: int) -> None:
    axis = row_axis(values, rows, 90, SECONDS_A_ROW)
    assert axis.rows <= rows
    assert abs(axis.value(axis.row(90)) - 90) < 1e-6
    if axis.step < SECONDS_A_ROW[-1]:
        assert all(abs(axis.value(axis.row(value)) - value) <= axis.step / 2 + 1e-6 for value in values)
    if axis.step <= 90:
        assert axis.value(axis.rows - 1) >= 0, "no time is less than nothing"


@given(values=st.lists(st.floats(0, 1), max_size=8), rows=st.integers(2, 15))
def test_an_axis_of_shares_stays_between_nothing_and_all(values: list[float], rows: int) -> None:
    axis = share_axis(values, rows)
    assert 2 <= axis.rows <= rows
    assert axis.top <= 1 + 1e-9
    assert axis.value(axis.rows - 1) >= -1e-9
    assert all(abs(axis.value(axis.row(value)) - value) <= axis.step / 2 + 1e-6 for value in values)


def series(*values: float | None) -> tuple[Point, ...]:
    return tuple(
        Point.of(n, value and Interval(value, value - 6, value + 6), 20, n != 2)
        for n, value in enumerate(values, start=1)
    )


AXIS = RowAxis(102, 6, 5)


def trend(points: tuple[Point, ...], **more: object) -> Trend:
    return Trend(about="", unit="", proportions=False, points=points, extent=(78, 102), **more)  # type: ignore[arg-type]


def dots_of(row: str) -> int:
    """Dots of the braille cells of a row."""
    return sum(
        (ord(character) - 0x2800).bit_count() for character in row if 0x2800 <= ord(character) <= 0x28FF
    )


def test_a_block_is_four_dots_of_its_cell_and_two_where_it_does_not_count() -> None:
    drawn = dot_rows(trend(series(96, 84, None), rule=Tick(90, "90 s")), AXIS, 67)
    assert text(drawn)[:5] == [" 102 s", "        ⠶", "  90 s " + "⠐" * 60, "           ⠆", "  78 s"]
    assert text(drawn)[5].split() == ["1", "5", "10", "15", "20"]


def test_a_cell_shows_three_heights() -> None:
    drawn = dot_rows(trend(series(97.9, 84, 96, 94.2)), AXIS, 67)
    assert [cell for cell in drawn[1].text if cell not in " 8"] == ["⠛", "⠶", "⣤"]


def test_only_dots_that_count_take_the_accent() -> None:
    roles = {
        span.text.strip(): span.role
        for row in dot_rows(trend(series(96, 84)), AXIS, 67)
        for span in row.spans
    }
    assert (roles["⠶"], roles["⠆"]) == (Role.ACCENT, Role.MUTED)


def test_a_fitted_line_runs_from_its_first_block_to_its_last_without_a_gap() -> None:
    points = series(96, 84, 90, 90)
    without = dot_rows(trend(points), AXIS, 67)
    drawn = dot_rows(trend(points, lines=((LinePoint(1, 96), LinePoint(4, 90)),)), AXIS, 67)
    strong = {
        column
        for row in drawn
        for column in range(row.width)
        if [span for span in row.spans for _ in span.text][column].role is Role.STRONG
    }
    assert strong >= set(range(9, 17)) - {11, 14}
    assert not any(span.role is Role.STRONG for row in without for span in row.spans)


def test_a_band_is_its_two_ends_and_no_slab() -> None:
    drawn = text(dot_rows(trend((), band=Band(90, 86, 95)), AXIS, 67))
    assert [dots_of(row) for row in drawn] == [0, 30, 0, 30, 0, 0]


def test_a_range_of_late_blocks_leaves_no_room_for_blocks_to_come() -> None:
    points = tuple(Point.of(n, Interval(90.0, 84.0, 96.0), 20) for n in range(22, 32))
    rows = text(dot_rows(trend(points), AXIS, 67))
    assert rows[-1].split() == ["22", "25", "30"]
    assert len(rows[2]) > 60


def test_crowded_blocks_share_columns() -> None:
    points = series(*[90.0] * 400)
    drawn = dot_rows(trend(points), AXIS, 67)
    assert drawn[2].text.count("⠶") == 60


@settings(max_examples=60)
@given(
    points=st.lists(st.tuples(st.integers(1, 500), st.none() | NUMBERS, st.booleans()), max_size=12),
    width=st.integers(0, 130),
    rows=st.integers(1, 12),
    selected=st.none() | st.integers(-5, 600),
)
def test_a_dot_chart_never_raises_and_never_leaves_its_size(
    points: list[tuple[int, float | None, bool]], width: int, rows: int, selected: int | None
) -> None:
    figure = trend(
        tuple(Point.of(x, None if v is None else Interval(v, v - 1, v + 1), 5, e) for x, v, e in points),
        rule=Tick(90, "90 s"),
        band=Band(90, 80, 95),
        lines=(tuple(LinePoint(x, v or 0.0) for x, v, _ in points),),
    )
    drawn = dot_rows(figure, RowAxis(100, 5, rows), width, selected)
    assert len(drawn) == rows + 1
    assert all(row.width <= width for row in drawn)


def test_a_forest_row_shows_the_interval_and_the_rule_where_it_crosses() -> None:
    scale = Scale(-1, 1, 21)
    crossing = ForestRow("", Interval(-0.2, -0.6, 0.4), ("", ""))
    clear = ForestRow("", Interval(-0.6, -0.9, -0.3), ("", ""))
    assert line(*forest_row(crossing, scale, 0.0)).text == "    ├───●─┼───┤      "
    assert line(*forest_row(clear, scale, 0.0)).text == " ├──●──┤  │          "


def test_a_forest_row_without_a_number_says_why() -> None:
    row = ForestRow("", None, ("Not enough yet: 3 of 10",))
    assert line(*forest_row(row, Scale(0, 1, 30), 0.5)).text.strip() == "Not enough yet: 3 of 10"


def test_a_long_name_is_cut_so_that_the_plot_keeps_eight_cells() -> None:
    rows = [ForestRow("Obstetrics and gynecology", Interval(0.5, 0.4, 0.6), ("50%", "40-60", "5/10"))]
    layout = Layout.of(rows, 44)
    assert layout.plot == 8
    assert "…" in forest_lines(rows, layout, Scale(0, 1, layout.plot), None)[0].text


@given(
    value=st.none() | NUMBERS, low=NUMBERS, high=NUMBERS, width=SIZES, rule=st.none() | NUMBERS,
    label=st.text(max_size=30),
)  # fmt: skip
def test_a_forest_never_raises_and_numbers_stay_in_line(
    value: float | None, low: float, high: float, width: int, rule: float | None, label: str
) -> None:
    rows = [
        ForestRow("a", Interval(0.5, 0.2, 0.8), ("50%", "20-80", "5/10")),
        ForestRow(
            padded(label, 12),
            None if value is None else Interval(value, min(low, high), max(low, high)),
            ("",) if value is None else ("50%", "20-80", "5/10"),
        ),
    ]
    layout = Layout.of(rows, width)
    ticks = [Label(0, "0%"), Label(1, "100%")]
    drawn = forest_lines(rows, layout, Scale(0, 1, layout.plot), rule, ticks)
    assert drawn[1].width <= drawn[0].width
    assert value is None or drawn[1].width == drawn[0].width


def test_a_bar_has_half_cells_and_something_is_never_nothing() -> None:
    assert (bar(10, 10, 4), bar(5, 10, 5), bar(0.01, 10, 8), bar(0, 10, 8)) == ("━━━━", "━━╸", "╸", "")


def test_the_number_of_a_bar_stands_at_its_end_and_the_notes_in_one_column() -> None:
    rows = (Bar("early", (3, 1), ("4", "67%")), Bar("late", (2,), ("2", "33%")))
    drawn = text(bars(Bars(about="", heads=(), rows=rows, most=4), 40))
    assert drawn == ["early  ━━━━ 4  67%", "late   ━━ 2    33%"]


def test_every_segment_that_is_not_empty_shows() -> None:
    assert segment_bar([98, 1, 1], 10).text == "████████▄▂"
    assert segment_bar([98, 0, 1], 10).text == "█████████▂"


def test_the_legend_of_a_segment_bar_is_folded_where_it_has_no_room() -> None:
    figure = Segments(about="", parts=((98, "a"), (1, "b"), (0, "c")))
    assert text(segments(figure, 40))[1:] == ["█ 98 a   ▄ 1 b   ▂ 0 c"]
    assert text(segments(figure, 20))[1:] == ["█ 98 a", "▄ 1 b", "▂ 0 c"]


@given(numbers=st.lists(st.integers(0, 40), max_size=3), cells=st.integers(0, 30))
def test_a_segment_bar_is_as_long_as_asked_or_empty(numbers: list[int], cells: int) -> None:
    drawn = segment_bar(numbers, cells).text
    assert len(drawn) == (cells if sum(numbers) else 0)


def test_columns_show_the_last_blocks_that_fit() -> None:
    assert columns([9, 0, 1, 4], 3) == "·▂█"


def test_levels_rise_with_the_count_and_one_of_many_still_shows() -> None:
    assert [level(value, 9) for value in (0, 0.1, 5, 9)] == ["·", "▁", "▄", "█"]


NAMES = {"test": ("test", "test"), "treat": ("treat", "treat")}


def heat(counts: dict[str, dict[str, int]], names: dict[str, tuple[str, str]] = NAMES) -> Heat:
    return Heat(about="", corner="right answer", counts=counts, names=names)


def test_the_heat_map_brackets_the_diagonal_and_counts_its_share() -> None:
    drawn = text(heat_map(heat({"test": {"test": 8, "treat": 2}, "treat": {"test": 4}}), 60))
    assert drawn == [
        "right answer   test    treat   right",
        "test           [█ 8]    ▂ 2     8/10",
        "treat           ▄ 4    [·  ]     0/4",
    ]


def test_the_narrowest_heat_map_keeps_short_names_whole() -> None:
    names = {"stabilize": ("stabilize", "stab."), "discharge": ("discharge", "disch")}
    drawn = text(heat_map(heat({"stabilize": {"stabilize": 8}}, names), 20))
    assert drawn[0] == "right answer  stab. disch  right"


def test_only_right_choices_of_the_heat_map_take_the_accent() -> None:
    rows = heat_map(heat({"test": {"test": 8, "treat": 8}}), 60)
    assert [span.role for span in rows[1].spans if span.text == "█"] == [Role.ACCENT, Role.FAINT]


@given(width=st.integers(-5, 120), count=st.integers(0, 999))
def test_a_heat_map_never_raises(width: int, count: int) -> None:
    drawn = heat_map(heat({"test": {"treat": count}}), width)
    assert len(drawn) == 3


def test_dots_are_stacked_upward_and_the_rule_has_its_own_column() -> None:
    drawn = text(dot_strip([1, 1, 2, 5, 9], Scale(0, 10, 11), rule=5))
    assert len(drawn) == 1
    assert [dots_of(part) for part in drawn[0].split("│")] == [8, 2]
    assert drawn[0].index("│") == 5


@given(
    values=st.lists(st.floats(0, 100), max_size=25),
    cells=st.integers(1, 50),
    rule=st.none() | st.floats(0, 100),
)
def test_a_strip_keeps_every_dot_it_has_room_for_on_its_side_of_the_rule(
    values: list[float], cells: int, rule: float | None
) -> None:
    drawn = dot_strip(values, Scale(0, 100, cells), rule=rule, most=25)
    assert all(row.width <= cells + 1 for row in drawn)
    if cells > 1 and rule is None:
        assert sum(dots_of(row.text) for row in drawn) == 2 * len(values)


def test_a_label_that_would_touch_another_is_left_out() -> None:
    scale = Scale(0, 100, 21)
    assert (
        axis_labels([Label(95, "30:00"), Label(100, "31:00"), Label(0, "low")], scale).text
        == "low              30:00"
    )


def test_marks_cover_the_rule() -> None:
    strip = mark_strip([(3, "×", Role.WRONG), (5, "✓", Role.RIGHT)], Scale(0, 10, 11), rule=5)
    assert strip.text == "   × ✓"


LADDER = Ladder(
    about="",
    rungs=(),
    evidence=2.4,
    evidence_text="2.4",
    ease=Tick(1 / 6, "1/6"),
    tighten=Tick(6, "6"),
    blocks_here=0,
)


def test_the_evidence_bar_fills_from_one_toward_the_evidence() -> None:
    bar_row, labels = text(evidence_bar(LADDER, 2.4, 42))
    assert bar_row == "longer │────────────┼━━━━━●──────│ shorter"
    assert labels == "      1/6           1            6"
    assert text(evidence_bar(LADDER, 1e-9, 42))[0].startswith("longer ●━━━")


@pytest.mark.parametrize("cells", range(21))
def test_too_little_room_for_an_evidence_bar_leaves_it_out(cells: int) -> None:
    assert evidence_bar(LADDER, 2, cells) == []


def test_names_are_cut_by_cells_not_by_characters() -> None:
    assert padded("心臓内科の救急", 8) == "心臓内… "
    assert padded("short", 8) == "short   "


def test_figures_are_whole_points_and_never_minus_zero() -> None:
    assert [signed(value) for value in (-0.4, 6.2, -22.5)] == ["0", "+6", "-23"]
    assert (share(0.625), share(0.0)) == ("63%", "0%")


@pytest.mark.parametrize(
    ("probability", "blocks", "words"),
    [
        (0.27, 20, "about 3 of 10"),
        (0.02, 20, "fewer than 1 of 10"),
        (0.02, 9, "about 1 of 10"),
        (0.99, 20, "more than 9 of 10"),
        (0.99, 9, "about 9 of 10"),
    ],
)
def test_a_probability_is_told_in_tenths_and_not_too_surely_before_ten_blocks(
    probability: float, blocks: int, words: str
) -> None:
    assert tenths(probability, blocks) == words
