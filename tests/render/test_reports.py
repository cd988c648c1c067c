"""The two reports: every metric that is shown is drawn, nothing is said without its n, and any window will do."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.intervals import Interval, PointEstimate, wilson
from drill.analytics.next_step_report import NextStepReport
from drill.analytics.next_step_results import Missed
from drill.analytics.pacing_report import PacingReport, pacing_report
from drill.analytics.pacing_results import LadderAction, RungStay
from drill.analytics.results import Band, Detection, Fit, Metric, Point, Points, Row, Trend, Verdict
from drill.core.history import BlockRecord
from drill.core.items import When
from drill.core.vocabulary import Exclusion, MissReason
from drill.render import links
from drill.render.lines import ASCII, Line, Role, Span, plain
from drill.render.page import more_line
from drill.render.report.next_words import limit_reason
from drill.render.report.page_cells import Folds, paint, paint_page, stops
from drill.render.report.pages import next_step_view, pacing_view
from drill.render.report.words import range_words, span_words
from drill.render.wordings import WHEN_WORDS
from tests.analytics.histories import block
from tests.render import report_samples as samples

VIEWS = samples.VIEWS
VARIED = Fit(0.24, 21.3, 2.4, -0.0131)
"""Of days that vary a lot."""


NOT_WEAKER = replace(
    samples.next_step_report().by_subject,
    series=tuple(
        row._replace(verdict="not separable") for row in samples.next_step_report().by_subject.series
    ),
)


def words(rows: list[Line]) -> str:
    """The text on one row, so that a sentence is found wherever it wraps."""
    return " ".join(plain(rows).split())


def pacing(width: int = 80, **changes: object) -> str:
    """Every part open."""
    view = pacing_view(replace(samples.pacing_report(), **changes))  # type: ignore[arg-type]
    return words(paint(view, width, full=True))


def next_step(width: int = 80, **changes: object) -> str:
    """Every part open."""
    view = next_step_view(replace(samples.next_step_report(), **changes))  # type: ignore[arg-type]
    return words(paint(view, width, full=True))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", samples.PICTURES)
def test_the_report_looks_as_it_was_drawn(name: str, width: int) -> None:
    assert samples.painted(name, width) == samples.picture(name, width).read_text(encoding="utf-8")


@given(
    name=st.sampled_from(sorted(VIEWS)),
    width=st.integers(1, 220),
    height=st.none() | st.integers(1, 70),
    full=st.booleans(),
)
def test_any_window_is_painted_and_no_line_leaves_it(
    name: str, width: int, height: int | None, full: bool
) -> None:
    rows = paint(VIEWS[name], width, height, full=full)
    assert rows
    assert max(row.width for row in rows) <= width


@pytest.mark.parametrize("name", sorted(VIEWS))
@pytest.mark.parametrize("width", [56, 60, 64])
def test_in_a_narrow_window_every_sentence_of_a_part_is_whole(name: str, width: int) -> None:
    said = " ".join(plain(paint(VIEWS[name], width)).split())
    for part in VIEWS[name].parts.values():
        assert " ".join(part.said.split()) in said


@pytest.mark.parametrize("width", [1, 3, 20, 60, 80, 100, 120, 140, 160, 220])
@pytest.mark.parametrize("name", VIEWS)
def test_the_ascii_form_keeps_every_length_and_is_ascii(name: str, width: int) -> None:
    for row in paint(VIEWS[name], width, full=True):
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
@pytest.mark.parametrize("opened", [(), ("time left", "misses", "flags")])
def test_every_part_begins_at_the_row_it_is_marked_at(name: str, width: int, opened: tuple[str, ...]) -> None:
    painted = paint_page(VIEWS[name], width, folds=Folds(opened))
    for row, part in painted.marks[1:]:
        how = part.endswith(":how")
        sign = "How it is computed" if how else "block" if ":" in part else "▾" if part in opened else "▸"
        assert sign in painted.lines[row].text
    assert [part for _, part in painted.marks[1:] if ":" not in part] == list(stops(VIEWS[name]))


def test_a_closed_part_shows_its_sentence_and_an_open_one_how_it_is_computed() -> None:
    closed = words(paint_page(VIEWS["pacing"], 80).lines)
    opened = words(paint_page(VIEWS["pacing"], 80, folds=Folds(("time left",))).lines)
    for text in (closed, opened):
        assert "Time left Block 20, your last, had 1:40 of 30:00 left." in text
    assert ("How it is computed" in closed, "How it is computed" in opened) == (False, True)
    how = words(paint_page(VIEWS["pacing"], 80, folds=Folds(("time left", "time left:how"))).lines)
    assert ["E_k" in text for text in (opened, how)] == [False, True]
    assert ("1:40 ahead" in closed or "last block" in closed, "last block" in opened) == (False, True)


def test_the_row_under_the_cursor_is_marked_without_colour_too() -> None:
    page = paint_page(VIEWS["next-step"], 80, folds=Folds(("misses",), "misses:1"))
    (row,) = [row for row in page.lines if "›" in row.text]
    assert "› block  19  question  4  nbs-041" in row.text
    head = paint_page(VIEWS["next-step"], 80, folds=Folds((), "flags")).lines
    assert [row.text.split()[0] for row in head if "›" in row.text] == ["›▸"]


def test_the_last_row_of_a_window_names_what_lies_below() -> None:
    page = paint_page(pacing_view(samples.pacing_report()), 80, 24)
    text = more_line(page, 0, 20, 80).text
    assert text.strip() == "↓ next block, time left, within a block"
    assert len(text) == 80
    assert more_line(page, len(page.lines) - 5, 21, 80).text == ""
    assert links.MORE in {span.link for span in more_line(page, 0, 20, 80).spans}


def test_the_last_row_of_a_report_stands_there_itself() -> None:
    page = paint_page(pacing_view(samples.pacing_report()), 80, 24)
    assert more_line(page, 0, len(page.lines) - 1, 80).text == page.lines[-1].text
    assert "↓" in more_line(page, 0, len(page.lines) - 2, 80).text


def test_what_a_report_opens_with_leaves_room_in_a_small_window() -> None:
    for view in VIEWS.values():
        rows = [row.text for row in paint(view, 80, 24)]
        assert rows.index("") <= 11
        assert len(rows[0].split("  ")) >= 2


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("height", [24, 40, None])
def test_a_first_view_holds_no_word_of_statisticians(width: int, height: int | None) -> None:
    reports: list[Any] = [
        samples.pacing_report(),
        samples.next_step_report(),
        samples.early_next_step_report(),
    ]
    reports += [unshown(report) for report in reports]
    reports += [samples.empty_pacing_report(), samples.empty_next_step_report()]
    reports += [
        replace(samples.pacing_report(), pace_trend=trend(verdict=word, blocks=blocks))
        for word in (None, *Verdict)
        for blocks in (1, 12)
        if word not in (Verdict.IMPROVING, Verdict.DECLINING)
    ]
    reports += [
        replace(samples.pacing_report(), target=samples.target(action=action)) for action in LadderAction
    ]
    for report in reports:
        make = pacing_view if isinstance(report, PacingReport) else next_step_view
        text = words(paint(make(report), width, height)).lower()
        assert [word for word in samples.FORBIDDEN if word in text] == []


# What the pacing report says


def test_it_opens_with_three_lines_will_you_finish_where_time_goes_and_what_to_do() -> None:
    text = words(paint(pacing_view(samples.pacing_report(), on_screen=True), 80))
    assert text.startswith(
        "Will you finish? Likely. At your pace now about 8 of 10 blocks of 20 questions in 31:45 would end in time "
        "(200 questions, 10 blocks). So far you finished 9 of your last 10 blocks (60-98%), each in its own limit. "
        "Where the time goes 7 questions took 12:30 more than their length asks for, the time of 8 questions at "
        "90 s. 3 of 7 were right (16-75%). 4 questions never seen. "
        "What to do next Sit 20 questions in 31:45: Ctrl+S starts it. 31:45 instead of 30:00, because 95 s a "
        "question is still on trial (3 blocks so far). On Home Ctrl+L keeps 30:00."
    )


@pytest.mark.parametrize(
    ("chance", "lead"), [(0.1, "Likely."), (0.25, "Likely."), (0.5, "Not sure."), (0.75, "Not likely.")]
)
def test_the_forecast_is_called_likely_only_from_three_of_four_on(chance: float, lead: str) -> None:
    view = pacing_view(
        replace(samples.pacing_report(), finish_probability=samples.finish(estimate=PointEstimate(chance)))
    )
    assert view.opening[0].text.startswith(f"{lead} At your pace now")


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Sit 20 questions of Surgery: Ctrl+S starts it. It counts in no trend."),
        ({"by_subject": NOT_WEAKER}, "Sit missed questions once more, untimed: Ctrl+S starts it. 12 missed"),
        (
            {
                "by_subject": NOT_WEAKER,
                "difference": replace(
                    samples.next_step_report().difference, estimate=Interval(-0.2, -0.3, -0.05)
                ),
            },
            "Sit 20 next-best-step questions: Ctrl+S starts it.",
        ),
        ({"by_subject": NOT_WEAKER, "missed": ()}, "Sit the next block: Ctrl+S starts it."),
    ],
)
def test_what_to_do_next_is_what_the_figures_can_carry(changes: dict[str, Any], text: str) -> None:
    view = next_step_view(replace(samples.next_step_report(), **changes), on_screen=True)
    assert view.opening[2].text.startswith(text)


def test_the_verdict_is_in_bold_with_its_interval_and_what_could_be_seen_by_now() -> None:
    rows = paint(pacing_view(samples.pacing_report()), 80)
    (at,) = [number for number, row in enumerate(rows) if "You have become faster." in row.text]
    assert Span("You have become faster.", Role.STRONG) in [
        span._replace(link=None) for span in rows[at].spans
    ]
    assert words(rows[at : at + 3]) == (
        "▸ You have become faster. About 22% less time over 18 blocks (80% interval: 1 to 39% less time). "
        "So far drill calls a change only where 21% or more is measured."
    )
    assert "See in Next best step (3) whether as many are right." in words(rows)


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
    pages = [paint(view, width, full=True) for view in VIEWS.values()]
    pages += [paint(pacing_view(unshown(samples.pacing_report())), width)]
    pages += [paint(next_step_view(unshown(samples.next_step_report())), width)]
    colours = (Role.RIGHT, Role.WRONG, Role.WARNING, Role.ALARM)
    coloured = {span.text for page in pages for row in page for span in row.spans if span.role in colours}
    assert coloured
    assert all(set(text) <= set("✓× ") for text in coloured)


def test_a_report_without_a_number_lists_how_far_each_metric_is() -> None:
    closed = words(paint(pacing_view(unshown(samples.pacing_report())), 80))
    assert "Not yet 8 figures need more questions or blocks." in closed
    text = words(paint(pacing_view(unshown(samples.pacing_report())), 80, full=True))
    assert "Fast and slow Not enough questions yet (0, needs 60)" in text
    assert "Answered by 90 s Not enough questions yet (0, needs 20)" in text
    assert "Finished Not enough blocks yet: 0 of 1" in text
    assert "fastest quarter" not in text
    assert "%" not in text.split("Not yet")[1].split("Based on")[0]


def trend(**changes: object) -> Trend:
    return replace(samples.pace_trend(), **{"detected": (), "line": (), **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"verdict": Verdict.NO_EVIDENCE, "estimate": Interval(-1.4, -12.2, 9.4)},
         "No change in your speed can be seen. Over 18 blocks anything from 12% less time to 9% more time is "
         "possible (80% interval). So far drill calls a change only where 21% or more is measured. Nothing to change: go on"),
        ({"verdict": Verdict.NO_EVIDENCE, "withheld": True},
         "Whether your speed changes is left open: the blocks you set aside decide it. Without them it is 1 to 39% "
         "less time over 18 blocks (80% interval)."),
        ({"verdict": Verdict.NO_EVIDENCE, "withheld": True}, "Take a block back if it should count"),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 6}, "After 4 more blocks drill can first say if you get faster."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 6},
         "Not enough blocks yet: 6 of 10. So far anything from 1 to 39% less time is possible (80% interval)."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 12},
         "Whether you get faster is still unclear after 12 blocks. Anything from 1 to 39% less time is possible (80% interval): too wide to say. "
         "Go on: more blocks make it clear."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 1, "n": 1, "estimate": None, "fit": None},
         "Not enough blocks yet: 1 of 10."),
        ({"verdict": Verdict.TOO_EARLY, "blocks": 10, "n": 1, "estimate": None, "fit": None},
         "Not enough study days yet: 1 of 2."),
        ({"verdict": None, "estimate": None, "fit": None}, "Only a part of your blocks is shown. Show all of them"),
        ({"fit": VARIED}, "only where 21% or more is measured, because your days vary a lot."),
    ],
)  # fmt: skip
def test_a_trend_without_a_change_is_told_in_plain_words(changes: dict[str, object], sentence: str) -> None:
    assert sentence in pacing(pace_trend=trend(**changes))


def test_what_is_unclear_is_named_in_both_reports() -> None:
    unclear = replace(samples.pace_trend(), detected=(), line=(), verdict=Verdict.TOO_EARLY, blocks=12)
    assert (
        "Whether you get more next-best-step questions right is still unclear after 12 blocks."
        in next_step(nbs_trend=unclear)
    )


@pytest.mark.parametrize(
    ("rung_s", "took"),
    [(80, "80 s or less each"), (85, "about 85 s each"), (120, "about 120 s or more each")],
)
def test_the_first_limit_is_laid_to_the_first_questions_and_its_ends_are_no_measurement(
    rung_s: int, took: str
) -> None:
    first = samples.target(rung_s=rung_s, history=())
    assert limit_reason(first) == f"your first 100 questions took {took}"


def test_the_commonest_reason_of_a_miss_comes_with_what_to_do_about_it() -> None:
    text = next_step()
    assert "Most often too early: before you choose, ask what has to be known or done first." in text
    assert "Read the explanation at once, and sit the retests when they are due." in text


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"sequence": 6, "misread": 4}, True),
        ({"sequence": 5, "misread": 5}, False),
        ({"sequence": 6, "misread": 3}, False),
        ({"a word of another program": 12}, False),
    ],
)
def test_few_reasons_or_two_as_common_ask_for_nothing(counts: dict[str, int], *, said: bool) -> None:
    reasons = replace(samples.next_step_report().miss_reasons, counts=counts, n=sum(counts.values()))
    assert ("Before you choose, ask what has to be known" in next_step(miss_reasons=reasons)) is said


@pytest.mark.parametrize("reason", MissReason)
def test_every_reason_and_every_word_for_a_wrong_step_has_a_sentence_of_what_to_do(
    reason: MissReason,
) -> None:
    reasons = replace(samples.next_step_report().miss_reasons, counts={reason.value: 10}, n=10)
    assert next_step(miss_reasons=reasons).partition("you named a reason for). ")[2][:1].isupper()
    for when in When:
        table = replace(samples.next_step_report().when_table, counts={when.value: 10}, n=10)
        assert f"Most often {WHEN_WORDS[when]}: " in next_step(when_table=table)


def test_one_point_is_one_point() -> None:
    assert range_words(-14.2, 0.8, " points", "fewer", "more").endswith("14 points fewer to 1 point more")
    assert span_words(-1.2, 1.4, " points", "fewer", "more") == "1 point fewer to 1 point more"
    assert span_words(0.2, 0.9, " points", "fewer", "more") == "just above 0 to 1 point more"
    assert span_words(-1.0, 1.0, "%", "less", "more") == "1% less to 1% more"


def test_after_a_change_was_found_speed_is_judged_again_and_not_asked_about_for_the_first_time() -> None:
    found = Detection("2026-11-10", 14, Verdict.FASTER, -18.0, -30.0, -2.0, "2026-10-02", 14, ())
    text = pacing(pace_trend=trend(detected=(found,), verdict=Verdict.TOO_EARLY, blocks=4))
    assert "After 6 more blocks drill can judge your speed again." in text
    assert "whether you get faster" not in text


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (
            (-136.2, 55.0),
            "So far anything from 100 points fewer to 55 points more is possible (80% interval).",
        ),
        ((-1299.0, 1299.0), "So far anything from 100 points fewer to 100 points more is possible"),
        ((-40.0, 99.6), "So far anything from 40 points fewer to 100 points more is possible"),
    ],
)
def test_no_accuracy_is_said_to_change_by_more_than_a_hundred_points(
    ends: tuple[float, float], told: str
) -> None:
    few = replace(
        samples.next_step_report().nbs_trend,
        verdict=Verdict.TOO_EARLY, blocks=4, detected=(), line=(), estimate=Interval(0.0, *ends),
    )  # fmt: skip
    assert told in next_step(nbs_trend=few)


@pytest.mark.parametrize(("high", "told"), [(4644.0, "over 400% more time"), (248.0, "to 248% more time")])
def test_a_pace_nobody_can_have_yet_is_told_by_its_bound(high: float, told: str) -> None:
    text = pacing(pace_trend=trend(verdict=Verdict.TOO_EARLY, blocks=2, estimate=Interval(0.0, -98.0, high)))
    assert told in text
    assert "4644" not in text


def test_a_verdict_once_found_stays_above_the_new_count_with_its_date() -> None:
    found = Detection("2026-11-10", 14, Verdict.FASTER, -18.0, -30.0, -2.0, "2026-10-02", 14, ())
    text = pacing(pace_trend=trend(detected=(found,), verdict=Verdict.TOO_EARLY, blocks=4))
    assert (
        "You have become faster (found on 10 Nov). About 18% less time over 14 blocks "
        "(80% interval: 2 to 30% less time). Counted anew since then, not enough blocks yet: 4 of 10."
    ) in text


def test_a_bound_next_to_zero_is_not_rounded_into_it() -> None:
    text = pacing(pace_trend=replace(samples.pace_trend(), estimate=Interval(-22.0, -38.6, -0.3)))
    assert "(80% interval: just above 0 to 39% less time)" in text


def test_a_new_count_has_its_band_only_over_its_own_blocks() -> None:
    found = Detection("2026-11-10", 10, Verdict.FASTER, -18.0, -30.0, -2.0, "2026-10-02", 14, ())
    report = replace(
        samples.pacing_report(), pace_trend=trend(detected=(found,), verdict=Verdict.NO_EVIDENCE)
    )
    edges = [row.text.index("⠐ ⠐ ⠐") for row in paint(pacing_view(report), 80) if "⠐ ⠐ ⠐" in row.text]
    assert edges
    assert min(edges) > 2 + 7 + 27


def test_a_line_is_drawn_only_with_a_verdict_and_a_band_only_without() -> None:
    with_verdict = pacing()
    without = pacing(pace_trend=trend(verdict=Verdict.NO_EVIDENCE))
    assert ("fitted trend" in with_verdict, "level so far" in with_verdict) == (True, False)
    assert ("fitted trend" in without, "level so far" in without) == (False, True)


def test_the_legend_names_what_is_drawn_and_nothing_else() -> None:
    assert "not in trends" in pacing()
    series = tuple(point._replace(eligible=True) for point in samples.pace_trend().series)
    assert "⠆" not in pacing(pace_trend=trend(series=series))


def test_without_a_chart_nothing_empty_is_drawn() -> None:
    text = words(paint(pacing_view(samples.empty_pacing_report()), 80, full=True))
    assert "Not enough blocks yet: 0 of 10. One block already shows its own pace in its results." in text
    assert "90" not in text.split("One block")[1].split("How it is")[0]
    assert not any(0x2800 <= ord(character) <= 0x28FF for character in text)
    one = replace(
        samples.pacing_report(), pace_trend=trend(series=samples.pace_trend().series[:1], band=None)
    )
    assert pacing_view(one).parts["pace"].figures == ()


def test_below_a_minimum_stands_how_far_it_is_and_no_number() -> None:
    ratio = replace(samples.pacing_report().wrong_right_ratio, estimate=None, n=5)
    text = pacing(wrong_right_ratio=ratio)
    assert "Wrong answers Not enough of each yet (5, needs 8)" in text
    assert "times as long" not in text


@pytest.mark.parametrize(
    ("change", "words_"),
    [
        ({"estimate": PointEstimate(0.01), "blocks": 30}, "At your pace now more than 9 of 10 blocks of 20"),
        (
            {"estimate": PointEstimate(0.01), "blocks": 4},
            "At your pace now about 9 of 10 blocks of 20 questions",
        ),
        (
            {"estimate": PointEstimate(0.62), "blocks": 12},
            "At your pace now about 4 of 10 blocks of 20 questions",
        ),
    ],
)
def test_the_next_block_is_told_in_tenths(change: dict[str, object], words_: str) -> None:
    assert words_ in pacing(finish_probability=samples.finish(**change))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Stay at 95 s: nothing is decided yet. 42 of 60 (57-80%) are right here, against 70 of 100 in your first blocks."),
        ({}, "Evidence that as many are right as before: 2.4. At 6 the limit gets shorter, at 1/6 longer."),
        ({"bf": 7.0}, "It also takes 2 blocks here, 2 of the last 3 in time."),
        ({"lock": 4}, "No shorter limit for 4 more blocks, after going back."),
        ({"blocks_at_rung": 0, "history": ()}, "Sit the next block at 95 s. In your first blocks 70 of 100 were right."),
        ({"action": LadderAction.TIGHTEN, "rung_s": 90},
         "Try 90 s. With 95 s you were right about as often as before: 42 of 60 (57-80%), against 70"),
        ({"action": LadderAction.EASE, "rung_s": 100}, "Go back to 100 s. With 95 s fewer were right: 42 of 60"),
        ({"action": LadderAction.PINNED, "rung_s": 90}, "90 s, the exam's own time: the exam is within 14 days."),
        ({"action": LadderAction.DONE, "rung_s": 80}, "Stay at 80 s: drill asks for nothing faster."),
        ({"action": LadderAction.EASE, "because_missed": True}, "Five blocks in a row took longer than 95 s"),
        ({"estimate": None, "n": 60, "rung_s": 90, "history": ()},
         "Sit the next block at 90 s, the exam's own time, until 100 questions show how many you get right: 60 so far, 40 "
         "to go."),
    ],
)  # fmt: skip
def test_the_target_says_what_it_rests_on(changes: dict[str, object], sentence: str) -> None:
    assert sentence in pacing(target=samples.target(**changes))


def test_after_a_move_the_evidence_is_that_of_the_rung_just_left() -> None:
    stays = (RungStay(95, 3, 2, 50, 60, Interval(50 / 60, 0.72, 0.91), 12.0, 18, 20, LadderAction.TIGHTEN),)
    moved = samples.target(action=LadderAction.TIGHTEN, rung_s=90, bf=1.0, history=stays, blocks_at_rung=0)
    text = pacing(target=moved)
    assert "Evidence that as many are right as before: 12.0." in text
    assert "► 90 s next" in text


def test_every_exclusion_is_counted_in_words() -> None:
    scope = replace(samples.scope(), excluded=dict.fromkeys(Exclusion, 2))
    text = pacing(scope=scope)
    assert "Not counted: 26 questions." in text
    assert "2 in commit-first blocks" in text
    assert "2 with a key you marked as wrong" in text
    assert not any("_" in word for word in text.split("Based on")[1].split())


def test_a_range_is_named() -> None:
    assert "in the chosen range" in pacing(scope=replace(samples.scope(), ranged=True))


def test_the_block_under_the_cursor_is_read_out() -> None:
    page = paint_page(VIEWS["pacing"], 80, 24, selected=14, folds=Folds(("pace",)))
    text = words(page.lines)
    assert "› Block 14 70 s (61-79), 19 questions, not in trends" in text


@pytest.mark.parametrize("width", [80, 120, 160])
def test_nothing_is_shown_that_must_not_be(width: int) -> None:
    text = " ".join(words(paint(view, width, full=True)) for view in VIEWS.values()).lower()
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
    level = replace(samples.next_step_report().nbs_level, by_bank=(*rows, Row("clinic", 2, 3, None)))
    text = next_step(nbs_level=level)
    assert re.search(r"notes [├─●┤ ]+ 55% 34-74 n 20", text), "a level is not right of n"
    assert "clinic" not in text, "no row without a number"


def test_the_way_to_a_verdict_is_told_with_the_stock_of_unused_questions() -> None:
    text = words(paint(next_step_view(samples.early_next_step_report(), 118), 80))
    sit = "About 7 more next-best-step blocks until drill can say: 140 questions"
    assert f"{sit}, but only 118 unused are left, 22 too few. Import more: Ctrl+O, or drill import." in text
    enough = words(paint(next_step_view(samples.early_next_step_report(), 140), 80))
    assert f"{sit}, and 140 unused are left." in enough
    assert enough.count("Sit ") == 1, "what to do next leads; the way to a verdict is no second advice"


def test_the_action_table_reads_without_colour() -> None:
    text = plain(paint(next_step_view(samples.next_step_report()), 80, full=True))
    assert "stabilize      [█ 9]    ▃ 3     ▁ 1     ▂ 2      ·       ·      9/15\n" in text


def test_all_nine_kinds_of_action_fit_in_eighty_columns() -> None:
    kinds = ("stabilize", "test", "treat", "procedure", "consult", "observe", "counsel", "discharge", "other")
    table = replace(
        samples.next_step_report().action_table, counts={key: dict.fromkeys(kinds, 12) for key in kinds}
    )
    view = next_step_view(replace(samples.next_step_report(), action_table=table))
    text = plain(paint(view, 80, full=True))
    assert len(re.findall(r"12/108$", text, re.MULTILINE)) == 9


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((4, 2, 0, 3, 1), "The step you chose instead was most often too early: 40% (17-69, 4 of 10)."),
        ((4, 4, 0, 1, 1), "No reason why a chosen step was wrong stands out (10 misses)."),
        ((1, 0, 0, 0, 0), "No reason why a chosen step was wrong stands out (1 miss)."),
    ],
)
def test_most_often_is_said_of_no_tie_and_of_no_single_miss(counts: tuple[int, ...], told: str) -> None:
    names, n = ("later", "earlier", "only_if", "never", "harmful"), sum(counts)
    series = Points.of(Point.of(name, wilson(k, n), n) for name, k in zip(names, counts, strict=True))
    table = replace(
        samples.next_step_report().when_table,
        n=n,
        counts=dict(zip(names, counts, strict=True)),
        series=series,
    )
    assert told in next_step(when_table=table)


def test_an_interval_that_is_not_the_usual_one_is_named_where_it_stands() -> None:
    text = next_step()
    assert "In brackets stand the 95% interval of a figure, where no other is named" in text
    assert "65% (90% interval 55-74, n 50)" in text
    assert "Below your own average (pulled to it, 90% interval): Surgery 40% (26-54, 10 of 30)." in text
    assert "Level now, 90% " in text


def test_misses_that_the_clock_took_are_told_apart_from_wrong_answers() -> None:
    report = samples.next_step_report()
    wrong = report.nbs_accuracy.n - report.nbs_accuracy.right
    one = Missed("core", "q1", "uuid", 3, 4)
    text = next_step(missed=(one,) * (wrong + 2))
    assert f"{wrong + 2} next-best-step questions, 2 of them blank when the time was over" in text
    assert "blank when" not in next_step(missed=(one,) * wrong)


def test_one_of_a_kind_is_told_as_one() -> None:
    block = samples.pacing_report().allowance.series[0]
    only = replace(samples.pacing_report().allowance, series=(block._replace(eligible=True, unreached=9),))
    assert "In this block: 9 questions never seen." in pacing(allowance=only)


def test_a_block_that_others_followed_is_not_called_the_last() -> None:
    def told(*blocks: BlockRecord) -> str:
        return words(paint(pacing_view(pacing_report(blocks)), 80))

    assert "Block 2, your last, had" in told(block(1), block(2))
    assert "Block 2, the last that counts, had" in told(block(1), block(2), block(3, mode="tutor"))
    changes = replace(samples.next_step_report().answer_changes, wr=0, rw=1, n=1, estimate=wilson(0, 1))
    assert "0% of that 1 change gained (0-79)." in next_step(answer_changes=changes)


def test_only_a_separable_subject_is_called_weaker() -> None:
    text = plain(paint(next_step_view(samples.next_step_report()), 80, full=True))
    assert [row.split()[0] for row in text.splitlines() if row.endswith("  weaker")] == ["Surgery"]


def test_a_subject_with_few_questions_is_dim() -> None:
    rows = paint(next_step_view(samples.next_step_report()), 80, full=True)
    few = next(row for row in rows if "Psychiatry" in row.text)
    many = next(row for row in rows if "Pediatrics" in row.text)
    assert Role.ACCENT not in [span.role for span in few.spans]
    assert Role.ACCENT in [span.role for span in many.spans]


def test_changes_are_a_bar_of_three_with_the_net() -> None:
    text = next_step()
    assert "9 went from wrong to right, 3 from right to wrong." in text
    assert "█ 9 wrong to right ▄ 3 right to wrong ▂ 4 wrong to wrong" in text
    assert "75% of those 12 changes gained (47-91)." in text
    assert "Sign test p = 0.15." in text


def test_names_from_a_bank_cannot_break_the_page() -> None:
    missed = (Missed("core\x1b[2J", "two\nlines " * 30, "uuid", 3, 4),)
    report = replace(samples.next_step_report(), missed=missed)
    rows = paint(next_step_view(report), 80, full=True)
    assert max(row.width for row in rows) <= 80
    assert "\x1b" not in plain(rows)
    assert all("\n" not in row.text for row in rows)


def test_without_an_answer_there_is_no_chart() -> None:
    text = words(paint(next_step_view(samples.empty_next_step_report()), 80))
    assert text.startswith("How many are right? No next-best-step question counts yet.")
    assert "By block" not in text


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
    assert all(row.width <= width for row in paint(pacing_view(report), width, full=True))


@given(draw=st.data(), width=st.integers(1, 160))
def test_no_figures_make_the_next_step_report_fail(draw: st.DataObject, width: int) -> None:
    report: NextStepReport = scrambled(samples.next_step_report(), draw)
    assert all(row.width <= width for row in paint(next_step_view(report), width, full=True))


# The pace experiment


def test_the_pace_experiment_is_told_from_its_first_block_on_with_no_figure_before_its_last() -> None:
    assert "experiment" not in pacing()
    running = pacing(pace_experiment=samples.experiment(2, 1))
    assert "Pace experiment Not enough blocks yet: 3 of 20 (2 at 80 s, 1 at 100 s)." in running
    done = pacing(pace_experiment=samples.experiment(10, 10))
    assert (
        "Whether the longer limit brings more right cannot be told: it could be anything from 3 points fewer to 15 points more in 10 blocks "
        "at 100 s a question and 10 at 80 s, dealt by a coin."
    ) in done
    for figure in ("70% 63-76 140/200", "64% 57-70 128/200", "+6 -3 to +15 points"):
        assert figure in done


def test_the_pace_experiment_is_told_where_no_other_block_counts() -> None:
    report = replace(samples.empty_pacing_report(), pace_experiment=samples.experiment(1, 0))
    assert "Not enough blocks yet: 1 of 20" in words(paint(pacing_view(report), 80))
