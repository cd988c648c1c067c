"""The YAML format: what is read, and every mistake of meaning at its place."""

from __future__ import annotations

import pytest
import yaml

from drill.core.items import Action, Difficulty, Option, When
from drill.importers import Severity, read_bank
from tests.importers.samples import (
    BAD,
    BAD_FOR_DRILL_ALONE,
    GOOD,
    HEAD,
    ITEM,
    LETTERED,
    bank,
    codes,
    item,
    place_of,
    read,
)


@pytest.mark.parametrize("name", GOOD)
def test_a_good_bank_is_read(name: str) -> None:
    result = read(GOOD[name])
    assert result.bank is not None, result.diagnostics
    assert all(each.severity is Severity.WARNING for each in result.diagnostics)


@pytest.mark.parametrize("name", BAD | BAD_FOR_DRILL_ALONE)
def test_a_bad_bank_is_refused_with_its_own_code(name: str) -> None:
    text, code = (BAD | BAD_FOR_DRILL_ALONE)[name]
    result = read(text)
    assert result.bank is None
    errors = [each for each in result.diagnostics if each.severity is Severity.ERROR]
    assert [each.code for each in errors] == [code]
    assert all(each.message.endswith(".") for each in errors)


@pytest.mark.parametrize("name", BAD | BAD_FOR_DRILL_ALONE)
def test_the_python_parser_finds_the_same_mistakes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, code = (BAD | BAD_FOR_DRILL_ALONE)[name]
    native = read(text).diagnostics
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    plain = read(text).diagnostics
    assert [(each.code, each.line, each.column) for each in plain] == [
        (each.code, each.line, each.column) for each in native
    ]
    assert code in {each.code for each in plain}


def test_an_item_keeps_what_its_author_wrote() -> None:
    result = read(
        bank(
            item(
                options=LETTERED,
                objective="Know it.",
                next_best_step="no",
                difficulty="hard",
                tags="\n      - a b\n      - c",
                references="\n      - A book",
                subject="Medicine",
                set=None,
            )
        )
    )
    assert result.bank is not None
    read_item = result.bank.items[0]
    assert read_item.options == (Option("This"), Option("That", "No reason", Action.TEST, When.LATER))
    assert (read_item.answer, read_item.lead_in, read_item.next_best_step) == ("A", None, False)
    assert (read_item.difficulty, read_item.tags, read_item.references) == (
        Difficulty.HARD,
        ("a b", "c"),
        ("A book",),
    )
    assert (read_item.objective, read_item.subject, read_item.explanation) == (
        "Know it.",
        "Medicine",
        "Because.",
    )
    assert result.places["one"].line == 6


def test_what_is_left_out_stays_none() -> None:
    result = read(bank(item(explanation=None)))
    assert result.bank is not None
    only = result.bank.items[0]
    assert only.lead_in is None
    assert only.next_best_step is None
    assert only.explanation is None


@pytest.mark.parametrize(
    "text", ["No", "yes", "1:30", "012", "1.10", "2026-01-02", "~", "null", "0x1F", "1e3", ".inf", "=", "<<x"]
)
def test_a_scalar_is_text_as_typed(text: str) -> None:
    result = read(bank(item(stem=text, lead_in=text, options=f"\n      - {text}\n      - other {text}")))
    assert result.bank is not None
    only = result.bank.items[0]
    assert only.stem == only.lead_in == only.options[0].text == text


def test_ids_are_compared_as_text() -> None:
    result = read(bank(item(id="1.10") + item(id="1.1", stem="Which?")))
    assert result.bank is not None
    assert [each.id for each in result.bank.items] == ["1.10", "1.1"]


def test_line_breaks_and_tables_are_kept_and_edges_trimmed() -> None:
    stem = "|\n\n      A man.  \n\n        Na\t140\n      K   4\n\n"
    result = read(bank(item(stem=stem)))
    assert result.bank is not None
    assert result.bank.items[0].stem == "A man.\n\n  Na\t140\nK   4"


@pytest.mark.parametrize("word", ["true", "True", "yes", "YES"])
def test_a_boolean_may_be_spelled_in_words(word: str) -> None:
    result = read(bank(item(next_best_step=word)))
    assert result.bank is not None
    assert result.bank.items[0].next_best_step is True


