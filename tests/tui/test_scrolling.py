"""Scrolling stays between the first and the last row, whatever is asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from drill.tui.scrolling import Scroll

NUMBERS = st.integers(-1000, 1000)


@given(st.lists(st.tuples(st.sampled_from(["by", "by_page", "edge", "fitted"]), NUMBERS, NUMBERS)))
def test_the_first_row_in_view_is_always_one_that_can_be(moves: list[tuple[str, int, int]]) -> None:
    scroll = Scroll()
    for move, number, other in moves:
        match move:
            case "by":
                scroll = scroll.by(number)
            case "by_page":
                scroll = scroll.by_page(1 if number > 0 else -1)
            case "edge":
                scroll = scroll.edge(number % 2)
            case "fitted":
                scroll = scroll.fitted(number, other)
        assert 0 <= scroll.offset <= scroll.most
        assert scroll.page >= 1


def test_rows_pages_and_edges() -> None:
    scroll = Scroll().fitted(20, 8)
    assert [scroll.by(3).offset, scroll.by_page(1).offset, scroll.edge(1).offset] == [3, 8, 20]
    assert scroll.edge(1).by_page(-1).offset == 12
    assert scroll.edge(1).edge(0).offset == 0
    assert scroll.edge(1).fitted(5, 8).offset == 5, "a larger window shows what there is"
