"""MedQA, tables, GIFT and Aiken: what becomes an item, what is skipped and why, what is a mistake and where."""

from __future__ import annotations

import json

import pytest

from drill.core.items import Action, Bank, Option, When
from drill.importers import ReadResult, read_bank


def read(text: str, name: str) -> ReadResult:
    return read_bank(text.encode("utf-8"), name=name)


def left_out(text: str, name: str) -> list[tuple[str, int]]:
    """Code and line of every question that is left out; each is told as well."""
    result = read(text, name)
    found = [(each.code, each.line) for each in result.skipped]
    assert set(found) <= {(each.code, each.line) for each in result.diagnostics}
    return found


def errors(text: str, name: str) -> list[tuple[str, int]]:
    """Code and line of every error."""
    return [(each.code, each.line) for each in read(text, name).diagnostics if each.severity == "error"]


def bank_of(text: str, name: str) -> Bank:
    bank = read(text, name).bank
    assert bank is not None
    return bank


# MedQA


def medqa(**changes: object) -> str:
    record = {
        "question": "A man. What is it?",
        "options": {"A": "x", "B": "y"},
        "answer": "y",
        "answer_idx": "B",
    }
    return json.dumps({key: value for key, value in (record | changes).items() if value is not None}) + "\n"


def test_medqa_becomes_items_with_the_bank_named_after_the_file() -> None:
    result = read(medqa(meta_info="step1") + "\n" + medqa(question="Why?", id="own"), "dir/US dev_4.jsonl")
    assert result.bank is not None
    first, second = result.bank.items
    assert result.bank.id == "us-dev-4"
    assert (first.stem, first.answer, first.tags, first.lead_in) == (
        "A man. What is it?",
        "B",
        ("step1",),
        None,
    )
    assert second.id == "own"
    assert result.places["own"].line == 3


def test_medqa_ids_follow_the_content_not_the_position() -> None:
    one, two = medqa(), medqa(question="Why?")
    first, second = read(one + two, "a.jsonl").bank, read(two + one, "a.jsonl").bank
    assert first is not None
    assert second is not None
    assert {each.id: each.stem for each in first.items} == {each.id: each.stem for each in second.items}


def test_medqa_stray_quotes_and_line_breaks_are_mended() -> None:
    result = read(
        medqa(question='What is "it"?"', options={"A": 'x\n"', "B": 'the "y"'}, answer='the "y"'), "a.jsonl"
    )
    assert result.bank is not None
    assert result.bank.items[0].stem == 'What is "it"?'
    assert [option.text for option in result.bank.items[0].options] == ["x", 'the "y"']


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"answer_idx": "C", "answer": None}, "answer is C"),
        ({"answer": "x"}, "two different options"),
        ({"answer_idx": None, "answer": "z"}, "answer is Z"),
        ({"options": {"A": "x"}, "answer_idx": "A", "answer": "x"}, "2 to 26"),
        ({"options": {"A": "x", "B": " X "}, "answer": " X "}, "same text"),
        ({"question": "\x1b[31mWhat?"}, "escape"),
        ({"question": "\ud800"}, "no character"),
    ],
)
def test_a_faulty_medqa_question_is_skipped_with_the_reason(changes: dict[str, object], reason: str) -> None:
    result = read(medqa() + medqa(**changes), "a.jsonl")
    assert result.bank is not None
    assert len(result.bank.items) == 1
    assert [each.line for each in result.skipped] == [2]
    assert reason in result.skipped[0].reason
    assert result.skipped[0].code in [each.code for each in result.diagnostics]


def test_an_answer_without_a_letter_is_found_by_its_text() -> None:
    result = read(medqa(answer_idx=None, options=["x", "y"]), "a.jsonl")
    assert result.bank is not None
    assert result.bank.items[0].answer == "B"


def test_the_same_question_twice_is_skipped() -> None:
    assert [each.line for each in read(medqa() + medqa(), "a.jsonl").skipped] == [2]


