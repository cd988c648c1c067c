"""What a block was, in words."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from drill.render.verdict import (
    Figures,
    Proportion,
    accuracy_parts,
    costliest_stretch,
    slowest,
    slowest_text,
    verdict_text,
)
from tests.render.samples import FIGURES

SHORT = Figures(
    (60_000,) * 3, (True, False, True), 90_000, 180_000, 270_000, False, 0, Proportion(2, 3, 0.2, 0.9), None
)


def test_a_block_without_an_answer_is_given_no_share_and_no_interval() -> None:
    none = replace(FIGURES, accuracy=Proportion(0, 20, 0.0, 0.161, answered=0))
    assert (
        accuracy_parts(none, long=True)
        == accuracy_parts(none, long=False)
        == (("Nothing was answered.", ""),)
    )


def test_verdict_names_ending_stretch_and_slowest() -> None:
    said = "Finished 1:40 early. Questions 1-5: 2:12 over. 3 of the 4 slowest were wrong."
    assert verdict_text(FIGURES) == said


def test_running_out_names_blank_and_unseen() -> None:
    figures = replace(SHORT, times_ms=(60_000, 60_000, None), expired=True, blank=1)
    assert verdict_text(figures) == "Ran out of time, 1 blank and 1 never seen."


def test_ending_early_with_open_items_says_so() -> None:
    assert verdict_text(replace(SHORT, blank=2)) == "Finished 1:30 early, 2 blank."


def test_a_block_given_up_is_not_called_finished() -> None:
    times = (9_000, 16_000, *[None] * 18)
    given_up = replace(FIGURES, times_ms=times, used_ms=25_000, blank=2)
    assert verdict_text(given_up) == "Ended with 29:35 left, 2 blank and 18 never seen."


def test_items_of_a_few_seconds_are_not_called_the_slowest() -> None:
    quick = replace(FIGURES, times_ms=(29_999, *[1_000] * 19), used_ms=50_000)
    assert verdict_text(quick) == "Finished 29:10 early."
    assert slowest_text(quick) is None
    slow = replace(quick, times_ms=(30_000, *[1_000] * 19))
    assert "of the 4 slowest" in verdict_text(slow)
    assert slowest_text(slow) is not None


def test_without_a_limit_nothing_is_early_and_no_stretch_is_over() -> None:
    said = verdict_text(replace(FIGURES, limit_ms=None))
    assert said == "Took 28:20, untimed. 3 of the 4 slowest were wrong."


def test_slowest_are_named_only_in_blocks_of_eight_or_more() -> None:
    assert slowest((1, 2, 3, 4, 5, 6, 7)) == ()
    assert slowest((1, 2, 3, 4, 5, 6, 7, None)) == ()
    assert slowest((1, 9, 3, 4, 9, 6, 7, 8)) == (2, 5, 8, 7)
    assert slowest_text(SHORT) is None
    assert slowest_text(FIGURES) == ("questions 4, 2, 15, 12:", "9:00 together, 1 right")


def test_slowest_all_right_or_one_wrong_read_well() -> None:
    right = replace(FIGURES, rights=(True,) * 20)
    assert verdict_text(right).endswith("The 4 slowest were all right.")
    one = replace(FIGURES, rights=tuple(n != 3 for n in range(20)))
    assert verdict_text(one).endswith("1 of the 4 slowest was wrong.")


def test_costliest_stretch_needs_thirty_seconds_and_whole_sight() -> None:
    even = [90_000] * 10
    assert costliest_stretch(even, 90_000) is None
    assert costliest_stretch([90_000] * 5 + [96_000] * 5, 90_000) == (6, 10, 30_000)
    assert costliest_stretch([120_000] * 4 + [None], 90_000) is None
    assert costliest_stretch([100_000] * 5 + [130_000] * 5 + [110_000] * 5, 90_000) == (6, 10, 200_000)


@given(st.lists(st.one_of(st.none(), st.integers(0, 400_000)), max_size=45))
def test_named_stretch_is_the_worst_of_the_whole_ones(times: list[int | None]) -> None:
    named = costliest_stretch(times, 90_000)
    costs = [
        sum(time or 0 for time in times[i : i + 5]) - 450_000
        for i in range(0, len(times) - 4, 5)
        if None not in times[i : i + 5]
    ]
    worst = max([cost for cost in costs if cost >= 30_000], default=None)
    assert (named[2] if named else None) == worst


def test_accuracy_leads_with_what_was_answered_where_that_is_not_all() -> None:
    part = replace(SHORT, accuracy=Proportion(0, 7, 0.0, 0.354, 3), next_step=Proportion(0, 2, 0.0, 0.66, 1))
    assert accuracy_parts(part, long=False) == (
        ("3 of 7 answered, 0 right", ", 95% interval 0-35% of all 7."),
        ("Next best step 1 of 2 answered, 0 right", " (0-66% of all 2)."),
    )
    whole = replace(SHORT, accuracy=Proportion(2, 3, 0.2, 0.9, 3))
    assert accuracy_parts(whole, long=False) == accuracy_parts(SHORT, long=False)


def test_accuracy_has_its_interval_and_its_caution() -> None:
    short = accuracy_parts(FIGURES, long=False)
    assert short == (
        ("14 of 20 right", ", 95% interval 48-86%."),
        ("Next best step 4 of 7", " (25-84%)."),
    )
    assert accuracy_parts(FIGURES, long=True)[1][1] == ", 95% interval 25-84%. One block shows no trend."
    assert accuracy_parts(SHORT, long=True)[-1] == ("", "One block shows no trend.")
