"""Warnings: the import goes on, and the author learns of it."""

from __future__ import annotations

import pytest

from tests.importers.samples import bank, codes, item, read


def one(**changes: str | None) -> list[str]:
    """Warnings of a bank with one item."""
    return codes(bank(item(**changes)))


def test_a_sound_item_gives_no_warning() -> None:
    assert one() == []


def test_no_explanation() -> None:
    assert one(explanation=None) == ["no-explanation"]
    assert one(explanation='""') == ["no-explanation"]


@pytest.mark.parametrize(
    "explanation",
    [
        "The correct answer is B.",
        "The right answer is option B because it is.",
        "Option B is correct.",
        "Choice (B) is the best answer, and A is not.",
        '"Answer: B"',
        "|\n      Long story.\n      Correct answer: B) That",
    ],
)
def test_an_explanation_that_calls_another_letter_correct(explanation: str) -> None:
    assert one(explanation=explanation) == ["other-letter"]
    assert one(explanation=explanation, answer="B") == []


@pytest.mark.parametrize(
    "explanation",
    [
        "Option B is incorrect.",
        "B is not correct.",
        "The correct answer is B-type natriuretic peptide.",
        "A correct answer is a good answer.",
        "The best option is a beta blocker.",
        "Vitamin B is correct to give, the answer is A.",
        "The correct answer is C.",
    ],
)
def test_an_explanation_that_says_nothing_of_the_kind(explanation: str) -> None:
    assert one(explanation=explanation) == []


@pytest.mark.parametrize(
    "stem",
    [
        "A photograph of the rash is shown. What is it?",
        "An ECG is obtained (see figure). What is it?",
        "His chest x-ray is shown below. What is it?",
        "The findings are as shown in the image. What is it?",
    ],
)
def test_a_figure_that_is_absent(stem: str) -> None:
    assert one(stem=stem) == ["absent-figure"]


@pytest.mark.parametrize(
    "stem",
    [
        '"Laboratory studies are shown below:\\nNa 140\\nWhat is it?"',
        '"Results are shown.\\nNa 140 mEq/L\\nK 4 mEq/L\\nWhat is it?"',
        "An ECG shows ST elevation. What is it?",
        "He figures that the picture is bleak. What is it?",
        "A chest x-ray shows an infiltrate above the diaphragm. What is it?",
    ],
)
def test_a_table_or_a_described_picture_is_no_absent_figure(stem: str) -> None:
    assert one(stem=stem) == []


def test_no_lead_in() -> None:
    assert one(stem="A man is ill. He coughs.") == ["no-lead-in"]
    assert one(stem="A man is ill. He coughs.", lead_in="What is it?") == []
    assert one(stem="A man is ill. The most likely diagnosis is") == []


def test_the_same_text_under_two_ids() -> None:
    assert codes(bank(item() + item(id="two"))) == ["same-text"]
    found = read(bank(item() + item(id="two"))).diagnostics[0]
    assert '"one" in line 6' in found.message


def test_questions_that_share_no_more_than_a_stem_are_others() -> None:
    leads = ("Which is it?", "Why is it?", "Where is it?", "Why is it?", "Which is it?")
    text = bank("".join(item(id=f"q{n}", stem="One story.", lead_in=lead) for n, lead in enumerate(leads)))
    found = [each.message for each in read(text).diagnostics if each.code == "same-text"]
    assert [(message[5:9], "q1" in message, "q0" in message) for message in found] == [
        ('"q3"', True, False), ('"q4"', False, True),
    ]  # fmt: skip


def test_every_answer_the_same_letter() -> None:
    def many(answers: str) -> str:
        return bank(
            "".join(item(id=str(n), stem=f"What {n}?", answer=letter) for n, letter in enumerate(answers))
        )

    assert codes(many("BBBB")) == ["same-answer"]
    assert codes(many("BBBA")) == []
    assert codes(many("BBB")) == []


def test_a_warning_of_many_items_is_one_warning_with_their_number() -> None:
    text = bank(
        "".join(item(id=str(n), stem=f"What {n}?", answer="AB"[n % 2], explanation=None) for n in range(30))
    )
    found = read(text).diagnostics
    assert [each.code for each in found] == ["no-explanation"]
    assert "30 of 30 items" in found[0].message