@pytest.mark.parametrize("row", ["{", "[1]", '"x"', '{"question": 1, "options": {}}', '{"question": "x"}'])
def test_a_line_that_is_no_question_is_named_and_the_others_come_in(row: str) -> None:
    text = medqa() + row + "\n" + medqa(question="Why?")
    assert [line for _, line in left_out(text, "a.jsonl")] == [2]
    assert len(bank_of(text, "a.jsonl").items) == 2


def test_an_object_with_a_key_given_twice_is_left_out() -> None:
    row = '{"question": "What?", "options": {"A": "x", "B": "y", "A": "z"}, "answer_idx": "A"}\n'
    assert left_out(medqa() + row, "a.jsonl") == [("duplicate-key", 2)]
    assert '"A"' in read(medqa() + row, "a.jsonl").skipped[0].reason


def test_a_file_without_a_usable_question_is_an_error() -> None:
    assert errors("\n\n", "a.jsonl") == [("no-items", 1)]


MORE = medqa(question="Why?", id="own")


@pytest.mark.parametrize(
    "text",
    [
        medqa() + MORE,
        f"[{medqa()},\n{MORE}]",
        f"  [ {medqa()} , {MORE} ]  ",
        json.dumps([json.loads(medqa()), json.loads(MORE)], indent=2),
        json.dumps(json.loads(medqa()), indent=1) + "\n" + json.dumps(json.loads(MORE), indent=1),
    ],
    ids=["a line each", "a list", "a list with spaces", "an indented list", "indented objects"],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_json_is_read_by_what_is_in_it(text: str, name: str) -> None:
    result = read(text, name)
    assert result.bank is not None, result.diagnostics
    assert [each.stem for each in result.bank.items] == ["A man. What is it?", "Why?"]
    place = result.places["own"]
    assert text.split("\n")[place.line - 1][place.column - 1] == "{"


def test_a_bank_written_as_json_is_a_bank() -> None:
    bank = {
        "drill": 1,
        "bank": {"id": "notes", "title": "Notes"},
        "items": [
            {"id": "one", "stem": "What is it?", "options": ["x", "y"], "answer": "A", "explanation": "So."}
        ],
    }
    result = read(json.dumps(bank, indent=2), "a.json")
    assert result.diagnostics == ()
    assert result.bank is not None
    assert result.bank.items[0].explanation == "So."


@pytest.mark.parametrize("text", ['{"cards": []}', "[1, 2]", "[]", "12", "hello", "", '{"a": 1}\n{"a": 2}'])
def test_json_without_questions_is_refused(text: str) -> None:
    result = read(text, "a.json")
    assert result.bank is None
    assert "no-items" in [each.code for each in result.diagnostics if each.severity == "error"]


@pytest.mark.parametrize(
    ("text", "line"),
    [(f"[{medqa()},\n{{oops}}]", 3), (f"[{medqa()}{MORE}]", 2), (f"[{medqa()}", 2), (f"[{medqa()}] x", 2)],
)
def test_a_list_that_breaks_off_keeps_what_came_before_and_names_the_place(text: str, line: int) -> None:
    assert left_out(text, "a.json") == [("json", line)]
    assert bank_of(text, "a.json").items[0].stem == "A man. What is it?"


# Tables


def test_a_table_becomes_items_with_every_kind_of_column() -> None:
    text = (
        "ID,Question,lead_in,Option A,option_b,C,Answer,Explanation,why_b,action B,when_b,tags,next_best_step,difficulty\n"
        'q1,"A man, ill.\nNa 140",What now?,ECG,CT,,a,Because,No use,test,later,heart; pain,yes,Easy\n'
        "\n"
        "q2,Which?,,x,y,z,z,,,,,,,\n"
    )
    result = read(text, "My Table.csv")
    assert result.bank is not None, result.diagnostics
    first, second = result.bank.items
    assert result.bank.id == "my-table"
    assert (first.stem, first.lead_in, first.answer) == ("A man, ill.\nNa 140", "What now?", "A")
    assert first.options == (Option("ECG"), Option("CT", "No use", Action.TEST, When.LATER))
    assert (first.tags, first.next_best_step, first.difficulty) == (("heart", "pain"), True, "easy")
    assert (len(second.options), second.answer) == (3, "C")
    assert (result.places["q1"].line, result.places["q2"].line) == (2, 5)


@pytest.mark.parametrize(("name", "separator"), [("a.tsv", "\t"), ("a.csv", ";"), ("a.csv", ",")])
def test_a_table_may_be_separated_by_tabs_semicolons_or_commas(name: str, separator: str) -> None:
    text = "stem,A,B,answer\nWhat?,x,y,B\n".replace(",", separator)
    bank = read(text, name).bank
    assert bank is not None
    assert bank.items[0].answer == "B"


@pytest.mark.parametrize("name", ["option1,option2,correct", "Answer 1,Answer 2,Correct answer(s)"])
def test_numbered_options_are_lettered_and_the_answer_may_be_a_number(name: str) -> None:
    bank = read(f"Question,{name}\nWhat?,x,y,2\nWhich?,x,y,A\n", "a.csv").bank
    assert bank is not None
    assert [each.answer for each in bank.items] == ["B", "A"]


def test_a_number_that_is_the_place_of_one_option_and_the_text_of_another_is_not_guessed() -> None:
    assert left_out("stem,option1,option2,answer\nHow many?,2,1,1\n", "a.csv") == [("answer", 2)]
    assert left_out("stem,option1,option2,answer\nHow many?,x,y,3\n", "a.csv") == [("answer", 2)]
    assert left_out("stem,A,B,answer\nHow many?,x,y,1\nWhich?,x,y,A\n", "a.csv") == [("answer-count", 2)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("stem,A,B,answer\nWhat?,x,y,C\n", "answer", 2),
        ("stem,A,B,answer\nWhat?,x,y,\n", "empty-field", 2),
        ("stem,A,B,answer\n,x,y,A\n", "empty-field", 2),
        ("stem,A,B,C,answer\nWhat?,x,,y,A\n", "letter-gap", 2),
        ("stem,A,B,answer\nWhat?,x,X,A\n", "same-option", 2),
        ("stem,A,B,answer\nWhat?,x,y,A,surplus\n", "too-many-cells", 2),
        ('stem,A,B,answer\n"What?,x,y,A\n', "quotes", 2),
        ('stem,A,B,answer\nok?,x,y,A\n"Wh"at?,x,y,A\n', "quotes", 3),
        ("stem,A,B,answer,action_a\nWhat?,x,y,A,tset\n", "unknown-word", 2),
        ("stem,A,B,answer,when_a\nWhat?,x,y,A,later\n", "when-on-key", 2),
        ("stem,A,B,answer,next_best_step\nWhat?,x,y,A,maybe\n", "unknown-word", 2),
        ("id,stem,A,B,answer\n1,What?,x,y,A\n1,Why?,x,y,A\n", "duplicate-id", 3),
    ],
)  # fmt: skip
def test_a_row_with_a_mistake_is_left_out_and_named(text: str, code: str, line: int) -> None:
    assert left_out(text, "a.csv") == [(code, line)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("stem,A,B\nx,y,z\n", "missing-field"),
        ("answer,A,B\nA,y,z\n", "missing-field"),
        ("stem,A,C,answer\nx,y,z,A\n", "missing-field"),
        ("stem,stem,A,B,answer\n", "duplicate-key"),
        ("", "empty"),
    ],
)
def test_a_table_without_a_header_that_fits_is_an_error(text: str, code: str) -> None:
    assert errors(text, "a.csv") == [(code, 1)]


