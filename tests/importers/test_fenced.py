"""Banks in a code block: what a language model answers, saved as it is."""

from __future__ import annotations

import pytest

from drill.importers import ReadResult, read_bank
from drill.importers.fenced import NOTE
from tests.importers.samples import bank

JSON = '[{"question": "Which?", "options": ["x", "y"], "answer": "B"}]'


def read(text: str, name: str) -> ReadResult:
    return read_bank(text.encode(), name=name)


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a.md"])
def test_json_in_a_block_is_read_and_its_places_are_those_of_the_file(name: str) -> None:
    result = read(f"Here they are, à vous:\n\n```json\n{JSON}\n```\nWould you like more?\n", name)
    assert result.bank is not None, result.diagnostics
    assert [(item.stem, item.answer) for item in result.bank.items] == [("Which?", "B")]
    assert result.places[result.bank.items[0].id].line == 4
    assert result.notes[0] == NOTE


def test_several_blocks_are_read_one_after_the_other() -> None:
    result = read(f"```json\n{JSON}\n```\nAnd:\n```\n{JSON.replace('Which', 'Where')}\n```\n", "a.md")
    assert result.bank is not None
    assert [item.stem for item in result.bank.items] == ["Which?", "Where?"]


@pytest.mark.parametrize("name", ["a.yaml", "a.md", "a.txt"])
def test_a_reply_with_drills_own_format_is_read_as_that(name: str) -> None:
    reply = f"Sure!\n\n```yaml\n{bank()}```\n"
    whole, fenced = read(bank(), "a.yaml"), read(reply, name)
    assert fenced.bank is not None, fenced.diagnostics
    assert fenced.bank == whole.bank
    broken = read(reply.replace("answer: A", "answer: F"), name)
    found = next(each for each in broken.diagnostics if each.severity == "error")
    assert (broken.bank, found.code, found.line) == (
        None,
        "answer",
        reply[: reply.index("answer")].count("\n") + 1,
    )


def test_a_reply_that_was_cut_off_keeps_what_came() -> None:
    result = read(
        '```json\n[{"question": "Which?", "options": ["x", "y"], "answer": "B"}, {"question": "Wh', "a.json"
    )
    assert result.bank is not None
    assert (len(result.bank.items), [each.code for each in result.skipped]) == (1, ["json"])


@pytest.mark.parametrize("block", ['{"a": [1, 2]}', "x: 1\nitems: 2", "[1, 2]", "print(1)"])
def test_code_within_a_question_is_part_of_it(block: str) -> None:
    text = f"1. What does it do?\n```yaml\n{block}\n```\nA. x\nB. y\nAnswer: B\n".replace("yaml", "")
    result = read(text, "a.md")
    assert result.bank is not None
    assert block in result.bank.items[0].stem
