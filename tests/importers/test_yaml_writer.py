"""A bank written as YAML reads back as the same bank, whatever its texts hold."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from drill.core.items import LETTERS, Action, Bank, Difficulty, Item, Option, When
from drill.core.refused import REFUSED
from drill.importers import read_bank
from drill.importers.source import trim
from drill.importers.template import template
from drill.importers.yaml_writer import bank_to_yaml

NASTY = st.sampled_from(
    [
        "No", "~", "null", "1:30", "012", "1.10", "2026-01-02", "- a", "? b", "a: b", "a #b", "#x", "%x", "@x", "`x`", "*x",
        "&x", "!x", "[x", "{x", ">x", "|x", "'", '"', "\\", "\\n", "a\n b", "a\n\n\nb", "a\tb", "a\n\tb", "\u00a0a\u00a0b", "...",
        "---", "a\n---\nb", "x\u2028y", "x\u2029y", "\u200fabc", "😀", "<<", "=", "y", "a" * 200, "a b " * 60, "a:", ":a", "é",
        "- \n-", "a\n  - b\n c", "|\n x", "end:\n", "\ue000", "\U0010ffff", "x\ufeffy",
    ]
)  # fmt: skip
RAW = st.one_of(
    NASTY,
    st.text(max_size=30),
    st.text(" \n\t:#-'\"\\ax%@>|&*!?{}[],é", max_size=30),
    st.lists(NASTY, max_size=4).map(" ".join),
    st.lists(NASTY, max_size=4).map("\n".join),
)
TEXT = RAW.map(lambda text: trim(REFUSED.sub("", text).replace("\r", ""))).map(trim).filter(bool)
"""Any text an item may hold: what the importer leaves of any text."""
NAME = TEXT.map(lambda text: "".join(filter(str.isprintable, text)).strip()[:128].strip()).filter(bool)


@st.composite
def banks(draw: st.DrawFn) -> Bank:
    ids = draw(st.lists(NAME, min_size=1, max_size=2, unique=True))
    items = []
    for item_id in ids:
        count = draw(st.integers(2, 4))
        options = tuple(
            Option(
                trim(f"{draw(TEXT)} {number}"),
                draw(st.none() | TEXT),
                draw(st.none() | st.sampled_from(Action)),
                draw(st.none() | st.sampled_from(When)) if number else None,
            )
            for number in range(count)
        )
        items.append(
            Item(
                item_id,
                draw(TEXT),
                options,
                LETTERS[0],
                draw(st.none() | TEXT),
                draw(st.none() | TEXT),
                draw(st.none() | TEXT),
                draw(st.none() | st.booleans()),
                draw(st.none() | TEXT),
                draw(st.none() | TEXT),
                difficulty=draw(st.none() | st.sampled_from(Difficulty)),
                tags=tuple(draw(st.lists(TEXT, max_size=2))),
                references=tuple(draw(st.lists(TEXT, max_size=1))),
            )
        )
    return Bank("a-bank", draw(TEXT), draw(st.none() | TEXT), url=draw(st.none() | TEXT), items=tuple(items))


@given(banks())
def test_a_written_bank_reads_back_the_same(bank: Bank) -> None:
    text = bank_to_yaml(bank)
    result = read_bank(text.encode("utf-8"), name="again.yaml")
    assert result.bank == bank, [each.text("again.yaml") for each in result.diagnostics]


@given(banks())
def test_other_readers_see_the_same_texts(bank: Bank) -> None:
    """Quoting is chosen so that a loader that guesses types guesses none."""
    loaded = yaml.safe_load(bank_to_yaml(bank))
    first = loaded["items"][0]
    assert first["id"] == bank.items[0].id
    assert first["stem"] == bank.items[0].stem
    assert loaded["bank"]["title"] == bank.title


def test_a_text_that_was_never_trimmed_is_written_all_the_same() -> None:
    item = Item("q", "  a\nb", (Option("x"), Option("z")), "A", "c\nd ")
    bank = read_bank(bank_to_yaml(Bank("b", "T", items=(item,))).encode(), name="b.yaml").bank
    assert bank is not None
    assert (bank.items[0].stem, bank.items[0].lead_in) == ("a\nb", "c\nd")


def test_sets_are_written_too() -> None:
    pair = tuple(
        Item(f"q{n}", f"What {n}?", (Option("x"), Option("y")), "B", set="pair: one") for n in range(2)
    )
    bank = Bank("b", "T", items=pair)
    assert read_bank(bank_to_yaml(bank).encode(), name="b.yaml").bank == bank


def test_the_output_is_block_style_and_readable() -> None:
    item = Item(
        "q1", "A man.\n\nNa  140", (Option("x"), Option("y", "so")), "A", "What now?", tags=("a", "b")
    )
    assert bank_to_yaml(Bank("b", "My title", items=(item,))) == (
        "drill: 1\nbank:\n  id: b\n  title: My title\nitems:\n  - id: q1\n    stem: |-\n      A man.\n\n      Na  140\n"
        "    lead_in: What now?\n    options:\n      A: x\n      B:\n        text: \"y\"\n        why: so\n    answer: A\n"
        "    tags:\n      - a\n      - b\n"
    )  # fmt: skip


def test_the_template_passes_without_a_warning() -> None:
    result = read_bank(template().encode(), name="new.yaml")
    assert result.bank is not None
    assert result.diagnostics == ()


def test_the_template_takes_any_name() -> None:
    result = read_bank(template("Über Herz!").encode(), name="new.yaml")
    assert result.bank is not None
    assert result.bank.id == "uber-herz"


def test_the_template_shows_every_field() -> None:
    from drill.importers import fields

    text = template()
    for name in (*fields.TOP, *fields.BANK, *fields.ITEM, *fields.OPTION, *fields.ACTIONS, *fields.WHENS):
        assert name in text