def test_a_column_that_is_not_used_is_named() -> None:
    found = read("stem,A,B,answer,lead in,colour\nWhat?,x,y,A,,red\n", "a.csv").diagnostics
    assert [each.code for each in found if each.code != "no-explanation"] == ["unknown-column"]
    assert "colour" in found[0].message


# GIFT


def test_gift_becomes_items_with_title_topic_feedback_and_explanation() -> None:
    text = (
        "// a comment\n$CATEGORY: $course$/top/Heart\n\n"
        "::Q1:: What is 2+2\\: the sum? {\n  ~3 #too low\n  =4 #right\n  ~five \\= 5\n####Arithmetic.\n}\n\n"
        "The sky is blue. {T}\n\nTwo plus {=two ~three} equals four.\n"
    )
    result = read(text, "quiz.gift")
    assert result.bank is not None, result.diagnostics
    first, second, third = result.bank.items
    assert (first.id, first.topic, first.stem) == ("Q1", "Heart", "What is 2+2: the sum?")
    assert first.options == (Option("3", "too low"), Option("4", "right"), Option("five = 5"))
    assert (first.answer, first.explanation) == ("B", "Arithmetic.")
    assert ([option.text for option in second.options], second.answer) == (["True", "False"], "A")
    assert third.stem == "Two plus _____ equals four."
    assert result.places["Q1"].line == 4


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Write. {}", "essay"),
        ("Number? {#3:1}", "numerical"),
        ("Match. {=a->b =c->d}", "matching"),
        ("Short? {=one =two}", "short-answer"),
        ("Both? {~%50%a ~%50%b ~c}", "partly right"),
        ("Two? {=a =b ~c}", "more than one"),
        ("None? {~a ~b}", "no option is right"),
        ("Only text.", "description"),
    ],
)
def test_other_kinds_of_gift_are_skipped_with_the_reason(text: str, reason: str) -> None:
    result = read(f"What? {{=a ~b}}\n\n{text}\n", "quiz.gift")
    assert result.bank is not None
    assert [each.line for each in result.skipped] == [3]
    assert reason in result.skipped[0].reason


