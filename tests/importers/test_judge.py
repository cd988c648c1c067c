"""Whatever format a question comes in, what is wrong with it is said in the same words."""

from __future__ import annotations

import json

import pytest

from drill.importers import read_bank


def said(name: str, text: str) -> set[str]:
    result = read_bank(text.encode(), name=name)
    reasons = {each.reason for each in result.skipped}
    return reasons | {each.message.rstrip(".") for each in result.diagnostics if each.severity == "error"}


def in_every_format(options: list[str]) -> dict[str, set[str]]:
    """The same question with these options, the first of them right, in each format that can say it."""
    lettered = list(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", options, strict=False))
    record = {"question": "What is it?", "options": options, "answer_idx": "A"}
    rows = "".join(f"{letter}. {text}\n" for letter, text in lettered)
    answers = "".join(
        f'<answer fraction="{0 if at else 100}"><text>{text}</text></answer>'
        for at, text in enumerate(options)
    )
    yaml = "drill: 1\nbank: {id: b, title: B}\nitems:\n- id: q\n  stem: What is it?\n  answer: A\n"
    return {
        "yaml": said("a.yaml", f"{yaml}  options: {json.dumps(options)}\n"),
        "json": said("a.jsonl", json.dumps(record)),
        "csv": said(
            "a.csv",
            f"stem,{','.join(letter for letter, _ in lettered)},answer\nWhat is it?,{','.join(options)},A\n",
        ),
        "gift": said(
            "a.gift", f"What is it? {{={options[0]}{''.join(f' ~{text}' for text in options[1:])}}}"
        ),
        "aiken": said("a.aiken", f"What is it?\n{rows}ANSWER: A\n"),
        "moodle": said(
            "a.xml",
            f'<quiz><question type="multichoice"><name><text>q</text></name><questiontext><text>What is it?'
            f"</text></questiontext>{answers}</question></quiz>",
        ),
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["one", "two", "ONE"], "Options A and C have the same text"),
        (["x" * 20_001, "y"], "option A has 20,001 characters; the limit is 20,000"),
    ],
)
def test_a_fault_of_the_options_has_one_wording(options: list[str], message: str) -> None:
    for name, messages in in_every_format(options).items():
        assert message in messages, name


@pytest.mark.parametrize("format_name", ["yaml", "json", "moodle"])
def test_a_single_option_has_one_wording(format_name: str) -> None:
    found = in_every_format(["alone"])[format_name]
    assert "A question has 2 to 26 options; this has 1" in found
