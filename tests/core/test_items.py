"""Items: their invariants, their length in words, and the fingerprint that makes a revision."""

from __future__ import annotations

import hashlib
import json
from dataclasses import FrozenInstanceError, asdict, fields, replace

import pytest
from hypothesis import given

from drill.core.items import LETTERS, Action, Difficulty, Item, Observed, Option, When
from tests import strategies
from tests.factories import make_figure, make_item, make_options

SHOWN = {
    "stem": "Another stem. What is it?",
    "lead_in": "Which of the following is the diagnosis?",
    "options": make_options(B=Option("Another text")),
    "answer": "B",
    "explanation": "Because.",
    "objective": "Know it.",
    "figures": (make_figure(),),
}
"""A changed value for each field a learner is shown or marked by."""

LABELS = {
    "id": "other", "next_best_step": True, "task": "Diagnosis", "subject": "Surgery", "system": "Renal",
    "topic": "Stones", "difficulty": Difficulty.HARD, "tags": ("x",), "references": ("A book",), "set": "s", "group": "g", "formerly": ("old",),
    "observed": Observed(40, 20, 0.25, (20, 10, 6, 4)),
}  # fmt: skip
"""A changed value for each field that only labels an item."""


@pytest.mark.parametrize("count", [0, 1, 27])
def test_an_item_has_two_to_twenty_six_options(count: int) -> None:
    with pytest.raises(ValueError, match="2 to 26 options"):
        make_item(options=tuple(Option(f"text {n}") for n in range(count)))


@pytest.mark.parametrize("count", [2, 26])
def test_an_item_may_have_as_few_as_two_and_as_many_as_twenty_six_options(count: int) -> None:
    item = make_item(options=make_options(count), answer=LETTERS[count - 1])
    assert item.letters == LETTERS[:count]
    assert item.key.text == f"Option text {LETTERS[count - 1]}"


@pytest.mark.parametrize("answer", ["E", "a", "", "AB", "1"])
def test_the_answer_is_one_capital_letter_of_the_options(answer: str) -> None:
    with pytest.raises(ValueError, match="answer"):
        make_item(answer=answer)


def test_an_option_is_found_by_its_letter() -> None:
    item = make_item(answer="C")
    assert [item.option(letter).text[-1] for letter in item.letters] == ["A", "B", "C", "D"]
    assert item.key is item.options[2]


def test_an_item_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        make_item().stem = "other"  # type: ignore[misc]


def test_words_count_stem_lead_in_and_options_each_once() -> None:
    item = Item(
        "q", "One two\nthree\tfour.", (Option("five six"), Option("seven")), "A", lead_in="Eight  nine?",
        explanation="not these words", objective="nor these",
    )  # fmt: skip
    assert item.words == 9


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_learner_is_shown_makes_another_hash(name: str) -> None:
    assert replace(make_item(), **{name: SHOWN[name]}).item_hash != make_item().item_hash


@pytest.mark.parametrize(
    "option",
    [Option("Option text B", why="w"), Option("Option text B", action=Action.TEST),
     Option("Option text B", when=When.LATER)],
)  # fmt: skip
def test_every_part_of_an_option_makes_another_hash(option: Option) -> None:
    assert make_item(options=make_options(B=option)).item_hash != make_item().item_hash


@pytest.mark.parametrize("name", LABELS)
def test_labels_leave_the_hash_alone(name: str) -> None:
    assert replace(make_item(), **{name: LABELS[name]}).item_hash == make_item().item_hash


def test_every_field_is_either_shown_or_a_label() -> None:
    assert {field.name for field in fields(Item)} == {*SHOWN, *LABELS}


def test_a_lead_in_moved_into_the_stem_is_another_revision() -> None:
    apart = make_item(stem="A man coughs.", lead_in="What is it?")
    together = make_item(stem="A man coughs. What is it?")
    assert apart.item_hash != together.item_hash
    assert apart.words == together.words


def test_the_hash_is_that_of_canonical_json_and_stays_so() -> None:
    """Computed by hand with `printf … | sha256sum`: a database of an older drill must compare equal."""
    item = Item("q", "Is it é?", (Option("No"), Option("Yes", action=Action.TEST, when=When.NEVER)), "B")
    assert item.item_hash == "f7191ff2c3e71f2f11c380b48b6c91f309184f836c42c9e1f06ef2ca66bd889e"


@given(strategies.items())
def test_equal_items_have_equal_hashes(item: Item) -> None:
    assert replace(item).item_hash == item.item_hash
    texts = (item.stem, item.lead_in or "", *(option.text for option in item.options))
    assert item.words == sum(len(text.split()) for text in texts)


def test_the_hash_is_that_of_canonical_json_whatever_the_signs() -> None:
    shown = ("answer", "explanation", "lead_in", "objective", "options", "stem")
    for sign in (*map(chr, range(0x180)), "\u2028", "\ufeff", "😀"):
        item = make_item(
            stem=f"{sign}é", explanation=sign, options=make_options(B=Option(sign, why=f"a {sign}"))
        )
        data = {name: value for name, value in asdict(item).items() if name in shown}
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert item.item_hash == hashlib.sha256(text.encode()).hexdigest(), sign
