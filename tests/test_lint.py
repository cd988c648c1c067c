"""Advice on how questions are written: each rule finds what it is for, and nothing in a question without it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from drill.cli import main
from drill.core.items import Action, Bank, Item, Option, When
from drill.importers.yaml_writer import bank_to_yaml
from drill.quality.advice import LEAST_ITEMS, advise

WORDS = " ".join(f"finding{number}" for number in range(50))
GOOD = Item(
    "good",
    f"A 40-year-old woman comes to the office. {WORDS}",
    (
        Option("Repeat blood count", "Because it is cheap.", Action.TEST, When.LATER),
        Option("Oral iron tablets", "Because she lost blood.", Action.TREAT),
        Option("Packed red cells", "Because it is quick.", Action.TREAT, When.ONLY_IF),
        Option("Upper endoscopy", "Because it shows ulcers.", Action.PROCEDURE, When.NEVER),
    ),
    "B",
    lead_in="Which of the following is the most appropriate next step?",
    explanation="Iron first.",
    next_best_step=True,
)


def changed(at: int, **fields: object) -> Item:
    options = list(GOOD.options)
    options[at] = replace(options[at], **fields)  # type: ignore[arg-type]
    return replace(GOOD, options=tuple(options))


def test_a_good_item_gets_no_advice() -> None:
    assert advise([GOOD]) == []


@pytest.mark.parametrize(
    ("code", "item"),
    [
        ("all-of-the-above", changed(0, text="All of the above")),
        ("absolute", changed(0, text="Never give iron")),
        ("when", changed(0, text="Blood count before iron")),
        ("long-key", changed(1, text="Oral iron tablets in a small dose every other day for three months")),
        ("clang", changed(1, text="Iron for finding7")),
        ("no-when", changed(0, when=None)),
        ("no-when", changed(1, action=None)),
        ("no-why", changed(3, why=None)),
        ("few-options", replace(GOOD, options=GOOD.options[:3])),
        ("no-explanation", replace(GOOD, explanation=None)),
        ("letter", replace(GOOD, explanation="Option B is right.")),
        ("negative", replace(GOOD, lead_in="Which of the following is NOT appropriate?")),
        ("lead-in", replace(GOOD, lead_in="The next step is")),
        ("lead-in", replace(GOOD, lead_in=None)),
        ("stem-length", replace(GOOD, stem="A woman is pale.")),
        ("stem-length", replace(GOOD, stem=" ".join([WORDS] * 5))),
    ],
)
def test_each_rule_finds_what_it_is_for_and_only_that(code: str, item: Item) -> None:
    assert {one.code for one in advise([item])} == {code}


def test_the_stimulus_of_a_group_may_be_longer() -> None:
    assert advise([replace(GOOD, stem=" ".join([WORDS] * 5), group="trial")]) == []


def many(count: int = LEAST_ITEMS) -> list[Item]:
    """Items that have nothing in common but the lead-in and the key's letter."""
    return [
        replace(
            GOOD,
            id=f"q{number}",
            stem=" ".join(f"word{number}x{each}" for each in range(50)),
            options=tuple(replace(o, text=f"{o.text} {number} {at}") for at, o in enumerate(GOOD.options)),
        )
        for number in range(count)
    ]


def test_a_bank_as_a_whole_is_told_of_letters_lengths_and_lead_ins() -> None:
    assert {one.code for one in advise(many())} == {
        "key-letter",
        "alike-lead-ins",
        "key-longest",
        "key-shortest",
    }
    assert {one.code for one in advise(many(LEAST_ITEMS - 1))} == set()


def test_near_duplicates_are_found_but_not_within_a_group() -> None:
    twins = [GOOD, replace(GOOD, id="twin")]
    assert [one.code for one in advise(twins)] == ["near-duplicate"]
    assert advise([replace(one, group="g") for one in twins]) == []


def test_the_command_gives_advice_and_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other = tmp_path / "one.yaml", tmp_path / "other.yaml"
    one.write_text(bank_to_yaml(Bank("one", "One", items=(changed(0, text="Never give iron"),))))
    other.write_text(bank_to_yaml(Bank("other", "Other", items=(replace(GOOD, id="q"),))))
    assert main(["lint", str(one)]) == 0
    assert "good: The option" in capsys.readouterr().out
    assert main(["lint", "--json", str(one), str(other)]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert [each["code"] for each in files[0]["advice"]] == ["absolute"]
    assert [(each["code"], each["item"]) for each in files[1]["advice"]] == [("near-duplicate", "q")]
    assert "one.yaml: good" in files[1]["advice"][0]["text"]
    one.write_text("drill: 1\n")
    assert main(["lint", str(one)]) == 1
    assert "the mistakes come first" in capsys.readouterr().err
