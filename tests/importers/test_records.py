"""Questions as objects under any name: which field is what, how answers are told, and what is never guessed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.items import Bank
from drill.importers import ReadResult, read_bank


def read(value: Any, name: str = "a.json", **how: Any) -> ReadResult:
    text = value if isinstance(value, str) else json.dumps(value)
    return read_bank(text.encode(), name=name, **how)


def bank_of(value: Any, name: str = "a.json", **how: Any) -> Bank:
    result = read(value, name, **how)
    assert result.bank is not None, result.diagnostics
    return result.bank


def keys(value: Any, **how: Any) -> list[str]:
    return [item.key.text for item in bank_of(value, **how).items]


OPTIONS = ["Furosemide", "Calcium", "Saline", "Wait"]
RIGHT = "Calcium"
LETTERS = dict(zip("ABCD", OPTIONS, strict=True))
STEM = "A man has peaked T waves. What is next?"


@pytest.mark.parametrize(
    "record",
    [
        {"question": STEM, "options": LETTERS, "answer_idx": "B", "answer": "Calcium"},
        {"questionStem": STEM, "choices": OPTIONS, "correctAnswer": "B"},
        {"stem": STEM, "choices": OPTIONS, "answer": "b) Calcium"},
        {"question_text": STEM, "answers": OPTIONS, "correct_option": "(B)"},
        {
            "question": STEM,
            "opa": "Furosemide",
            "opb": "Calcium",
            "opc": "Saline",
            "opd": "Wait",
            "answer": "B",
        },
        {
            "Question": STEM,
            "Option A": "Furosemide",
            "Option B": "Calcium",
            "Option C": "Saline",
            "Answer": "Calcium.",
        },
        {
            "question": STEM,
            "option1": "Furosemide",
            "option2": "Calcium",
            "option3": "Saline",
            "correct": "option2",
        },
        {
            "question": {"stem": STEM, "choices": [{"text": t, "label": at} for at, t in LETTERS.items()]},
            "answerKey": "B",
        },
        {"question": STEM, "choices": {"text": OPTIONS, "label": list("ABCD")}, "answerKey": "B"},
        {"qtext": STEM, "answers": [{"aid": at, "atext": t} for at, t in enumerate(OPTIONS, 1)], "ra": "2"},
        {"prompt": STEM, "options": [{"text": t, "isCorrect": t == RIGHT} for t in OPTIONS]},
        {
            "text": STEM,
            "answers": [{"value": t, "correct": "true" if t == RIGHT else "false"} for t in OPTIONS],
        },
        {"question": STEM, "options": [{at: t} for at, t in LETTERS.items()], "answer": ["B"]},
        {"question": STEM, "options": [f"{at}. {t}" for at, t in LETTERS.items()], "answer": "Calcium"},
        {"question": f"{STEM}\nA. Furosemide\nB. Calcium\nC. Saline", "answer": "B"},
        {
            "question": f"{STEM}\nAnswer Choices: (A) Furosemide (B) Calcium (C) Saline (D) Wait",
            "options": LETTERS,
            "label": "B",
        },
        {
            "question": STEM,
            "answer_options": json.dumps(dict(zip(["option1", "option2"], OPTIONS, strict=False))),
            "correct_answer": "option2",
        },
        {"question": STEM, "choices": str(OPTIONS), "answer": "B"},
        {
            "question": STEM,
            "correct_answer": "Calcium",
            "incorrect_answers": ["Furosemide", "Saline", "Wait"],
        },
        {"question": STEM, "correct_answer": "Calcium", "distractor1": "Furosemide", "distractor2": "Saline"},
        {"question": STEM, "options": OPTIONS, "answer": "Calcium", "answer_index": 1},
        {
            "vignette": "A man has peaked T waves.",
            "question": "What is next?",
            "options": OPTIONS,
            "gold": "B",
        },
    ],
)
def test_a_question_is_known_under_many_names(record: dict[str, Any]) -> None:
    (item,) = bank_of([record]).items
    assert item.key.text == RIGHT
    assert " ".join((item.stem, item.lead_in or "")).strip() == STEM
    assert len({option.text for option in item.options}) == len(item.options) >= 2
    assert all(option.text in OPTIONS for option in item.options)


def test_explanation_topic_tags_and_ids_come_along_and_the_import_says_so() -> None:
    record = {
        "qid": "q7", "question": STEM, "options": OPTIONS, "answer": "B", "rationale": "It <b>protects</b> the heart.",
        "subject_name": "Medicine", "topic_name": "Electrolytes", "difficulty": "Easy", "meta_info": "step2", "year": 2020,
    }  # fmt: skip
    result = read([record])
    assert result.bank is not None
    item = result.bank.items[0]
    assert (item.id, item.explanation, item.subject, item.topic) == (
        "q7",
        "It protects the heart.",
        "Medicine",
        "Electrolytes",
    )
    assert (item.difficulty, item.tags) == ("easy", ("step2",))
    (note,) = result.notes
    for words in ("stem from question", "explanation from rationale", "Not used: year"):
        assert words in note


def numbered(*answers: Any, options: int = 4) -> list[dict[str, Any]]:
    return [
        {
            "question": f"What is number {at}?",
            "options": [f"{at} {letter}" for letter in "ABCDEF"[:options]],
            "cop": answer,
        }
        for at, answer in enumerate(answers)
    ]


def places(value: Any, **how: Any) -> list[str]:
    return [item.answer for item in bank_of(value, **how).items]


def test_numbers_count_from_what_all_of_the_file_shows() -> None:
    assert places(numbered(0, 1, 3)) == ["A", "B", "D"]
    assert places(numbered(1, 2, 4)) == ["A", "B", "D"]
    assert places(numbered("1", "2", "4")) == ["A", "B", "D"]


def test_a_number_beside_the_text_of_its_option_shows_how_numbers_count() -> None:
    records = [{**each, "answer": each["options"][1], "answer_index": 1} for each in numbered(None, None)]
    assert places([*records, {**numbered(None)[0], "question": "Why?", "answer_index": 2}]) == ["B", "B", "C"]


def test_what_nothing_shows_is_asked_and_never_guessed() -> None:
    result = read(numbered(1, 2, 3))
    assert result.bank is None
    assert {each.code for each in result.skipped} == {"answer-count"}
    assert any("--answers-from" in each.hint for each in result.diagnostics)
    assert places(numbered(1, 2, 3), answers_from=1) == ["A", "B", "C"]
    assert places(numbered(1, 2, 3), answers_from=0) == ["B", "C", "D"]


def test_both_ways_of_counting_in_one_file_are_asked_as_well() -> None:
    result = read(numbered(0, 4))
    assert {each.code for each in result.skipped} == {"answer-count"}


@given(st.lists(st.integers(0, 3), min_size=1, max_size=8), st.booleans())
def test_a_count_is_taken_only_where_no_other_fits(at: list[int], from_one: bool) -> None:
    result = read(numbered(*(place + from_one for place in at)))
    if result.bank is not None:
        assert [item.answer for item in result.bank.items] == ["ABCD"[place] for place in at]
    else:
        assert (0 if not from_one else 3) not in at


def test_a_letter_that_is_the_text_of_another_option_goes_by_what_the_file_does() -> None:
    blood = {"question": "Which group is this?", "options": ["B", "A", "O", "AB"], "answer": "A"}
    lettered = {"question": "Which is it?", "options": ["x", "y"], "answer": "B"}
    texts = {"question": "Which else is it?", "options": ["x", "y"], "answer": "y"}
    assert keys([blood, lettered]) == ["B", "y"]
    assert keys([blood, texts]) == ["A", "y"]
    assert [each.code for each in read([blood, lettered, texts]).skipped] == ["answer"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [("A, C", "several-answers"), (["A", "B"], "several-answers"), ("E", "answer"), ("C) Calcium", "answer"), ("Water", "answer"),
     ("", "missing-field"), (None, "missing-field"), ([], "missing-field")],
)  # fmt: skip
def test_an_answer_that_names_no_single_option_is_left_out_and_named(answer: Any, code: str) -> None:
    good = {"question": "What?", "options": OPTIONS, "answer": "A"}
    result = read([{"question": STEM, "options": OPTIONS, "answer": answer}, good])
    assert [each.code for each in result.skipped] == [code]
    assert result.bank is not None


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda questions: questions,
        lambda questions: {"questions": questions},
        lambda questions: {"title": "T", "data": {"sets": [{"name": "one", "questions": questions}]}},
        lambda questions: {"exams": {"2013": {"name": "n", "data": questions}}},
        lambda questions: {f"q{at}": each for at, each in enumerate(questions)},
        lambda questions: [[questions[0]], [questions[1]]],
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_questions_are_found_inside_other_objects_at_their_place(wrapped: Any, indent: int | None) -> None:
    questions = [{"question": f"What {at}?", "options": OPTIONS, "answer": "B"} for at in range(2)]
    text = json.dumps(wrapped(questions), indent=indent)
    result = read(text)
    assert result.bank is not None
    assert [item.stem for item in result.bank.items] == ["What 0?", "What 1?"]
    for item in result.bank.items:
        place = result.places[item.id]
        rest = text.split("\n")[place.line - 1][place.column - 1 :]
        assert rest.startswith("{")
        assert indent is not None or item.stem in rest[:60]


def test_one_broken_object_does_not_take_the_others_with_it() -> None:
    rows = ['  {"question": "One?", "options": ["x", "y"], "answer": "A"},', '  {"question": "Two?" "options": 1},',
            '  {"question": "Three?", "options": ["x", "y"], "answer": "B"}']  # fmt: skip
    result = read("[\n" + "\n".join(rows) + "\n]")
    assert result.bank is not None
    assert [item.stem for item in result.bank.items] == ["One?", "Three?"]
    assert [(each.code, each.line) for each in result.skipped] == [("json", 3)]


def test_a_broken_object_with_a_key_given_twice_is_named() -> None:
    result = read(
        '[{"question": "One?", "options": ["x", "y"], "answer": "A"},\n{"a": {"n": 1, "n": 2}, "b" 3}]'
    )
    assert result.bank is not None
    assert [(each.code, each.line) for each in result.skipped] == [("duplicate-key", 2)]


def test_a_field_without_a_name_is_no_question() -> None:
    assert (
        len(
            bank_of(
                [{"": {"n": 1}, "a": 2}, {"question": "One?", "options": ["x", "y"], "answer": "A"}]
            ).items
        )
        == 1
    )


def test_a_file_that_was_cut_off_keeps_what_is_whole() -> None:
    text = json.dumps(
        {"questions": [{"question": f"What {at}?", "options": OPTIONS, "answer": "B"} for at in range(3)]},
        indent=1,
    )
    result = read(text[: text.index("What 2") + 3])
    assert result.bank is not None
    assert [item.stem for item in result.bank.items] == ["What 0?", "What 1?"]
    assert [each.code for each in result.skipped] == ["json"]


def test_strict_refuses_the_file_for_one_question() -> None:
    questions = [
        {"question": "What?", "options": OPTIONS, "answer": "B"},
        {"question": "Why?", "answer": "So"},
    ]
    result = read(questions, strict=True)
    assert result.bank is None
    assert [each.code for each in result.diagnostics if each.severity == "error"] == ["no-options"]


def test_numbers_are_kept_as_they_are_written() -> None:
    text = '[{"question": "Which?", "options": [1.10, 1.1, 12], "answer": "A"}]'
    assert [option.text for option in bank_of(text).items[0].options] == ["1.10", "1.1", "12"]


def test_an_escaped_pair_of_surrogates_is_one_character() -> None:
    text = '[{"question": "What is \\ud83d\\ude00?", "options": ["x", "y"], "answer": "A"}]'
    assert bank_of(text).items[0].stem == "What is \U0001f600?"
    own = '{"drill": 1, "bank": {"id": "b", "title": "B"}, "items": [{"id": "q", "stem": "What is \\ud83d\\ude00?", "options": ["x", "y"], "answer": "A"}]}'
    assert bank_of(own).items[0].stem == "What is \U0001f600?"


YAML = """
title: Hearts
questions:
  - question: "What is 1:30?"
    choices: [No, 012, 1.10]
    answer: B
    explanation: So.
  - question: Why?
    choices: {A: x, B: y}
    answer: Z
