"""The history document: its fields, the way back, and what is said when it is wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from drill.analytics.document import BLOCK_FIELDS, to_document
from drill.analytics.document_checks import HistoryDocumentError
from drill.analytics.document_reading import from_document
from drill.analytics.next_step_report import next_step_report
from drill.analytics.pacing_report import pacing_report
from drill.analytics.report_json import report_json
from drill.core.ranges import RANGES
from drill.errors import DrillError
from drill.render.report.page_cells import paint
from drill.render.report.pages import next_step_view, pacing_view
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
    "topic",
    "confidence",
]


def document(**changes):
    made = to_document([block(1)])
    made["attempts"][2] |= changes
    return made


def test_a_topic_may_be_missing_and_must_be_text():
    history = [block(1, [attempt(1, topic="Sepsis"), attempt(2)])]
    document = to_document(history)
    assert [a["topic"] for a in document["attempts"]] == ["Sepsis", None]
    assert from_document(document, detailed=True) == history
    del document["attempts"][0]["topic"]
    assert from_document(document)[0].attempts[0].topic is None
    document["attempts"][0]["topic"] = 7
    with pytest.raises(HistoryDocumentError, match=r"Attempt 1 .*topic is 7; it must be text or null"):
        from_document(document)
    document["attempts"][0]["topic"] = "x" * 100_000
    with pytest.raises(HistoryDocumentError, match="topic has 100,000 characters"):
        from_document(document)


def test_each_attempt_has_exactly_the_fields_of_the_contract():
    made = to_document(made_up_history(4))
    assert list(made) == ["attempts"]
    assert all(list(a) == FIELDS for a in made["attempts"])
    changed = [c for a in made["attempts"] for c in a["changes"]]
    assert changed
    assert set(changed[0]) == {"at_ms", "from", "to"}


def test_there_and_back_through_json_is_the_same_history():
    history = made_up_history(12, seed=7)
    again = json.loads(json.dumps(to_document(history), allow_nan=False))
    assert from_document(again, detailed=True) == history


def test_attempts_read_together_are_those_read_one_by_one(monkeypatch):
    history = made_up_history(12, seed=9)
    history[3] = block(4, [attempt(p, wrong_key=p == 5) for p in range(1, 21)])
    made = to_document(history)
    together = from_document(made, detailed=True)
    monkeypatch.setattr("drill.analytics.document_reading._together", lambda *attempts, **wanted: None)
    assert from_document(made, detailed=True) == together == history


def test_a_mistake_far_down_is_named_by_its_number():
    made = to_document(made_up_history(150, seed=9))
    made["attempts"][2_900]["visits"] = "two"
    with pytest.raises(HistoryDocumentError, match=r"Attempt 2901 of .*visits"):
        from_document(made)


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
    assert from_document(made, detailed=True) == history


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


@pytest.mark.parametrize("name", [name for name in RANGES if name != "at_ms"])
def test_every_number_is_bounded_at_the_door(name):
    """Absurd numbers ended reports in tracebacks, or took all memory."""
    low, high = RANGES[name]
    for value, what in [(low - 1, "more"), (high + 1, "less"), (2**63, "less"), (10**400, "less")]:
        made = document()
        for each in made["attempts"] if name in BLOCK_FIELDS else made["attempts"][:1]:
            each[name] = value
        with pytest.raises(HistoryDocumentError, match=f"Attempt 1 of .*{name} is .* or {what}"):
            from_document(made)


@pytest.mark.parametrize("name", [*RANGES])
@pytest.mark.parametrize("end", [0, 1])
def test_reports_can_be_made_of_what_the_ranges_allow(name, end):
    made = to_document(made_up_history(6, seed=8))
    for number, each in enumerate(made["attempts"]):
        if name == "at_ms":
            each["changes"] = [{"at_ms": RANGES[name][end], "from": "A", "to": "B"}]
        elif name != "position" or number < 1:
            each[name] = RANGES[name][end] if name != "position" else RANGES[name].high - number
    blocks = from_document(made)
    pacing = pacing_report(blocks)
    json.dumps(report_json(pacing), allow_nan=False)
    assert paint(pacing_view(pacing), 80)
    assert paint(next_step_view(next_step_report(blocks)), 80)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"study_day": "9999-12-31"}, "study_day"),
        ({"study_day": "0001-01-01"}, "study_day"),
        ({"started_at": "9999-12-31T23:59:59Z"}, "started_at"),
        ({"started_at": "0001-01-01T00:00:00+14:00"}, "started_at"),
        ({"filters": ["x" * 201]}, "filters"),
        ({"bank": "x" * 201}, "bank has 201 characters; it may have 200 at most"),
        ({"subject": "x" * 20_001}, "subject has 20,001 characters"),
        ({"changes": [{"at_ms": 10**400, "from": "A", "to": "B"}]}, "changes holds"),
        ({"changes": [{"at_ms": 1, "from": "A", "to": "B"}] * 10_001}, "changes has 10,001 rows"),
    ],
)
def test_days_texts_and_lists_are_bounded_too(changes, message):
    made = document()
    for each in made["attempts"]:
        each.update(changes)
    with pytest.raises(HistoryDocumentError, match="Attempt 1 of") as caught:
        from_document(made)
    assert message in str(caught.value)


def test_the_table_of_ranges_is_the_one_that_is_asked():
    page = (Path(__file__).parents[2] / "docs" / "history-export.md").read_text(encoding="utf-8")
    said = {}
    for line in page.partition("## Ranges")[2].splitlines():
        if line.startswith("| `"):
            _, names, low, high, *_ = (cell.strip() for cell in line.split("|"))
            said |= {
                name: (int(low), int(high.replace(",", ""))) for name in names.replace("`", "").split(", ")
            }
    assert said == {name: tuple(bounds) for name, bounds in RANGES.items()}


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
