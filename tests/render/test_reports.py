"""The two reports: every metric that is shown is drawn, nothing is said without its n, and any window will do."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.intervals import Interval, PointEstimate
from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import Missed
from drill.analytics.pacing_report import PacingReport
from drill.analytics.pacing_results import LadderAction, RungStay
from drill.analytics.results import Band, Detection, Fit, Metric, Row, Trend, Verdict
from drill.core.vocabulary import Exclusion
from drill.render import links
from drill.render.lines import ASCII, Line, Role, Span, plain
from drill.render.report.page_cells import more_line, paint, paint_page
from drill.render.report.pages import next_step_view, pacing_view
from tests.render import report_samples as samples

VIEWS = samples.VIEWS
VARIED = Fit(0.24, 21.3, 2.4, -0.0131)
"""Of days that vary a lot."""


def words(rows: list[Line]) -> str:
    """The text on one row, so that a sentence is found wherever it wraps."""
    return " ".join(plain(rows).split())


def pacing(width: int = 80, **changes: object) -> str:
    return words(paint(pacing_view(replace(samples.pacing_report(), **changes)), width))  # type: ignore[arg-type]


def next_step(width: int = 80, **changes: object) -> str:
    return words(paint(next_step_view(replace(samples.next_step_report(), **changes)), width))  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", VIEWS)
def test_the_report_looks_as_it_was_drawn(name: str, width: int) -> None:
    assert plain(paint(VIEWS[name], width)) == samples.picture(name, width).read_text(encoding="utf-8")


@given(name=st.sampled_from(sorted(VIEWS)), width=st.integers(1, 220), height=st.none() | st.integers(1, 70))
def test_any_window_is_painted_and_no_line_leaves_it(name: str, width: int, height: int | None) -> None:
    rows = paint(VIEWS[name], width, height)
    assert rows
    assert max(row.width for row in rows) <= width


@pytest.mark.parametrize("width", [1, 3, 20, 60, 80, 100, 120, 140, 160, 220])
@pytest.mark.parametrize("name", VIEWS)
def test_the_ascii_form_keeps_every_length_and_is_ascii(name: str, width: int) -> None:
    for row in paint(VIEWS[name], width):
        changed = row.text.translate(ASCII)
        assert len(changed) == len(row.text)
        assert changed.isascii()


def test_a_window_does_not_hide_what_the_text_report_says() -> None:
    low, high = (
        paint_page(pacing_view(samples.pacing_report()), 80, 24),
        paint_page(pacing_view(samples.pacing_report()), 80, None),
    )
    assert [name for _, name in low.marks] == [name for _, name in high.marks]


@pytest.mark.parametrize("name", ["pacing", "next-step"])
@pytest.mark.parametrize("width", [80, 120, 200])
def test_every_part_begins_at_the_row_it_is_marked_at(name: str, width: int) -> None:
    painted = paint_page(VIEWS[name], width)
    for row, part in painted.marks:
        assert any(span.role is Role.STRONG for span in painted.lines[row].spans) or part == "comparison"


def test_the_last_row_of_a_window_names_what_lies_below() -> None:
    page = paint_page(pacing_view(samples.pacing_report()), 80, 24)
    text = more_line(page, 0, 21, 80).text
    assert text.strip() == "↓ finish, time left, drift"
    assert len(text) == 80
    assert more_line(page, len(page.lines) - 5, 21, 80).text == ""
    assert links.MORE in {span.link for span in more_line(page, 0, 21, 80).spans}


def test_the_last_row_of_a_report_stands_there_itself() -> None:
    page = paint_page(pacing_view(samples.pacing_report()), 80, 24)
    assert more_line(page, 0, len(page.lines) - 1, 80).text == page.lines[-1].text
    assert "↓" in more_line(page, 0, len(page.lines) - 2, 80).text


def test_words_above_the_chart_take_at_most_four_rows_of_a_small_window() -> None:
    found = Detection("2026-11-18", 19, Verdict.FASTER, -25.0, -41.0, -5.0, "2026-10-02", 19, ())
    early = trend(detected=(found,), verdict=Verdict.TOO_EARLY, blocks=5, fit=VARIED)
    report = replace(samples.pacing_report(), pace_trend=early)
    rows = [row.text for row in paint(pacing_view(report), 80, 24)]
    assert rows.index("") <= 4
    assert rows[0].startswith("  Pace: faster, found 18 Nov.  -25% over 19 blocks")
    steps = replace(samples.early_next_step_report(), blocks_to_verdict=12)
    words_ = [row.text for row in paint(next_step_view(steps, 118), 80, 24)]
    assert words_.index("") <= 4


def test_the_level_has_room_for_a_picture_beside_the_misses() -> None:
    rows = [row.text for row in paint(next_step_view(samples.early_next_step_report()), 120)]
    now = next(row for row in rows if "Level now" in row)
    assert now.index("┤") - now.index("├") >= 7
    assert any("40%" in row and "100%" in row for row in rows)
    assert any("Missed  the last 10 of 12 questions" in row for row in rows)


def test_a_legend_that_would_fold_says_it_shorter() -> None:
    fitted = samples.pace_trend().line
    found = Detection("2026-11-18", 9, Verdict.FASTER, -25.0, -41.0, -5.0, "2026-10-02", 9, fitted)
    early = trend(detected=(found,), verdict=Verdict.TOO_EARLY, blocks=5)
    report = replace(samples.pacing_report(), pace_trend=early)
    text = plain(paint(pacing_view(report), 80))
    assert "│ 1 SE" in text
    assert "│ one standard error" in plain(paint(pacing_view(report), 120))
    narrow = plain(paint(pacing_view(report), 60), ascii_only=True)
    assert "  @ counts  o not in trends  | 1 SE  . trend\n  : level so far  - 90 s\n" in narrow


# What the pacing report says


def test_the_verdict_comes_first_in_bold_with_its_interval_and_what_could_be_seen_by_now() -> None:
    rows = paint(pacing_view(samples.pacing_report()), 80)
    assert rows[0].spans[1] == Span("Pace: faster.", Role.STRONG)
    assert words(rows[:2]) == (
        "Pace: faster. -22% over 18 blocks, 80% interval -39 to -1. "
        "By now only a change of 21% or more could be seen."
    )


def unshown(report: Any) -> Any:
    """The same report with every metric below its minimum."""
    hidden = {
        field.name: replace(getattr(report, field.name), estimate=None, n=0)
        for field in fields(report)
        if isinstance(getattr(report, field.name), Metric) and field.name not in ("pace_trend", "nbs_trend")
    }
    if isinstance(report, PacingReport):
        hidden["speed_accuracy"] = replace(hidden["speed_accuracy"], bins=())
    return replace(report, **hidden)


@pytest.mark.parametrize("width", [80, 120])
def test_nothing_takes_a_verdicts_colour_except_single_results(width: int) -> None:
    pages = [paint(view, width) for view in VIEWS.values()]
    pages += [paint(pacing_view(unshown(samples.pacing_report())), width)]
    pages += [paint(next_step_view(unshown(samples.next_step_report())), width)]
    colours = (Role.RIGHT, Role.WRONG, Role.WARNING, Role.ALARM)
    coloured = {span.text for page in pages for row in page for span in row.spans if span.role in colours}
    assert coloured
    assert all(set(text) <= set("✓× ") for text in coloured)


def test_a_report_without_a_number_lists_how_far_each_metric_is() -> None:
    text = words(paint(pacing_view(unshown(samples.pacing_report())), 80))
    assert "Speed and accuracy n too small (0 of 60 questions)" in text
    assert "Answered by 90 s n too small (0 of 20 questions)" in text
    assert "Finished n too small (0 of 1 block)" in text
    assert "fastest quarter" not in text
    assert "%" not in text.split("Not yet")[1].split("What this rests on")[0]


def trend(**changes: object) -> Trend:
    return replace(samples.pace_trend(), **{"detected": (), "line": (), **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"verdict": Verdict.NO_EVIDENCE, "estimate": Interval(-1.4, -12.2, 9.4)},
         "Pace: no evidence of change. Over 18 blocks the change is between -12 and +9%, 80% interval."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 6}, "Pace: too early. 6 of 10 blocks, so far between -39 and -1%, 80% interval."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 12}, "Over 12 blocks between -39 and -1%, 80% interval: too wide."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 1, "n": 1, "estimate": None, "fit": None},
         "Pace: too early. 1 of 10 blocks, on 1 study day."),
        ({"verdict": None, "estimate": None, "fit": None}, "Pace: no verdict here. A verdict needs the whole history."),
        ({"fit": VARIED}, "a change of 21% or more could be seen; your days vary a lot."),
    ],
)  # fmt: skip
def test_a_trend_without_a_change_is_told_in_plain_words(changes: dict[str, object], sentence: str) -> None:
    assert sentence in pacing(pace_trend=trend(**changes))


def test_a_verdict_once_found_stays_above_the_new_count_with_its_date() -> None:
    found = Detection("2026-11-10", 14, Verdict.FASTER, -18.0, -30.0, -2.0, "2026-10-02", 14, ())
    text = pacing(pace_trend=trend(detected=(found,), verdict=Verdict.TOO_EARLY, blocks=4))
    assert text.startswith(
        "Pace: faster, found 10 Nov. -18% over 14 blocks, 80% interval -30 to -2. "
        "Since then: too early. 4 of 10 blocks, so far between -39 and -1%."
    )


def test_a_bound_next_to_zero_is_not_rounded_into_it() -> None:
    text = pacing(pace_trend=replace(samples.pace_trend(), estimate=Interval(-22.0, -38.6, -0.3)))
    assert "80% interval -39 to just below 0." in text


def test_a_new_count_has_its_band_only_over_its_own_blocks() -> None:
    found = Detection("2026-11-10", 10, Verdict.FASTER, -18.0, -30.0, -2.0, "2026-10-02", 14, ())
    report = replace(
        samples.pacing_report(), pace_trend=trend(detected=(found,), verdict=Verdict.NO_EVIDENCE)
    )
    banded = [row.text.index("░") for row in paint(pacing_view(report), 80) if row.text.count("░") > 9]
    assert banded
    assert min(banded) > 2 + 7 + 27


def test_a_line_is_drawn_only_with_a_verdict_and_a_band_only_without() -> None:
    with_verdict = plain(paint(pacing_view(samples.pacing_report()), 80)[3:16])
    without = plain(
        paint(
            pacing_view(replace(samples.pacing_report(), pace_trend=trend(verdict=Verdict.NO_EVIDENCE))), 80
        )[3:16]
    )
    assert ("·" in with_verdict, "░" in with_verdict) == (True, False)
    assert ("·" in without, "░" in without) == (False, True)


def test_hollow_dots_are_explained_even_when_none_is_drawn() -> None:
    assert "○ not in trends" in words(paint(pacing_view(samples.empty_pacing_report()), 80))


def test_without_a_block_the_axes_stand_empty_under_one_sentence() -> None:
    text = words(paint(pacing_view(samples.empty_pacing_report()), 80))
    assert text.startswith("Too early: 0 of 10 blocks. One block already shows its own pace in Results.")
    assert "n too small" not in text
    assert "●" not in text.replace("● counts", "")


def test_below_a_minimum_stands_how_far_it_is_and_no_number() -> None:
    ratio = replace(samples.pacing_report().wrong_right_ratio, estimate=None, n=5)
    text = pacing(wrong_right_ratio=ratio)
    assert "Wrong and right n too small (5 of 8 of each)" in text
    assert "times as long" not in text


@pytest.mark.parametrize(
    ("change", "words_"),
    [
        ({"estimate": PointEstimate(0.01), "blocks": 30}, "run out of time in fewer than 1 of 10."),
        ({"estimate": PointEstimate(0.01), "blocks": 4}, "run out of time in about 1 of 10."),
        ({"estimate": PointEstimate(0.62), "blocks": 12}, "run out of time in about 6 of 10."),
    ],
)
def test_the_next_block_is_told_in_tenths(change: dict[str, object], words_: str) -> None:
    assert words_ in pacing(finish_probability=samples.finish(**change))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "95 s an item. Hold. Accuracy has held so far: evidence 2.4; 6 tightens."),
        ({"bf": 0.4}, "Accuracy is in doubt: evidence 0.40; 1/6 eases."),
        ({"bf": 7.0}, "Evidence 7.0 is enough. It takes 2 blocks here, and 2 of the last 3 on target."),
        ({"lock": 4}, "Locked for 4 more blocks after easing."),
        ({"blocks_at_rung": 0}, "No block at this target yet."),
        ({"action": LadderAction.PINNED, "rung_s": 90}, "90 s an item. Pinned. The exam is within 14 days"),
        ({"action": LadderAction.DONE, "rung_s": 80}, "Done. 80 s is the floor: faster earns nothing."),
        ({"action": LadderAction.EASE, "because_missed": True}, "missed in five blocks in a row"),
        ({"estimate": None, "n": 60, "rung_s": 90, "history": ()},
         "90 s an item. The ladder starts after 100 baseline questions: 60 so far."),
    ],
)  # fmt: skip
def test_the_target_says_what_it_rests_on(changes: dict[str, object], sentence: str) -> None:
    assert sentence in pacing(target=samples.target(**changes))


def test_after_a_move_the_evidence_is_that_of_the_rung_just_left() -> None:
    stays = (RungStay(95, 3, 2, 50, 60, Interval(50 / 60, 0.72, 0.91), 12.0, 18, 20, LadderAction.TIGHTEN),)
    moved = samples.target(action=LadderAction.TIGHTEN, rung_s=90, bf=1.0, history=stays, blocks_at_rung=0)
    text = pacing(target=moved)
    assert "Accuracy has held: evidence 12.0; 6 tightens." in text
    assert "► 90 s next" in text


def test_every_exclusion_is_counted_in_words() -> None:
    scope = replace(samples.scope(), excluded=dict.fromkeys(Exclusion, 2))
    text = pacing(scope=scope)
    assert "Not counted: 26 questions." in text
    assert "2 in commit-first blocks" in text
    assert "2 with a key you marked as wrong" in text
    assert not any("_" in word for word in text.split())


def test_a_range_is_named() -> None:
    assert "in the chosen range" in pacing(scope=replace(samples.scope(), ranged=True))


def test_the_block_under_the_cursor_is_read_out() -> None:
    text = words(paint(pacing_view(samples.pacing_report()), 80, 24, selected=14))
    assert "› Block 14 70 s (61-79), 19 questions, not in trends" in text


@pytest.mark.parametrize("width", [80, 120, 160])
def test_nothing_is_shown_that_must_not_be(width: int) -> None:
    text = " ".join(words(paint(view, width)) for view in VIEWS.values()).lower()
    for word in (
        "percentile",
        "pass prob",
        "streak",
        "mastery",
        "fatigue",
        "efficien",
        "wasted",
        "personal best",
        "overthink",
        "!",
    ):
        assert word not in text


# What the next-best-step report says


def test_the_comparison_shows_both_with_n_and_the_difference_in_points() -> None:
    text = next_step()
    assert "62% 48-74 31/50" in text
    assert "70% 62-77 105/150" in text
    assert "-8 -23 to +6 points" in text
    assert "Next-best-step questions may simply be harder" in text


def test_banks_have_rows_of_their_own_when_there_are_two() -> None:
    rows = (
        Row("core", 20, 30, Interval(0.667, 0.49, 0.81)),
        Row("notes", 11, 20, Interval(0.55, 0.34, 0.74)),
    )
    accuracy = replace(samples.next_step_report().nbs_accuracy, by_bank=rows)
    assert re.search(r"notes [├─●┤ ]+ 55% 34-74 11/20", next_step(nbs_accuracy=accuracy))


def test_until_a_verdict_is_possible_level_reasons_and_misses_lead() -> None:
    early = [name for _, name in paint_page(next_step_view(samples.early_next_step_report()), 80).marks]
    later = [name for _, name in paint_page(next_step_view(samples.next_step_report()), 80).marks]
    assert early[:5] == ["verdict", "level", "when", "misses", "comparison"]
    assert later[:4] == ["verdict", "comparison", "what you chose", "when"]


def test_the_way_to_a_verdict_is_told_with_the_stock_of_unused_questions() -> None:
    text = words(paint(next_step_view(samples.early_next_step_report(), 118), 80))
    assert "A verdict needs about 7 more next-best-step blocks; 118 unused are left." in text


def test_the_action_table_reads_without_colour() -> None:
    text = plain(paint(next_step_view(samples.next_step_report()), 80))
    assert "  stabilize      [█ 9]    ▃ 3     ▁ 1     ▂ 2      ·       ·      9/15\n" in text


def test_all_nine_kinds_of_action_fit_in_eighty_columns() -> None:
    kinds = ("stabilize", "test", "treat", "procedure", "consult", "observe", "counsel", "discharge", "other")
    table = replace(
        samples.next_step_report().action_table, counts={key: dict.fromkeys(kinds, 12) for key in kinds}
    )
    text = plain(paint(next_step_view(replace(samples.next_step_report(), action_table=table)), 80))
    assert len(re.findall(r"12/108$", text, re.MULTILINE)) == 9


def test_only_a_separable_subject_is_called_weaker() -> None:
    text = plain(paint(next_step_view(samples.next_step_report()), 80))
    assert [row.split()[0] for row in text.splitlines() if row.endswith("weaker")] == ["Surgery"]


def test_a_subject_with_few_questions_is_dim() -> None:
    rows = paint(next_step_view(samples.next_step_report()), 80)
    few = next(row for row in rows if "Psychiatry" in row.text)
    many = next(row for row in rows if "Pediatrics" in row.text)
    assert Role.ACCENT not in [span.role for span in few.spans]
    assert Role.ACCENT in [span.role for span in many.spans]


def test_changes_are_a_bar_of_three_with_the_net() -> None:
    text = next_step()
    assert "net +6 over 12 changes between right and wrong." in text
    assert "█ 9 wrong to right ▄ 3 right to wrong ▂ 4 wrong to wrong" in text
    assert "75% of those gained (47-91), sign test p = 0.15." in text


def test_names_from_a_bank_cannot_break_the_page() -> None:
    missed = (Missed("core\x1b[2J", "two\nlines " * 30, "uuid", 3, 4),)
    report = replace(samples.next_step_report(), missed=missed)
    rows = paint(next_step_view(report), 80)
    assert max(row.width for row in rows) <= 80
    assert "\x1b" not in plain(rows)
    assert all("\n" not in row.text for row in rows)


def test_without_an_answer_the_chart_is_empty_and_says_when_it_starts() -> None:
    text = words(paint(next_step_view(samples.empty_next_step_report()), 80))
    assert text.startswith(
        "Too early: 0 of 10 blocks. No next-best-step question answered; the chart starts at 10."
    )


# Whatever the figures are


def scrambled(value: Any, draw: st.DataObject) -> Any:
    """The same report with numbers, presence and series lengths drawn anew, as far as the types allow."""
    match value:
        case bool() | Enum() | str() | None:
            return value
        case int():
            return draw.draw(st.integers(0, 10**7) if value > 1000 else st.integers(0, 300))
        case float():
            return draw.draw(st.floats(-1000, 1e7) if abs(value) > 1 else st.floats(-1, 1))
        case tuple() if hasattr(value, "_fields"):
            if isinstance(value, Band):
                return value
            kept = {"x", "limit_ms", "rung_s", "items", "place"}
            return value._replace(
                **{
                    name: scrambled(part, draw)
                    for name, part in zip(value._fields, value, strict=True)
                    if name not in kept
                }
            )
        case tuple():
            return tuple(scrambled(part, draw) for part in value[: draw.draw(st.integers(0, 3))])
        case dict():
            return value
    assert is_dataclass(value)
    changed = {
        f.name: scrambled(getattr(value, f.name), draw)
        for f in fields(value)
        if f.name not in {"limit_ms", "counts"}
    }
    if isinstance(value, Metric) and draw.draw(st.booleans()):
        changed |= {"estimate": None}
    return replace(value, **changed)  # type: ignore[type-var]


@given(draw=st.data(), width=st.integers(1, 160))
def test_no_figures_make_the_pacing_report_fail(draw: st.DataObject, width: int) -> None:
    report: PacingReport = scrambled(samples.pacing_report(), draw)
    assert all(row.width <= width for row in paint(pacing_view(report), width))


@given(draw=st.data(), width=st.integers(1, 160))
def test_no_figures_make_the_next_step_report_fail(draw: st.DataObject, width: int) -> None:
    report: NextStepReport = scrambled(samples.next_step_report(), draw)
    assert all(row.width <= width for row in paint(next_step_view(report), width))


# The pace experiment


def test_the_pace_experiment_is_told_from_its_first_block_on_with_no_figure_before_its_last() -> None:
    assert "experiment" not in pacing()
    running = pacing(pace_experiment=samples.experiment(2, 1))
    assert "Pace experiment n too small (3 of 20 blocks): 2 at 80 s, 1 at 100 s. No figure before" in running
    done = pacing(pace_experiment=samples.experiment(10, 10))
    assert "right in 10 blocks at 100 s an item and 10 at 80 s, dealt by a coin 100 s" in done
    for figure in ("70% 63-76 140/200", "64% 57-70 128/200", "+6 -3 to +15 points"):
        assert figure in done


def test_the_pace_experiment_is_told_where_no_other_block_counts() -> None:
    report = replace(samples.empty_pacing_report(), pace_experiment=samples.experiment(1, 0))
    assert "n too small (1 of 20 blocks)" in words(paint(pacing_view(report), 80))
