"""Records in columns are the records they were made of, whatever their numbers and however many they are."""

from __future__ import annotations

from math import inf
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from drill.core.columns import Columns, compact


class Row(NamedTuple):
    whole: int | None
    real: float | None
    word: str


class Rows(Columns[Row]):
    __slots__ = Row._fields
    record = Row


WHOLE = st.sampled_from([0, 1, -1, 2**31 - 1, 2**31, -(2**31) - 1, 2**63, -(2**63) - 1, None])
REAL = st.sampled_from([0.0, -0.0, 0.1, 1e308, inf, None])
MADE = st.lists(st.builds(Row, WHOLE, REAL, st.sampled_from("ab")), max_size=5)


def exactly(rows):
    """Zeroes with their sign, and true integers."""
    return [tuple(map(repr, row)) for row in rows]


@given(MADE, st.integers(1, 600))
def test_rows_come_out_as_they_went_in(some, times):
    rows = [*some, *some[:1] * times, *some]
    held = Rows.of(iter(rows))
    assert exactly(held) == exactly(rows)
    assert held == Rows.of(list(held))
    assert exactly(held[1:4]) == exactly(rows[1:4])
    assert held[1:4] == Rows.of(rows[1:4])


@given(MADE, MADE)
def test_they_are_equal_when_the_rows_are(some, others):
    assert (Rows.of(some) == Rows.of(others)) == (some == others)


def test_a_thousand_rows_and_one_are_one_sequence():
    rows = [Row(number, number / 8, "a") for number in range(2001)]
    held = Rows.of(row for row in rows)
    assert (len(held), held[-1]) == (2001, rows[-1])
    assert list(held) == rows
    assert held.whole.typecode == "i"
    assert held.real.typecode == "d", "eight bytes a number, no object"


def test_one_is_not_taken_for_true():
    assert list(map(type, compact([1, 1]))) == [int, int]
    assert list(map(type, compact([True, True]))) == [bool, bool]
    assert list(compact([2**31, 1])) == [2**31, 1]
