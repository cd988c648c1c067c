"""The starter bank against its blueprint, its form and its measured quality."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import pairwise
from statistics import median
from unicodedata import normalize

import pytest

from benchmarks.bank_quality import BLUEPRINT as BLUEPRINT_FILE
from benchmarks.bank_quality import ROOT, STARTER, print_blueprint
from drill.core.items import Item, When
from drill.importers import read_bank
from drill.quality import measures
from drill.usecases.lab_values import lab_values

REVIEW = ROOT / "docs" / "bank-review.md"
RESULT = read_bank(STARTER.read_bytes(), name=STARTER.name)
BLUEPRINT = json.loads(BLUEPRINT_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def items() -> tuple[Item, ...]:
    assert RESULT.bank is not None
    return RESULT.bank.items


def words(text: str | None) -> int:
    return len((text or "").split())


def ids(items: tuple[Item, ...], holds) -> list[str]:
    return [item.id for item in items if holds(item)]


def test_the_bank_reads_without_errors_and_without_warnings(items):
    assert RESULT.diagnostics == ()
    assert RESULT.skipped == ()
    assert len(items) == 160


def test_every_picture_of_the_bank_says_what_it_is_and_where_it_comes_from(items):
    pictures = [figure for item in items for figure in item.figures if figure.kind == "image"]
    assert [p.id for p in pictures if not (p.title and p.source and p.license)] == []


def test_the_bank_says_what_it_is_and_what_it_is_not():
    lines = STARTER.read_text(encoding="utf-8").splitlines()
    comment = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    for text in (" ".join((RESULT.bank.description or "").split()), comment):
        assert "riginal practice items" in text
        assert "ot reviewed by clinicians" in text
        assert re.search(r"(not|never) for patient care", text)


def test_every_share_of_the_blueprint_is_inside_its_range(items):
    print_blueprint(items)
    shares = measures.blueprint_shares(items, BLUEPRINT)
    assert [(s.kind, s.name, s.percent) for s in shares if not s.is_inside] == []


def test_every_task_system_and_subject_is_a_line_of_the_blueprint(items):
    assert {item.task for item in items} == set(BLUEPRINT["task"])
    assert {item.system for item in items} == set(BLUEPRINT["system"])
    assert {name for item in items for name in measures.disciplines(item)} == set(BLUEPRINT["discipline"])


@pytest.mark.parametrize("kind", ["task", "system", "discipline", "next_best_step"])
def test_the_blueprint_names_a_source_and_its_ranges_can_hold(kind):
    assert BLUEPRINT["sources"][kind]["outline"]
    ranges = BLUEPRINT[kind].values()
    assert all(0 <= low < high <= 100 for low, high in ranges)
    if kind in ("task", "system"):
        assert sum(low for low, _ in ranges) <= 100 <= sum(high for _, high in ranges)


def test_a_share_counts_tags_as_disciplines_and_knows_when_it_is_outside(items):
    one = replace(items[0], subject="Surgery", tags=("Pediatrics",))
    shares = {s.name: s for s in measures.blueprint_shares([one], BLUEPRINT) if s.kind == "discipline"}
    assert (shares["Surgery"].count, shares["Pediatrics"].count, shares["Medicine"].count) == (1, 1, 0)
    assert not shares["Surgery"].is_inside


def test_the_author_tags_every_item_and_at_least_64_ask_for_the_next_best_step(items):
    assert ids(items, lambda item: item.next_best_step is None) == []
    assert len(ids(items, lambda item: item.next_best_step)) >= 64


def test_next_step_options_have_an_action_and_their_distractors_a_when(items):
    for item in items:
        for letter, option in zip(item.letters, item.options, strict=True):
            if item.next_best_step:
                assert option.action is not None, (item.id, letter)
            asked = bool(item.next_best_step) and letter != item.answer
            assert (option.when is not None) == asked, (item.id, letter)


WRONG_ORDER = re.compile(
    r"\b(before|without|instead of|await|wait|then decide)\b(?! contrast)", re.IGNORECASE
)


def test_an_option_that_holds_its_own_wrong_order_is_harmful(items):
    options = [(item.id, option) for item in items for option in item.options if option.when]
    ordered = [(name, option) for name, option in options if WRONG_ORDER.search(option.text)]
    assert len(ordered) > 10
    assert [(name, option.text) for name, option in ordered if option.when is not When.HARMFUL] == []


@pytest.mark.parametrize("when", When)
def test_each_kind_of_when_is_a_tenth_of_the_distractors_or_more(items, when):
    whens = [option.when for item in items for option in item.options if option.when]
    assert whens.count(when) >= len(whens) / 10


def test_vignettes_have_60_to_180_words_and_a_median_near_110(items):
    assert ids(items, lambda item: not 60 <= words(item.stem) <= 180) == []
    assert 100 <= median(words(item.stem) for item in items) <= 120


def test_items_have_four_to_eight_options_and_mostly_five(items):
    assert ids(items, lambda item: not 4 <= len(item.options) <= 8) == []
    assert len(ids(items, lambda item: len(item.options) == 5)) >= 0.9 * len(items)


def test_every_item_has_a_lead_in_that_is_one_question_and_metadata(items):
    assert ids(items, lambda item: not (item.lead_in or "").endswith("?")) == []
    assert ids(items, lambda item: not (item.topic and item.difficulty and item.references)) == []


def test_every_option_has_a_rationale(items):
    assert ids(items, lambda item: any(words(option.why) < 10 for option in item.options)) == []


def test_explanations_have_80_to_200_words_and_objectives_are_one_sentence(items):
    assert ids(items, lambda item: not 80 <= words(item.explanation) <= 200) == []
    assert ids(items, lambda item: not re.fullmatch(r"[A-Z](?:(?!\.\s).)+\.", item.objective or "")) == []


def test_key_letters_are_spread_evenly(items):
    letters = [item.answer for item in items if len(item.options) >= 5]
    assert all(0.15 <= letters.count(letter) / len(letters) <= 0.25 for letter in "ABCDE")


def test_the_key_is_the_longest_option_in_a_quarter_of_the_items_at_most(items):
    assert len(measures.keys_by_extreme(items, max)) <= 0.25 * len(items)


def test_a_key_as_long_as_the_longest_distractor_counts_as_longest(items):
    item = items[0]
    longest = max(item.options, key=lambda option: len(option.text))
    even = replace(item, options=(replace(longest, text="x" * len(longest.text)), longest), answer="A")
    assert measures.keys_by_extreme([even], max) == [item.id]


@pytest.mark.parametrize("points", [measures.most_shared_points, measures.alone_shared_points])
def test_the_stem_cues_no_word_of_the_key_beyond_chance(items, points):
    cue = measures.cue_against_chance(items, points)
    assert cue.p_value > 0.05, cue


@pytest.mark.parametrize("points", [measures.most_shared_points, measures.alone_shared_points])
def test_keys_that_repeat_the_stem_are_found_to_be_cued(items, points):
    cued = []
    for item in items[:40]:
        key = item.letters.index(item.answer)
        repeated = " ".join(sorted(measures.content_words(item.stem))[:3])
        options = [
            replace(option, text=repeated if n == key else f"{n} mg") for n, option in enumerate(item.options)
        ]
        cued.append(replace(item, options=tuple(options)))
    assert measures.cue_against_chance(cued, points).p_value < 0.001


def test_no_two_items_are_near_duplicates(items):
    assert [pair for pair in measures.resemblances(items) if pair[0] > 0.10] == []
    topics = [(item.topic or "").casefold() for item in items]
    assert len(set(topics)) == len(topics)


def test_a_copy_with_a_few_words_changed_is_found_as_a_near_duplicate(items):
    copy = replace(items[0], id="copy", stem=re.sub(r"\d+-year-old", "40-year-old", items[0].stem))
    assert measures.resemblances([*items, copy])[0][0] > 0.5


def test_no_option_refers_to_the_others_and_no_lead_in_is_negative(items):
    assert measures.all_of_the_above(items) == []
    assert measures.negative_lead_ins(items) == []


def test_prose_names_no_option_by_its_letter(items):
    assert measures.letters_in_prose(items) == []


@pytest.mark.parametrize(
    "text",
    ["Option B is too early.", "The answer C is best.", "Imaging (D) comes later.", "Thus B is correct."],
)
def test_a_letter_in_prose_is_found(items, text):
    assert measures.letters_in_prose([replace(items[0], explanation=text)]) == [items[0].id]


def test_temperatures_and_weights_agree_in_both_units(items):
    for item in items:
        text = measures.prose(item)
        for celsius, fahrenheit in re.findall(r"(\d+\.?\d*)°C \((\d+\.?\d*)°F\)", text):
            assert abs(float(celsius) * 1.8 + 32 - float(fahrenheit)) <= 0.051, item.id
        for kilograms, pounds in re.findall(r"(\d+\.?\d*) kg \((\d+\.?\d*) lb\)", text):
            assert abs(float(kilograms) * 2.2046 - float(pounds)) <= 0.51, item.id


LABELLED = re.compile(
    r"([A-Za-z][A-Za-z0-9 -]*?)[^.;\dA-Za-z]{0,3}(?: is| was| of|:)?[^.;\dA-Za-z]{0,40}\d[\d,.]*\s*"
    r"([µmnpk]?(?:g|mol|Eq|U|IU|Osm|osmol)/[A-Za-z0-9]+|%|/[µm][Lm]3?)"
)
NOT_MEASURED = ("immune globulin", "concentrated potassium chloride")
"""Doses and solutions, not findings."""


def test_every_unit_of_a_lab_value_in_the_bank_stands_in_the_table_of_lab_values(items):
    names = [
        (name.casefold(), row) for row in lab_values() for name in (row.name.split(",")[0], *row.aliases)
    ]
    absent, seen = [], 0
    for item in items:
        text = normalize("NFKC", item.stem)
        for words, unit in LABELLED.findall(text):
            label = words.casefold()
            rows = [row for name, row in names if label == name or label.endswith(f" {name}")]
            if not rows or label.endswith(NOT_MEASURED):
                continue
            seen += 1
            if not any(unit in normalize("NFKC", f"{row.value} {row.si}") for row in rows):
                absent.append((item.id, words, unit))
    assert absent == []
    assert seen > 100


def test_units_and_terms_are_written_one_way(items):
    other = re.compile(r"\b(mcmol|micromol|microU)|\N{MICRO SIGN}|(?i:\b(x-ray|thyrotropin)\b)")
    assert ids(items, lambda item: other.search(measures.prose(item))) == []


def test_the_reading_length_has_no_outliers(items):
    lengths = [item.words for item in items]
    middle = median(lengths)
    assert min(lengths) >= middle / 2
    assert max(lengths) <= middle * 2


def test_the_review_record_has_one_row_an_item_in_order_with_its_key(items):
    lines = REVIEW.read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    assert [row[0].strip("`") for row in rows] == [item.id for item in items]
    assert [row[2] for row in rows] == [item.answer for item in items]
    assert all(len(left) == len(right) for left, right in pairwise(rows))
    assert [row[0] for row in rows if (row[1] == row[2]) != (row[3] == "yes")] == []