def test_titled_essays_alone_in_a_text_file_are_gift() -> None:
    result = read_bank(b"::Q1::Explain.  { }\n\n::Q2::Why?\n<pre>x = 1</pre>\n{}\n", name="essays.txt")
    assert [(each.name, each.reason) for each in result.skipped] == [
        ("Q1", "an essay question has no options"),
        ("Q2", "an essay question has no options"),
    ]


def test_html_in_gift_is_reduced_to_text_with_tables_kept() -> None:
    text = (
        "[html]<p>A man.<br>Ill &amp; old</p><table><tr><td>Na</td><td>140</td></tr>"
        "<tr><td>Chloride</td><td>99</td></tr></table> {=a ~b}"
    )
    bank = read(text, "quiz.gift").bank
    assert bank is not None
    assert bank.items[0].stem == "A man.\nIll & old\n\nNa        140\nChloride  99"


def test_a_bare_less_than_sign_is_no_html() -> None:
    bank = read("Is K<Na and pH <7.2? {=a <b ~b}", "quiz.gift").bank
    assert bank is not None
    assert bank.items[0].stem == "Is K<Na and pH <7.2?"
    assert bank.items[0].options[0].text == "a <b"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("What? {=a ~b}\n\nBroken { =a ~b\n", "brace", 3),
        ("Broken { =a ~b\n\n::T:: What? {=a ~b}\n", "brace", 1),
        ("::T What? {=a ~b}\n", "title", 1),
        ("What? {=a ~A}\n", "same-option", 1),
    ],
)
def test_a_mistake_in_gift_is_named_at_its_place(text: str, code: str, line: int) -> None:
    assert left_out(text, "quiz.gift") == [(code, line)]


def test_one_title_for_two_questions_names_the_first_and_the_same_question_twice_is_skipped() -> None:
    result = read("::T:: What? {=a ~b}\n\n::T:: What? {=a ~b}\n\n::T:: Why? {=a ~b}\n", "quiz.gift")
    assert result.bank is not None
    first, second = result.bank.items
    assert (first.id, first.stem, second.stem) == ("T", "What?", "Why?")
    assert second.id.startswith("q-")
    assert [each.line for each in result.skipped] == [3]