def test_defaults_fill_gaps_and_only_gaps() -> None:
    head = HEAD.replace(
        "items:", "defaults:\n  subject: Medicine\n  tags:\n    - x\n  next_best_step: no\nitems:"
    )
    result = read(bank(item(subject="Surgery") + item(id="two", stem="Which?", next_best_step="true"), head))
    assert result.bank is not None
    first, second = result.bank.items
    assert (first.subject, first.tags, first.next_best_step) == ("Surgery", ("x",), False)
    assert (second.subject, second.tags, second.next_best_step) == ("Medicine", ("x",), True)


def test_defaults_may_stand_after_the_items() -> None:
    result = read(bank() + "defaults:\n  subject: Medicine\n")
    assert result.bank is not None
    assert result.bank.items[0].subject == "Medicine"


def test_letters_may_stand_in_any_order() -> None:
    result = read(bank(item(options="\n      B: second\n      A: first")))
    assert result.bank is not None
    assert [option.text for option in result.bank.items[0].options] == ["first", "second"]


@pytest.mark.parametrize(
    "encode", [lambda t: t.encode("utf-8-sig"), lambda t: t.replace("\n", "\r\n").encode()]
)
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(encode: object) -> None:
    text = bank(item(stem="|\n      Wärme\n      über alles?") + item(id="two", stem="Which?"))
    result = read_bank(encode(text), name="notes.yaml")  # type: ignore[operator]
    assert result.bank == read(text).bank
    assert result.places == read(text).places


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (bank().encode("utf-16"), (1, 1)),
        (bank(item(stem="W\u00e4rme?")).encode("latin-1"), (7, 12)),
        (bank().replace("\n", "\r").encode(), (1, 9)),
    ],
)  # fmt: skip
def test_another_encoding_is_refused_at_its_place(data: bytes, place: tuple[int, int]) -> None:
    result = read_bank(data, name="notes.yaml")
    assert result.bank is None
    assert (result.diagnostics[0].line, result.diagnostics[0].column) == place


def test_all_mistakes_are_reported_at_once_and_in_order() -> None:
    text = bank(
        item(stemm="x", answer="AB", difficulty="brutal")
        + item(id="two", stem=None)
        + item(id="three", options="\n      - x"),
        HEAD.replace("notes", "No Tes"),
    )
    found = read(text).diagnostics
    errors = [each.code for each in found if each.severity is Severity.ERROR]
    assert sorted(errors) == sorted(
        ["bank-id", "unknown-field", "answer", "unknown-word", "missing-field", "option-count"]
    )
    assert [each.line for each in found] == sorted(each.line for each in found)


def test_mistakes_before_a_syntax_error_are_reported_with_it() -> None:
    text = bank(item(answer="AB") + item(id="two", stem="A man: he is ill") + item(id="three", answer="CD"))
    assert codes(text) == ["answer", "colon-in-text"]


def test_an_item_cut_short_by_a_syntax_error_is_not_blamed_for_what_is_missing() -> None:
    text = bank("  - id: two\n    difficulty: brutal\n    stem: A man: he is ill\n")
    assert codes(text) == ["unknown-word", "colon-in-text"]


def test_an_item_that_ends_right_before_a_syntax_error_is_not_blamed_either() -> None:
    assert codes(bank(item(answer=None, explanation=None) + "   answer: A\n")) == ["indentation"]


def test_an_option_keeps_its_capital_letter_in_a_message() -> None:
    found = read(bank(item(options="\n      - This\n      - why: x"))).diagnostics
    assert [each.message for each in found] == ["Option B has no field text."]


def test_options_that_begin_further_right_than_the_first_are_told_to_stand_under_it() -> None:
    found = read(bank(item(options="\n     - This\n      - That\n      - Other", answer="A"))).diagnostics
    assert [(each.code, each.hint) for each in found] == [
        ("option-count", "The options below it are part of its text: begin each - in the same column.")
    ]


