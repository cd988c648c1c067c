"""Blocks that were not read or were set aside: in no metric, and no verdict by leaving them out alone."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.document import to_document
from drill.analytics.document_reading import from_document
from drill.analytics.eligibility import block_exclusion
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.pacing_results import LadderAction
from drill.analytics.reading import is_not_read
from drill.analytics.report_json import report_json
from drill.analytics.results import Verdict
from drill.analytics.trend import DayValue, Epoch, Kind, accuracy_day, scan, verdict
from drill.core.history import Attempts, BlockRecord
from tests.analytics.histories import attempt, block, made_up_history, scored_block
from tests.analytics.test_finish_and_ladder import BASELINE, rung_block

QUICK_MS = 11_999
"""A 120-word question cannot be read in under 12 s."""


def of_times(times: list[int | None], *, words: int = 120, limit_ms: int | None = 10**7) -> BlockRecord:
    """A block of questions reached one after the other, each in its time; None: not reached."""
    now, attempts = 0, []
    for position, time_ms in enumerate(times, 1):
        if time_ms is None:
            attempts.append(attempt(position, status="unreached", words=words))
            continue
        attempts.append(attempt(position, time_ms=time_ms, words=words, first_shown_ms=now))
        now += time_ms
    return block(1, attempts, limit_ms=limit_ms, block_end="expired")


def not_read_again(made: BlockRecord) -> bool:
    """The rule once more, from the sentence in docs/metrics.md."""
    total = len(made.attempts)
    reached = fast = 0
    for a in made.attempts:
        if a.status == "unreached" or a.position in (total, total - 1, total - 2):
            continue
        if made.limit_ms is not None and made.limit_ms - a.first_shown_ms < 60_000:
            continue
        reached += 1
        known = a.time_excluded_because is None
        fast += known and a.response_time_ms / 1000 < a.words / 10
    return fast >= 1 and fast / reached >= 1 / 3 - 1e-12


@pytest.mark.parametrize(
    ("quick", "slow", "reason"),
    [(6, 14, "not_read"), (5, 15, None), (4, 11, "not_read"), (0, 20, None)],
)
def test_a_third_of_what_was_reached_decides_whether_a_block_was_read(quick, slow, reason):
    """Of 20 the last 3 are out: 6 of 17 are a third, 5 of 17 are none. Of 15: 4 of 12."""
    assert block_exclusion(of_times([QUICK_MS] * quick + [80_000] * slow)) == reason


def test_w_over_10_seconds_is_the_bound():
    assert is_not_read(of_times([11_999] * 20))
    assert not is_not_read(of_times([12_000] * 20))


def test_speeded_questions_are_in_neither_number():
    """The last 3, and those met with under 60 s left: the clock was behind them."""
    late = [80_000] * 10 + [QUICK_MS] * 10
    assert is_not_read(of_times(late))
    assert not is_not_read(of_times(late, limit_ms=80_000 * 10 + 59_999))
    assert not is_not_read(of_times([80_000] * 17 + [1_000] * 3))


def test_blank_questions_left_at_once_were_not_read_and_a_time_that_is_not_known_is_not_short():
    blank = [attempt(p, time_ms=1_000, status="omitted", first_shown_ms=0) for p in range(1, 21)]
    assert is_not_read(block(1, blank))
    unknown = [a._replace(time_excluded_because="interrupted") for a in blank]
    assert not is_not_read(block(1, unknown))


def test_the_first_reason_is_named():
    quick = of_times([1_000] * 20)
    assert block_exclusion(replace(quick, set_aside=True)) == "not_read"
    assert block_exclusion(replace(quick, attempts=Attempts.of(quick.attempts[:9]))) == "short"
    assert block_exclusion(block(1, set_aside=True)) == "set_aside"
    assert block_exclusion(block(1, mode="tutor", set_aside=True)) == "tutor"


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 30_000)), min_size=10, max_size=24),
    st.one_of(st.none(), st.integers(60_000, 400_000)),
)
def test_the_rule_agrees_with_its_second_writing(times, limit_ms):
    made = of_times([30_000, *times], limit_ms=limit_ms)
    assert is_not_read(made) == not_read_again(made)


# What is set aside


def rising(aside: tuple[int, ...] = ()) -> list[BlockRecord]:
    """20 next-best-step blocks, one a day, from 10 to 17 right of 20; those of `aside` are bad and set aside."""
    rights = [10, 11, 9, 12, 11, 13, 12, 14, 12, 13, 15, 13, 14, 16, 14, 15, 17, 15, 16, 17]
    return [
        replace(scored_block(k, (2 if k in aside else right, 20)), set_aside=k in aside)
        for k, right in enumerate(rights, 1)
    ]


def test_what_is_set_aside_is_in_no_metric_and_counted():
    blocks = rising(aside=(3, 4))
    report = next_step_report(blocks)
    without = next_step_report([b for b in blocks if not b.set_aside])
    assert report.nbs_accuracy == without.nbs_accuracy
    assert report.scope.set_aside_blocks == 2
    assert report.scope.excluded == {"set_aside": 40}
    assert report_json(report)["set_aside_blocks"] == 2


def test_a_word_stands_only_where_it_is_said_with_what_was_set_aside_too():
    assert next_step_report(rising()).nbs_trend.detected[-1].verdict is Verdict.IMPROVING
    early = rising(aside=(12, 13, 14, 15, 16, 17))[:19]
    chosen = [b for b in early if not b.set_aside]
    assert next_step_report(chosen).nbs_trend.verdict is Verdict.IMPROVING
    trend = next_step_report(early).nbs_trend
    assert (trend.verdict, trend.withheld, trend.detected) == (Verdict.NO_EVIDENCE, True, ())
    assert trend.estimate == next_step_report(chosen).nbs_trend.estimate, "the figure is that without them"


def test_setting_aside_what_changes_nothing_takes_no_word_away():
    blocks = rising()
    harmless = [replace(b, set_aside=b.block_index == 5) for b in blocks]
    assert next_step_report(harmless).nbs_trend.detected[-1].verdict is Verdict.IMPROVING


DAYS = st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=2, max_size=24)


@given(DAYS)
def test_the_two_series_are_looked_at_as_a_slow_second_writing_does(days):
    """Each day afresh: both series from their epoch's first day, a word where both have it."""
    every = [DayValue(f"{k:03}", k, *accuracy_day(right, 20), k) for k, (right, _) in enumerate(days, 1)]
    kept = [day for day, (_, aside) in zip(every, days, strict=True) if not aside]
    mine = [day._replace(t=t, blocks=t) for t, day in enumerate(kept, 1)]

    def word(series, after, until):
        epoch, taken = Epoch(), [day for day in series if after < day.day <= until]
        for day in taken:
            epoch.add(day.t, day.y, day.v)
        return verdict(epoch, Kind.ACCURACY, len(taken))

    found, after = [], ""
    for day in mine:
        here, there = word(mine, after, day.day), word(every, after, day.day)
        if here.decided and here is there:
            found.append((day.day, here))
            after = day.day
    records = scan(mine, Kind.ACCURACY, every)
    assert [(mine[r.last].day, r.verdict) for r in records if r.verdict.decided] == found


