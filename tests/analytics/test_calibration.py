"""How often right by how sure: the vector of docs/metrics.md, the minimum, and what is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.analytics.calibration import MINIMUM
from drill.analytics.document import to_document
from drill.analytics.document_checks import HistoryDocumentError
from drill.analytics.document_reading import from_document
from drill.analytics.next_step_report import next_step_report
from drill.analytics.report_json import report_json
from tests.analytics import oracles
from tests.analytics.histories import attempt, block


def rated(*words: tuple[str | None, bool], **changes):
    held = [attempt(p, confidence=word, correct=right) for p, (word, right) in enumerate(words, 1)]
    return block(1, held, mode="timed", **changes)


def rows(*blocks):
    return {row.label: row for row in next_step_report(blocks).confidence.series}


VECTOR = [("sure", k < 18) for k in range(20)] + [("unsure", k < 9) for k in range(15)]
VECTOR += [("guess", k < 4) for k in range(9)]


def test_the_known_answer():
    found = rows(rated(*VECTOR))
    for word, numbers in (("sure", (18, 20, 0.9, 0.699, 0.972)), ("unsure", (9, 15, 0.6, 0.357, 0.802))):
        row = found[word]
        estimate = row.estimate
        told = (row.right, row.n, *(round(x, 3) for x in (estimate.value, estimate.low, estimate.high)))
        assert told == numbers
    assert (found["guess"].right, found["guess"].n, found["guess"].estimate) == (4, 9, None)


@pytest.mark.slow
def test_the_interval_is_statsmodels_wilson():
    estimate = rows(rated(*VECTOR))["unsure"].estimate
    assert (estimate.low, estimate.high) == pytest.approx(
        oracles.proportion.proportion_confint(9, 15, method="wilson"), abs=1e-9
    )


@given(
    st.lists(
        st.tuples(st.sampled_from(["sure", "unsure", "guess", None]), st.booleans()), min_size=10, max_size=60
    )
)
def test_each_answer_is_counted_once_under_its_word(words):
    metric = next_step_report([rated(*words)]).confidence
    for row in metric.series:
        mine = [right for word, right in words if word == row.label]
        assert (row.right, row.n) == (sum(mine), len(mine))
        assert (row.estimate is None) == (len(mine) < MINIMUM)
    assert metric.n == sum(word is not None for word, _ in words)


def test_what_does_not_count_is_not_in_it():
    tutor = rated(*VECTOR)
    assert next_step_report([rated(*VECTOR, retest=True), block(2)]).confidence.n == 0
    repeat = [attempt(p, confidence="sure", exposure=2 if p > 12 else 1) for p in range(1, 21)]
    assert next_step_report([block(1, repeat, mode="timed")]).confidence.n == 12
    assert tutor.attempts[0].confidence == "sure"


def test_the_json_has_a_row_a_word_and_no_verdict():
    found = report_json(next_step_report([rated(*VECTOR)]))["metrics"]["confidence"]
    assert [row["label"] for row in found["series"]] == ["sure", "unsure", "guess"]
    assert (found["n"], found["minimum"], found["value"], found["shown"]) == (44, 10, None, True)
    assert "verdict" not in found


def test_the_document_carries_the_word_and_old_ones_have_none():
    history = [rated(*VECTOR)]
    made = to_document(history)
    assert from_document(made, detailed=True) == history
    for row in made["attempts"]:
        del row["confidence"]
    assert all(a.confidence is None for a in from_document(made)[0].attempts)
    for wrong in ("certain", 1, ["sure"]):
        made["attempts"][1]["confidence"] = wrong
        with pytest.raises(HistoryDocumentError, match="Attempt 2 of the history document: confidence is"):
            from_document(made)
