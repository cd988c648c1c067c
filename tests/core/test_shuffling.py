"""May options be put in another order? Never where a text names a letter or another option."""

from __future__ import annotations

import sys

import pytest

from drill.core.items import Option
from drill.core.shuffling import may_shuffle
from tests.factories import make_item, make_options


def options_of(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text) for text in texts)


@pytest.mark.parametrize(
    "text",
    [
        "Option C would be too early.", "Choices B and D are wrong.", "The answer is C.", "Answer: B", "answer (D)",
        "The correct answer is (B), since he is stable.", "Key: D", "B is incorrect because he bleeds.",
        "A is wrong here.", "C would be the better choice later.", "D is not the best step.", "A, B and C are tests.",
        "Both A and B delay care.", "Unlike (C), it is quick.", "A. Too late for this.\nB. Too early.", "B: never",
        "All of the above are tests.", "None of the others help.", "The first option delays care.",
        "The other choices come later.", "distractor E",
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["explanation", "objective", "stem", "lead_in", "why", "option"])
def test_options_stay_in_order_where_any_text_names_one(text: str, where: str) -> None:
    if where == "why":
        item = make_item(options=make_options(C=Option("Option text", why=text)))
    elif where == "option":
        item = make_item(options=make_options(D=Option(text)))
    else:
        item = make_item(**{where: text})
    assert not may_shuffle(item)


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "None of the above",
        "Both of the above",
        "None of these",
        "None of\nthese",
        "A and C",
        "B or D",
    ],
)
def test_an_option_about_other_options_keeps_the_order(text: str) -> None:
    assert not may_shuffle(make_item(options=make_options(D=Option(text))))


@pytest.mark.parametrize(
    "text",
    [
        "A 40-year-old woman has a cough.", "I feel dizzy, he says.", "Give vitamin K and wait.",
        "Hepatitis C is cleared.", "A C-reactive protein above 10 mg/dL.", "His temperature is 39 °C.",
        "Aspirin is the best first drug.", "The response is rapid.", "All of the tests were normal.",
        "The other drugs come later.", "A choice must be made.", "Her answers are short.", "T-cell response",
        "Serum IgA is wrong here.", "Anti-D is wrong here.", "Both of these help.", "Small of the above.",
        "Another option is left.", "Oneother option is left.",
    ],
)  # fmt: skip
def test_ordinary_prose_lets_options_move(text: str) -> None:
    assert may_shuffle(make_item(explanation=text))


@pytest.mark.parametrize(
    "texts",
    [
        ("1 day", "2 days", "10 days"), ("10 mg", "5 mg", "2 mg"), ("< 5%", "5%", "> 10%"), ("1,000", "2,000", "10,000"),
        ("-10", "-5", "0", "5"), ("−2 SD", "0 SD", "2 SD"), (".25 mg", "0.5 mg", "1 mg"), ("$5", "$10"),
        ("10-20%", "21-30%"),
    ],
)  # fmt: skip
def test_numbers_in_order_stay_in_order(texts: tuple[str, ...]) -> None:
    assert not may_shuffle(make_item(options=options_of(*texts)))


@pytest.mark.parametrize(
    "texts", [("2 days", "1 day", "10 days"), ("Aspirin", "2 units of blood"), ("5 mg", "Five mg")]
)
def test_numbers_out_of_order_and_mixed_options_may_move(texts: tuple[str, ...]) -> None:
    assert may_shuffle(make_item(options=options_of(*texts)))


def test_a_letter_at_the_edge_of_what_is_looked_at_is_seen() -> None:
    for before in range(60):
        text = "x " * before + "so the answer is C" + " y" * before
        assert not may_shuffle(make_item(explanation=text)), before


def test_a_letter_that_grows_in_small_letters_is_part_of_its_word() -> None:
    growing = [
        sign for sign in map(chr, range(sys.maxunicode)) if max(len(sign.casefold()), len(sign.lower())) > 1
    ]
    assert "İ" in growing
    for sign in growing:
        assert may_shuffle(make_item(explanation=f"{sign}all of the above, the {sign}first choice.")), sign
        assert not may_shuffle(make_item(explanation=f"{sign * 9} all of the above.")), sign
        assert not may_shuffle(make_item(explanation=f"{sign * 40} The answer is C.")), sign