def test_the_ladder_moves_only_where_it_would_with_what_was_set_aside():
    good = [rung_block(k, 95, 16) for k in (6, 7, 8)]
    assert pacing_report([*BASELINE, *good]).target.action is LadderAction.TIGHTEN
    bad = replace(rung_block(9, 95, 2), set_aside=True)
    assert pacing_report([*BASELINE, *good, replace(bad, set_aside=False)]).target.action is LadderAction.HOLD
    target = pacing_report([*BASELINE, *good, bad]).target
    assert (target.action, target.rung_s, target.blocks_at_rung) == (LadderAction.HOLD, 95, 3)
    fine = replace(rung_block(9, 95, 16), set_aside=True)
    target = pacing_report([*BASELINE, *good, fine]).target
    assert (target.action, target.rung_s) == (LadderAction.TIGHTEN, 90)


def test_a_subject_is_weaker_only_where_it_is_with_what_was_set_aside():
    def subjects(index: int, weak_right: int, aside: bool = False) -> BlockRecord:
        names = ("Medicine", "Surgery", "Pediatrics", "Psychiatry")
        held = []
        for position in range(1, 41):
            name = names[position % 4]
            right = (position // 4) % 10 < (weak_right if name == "Surgery" else 8)
            held.append(attempt(position, subject=name, correct=right))
        return replace(block(index, held), set_aside=aside)

    weak = [subjects(k, 1) for k in range(1, 7)]
    assert "weaker" in {row.verdict for row in next_step_report(weak).by_subject.series}
    strong_aside = [*weak, *(subjects(k, 10, aside=True) for k in range(7, 40))]
    assert "weaker" not in {row.verdict for row in next_step_report(strong_aside).by_subject.series}


def test_the_document_carries_both_words_and_gives_the_same_reports():
    history = made_up_history(14, seed=11)
    history[2] = replace(history[2], set_aside=True)
    history[5] = replace(
        block(6, [attempt(p, wrong_key=p == 5) for p in range(1, 21)], day=2), set_aside=True
    )
    history[7] = replace(of_times([1_000] * 20), block_index=8, block=history[7].block)
    made = json.loads(json.dumps(to_document(history)))
    words = {a["ineligible_because"] for a in made["attempts"]}
    assert {"set_aside", "not_read", "wrong_key"} <= words
    again = from_document(made)
    assert report_json(pacing_report(again)) == report_json(pacing_report(history))
    assert report_json(next_step_report(again)) == report_json(next_step_report(history))
