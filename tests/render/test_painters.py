"""Every painter, at every size, with any text: it never fails and never runs over its edges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drill.render import links
from drill.render.block import BlockView, block_lines, layout
from drill.render.calculator_view import CalculatorView, calculator_lines
from drill.render.footer import Key, footer_line
from drill.render.frame import too_small_lines
from drill.render.head import HeadView, head_line
from drill.render.home import Choice, HomeView, LastBlock, home_lines
from drill.render.item_list import ItemCell, ListView, list_lines, rail_lines
from drill.render.item_table import ResultItem
from drill.render.labs import LabsView, LabValue, labs_lines
from drill.render.lines import ASCII, Line, as_ascii
from drill.render.menu import MenuView, menu_lines
from drill.render.new_block import NewBlockView, Setting, new_block_lines
from drill.render.options import ItemView, OptionView
from drill.render.results import Checkpoint, ResultsView, results_lines
from drill.render.review import ReviewView
from drill.render.ribbon import RibbonView, ribbon_lines
from drill.render.rule import RuleView, rule_line
from drill.render.text import one_line
from drill.render.top import TopView, top_line
from drill.render.verdict import Figures, Proportion
from tests.render import samples
from tests.render.report_samples import FORBIDDEN

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
widths = st.integers(1, 220)
heights = st.integers(1, 70)
texts = st.text(
    st.one_of(
        st.sampled_from("abc de fg\n\t  µ°\u0301漢字かな한글🙂\u200d\ufe0f\x1b\x9b\u202e[2J"),
        st.characters(),
    ),
    max_size=120,
)
times = st.one_of(st.none(), st.integers(0, 4_000_000))


@st.composite
def items(draw: st.DrawFn) -> ItemView:
    count = draw(st.integers(2, 26))
    flags = st.booleans()
    options = tuple(
        OptionView(LETTERS[i], draw(texts), draw(flags), draw(flags), why=draw(st.one_of(st.none(), texts)))
        for i in range(count)
    )
    spots = st.tuples(st.integers(0, 130), st.integers(0, 130))
    return ItemView(draw(texts) * 3, draw(texts), options, tuple(draw(st.lists(spots, max_size=3))))


@st.composite
def cells(draw: st.DrawFn) -> tuple[ItemCell, ...]:
    one = st.tuples(st.sampled_from([None, "A", "Z"]), st.booleans(), st.booleans(), times)
    return tuple(
        ItemCell(i, *parts) for i, parts in enumerate(draw(st.lists(one, min_size=1, max_size=60)), 1)
    )


@st.composite
def heads(draw: st.DrawFn) -> HeadView:
    count = draw(st.integers(1, 200))
    return HeadView(
        draw(st.integers(1, count)),
        count,
        draw(st.integers(0, 8_000_000)),
        draw(st.one_of(st.none(), st.integers(1, 7_200_000))),
        draw(st.booleans()),
        draw(st.tuples(texts)),
        draw(st.booleans()),
        draw(st.booleans()),
    )


def check(rows: list[Line], width: int, height: int) -> None:
    assert len(rows) <= height
    for row in rows:
        assert row.width <= width, row.text
        assert len(row.text.translate(ASCII)) == len(row.text)
        assert "\n" not in row.text
        assert not any(c < " " or "\x7f" <= c < "\xa0" or "\u202a" <= c <= "\u202e" for c in row.text)


@pytest.mark.slow
@given(heads(), items(), cells(), st.one_of(st.none(), texts), texts, widths, heights, st.integers(0, 200))
@settings(max_examples=60, deadline=None)
def test_block_stays_inside_any_window(
    head: HeadView,
    item: ItemView,
    rail: tuple[ItemCell, ...],
    covered: str | None,
    note: str,
    width: int,
    height: int,
    scroll: int,
) -> None:
    view = BlockView(head, item, rail, note, covered, committed=note)
    check(block_lines(view, width, height, scroll, side=[Line()] * 80), width, height)
    plan = layout(view, width, height)
    assert plan.stem_rows >= 0
    check([head_line(head, width), rule_line(head.rule, width)], width, 2)


@pytest.mark.slow
@given(cells(), st.integers(1, 60), st.booleans(), st.booleans(), widths, heights)
@settings(max_examples=60, deadline=None)
def test_item_list_and_rail_stay_inside_any_window(
    rows: tuple[ItemCell, ...], cursor: int, ending: bool, only_open: bool, width: int, height: int
) -> None:
    view = ListView(rows, cursor, 1, ending, only_open)
    check(list_lines(view, width, height), width, height)
    check(rail_lines(rows, cursor, height), 20, height)


@pytest.mark.slow
@given(
    st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4),
    st.lists(st.tuples(texts, texts, st.integers(0, 40), times), max_size=20),
    st.integers(0, 30),
    widths,
    heights,
)
@settings(max_examples=60, deadline=None)
def test_home_stays_inside_any_window(
    choices: list[tuple[str, str, str]],
    blocks: list[tuple[str, str, int, int | None]],
    cursor: int,
    width: int,
    height: int,
) -> None:
    history = tuple(
        LastBlock("Fri 20 Nov", name, right, 40, clock, pace, bool(right % 2))
        for name, clock, right, pace in blocks
    )
    view = HomeView(tuple(Choice(*choice) for choice in choices), history, cursor, ("retest", "tutor"))
    check(home_lines(view, width, height), width, height)
    check([top_line(TopView(cursor % 6, cursor), width)], width, 1)
    check(menu_lines(MenuView("Menu", choices[0][0], view.choices, cursor), width, height), width, height)


@pytest.mark.slow
@given(
    st.lists(st.tuples(texts, texts, st.booleans()), max_size=14),
    st.integers(0, 14),
    st.integers(0, 400),
    texts,
    widths,
    heights,
)
@settings(max_examples=60, deadline=None)
def test_new_block_stays_inside_any_window(
    rows: list[tuple[str, str, bool]], cursor: int, matching: int, said: str, width: int, height: int
) -> None:
    settings_ = tuple(Setting("Pool", value, hint, hint, group) for value, hint, group in rows)
    view = NewBlockView(settings_, cursor, matching, 20, said)
    check(new_block_lines(view, width, height), width, height)


@st.composite
def results(draw: st.DrawFn) -> ResultsView:
    seen = tuple(draw(st.lists(times, min_size=1, max_size=60)))
    rights = tuple(draw(st.lists(st.booleans(), min_size=len(seen), max_size=len(seen))))
    ahead = tuple(draw(st.lists(st.integers(-4_000_000, 4_000_000), max_size=len(seen))))
    figures = Figures(
        seen,
        rights,
        90_000,
        draw(st.integers(0, 4_000_000)),
        draw(times),
        draw(st.booleans()),
        draw(st.integers(0, 5)),
        Proportion(3, 20, 0.05, 0.36),
        draw(st.one_of(st.none(), st.just(Proportion(4, 7, 0.25, 0.842)))),
    )
    rows = tuple(
        ResultItem(n, time, draw(st.sampled_from([None, "A"])), right, "B", right, not right)
        for n, (time, right) in enumerate(zip(seen, rights, strict=True), 1)
    )
    ribbon = RibbonView(ahead, ahead[::-1], rights[: len(ahead)]) if draw(st.booleans()) else None
    marks = tuple(Checkpoint(n, 450_000 * n, 400_000 * n) for n in range(draw(st.integers(0, 8))))
    cursor = draw(st.integers(1, 60))
    return ResultsView(draw(texts), figures, rows, cursor, ribbon, marks, draw(texts), draw(st.booleans()))


@pytest.mark.slow
@given(results(), widths, heights)
@settings(max_examples=80, deadline=None)
def test_results_stay_inside_any_window(view: ResultsView, width: int, height: int) -> None:
    check(results_lines(view, width, height), width, height)
    if view.ribbon is not None:
        check(ribbon_lines(view.ribbon, width, height), width, height + 2)


@pytest.mark.slow
@given(
    items(),
    texts,
    st.booleans(),
    st.sampled_from([None, "A", "B"]),
    times,
    widths,
    heights,
    st.integers(0, 300),
)
@settings(max_examples=60, deadline=None)
def test_review_stays_inside_any_window(
    item: ItemView,
    said: str,
    opened: bool,
    chosen: str | None,
    time_ms: int | None,
    width: int,
    height: int,
    scroll: int,
) -> None:
    view = ReviewView(
        7, 20, item, "B", chosen, "C", time_ms, 90_000, True, opened, 9, said, said, said, (said, said)
    )
    check(samples.review_lines(view, width, height, scroll), width, height)


@pytest.mark.slow
@given(st.lists(st.tuples(texts, texts, texts), max_size=20), texts, st.integers(0, 40), widths, heights)
@settings(max_examples=60, deadline=None)
def test_labs_and_calculator_stay_inside_any_column(
    rows: list[tuple[str, str, str]], query: str, scroll: int, width: int, height: int
) -> None:
    values = tuple(LabValue(*row) for row in rows)
    for typed in ("", query):
        check(labs_lines(LabsView(values, typed, len(typed) or None, scroll), width, height), width, height)
    calculator = CalculatorView(query, query or None, "", tuple((query, "1") for _ in rows))
    check(calculator_lines(replace(calculator, result="1"), width, height), width, height)


@given(st.lists(st.tuples(texts, texts), max_size=8), st.one_of(st.none(), texts), widths, heights)
@settings(max_examples=60, deadline=None)
def test_footer_and_frame_stay_inside_any_window(
    keys: list[tuple[str, str]], message: str | None, width: int, height: int
) -> None:
    left = [Key(one_line(key)[:6], one_line(label)[:12]) for key, label in keys]
    right = [Key("Esc", "Menu"), Key("?", "Keys")]
    foot = footer_line(left, right, width, message=message)
    rows = samples.framed([Line()], [Line()] * 90, foot, width, height)
    assert len(rows) == height
    check(rows, width, height)
    check(too_small_lines("1:23", width, height), width, height)


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (20, 6), (59, 15), (60, 16), (61, 17), (99, 35), (159, 61)])
@pytest.mark.parametrize("paint", samples.SCREENS.values(), ids=samples.SCREENS.keys())
def test_whole_screen_survives_odd_windows(
    paint: Callable[[int, int], list[Line]], size: tuple[int, int]
) -> None:
    width, height = size
    rows = paint(width, height)
    assert len(rows) == height
    check(rows, width, height)


@pytest.mark.parametrize("paint", samples.SCREENS.values(), ids=samples.SCREENS.keys())
def test_every_link_is_one_of_the_known_words(paint: Callable[[int, int], list[Line]]) -> None:
    verbs = {"key", "goto", "choose", "row", "screen", links.CLOCK, links.MORE}
    found = {span.link for row in paint(120, 40) for span in row.spans if span.link}
    assert {links.split(link)[0] for link in found} <= verbs


def test_rule_without_room_is_an_empty_line() -> None:
    assert rule_line(RuleView(3, 20), 0) == Line()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("36.8°C and 5 µg, 90–100 mL/min/1.73 m²", "36.8 C and 5 ug, 90-100 mL/min/1.73 m2"),
        ("≥ 90 or ≤5", ">=90 or <=5"),
        ("Ménière, β-lactam", "Meniere, b-lactam"),
        ("猫 and ☃", "?? and ?"),
    ],
)
def test_signs_of_banks_and_lab_values_have_a_likeness_in_ascii(text: str, shown: str) -> None:
    assert as_ascii(text) == shown


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("name", samples.SCREENS)
def test_no_screen_speaks_the_language_of_statisticians(name: str, size: tuple[int, int]) -> None:
    text = " ".join(" ".join(row.text for row in samples.SCREENS[name](*size)).split()).lower()
    published = ("standard error",) if name.startswith("road") else ()  # of a test, as its maker prints it
    assert [word for word in FORBIDDEN if word in text and word not in published] == []
