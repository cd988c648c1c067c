"""The pace rule and the head line above it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.progress import due_at
from drill.render.head import HeadView, head_line
from drill.render.lines import Role
from drill.render.rule import RuleView, rule_line


def role_of(head: HeadView, text: str) -> Role:
    return next(span.role for span in head_line(head, 80).spans if span.text == text)


@pytest.mark.parametrize(
    ("used_s", "ahead_s"),
    [(0, 540), (498, 42), (540, 0), (600, -60), (1_800, -1_260)],
)
def test_pace_is_what_is_done_as_time_less_the_time_used(used_s: int, ahead_s: int) -> None:
    assert RuleView(6, 20, used_s * 1000, 1_800_000).ahead_ms == ahead_s * 1000


@pytest.mark.parametrize(("used_s", "ahead_s"), [(0, 0), (1, 0), (90, 0), (91, -1), (200, -110)])
def test_before_the_first_question_is_done_its_share_is_not_held_against_it(
    used_s: int, ahead_s: int
) -> None:
    assert RuleView(0, 20, used_s * 1000, 1_800_000).ahead_ms == ahead_s * 1000


def test_what_is_due_is_whole_seconds() -> None:
    """19 in 30:00 are 94.7 s each: due, used and ahead would not add up otherwise."""
    assert due_at(5 / 19, 1_800_000) == 473_000
    assert due_at(1.0, 1_800_000) == 1_800_000
    assert all(due_at(k / 20, 1_800_000) == 90_000 * k for k in range(21))


def test_by_the_length_fair_line_it_is_the_part_of_the_work() -> None:
    assert RuleView(6, 20, 498_000, 1_800_000, fair_share=0.25).ahead_ms == -48_000


def test_rule_fills_to_the_time_used_and_the_number_done_stands_where_it_is_due() -> None:
    rule = rule_line(RuleView(6, 20, 498_000, 1_800_000), 76)
    assert rule.text == "━" * 21 + " 6 " + "─" * 52
    assert rule_line(RuleView(0, 20, 0, 1_800_000), 76).text == " 0 " + "─" * 73
    assert rule_line(RuleView(20, 20, 0, 1_800_000), 76).text == "─" * 72 + " 20 "
    assert [span.role for span in rule.spans] == [Role.FAINT, Role.ACCENT_STRONG, Role.HAIR]


def test_rule_moves_by_half_cells() -> None:
    texts = [rule_line(RuleView(20, 20, used * 1000, 1_800_000), 20).text for used in (0, 45, 90)]
    assert [text[:16].rstrip("─") for text in texts] == ["", "╸", "━"]


def test_behind_the_fill_runs_past_the_number() -> None:
    text = rule_line(RuleView(2, 20, 900_000, 1_800_000), 40).text
    assert text.index("2") < text.rindex("━") == 19


def test_hidden_pace_leaves_the_number_on_a_bare_rule() -> None:
    assert set(rule_line(RuleView(7, 20, 498_000, 1_800_000, show_pace=False), 76).text) == set("─ 7")


def test_without_a_limit_there_is_no_fill() -> None:
    assert "━" not in rule_line(RuleView(7, 20, 498_000, None), 76).text


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 10_000_000), st.integers(1, 300))
def test_rule_is_exactly_as_wide_as_asked(position: int, count: int, used_ms: int, width: int) -> None:
    assert rule_line(RuleView(min(position, count), count, used_ms, 1_800_000), width).width == width


def test_clock_warns_at_five_minutes_and_reverses_at_one() -> None:
    def at(left_ms: int) -> HeadView:
        return HeadView(7, 20, 1_800_000 - left_ms, 1_800_000)

    assert role_of(at(300_001), "5:01") is Role.STRONG
    assert role_of(at(300_000), "5:00") is Role.WARNING
    assert role_of(at(60_001), "1:01") is Role.WARNING
    assert role_of(at(60_000), "1:00") is Role.ALARM


def test_hidden_clock_returns_for_the_last_five_minutes() -> None:
    assert "clock hidden" in head_line(HeadView(7, 20, 498_000, 1_800_000, show_clock=False), 80).text
    assert "4:58" in head_line(HeadView(7, 20, 1_502_000, 1_800_000, show_clock=False), 80).text


def test_untimed_clock_counts_up_without_pace() -> None:
    text = head_line(HeadView(7, 20, 498_000, None), 80).text
    assert text.endswith("8:18")
    assert "ahead" not in text


def test_hidden_pace_leaves_the_clock() -> None:
    text = head_line(HeadView(7, 20, 498_000, 1_800_000, show_pace=False), 80).text
    assert text.split() == ["7", "of", "20", "21:42"]


def test_looking_back_tells_no_pace() -> None:
    text = head_line(HeadView(4, 20, 498_000, 1_800_000, done=6, looking_back=True), 80).text
    assert "looking back" in text
    assert "ahead" not in text


def test_the_heads_figure_follows_what_is_done_and_not_the_question_looked_at() -> None:
    text = head_line(HeadView(15, 20, 498_000, 1_800_000, done=3), 80).text
    assert "3:48 behind" in text


def test_narrow_head_keeps_position_and_clock_longest() -> None:
    head = HeadView(7, 20, 498_000, 1_800_000, flagged=True, marks=("note", "set 1 of 3"))
    assert "flagged" in head_line(head, 80).text
    assert head_line(head, 40).text.split() == ["7", "of", "20", "►", "0:42", "ahead", "21:42"]
    assert head_line(head, 24).text.split() == ["7", "of", "20", "►", "21:42"]
    assert head_line(head, 9).text.split() == ["21:42"]
