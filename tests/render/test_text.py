"""Words and figures as shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from drill.core.counts import count_text
from drill.render.text import (
    apart_text,
    clock_text,
    column,
    day_text,
    interval_text,
    left_text,
    list_text,
    one_line,
    pace_text,
    percent,
    sanitize,
    seconds_each,
    wrap,
    wrap_offsets,
)

safe = st.text(
    st.one_of(
        st.sampled_from("ab cd  ef-\n µ\u0301漢한"),
        st.characters(codec="utf-8", exclude_categories=("C", "Z")),
    ),
    max_size=80,
).map(sanitize)


@given(safe, st.integers(1, 40))
def test_breaks_between_words_fall_where_textual_puts_them(text: str, width: int) -> None:
    # Where a word has to be folded, Textual carries the space behind it into the next row.
    width = max([width, *map(cell_len, text.split())])
    theirs = [row.plain.rstrip() for row in Content(text).wrap(width)] if text.strip() else []
    while theirs and not theirs[-1]:
        theirs.pop()
    while theirs and not theirs[0]:
        theirs.pop(0)
    assert list(wrap(text, width)) == theirs


@given(safe, st.integers(1, 40))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())
    for start, end in wrap_offsets(text, width):
        assert 0 <= start <= end <= len(text)


@given(safe, st.integers(2, 40))
def test_no_row_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cell_len(row) <= width for row in wrap(text, width))


def test_table_and_blank_rows_are_kept() -> None:
    table = "Results:\n\nSodium     140 mEq/L\n  Albumin   4.1 g/dL\n"
    assert wrap(table, 40) == ("Results:", "", "Sodium     140 mEq/L", "  Albumin   4.1 g/dL")


@pytest.mark.parametrize(
    ("text", "width", "rows"),
    [
        ("aaaaaaaa bb", 3, ("aaa", "aaa", "aa", "bb")),
        ("漢字漢字", 3, ("漢", "字", "漢", "字")),
        ("aaaa b", 2, ("aa", "aa", "b")),
        ("a漢  b", 2, ("a", "漢", "b")),
    ],
)
def test_a_folded_word_leaves_no_space_at_the_head_of_a_row(
    text: str, width: int, rows: tuple[str, ...]
) -> None:
    assert wrap(text, width) == rows


def test_word_longer_than_the_row_is_folded() -> None:
    assert wrap("a pneumonoultra b", 6) == ("a", "pneumo", "noultr", "a b")


def test_wide_characters_count_two_cells() -> None:
    assert wrap("漢字かな", 5) == ("漢字", "かな")


def test_combining_mark_stays_with_its_letter() -> None:
    assert wrap("e\u0301" * 4, 2) == ("e\u0301e\u0301", "e\u0301e\u0301")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[2Jgone", "[2Jgone"),
        ("\x1b]52;c;aGk=\x07x", "]52;c;aGk=x"),
        ("a\x9b31mb", "a31mb"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("abc\u202edef\u2066g\u200f", "abcdefg"),
        ("x\x00\x7fy", "xy"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
        ("lone \ud800", "lone \ufffd"),
        ("µ °C ≥ 3", "µ °C ≥ 3"),
    ],
)
def test_dangerous_characters_are_dropped_and_the_rest_is_kept(raw: str, shown: str) -> None:
    assert sanitize(raw) == shown


@given(st.text())
def test_sanitizing_twice_changes_nothing_more(text: str) -> None:
    assert sanitize(sanitize(text)) == sanitize(text)
    assert "\n" not in one_line(text)


@given(st.text(), st.integers(0, 30))
def test_column_has_exactly_its_cells(text: str, cells: int) -> None:
    assert cell_len(column(text, cells)) == cells


def test_clock_counts_whole_seconds_used_and_rounds_up_what_is_left() -> None:
    assert clock_text(59_999) == "0:59"
    assert clock_text(5_400_000) == "90:00"
    assert left_text(59_001) == "1:00"
    assert left_text(1) == "0:01"
    assert left_text(0) == left_text(-5) == "0:00"


def test_pace_is_told_in_words() -> None:
    assert pace_text(42_500) == "0:43 ahead"
    assert pace_text(-73_000) == pace_text(-73_999) == "1:13 behind"
    assert pace_text(0) == pace_text(-999) == "on pace"


def seconds(text: str) -> int:
    minutes, rest = text.split(maxsplit=1)[0].split(":")
    return (-1 if "behind" in text else 1) * (60 * int(minutes) + int(rest))


@given(st.integers(1, 10_000), st.integers(0, 20_000_000))
def test_used_and_left_make_the_limit_and_due_less_used_makes_ahead(whole_s: int, used_ms: int) -> None:
    """The one rounding: no two figures of a screen, or of two screens, are a second apart."""
    whole_ms = 1000 * whole_s
    if used_ms <= whole_ms:
        assert seconds(clock_text(used_ms)) + seconds(left_text(whole_ms - used_ms)) == whole_s
    said = pace_text(whole_ms - used_ms)
    ahead_s = 0 if said == "on pace" else seconds(said)
    assert ahead_s == whole_s - seconds(clock_text(used_ms))
    assert abs(ahead_s) == seconds(apart_text(whole_ms - used_ms))


def test_a_share_is_told_to_the_nearest_second() -> None:
    assert [seconds_each(ms) for ms in (90_000, 94_737, 94_500, 94_499)] == [90, 95, 95, 94]


def test_intervals_are_whole_points_halves_up() -> None:
    assert interval_text(0.481, 0.855) == "48-86"
    assert percent(0.005) == 1
    assert percent(0.0) == 0


def test_dates_do_not_follow_the_locale() -> None:
    assert day_text("2026-11-20") == "Fri 20 Nov"
    assert day_text("2026-03-01T08:00:00") == "Sun 1 Mar"


def test_numbers_take_their_nouns() -> None:
    assert count_text(1200, "block") == "1,200 blocks"
    assert count_text(1, "block") == "1 block"
    assert count_text(0, "block") == "0 blocks"
    assert count_text(2, "miss", "misses") == "2 misses"


def test_long_lists_of_positions_become_ranges() -> None:
    assert list_text((3, 11, 16)) == "3, 11, 16"
    assert list_text((1, 3, 4, 5, 6, 7, 8, 9, 20)) == "1, 3-9, 20"
    assert list_text(()) == ""
