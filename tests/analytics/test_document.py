"""The history document: its fields, the way back, and what is said when it is wrong."""

from __future__ import annotations

import json
import random

import pytest

from drill.analytics.document import HistoryDocumentError, from_document, to_document
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.report_json import report_json
from drill.errors import DrillError
from tests.analytics.histories import attempt, block, made_up_history

FIELDS = [
    "block",
    "block_index",
    "mode",
    "pool",
    "filters",
    "commit_first",
    "retest",
    "target_ms",
    "limit_ms",
    "block_active_ms",
    "list_ms",
    "feedback_ms",
    "block_end",
    "away_ms",
    "started_at",
    "utc_offset_minutes",
    "study_day",
    "eligible",
    "ineligible_because",
    "position",
    "bank",
    "item",
    "revision",
    "item_hash",
    "subject",
    "system",
    "task",
    "words",
    "options",
    "options_order",
    "next_best_step",
    "exposure",
    "status",
    "censored",
    "time_excluded_because",
    "first",
    "chosen",
    "key",
    "correct",
    "changes",
    "response_time_ms",
    "first_visit_ms",
    "first_shown_ms",
    "last_left_ms",
    "visits",
    "flagged",
    "struck",
    "key_action",
    "chosen_action",
    "chosen_when",
    "miss_reason",
]


def document(**changes):
    made = to_document([block(1)])
    made["attempts"][2] |= changes
    return made


def test_each_attempt_has_exactly_the_fields_of_the_contract():
    made = to_document(made_up_history(4))
    assert list(made) == ["attempts"]
    assert all(list(a) == FIELDS for a in made["attempts"])
    changed = [c for a in made["attempts"] for c in a["changes"]]
    assert changed
    assert set(changed[0]) == {"at_ms", "from", "to"}


def test_there_and_back_through_json_is_the_same_history():
    history = made_up_history(12, seed=7)
    assert from_document(json.loads(json.dumps(to_document(history), allow_nan=False))) == history


def test_reports_from_the_document_are_those_of_the_records():
    history = made_up_history(12, seed=8)
    history[3] = block(4, [attempt(p, wrong_key=p == 5) for p in range(1, 21)])
    again = from_document(to_document(history))
    assert report_json(pacing_report(again)) == report_json(pacing_report(history))
    assert report_json(next_step_report(again)) == report_json(next_step_report(history))


def test_attempts_may_stand_in_any_order():
    history = made_up_history(5, seed=7)
    made = to_document(history)
    random.Random(1).shuffle(made["attempts"])
    assert from_document(made) == history


def test_eligibility_is_computed_not_believed():
    made = document()
    for a in made["attempts"]:
        a |= {"eligible": False, "ineligible_because": "tutor"}
    assert next_step_report(from_document(made)).scope.blocks == 1
    made = to_document(
        [block(1, mode="tutor"), block(2, [attempt(p, wrong_key=p == 1) for p in range(1, 21)])]
    )
    reasons = [(a["eligible"], a["ineligible_because"]) for a in made["attempts"]]
    assert reasons[0] == (False, "tutor")
    assert reasons[20] == (False, "wrong_key")
    assert reasons[21] == (True, None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"words": "many"}, 'words is "many"; it must be a whole number'),
        ({"words": True}, "words is true; it must be a whole number"),
        ({"words": 12.5}, "words is 12.5; it must be a whole number"),
        ({"words": -1}, "words is -1; it must be 0 or more"),
        ({"exposure": 0}, "exposure is 0; it must be 1 or more"),
        ({"response_time_ms": -5}, "response_time_ms is -5; it must be 0 or more"),
        ({"status": "guessed"}, 'status is "guessed"; it must be one of answered, revised'),
        ({"time_excluded_because": "bored"}, "time_excluded_because"),
        ({"correct": 1}, "correct is 1; it must be true or false"),
        ({"subject": 4}, "subject is 4; it must be text or null"),
        ({"changes": [{"at_ms": 4}]}, "changes holds"),
        ({"changes": {}}, "changes is {}; it must be a list"),
        ({"mode": "tutor"}, "mode differs from the other attempts of block"),
        ({"position": 1}, "two attempts at position 1"),
        ({"response_time_ms": float("nan")}, "response_time_ms is NaN; it must be a whole number or null"),
    ],
)
def test_what_is_wrong_is_named_with_its_attempt(changes, message):
    with pytest.raises(
        HistoryDocumentError, match="two attempts" if "two" in message else "Attempt 3 of"
    ) as caught:
        from_document(document(**changes))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"study_day": "yesterday"}, 'study_day is "yesterday"; it must be a date'),
        ({"study_day": "20260105"}, "it must be a date"),
        ({"started_at": "noon"}, 'started_at is "noon"; it must be an instant'),
        ({"mode": "exma"}, 'mode is "exma"; it must be one of exam, timed, tutor, untimed'),
        ({"pool": "mine"}, "pool"),
        ({"block_end": "gone"}, "block_end"),
        ({"limit_ms": 0}, "limit_ms is 0; it must be 1 or more"),
        ({"filters": [3]}, "filters must be a list of texts"),
    ],
)
def test_a_block_that_makes_no_sense_is_named(changes, message):
    made = document()
    for each in made["attempts"]:
        each.update(changes)
    with pytest.raises(DrillError, match="Attempt 1 of the history document") as caught:
        from_document(made)
    assert message in str(caught.value)


def test_a_missing_field_is_named():
    made = document()
    del made["attempts"][4]["words"]
    with pytest.raises(
        HistoryDocumentError, match="Attempt 5 of the history document: the field words is missing"
    ):
        from_document(made)


@pytest.mark.parametrize("made", [None, [], {}, {"attempts": 3}, "text", {"attempts": {}}])
def test_something_else_is_no_history_document(made):
    with pytest.raises(HistoryDocumentError, match="no history document"):
        from_document(made)


def test_an_attempt_that_is_no_object_is_named():
    with pytest.raises(HistoryDocumentError, match="Attempt 1 of the history document: must be an object"):
        from_document({"attempts": [4]})


def test_an_empty_document_is_an_empty_history():
    assert from_document({"attempts": []}) == []
    assert to_document([]) == {"attempts": []}
