"""Pace inside one block: even line, length-fair line, what is banked."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.pace import EXAM_ITEM_MS, block_limit_ms, even_line, length, length_fair_line

lengths = st.lists(st.integers(1, 400), min_size=1, max_size=40)


def test_the_known_length_fair_line():
    assert [round(e, 1) for e in length_fair_line((60, 120, 240, 120), 360, 0.5)] == [
        61.8,
        149.1,
        272.6,
        360.0,
    ]


def test_equal_lengths_make_the_even_line():
    assert length_fair_line([100] * 20, 1_800_000) == pytest.approx(even_line(20, 1_800_000))
    assert even_line(20, 1_800_000)[4] == 450_000


@given(lengths, st.floats(0, 1.5))
def test_the_line_rises_to_the_limit(words, b):
    line = length_fair_line(words, 1_800_000, b)
    assert line[-1] == 1_800_000
    assert list(line) == sorted(line)
    assert line[0] > 0


@given(lengths)
def test_a_longer_item_gets_no_less_time(words):
    line = (0.0, *length_fair_line(words, 1_000_000))
    shares = [after - before for before, after in pairwise(line)]
    for words_a, share_a in zip(words, shares, strict=True):
        for words_b, share_b in zip(words, shares, strict=True):
            assert words_a <= words_b or share_a >= share_b - 1e-6


def test_a_limit_is_rounded_up_to_15_seconds():
    assert block_limit_ms(90_000, 20) == 1_800_000
    assert block_limit_ms(95_000, 19) == 1_815_000
    assert block_limit_ms(85_000, 18) == 1_530_000


def test_an_item_without_words_weighs_as_one_word():
    assert length(0) == length(1) == 1


def test_an_items_allowance_is_the_exams():
    assert EXAM_ITEM_MS * 20 == 30 * 60_000
