"""Figures as cells: what is drawn can be read off again, at any size, in ASCII, and as a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.core.figures.figure import Figure
from drill.core.figures.pictures import Pixels
from drill.core.figures.plot import (
    Axis,
    Band,
    Drawing,
    Estimate,
    Label,
    Mark,
    Paper,
    Plot,
    Series,
    Shape,
    Style,
)
from drill.core.figures.waves.ecg import Ecg, Layout
from drill.importers import read_bank
from drill.render.figure.axes import Ruler, nice_step, number_text
from drill.render.figure.drawing import ZOOMS, View, dot_ms, drawing_lines
from drill.render.figure.picture import Tint, fitted, picture_lines, window
from drill.render.figure.raster import Raster, clipped, thinned
from drill.render.figure.table import figure_numbers, figure_text
from drill.render.lines import Role, plain
from drill.render.options import ItemView, OptionView, stem_lines
from drill.render.views.figures import numbered, titles, with_figures, without_ids
from tests.factories import make_figure, make_item, make_pictured

SAMPLE = Path(__file__).parents[1] / "data" / "figures.yaml"


def samples() -> list[Figure]:
    bank = read_bank(SAMPLE.read_bytes(), name=SAMPLE.name).bank
    assert bank is not None
    return [figure for item in bank.items for figure in item.figures]


def plot(**parts: object) -> Drawing:
    x = Axis("Time", 0, 10, "h", ticks=(0, 5, 10))
    y = Axis("Sodium", 100, 140, "mEq/L", ticks=(100, 120, 140))
    return Drawing(((Plot(x, y, **parts),),))  # type: ignore[arg-type]


def text(drawing: Drawing, width: int = 40, height: int = 12, view: View = View(), **how: bool) -> str:  # noqa: B008
    return plain(drawing_lines(drawing, width, height, view), **how)


# Dots


def test_a_stroke_sets_the_dots_between_its_points() -> None:
    raster = Raster(2, 1)
    raster.stroke([(0, 3), (3, 0)], Role.ACCENT, box=(0, 0, 4, 4))
    assert raster.lines()[0].text == "\u2860\u280a"
    assert {span.role for span in raster.lines()[0].spans} == {Role.ACCENT}


def test_text_wins_over_dots_and_a_curve_over_a_grid() -> None:
    raster = Raster(2, 1)
    raster.dot(0, 0, Role.HAIR, 0)
    raster.dot(1, 3, Role.ACCENT, 3)
    raster.dot(0, 1, Role.HAIR, 0)
    assert raster.lines()[0].text == "\u2880"
    raster.text(0, 0, "II", Role.STRONG)
    assert raster.lines()[0].text == "II"


def test_a_stroke_to_far_outside_is_held_near_and_still_crosses_the_box() -> None:
    raster = Raster(10, 4)
    raster.stroke([(4, -1e12), (4, 1e12)], Role.ACCENT, box=(0, 0, 20, 16))
    assert [row.text for row in raster.lines()] == ["  \u2847"] * 4


@given(
    st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)),
    st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)),
)
def test_a_line_is_cut_to_the_box_it_is_painted_in(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    part = clipped(start, end, (2, 4, 30, 20))
    assert part is None or all(2 <= x <= 29 and 4 <= y <= 19 for x, y in part)
    inside = clipped((3, 5), (20, 15), (2, 4, 30, 20))
    assert inside == ((3, 5), (20, 15))


def test_points_of_one_column_are_thinned_to_those_that_are_seen() -> None:
    dense = [(x / 100, float((x * 37) % 11)) for x in range(400)]
    kept = list(thinned(dense))
    assert len(kept) <= 4 * 5
    assert (min(y for _, y in kept), max(y for _, y in kept)) == (0, 10)
    assert kept[0] == dense[0]
    assert kept[-1] == dense[-1]


def test_wide_signs_take_their_cells() -> None:
    raster = Raster(6, 1)
    raster.text(0, 0, "漢x", Role.TEXT)
    assert raster.lines()[0].width == 3


# Plots


def test_a_curve_stands_where_its_values_put_it() -> None:
    rows = text(plot(series=(Series((0, 10), (100, 140)),))).split("\n")
    assert rows[0].startswith("Sodium (mEq/L)")
    body = [row[4:] for row in rows[1:9]]
    columns = [next(i for i, c in enumerate(row) if c != " ") for row in body if row.strip()]
    assert columns == sorted(columns, reverse=True)
    assert "140┼" in rows[1]
    assert "100┼" in rows[8]
    assert rows[11].rstrip().endswith("Time (h)")


def test_tracing_paper_has_its_lines_where_its_squares_end() -> None:
    tracing = Plot(Axis("Time", 0, 2, "s"), Axis("Voltage", -1, 1, "mV"))
    rows = text(Drawing(((tracing,),), paper=Paper(0.2, 0.5)), 60, 16).split("\n")
    between = [at for at, cell in enumerate(rows[1]) if cell != " "]
    assert between == [0, 6, 12, 18, 24, 30, 35, 41, 47, 53, 59], "2 s are ten squares"
    lines = [number for number, row in enumerate(rows) if len(row.replace(" ", "")) > len(between)]
    assert lines == [0, 4, 7, 11, 15], "2 mV are four"


def test_points_bars_steps_bands_marks_and_labels_are_all_drawn() -> None:
    drawing = plot(
        series=(
            Series((2,), (130,), "dots", Style.POINTS, Shape.CROSS),
            Series((5, 7), (120, 110), "steps", Style.STEPS),
            Series((9,), (125,), "bars", Style.BARS),
        ),
        bands=(Band((0, 10), (104, 104), (112, 112), "normal"),),
        marks=(Mark(y=135, text="limit"), Mark(x=4, text="drug")),
        labels=(Label(6, 132, "here"),),
    )
    shown = text(drawing, 60, 16)
    for words in ("×", "limit", "drug", "here", "× dots", "steps", "bars", "░░░ normal"):
        assert words in shown


def test_a_band_lies_between_its_edges() -> None:
    rows = text(plot(bands=(Band((0, 10), (104, 104), (112, 112), "normal"),)), 60, 16).split("\n")[1:12]
    filled = [
        number for number, row in enumerate(rows) if any("\u2800" < cell <= "\u28ff" for cell in row[4:])
    ]
    assert filled == [7, 8, 9], "140 stands on row 0, 100 on row 10"


def test_estimates_stand_in_rows_with_their_numbers_and_a_diamond() -> None:
    rows = (Estimate("Trial A", 0.8, 0.6, 1.07), Estimate("All", 0.78, 0.66, 0.92, pooled=True))
    x = Axis("Risk ratio", 0.5, 2, log=True, ticks=(0.5, 1, 2))
    shown = text(Drawing(((Plot(x, estimates=rows, marks=(Mark(x=1),)),),)), 76, 10).split("\n")
    assert shown[0].startswith("Trial A")
    assert "├" in shown[0]
    assert "●" in shown[0]
    assert shown[0].rstrip().endswith("0.80 (0.60 to 1.07)")
    assert "0.78 (0.66 to 0.92)" in shown[2]
    assert "├" not in shown[2]
    assert any("Risk ratio" in row for row in shown)


def test_an_audiogram_grows_downward() -> None:
    audiogram = next(figure for figure in samples() if figure.kind == "audiogram").drawing
    assert audiogram is not None
    rows = text(audiogram, 76, 21).split("\n")
    right = next(n for n, row in enumerate(rows) if "○" in row)
    left = next(n for n, row in enumerate(rows) if "×" in row)
    assert right < left
    assert any("250" in row and "8000" in row for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize("size", [(76, 21), (116, 37), (1, 1), (8, 3), (20, 6), (164, 57)])
@pytest.mark.parametrize("number", range(12))
def test_every_sample_fits_its_window(number: int, size: tuple[int, int]) -> None:
    drawing = samples()[number].drawing
    assert drawing is not None
    for view in (View(), View().zoomed(3, drawing).moved(1, 1, drawing)):
        lines = drawing_lines(drawing, *size, view)
        assert len(lines) <= size[1]
        assert all(line.width <= size[0] for line in lines)
        assert plain(lines, ascii_only=True).isascii()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)), min_size=1, max_size=8),
    st.sampled_from(Style),
    st.tuples(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9)).filter(lambda ends: ends[1] - ends[0] > 1e-3),
    st.integers(0, 60),
    st.integers(0, 20),
)
def test_any_plot_is_drawn_in_any_window(
    pairs: list[tuple[float, float]], style: Style, ends: tuple[float, float], width: int, height: int
) -> None:
    series = Series(tuple(x for x, _ in pairs), tuple(y for _, y in pairs), style=style)
    drawing = Drawing(((Plot(Axis("x", *ends), Axis("y", *ends), (series,), grid=True),),))
    lines = drawing_lines(drawing, width, height)
    assert len(lines) <= height
    assert all(line.width <= width for line in lines)


def test_no_plot_of_a_sample_is_left_out_in_the_smallest_window() -> None:
    """Late decelerations cannot be told without the contractions below them."""
    for figure in samples():
        drawing = figure.drawing
        if drawing is None or drawing.paper is not None:
            continue
        shown = text(drawing, 56, 11)
        for plot in (plot for row in drawing.rows for plot in row if plot.y is not None):
            assert plot.y is not None
            assert plot.y.words[:20] in shown, figure.id
        assert "make the window larger" not in shown


def test_a_plot_that_cannot_be_drawn_says_so() -> None:
    one = plot().rows[0]
    assert text(Drawing((one, one, one)), 40, 11).count("Sodium (mEq/L): make the window larger") >= 1


# Looking nearer


def test_an_ecg_can_be_brought_to_20_ms_a_dot_in_80_columns() -> None:
    for ecg in (Ecg(rate=75), Ecg(rate=75, layout=Layout.TWELVE)):
        drawing, view = ecg.drawing(), View()
        for _ in ZOOMS:
            view = view.zoomed(1, drawing)
        a_dot = dot_ms(drawing, 76, view)
        assert a_dot is not None
        assert a_dot <= 20


def test_zooming_out_again_shows_all_of_it_and_panning_stays_inside() -> None:
    drawing = Ecg(rate=75, layout=Layout.TWELVE).drawing()
    view = View().zoomed(2, drawing)
    for _ in range(50):
        view = view.moved(1, 1, drawing)
    wide, tall = view.spans(drawing)
    assert (view.left + wide, view.top + tall) == (pytest.approx(1), pytest.approx(1))
    assert view.zoomed(-9, drawing) == View()


def test_a_zoomed_tracing_keeps_its_lead_names_and_shows_a_part() -> None:
    drawing = Ecg(rate=75, layout=Layout.TWELVE).drawing()
    near = text(drawing, 76, 20, View().zoomed(4, drawing))
    assert near != text(drawing, 76, 20)
    assert any(name in near for name in ("aVL", "V2", "II"))


def test_axes_go_along_with_a_zoomed_plot() -> None:
    drawing = Drawing(((Plot(Axis("x", 0, 100), Axis("y", 0, 100), (Series((0, 100), (0, 100)),)),),))
    near = text(drawing, 60, 16, View(0.5, 0.0, 2))
    assert "60" in near
    assert "\n  0┼" not in near


def test_names_on_axes_are_round() -> None:
    assert [nice_step(value) for value in (0.7, 1.0, 1.3, 4, 6, 11)] == [1, 1, 2, 5, 10, 20]
    assert [number_text(value) for value in (0.1 + 0.2, 1e6, -0.0)] == ["0.3", "1e+06", "0"]
    assert [name for _, name in Ruler.of(Axis("x", 0.5, 40, log=True), (0, 1), 100).ticks(9)][:3] == [
        "0.5",
        "1",
        "2",
    ]


# Pictures

BLACK_ON_WHITE = Pixels(2, 4, bytes([0, 0, 0, 255, 255, 255] * 4))


def test_a_picture_is_two_pixels_a_cell_in_its_own_colours() -> None:
    rows = picture_lines(BLACK_ON_WHITE, Tint.COLOUR, 2)
    assert [row.text for row in rows] == ["▀▀", "▀▀"]
    assert [span.ink for span in rows[0].spans] == [((0, 0, 0),) * 2, ((248, 248, 248),) * 2]


@pytest.mark.parametrize(("tint", "shown"), [(Tint.SHADES_ON_DARK, " @"), (Tint.SHADES_ON_LIGHT, "@ ")])
def test_without_colour_it_is_shades_of_ink(tint: Tint, shown: str) -> None:
    assert [row.text for row in picture_lines(BLACK_ON_WHITE, tint, 2)] == [shown, shown]


@given(
    st.integers(1, 5000),
    st.integers(1, 5000),
    st.sampled_from(ZOOMS),
    st.integers(1, 200),
    st.integers(1, 60),
)
def test_a_picture_keeps_its_shape_and_fits(w: int, h: int, zoom: float, width: int, height: int) -> None:
    across, down = fitted((w, h), zoom, width, height)
    assert 1 <= across <= width
    assert 1 <= down <= height
    left, top, right, bottom = window((w, h), zoom, 0.9, 0.9, width, height)
    assert 0 <= left < right <= 1 + 1e-9
    assert 0 <= top < bottom <= 1 + 1e-9


# In words


def test_a_plot_is_told_by_its_values() -> None:
    drawing = plot(series=(Series((0, 10), (100, 140), "Sodium"),), marks=(Mark(y=135, text="limit"),))
    assert figure_numbers(drawing) == [
        ("Across", "Time (h)"),
        ("Up", "Sodium (mEq/L)"),
        ("Sodium", "0: 100; 10: 140"),
        ("Line at y 135", "limit"),
    ]


def test_every_sample_can_be_told_in_words_without_naming_the_answer() -> None:
    for number, figure in enumerate(samples(), 1):
        rows = figure_text(number, figure)
        assert rows[0] == f"Figure {number}: {figure.name}."
        assert rows[1] == figure.alt
        assert len(rows) > 3
        told = " ".join(rows).lower()
        for word in ("fibrillation", "flutter", "infarct", "hyperkal", "torsades", "late", "obstruct"):
            assert word not in told


def test_a_picture_is_told_by_its_description() -> None:
    item, _ = make_pictured()
    rows = figure_text(1, item.figures[0])
    assert rows[1:] == ["What figure rash shows.", "A picture of 8 x 6 pixels; it cannot be told in numbers."]


# In a question


def test_references_become_numbers_in_the_order_in_which_figures_are_met() -> None:
    figures = (make_figure("late"), make_figure("first", title="First"), make_figure("second"))
    item = make_item(
        stem="See [figure first], then [figure second] and [figure none]. What is it?",
        explanation="As in [figure late].", figures=figures,
    )  # fmt: skip
    assert with_figures(item, item.stem) == "See [Figure 1], then [Figure 2] and [figure none]. What is it?"
    assert with_figures(item, item.explanation or "") == "As in [Figure 3]."
    assert titles(item, opened=False) == ("First", "Electrocardiogram")
    assert [figure.id for figure in numbered(item, opened=True)] == ["first", "second", "late"]


def test_where_figures_are_not_at_hand_their_ids_are_left_out() -> None:
    assert without_ids("See [figure ecg-2] and [Figure 3].") == "See [figure] and [Figure 3]."


def test_the_stem_says_which_figures_there_are_and_what_opens_them() -> None:
    view = ItemView("Look.", "What?", (OptionView("A", "x"),), figures=("Electrocardiogram", "Hand"))
    rows = stem_lines(view, 60)
    assert [row.text.rstrip() for row in rows] == [
        "  Look.",
        "  Figure 1  Electrocardiogram   ; opens them",
        "  Figure 2  Hand",
    ]
    assert {span.link for span in rows[1].spans if span.text.strip()} == {"key:f2"}
    assert stem_lines(ItemView("Look.", "What?", view.options), 60)[0].text == "  Look."


def test_a_bank_cannot_write_the_link_of_a_figure() -> None:
    view = ItemView("Look at ; and [Figure 1]\x1b[2J.", "What?", (), figures=("a\nb\x1b",))
    rows = stem_lines(view, 60)
    assert [row.text.rstrip() for row in rows] == [
        "  Look at ; and [Figure 1][2J.",
        "  Figure 1  a b   ; opens it",
    ]
