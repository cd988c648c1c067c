"""The starter bank against its blueprint, its form and its measured quality."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from statistics import median
from unicodedata import normalize

import pytest

from benchmarks import bank_measures
from benchmarks.bank_quality import BLUEPRINT as BLUEPRINT_FILE
from benchmarks.bank_quality import STARTER, print_blueprint, review_rows
from drill.core.items import Item, When
from drill.importers import read_bank
from drill.quality import advice, measures
from drill.usecases.lab_values import lab_values

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
    assert len(items) == 320


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
    shares = bank_measures.blueprint_shares(items, BLUEPRINT)
    assert [(s.kind, s.name, s.percent) for s in shares if not s.is_inside] == []


def test_every_task_system_and_subject_is_a_line_of_the_blueprint(items):
    assert {item.task for item in items} == set(BLUEPRINT["task"])
    assert {item.system for item in items} == set(BLUEPRINT["system"])
    assert {name for item in items for name in bank_measures.disciplines(item)} == set(
        BLUEPRINT["discipline"]
    )


@pytest.mark.parametrize("kind", ["task", "system", "discipline", "next_best_step"])
def test_the_blueprint_names_a_source_and_its_ranges_can_hold(kind):
    assert BLUEPRINT["sources"][kind]["outline"]
    ranges = BLUEPRINT[kind].values()
    assert all(0 <= low < high <= 100 for low, high in ranges)
    if kind in ("task", "system"):
        assert sum(low for low, _ in ranges) <= 100 <= sum(high for _, high in ranges)


def test_a_share_counts_tags_as_disciplines_and_knows_when_it_is_outside(items):
    one = replace(items[0], subject="Surgery", tags=("Pediatrics",))
    shares = {s.name: s for s in bank_measures.blueprint_shares([one], BLUEPRINT) if s.kind == "discipline"}
    assert (shares["Surgery"].count, shares["Pediatrics"].count, shares["Medicine"].count) == (1, 1, 0)
    assert not shares["Surgery"].is_inside


def test_the_author_tags_every_item_and_at_least_128_ask_for_the_next_best_step(items):
    assert ids(items, lambda item: item.next_best_step is None) == []
    assert len(ids(items, lambda item: item.next_best_step)) >= 128


def test_next_step_options_have_an_action_and_their_distractors_a_when(items):
    for item in items:
        for letter, option in zip(item.letters, item.options, strict=True):
            if item.next_best_step:
                assert option.action is not None, (item.id, letter)
            asked = bool(item.next_best_step) and letter != item.answer
            assert (option.when is not None) == asked, (item.id, letter)


def test_an_option_that_holds_its_own_wrong_order_is_harmful(items):
    options = [(item.id, option) for item in items for option in item.options if option.when]
    ordered = [(name, option) for name, option in options if advice.WRONG_ORDER.search(option.text)]
    assert len(ordered) > 10
    assert [(name, option.text) for name, option in ordered if option.when is not When.HARMFUL] == []


def test_every_kind_of_when_is_used_and_none_for_half_of_the_distractors(items):
    whens = [option.when for item in items for option in item.options if option.when]
    assert {
        when: whens.count(when) for when in When if not 0.01 <= whens.count(when) / len(whens) <= 0.5
    } == {}


def test_vignettes_have_40_to_200_words_spread_about_a_median_near_115(items):
    lengths = [words(item.stem) for item in items]
    assert ids(items, lambda item: words(item.stem) < 40 or (words(item.stem) > 200 and not item.group)) == []
    assert 105 <= median(lengths) <= 125
    assert sum(length < 80 for length in lengths) >= 0.12 * len(items)
    assert sum(length > 145 for length in lengths) >= 0.12 * len(items)


def test_items_have_four_to_eight_options_and_mostly_five(items):
    counts = Counter(len(item.options) for item in items)
    assert set(counts) == {4, 5, 6, 7, 8}
    assert counts[5] >= 0.6 * len(items)


def test_no_more_than_8_percent_of_the_lead_ins_are_alike(items):
    assert measures.lead_in_counts(items).most_common(1)[0][1] <= advice.MOST_ALIKE_LEAD_INS * len(items)


def test_the_bank_has_the_formats_of_the_exam(items):
    assert sum(bool(item.figures) for item in items) >= 30
    assert sum(bank_measures.has_table(item) for item in items) >= 0.15 * len(items)
    sets, groups = (Counter(getattr(item, kind) for item in items) for kind in ("set", "group"))
    assert len(sets) - 1 >= 12
    assert {count for name, count in sets.items() if name} <= {2, 3}
    stimuli = {item.group: item.stem for item in items if item.group}
    advertisements = [name for name, stem in stimuli.items() if "advertisement" in stem]
    assert (len(advertisements), len(groups) - 1 - len(advertisements)) == (2, 4)
    assert {count for name, count in groups.items() if name} <= {2, 3}


def test_items_of_a_group_repeat_the_stimulus(items):
    for one, other in pairwise(items):
        if one.group is not None and one.group == other.group:
            shared = len(measures.shingles(one) & measures.shingles(other))
            assert shared >= 0.4 * len(measures.shingles(one)), (one.id, other.id)


def test_sexes_ages_and_settings_are_mixed(items):
    sexes, ages = bank_measures.sexes(items), bank_measures.ages(items)
    assert all(0.3 * len(items) <= sexes[sex] <= 0.6 * len(items) for sex in ("female", "male"))
    assert all(ages[age] >= 0.05 * len(items) for age in ("infant", "1-17", "18-39", "40-64", "65 and over"))
    settings = bank_measures.settings(items)
    assert all(settings[name] >= 3 for name in settings if name != "nursing home")


def test_the_stems_read_like_those_of_an_exam(items):
    """Flesch-Kincaid: a twelfth grader's text has 12; vignettes of measured values lie about there."""
    assert 8 <= median(bank_measures.reading_grade(item) for item in items) <= 13


