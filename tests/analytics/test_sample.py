"""What counts of a block, and what the tables make of it, worked out a second time: attempt by attempt."""

from __future__ import annotations

from collections import Counter
from math import log
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.eligibility import attempt_exclusion, is_known
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.sample import log_words, prepare
from tests.analytics.histories import attempt, block

WORDS = ("test", "treat", None)
CHOICES = {
    "status": ["answered"] * 9 + ["revised", "omitted", "cut_chosen", "cut_blank", "unreached"],
    "time_excluded_because": [None] * 9 + ["interrupted"],
    "exposure": [1] * 14 + [2],
    "next_best_step": (True, False),
    "correct": (True, False),
    "wrong_key": [False] * 14 + [True],
    "bank": ["core"] * 20 + ["other"],
    "subject": ("Medicine", "Surgery", None),
    "topic": WORDS,
    "flagged": (True, False),
    "visits": (1, 2, 3),
    "key_action": WORDS,
    "chosen_action": WORDS,
    "chosen_when": ("later", "never", None),
    "miss_reason": ("time", "knowledge", None),
    "confidence": ("sure", "guess", None),
}
BLANK = {"correct": False}
UNREACHED = {"exposure": None, "visits": 0, "correct": False}


def made(pick, position):
    """An attempt that does not contradict itself."""
    changes = {name: pick.choice(values) for name, values in CHOICES.items()}
    changes["words"] = pick.choice((0, 80, 120, 400))
    match changes["status"]:
        case "unreached":
            return attempt(position, **{**changes, **UNREACHED})
        case "omitted" | "cut_blank":
            changes |= BLANK
        case _:
            pass
    return attempt(position, **changes, time_ms=pick.choice((50, 9_000, 40_000, 90_000, 140_000, 400_000)))


@st.composite
def histories(draw):
    pick = draw(st.integers(0, 10**9).map(Random))
    end, some_aside = pick.choice(("expired", "ended")), pick.random() < 0.5
    return [
        block(
            index,
            [made(pick, position) for position in range(1, pick.randint(14, 18) + 1)],
            block_end=end,
            mode=pick.choice(["exam", "exam", "exam", "timed", "tutor"]),
            set_aside=some_aside and pick.random() < 0.3,
        )
        for index in range(1, pick.randint(1, 8) + 1)
    ]


def counted(sitting):
    every = list(sitting.block.attempts)
    return every if sitting.reason else [a for a in every if attempt_exclusion(a, None) is None]


def known(sitting):
    return [a for a in counted(sitting) if is_known(a.status, a.time_excluded_because)]


@given(histories())
def test_a_sitting_counts_what_its_attempts_say(blocks):
    history = prepare(blocks)
    excluded = Counter()
    for sitting in history.sittings:
        every, right = counted(sitting), known(sitting)
        excluded.update(
            filter(None, (sitting.reason or attempt_exclusion(a, None) for a in sitting.block.attempts))
        )
        assert list(sitting.rows("position", "item")) == [(a.position, a.item) for a in every]
        assert list(sitting.known_rows("subject", "correct")) == [(a.subject, a.correct) for a in right]
        assert (sitting.n, sitting.right) == (len(every), sum(a.correct for a in every))
        assert (sitting.known_n, sitting.known_right) == (len(right), sum(a.correct for a in right))
        assert sitting.nbs_exam_n == sum(a.next_best_step for a in every)
        steps = [a.correct for a in right if a.next_best_step]
        assert (sitting.nbs_n, sitting.nbs_right) == (len(steps), sum(steps))
        banks = {a.bank for a in every}
        assert sitting.one_bank == (banks.pop() if len(banks) == 1 else None)
        timed, columns = (
            [a for a in every if a.response_time_ms and not a.time_excluded_because],
            sitting.timed(),
        )
        assert [sitting.block.attempts[place] for place in columns.places] == timed
        assert list(columns.positions) == [a.position for a in timed]
        assert list(columns.time_ms) == [a.response_time_ms for a in timed]
        assert list(columns.censored) == [a.censored for a in timed]
        assert list(columns.correct) == [a.correct for a in timed]
        assert columns.log_words == [log_words(a.words) for a in timed]
        assert columns.log_time == [log(max(a.response_time_ms, 100)) - log(1000.0) for a in timed]
    assert history.excluded == excluded


@given(histories())
def test_the_tables_count_what_the_attempts_say(blocks):
    eligible = prepare(blocks).eligible
    every = [(s.block, a) for s in eligible for a in counted(s)]
    right = [a for s in eligible for a in known(s)]
    missed = [(b, a) for b, a in every if a.next_best_step and not a.correct and a.status != "unreached"]
    report = next_step_report(blocks)
    shown = {(k, c): n for k, row in report.action_table.counts.items() for c, n in row.items()}
    assert shown == Counter(
        (a.key_action, a.chosen_action)
        for a in right
        if a.next_best_step and a.key_action and a.chosen_action
    )
    assert +Counter(report.when_table.counts) == Counter(a.chosen_when for _, a in missed if a.chosen_when)
    assert report.miss_reasons.counts == Counter(
        a.miss_reason for _, a in every if a.miss_reason and not a.correct
    )
    assert [(m.block, m.position, m.topic) for m in report.missed] == [
        (b.block, a.position, a.topic) for b, a in reversed(missed)
    ]
    changes, changed = (
        report.answer_changes,
        [a for _, a in every if a.chosen and a.first and a.chosen != a.first],
    )
    assert changes.wr == sum(a.first != a.key == a.chosen for a in changed)
    assert changes.rw == sum(a.first == a.key != a.chosen for a in changed)
    assert changes.revisits == sum(max(a.visits - 1, 0) for _, a in every)
    assert {row.label: (row.right, row.n) for row in report.confidence.series if row.n} == {
        word: (sum(a.correct for a in right if a.confidence == word), count)
        for word, count in Counter(a.confidence for a in right if a.confidence).items()
    }
    flagged = [a.correct for a in right if a.flagged]
    assert (report.flagged.flagged.right, report.flagged.flagged.n) == (sum(flagged), len(flagged))
    assert report.nbs_accuracy.n == sum(a.next_best_step for a in right)
    assert report.other_accuracy.exam_n == sum(not a.next_best_step for _, a in every)


@given(histories())
def test_a_long_answer_is_told_by_the_attempt_it_is(blocks):
    report = pacing_report(blocks).time_sinks
    by_index = {b.block_index: b for b in blocks}
    found = [(dot, by_index[dot.block].attempts[dot.position - 1]) for dot in report.dots]
    for dot, a in found:
        assert (dot.time_ms, dot.right, dot.censored) == (a.response_time_ms, a.correct, a.censored)
    assert report.returns == sum(max(a.visits - 1, 0) for _, a in found)
    assert report.total == sum(is_known(a.status, a.time_excluded_because) for _, a in found)


def test_a_document_that_calls_an_unreached_question_right_is_no_traceback():
    attempts = [attempt(p) for p in range(1, 13)]
    attempts += [attempt(p, status="unreached", correct=True, next_best_step=True) for p in range(13, 21)]
    report = next_step_report([block(1, attempts, block_end="expired")])
    assert (report.nbs_accuracy.n, report.other_accuracy.right, report.other_accuracy.n) == (0, 12, 12)