def test_a_windows_line_end_does_not_show_in_the_line_quoted() -> None:
    found = read(bank(item(answer="C")).replace("\n", "\r\n")).diagnostics
    assert found[0].excerpt.splitlines()[0].endswith("answer: C")


def test_several_answers_are_told_apart_from_a_text_that_needs_quotes() -> None:
    found = read(bank(item(answer="\n      - A\n      - B"))).diagnostics
    assert [(each.code, "one answer" in each.hint) for each in found] == [("wrong-kind", True)]


def test_an_alias_is_not_blamed_for_a_missing_field_as_well() -> None:
    assert codes(bank(item(stem="*x"))) == ["alias"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stemm", "stem"), ("lead-in", "lead_in"), ("Answer", "answer"), ("question", "stem"), ("choices", "options"),
        ("rationale", "explanation"), ("next_best_stp", "next_best_step"),
    ],
)  # fmt: skip
def test_a_mistyped_field_is_answered_with_the_field_meant(typed: str, meant: str) -> None:
    found = next(
        each for each in read(bank(item(**{typed: "x"}))).diagnostics if each.code == "unknown-field"
    )
    assert found.hint == f'Did you mean "{meant}"?'


def test_a_mistyped_word_is_answered_with_the_word_meant() -> None:
    text = bank(item(options="\n      - text: x\n        action: stabilise\n      - z"))
    assert read(text).diagnostics[0].hint == 'Did you mean "stabilize"?'


def test_a_duplicate_key_names_both_lines() -> None:
    found = read(bank(item() + "    stem: Again?\n")).diagnostics[0]
    assert "line 7" in found.message
    assert "line 13" in found.message


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (bank(item(stemm="x")), "unknown-field", (13, 5)),
        (bank(item(answer="F")), "answer", (11, 13)),
        (bank(item(options="\n      - text: x\n        when: later\n      - z")), "when-on-key", (10, 9)),
        (bank(item(stem=None)), "missing-field", (6, 5)),
        (bank(item(stem="  a # b")), "hash-in-text", (7, 15)),
        (bank(item(stem="\u4e2d\u6587 # b")), "hash-in-text", (7, 14)),
        (bank(item(options="\n      - An ECG\n      - an  ecg")), "same-option", (10, 9)),
        (bank(ITEM.replace("answer: A", "answer:\tA")), "tab", (11, 12)),
    ],
)
def test_a_mistake_has_line_and_column_in_characters(text: str, code: str, place: tuple[int, int]) -> None:
    assert place_of(text, code) == place


@pytest.mark.parametrize(
    "row",
    ["author: A. Smith   # optional", "id: notes    # required; stable", "url: x # here"],
)
def test_a_comment_after_a_name_is_a_comment(row: str) -> None:
    name = row.partition(":")[0]
    head = (
        HEAD.replace("  id: notes\n", f"  {row}\n")
        if name == "id"
        else HEAD.replace("items:", f"  {row}\nitems:")
    )
    result = read(bank(head=head))
    assert result.bank is not None
    assert "#" not in str(getattr(result.bank, name))


@pytest.mark.parametrize(
    "stem", ['"a # b"', "'a # b'", "a#b", "|\n      a # b", ">\n      a # b", "'x'   # said so"]
)
def test_a_hash_that_drops_nothing_is_no_mistake(stem: str) -> None:
    result = read(bank(item(stem=stem)))
    assert result.bank is not None


def test_tabs_inside_texts_and_comments_are_fine() -> None:
    result = read(bank(item(stem="|\n      a\tb\n      \tc")) + "# a\tcomment\n")
    assert result.bank is not None
    assert result.bank.items[0].stem == "a\tb\n\tc"


def test_a_document_mark_at_the_start_is_fine() -> None:
    assert read("---\n" + bank()).bank is not None


def test_nesting_over_twenty_is_refused() -> None:
    assert codes(bank(item(stem="[" * 17 + "x" + "]" * 17))) == ["wrong-kind"]
    assert "too-deep" in codes(bank(item(stem="[" * 18 + "x" + "]" * 18)))


def test_reading_never_leaves_the_garbage_collector_off() -> None:
    import gc

    for text in (bank(), bank(item(stem="a: b: c")), bank(item(stem="*x"))):
        assert gc.isenabled()
        read(text)
        assert gc.isenabled()