# Aiken


def test_aiken_becomes_items() -> None:
    text = "A man is ill.\nWhat is it?\nA. This\nB) That\n   and more\nANSWER: b\n\n\nWhy?\nA) x\nB) y\nANSWER: A\n"
    result = read(text, "quiz.aiken")
    assert result.bank is not None, result.diagnostics
    first, second = result.bank.items
    assert (first.stem, first.answer) == ("A man is ill.\nWhat is it?", "B")
    assert first.options[1].text == "That\n   and more"
    assert second.stem == "Why?"
    assert [place.line for place in result.places.values()] == [1, 9]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("What?\nA. x\nB. y\nANSWER: C\n", "answer", 4),
        ("What?\nA. x\nB. y\n\nWhy?\nA. x\nB. y\nANSWER: A\n", "answer", 1),
        ("What?\nA. x\nC. y\nANSWER: A\n", "letter-gap", 3),
        ("What?\nANSWER: A\n", "option-count", 2),
        ("What?\n", "option-count", 1),
        ("What?\nA. x\nANSWER: A\n", "option-count", 1),
    ],
)
def test_a_mistake_in_aiken_is_named_at_its_line(text: str, code: str, line: int) -> None:
    assert left_out(text, "quiz.aiken") == [(code, line)]


@pytest.mark.parametrize(
    ("text", "stem"), [("What?\nA. x\nB. y\nANSWER: A\n", "What?"), ("What? {=x ~y}\n", "What?")]
)
def test_a_text_file_tells_its_format_by_what_is_in_it(text: str, stem: str) -> None:
    bank = read(text, "quiz.txt").bank
    assert bank is not None
    assert bank.items[0].stem == stem


def test_windows_line_ends_change_nothing() -> None:
    for name, text in (
        ("a.aiken", "What?\nis it?\nA. x\nB. y\nANSWER: A\n"),
        ("a.gift", "::T:: What?\nis it? {\n=x #good\n~y\n}\n"),
        ("a.csv", 'stem,A,B,answer\n"What?\nis it?",x,y,A\n'),
        ("a.jsonl", medqa() + medqa(question="Why?")),
    ):
        plain, windows = read(text, name), read(text.replace("\n", "\r\n"), name)
        assert plain.bank is not None
        assert windows.bank == plain.bank
        assert windows.places == plain.places


def test_a_misspelt_column_that_is_needed_is_told_once() -> None:
    found = read("stem,A,B,anwser\nWhat?,x,y,A\n", "a.csv").diagnostics
    assert [(each.code, each.severity, each.hint) for each in found] == [
        ("unknown-column", "error", 'Did you mean "answer"?')
    ]


def test_a_category_stays_the_word_of_its_author() -> None:
    found = read("stem,A,B,answer,explanation,Category\nWhat?,x,y,A,So.,Cardiology\n", "a.csv")
    assert found.bank is not None
    assert (found.bank.items[0].subject, found.bank.items[0].topic) == (None, None)
    assert [(each.code, each.hint) for each in found.diagnostics] == [
        ("unknown-column", 'Name it "subject" (or "topic") to use it.')
    ]


@pytest.mark.parametrize("name", ["a.zip", "a.imscc"])
def test_a_package_that_is_none_is_told_so(name: str) -> None:
    for data in (b"<questestinterop/>", b"drill: 1\n", b"", b"Rar!\x1a\x07"):
        found = read_bank(data, name=name).diagnostics
        assert [each.code for each in found] == ["no-zip"]
        assert "no zip package" in found[0].message


def test_a_mistake_in_a_row_does_not_break_its_set() -> None:
    rows = "id,set,stem,A,B,answer\na,pair,What?,x,y,F\nb,pair,Which?,x,y,A\n"
    assert left_out(rows, "a.csv") == [("answer", 2)]
    assert bank_of(rows, "a.csv").items[0].set is None