"""


def test_other_yaml_is_read_by_any_name_and_every_value_is_text() -> None:
    result = read(YAML, "a.yaml")
    assert result.bank is not None, result.diagnostics
    (item,) = result.bank.items
    assert ([option.text for option in item.options], item.answer, item.explanation) == (
        ["No", "012", "1.10"],
        "B",
        "So.",
    )
    assert [(each.code, each.line) for each in result.skipped] == [("answer", 8)]
    assert result.places[item.id].line == 4


@pytest.mark.parametrize("head", ["drill: 1\n", "bank: {id: b, title: B}\nitems: []\n", "drill: 2\n"])
def test_drills_own_format_is_taken_whole_or_not_at_all(head: str) -> None:
    assert read(head + YAML.strip(), "a.yaml").bank is None


def test_yaml_without_questions_is_told_what_drill_expects() -> None:
    assert "missing-field" in {each.code for each in read("a: b\n", "a.yaml").diagnostics}


def test_misread_characters_are_put_right_and_named() -> None:
    text = '[{"question": "It\u00e2\u0080\u0099s what?", "options": ["x", "y"], "answer": "A"}]'
    result = read(text)
    assert result.bank is not None
    assert result.bank.items[0].stem == "It’s what?"
    assert any("misread" in note for note in result.notes)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
    st.sampled_from(["question", "options", "answer", "text", "choices", "id", "A", "B", "correct", "explanation"]), inner, max_size=5), max_leaves=20))  # fmt: skip
def test_no_json_makes_the_reader_raise(value: Any) -> None:
    result = read(value)
    assert result.bank is not None or any(each.severity == "error" for each in result.diagnostics)


def test_a_list_may_say_of_each_option_whether_it_is_right() -> None:
    record = '[{"question": "Which?", "options": ["x", "y", "z"], "correct": [%s]}]'
    one, two = record % "false, true, false", record % "true, true, false"
    bank = read_bank(one.encode(), name="a.json").bank
    assert bank is not None
    assert bank.items[0].answer == "B"
    assert [each.code for each in read_bank(two.encode(), name="a.json").skipped] == ["several-answers"]