def test_an_unknown_format_is_answered_with_the_known_ones() -> None:
    for result in (read_bank(b"x", name="notes.pages"), read_bank(b"x", name="notes", format="latex")):
        assert result.bank is None
        assert "yaml" in result.diagnostics[0].hint


def test_an_id_is_taken_also_by_an_item_with_another_mistake() -> None:
    bank = (
        "drill: 1\nbank:\n  id: notes\n  title: Notes\nitems:\n"
        "  - id: one\n    stem: What is it?\n    options:\n      - a\n      - b\n    answer: Z\n"
        "  - id: one\n    stem: And this?\n    options:\n      - a\n      - b\n    answer: A\n"
    )
    codes = [diagnostic.code for diagnostic in read_bank(bank.encode(), name="notes.yaml").diagnostics]
    assert "duplicate-id" in codes


@pytest.mark.parametrize(
    ("wrong", "meant", "text"),
    [
        ("anwser", "answer", bank(item(answer=None, anwser="A"))),
        ("answers", "answer", bank(item(answer=None, answers="A"))),
        ("question", "stem", bank(item(stem=None, question="What?"))),
        ("choices", "options", bank(item(options=None, choices="\n      - a\n      - b"))),
        ("titel", "title", bank(head=HEAD.replace("title", "titel"))),
        ("itmes", "items", bank(head=HEAD.replace("items", "itmes"))),
        ("txt", "text", bank(item(options="\n      - txt: x\n      - z"))),
    ],
)
def test_a_misspelt_required_field_is_told_once(wrong: str, meant: str, text: str) -> None:
    found = read(text).diagnostics
    assert [each.code for each in found] == ["unknown-field"]
    assert (f'"{wrong}"' in found[0].message, found[0].hint) == (True, f'Did you mean "{meant}"?')


def test_a_missing_field_is_told_beside_a_misspelling_of_another() -> None:
    assert codes(bank(item(answer=None, explanation=None, explnation="x"))) == [
        "missing-field",
        "unknown-field",
    ]


def test_lone_carriage_returns_are_one_mistake() -> None:
    found = read(bank().replace("\n", "\r")).diagnostics
    assert [(each.code, each.line, each.column) for each in found] == [("control-character", 1, 9)]
    assert found[0].message == "The file holds 12 lone carriage returns (U+000D), the first here."
    assert "LF or CRLF" in found[0].hint
    assert codes(bank(item(stem="What\ris it?"))) == ["control-character"]


def test_a_task_that_is_nearly_one_of_the_exam_is_doubted_once_and_own_words_are_not() -> None:
    nearly = [bank(item(task=word)) for word in ("Diagnoses", "diagnosis", "Mixed Managment")]
    assert [codes(text) for text in nearly] == [["near-task"]] * 3
    found = read(nearly[0]).diagnostics[0]
    assert found.severity is Severity.WARNING
    assert found.hint == 'Did you mean "Diagnosis"?'
    twice = bank(item(task="Diagnoses") + item(id="two", stem="Which?", task="Diagnoses"))
    assert codes(twice) == ["near-task"]
    for own in ("Communication", "Weak spots", "Management", "Prognosis/Outcome"):
        assert codes(bank(item(task=own))) == []


def test_a_mistake_in_an_item_does_not_break_its_set() -> None:
    pair = item(set="pair", answer="F") + item(id="two", stem="Which?", set="pair")
    assert codes(bank(pair)) == ["answer"]
    assert codes(bank(item(set="pair") + item(id="two", stem="[a", set="pair"))) == ["needs-quotes"]


def test_former_ids_in_a_circle_are_each_told_at_their_place() -> None:
    text = bank(item(id="a", formerly="\n      - b") + item(id="b", stem="Why?", formerly="\n      - a"))
    wrong = [each for each in read(text).diagnostics if each.code == "former-id"]
    lines = text.split("\n")
    assert [lines[each.line - 1][each.column - 1] for each in wrong] == ["b", "a"]
    assert "that of the item in line" in wrong[0].message
