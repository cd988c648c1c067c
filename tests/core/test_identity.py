"""The same question is known by its words, whatever bank it is in."""

from __future__ import annotations

import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from drill.core.identity import identity_of, normal

OPTIONS = ("Calcium gluconate", "Furosemide", "Observation")
STEM = "A man has peaked T waves. What is the next step?"


def same(
    stem: str = STEM, lead_in: str | None = None, options: tuple[str, ...] = OPTIONS, key: str = OPTIONS[0]
) -> str:
    return identity_of(stem, lead_in, options, key)


def test_capitals_spaces_quotation_marks_and_a_number_make_no_difference() -> None:
    assert same("3. a MAN  has peaked\nT waves. What is the next step?") == same()
    assert same("A man’s “pain” – what?") == same('A man\'s "pain" - what?')


def test_the_order_of_the_options_makes_no_difference() -> None:
    assert same(options=OPTIONS[::-1]) == same()


def test_a_lead_in_of_its_own_makes_no_difference() -> None:
    assert same("A man has peaked T waves.", "What is the next step?") == same()


def test_another_key_is_the_same_question_answered_otherwise() -> None:
    question, _, answer = same().partition(":")
    other_question, _, other_answer = same(key=OPTIONS[1]).partition(":")
    assert question == other_question
    assert answer != other_answer


def test_another_option_or_another_word_is_another_question() -> None:
    fingerprints = {same(), same(options=(*OPTIONS, "Wait")), same(STEM.replace("man", "boy"))}
    assert len({each.partition(":")[0] for each in fingerprints}) == 3


@given(st.text(), st.lists(st.text(), min_size=1))
def test_any_text_has_a_fingerprint(stem: str, options: list[str]) -> None:
    assert len(identity_of(stem, None, options, options[0])) == 33


@given(st.lists(st.text("a|½｜İ.: \n\t\x1f\u0301\u2009’K"), min_size=3))
def test_texts_that_are_looked_at_together_come_out_as_each_alone(texts: list[str]) -> None:
    stem, lead_in, *options = texts
    asked = re.sub(r"^\d{1,4} ?[.):] ", "", normal(f"{stem} {lead_in}" if lead_in else stem))
    parts = "\x1f".join([asked, *sorted(map(normal, options))])
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in (parts, normal(options[0]))]
    assert identity_of(stem, lead_in, options, options[0]) == f"{digests[0][:24]}:{digests[1][:8]}"
