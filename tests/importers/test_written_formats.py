"""Banks written for Moodle come back: only what the format cannot say is lost, and that is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drill.core.items import Action, Bank, Item, Option
from drill.importers import read_bank
from drill.importers.gift_writer import bank_to_gift
from drill.importers.moodle_writer import bank_to_moodle
from drill.importers.source import trim, without_invisible, without_misreading
from tests.strategies import banks

_WRITERS = {"gift": bank_to_gift, "moodle": bank_to_moodle}


def back(bank: Bank, kind: str) -> Bank:
    text, _ = _WRITERS[kind](bank)
    result = read_bank(text.encode("utf-8"), name=f"{bank.id}.x", format=kind)
    assert result.bank is not None, (text, result.diagnostics)
    return result.bank


def expected(item: Item, kind: str) -> Item:
    """What is left of an item in a format."""
    stem = clean(f"{item.stem}\n\n{item.lead_in}" if item.lead_in else item.stem) or ""
    options = tuple(Option(clean(option.text) or "", clean(option.why)) for option in item.options)
    left = Item(item.id, stem, options, item.answer, explanation=clean(item.explanation), topic=item.topic)
    return left if kind == "gift" else replace(left, tags=tuple(filter(None, map(clean, item.tags))))


def clean(text: str | None) -> str | None:
    """As every text of another format is read: without characters that nobody sees."""
    return None if text is None else trim(without_invisible(without_misreading(text))) or None


@pytest.mark.parametrize("kind", ["gift", "moodle"])
@given(bank=banks())
def test_a_bank_comes_back_but_for_what_is_named(bank: Bank, kind: str) -> None:
    items = [replace(item, figures=(), topic=None) for item in bank.items]
    for item in items:
        texts = [clean(item.stem), *(clean(option.text) for option in item.options)]
        assume(None not in texts)
        assume(len({" ".join((each or "").casefold().split()) for each in texts[1:]}) == len(item.options))
        assume(clean(item.id) == item.id)
    assert back(replace(bank, items=tuple(items), media=()), kind).items == tuple(
        expected(i, kind) for i in items
    )


@pytest.mark.parametrize("kind", ["gift", "moodle"])
@given(st.text("~=#{}:\\n[html]%50-> \n", min_size=1), st.text("~=#{}:\\n[html]%50-> \n", min_size=1))
def test_signs_of_the_format_are_text(kind: str, stem: str, option: str) -> None:
    texts = [each.strip() or "x" for each in (stem, option)]
    item = Item("q", texts[0], (Option(texts[1]), Option("another thing")), "A", explanation=texts[1])
    got = back(Bank("b", "B", items=(item,)), kind).items[0]
    rows = ["\n".join(row.rstrip() for row in each.split("\n")) for each in texts]
    assert (got.stem, got.options[0].text, got.explanation) == (rows[0], rows[1], rows[1])


@pytest.mark.parametrize("kind", ["gift", "moodle"])
def test_topics_become_categories_and_end(kind: str) -> None:
    options = (Option("x"), Option("y"))
    items = [
        Item(f"q{at}", f"What {at}?", options, "A", topic=topic)
        for at, topic in enumerate(("Heart", None, "A/B"))
    ]
    assert [each.topic for each in back(Bank("b", "B", items=tuple(items)), kind).items] == [
        "Heart",
        None,
        "A/B",
    ]


def test_what_is_lost_is_named() -> None:
    item = Item(
        "q", "A man is ill.", (Option("x", action=Action.TEST), Option("y")), "A", lead_in="What now?", subject="Medicine",
        tags=("a",),
    )  # fmt: skip
    bank = Bank("b", "B", items=(item,))
    gift, moodle = bank_to_gift(bank)[1].text(), bank_to_moodle(bank)[1].text()
    assert gift is not None
    assert moodle is not None
    for word in ("lead_in", "subject", "action and when"):
        assert word in gift
        assert word in moodle
    assert "tags" in gift
    assert "tags" not in moodle
    assert (
        bank_to_gift(Bank("b", "B", items=(Item("q", "Why?", (Option("x"), Option("y")), "A"),)))[1].text()
        is None
    )
