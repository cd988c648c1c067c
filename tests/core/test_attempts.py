"""Outcomes: settling, slips, changes, statuses and times, by the definitions of the data rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core import commands as c
from drill.core.attempts import SETTLE_MS, Attempt, attempt, settled
from drill.core.block import decide, evolve
from drill.core.change import Change
from drill.core.state import BlockConfig, BlockState, Mode, Selection, new_block
from tests.factories import NOON, make_config


def sit(*script: tuple[int, c.Command], config: BlockConfig | None = None) -> BlockState:
    """A block driven by (instant, command)."""
    state = new_block(config or make_config())
    for at_ms, command in ((0, c.Start()), *script):
        for event in decide(state, command, at_ms, NOON):
            state = evolve(state, event)
    return state


def outcome(*script: tuple[int, c.Command], config: BlockConfig | None = None, position: int = 1) -> Attempt:
    """The outcome of an item, its key A, after a script."""
    return attempt(sit(*script, config=config), position, "A")


def letters(*selections: tuple[int, str | None]) -> list[tuple[int, str | None]]:
    return [tuple(one) for one in settled([Selection(*one) for one in selections])]


# Settling


def test_a_choice_is_settled_after_two_seconds() -> None:
    assert letters((0, "A"), (1_999, "B")) == [(1_999, "B")]
    assert letters((0, "A"), (2_000, "B")) == [(0, "A"), (2_000, "B")]
    assert SETTLE_MS == 2_000


def test_the_choice_that_stands_at_the_end_is_settled_however_young() -> None:
    assert letters((0, "A"), (5_000, "B"), (5_001, "C")) == [(0, "A"), (5_001, "C")]


def test_a_slip_and_back_is_no_change() -> None:
    assert letters((0, "A"), (9_000, "B"), (9_400, "A")) == [(0, "A")]
    assert (
        outcome((0, c.Choose("A")), (9_000, c.Choose("B")), (9_400, c.Choose("A")), (20_000, c.End())).changes
        == ()
    )


def test_a_slip_before_the_first_answer_is_not_the_first_answer() -> None:
    result = outcome((1_000, c.Choose("B")), (1_500, c.Choose("A")), (9_000, c.End()))
    assert (result.first, result.chosen, result.status, result.changes) == ("A", "A", "answered", ())


def test_a_choice_settles_while_another_item_is_on_screen() -> None:
    result = outcome(
        (1_000, c.Choose("B")),
        (1_100, c.Next()),
        (5_000, c.Previous()),
        (5_100, c.Choose("A")),
        (6_000, c.End()),
    )
    assert (result.first, result.changes) == ("B", (Change(5_100, "B", "A"),))


def test_time_away_does_not_settle_a_choice() -> None:
    config = make_config(mode=Mode.TIMED)
    result = outcome(
        (1_000, c.Choose("B")), (1_500, c.Suspend()), (1_500, c.Resume()), (2_900, c.Choose("A")), (9_000, c.End()),
        config=config,
    )  # fmt: skip
    assert result.first == "A", "active time decides"


def test_clearing_is_a_change_to_nothing() -> None:
    result = outcome((1_000, c.Choose("A")), (4_000, c.Clear()), (9_000, c.End()))
    assert result.changes == (Change(4_000, "A", None),)
    assert (result.first, result.chosen, result.status, result.correct) == ("A", None, "omitted", False)


def test_a_short_clearing_between_two_choices_is_a_slip() -> None:
    result = outcome((1_000, c.Choose("B")), (4_000, c.Clear()), (5_000, c.Choose("A")), (9_000, c.End()))
    assert result.changes == (Change(5_000, "B", "A"),)


def test_a_long_clearing_makes_two_changes() -> None:
    result = outcome((1_000, c.Choose("B")), (4_000, c.Clear()), (7_000, c.Choose("A")), (9_000, c.End()))
    assert result.changes == (Change(4_000, "B", None), Change(7_000, None, "A"))


def test_clearing_a_slip_leaves_no_trace() -> None:
    result = outcome((1_000, c.Choose("B")), (1_200, c.Clear()), (9_000, c.End()))
    assert (result.first, result.chosen, result.changes, result.status) == (None, None, (), "omitted")


def test_change_and_back_again_is_two_changes_and_no_revision() -> None:
    result = outcome((0, c.Choose("A")), (3_000, c.Choose("B")), (6_000, c.Choose("A")), (9_000, c.End()))
    assert result.changes == (Change(3_000, "A", "B"), Change(6_000, "B", "A"))
    assert (result.first, result.chosen, result.status) == ("A", "A", "answered")


@given(st.lists(st.tuples(st.integers(1, 35), st.sampled_from(["A", "B", "C", None])), max_size=8))
def test_settled_choices_agree_with_watching_the_clock(steps: list[tuple[int, str | None]]) -> None:
    """The slow definition: look every tenth of a second for what has stood 2,000 ms."""
    presses: dict[int, str | None] = {}
    at_ms, standing = 0, None
    for tenths, letter in steps:
        at_ms += 100 * tenths
        if letter != standing:
            presses[at_ms] = standing = letter
    watched: list[tuple[int, str | None]] = [(0, None)]
    standing, since = None, 0
    for now_ms in range(0, at_ms + 100, 100):
        if now_ms - since >= 2_000 and standing != watched[-1][1]:
            watched.append((since, standing))
        if now_ms in presses:
            standing, since = presses[now_ms], now_ms
    if standing != watched[-1][1]:
        watched.append((since, standing))  # it stands when the block ends
    assert letters(*presses.items()) == watched[1:]


# Statuses


def test_an_answered_item() -> None:
    assert outcome((30_000, c.Choose("A")), (31_000, c.Flag()), (31_500, c.Strike("D")), (31_600, c.Strike("B")),
                   (32_000, c.Next()), (60_000, c.End())) == Attempt(
        position=1, status="answered", censored=False, time_excluded_because=None, first="A", chosen="A",
        correct=True, changes=(), response_time_ms=32_000, first_visit_ms=32_000, first_shown_ms=0,
        last_left_ms=32_000, visits=1, flagged=True, struck="BD",
    )  # fmt: skip


def test_a_revised_item_is_judged_by_its_last_answer_and_timed_over_all_visits() -> None:
    result = outcome(
        (10_000, c.Choose("A")), (12_000, c.Next()), (20_000, c.Previous()), (25_000, c.Choose("B")),
        (26_000, c.Next()), (60_000, c.End()),
    )  # fmt: skip
    assert (result.status, result.correct, result.censored) == ("revised", False, False)
    assert (result.response_time_ms, result.first_visit_ms, result.visits) == (18_000, 12_000, 2)
    assert (result.first_shown_ms, result.last_left_ms) == (0, 26_000)


def test_the_first_visit_of_a_later_item_is_timed_from_when_it_was_shown() -> None:
    result = outcome(
        (10_000, c.Next()), (25_000, c.Previous()), (26_000, c.Next()), (30_000, c.End()), position=2
    )
    assert (result.first_shown_ms, result.first_visit_ms, result.response_time_ms) == (10_000, 15_000, 19_000)


def test_an_item_seen_and_left_blank_is_omitted() -> None:
    result = outcome((4_000, c.Next()), (9_000, c.End()))
    assert (result.status, result.censored, result.response_time_ms) == ("omitted", True, 4_000)


def test_an_item_never_shown_is_unreached_and_has_no_time() -> None:
    assert outcome((4_000, c.Next()), (9_000, c.End()), position=3) == Attempt(
        position=3, status="unreached", censored=False, time_excluded_because=None, first=None, chosen=None,
        correct=False, changes=(), response_time_ms=None, first_visit_ms=None, first_shown_ms=None,
        last_left_ms=None, visits=0, flagged=False, struck="",
    )  # fmt: skip


def test_flagging_an_item_in_the_list_does_not_reach_it() -> None:
    result = outcome((1, c.OpenList()), (2, c.Flag(3)), (3, c.End()), position=3)
    assert (result.status, result.flagged) == ("unreached", True)


@pytest.mark.parametrize(
    ("press", "status"), [((), "cut_blank"), (((269_999, c.Choose("A")),), "cut_chosen")]
)
def test_the_item_on_screen_at_expiry_is_cut(press: tuple[tuple[int, c.Command], ...], status: str) -> None:
    result = outcome((60_000, c.Next()), *press, (270_400, c.Tick()), position=2)
    assert (result.status, result.censored, result.response_time_ms) == (status, True, 210_000)
    assert result.correct == bool(press)


def test_a_revised_item_on_screen_at_expiry_is_cut() -> None:
    result = outcome((1, c.Choose("B")), (9_000, c.Choose("A")), (270_000, c.Tick()))
    assert (result.status, result.first, result.chosen) == ("cut_chosen", "B", "A")


def test_an_item_left_before_expiry_is_not_cut() -> None:
    script = ((1_000, c.Choose("A")), (60_000, c.Next()), (270_000, c.Tick()))
    assert outcome(*script).status == "answered"
    assert outcome(*script).censored is False


def test_behind_the_open_list_no_item_is_cut_at_expiry() -> None:
    blank = outcome((60_000, c.OpenList()), (270_000, c.Tick()))
    assert (blank.status, blank.response_time_ms) == ("omitted", 60_000)
    chosen = outcome((1, c.Choose("A")), (60_000, c.OpenList()), (270_000, c.Tick()))
    assert chosen.status == "answered"


@pytest.mark.parametrize("ending", [c.End(), c.Leave()])
def test_an_item_on_screen_when_the_learner_ends_is_never_cut(ending: c.Command) -> None:
    assert outcome((5_000, ending)).status == "omitted"
    assert outcome((5_000, c.Choose("A")), (6_000, ending)).status == "answered"
    assert outcome((1, c.Choose("A")), (6_000, c.Choose("B")), (7_000, ending)).status == "revised"


# Interruptions


@pytest.mark.parametrize("away", [c.Suspend(), c.Interrupt("sleep"), c.Interrupt("crash")])
def test_an_interruption_excludes_the_time_of_the_item_on_screen_and_keeps_its_status(
    away: c.Command,
) -> None:
    config = make_config(mode=Mode.TIMED)
    script = ((1_000, c.Next()), (2_000, away), (2_000, c.Resume()), (3_000, c.Choose("A")), (4_000, c.Next()),
              (5_000, c.End()))  # fmt: skip
    results = [outcome(*script, config=config, position=p) for p in (1, 2, 3)]
    assert [one.time_excluded_because for one in results] == [None, "interrupted", None]
    assert results[1].status == "answered"
    assert results[1].response_time_ms == 3_000, "kept raw; the exclusion is a rule of analytics"


def test_a_block_left_while_away_keeps_its_answers() -> None:
    result = outcome((1_000, c.Choose("A")), (2_000, c.Interrupt("crash")), (2_000, c.Leave()))
    assert (result.status, result.correct, result.time_excluded_because) == ("answered", True, "interrupted")


# The key


@pytest.mark.parametrize(("key", "correct"), [("A", False), ("C", True)])
def test_right_is_the_last_choice_under_the_letter_shown(key: str, correct: bool) -> None:
    state = sit((0, c.Choose("A")), (9_000, c.Choose("C")), (20_000, c.End()))
    assert attempt(state, 1, key).correct is correct


def test_a_running_block_is_judged_as_if_it_ended_at_its_last_event() -> None:
    assert outcome((1_000, c.Choose("A"))).status == "answered"
    assert outcome((1_000, c.Flag())).status == "omitted"
    assert outcome(position=2).status == "unreached"
