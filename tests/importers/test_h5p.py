"""H5P packages."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from drill.core.items import Option
from drill.importers import ReadResult, read_bank


def h5p(content: object, library: str = "H5P.QuestionSet", name: str = "quiz.h5p") -> ReadResult:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("h5p.json", json.dumps({"title": "T", "mainLibrary": library}))
        text = content if isinstance(content, str) else json.dumps(content, indent=1)
        package.writestr("content/content.json", text)
    return read_bank(memory.getvalue(), name=name)


def part(library: str, params: dict[str, Any], own: str = "own-1") -> dict[str, Any]:
    return {"library": library, "params": params, "subContentId": own}


CHOICE = {
    "question": "<p>Which falls first?</p>\n",
    "answers": [
        {
            "correct": False,
            "text": "<div>Sodium</div>",
            "tipsAndFeedback": {"chosenFeedback": "<div>Later.</div>"},
        },
        {"correct": True, "text": "<div>Bicarbonate</div>"},
    ],
    "behaviour": {"type": "auto"},
}


def test_a_question_set_becomes_items() -> None:
    true_false = {
        "question": "<p>Ice floats.</p>",
        "correct": "true",
        "behaviour": {"feedbackOnCorrect": "It is lighter."},
    }
    result = h5p(
        {"questions": [part("H5P.MultiChoice 1.16", CHOICE), part("H5P.TrueFalse 1.8", true_false, "own-2")]}
    )
    assert result.bank is not None, result.diagnostics
    choice, floats = result.bank.items
    assert (choice.id, choice.stem, choice.answer) == ("own-1", "Which falls first?", "B")
    assert choice.options == (Option("Sodium", "Later."), Option("Bicarbonate"))
    assert ([o.text for o in floats.options], floats.answer) == (["True", "False"], "A")
    assert floats.explanation == "It is lighter."
    place = result.places["own-1"]
    assert (place.inside, place.line > 1) == ("content/content.json", True)


def test_the_first_answer_of_a_single_choice_set_is_the_key_and_does_not_lead() -> None:
    choices = [
        {
            "subContentId": "s1",
            "question": "<p>Which?</p>",
            "answers": ["<p>the longest one</p>", "<p>b</p>", "a"],
        }
    ]
    result = h5p({"choices": choices}, "H5P.SingleChoiceSet")
    assert result.bank is not None, result.diagnostics
    only = result.bank.items[0]
    assert ([o.text for o in only.options], only.answer, only.id) == (
        ["a", "b", "the longest one"],
        "C",
        "s1",
    )


@pytest.mark.parametrize(
    "content",
    [
        {
            "chapters": [
                {
                    "params": {"content": [{"content": part("H5P.MultiChoice 1.16", CHOICE)}]},
                    "library": "H5P.Column 1.1",
                }
            ]
        },
        {"presentation": {"slides": [{"elements": [{"action": part("H5P.MultiChoice 1.16", CHOICE)}]}]}},
        {
            "interactiveVideo": {
                "assets": {"interactions": [{"action": part("H5P.MultiChoice 1.14", CHOICE)}]}
            }
        },
    ],
    ids=["book", "presentation", "video"],
)
def test_questions_are_found_wherever_they_stand(content: object) -> None:
    result = h5p(content, "H5P.Other")
    assert result.bank is not None, result.diagnostics
    assert [each.answer for each in result.bank.items] == ["B"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"behaviour": {"type": "multi"}}, "several options may be right"),
        (
            {"answers": [{"correct": True, "text": "a"}, {"correct": True, "text": "b"}]},
            "several options may be right",
        ),
        ({"answers": [{"correct": False, "text": "a"}, {"text": "b"}]}, "no right option is given"),
    ],
)
def test_what_has_no_single_answer_is_left_out_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    result = h5p({**CHOICE, **changes}, "H5P.MultiChoice")
    assert [each.reason for each in result.skipped] == [reason]


def test_other_content_types_are_named() -> None:
    result = h5p(
        {
            "questions": [
                part("H5P.Blanks 1.14", {"text": "<p>Fill in.</p>"}),
                part("H5P.MultiChoice 1.16", CHOICE),
            ]
        }
    )
    assert result.bank is not None
    assert [(each.name, each.reason) for each in result.skipped] == [
        ("Fill in.", "a text with blanks has no options")
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        "null",
        "[" * 100_000,
        '{"questions": ' + "[" * 500 + "]" * 500 + "}",
        '{"answers": 3, "question": []}',
    ],
)
def test_broken_content_is_an_error(content: str) -> None:
    result = h5p(content, "H5P.MultiChoice")
    assert result.bank is None
    assert {each.code for each in result.diagnostics if each.severity == "error"} <= {"json", "no-items"}
    assert result.diagnostics


def test_a_package_without_content_is_no_h5p() -> None:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr("h5p.json", "{}")
    assert [each.code for each in read_bank(memory.getvalue(), name="a.h5p").diagnostics] == ["no-h5p"]


def test_a_package_called_zip_is_known_by_what_is_in_it() -> None:
    assert h5p(CHOICE, "H5P.MultiChoice", "quiz.zip").bank is not None
