"""Questions as people and language models write them: what is a question, an option, the key, an explanation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drill.core.items import Item
from drill.importers import ReadResult, read_bank


def read(text: str, name: str = "a.md") -> ReadResult:
    return read_bank(text.encode(), name=name)


def items_of(text: str, name: str = "a.md") -> tuple[Item, ...]:
    result = read(text, name)
    assert result.bank is not None, result.diagnostics
    return result.bank.items


def told(text: str, name: str = "a.md") -> list[tuple[str, list[str], str, str | None]]:
    return [(i.stem, [o.text for o in i.options], i.answer, i.explanation) for i in items_of(text, name)]


WHAT = ("What is it?", ["one", "two"], "B", None)


@pytest.mark.parametrize(
    "text",
    [
        "What is it?\nA. one\nB. two\nANSWER: B\n",
        "What is it?\n\nA. one\n\nB. two\n\nANSWER: B. two\n",
        "What is it?\na) one\nb) two\nAnswer: b\n",
        "What is it?\n(A) one\n(B) two\nCorrect answer: (B) two\n",
        "1. What is it?\nA. one\nB. two\nCorrect: B\n",
        "**1. What is it?**\n\n- **A.** one\n- **B.** two\n\n**Answer: B**\n",
        "### Question 1\n\nWhat is it?\n\n- [ ] one\n- [x] two\n",
        "### 1. What is it?\n\n- [ ] A) one\n- [x] B) two\n",
        "Q1: What is it?\nA) one\n*B) two\n",
        "1) What is it?\nA) one\nB) two*\n",
        "1) What is it?\nA) one\nB) two (correct)\n",
        "1. What is it?\nA. one\n**B. two**\n",
        "1. What is it? A) one B) two C) three\nAnswer: B\n".replace(" C) three", ""),
        "1. What is it?\nA. one\nB. two\n\nAnswer Key\n1. B\n",
        "1. What is it?\nA. one\nB. two\n\n## Answers:\n1-B\n",
        "What is it?\nA. one\nB. two\n\nKey:\n1: B\n",
    ],
)  # fmt: skip
def test_a_question_is_known_in_many_dresses(text: str) -> None:
    if "? A) one" in text:
        text = text.replace("B) two", "B) two C) three")
        assert told(text) == [("What is it?", ["one", "two", "three"], "B", None)]
        return
    assert told(text) == [WHAT]


@pytest.mark.parametrize(
    ("after", "explanation"),
    [
        ("ANSWER: B\nExplanation: It is two.\n", "It is two."),
        ("ANSWER: B\nRATIONALE: It is\ntwo.\n", "It is\ntwo."),
        ("ANSWER: B\nIt is two, as said.\n", "It is two, as said."),
        ("Explanation: It is two.\nANSWER: B\n", "It is two."),
        ("Answer: B\n\n**Explanation:** It is two.\n", "It is two."),
        ("Answer: B - two. It is even.\n", "It is even."),
        ("Answer: (B) Because it is even.\n", "Because it is even."),
        ("答案：B\n解析：It is even.\n", "It is even."),
        ("Respuesta correcta: B\nExplicación: It is even.\n", "It is even."),
        ("Richtige Antwort: B\nBegründung: It is even.\n", "It is even."),
        ("Réponse : B\nExplication : It is even.\n", "It is even."),
    ],
)
def test_what_stands_around_the_answer_is_the_explanation_of_that_question(
    after: str, explanation: str
) -> None:
    text = f"What is it?\nA. one\nB. two\n{after}\nWhy so?\nA. x\nB. y\nANSWER: A\n"
    assert told(text) == [(*WHAT[:3], explanation), ("Why so?", ["x", "y"], "A", None)]


def test_several_questions_several_ways_on_a_page() -> None:
    text = (
        "# Quiz\n\nRead this first.\n\n## Heart\n\n1. A man is ill.\nConsider:\n1. this\n2. that\nWhich is right?\nA. 1\nB. 2\nAnswer: A\n"
        "Explanation: two reasons\n1. cheap\n2. fast\n\n2. Next?\nA. x\nB. y\nDifficulty: Easy\nTags: a, b\nAnswer: B\n"
    )
    first, second = items_of(text)
    assert first.stem == "A man is ill.\nConsider:\n1. this\n2. that\nWhich is right?"
    assert first.explanation == "two reasons\n1. cheap\n2. fast"
    assert (first.topic, second.topic) == ("Heart", "Heart")
    assert ([o.text for o in second.options], second.answer, second.difficulty, second.tags) == (
        ["x", "y"],
        "B",
        "easy",
        ("a", "b"),
    )
    assert read(text).notes == ("1 line before the first numbered question are not used.",)


def test_a_key_at_the_end_of_each_chapter_belongs_to_it() -> None:
    chapter = "1. {0} one?\nA. x\nB. y\n2. {0} two?\nA. x\nB. y\n\nAnswers\n1. {1}, 2. {2}\n\n"
    text = chapter.format("First", "A", "B") + "# Second\n" + chapter.format("Second", "B", "A")
    assert [(stem, answer) for stem, _, answer, _ in told(text)] == [
        ("First one?", "A"), ("First two?", "B"), ("Second one?", "B"), ("Second two?", "A"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("What?\nA. x\nB. y\nANSWER: B. x\n", "answer", 4),
        ("What?\nA. x\nB. y\nANSWER: A, B\n", "several-answers", 4),
        ("What?\nA. x*\nB. y*\nC. z\n", "several-answers", 1),
        ("What?\nA. x\nB. y\n", "answer", 1),
        ("What?\nA. x\nC. z\nANSWER: A\n", "letter-gap", 3),
    ],
)
def test_what_does_not_fit_is_named_at_its_line(text: str, code: str, line: int) -> None:
    result = read(f"{text}\nWhy?\nA. p\nB. q\nANSWER: B\n", "a.txt")
    assert result.bank is not None
    assert [item.stem for item in result.bank.items] == ["Why?"]
    assert [(each.code, each.line) for each in result.skipped] == [(code, line)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("What is {x}?\nA. a{b}\nB. b\nAnswer: A\n", "aiken"),
        ("// ANSWER: A is not it\n::T:: What ANSWER: B? {=a ~b}\n", "gift"),
        ("What?\nA. x\nB. y\nanswer: a\n", "aiken"),
        ("True so. {T}\n", "gift"),
        ("The set {1, 2}?\nA. x\nB. y\nANSWER: A\n", "aiken"),
    ],
)
def test_gift_and_aiken_are_told_apart_by_their_answers(text: str, kind: str) -> None:
    whole, named = read(text, "a.txt"), read_bank(text.encode(), name="a.txt", format=kind)
    assert whole.bank is not None
    assert whole.bank == named.bank


@given(
    st.lists(
        st.tuples(
            st.integers(2, 6), st.integers(0, 5), st.sampled_from(["", "Because.", "Because.\nAnd so."])
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(["{}. ", "{}) ", "Q{}. ", "### Question {}\n", ""]),
    st.sampled_from(["{}. ", "{}) ", "({}) ", "- {}. "]),
    st.booleans(),
)
def test_a_written_quiz_comes_in_whole(
    questions: list[tuple[int, int, str]], number: str, option: str, blank: bool
) -> None:
    rows: list[str] = []
    expected = []
    for at, (count, key, why) in enumerate(questions, 1):
        stem, options = f"What about case {at}?", [f"choice {at} {letter}" for letter in "abcdef"[:count]]
        answer = "ABCDEF"[key % count]
        rows += [
            number.format(at) + stem,
            *(option.format("ABCDEF"[place]) + text for place, text in enumerate(options)),
        ]
        rows += [""] * blank + [f"Answer: {answer}"] + ([f"Explanation: {why}"] if why else []) + [""]
        expected.append((stem, options, answer, why or None))
    assert told("\n".join(rows)) == expected