def test_ids_are_neutral_and_run_with_the_file(items):
    assert [item.id for item in items] == [f"s2-{number:04}" for number in range(1, len(items) + 1)]
    assert sum(bool(item.formerly) for item in items) == 160
    assert {
        name
        for item in items
        for name in (item.set, item.group)
        if name and not re.fullmatch(r"(set|group)-\d\d", name)
    } == set()


def test_neighbours_are_of_different_systems_unless_they_belong_together(items):
    alike = [
        (one.id, other.id)
        for one, other in pairwise(items)
        if one.system == other.system and (one.set, one.group) != (other.set, other.group)
    ]
    assert len(alike) <= 0.08 * len(items)


def test_every_item_has_a_lead_in_that_is_one_question_and_metadata(items):
    assert ids(items, lambda item: not (item.lead_in or "").endswith("?")) == []
    assert ids(items, lambda item: not (item.topic and item.difficulty and item.references)) == []


def test_every_option_has_a_rationale(items):
    assert ids(items, lambda item: any(words(option.why) < 10 for option in item.options)) == []


def test_explanations_have_80_to_200_words_and_objectives_are_one_sentence(items):
    assert ids(items, lambda item: not 80 <= words(item.explanation) <= 200) == []
    assert ids(items, lambda item: not re.fullmatch(r"[A-Z](?:(?!\.\s).)+\.", item.objective or "")) == []


def test_key_letters_are_spread_as_chance_would_have_it(items):
    for letter in "ABCDE":
        chance = sum(1 / len(item.options) for item in items if letter in item.letters)
        assert abs(sum(item.answer == letter for item in items) - chance) <= 0.1 * chance


@pytest.mark.parametrize(
    ("extreme", "bounds"),
    [(max, advice.KEY_LONGEST), (min, advice.KEY_SHORTEST)],
    ids=["longest", "shortest"],
)
def test_the_length_of_the_key_is_no_cue(items, extreme, bounds):
    low, high = bounds
    assert low <= len(measures.keys_by_extreme(items, extreme)) / len(items) <= high


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
    assert advice.near_duplicates(items) == []
    topics = Counter((item.topic or "").casefold() for item in items)
    doubled = {topic for topic, count in topics.items() if count > 4}
    assert doubled == set()


def test_no_stem_tells_the_answer_of_another_item_of_its_topic(items):
    assert bank_measures.answered_elsewhere(items) == []
    telling = replace(items[0], id="other", stem=f"{items[0].stem} {items[0].key.text}", set=None, group=None)
    asked = replace(items[0], set=None, group=None)
    assert (asked.id, "other") in bank_measures.answered_elsewhere([asked, telling])


def test_an_occupation_is_named_in_few_items(items):
    assert len(bank_measures.occupations(items)) <= 0.15 * len(items)


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
    other = re.compile(
        r"\b(mcmol|micromol|microU)|\N{MICRO SIGN}|(?i:\b(radiographs?|thyrotropin(?! receptor))\b)"
    )
    assert ids(items, lambda item: other.search(measures.prose(item))) == []


def test_the_reading_length_has_no_outliers(items):
    lengths = [item.words for item in items]
    middle = median(lengths)
    assert min(lengths) >= middle / 2.2
    assert max(item.words for item in items if item.group is None) <= middle * 2.2


def test_the_review_record_has_one_row_an_item_in_order_with_its_key(items):
    rows = review_rows()
    assert [row[0].strip("`") for row in rows] == [item.id for item in items]
    assert [row[2] for row in rows] == [item.answer for item in items]
    assert [row[7] for row in rows] == [item.difficulty for item in items]
    assert all(len(left) == len(right) for left, right in pairwise(rows))
    assert [row[0] for row in rows if (row[1] == row[2]) != (row[3] == "yes")] == []


def test_blind_readers_agree_and_find_the_bank_as_hard_as_it_aims_to_be(items):
    """Estimates of automated readers. Three live wrong options were aimed at in 60 % and are not reached."""
    rows = review_rows()
    assert sum(row[3] == "yes" for row in rows) >= 0.95 * len(items)
    estimates, live = [float(row[5]) for row in rows], [int(row[6]) for row in rows]
    assert 68 <= sum(estimates) / len(rows) <= 75
    assert sum(estimate > 90 for estimate in estimates) <= 0.05 * len(rows)
    assert sum(count >= 2 for count in live) >= 0.9 * len(rows)
    assert sum(count >= 3 for count in live) >= 0.33 * len(rows)
